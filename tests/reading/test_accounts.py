"""From a path to accounts: which reader reads, what profile and facts add, and what a broken reader comes to."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from growth import LINEAR, growth
from policycheck import (
    Account,
    Contact,
    InputError,
    Invitation,
    NotJudged,
    Origin,
    Person,
    PluginError,
    PolicycheckError,
    Profile,
    Reader,
    Source,
    Unreadable,
    UsageError,
    read,
)
from policycheck.model.invitation import Record
from policycheck.reading.facts import load_facts
from policycheck.registry import Registry, load

MIA = "https://www.linkedin.com/in/mia-berg"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def installed() -> Registry:
    return load()


def queue(*records: dict[str, Any], name: str = "queue.jsonl") -> str:
    Path(name).write_text("\n".join(json.dumps({"stage": "incoming", **record}) for record in records))
    return name


def persons(*paths: str, **options: Any) -> list[Person]:
    return [
        record.person
        for account in read(*paths, **options)
        if isinstance(account, Account)
        for record in account.records
        if isinstance(record, Invitation)
    ]


def message(error: type[PolicycheckError], *paths: str, **options: Any) -> str:
    with pytest.raises(error) as raised:
        persons(*paths, **options)
    return str(raised.value)


# --- which reader ----------------------------------------------------------------------------------------------------


def test_several_inputs_are_read_in_order() -> None:
    queue({"id": "a"})
    Path("more.json").write_text('[{"stage": "incoming", "id": "b"}]')
    accounts = [list(account.records) for account in read("queue.jsonl", "more.json") if isinstance(account, Account)]
    assert [[record.id for record in group if isinstance(record, Invitation)] for group in accounts] == [["a"], ["b"]]


def test_standard_input_is_read_like_a_file() -> None:
    assert persons("-", stdin=io.BytesIO(b'{"stage": "incoming", "person": {}}')) == [Person()]


def test_what_nobody_recognises_is_refused_with_the_readers_there_are(installed: Registry) -> None:
    Path("notes.txt").write_text("hello")
    names = ", ".join(sorted(installed.readers))
    assert message(InputError, "notes.txt", registry=installed) == (
        f"notes.txt: no reader recognises this; name another file, or choose `--reader`: {names}"
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_named(installed: Registry, encoding: str) -> None:
    Path("queue.jsonl").write_bytes('\ufeff{"stage": "incoming"}'.encode(encoding))
    assert message(InputError, "queue.jsonl", registry=installed) == "queue.jsonl: is UTF-16 text; save it as UTF-8"


def test_a_reader_can_be_forced(installed: Registry) -> None:
    Path("queue.jsonl").write_text('nonsense\n{"stage": "incoming"}')
    assert persons("queue.jsonl", registry=installed, reader="jsonl") == [Person()]


def test_an_unknown_reader_is_told_with_a_near_one(installed: Registry) -> None:
    queue({})
    names = ", ".join(sorted(installed.readers))
    assert message(UsageError, "queue.jsonl", registry=installed, reader="jsnl") == (
        "no reader is called `jsnl`; did you mean `jsonl`?"
    )
    assert message(UsageError, "queue.jsonl", registry=installed, reader="zzzz\x1b") == (
        f"no reader is called `zzzz\\x1b`; the readers are {names}"
    )


def giving(
    registry: Registry,
    read_it: Callable[[Source], Iterable[Any]],
    recognises: Callable[[Source], bool] = lambda source: True,
) -> Registry:
    """A registry with one reader more, `odd` of the plugin `acme.odd`."""
    odd = Reader(name="odd", summary="Odd.", recognises=recognises, read=lambda source: iter(read_it(source)))
    return structs.replace(
        registry,
        readers={**registry.readers, "odd": odd},
        owners={**registry.owners, ("readers", "odd"): "acme.odd"},
    )


def test_two_readers_for_one_input_are_told(installed: Registry) -> None:
    queue({})
    assert message(UsageError, "queue.jsonl", registry=giving(installed, lambda source: ())) == (
        "queue.jsonl: the readers `jsonl` and `odd` recognise this; choose one with `--reader`"
    )


# --- readers that break ----------------------------------------------------------------------------------------------


def explode(*_: object) -> Any:
    raise ValueError("zqxv")


def exit_early(*_: object) -> Any:
    sys.exit(0)


def recurse(source: Source) -> Any:
    return recurse(source)


def late(source: Source) -> Iterator[Any]:
    yield Account()
    explode()


def in_records(source: Source) -> Iterator[Any]:
    def records() -> Iterator[Any]:
        yield Unreadable(Origin("x", 1), "why", "repair")
        explode()

    yield Account(records=records())


BROKEN = {
    "raises": (explode, r"broke \(ValueError at test_accounts\.py:\d+\)"),
    "exits": (exit_early, r"broke \(SystemExit at test_accounts\.py:\d+\)"),
    "recurses": (recurse, r"broke \(RecursionError at test_accounts\.py:\d+\)"),
    "raises after an account": (late, r"broke \(ValueError at test_accounts\.py:\d+\)"),
    "raises among records": (in_records, r"broke \(ValueError at test_accounts\.py:\d+\)"),
    "gives no account": (lambda source: [{"zqxv": 1}], "gave something that is no record"),
    "gives no records": (lambda source: [Account(records=["zqxv"])], "gave something that is no record"),  # type: ignore[list-item]  # wrong on purpose
    "gives None": (lambda source: None, r"broke \(TypeError at test_accounts\.py:\d+\)"),
    "has no records": (
        lambda source: [Account(records=None)],  # type: ignore[arg-type]  # wrong on purpose
        r"broke \(TypeError at accounts\.py:\d+\)",
    ),
    "opens what is not there": (lambda source: source.open("zqxv"), r"broke \(LookupError at sources\.py:\d+\)"),
    "names nobody as a person": (
        lambda source: [
            Account(
                profile=Profile(address_book=(Contact(name="x"),)),
                records=[Invitation(id="x", stage="incoming", origin=Origin("x"), person=Person(name=5))],  # type: ignore[arg-type]  # wrong on purpose
            )
        ],
        "gave something that is no record",
    ),
}


@pytest.mark.parametrize(("read_it", "what"), BROKEN.values(), ids=BROKEN)
def test_a_reader_that_breaks_is_named_without_a_cell(
    installed: Registry, read_it: Callable[[Source], Any], what: str
) -> None:
    queue({})
    with pytest.raises(
        PluginError,
        match=rf"^queue\.jsonl: the reader `odd` of plugin `acme\.odd` {what}; "
        r"update it, or leave it out with `-p no:acme\.odd`$",
    ) as error:
        persons("queue.jsonl", registry=giving(installed, read_it), reader="odd")
    assert error.value.__suppress_context__


@pytest.mark.parametrize("recognises", [explode, exit_early])
def test_a_reader_that_breaks_while_recognising_is_named(installed: Registry, recognises: Any) -> None:
    queue({})
    told = message(PluginError, "queue.jsonl", registry=giving(installed, lambda source: (), recognises))
    assert told.startswith("queue.jsonl: the reader `odd` of plugin `acme.odd` broke (")
    assert "zqxv" not in told


def test_an_interrupt_of_the_user_passes(installed: Registry) -> None:
    def interrupted(source: Source) -> Iterator[Any]:
        raise KeyboardInterrupt
        yield

    queue({})
    with pytest.raises(KeyboardInterrupt):
        persons("queue.jsonl", registry=giving(installed, interrupted), reader="odd")


def test_what_a_reader_cannot_read_passes_as_it_is(installed: Registry) -> None:
    unread = Unreadable(Origin("queue.jsonl", 1), "why", "repair")
    records: list[Record] = [unread, NotJudged("draft", 3)]
    queue({})
    registry = giving(installed, lambda source: [unread, Account(records=records)])
    stream = read("queue.jsonl", registry=registry, reader="odd")
    assert next(stream) == unread
    account = next(stream)
    assert isinstance(account, Account)
    assert list(account.records) == records


def test_accounts_that_are_collected_unread_are_an_error_not_a_loss(installed: Registry) -> None:
    queue({}, {})
    with pytest.raises(UsageError) as error:
        list(read("queue.jsonl", registry=installed))
    expected = "records of an account are left over; read them before you ask for the next account"
    assert str(error.value) == expected


def test_files_are_closed_when_reading_is_given_up(installed: Registry) -> None:
    opened = []

    def hold(source: Source) -> Iterator[Any]:
        opened.append(source.open())
        yield Account()

    queue({})
    stream = read("queue.jsonl", registry=giving(installed, hold), reader="odd")
    next(stream)
    assert not opened[0].closed
    del stream
    assert opened[0].closed


# --- profile, facts and who is known ---------------------------------------------------------------------------------


def test_who_is_known_is_settled_with_the_profile(installed: Registry) -> None:
    path = queue(
        {"person": {"profile_url": MIA, "known": False}},
        {"person": {"name": "Mia Berg", "known": False}},
        {"person": {"name": "Jo Lund", "known": False}},
    )
    profile = Profile(address_book=(Contact(name="Mia Berg", profile_url=MIA),))
    assert [(p.known, p.known_by) for p in persons(path, registry=installed, profile=profile)] == [
        (True, "address book"),
        (None, "a namesake in the address book"),
        (False, "the record"),
    ]


def test_facts_complete_a_record_before_who_is_known_is_settled(installed: Registry) -> None:
    Path("facts.jsonl").write_text(json.dumps({"profile_url": MIA, "email": "mia@acme.example", "company": "Acme"}))
    profile = Profile(address_book=(Contact(email="mia@acme.example"),))
    path = queue({"person": {"profile_url": MIA, "company": "Brightleaf"}})
    facts = load_facts("facts.jsonl")
    assert persons(path, registry=installed, profile=profile, facts=facts) == [
        Person(profile_url=MIA, email="mia@acme.example", company="Brightleaf", known=True, known_by="address book")
    ]
    assert facts.unused() == 0


def test_the_users_profile_and_the_accounts_are_united(installed: Registry) -> None:
    own = Profile(names=("Ana Voss",), companies=("Acme",), premium=False)
    queue({})
    registry = giving(installed, lambda source: [Account(id="ana", profile=own)])
    (account,) = read("queue.jsonl", registry=registry, reader="odd", profile=Profile(companies=("B",), premium=True))
    assert isinstance(account, Account)
    assert (account.id, account.profile) == (
        "ana",
        Profile(names=("Ana Voss",), companies=("Acme", "B"), premium=True),
    )


def test_an_address_book_is_indexed_once_for_all_accounts(installed: Registry) -> None:
    def sources(count: int) -> tuple[str, Profile]:
        records = ({"account": f"a{number}", "person": {"name": "Ben Ito"}} for number in range(count))
        book = tuple(Contact(name=f"Mia Berg {number}") for number in range(count))
        return queue(*records, name=f"{count}.jsonl"), Profile(address_book=book)

    assert growth(200, sources, lambda given: persons(given[0], profile=given[1], registry=installed)) < LINEAR
