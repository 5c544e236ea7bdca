"""What a check is given: one object, so that it can grow without breaking a plugin."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from policycheck.model.history import History
from policycheck.model.invitation import Invitation, Person
from policycheck.model.profile import Profile
from policycheck.text.fold import Text
from policycheck.text.phrases import Hit

T = TypeVar("T")


_OWNERS = {"": Invitation, "person": Person, "profile": Profile}
_OF_THE_RECORD = {"origin", "by_row"}


@lru_cache(maxsize=1024)
def _fact(path: str) -> tuple[str, str]:
    """Whose fact it is, and its name."""
    owner, _, name = path.rpartition(".")
    if owner not in _OWNERS or name not in _OWNERS[owner].__struct_fields__ or path in _OF_THE_RECORD:
        raise LookupError(path)
    return owner, name


def is_fact(path: str) -> bool:
    """Whether a path names a fact that a case can have."""
    try:
        return path == "history" or bool(_fact(path))
    except LookupError:
        return False


class Lexicon(Protocol):
    """The policy's phrase lists, compiled to one automaton."""

    def find(self, text: Text) -> dict[str, tuple[Hit, ...]]:
        """All hits in a text, by list."""
        ...


class Shared:
    """What the cases of one account share: the profile, the history, and whatever was computed from them once."""

    __slots__ = ("as_of", "history", "lexicon", "memo", "profile")

    def __init__(self, profile: Profile, as_of: date, lexicon: Lexicon, history: History | None = None) -> None:
        self.profile = profile
        self.as_of = as_of
        self.lexicon = lexicon
        self.history = history
        self.memo: dict[Hashable, Any] = {}


class Case:
    """One invitation with all that a check may look at. Read it; nothing of it changes."""

    __slots__ = ("_memo", "_shared", "invitation", "person")

    def __init__(self, invitation: Invitation, shared: Shared) -> None:
        self.invitation: Invitation = invitation
        self.person: Person = invitation.person
        self._shared = shared
        self._memo: dict[Hashable, Any] = {}

    @property
    def profile(self) -> Profile:
        """What is known of us."""
        return self._shared.profile

    @property
    def history(self) -> History | None:
        """The account's invitations, this one among them; None unless a check of the policy names "history" in its needs."""
        return self._shared.history

    @property
    def as_of(self) -> date:
        """The day for which the run decides: never ask the clock."""
        return self._shared.as_of

    def fact(self, path: str) -> Any:
        """The fact at a path such as "note", "person.company", "profile.competitors"; None where it is not known.

        Raises LookupError for a path that names no fact.
        """
        if path == "history":
            return self.history
        owner, name = _fact(path)
        return getattr(self.invitation if owner == "" else self.person if owner == "person" else self.profile, name)

    def raw(self, field: str) -> str | None:
        """The text at an evidence's field ("note", "person.name", "messages[0].text"), exactly as read."""
        if field.startswith("messages["):
            index, _, rest = field.removeprefix("messages[").partition("]")
            messages = self.invitation.messages or ()
            known = rest == ".text" and index.isdecimal() and int(index) < len(messages)
            return messages[int(index)].text if known else None
        try:
            value = self.fact(field)
        except LookupError:
            return None
        return value if isinstance(value, str) else None

    def text(self, field: str) -> Text | None:
        """The two views of a text, folded once for all checks; None where it is not known."""
        raw = self.raw(field)
        return None if raw is None else self.once(("text", field), lambda: Text(raw))

    def hits(self, phrases: str, field: str = "note") -> tuple[Hit, ...]:
        """The hits of a phrase list in a text, in order; nothing where the text is not known."""
        text = self.text(field)
        if text is None:
            return ()
        found = self.once(("hits", field), lambda: self._shared.lexicon.find(text))
        return found.get(phrases, ())

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Compute something once for all checks of this invitation."""
        if key not in self._memo:
            self._memo[key] = make()
        value: T = self._memo[key]
        return value

    def once_per_account(self, key: Hashable, make: Callable[[], T]) -> T:
        """Compute something once for all invitations of the account (an index over the profile's lists, say)."""
        if key not in self._shared.memo:
            self._shared.memo[key] = make()
        value: T = self._shared.memo[key]
        return value
