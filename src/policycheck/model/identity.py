"""When two spellings mean the same person or company."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

from policycheck.model.profile import Contact

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"^(?:[a-z0-9-]+\.)*linkedin\.com(?=[/?#]|$)", re.IGNORECASE)
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
    """The profile's slug, comparable: percent-decoded, NFC, case-folded, without scheme, host, query and trailing slash.

    Exports percent-encode a slug in one file and not in another; joining them without this loses a tenth of the matches
    (measured on one export: 3,974 matches without, 4,409 with). An address without a slug gives "", which is nobody's.
    """
    path = _HOST.sub("", _SCHEME.sub("", profile_url.strip())).partition("?")[0].partition("#")[0]
    slug = unicodedata.normalize("NFC", unquote(path)).casefold().strip("/")
    if slug == "in" or not slug.startswith("in/"):
        return "" if slug == "in" else slug
    person, _, page = slug.removeprefix("in/").partition("/")
    return slug if ".." in page.split("/") else person  # a language or a section may follow; nothing may lead elsewhere


def email_key(email: str) -> str:
    """An e-mail address, comparable."""
    return unicodedata.normalize("NFC", email.strip()).casefold()


def name_key(name: str) -> str:
    """A name, comparable: NFKC, case-folded, single spaces. Never enough to say that two people are one."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def company_key(company: str) -> str:
    """A company's or industry's name, comparable: without case, punctuation and a trailing legal form."""
    folded = unicodedata.normalize("NFKC", company).casefold().replace("&", " and ").replace(".", "")
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
        self._names: dict[str, list[Contact]] = {}
        for contact in known:
            if contact.name:
                self._names.setdefault(name_key(contact.name), []).append(contact)

    def holds(self, profile_url: str | None, email: str | None) -> bool:
        """Whether somebody of this URL or e-mail is on the list."""
        by_url = profile_url is not None and person_key(profile_url) in self._urls
        return by_url or (email is not None and email_key(email) in self._emails)

    def namesake(self, name: str | None, profile_url: str | None) -> bool:
        """Whether somebody of this name is on the list who may be the same person: nothing known of both says otherwise."""
        return name is not None and any(
            not (profile_url and contact.profile_url and person_key(contact.profile_url) != person_key(profile_url))
            for contact in self._names.get(name_key(name), ())
        )
