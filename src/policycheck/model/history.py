"""An index over one account's invitations, for the checks that look across them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from policycheck.model.invitation import Invitation


class History:
    """The invitations of one account, in the order of the file."""

    def __init__(self, invitations: Iterable[Invitation]) -> None:
        self.invitations: tuple[Invitation, ...] = tuple(invitations)

    @cached_property
    def sent(self) -> tuple[Invitation, ...]:
        """The outgoing ones."""
        return tuple(i for i in self.invitations if i.stage == "outgoing")
