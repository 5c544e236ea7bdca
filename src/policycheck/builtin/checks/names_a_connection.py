"""names-a-connection: the note names somebody whom we know or are connected to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from policycheck import Case, Check, Contact, Evidence, Finding, check, hookimpl

from ._names import Mention, Names, mentions

_LISTS = ("profile.connections", "profile.address_book")
_REASONS = {
    "profile.connections": "names one of our connections",
    "profile.address_book": "names somebody in our address book",
}


@check("names-a-connection", needs=["note"])
def names_a_connection(case: Case) -> Finding:
    """The note names one of our connections, or somebody in our address book.

    Full names only: first and last name, in either order, whatever stands between them of middle names, initials, particles, and
    whatever the accents; or an initial and the last name. Names are written with capitals, where a script has them. The person's
    own name and ours don't count.

    Who is named in a note is a claimed mutual connection: a common ground that can be checked, not a proof that the two know one
    another. Where one of the two lists was not given and the other has no such name, the answer is unknown, provided that
    anything in the note may be a name at all.

    Holds::      {note: "Ben Ito suggested that we talk.", person: {name: Hana Sato},
                 profile: {names: [Ana Voss], connections: [{name: Ben Ito}]}}
    Holds::      {note: "I know B. Ito well.", person: {name: Hana Sato},
                 profile: {names: [Ana Voss], address_book: [{name: Ben van der Ito}]}}
    Fails::      {note: "Ben Ito here, good day.", person: {name: Ben Ito},
                 profile: {names: [Ana Voss], connections: [{name: Ben Ito}], address_book: []}}
    Fails::      {note: "Thanks for the talk."}
    Fails::      {note: ""}
    Unknown::    {note: "Ben Ito suggested that we talk.", person: {name: Hana Sato},
                 profile: {names: [Ana Voss], address_book: []}}
    Unknown::    {}
    """
    note: str = case.fact("note")
    found = tuple(mentions(note))
    named = [(contacts, mention) for contacts in _LISTS for mention in found if _index(case, contacts).holds(mention)]
    own = _own_names(case)
    others = [(contacts, mention) for contacts, mention in named if not _is_own(mention, own)]
    if others:
        return _named(case, others)
    missing = tuple(contacts for contacts in _LISTS if case.fact(contacts) is None)
    return (
        Finding(None, missing=missing)
        if missing and any(not _is_own(mention, own) for mention in found)
        else Finding(False)
    )


def _named(case: Case, others: list[tuple[str, Mention]]) -> Finding:
    """True, unless it may be the person's own name, or ours."""
    missing = tuple(
        name
        for name, value in (("person.name", case.person.name), ("profile.names", case.profile.names))
        if value is None
    )
    first = min(others, key=lambda other: (other[1].start, other[1].end))
    evidence = Evidence(field="note", start=first[1].start, end=first[1].end, reason=_REASONS[first[0]])
    return Finding(None if missing else True, (evidence,), missing)


def _index(case: Case, contacts: str) -> Names:
    listed: tuple[Contact, ...] | None = case.fact(contacts)
    return case.once_per_account(("names", contacts), lambda: _indexed(listed or ()))


@lru_cache(maxsize=4)  # many accounts share the one profile that the user gave
def _indexed(contacts: tuple[Contact, ...]) -> Names:
    return Names(contact.name for contact in contacts if contact.name)


def _own_names(case: Case) -> tuple[Names, Names]:
    """The person's and ours."""
    ours = case.once_per_account(("names", "profile.names"), lambda: Names(case.profile.names or ()))
    return Names(filter(None, [case.person.name])), ours


def _is_own(mention: Mention, own: tuple[Names, Names]) -> bool:
    return any(names.holds(mention) for names in own)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [names_a_connection]
