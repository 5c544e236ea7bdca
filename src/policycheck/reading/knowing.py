"""Who is known, and what is known of us: pure functions over what the readers and the user's files tell."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs

from policycheck.model.identity import People, email_key, person_key
from policycheck.model.invitation import Person
from policycheck.model.profile import Contact, Profile

NAMESAKE = "a namesake in the address book"


def merge(own: Profile, given: Profile) -> Profile:
    """What an account tells of us and what the user gives: lists are united, of single values the user's counts."""
    pairs = {name: (getattr(own, name), getattr(given, name)) for name in Profile.__struct_fields__}
    return structs.replace(own, **{name: _both(*pair) for name, pair in pairs.items()})


def _both(own: object, given: object) -> object:
    if isinstance(own, tuple) and isinstance(given, tuple):
        return tuple(dict.fromkeys((*own, *given)))
    return own if given is None else given


def resolve(person: Person, profile: Profile) -> Person:
    """The person with `known` settled and the reason for it in `known_by`.

    By profile URL or e-mail, the address book wins over a record that says "not known". A namesake in it makes that unknown too,
    since a name alone shows nothing either way. What a reader found out itself (an earlier conversation) stays.
    """
    return resolver()(person, profile)


def resolver() -> Callable[[Person, Profile], Person]:
    """`resolve` for many people of many accounts: the index over an address book serves as long as the same one comes again."""
    indexed: tuple[Contact, ...] | None = None
    book: People | None = None

    def resolved(person: Person, profile: Profile) -> Person:
        nonlocal indexed, book
        if profile.address_book is not indexed:
            indexed = profile.address_book
            book = People(indexed) if indexed else None
        known, known_by = _stated(person) if book is None else _looked_up(person, book)
        if known is person.known and known_by == person.known_by:
            return person
        return structs.replace(person, known=known, known_by=known_by)

    return resolved


def _stated(person: Person) -> tuple[bool | None, str | None]:
    """What the record itself says."""
    return person.known, None if person.known is None else person.known_by or "the record"


def _looked_up(person: Person, book: People) -> tuple[bool | None, str | None]:
    url = person.profile_url if person.profile_url and person_key(person.profile_url) else None
    email = person.email if person.email and email_key(person.email) else None
    if person.known and person.known_by:
        return True, person.known_by
    if book.holds(url, email):
        return True, "address book"
    if not person.known and book.namesake(person.name, url):
        return None, NAMESAKE
    return _stated(person)
