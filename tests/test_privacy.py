"""No name and no text of an invitation leaves in a format for machines or in a message, whatever is wrong with the input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports import Connection, Export, Invite, as_zip, files
from policycheck.cli import run

CANARY = "CANARY"
MACHINES = ("json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown", "csv")
"""What they print is what they write to a file: tests/commands/test_report_files.py shows it."""
AS_OF = ["--as-of", "2026-11-23", "--fail-on", "never"]

_texts = st.sampled_from(
    [
        f"{CANARY} we help teams like yours",
        f"\x1b]0;{CANARY}\x07",
        f"{CANARY}\n{CANARY}",
        f"=cmd|{CANARY}",
        f"::error::{CANARY}",
    ]
)
_odd = (
    st.none()
    | st.integers(-5, 5)
    | st.booleans()
    | _texts
    | st.lists(_texts, max_size=2)
    | st.dictionaries(_texts, _texts, max_size=2)
)
_person_keys = [
    "name",
    "profile_url",
    "headline",
    "company",
    "position",
    "industry",
    "location",
    "email",
    "mutual_connections",
    "joined_on",
    "verified",
]
_keys = ["note", "sent_at", "accepted", "connected_on", "messages", "previous_invitations", "account_type"]

_people = st.dictionaries(st.sampled_from(_person_keys), _texts | _odd, max_size=4)
_messages = st.lists(
    st.fixed_dictionaries({"from": st.sampled_from(["them", "us", CANARY]), "text": _texts}), max_size=2
)
_records = st.builds(
    lambda stage, person, more, messages: {
        "stage": stage,
        "person": person,
        **more,
        **({"messages": messages} if messages else {}),
    },
    st.sampled_from(["incoming", "outgoing", "connected", "template", CANARY]),
    _people | _texts,
    st.dictionaries(st.sampled_from(_keys), _texts | _odd, max_size=3),
    _messages,
)


def left(argv: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    capsys.readouterr()
    run([*argv, *AS_OF])
    printed = capsys.readouterr()
    return printed.out, printed.err


def spilled(text: str) -> bool:
    return CANARY.casefold() in text.casefold()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(_records, min_size=5, max_size=20))
def test_no_field_of_a_record_leaves(
    records: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queue = tmp_path / "queue.jsonl"
    lines = [json.dumps({"id": f"r{number}", **record}) for number, record in enumerate(records)]
    queue.write_text("\n".join(lines), "utf-8")
    reports = {form: tmp_path / form for form in MACHINES}
    also = [f"--report={form}={file}" for form, file in reports.items()]
    _, err = left(["check", str(queue), "--format", "full", *also], capsys)
    assert not spilled(err)
    for file in reports.values():
        assert not spilled(file.read_text("utf-8"))
        file.unlink()


@pytest.mark.parametrize(
    "line",
    [
        f'{{"id": "x", "note": "{CANARY}',
        f'"{CANARY}"',
        f'{{"id": "x", "stage": "{CANARY}"}}',
        f'{{"id": "x", "stage": "incoming", "sent_at": "{CANARY}"}}',
        f'{{"id": "x", "stage": "incoming", "note": "{CANARY}", "note": "{CANARY}"}}',
        f'{{"id": "x", "stage": "incoming", "person": "{CANARY}"}}',
        f"{CANARY}",
    ],
)
def test_no_broken_line_is_repeated_in_a_message(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    queue = tmp_path / "queue.jsonl"
    queue.write_text(f'{{"id": "fine", "stage": "incoming"}}\n{line}\n', "utf-8")
    out, err = left(["check", str(queue), "--format", "json"], capsys)
    assert "queue.jsonl:2: " in err
    assert not spilled(out + err)


def test_no_cell_of_an_export_leaves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = files(
        Export(
            invites=[
                Invite(
                    name=f"{CANARY} One",
                    slug=f"{CANARY}-1",
                    note=f"{CANARY}: we help teams like yours. 15 minutes for a demo?",
                )
            ],
            connections=[Connection(first=CANARY, last="Two", slug=f"{CANARY}-2", company=CANARY)],
        )
    )
    broken = {name: table + f'{CANARY},"{CANARY}\n'.encode() for name, table in content.items()}
    for number, tables in enumerate((content, broken)):
        path = as_zip(tmp_path / f"export-{number}.zip", tables)
        out, err = left(["check", str(path), "--format", "jsonl"], capsys)
        assert '"id":"Invitations.csv:2"' in out
        assert not spilled(out + err)
