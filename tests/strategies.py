"""Facts of invitations as plain data, for laws that hold of every check: hostile texts, and few enough values to coincide.

Every text of theirs holds `CANARY`, so that one can see where a text of an invitation comes out.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

CANARY = "zqxv"

_any_character = st.characters(exclude_categories=())
_hostile = st.text(_any_character, max_size=30).map(lambda text: f"{text[:15]}{CANARY}{text[15:]}")
_names = (
    st.sampled_from(["Mia Zqxv", "MIA  zqxv", "MIA ZQXV 777", "Jo Zqxv | Growth Expert", "美亚 zqxv", ""]) | _hostile
)
_companies = st.sampled_from(["Brightleaf Zqxv", "BRIGHTLEAF ZQXV, Inc.", "Spamworks zqxv", "", "--"]) | _hostile
_urls = st.sampled_from(
    [
        "https://www.linkedin.com/in/mia-zqxv",
        "linkedin.com/in/Mia-Zqxv/",
        "https://www.linkedin.com/in/jo%C3%AB-zqxv",
        "",
    ]
)
_emails = st.sampled_from(["mia@zqxv.example", "Mia@ZQXV.example ", "jo@zqxv.example", ""])
_notes = (
    st.sampled_from(
        [
            "",
            "We help agencies like zqxv double their leads. Worth a 15 minute call for a demo?",
            "We both spoke at the Zqxv meetup. The survey: https://example.org/zqxv. I post one a month, nothing else.",
            "Hi {{first_name}}, zqxv and %EVENT%",
            "I'd like to add you to my professional network on LinkedIn. zqxv",
            "Mia Zqxv suggested that we should talk.",
            "zqxv " * 80,
        ]
    )
    | _hostile
)
_start = datetime(2026, 6, 1, 9, tzinfo=UTC)
_moments = st.integers(0, 40).map(lambda days: (_start + timedelta(days=days)).isoformat()) | st.sampled_from(
    ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"]
)
_days = st.integers(0, 40).map(lambda days: (_start + timedelta(days=days)).date()) | st.sampled_from(
    [date.min, date.max]
)
_counts = st.integers(0, 3) | st.sampled_from([50, 300, 2**53 - 1])

_person = {
    "name": _names,
    "profile_url": _urls,
    "headline": _hostile,
    "company": _companies,
    "position": _hostile,
    "industry": _companies,
    "location": _hostile,
    "email": _emails,
    "mutual_connections": _counts,
    "connections": _counts,
    "has_photo": st.booleans(),
    "joined_on": _days,
    "verified": st.booleans(),
    "known": st.booleans(),
    "known_by": st.sampled_from(["address book", "the record", CANARY]),
}
_contacts = st.lists(
    st.fixed_dictionaries({}, optional={"name": _names, "profile_url": _urls, "email": _emails}), max_size=3
)
_texts = st.lists(_companies, max_size=3)
_profile = {
    "names": st.lists(_names, max_size=2),
    "profile_url": _urls,
    "companies": _texts,
    "industries": _texts,
    "interests": _texts,
    "related_companies": _texts,
    "related_industries": _texts,
    "competitors": _texts,
    "blocked_companies": _texts,
    "blocked_people": _contacts,
    "address_book": _contacts,
    "connections": _contacts,
    "connections_visible": st.booleans(),
    "premium": st.booleans(),
}
_messages = st.lists(
    st.fixed_dictionaries({}, optional={"from": st.sampled_from(["us", "them"]), "sent_at": _moments, "text": _notes}),
    max_size=4,
)
_invitation = {
    "note": _notes,
    "sent_at": _moments,
    "accepted": st.booleans(),
    "connected_on": _days,
    "messages": _messages,
    "previous_invitations": _counts,
}
_stages = st.sampled_from(["incoming", "outgoing", "outgoing", "connected", "template"])


def _mostly(facts: dict[str, st.SearchStrategy[Any]], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any of the facts: all of them as often as some, since a check needs several at once."""
    return st.fixed_dictionaries({**given, **facts}) | st.fixed_dictionaries(given, optional=facts)


_conversations = st.fixed_dictionaries(
    {
        "stage": st.just("connected"),
        "connected_on": st.just(_start.date()),
        "messages": st.lists(
            st.fixed_dictionaries(
                {"from": st.sampled_from(["them", "them", "us"]), "text": _notes},
                optional={"sent_at": st.integers(-1, 30).map(lambda days: (_start + timedelta(days=days)).isoformat())},
            ),
            min_size=1,
            max_size=3,
        ),
        "person": _mostly(_person),
    },
    optional={"note": _notes},
)
_invitations = _mostly(_invitation, stage=_stages, person=_mostly(_person)) | _conversations

facts = st.builds(
    lambda invitation, profile, history, as_of: {**invitation, "profile": profile, "history": history, "as_of": as_of},
    _invitations,
    _mostly(_profile),
    st.lists(_invitations, max_size=3),
    st.just(date(2026, 11, 23)) | _days,
)
"""Facts for `policycheck.testing.case_of`."""


def with_one_fact_less(given: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same facts with one of them unknown, for each that is known, and which it is."""
    for path in list(_facts_in(given)):
        fewer = deepcopy(given)
        holder: Any = fewer
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
        yield ".".join(map(str, path)), fewer


def _facts_in(given: dict[str, Any], at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    for key, value in given.items():
        if key in ("person", "profile"):
            yield from _facts_in(value, (*at, key))
        elif key == "history":
            for number, other in enumerate(value):
                yield from _facts_in(other, (key, number))
        elif key not in ("stage", "as_of"):
            yield (*at, key)
            if key == "messages":
                for number, message in enumerate(value):
                    yield from _facts_in(message, (*at, key, number))
