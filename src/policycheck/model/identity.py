"""When two spellings mean the same person or company."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

from policycheck.model.legal_forms import without_legal_form
from policycheck.model.profile import Contact
from policycheck.text.confusables import LOOKALIKES
from policycheck.text.fold import plain_letters
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
    return " ".join(_company_words(normalized("NFKC", _seen(company)).casefold()))


def company_looks(company: str) -> tuple[str, ...]:
    """What a company's name may be taken for, for block lists: as `company_key`, and whatever its accents, blanks, hyphens and
    letters that look alike; nothing where it holds neither letter nor digit.

    How it reads stands first; after it, of letters of another script each of which looks Latin, how they look. An entry of a list
    counts as it reads, so that two names of that script are not taken for one another.
    """
    letters = plain_letters(company)
    latin = "".join(LOOKALIKES.get(c, c) for c in letters)
    readings = (letters, latin) if latin.isascii() else (letters,)
    return tuple(dict.fromkeys(filter(None, ("".join(_company_words(reading)) for reading in readings))))


def _company_words(name: str) -> list[str]:
    words = "".join(c if c.isalnum() else " " for c in name.replace("&", " and ").replace(".", "")).split()
    return without_legal_form(words)


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
