"""``policycheck schema``: what it prints is what decodes records and makes reports, and is published with the package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import policycheck
from documentation.pages import UPDATE, updating
from inputs import given as read_records
from inputs import registry
from policycheck import JsonError, PolicycheckError, Unreadable, Verdict
from policycheck.builtin.commands._schemas import SCHEMAS, schema
from policycheck.builtin.readers._record import decode
from policycheck.cli import run
from policycheck.policy.profile import load_profile
from policycheck.reading.facts import load_facts
from policycheck.reading.json_schema import field_docs
from schema_documents import fits, validator

FILES = Path(policycheck.__file__).parent / "schemas"
URL = "https://www.linkedin.com/in/mia-berg"

_junk = st.sampled_from(
    [None, True, 0, 1, -1, 2**53, 0.5, "", "x", "incoming", "us", "a" * 201, "2026-02-30", [], {}, [1], {"x": 1}]
)
_times = [
    "2026-06-27T19:35:00Z",
    "2026-06-27T19:35:00.5+02:00",
    "2026-06-27T19:35:00",
    "2026-06-27",
    "2026-06-27T25:00:00Z",
]
_USUAL: dict[str, st.SearchStrategy[Any]] = {
    "stage": st.sampled_from(["incoming", "outgoing", "connected", "template", "sent"]),
    "from": st.sampled_from(["us", "them", "Ana"]),
    "profile_url": st.just(URL),
    "sent_at": st.sampled_from(_times),
    "connected_on": st.sampled_from(["2026-06-27", "2026-6-27", "27 Jun 2026"]),
    "joined_on": st.sampled_from(["2026-06-27", "20260627"]),
    **dict.fromkeys(("mutual_connections", "connections", "previous_invitations"), st.integers(-1, 3)),
    **dict.fromkeys(("accepted", "has_photo", "verified", "known"), st.booleans()),
}


def object_of(type_: type[msgspec.Struct], **inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with some of a struct's keys, mostly as they should be, and seldom another key."""
    keys = [field.encode_name for field in msgspec.structs.fields(type_)]
    usual = {key: inner.get(key, _USUAL.get(key, st.sampled_from(["x", "Mia"]))) for key in keys}
    each = {key: st.integers(0, 14).flatmap(lambda at, key=key: usual[key] if at else _junk) for key in keys}
    stray = st.sampled_from([{}] * 12 + [{"stray": 1}])
    return st.builds(lambda given, more: {**given, **more}, st.fixed_dictionaries({}, optional=each), stray)


people = object_of(policycheck.Person)
messages = st.lists(object_of(policycheck.Message), max_size=2)
records = st.builds(
    lambda stage, record: {**stage, **record},
    st.sampled_from([{"stage": "incoming"}] * 5 + [{}]),
    object_of(type(decode(b'{"stage": "incoming"}')[0]), person=people, messages=messages),
)


def decoded(record: Any) -> bool:
    try:
        return decode(json.dumps(record).encode())[1] == ()
    except JsonError:
        return False


@given(records | _junk.filter(lambda junk: junk != []))  # a list is a document of records
def test_a_record_is_taken_by_the_decoder_and_by_the_json_schema_or_by_neither(record: Any) -> None:
    assert fits("invitation", record) == decoded(record)


