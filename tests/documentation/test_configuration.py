"""The table of docs/configuration.md is the one that the commands go by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pages import ROOT, UPDATE, updating

from policycheck.config.table import SETTINGS, Setting

PAGE = ROOT / "docs" / "configuration.md"


def lines() -> Iterator[str]:
    yield from ("| setting | value | default | what |", "|---|---|---|---|")
    for setting in SETTINGS.values():
        yield f"| `{setting.name}` | {_value(setting)} | {_default(setting)} | {setting.about} |"


def _value(setting: Setting) -> str:
    one = ", ".join(f"`{word}`" for word in setting.allowed) or {"truth": "`true` or `false`"}.get(
        setting.kind, setting.kind
    )
    return f"list of {one}" if setting.many else one


def _default(setting: Setting) -> str:
    return "" if setting.default is None else f"`{str(setting.default).lower()}`"


def test_the_table_of_settings_is_the_one_that_the_commands_go_by() -> None:
    page = PAGE.read_text("utf-8")
    table = "\n".join(lines())
    now, count = re.subn(
        r"(<!-- settings -->\n).*?(\n<!-- end -->)", lambda at: f"{at[1]}{table}{at[2]}", page, flags=re.DOTALL
    )
    assert count == 1
    if updating():
        PAGE.write_text(now, "utf-8")
    assert PAGE.read_text("utf-8") == now, f"a setting has changed; if that is meant, run again with {UPDATE}=1"
