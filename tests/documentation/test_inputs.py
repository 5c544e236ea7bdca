"""The tables of docs/inputs.md are those that the readers work by."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pages import ROOT, UPDATE, updating

from policycheck.builtin.readers._tools import OWN, TOOLS, USUAL, Columns
from policycheck.registry import load

PAGE = ROOT / "docs" / "inputs.md"


def readers() -> Iterator[str]:
    yield from ("| reader | reads |", "|---|---|")
    registry = load()
    for reader in registry.readers.values():
        if registry.owners["readers", reader.name].startswith("builtin."):
            yield f"| `{reader.name}` | {reader.summary} |"


def own() -> Iterator[str]:
    yield from ("| field | columns |", "|---|---|")
    together: Columns = {field: (*OWN.get(field, ()), *USUAL.get(field, ())) for field in {**OWN, **USUAL}}
    yield from (f"| {_named(field)} | {_listed(columns)} |" for field, columns in together.items())


def tools() -> Iterator[str]:
    yield from ("| reader | field | columns |", "|---|---|---|")
    for tool in TOOLS:
        for field, columns in tool.columns.items():
            yield f"| `{tool.name}` | {_named(field)} | {_listed(columns)} |"
        if tool.others:
            yield f"| `{tool.name}` | not read | {_listed(tool.others)} |"
        yield f"| `{tool.name}` | known from | {tool.source} |"


def _named(field: str) -> str:
    parts = {"first_name": "name", "last_name": "name", "city": "location", "region": "location", "country": "location"}
    return f"part of `person.{parts[field]}`" if field in parts else f"`{field}`"


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


@pytest.mark.parametrize("table", [readers, own, tools])
def test_a_table_of_the_page_is_what_the_readers_go_by(table: object) -> None:
    assert callable(table)
    page, name = PAGE.read_text("utf-8"), table.__name__
    lines = "\n".join(table())
    now, count = re.subn(
        rf"(<!-- {name} -->\n).*?(\n<!-- end -->)", lambda at: f"{at[1]}{lines}{at[2]}", page, count=1, flags=re.DOTALL
    )
    assert count == 1
    if updating():
        PAGE.write_text(now, "utf-8")
    assert PAGE.read_text("utf-8") == now, f"a table has changed; if that is meant, run again with {UPDATE}=1"
