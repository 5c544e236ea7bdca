"""What is set in files, variables and flags: which counts, where it comes from, and what is wrong with it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click
import pytest

from policycheck.builtin.commands._options import parameter
from policycheck.cli import run
from policycheck.config.table import SETTINGS, Setting
from policycheck.registry import load

RECORD = {
    "id": "one",
    "stage": "outgoing",
    "person": {"name": "Mia Berg", "known": True},
    "note": "Hi https://a.example",
}
HOUSE = """policycheck: 1
policy: house
version: 1.0.0
title: House
rules:
  - {id: no-links, effect: deny, when: {field: {field: note, matches: https}}, because: No links.}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, as the working directory."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "queue.jsonl").write_text(json.dumps(RECORD) + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(*argv: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run(["config", *argv, "--format", "json"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    told: dict[str, Any] = json.loads(printed.out)
    return told


def refusal(*argv: str, capsys: pytest.CaptureFixture[str], status: int = 3) -> list[str]:
    assert run([*argv]) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    return [line.removeprefix("policycheck: ") for line in printed.err.splitlines()]


# Which counts

PLACES = {
    # setting: in the file, in the variable, as a flag
    "policy": ("conservative", "house.yaml", "pragmatic"),
    "profile": ("us.yaml", "../we.yaml", "u.yaml"),
    "facts": ("f.jsonl", "g.jsonl", "h.jsonl"),
    "reader": ("csv", "json", "jsonl"),
    "as-of": ("2026-01-02", "2026-03-04", "2026-05-06"),
    "fail-on": ("review", "never", "deny"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_flag_beats_a_variable_beats_a_file_beats_the_default(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    in_file, in_variable, flag = PLACES[name]
    setting = SETTINGS[name]

    def now(*argv: str) -> dict[str, Any]:
        told: dict[str, Any] = shown(*argv, capsys=capsys)["settings"][name]
        return told

    assert now() == {"value": setting.default, "from": "default", "where": None}
    written = in_file if setting.kind == "date" else f'"{in_file}"'
    Path("policycheck.toml").write_text(f"# {name}\n{name} = {written}\n", "utf-8")
    assert now() == {"value": in_file, "from": "file", "where": "policycheck.toml:2"}
    monkeypatch.setenv(setting.variable, in_variable)
    assert now() == {"value": in_variable, "from": "variable", "where": setting.variable}
    assert now(f"--{name}", flag) == {"value": flag, "from": "flag", "where": f"--{name}"}
    monkeypatch.delenv(setting.variable)
    assert now("--no-config") == {"value": setting.default, "from": "default", "where": None}


def test_check_and_explain_go_by_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "house.yaml").write_text(HOUSE, "utf-8")
    (folder / "policycheck.toml").write_text(
        'policy = "house.yaml"\nfail-on = "never"\nformat = "jsonl"\nshow-text = true\nas-of = 2026-11-23\n', "utf-8"
    )
    assert run(["check", "queue.jsonl"]) == 0
    first, verdict, _ = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["run"]["policy"]["id"], first["run"]["as_of"]) == ("house", "2026-11-23")
    assert (verdict["decision"], verdict["person"]["name"]) == ("deny", "Mia Berg")
    assert run(["explain", "queue.jsonl", "one"]) == 0
    assert "deny   no-links ◀" in capsys.readouterr().out
    assert run(["check", "queue.jsonl", "--no-show-text", "--fail-on", "deny"]) == 1
    assert "Mia Berg" not in capsys.readouterr().out
    assert run(["check", "queue.jsonl", "--no-config", "--fail-on", "never"]) == 0
    assert capsys.readouterr().out.startswith("pragmatic ")


def test_every_option_that_sets_something_is_a_setting() -> None:
    commands = load().commands
    own = {"config", "no_config", "no_waivers", "no_baseline", "link_key", "also", "output"}
    settings = {parameter(setting) for setting in SETTINGS.values()}
    for name in ("check", "explain", "config"):
        options = {str(option.name) for option in commands[name].params if isinstance(option, click.Option)}
        assert options - own <= settings, f"`{name}`: add it to policycheck.config.table, so that a file can say it"
        assert {"config", "no_config"} <= options


def test_config_as_text_shows_lists_and_truths_as_one_writes_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "policycheck.toml").write_text("show-text = true\n", "utf-8")
    assert run(["config"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["read from policycheck.toml", ""]
    assert [line.split() for line in lines if line.startswith("show-text")] == [
        ["show-text", "true", "policycheck.toml:1"]
    ]
    assert run(["config", "--no-config"]) == 0
    assert capsys.readouterr().out.startswith("no file was read\n\n")


def test_files_of_a_list_are_as_seen_from_the_configuration(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "policycheck.toml").write_text('waivers = ["a.yaml", "b.yaml"]\n', "utf-8")
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")
    assert run(["config"]) == 0
    assert "../a.yaml" in capsys.readouterr().out


def test_a_key_in_the_environment_is_no_setting(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYCHECK_LINK_KEY", "a-secret-that-is-long")
    assert run(["config"]) == 0
    out = capsys.readouterr()
    assert "a-secret" not in out.out + out.err
    assert out.err == ""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_somebody_elses_configuration_further_up_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "policycheck.toml").write_text('fail-on = "never"\n', "utf-8")
    os.chown(folder / "policycheck.toml", 12_345, 12_345)
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")
    assert run(["config"]) == 3
    assert capsys.readouterr().err.endswith(
        "policycheck.toml: is somebody else's file; name it with --config, or say --no-config\n"
    )
    assert run(["config", "--no-config"]) == 0


# Which file


def test_the_nearest_file_counts_and_its_paths_are_relative_to_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "house.yaml").write_text(HOUSE, "utf-8")
    (folder / "policycheck.toml").write_text('policy = "house.yaml"\nprofile = "./conf/us.yaml"\n', "utf-8")
    (folder / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(folder / "a" / "b")
    told = shown(capsys=capsys)
    up = f"..{os.sep}..{os.sep}"
    assert told["file"] == f"{up}policycheck.toml"
    assert told["settings"]["policy"]["value"] == f"{up}house.yaml"
    assert told["settings"]["profile"]["value"] == f"{up}conf{os.sep}us.yaml"
    (folder / "a" / "pyproject.toml").write_text("[tool.policycheck]\n\n[tool.other]\n", "utf-8")
    assert shown(capsys=capsys)["file"] == f"..{os.sep}pyproject.toml"


def test_a_name_of_a_policy_stays_a_name_and_a_wrong_one_is_refused_as_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "conservative").write_text("no policy", "utf-8")
    (folder / "policycheck.toml").write_text('policy = "conservative"\n', "utf-8")
    (folder / "a").mkdir()
    monkeypatch.chdir(folder / "a")
    assert shown(capsys=capsys)["settings"]["policy"]["value"] == "conservative"
    (folder / "policycheck.toml").write_text('policy = "conservativ"\n', "utf-8")
    told = "no policy is called `conservativ`; did you mean `conservative`?"
    assert refusal("check", "../queue.jsonl", capsys=capsys) == [told]


def test_pyproject_counts_with_its_table_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "pyproject.toml").write_text('[project]\nname = "x"\n', "utf-8")
    assert shown(capsys=capsys)["file"] is None
    (folder / "policycheck.toml").write_text("", "utf-8")
    assert shown(capsys=capsys)["file"] == "policycheck.toml"
    (folder / "policycheck.toml").unlink()
    (folder / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.policycheck]\nfail-on = "never"\n', "utf-8")
    assert shown(capsys=capsys)["settings"]["fail-on"]["where"] == "pyproject.toml:4"


