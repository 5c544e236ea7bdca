"""Patterns of policies and checks: RE2 only, linear in the text whatever the pattern. The one module that knows RE2."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import re2

from policycheck.errors import PolicyError


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> Any:
    r"""A compiled RE2 pattern. ``\w \d \b \s`` are ASCII only: use ``\p{L}`` and the like.

    Raises PolicyError with the repair where it does not compile.
    """
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0].decode(errors="replace") if isinstance(error.args[0], bytes) else str(error)
        raise PolicyError(f"no RE2 pattern ({reason}); lookaround and back-references do not exist there") from None
    except UnicodeEncodeError:
        raise PolicyError("no RE2 pattern (it holds a lone surrogate); write the character itself") from None


def search(pattern: str, text: str) -> tuple[int, int] | None:
    """The offsets of the first match, in code points; None where there is none."""
    found = compile_pattern(pattern).search(_HALF.sub("\ufffd", text))
    return None if found is None else (found.start(), found.end())


_HALF = re.compile("[\ud800-\udfff]")
"""Lone surrogates, which RE2's UTF-8 cannot hold."""
