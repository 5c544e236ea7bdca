"""When invitations were sent, as an index that counts a window without walking through it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from policycheck import Case, Invitation

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1) // _MICROSECOND


class Times(Struct, frozen=True):
    """The known times in order, as microseconds since 1970, and how many more are unknown."""

    known: tuple[int, ...] = ()
    unknown: int = 0

    def within(self, days: int, until: datetime | None) -> tuple[int, int]:
        """How many surely, and how many possibly, lie in the `days` that end with `until`; the window's start is outside it."""
        if until is None:
            return 0, len(self.known) + self.unknown
        end = _number(until)
        surely = bisect_right(self.known, end) - bisect_right(self.known, end - days * _DAY)
        return surely, surely + self.unknown


def sent(case: Case) -> tuple[Invitation, ...]:
    """The account's outgoing invitations, this one among them if it is one."""
    return case.history.sent if case.history else ()


def times(invitations: Iterable[Invitation]) -> Times:
    """The index over the times at which invitations were sent."""
    sent = [invitation.sent_at for invitation in invitations]
    known = sorted(_number(at) for at in sent if at is not None)
    return Times(tuple(known), len(sent) - len(known))


def _number(at: datetime) -> int:
    """Whole numbers, since a date minus a window may fall before the first year."""
    return (at - _EPOCH) // _MICROSECOND