def test_two_files_in_one_folder_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "policycheck.toml").write_text("", "utf-8")
    (folder / "pyproject.toml").write_text("\n[tool.policycheck]\n", "utf-8")
    told = "policycheck.toml beside it is a configuration too; keep one of them, or say --config"
    assert refusal("check", "queue.jsonl", capsys=capsys) == [f"pyproject.toml:2: {told}"]
    assert shown("--config", "pyproject.toml", capsys=capsys)["file"] == "pyproject.toml"


def test_above_the_repository_and_outside_of_one_no_other_folder_is_looked_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "policycheck.toml").write_text('fail-on = "never"\n', "utf-8")
    (folder / "inner" / "deep").mkdir(parents=True)
    monkeypatch.chdir(folder / "inner" / "deep")
    assert shown(capsys=capsys)["file"] is not None
    (folder / "inner" / ".git").write_text("gitdir: elsewhere\n", "utf-8")  # as a worktree has it
    assert shown(capsys=capsys)["file"] is None
    (folder / "inner" / ".git").unlink()
    (folder / ".git").rmdir()
    assert shown(capsys=capsys)["file"] is None
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    assert shown(capsys=capsys)["file"] is not None


def test_config_names_a_file_and_its_paths_are_relative_to_that(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "conf").mkdir()
    (folder / "conf" / "ci.toml").write_text('facts = "people.jsonl"\n', "utf-8")
    for argv in (["--config", "conf/ci.toml"], []):
        told = shown(*argv, capsys=capsys)
        assert told["file"] == "conf/ci.toml"
        assert told["settings"]["facts"] == {
            "value": str(Path("conf/people.jsonl")),
            "from": "file",
            "where": "conf/ci.toml:1",
        }
        monkeypatch.setenv("POLICYCHECK_CONFIG", "conf/ci.toml")
    assert shown("--no-config", capsys=capsys)["file"] is None


@pytest.mark.parametrize("argv", [["--config", "a.toml", "--no-config"], ["--no-config", "--config", "a.toml"]])
def test_a_file_and_no_file_at_once_are_refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    told = "--no-config: --config names a file to read; leave one of them out"
    assert refusal("check", "queue.jsonl", *argv, capsys=capsys, status=2) == [told]


