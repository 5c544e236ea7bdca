"""Numbers in a folded text, reduced to what a phrase can name: `#`, `#%`, `#x`, `$#`."""

from __future__ import annotations

import re

_DIGITS = r"(?:\d{1,3}(?:[ ,.']\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
_PERCENT = r"%|(?:percent|per cent|pct|prozent|procent|por ciento|por cento|pour cent|per cento)(?!\w)"
_TIMES = r"x(?!\w)|-?(?:fold|fach)(?!\w)"
_MONEY = r"\$|(?:usd|eur|euros?|gbp|chf|dollars?|pounds|dolares|dollari|reais)(?!\w)"
_LARGE = r"(?:k|m|bn|mio|mln|mrd|thousand|million|billion|tausend|millionen|mil|mille|millions|miljoen|milioni)(?!\w)"

NUMBER = (
    rf"(?<!\w)(?:(?P<before>\$|usd|eur|gbp|chf|x)\s?|#)?{_DIGITS}(?:\s?-\s?\$?{_DIGITS})?(?:\s?{_LARGE})?\+?"
    rf"(?:\s?(?:(?P<percent>{_PERCENT})|(?P<times>{_TIMES})|(?P<money>{_MONEY})))?(?P<joined>(?=[^\W\d_]))?"
)
"""The pattern of a number with its unit, where one follows; on folded text."""


def number_token(found: re.Match[str]) -> str:
    """`#%` for percentages, `#x` for multiples, `$#` for amounts of money, else `#`; a word joined to it stands apart."""
    before = found["before"]
    if found["percent"]:
        number = "#%"
    elif found["times"] or before == "x":
        number = "#x"
    elif found["money"] or before:
        number = "$#"
    else:
        number = "#"
    return number if found["joined"] is None else f"{number} "