@given(person=people | _junk)
def test_a_fact_is_taken_by_the_loader_and_by_the_json_schema_or_by_neither(
    person: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "people.json"
    path.write_text(json.dumps([person]))
    try:
        taken = len(load_facts(str(path))) == 1
    except PolicycheckError:
        taken = False
    fit = fits("facts", [person])
    # that an address leads to a person is more than its form
    assert fit == taken or (fit and person["profile_url"] != URL)


VERDICT = {
    "id": "q-1",
    "account": None,
    "stage": "incoming",
    "decision": "deny",
    "action": "decline",
    "rules": [
        {
            "id": "r",
            "effect": "deny",
            "outcome": "holds",
            "because": "x",
            "findings": [{"check": "c", "parameters": {}, "holds": None}],
        }
    ],
    "missing": [],
    "advice": [],
    "waived": [],
    "origin": {"path": "q.jsonl", "line": 1},
    "policy": "sha256:0",
}
_paths = [(key,) for key in VERDICT] + [
    ("rules", 0, "effect"),
    ("rules", 0, "findings", 0, "holds"),
    ("origin", "line"),
    ("rules", 0, "findings"),
]


@given(st.sampled_from(_paths), _junk | st.sampled_from(["allow", "dney", [{"text": "x"}], [{"check": "c"}]]))
def test_a_verdict_is_decoded_and_fits_the_json_schema_or_neither(path: tuple[Any, ...], other: Any) -> None:
    changed = json.loads(json.dumps(VERDICT))
    holder = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = other
    try:
        taken = bool(msgspec.json.decode(json.dumps(changed), type=Verdict))
    except msgspec.ValidationError:
        taken = False
    assert fits("verdict", changed) == taken


# Files that are whole


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_what_check_prints_fits_the_schema_of_verdicts(format_: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        {"stage": "incoming", "note": "We help agencies double their leads. 15 minutes for a demo?"},
        {"stage": "connected"},
    ]
    Path("q.jsonl").write_text("\n".join(map(json.dumps, lines)))
    run(["check", "q.jsonl", "--format", format_, "--show-text", "--as-of", "2026-11-23"])
    printed = capsys.readouterr().out
    documents = [json.loads(printed)] if format_ == "json" else list(map(json.loads, printed.splitlines()))
    assert len(documents) == {"json": 1, "jsonl": 4}[format_]
    assert [fits("verdict", document) for document in documents] == [True] * len(documents)


DOCUMENTS = [
    ("invitation", {"invitations": [{"stage": "incoming"}]}, True),
    ("invitation", [{"stage": "incoming", "id": "one"}, {"stage": "template", "note": "Hi"}], True),
    ("invitation", {"invitations": [{"stage": "incoming"}], "more": 1}, False),
    ("invitation", [{"stage": "incoming", "nte": "Hi"}], False),
    ("invitation", {"invitations": {"stage": "incoming"}}, False),
    ("facts", {"people": [{"profile_url": URL, "verified": True}]}, True),
    ("facts", [{"profile_url": URL}], True),
    ("facts", [{"name": "Mia Berg"}], False),
    ("facts", {"people": [{"profile_url": URL}], "as_of": "2026-11-23"}, False),
    (
        "profile",
        {"names": ["Ana Voss"], "address_book": ["Ben Ito", {"email": "mia@berg.example"}], "premium": False},
        True,
    ),
    ("profile", {"name": ["Ana Voss"]}, False),
    ("profile", {"premium": "no"}, False),
    ("profile", {"address_book": [{"phone": "12"}]}, False),
    ("profile", ["Ana Voss"], False),
]


def loaded(name: str, path: str) -> bool:
    try:
        match name:
            case "facts":
                load_facts(path)
            case "profile":
                load_profile(path)
            case _:
                return not any(isinstance(item, Unreadable) for _, group in read_records(path) for item in group)
    except PolicycheckError:
        return False
    return True


@pytest.mark.parametrize(("name", "document", "good"), DOCUMENTS)
def test_a_file_is_loaded_and_fits_its_json_schema_or_neither(name: str, document: Any, good: bool) -> None:
    path = Path("file.json")
    path.write_text(json.dumps(document))
    assert (fits(name, document), loaded(name, str(path))) == (good, good)


@pytest.mark.parametrize(
    "document",
    [{}, {"run": {}}, {"verdicts": []}, {"ledger": {"read": "1"}}, [], "accept", {**VERDICT, "decision": "accept"}],
)
def test_what_no_report_prints_is_no_verdict(document: Any) -> None:
    assert not fits("verdict", document)


# The command


def test_every_schema_is_listed_with_what_it_is_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert capsys.readouterr().out == (
        "config      A configuration: policycheck.toml, or [tool.policycheck] of pyproject.toml.\n"
        "facts       Facts about people: a record, or a document of records.\n"
        "invitation  Invitations: a record, or a document of records.\n"
        "policy      A policy, with the checks of the plugins that are installed.\n"
        "profile     What is known of us.\n"
        "tests       Tests of a policy.\n"
        "verdict     What comes out: a line of --format jsonl, or the document of --format json.\n"
        "waivers     Waivers of a policy's rules.\n"
    )


def test_an_unknown_schema_is_refused_with_a_near_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "verdicts"]) == 2
    assert capsys.readouterr().err == "policycheck: no schema is called `verdicts`; did you mean `verdict`?\n"


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_file_in_the_package_is_what_the_command_prints(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["schema", name])
    printed = capsys.readouterr().out
    file = FILES / f"{name}.schema.json"
    if updating():
        file.write_text(printed, "utf-8")
    assert file.read_text("utf-8") == printed, f"the schema has changed; if that is meant, run again with {UPDATE}=1"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_of_a_schema_tells_an_editor_what_it_is(name: str) -> None:
    assert list(undescribed(schema(name, registry()))) == []


def undescribed(node: Any, at: str = "") -> Any:
    if isinstance(node, list):
        for item in node:
            yield from undescribed(item, at)
    elif isinstance(node, dict):
        for key, rules in node.get("properties", {}).items():
            if isinstance(rules, dict) and "description" not in rules:
                yield f"{at}.{key}"
        for key, inner in node.items():
            yield from undescribed(inner, f"{at}.{key}")


def test_the_words_for_a_field_are_its_docstring() -> None:
    person = schema("facts", registry())["$defs"]["Person"]["properties"]
    assert person["known_by"]["description"] == field_docs(policycheck.Person)["known_by"]
    assert validator("facts").is_valid({"profile_url": URL})
