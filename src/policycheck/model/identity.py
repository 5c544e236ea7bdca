"""When two spellings mean the same person or company."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

from policycheck.model.profile import Contact
from policycheck.text.marks import normalized

# A profile's address, or a bare slug. Anything else (another host, a user before the host, dots that lead elsewhere) is nobody's:
# an address that is spelled oddly must not pass for proof that somebody is another person.
_PROFILE = re.compile(
    r"(?:(?:https?:)?/{0,2}(?:[a-z0-9-]+\.)*linkedin\.com\.?(?::[0-9]+)?/+(?:\./+|mwlite/+)*|/?)"
    r"in/+([^/?#;\\]+)(?:[/?#;]\S*)?",
    re.IGNORECASE,
)
_SLUG = re.compile(r"[^/?#;:@.\s\\]+")
_PARENT = re.compile(r"(?:^|/)(?:\.|%2e){2}(?:/|$)", re.IGNORECASE)
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_LEGAL_FORMS = frozenset(
    [
        "ab",
        "ag",
        "as",
        "bv",
        "co",
        "corp",
        "corporation",
        "company",
        "gmbh",
        "inc",
        "incorporated",
        "kg",
        "kgaa",
        "limited",
        "llc",
        "llp",
        "lp",
        "ltd",
        "ltda",
        "mbh",
        "nv",
        "oy",
        "oyj",
        "plc",
        "pty",
        "sa",
        "sarl",
        "sas",
        "se",
        "sl",
        "spa",
        "srl",
    ]
)


def person_key(profile_url: str) -> str:
    """The profile's slug, comparable: percent-decoded, NFC, lower case, without invisible characters; "" is nobody's.

    Exports percent-encode a slug in one file and not in another; joining them without this loses a tenth of the matches
    (measured on one export: 3,974 matches without, 4,409 with).
    """
    address = _seen(profile_url).strip()
    found = _PROFILE.fullmatch(address)
    if _PARENT.search(address.partition("?")[0]) or not (found or _SLUG.fullmatch(address)):
        return ""
    slug = _seen(unquote(found[1] if found else address)).strip()
    return "" if not _SLUG.fullmatch(slug) or "%" in slug else normalized("NFC", slug).lower()


def _seen(text: str) -> str:
    """What one sees of a text: no format characters, fillers or control characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c not in _FILLERS and unicodedata.category(c) not in ("Cf", "Cc"))


def email_key(email: str) -> str:
    """An e-mail address, comparable."""
    return normalized("NFC", email.strip()).lower()


def name_key(name: str) -> str:
    """A name, comparable: NFKC, case-folded, single spaces. Never enough to say that two people are one."""
    return " ".join(normalized("NFKC", name).casefold().split())


def company_key(company: str) -> str:
    """A company's or industry's name, comparable: without case, punctuation and a trailing legal form."""
    folded = normalized("NFKC", _seen(company)).casefold().replace("&", " and ").replace(".", "")
    words = "".join(c if c.isalnum() else " " for c in folded).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


class People:
    """An index over a list of people; `find` says whether somebody is on it."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        known = tuple(contacts)
        self._urls = {person_key(c.profile_url) for c in known if c.profile_url} - {""}
        self._emails = {email_key(c.email) for c in known if c.email} - {""}
        self._names: dict[str, set[str]] = {}
        for contact in known:
            if contact.name:
                self._names.setdefault(name_key(contact.name), set()).add(person_key(contact.profile_url or ""))

    def holds(self, profile_url: str | None, email: str | None) -> bool:
        """Whether somebody of this URL or e-mail is on the list."""
        by_url = profile_url is not None and person_key(profile_url) in self._urls
        return by_url or (email is not None and email_key(email) in self._emails)

    def namesake(self, name: str | None, profile_url: str | None) -> bool:
        """Whether somebody of this name is on the list who may be the same person: nothing known of both says otherwise."""
        urls = self._names.get(name_key(name), set()) if name is not None else set()
        url = person_key(profile_url or "")
        return bool(urls) and (url == "" or not urls.isdisjoint(("", url)))
