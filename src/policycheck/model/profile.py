"""What is known of us, and an account: one member's profile and invitations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from policycheck.model.invitation import Person, Record


class Contact(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody on one of our lists. Matched by profile URL, then e-mail; a match by name alone stays unknown."""

    name: str | None = None
    profile_url: str | None = None
    email: str | None = None


class Profile(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Facts about us. A list that nobody supplied is None; an empty tuple says that there is none."""

    names: tuple[str, ...] | None = None
    profile_url: str | None = None
    companies: tuple[str, ...] | None = None
    industries: tuple[str, ...] | None = None
    interests: tuple[str, ...] | None = None
    related_companies: tuple[str, ...] | None = None
    related_industries: tuple[str, ...] | None = None
    competitors: tuple[str, ...] | None = None
    blocked_companies: tuple[str, ...] | None = None
    blocked_people: tuple[Contact, ...] | None = None
    address_book: tuple[Contact, ...] | None = None
    """People we know."""
    connections: tuple[Contact, ...] | None = None
    """People we are connected to: never evidence of knowing them."""
    connections_visible: bool | None = None
    premium: bool | None = None


class Acquaintance(Struct, frozen=True, kw_only=True):
    """What an input tells of somebody beside its records, for the other inputs of the run; joined by profile URL."""

    person: Person
    since: datetime | None = None
    """`person.known` counts for invitations after this moment; for all of them where it is None."""


class Account(Struct, frozen=True, kw_only=True):
    """One member: `records` is read once, in order; everything that looks across invitations looks inside one account."""

    id: str | None = None
    """The slug of the member's profile, or what the records call the member; None where the input doesn't say whose it is."""
    profile: Profile = Profile()
    people: tuple[Acquaintance, ...] = ()
    records: Iterable[Record] = ()
