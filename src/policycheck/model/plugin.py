"""The other values that plugins give: readers, reporters and policies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol, TextIO, runtime_checkable

from msgspec import Struct

from policycheck.model.invitation import Unreadable
from policycheck.model.profile import Account
from policycheck.model.verdict import Ledger, Run, Verdict


class Source(Protocol):
    """An input that the user named: a file, a folder, an archive or standard input.

    Archives are guarded for every reader: no member is ever extracted, encrypted, nested, overlapping, doubled and bomb-like ones
    are refused, and bytes are counted while reading.
    """

    @property
    def path(self) -> str:
        """As the user gave it; "-" is standard input."""
        ...

    @property
    def head(self) -> bytes:
        """The first 64 KiB of a file or of standard input; empty for folders."""
        ...

    @property
    def members(self) -> tuple[str, ...]:
        """The names of the files in a folder or an archive, with "/", sorted; empty for a plain file."""
        ...

    def open(self, member: str | None = None) -> BinaryIO:
        """A stream from the start, of the file itself or of one member."""
        ...


class Reader(Struct, frozen=True, kw_only=True):
    """`recognises` looks at a source's name, head and members only, and is True for one reader at most."""

    name: str
    summary: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Account | Unreadable]]


class Writer(Protocol):
    """A report in the making: it sees each verdict once, in order, then the ledger."""

    def verdict(self, verdict: Verdict) -> None: ...

    def close(self, ledger: Ledger) -> None: ...


@runtime_checkable
class ThoroughWriter(Writer, Protocol):
    """A writer that is also told of each record, or single fact, that could not be read, where it stood among the verdicts."""

    def could_not_read(self, record: Unreadable) -> None: ...


class Reporter(Struct, frozen=True, kw_only=True):
    """`shows_text`: made for the person at the machine, so it gets names and quotes; every other format gets neither,

    unless the user says ``--show-text``.
    """

    name: str
    summary: str
    open: Callable[[Run, TextIO], Writer]
    shows_text: bool = False


class PolicySource(Struct, frozen=True, kw_only=True):
    """A policy known by name. `read` gives its YAML text, `origin` says where it stands."""

    name: str
    read: Callable[[], str]
    origin: str
