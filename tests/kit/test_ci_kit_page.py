"""The tables of docs/ci-kit.md are those of the files that services read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from checkouts import ROOT
from pages import UPDATE, updating

PAGE = ROOT / "docs" / "ci-kit.md"


def action() -> Iterator[str]:
    document: Any = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    yield from ("| input | default | what |", "|---|---|---|")
    for name, given in document["inputs"].items():
        yield f"| `{name}` | {_default(given)} | {given['description']} |"
    yield from ("", "| output | what |", "|---|---|")
    for name, given in document["outputs"].items():
        yield f"| `{name}` | {given['description']} |"


def gitlab() -> Iterator[str]:
    header, _ = yaml.safe_load_all((ROOT / "templates" / "policycheck.yml").read_text("utf-8"))
    yield from ("| input | default | what |", "|---|---|---|")
    for name, given in header["spec"]["inputs"].items():
        yield f"| `{name}` | {_default(given)} | {given['description']} |"


def _default(given: dict[str, Any]) -> str:
    return f"`{given['default']}`" if given.get("default") else "required" if "default" not in given else ""


@pytest.mark.parametrize("table", [action, gitlab])
def test_a_table_of_the_page_is_what_its_file_says(table: object) -> None:
    assert callable(table)
    page, lines = PAGE.read_text("utf-8"), "\n".join(table())
    now, count = re.subn(
        rf"(<!-- {table.__name__} -->\n)(?:.*?\n)?(<!-- end -->)",
        lambda at: f"{at[1]}{lines}\n{at[2]}",
        page,
        count=1,
        flags=re.DOTALL,
    )
    assert count == 1
    if updating():
        PAGE.write_text(now, "utf-8")
    assert PAGE.read_text("utf-8") == now, f"a table has changed; if that is meant, run again with {UPDATE}=1"


def test_the_defaults_of_the_hook_are_those_of_its_file() -> None:
    hook, _ = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| `(.*?)` \| ", _hook_section(), re.MULTILINE))
    assert rows == {
        "files": hook["files"],
        "args": json.dumps(hook["args"]),
        "require_serial": json.dumps(hook["require_serial"]),
    }


def _hook_section() -> str:
    return PAGE.read_text("utf-8").partition("## pre-commit hook\n")[2].partition("\n## ")[0]
