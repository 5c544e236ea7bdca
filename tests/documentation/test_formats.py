"""The table of docs/formats.md is what the reporters say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pages import ROOT, UPDATE, updating

from policycheck.registry import load

PAGE = ROOT / "docs" / "formats.md"


def formats() -> Iterator[str]:
    yield from ("| format | what |", "|---|---|")
    registry = load()
    for reporter in registry.reporters.values():
        if registry.owners["reporters", reporter.name].startswith("builtin."):
            yield f"| `{reporter.name}` | {reporter.summary} |"


def test_the_table_of_formats_is_what_the_reporters_say() -> None:
    page, lines = PAGE.read_text("utf-8"), "\n".join(formats())
    now, count = re.subn(
        r"(<!-- formats -->\n)(?:.*?\n)?(<!-- end -->)",
        lambda at: f"{at[1]}{lines}\n{at[2]}",
        page,
        count=1,
        flags=re.DOTALL,
    )
    assert count == 1
    if updating():
        PAGE.write_text(now, "utf-8")
    assert PAGE.read_text("utf-8") == now, f"the formats have changed; if that is meant, run again with {UPDATE}=1"
