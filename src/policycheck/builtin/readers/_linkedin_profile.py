"""What the smaller files of an export tell about its owner, and about whom the owner knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policycheck import Contact, Profile, company_key

from ._csv import Row
from ._linkedin_people import Connection, Connections, Owner, full_name, slug_of

Rows = Mapping[str, Sequence[Row]]
"""The rows of each table; a table whose file isn't there, or has no header, is left out."""

_BETWEEN = re.compile(r"[\s,;]+")
_FREE = frozenset({"free", "basic"})


def profile(rows: Rows, owner: Owner, connections: Connections | None) -> Profile:
    """The owner's profile; a list that the export doesn't have is None."""
    return Profile(
        names=owner.names or None,
        profile_url=owner.profile_url,
        companies=_companies(rows.get("positions", ())),
        industries=_texts(rows.get("profile", ()), "industry"),
        interests=_texts(rows.get("companyfollows", ()), "organization"),
        address_book=_address_book(rows),
        connections=None if connections is None else tuple(map(_connected, connections.all)),
        premium=_premium(rows.get("registration", ())),
    )


def owner_name(rows: Rows) -> str | None:
    """The name in Profile.csv."""
    return next(filter(None, map(full_name, rows.get("profile", ()))), None)


def endorsed(rows: Rows) -> frozenset[str]:
    """The slugs of those whom the owner endorsed, and of those who endorsed the owner."""
    received = (row.text("endorserpublicurl") for row in rows.get("endorsementreceivedinfo", ()))
    given = (row.text("endorseepublicurl") for row in rows.get("endorsementgiveninfo", ()))
    return frozenset(filter(None, map(slug_of, (*received, *given))))


def _texts(rows: Iterable[Row], column: str) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(filter(None, (row.text(column) for row in rows)))) or None


def _companies(rows: Iterable[Row]) -> tuple[str, ...] | None:
    """Today's employers and the former ones, once each."""
    companies: dict[str, str] = {}
    for name in _texts(rows, "companyname") or ():
        companies.setdefault(company_key(name), name)
    return tuple(companies.values()) or None


def _connected(person: Connection) -> Contact:
    return Contact(name=person.name, profile_url=person.profile_url, email=person.email)


def _address_book(rows: Rows) -> tuple[Contact, ...] | None:
    """The contacts, one for each address; and those of a recommendation, whose name alone shows nothing but a namesake."""
    books = [rows[kind] for kind in ("contacts", "importedcontacts") if kind in rows]
    if not books:
        return None
    contacts = (contact for book in books for row in book for contact in _contacts(row))
    recommended = (row for kind in ("recommendationsreceived", "recommendationsgiven") for row in rows.get(kind, ()))
    known = (*contacts, *(Contact(name=full_name(row)) for row in recommended if full_name(row)))
    return tuple(dict.fromkeys(known))


def _contacts(row: Row) -> Iterator[Contact]:
    name = full_name(row) or row.text("fullname")
    emails = [part for part in _BETWEEN.split(row.text("emails") or row.text("emailaddress") or "") if "@" in part]
    if name and not emails:
        yield Contact(name=name)
    for email in emails:
        yield Contact(name=name, email=email)


def _premium(rows: Sequence[Row]) -> bool | None:
    """Whether a subscription is named; an account without one is a free one."""
    cells = (row.text("subscriptiontypes") or row.text("subscriptiontype") or "" for row in rows)
    kinds = (kind.casefold().split() for cell in cells for kind in re.split("[,;]", cell))
    return any(kind and kind[-1] not in _FREE for kind in kinds) if rows else None
