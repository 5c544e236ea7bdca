"""``--help``: what a person reads before anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from inputs import registry
from policycheck.cli import run


def commands(group: dict[str, click.Command], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.items():
        path = (*before, name)
        yield path
        if isinstance(command, click.Group):
            yield from commands(command.commands, path)


PATHS = list(commands(dict(registry().commands)))


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def page(*path: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run([*path, "--help"]) == 0
    return capsys.readouterr().out


def test_the_options_of_check_stand_by_what_they_are_for(capsys: pytest.CaptureFixture[str]) -> None:
    shown = page("check", capsys=capsys).partition("\n  Examples:")[0]
    sections = re.split(r"^(\w.*):\n", shown, flags=re.MULTILINE)[1:]
    options = {
        title: re.findall(r"^  (?:-h, )?(\S+)", body, re.MULTILINE)
        for title, body in zip(sections[::2], sections[1::2], strict=True)
    }
    assert options == {
        "What decides": [
            *("--policy", "--profile", "--facts", "--waivers", "--as-of", "--locked", "--lock", "--no-waivers"),
        ],
        "What is read": ["--reader", "--config", "--no-config"],
        "What is reported": [
            *("--format", "--show-text", "--worksheet"),
            *("--stage", "--open-only", "--since", "--decision", "--rule", "--report"),
        ],
        "The verdict log": ["--audit-log", "--audit-rotate", "--keep-evidence", "--link-key"],
        "When to fail": ["--fail-on", "--baseline", "--strict", "--no-baseline"],
        "Other options": ["--help"],
    }


def test_all_sections_stand_in_one_column(capsys: pytest.CaptureFixture[str]) -> None:
    starts = {
        found.end()
        for found in map(
            re.compile(r"  (?:-h, )?--\S+(?: \S+)? +(?=[A-Z])").match, page("check", capsys=capsys).split("\n")
        )
        if found
    }
    assert len(starts) == 1


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_a_command_that_takes_something_shows_an_example_that_has_its_form(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    shown = page(*path, capsys=capsys)
    usage = shown.partition("\n")[0].removeprefix("Usage: ")
    takes = usage.split("[OPTIONS]")[1].split()
    examples = re.findall(rf"policycheck {' '.join(path)} .+", shown.partition("Examples:")[2])
    assert bool(examples) == bool(takes and takes != ["COMMAND", "[ARGS]..."])
