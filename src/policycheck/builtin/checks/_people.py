"""Is the person on one of our lists of people?"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from policycheck import Case, Contact, Evidence, Finding, People, email_key, person_key

from ._companies import whole


class _List(Struct, frozen=True):
    """A list of people, and what of somebody must be known to say that they are not on it."""

    people: People
    urls: bool
    emails: bool
    names: bool
    names_without_url: bool


def on_list(case: Case, contacts: str, reason: str, namesake: str) -> Finding:
    """Whether the person is one of the profile's `contacts`, by profile URL or e-mail.

    Never true by name alone, and false only where nothing still unknown of the person could put them on the list: taking the
    URL away must not turn a match into none.
    """
    listed = case.fact(contacts)
    if listed == ():
        return Finding(False)
    if listed is None:
        return Finding(None, missing=(contacts,))
    known = case.once_per_account(("people", contacts), lambda: _indexed(listed))
    field = _matched(case, known)
    return Finding(True, (whole(case, field, reason),)) if field else _unmatched(case, known, namesake)


@lru_cache(maxsize=4)  # many accounts share the one profile that the user gave
def _indexed(contacts: tuple[Contact, ...]) -> _List:
    return _List(
        people=People(contacts),
        urls=any(contact.profile_url for contact in contacts),
        emails=any(contact.email for contact in contacts),
        names=any(contact.name for contact in contacts),
        names_without_url=any(contact.name and not contact.profile_url for contact in contacts),
    )


def _identity(case: Case) -> tuple[str | None, str | None]:
    """URL and e-mail, as far as they tell anybody apart."""
    url, email = case.person.profile_url, case.person.email
    return url if url and person_key(url) else None, email if email and email_key(email) else None


def _matched(case: Case, known: _List) -> str | None:
    """The field by which the person is on the list."""
    url, email = _identity(case)
    if known.people.holds(url, None):
        return "person.profile_url"
    return "person.email" if known.people.holds(None, email) else None


def _unmatched(case: Case, known: _List, namesake: str) -> Finding:
    url, email = _identity(case)
    name = case.person.name
    unnamed = name is None and (known.names_without_url if url else known.names)
    open_facts = {
        "person.profile_url": url is None and known.urls,
        "person.email": email is None and known.emails,
        "person.name": unnamed,
    }
    missing = tuple(fact for fact, still_open in open_facts.items() if still_open)
    if known.people.namesake(name, url):
        return Finding(None, (Evidence(field="person.name", start=0, end=len(name or ""), reason=namesake),), missing)
    return Finding(None if missing else False, missing=missing)
