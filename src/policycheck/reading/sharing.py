"""Several inputs in one run share what they tell: records are put together by member and judged with all that is known.

What comes out of one record does not depend on the order of the inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby

from msgspec import Struct, structs

from policycheck.errors import PolicycheckError, UsageError
from policycheck.model.identity import person_key
from policycheck.model.invitation import Invitation, NotJudged, Record, Unreadable
from policycheck.model.profile import Account, Profile
from policycheck.reading.doubles import DOUBLE, without_doubles
from policycheck.reading.knowing import resolver
from policycheck.reading.told import Told
from policycheck.text.visible import visible

Stream = Iterator[Account | Unreadable]
_NOTHING = Profile()


class Input(Struct, frozen=True):
    """An input that can be read: `start` gives its accounts from the beginning."""

    path: str
    start: Callable[[], Stream]


class Part(Struct, frozen=True):
    """An account of one input, read whole. `tells` is whether it says anything beside its records."""

    path: str
    account: Account
    tells: bool
    records: list[Record]


def tells(account: Account, given: Profile | None) -> bool:
    """Whether an account says anything that concerns other inputs: of us, beyond the profile that the user gave, or of people."""
    return bool(account.people) or account.profile != (given or _NOTHING)


def peeked(input_: Input, given: Profile | None) -> tuple[bool, Input]:
    """Whether an input's first account tells something, and the input, still to be read from its beginning."""
    stream = input_.start()
    ahead: list[Account | Unreadable] = []
    try:
        ahead.extend(_up_to_account(stream))
    except PolicycheckError:
        return False, input_  # whatever is wrong is said when it is read
    told = any(isinstance(item, Account) and tells(item, given) for item in ahead[-1:])
    if input_.path == "-":  # can be read only once
        return told, Input(input_.path, lambda: chain(ahead, stream))
    return told, input_


def _up_to_account(stream: Stream) -> Iterator[Account | Unreadable]:
    for item in stream:
        yield item
        if isinstance(item, Account):
            return


def members(
    inputs: Iterable[Input],
    given: Profile | None,
    *,
    as_of: date,
    failed: Callable[[PolicycheckError], None],
    said: Callable[[str], None],
) -> Iterator[Account | Unreadable]:
    """One account a member, with the records of all inputs, in memory; what belongs to no account comes first.

    `given` is the profile that the user gave, and is in every account's already; `as_of` is the day of the run. An input that
    breaks off is told to `failed` and keeps what was read of it. UsageError: an input does not say whose it is, and several
    members could be meant.
    """
    parts: list[Part] = []
    for input_ in inputs:
        try:
            yield from _read(input_, given, parts)
        except PolicycheckError as error:
            failed(error)
    unnamed = _unnamed(parts)
    by_member: dict[str | None, list[Part]] = {}
    for part in parts:
        by_member.setdefault(_key(part.account.id) or unnamed, []).append(part)
    for remark in _apart(list(by_member.values())):
        said(remark)
    for own in by_member.values():
        yield _together(own, as_of)


def _read(input_: Input, given: Profile | None, parts: list[Part]) -> Iterator[Unreadable]:
    for item in input_.start():
        if isinstance(item, Unreadable):
            yield item
            continue
        records: list[Record] = []
        parts.append(Part(input_.path, structs.replace(item, records=()), tells(item, given), records))
        for record in item.records:
            records.append(record)  # noqa: PERF402  # what was read before a failure is kept


def _apart(by_member: Sequence[Sequence[Part]]) -> Iterator[str]:
    """What is to be said of members of whom no input tells: nobody must believe that an export counted where it did not."""
    telling = sorted({visible(part.path) for own in by_member for part in own if part.tells})
    apart = [own for own in by_member if not any(part.tells for part in own) and any(map(_needs_member, own))]
    if telling and apart:
        paths = ", ".join(sorted({visible(part.path) for own in apart for part in own}))
        yield (
            f"{paths}: accounts of which {', '.join(telling)} tells nothing: {len(apart)}; if they are the same member's, "
            "write the slug of the profile as their `account`"
        )


def _key(account: str | None) -> str | None:
    return None if account is None else person_key(account) or account


def _needs_member(part: Part) -> bool:
    return part.tells or any(isinstance(record, Invitation) and record.stage != "template" for record in part.records)


def _unnamed(parts: Sequence[Part]) -> str | None:
    """Whose the parts are that don't say: of the only member that tells something, else of the only one that is named.

    Where nothing tells anything, they are a member's of their own, as they are within one input.
    """
    telling = [part for part in parts if part.tells]
    owners = {_key(part.account.id) for part in telling} - {None}
    members = owners or ({_key(part.account.id) for part in parts} - {None} if telling else set())
    unsaid = sorted({visible(part.path) for part in parts if part.account.id is None and _needs_member(part)})
    if len(members) > 1 and unsaid:
        raise UsageError(
            f"{', '.join(unsaid)}: does not say whose it is, and the inputs are of several members; give each record an "
            "`account`, the slug of that member's profile, or judge one member a run"
        )
    return members.pop() if len(members) == 1 else None


def _together(parts: Sequence[Part], as_of: date) -> Account:
    """The account of one member. Profiles and facts are joined by the names of the inputs, records stay in their order."""
    ids = [part.account.id for part in sorted(parts, key=_rank) if part.account.id is not None]
    profile = _united([part.account.profile for part in sorted(parts, key=_rank)])
    told = Told((part.path, part.account.people, part.records) for part in parts)
    kept, doubles = without_doubles([(part.path, part.tells, part.records) for part in parts])
    told.count_sent(kept)
    resolved = resolver()
    records: list[Record] = []
    for path, record in kept:
        if isinstance(record, Invitation):
            full = told.complete(path, record, as_of)
            records.append(structs.replace(full, person=resolved(full.person, profile)))
        else:
            records.append(record)
    counted = [NotJudged(DOUBLE, doubles)] if doubles else []
    return Account(id=ids[0] if ids else None, profile=profile, records=(*records, *counted))


def _rank(part: Part) -> tuple[bool, str, str]:
    return not part.tells, part.path, part.account.id or ""


def _united(profiles: Sequence[Profile]) -> Profile:
    """Lists are united; of single values that differ none is known."""
    values = {name: _one([getattr(profile, name) for profile in profiles]) for name in Profile.__struct_fields__}
    return structs.replace(_NOTHING, **values)


def _one(values: Iterable[object]) -> object:
    known = [value for value in values if value is not None]
    if known and isinstance(known[0], tuple):
        return tuple(dict.fromkeys(item for value in known if isinstance(value, tuple) for item in value))
    same = [value for value, _ in groupby(known)]
    return same[0] if len(same) == 1 else None
