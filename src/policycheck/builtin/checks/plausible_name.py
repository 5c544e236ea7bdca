"""plausible-name: a person's name, and not an advertisement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from policycheck import Case, Check, Evidence, Finding, check, hookimpl, search


@check("plausible-name", needs=["person.name"])
def plausible_name(case: Case) -> Finding:
    """The name reads as a person's name, not as an advertisement.

    It fails for a digit, an emoji or trade mark sign, a link or handle, a trade or title in English ("Growth Expert",
    whatever stands behind a bar), capitals throughout, and for a name without a letter; the evidence says where.
    Initials, one name alone, particles, apostrophes, hyphens, degrees after a comma, generations ("3rd") and pronouns
    are fine, and so is every script: what is unusual in one culture's names is usual in another's. Capitals count only
    in Latin, Greek, Cyrillic and Armenian letters, and only where no word is written otherwise: many write the family
    name so.

    Why it matters: help pages and users' reports (as of 2026) agree that a name with digits, emoji, all capitals or the
    title of a trade is a sign of an account that isn't legitimate. It is not certain alone. A person's name by itself
    is never a sign.

        Holds::      {person: {name: "Zoë van der Brandt-O'Neill"}}
        Holds::      {person: {name: 王秀英}}
        Fails::      {person: {name: "JANE 777 CRYPTO"}}
        Fails::      {person: {name: "Jane Roe | Growth Expert"}}
        Fails::      {person: {name: "Jane Roe 🚀"}}
        Fails::      {person: {name: JANE ROE}}
        Unknown::    {person: {}}
    """
    evidence = tuple(
        Evidence(field="person.name", start=start, end=end, reason=reason) for reason, (start, end) in _signs(case)
    )
    return Finding(not evidence, evidence)


def _signs(case: Case) -> Iterator[tuple[str, tuple[int, int]]]:
    """What speaks against the name, with its place; of each kind the first."""
    name: str = case.fact("person.name")
    plain = _ORDINAL.sub(_blank, _PRONOUNS.sub(_blank, name))
    places = {reason: search(pattern, plain) for reason, pattern in _PATTERNS.items()}
    places["a trade or title"] = search(_OFFICES, name) or _trade(case)
    places["a bar with something behind it"] = _behind_a_bar(plain)
    places["all in capitals"] = (0, len(name)) if _all_capitals(name) else None
    places["no letter"] = None if any(map(str.isalpha, name)) else (0, len(name))
    for reason, place in places.items():
        if place:
            yield reason, place


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _trade(case: Case) -> tuple[int, int] | None:
    text = case.text("person.name")
    found = search(_TRADES, text.folded) if text else None
    return text.span(*found) if text and found else None


def _behind_a_bar(name: str) -> tuple[int, int] | None:
    """From a bar to the end. The same name in another script behind it is no title."""
    bar = _BAR.search(name)
    if not bar:
        return None
    script = _script(name[bar.end() :])
    return (bar.start(), len(name)) if script and script == _script(name[: bar.start()]) else None


def _script(text: str) -> str | None:
    """The script of the first letter, as its Unicode name begins."""
    return next((unicodedata.name(char, "").partition(" ")[0] for char in text if char.isalpha()), None)


def _all_capitals(name: str) -> bool:
    """Whether every word of two letters or more is in capitals, and one of them has three: initials are no shouting."""
    words = [[letter for char in word for letter in _plain(char) if _has_case(letter)] for word in name.split()]
    long = [word for word in words if len(word) > 1]
    return any(len(word) > 2 for word in long) and all(char.isupper() for word in long for char in word)


def _plain(char: str) -> str:
    """A letter without what is only its form; letter by letter, since normalising is quadratic in the marks on one."""
    return unicodedata.normalize("NFKC", char)


def _has_case(char: str) -> bool:
    """Whether the letter is of a script in which words are not written in capitals throughout (as Cherokee is)."""
    return char.lower() != char.upper() and unicodedata.name(char, "").startswith(
        ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN")
    )


_PRONOUNS = re.compile(r"\b(?:she|he|they|ze|xe)/(?:her|him|them|hers|his|theirs|they|she|he)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\s)(?:2nd|3rd|[4-9]th)\b")
_BAR = re.compile("[|¦｜]")
_PATTERNS = {
    "a digit": r"\p{Nd}+",
    "an emoji or sign": r"[©®℠™←-⇿⌀-⏿①-⓿■-➿⤀-⥿⬀-⯿\x{1F000}-\x{1FAFF}]+",
    "a link or handle": r"(?i)(?:https?://|www\.)\S*|\b[a-z0-9-]{3,}\.(?:com|net|org|info|biz|io|ai|xyz|shop)\b\S*|\S*@\S+"
    r"|\b[a-z0-9-]+\.(?:co|me|ly|ru|link)/\S*",
}
_OFFICES = r"\b(?:CEO|CTO|CFO|CMO|COO|SEO|NFT|B2B|SaaS)\b"
_FIELDS = (
    "ai|brand(?:ing)?|business|career|crypto|digital|executive|financial|fitness|growth|health|hr|leadership|lead(?: generation)?"
    "|life|linkedin|marketing|mindset|money|real estate|sales|seo|social media|success|tax|trading|wealth|web"
)
_ROLES = "advis[eo]r|agent|broker|coach|director|expert|guru|hacker|manager|mentor|trader|trainer"
_TRADES = (
    r"\b(?:crypto(?:currency)?|bitcoin|forex|web3|(?:co-?)?founder|entrepreneur|consult(?:ant|ing)|market(?:er|ing)|agency"
    r"|specialist|strategist|copywriter|freelancer?|influencer|recruit(?:er|ing|ment)|realtor|developer|designer|investors?"
    rf"|investments?|solutions|services|official|hiring|appointment setter|(?:{_FIELDS}) (?:{_ROLES}))\b"
)
"""Only what is nobody's name: Coach, Expert, Guru, Mentor, Sales, Engineer, Doctor and Seo are names of people."""


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [plausible_name]
