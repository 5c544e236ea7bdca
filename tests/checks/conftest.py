"""What the tests of checks share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from policycheck import Check, History, Invitation, Person, Profile
from policycheck.engine.ask import ask
from policycheck.model.case import Case, Shared
from policycheck.model.invitation import Origin
from policycheck.testing import AS_OF

Every = Callable[..., Iterator[bool | None]]


@pytest.fixture
def account_of() -> Callable[[int, Callable[[int], str]], Every]:
    """Some outgoing invitations of one account, a second apart, each to whom the URL of its number says."""

    def made(size: int, url: Callable[[int], str]) -> Every:
        invitations = [_invitation(number, url(number)) for number in range(size)]
        shared = Shared(Profile(), AS_OF, _NoPhrases(), History(invitations))

        def every(check: Check, **parameters: Any) -> Iterator[bool | None]:
            return (ask(check, parameters, Case(invitation, shared)).holds for invitation in invitations)

        return every

    return made


def _invitation(number: int, url: str) -> Invitation:
    at = datetime(2026, 6, 1, tzinfo=UTC) + timedelta(seconds=number)
    origin = Origin("queue.jsonl", number)
    return Invitation(id=str(number), stage="outgoing", origin=origin, person=Person(profile_url=url), sent_at=at)


class _NoPhrases:
    def find(self, text: object) -> dict[str, Any]:
        return {}