def test_a_named_file_without_settings_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "pyproject.toml").write_text("[tool.other]\n", "utf-8")
    assert refusal("config", "--config", "pyproject.toml", capsys=capsys) == [
        "pyproject.toml: it has no `[tool.policycheck]`; add it, or name another file"
    ]
    assert refusal("config", "--config", "none.toml", capsys=capsys) == [
        "none.toml: cannot be read (No such file or directory); check the path and its permissions"
    ]


# Mistakes


def test_every_mistake_of_a_file_is_told_with_its_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "pyproject.toml").write_text(
        "[tool.policycheck]\n"
        "fail_on = 'never'\n"
        "policy = 3\n"
        "profile = ''\n"
        "show-text = 'yes'\n"
        "as-of = 2026-11-23T10:00:00\n"
        "format = '''jsn'''\n"
        "fail-on = 'denied'\n"
        "reader = ['csv',\n  'json']\n"
        "[tool.policycheck.check]\n"
        "x = 1\n",
        "utf-8",
    )
    assert refusal("check", "queue.jsonl", capsys=capsys) == [
        "pyproject.toml:2: unknown key `fail_on`; did you mean `fail-on`?",
        "pyproject.toml:3: `policy` must be a text; quote it",
        "pyproject.toml:4: `profile` is empty; give it a value, or leave the key out",
        "pyproject.toml:5: `show-text` must be true or false",
        "pyproject.toml:6: `as-of` must be a date such as 2026-11-23, without quotes",
        "pyproject.toml:7: `format` cannot be `jsn`; did you mean `json`?",
        "pyproject.toml:8: `fail-on` cannot be `denied`; did you mean `deny`?",
        "pyproject.toml:9: `reader` must be a text",
        "pyproject.toml:11: unknown key `check`; known are " + ", ".join(sorted(SETTINGS)),
    ]


def test_a_table_that_is_none_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "pyproject.toml").write_text("\ntool.policycheck = 'strict'\n", "utf-8")
    told = "pyproject.toml:2: this must be a mapping of keys to values"
    assert refusal("check", "queue.jsonl", capsys=capsys) == [told]


def test_every_mistake_in_variables_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {"POLCY": "x", "AS_OF": "2026-02-30", "SHOW_TEXT": "ja", "FAIL_ON": "x", "CONFG": "x"}.items():
        monkeypatch.setenv(f"POLICYCHECK_{name}", value)
    assert refusal("check", "queue.jsonl", capsys=capsys) == [
        "POLICYCHECK_AS_OF: `as-of` must be a date such as 2026-11-23, without quotes",
        "POLICYCHECK_CONFG: no setting is called so; did you mean `POLICYCHECK_CONFIG`?",
        "POLICYCHECK_FAIL_ON: `fail-on` cannot be `x`; choose one of deny, review, never",
        "POLICYCHECK_POLCY: no setting is called so; did you mean `POLICYCHECK_POLICY`?",
        "POLICYCHECK_SHOW_TEXT: `show-text` must be true or false",
    ]


def test_a_variable_that_is_like_no_setting_is_named_and_not_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICYCHECK_ZZZ", "x")
    monkeypatch.setenv("POLICYCHECK_POLICY", "")
    monkeypatch.setenv("POLICYCHECK_FAIL_ON", "never")
    assert run(["check", "queue.jsonl"]) == 0
    printed = capsys.readouterr()
    assert printed.err == "policycheck: POLICYCHECK_ZZZ: no setting is called so, and it is not read\n"
    assert printed.out.startswith("pragmatic ")


@pytest.mark.parametrize("name", ["policycheck.toml", "pyproject.toml"])
def test_a_broken_file_ends_the_run_and_no_config_gets_round_it(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_text("policy = house\n", "utf-8")
    told = f"{name}:1: this is no TOML (invalid value); mend the line"
    assert refusal("check", "queue.jsonl", capsys=capsys) == [told]
    assert run(["check", "queue.jsonl", "--no-config", "--fail-on", "never"]) == 0


def test_today_on_the_command_line_takes_back_a_day_of_the_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "policycheck.toml").write_text("as-of = 2001-02-03\n", "utf-8")
    days = []
    for argv in (["--as-of", "today"], ["--no-config"], []):
        run(["check", "queue.jsonl", "--format", "jsonl", *argv])
        days.append(json.loads(capsys.readouterr().out.splitlines()[0])["run"]["as_of"])
    assert days[2] == "2001-02-03"
    assert all(day > "2026-01-01" for day in days[:2])


def test_the_variable_of_a_setting_is_its_name_in_capitals() -> None:
    assert Setting(name="fail-on", kind="name", about="").variable == "POLICYCHECK_FAIL_ON"
