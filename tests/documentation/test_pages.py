"""The README and every page of docs/ do what they say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pages import ROOT, UPDATE, commands, place, played, updating

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory that has the bundled examples, as a checkout has."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_page_shows_what_its_commands_print(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place(page))
    now = played(page, folder / place(page))
    if updating():
        page.write_text(now, "utf-8")
    assert page.read_text("utf-8") == now, f"an output has changed; if that is meant, run again with {UPDATE}=1"


def test_the_readme_shows_commands_at_all() -> None:
    assert any(command.startswith("policycheck check ") for command in commands(ROOT / "README.md"))


def test_a_page_with_another_output_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text("```console\n$ policycheck --version\npolicycheck 0.0.0\n```\n", "utf-8")
    assert played(page, tmp_path) != page.read_text("utf-8")
