"""An index over one account's invitations, for the checks that look across them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from policycheck.model.identity import person_key
from policycheck.model.invitation import Invitation


class History:
    """The invitations of one account, in the order of the file."""

    def __init__(self, invitations: Iterable[Invitation]) -> None:
        self.invitations: tuple[Invitation, ...] = tuple(invitations)

    @cached_property
    def sent(self) -> tuple[Invitation, ...]:
        """The outgoing ones."""
        return tuple(i for i in self.invitations if i.stage == "outgoing")

    @cached_property
    def _to(self) -> dict[str, list[Invitation]]:
        found: dict[str, list[Invitation]] = {}
        for invitation in self.sent:
            key = person_key(invitation.person.profile_url or "")
            if key:
                found.setdefault(key, []).append(invitation)
        return found

    def sent_to(self, profile_url: str) -> tuple[Invitation, ...]:
        """The outgoing invitations to the person of this profile URL."""
        return tuple(self._to.get(person_key(profile_url), ()))
