"""What is known of us, from the file that the user gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from policycheck.errors import PolicyError
from policycheck.model.identity import company_key, company_looks, person_key
from policycheck.model.profile import Contact, Profile
from policycheck.policy.schema import about, validated
from policycheck.policy.strict_yaml import contents, parse
from policycheck.policy.written import Mistake, Written
from policycheck.text.visible import visible

_TEXT = {"type": "string", "empty": False}
_TEXTS = {"type": "list", "schema": _TEXT}
_CONTACT = {
    "name": about("their name; alone it leaves open whether it is they", **_TEXT),
    "profile_url": about("their profile on linkedin.com", **_TEXT),
    "email": about("their e-mail address", **_TEXT),
}
_CONTACTS = {"type": "list", "schema": {"type": ["string", "dict"], "schema": _CONTACT}}
_COMPANIES = ("companies", "related_companies", "competitors", "blocked_companies")
_PEOPLE = ("blocked_people", "address_book", "connections")

PROFILE: dict[str, Any] = {
    "names": about("our own names, as they stand in notes", **_TEXTS),
    "profile_url": about("our own profile on linkedin.com", **_TEXT),
    "companies": about("where we work and worked", **_TEXTS),
    "industries": about("the industries that we work in", **_TEXTS),
    "interests": about("what we are interested in", **_TEXTS),
    "related_companies": about("companies that have to do with ours", **_TEXTS),
    "related_industries": about("industries that have to do with ours", **_TEXTS),
    "competitors": about("companies that shouldn't see our connections", **_TEXTS),
    "blocked_companies": about("companies whose people we don't connect with", **_TEXTS),
    "blocked_people": about("people with whom we don't connect", **_CONTACTS),
    "address_book": about("people we know", **_CONTACTS),
    "connections": about("people we are connected to: never evidence of knowing them", **_CONTACTS),
    "connections_visible": about("whether our connections see one another", type="boolean"),
    "premium": about("whether our account is a Premium one, which may send longer notes", type="boolean"),
}
"""The Cerberus schema of a profile."""

_LINKEDIN = re.compile(r"(?:[a-z]+://)?(?:[a-z0-9-]+\.)*linkedin\.com/", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")


def load_profile(path: str) -> Profile:
    """The profile in a YAML file; a list that it doesn't hold is None, not empty.

    People are written as ``{name, profile_url, email}``, or as one text: a LinkedIn URL, an e-mail address, or else a name.
    PolicyError: every mistake at once, as ``file:line:column: what is wrong; how to mend it``.
    """
    document = parse(contents(path), visible(path))
    data = validated(document, PROFILE)
    mistakes = list(profile_mistakes(Written(document, ())))
    if mistakes:
        raise PolicyError(*map(str, mistakes))
    return profile_of(data)


def profile_of(data: Mapping[str, Any]) -> Profile:
    """The profile that valid data say."""
    return Profile(**{key: _value(key, value) for key, value in data.items()})


def profile_mistakes(profile: Written) -> Iterator[Mistake]:
    """What no schema tells of a profile: entries of its lists that could match nobody, or everybody."""
    for field in _PEOPLE:
        yield from _nobodies(profile, field)
    for field in _COMPANIES:
        yield from _nameless(profile, field)


def _value(key: str, value: Any) -> Any:
    if key in _PEOPLE:
        return tuple(map(_contact, value))
    return tuple(value) if isinstance(value, list) else value


def _contact(written: str | dict[str, str]) -> Contact:
    if isinstance(written, dict):
        return Contact(**written)
    if _LINKEDIN.match(written):
        return Contact(profile_url=written)
    return Contact(email=written) if _EMAIL.fullmatch(written) else Contact(name=written)


def _nameless(profile: Written, field: str) -> Iterator[Mistake]:
    """The entries that could match no company."""
    for index, company in enumerate(profile.data.get(field, ())):
        if not (company_key(company) and company_looks(company)):
            yield profile.at(field, index).mistake("this names no company; write its name in letters or digits")


def _nobodies(profile: Written, field: str) -> Iterator[Mistake]:
    """The entries that could match nobody, or everybody."""
    for index, contact in enumerate(map(_contact, profile.data.get(field, ()))):
        here = profile.at(field, index)
        if not any(value and value.strip() for value in (contact.name, contact.profile_url, contact.email)):
            yield here.mistake("this names nobody; write `profile_url`, `email` or `name`")
        elif contact.profile_url is not None and not person_key(contact.profile_url):
            yield here.mistake("the URL leads to no profile; write it as https://www.linkedin.com/in/mia-berg")
        elif "://" in (contact.name or ""):
            yield here.mistake(
                "a person's URL must be on linkedin.com; write it as https://www.linkedin.com/in/mia-berg"
            )
