"""From a path that the user names to a stream of accounts, whichever reader reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from msgspec import Struct, structs

from policycheck.errors import InputError, PluginError, PolicycheckError, UsageError, did_you_mean, place_of
from policycheck.model.invitation import STAGES, Invitation, NotJudged, Person, Record, Unreadable
from policycheck.model.plugin import Reader, Source
from policycheck.model.profile import Account, Profile
from policycheck.reading.facts import Facts
from policycheck.reading.knowing import merge, resolver
from policycheck.reading.sources import open_source
from policycheck.text.visible import visible

if TYPE_CHECKING:
    from policycheck.registry import Registry

T = TypeVar("T")
R = TypeVar("R", Invitation, Unreadable, NotJudged, Record)
_Resolver = Callable[[Person, Profile], Person]


def read(
    *paths: str,
    registry: Registry | None = None,
    profile: Profile | None = None,
    facts: Facts | None = None,
    reader: str | None = None,
    stdin: BinaryIO | None = None,
    chosen: Callable[[str, str], None] | None = None,
) -> Iterator[Account | Unreadable]:
    """The accounts in files, folders, archives and standard input ("-"), lazily and in order.

    Each account's profile is united with `profile`, what `facts` tell of a person completes the record, and who is known is
    settled. Read the records of an account before you ask for the next: they are a stream.
    `chosen` is told each path with the name of its reader.

    Raises InputError where an input cannot be read or no reader recognises it, UsageError where several do or `reader` names
    none, PluginError where a reader breaks.
    """
    if registry is None:
        from policycheck.registry import load

        registry = load()
    resolved = resolver()
    for path in paths:
        with open_source(path, stdin) as source:
            choice = _choice(source, registry, reader)
            if chosen is not None:
                chosen(path, choice.reader.name)
            yield from _accounts(source, choice, profile, facts, resolved)


class _Choice(Struct, frozen=True):
    """A reader for a source, and who answers for it."""

    reader: Reader
    owner: str
    where: str

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Whatever a plugin's code raises inside becomes PluginError."""
        try:
            yield
        except (PolicycheckError, KeyboardInterrupt, GeneratorExit):
            raise
        except BaseException as error:  # noqa: BLE001  # a plugin that exits or recurses must not end the run
            raise self.broke(error) from None

    def items(self, give: Callable[[], Iterable[T]], types: tuple[type, ...]) -> Iterator[T]:
        """What a plugin gives. Raises PluginError where it breaks or gives something else."""
        with self.answering():
            for item in give():
                if not isinstance(item, types):
                    raise _NonsenseError
                yield item

    def records(self, account: Account) -> Iterator[Record]:
        for record in self.items(lambda: account.records, (Invitation, Unreadable, NotJudged)):
            if isinstance(record, Invitation) and not _sound(record):
                raise self.broke(_NonsenseError()) from None
            yield record

    def broke(self, error: BaseException) -> PluginError:
        """The kind and place of a failure; never its message, which may hold a cell."""
        what = "gave something that is no record" if isinstance(error, _NonsenseError) else f"broke ({place_of(error)})"
        return PluginError(
            f"{self.where}: the reader `{self.reader.name}` of plugin `{self.owner}` {what}; "
            f"update it, or leave it out with `-p no:{self.owner}`"
        )


def _sound(record: Invitation) -> bool:
    """Whether an invitation is of the types that it says: what a reader mistakes must not be blamed on a check."""
    texts, times = (record.note, record.person.name, record.person.profile_url), [record.sent_at]
    times += [message.sent_at for message in record.messages or ()]
    return (
        isinstance(record.id, str)
        and record.stage in STAGES
        and all(text is None or isinstance(text, str) for text in texts)
        and all(time is None or time.tzinfo is not None for time in times)
    )


class _NonsenseError(Exception):
    """A reader gave something that is neither an account nor a record."""


def _choice(source: Source, registry: Registry, forced: str | None) -> _Choice:
    where = visible(source.path)
    choices = {
        name: _Choice(reader, registry.owners.get(("readers", name), name), where)
        for name, reader in registry.readers.items()
    }
    if forced is not None:
        require_reader(forced, registry.readers)
        return choices[forced]
    return _only([choice for choice in choices.values() if _recognises(choice, source)], source, choices)


def require_reader(name: str, known: Iterable[str]) -> None:
    """Raises UsageError where no reader has this name."""
    if name not in known:
        near = did_you_mean(name, known) or f"; the readers are {', '.join(sorted(known))}"
        raise UsageError(f"no reader is called `{visible(name)}`{near}")


def _recognises(choice: _Choice, source: Source) -> bool:
    with choice.answering():
        return bool(choice.reader.recognises(source))


def _only(found: list[_Choice], source: Source, known: Mapping[str, _Choice]) -> _Choice:
    where, names = visible(source.path), ", ".join(sorted(known))
    if source.head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{where}: is UTF-16 text; save it as UTF-8")
    if not found:
        raise InputError(f"{where}: no reader recognises this; name another file, or choose `--reader`: {names}")
    if len(found) > 1:
        both = " and ".join(f"`{choice.reader.name}`" for choice in found)
        raise UsageError(f"{where}: the readers {both} recognise this; choose one with `--reader`")
    return found[0]


def _accounts(
    source: Source, chosen: _Choice, profile: Profile | None, facts: Facts | None, resolved: _Resolver
) -> Iterator[Account | Unreadable]:
    folder = source.path if source.members and Path(source.path).is_dir() else None
    for account in chosen.items(lambda: chosen.reader.read(source), (Account, Unreadable)):
        if isinstance(account, Unreadable):
            yield _within(folder, account)
            continue
        merged = account.profile if profile is None else merge(account.profile, profile)
        records = _settled(chosen, account, merged, facts, resolved)
        if folder is not None:
            records = (_within(folder, record) for record in records)
        yield structs.replace(account, profile=merged, records=records)
        if next(records, None) is not None:
            raise UsageError("records of an account are left over; read them before you ask for the next account")


def _within(folder: str | None, record: R) -> R:
    """A record that says in which folder its file is."""
    if folder is None or isinstance(record, NotJudged):
        return record
    return structs.replace(record, origin=structs.replace(record.origin, folder=folder))


def _settled(
    chosen: _Choice, account: Account, profile: Profile, facts: Facts | None, resolved: _Resolver
) -> Iterator[Record]:
    with chosen.answering():
        for record in chosen.records(account):
            if not isinstance(record, Invitation):
                yield record
                continue
            person = resolved(record.person if facts is None else facts.complete(record.person), profile)
            yield record if person is record.person else structs.replace(record, person=person)
