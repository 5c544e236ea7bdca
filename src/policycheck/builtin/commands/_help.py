"""Options in the help by what they are for."""

from __future__ import annotations

import click

SECTIONS = {
    "What decides": ("policy", "profile", "facts", "waivers", "no_waivers", "as_of", "locked", "lock"),
    "What is read": ("reader", "config", "no_config"),
    "What is reported": (
        "format_",
        "also",
        "show_text",
        "worksheet",
        "stage",
        "open_only",
        "since",
        "decision",
        "rule",
    ),
    "The verdict log": ("audit_log", "audit_rotate", "keep_evidence", "link_key"),
    "When to fail": ("fail_on", "baseline", "no_baseline", "strict"),
}
"""Parameters by section; what stands in none is among the other options."""

OTHERS = "Other options"
COLUMN = 30
"""How wide click lets the first column be; what is longer has a line of its own."""


class Sectioned(click.Command):
    """A command with many options: its help has a section for each purpose, all in one column."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        records = [(option.name, option.get_help_record(ctx)) for option in options]
        shown = [(name, record) for name, record in records if record]
        width = max(len(left) for _, (left, _) in shown if len(left) <= COLUMN)
        for title in (*SECTIONS, OTHERS):
            rows = [(f"{left:<{width}}", about) for name, (left, about) in shown if _section(name) == title]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def _section(parameter: str | None) -> str:
    return next((title for title, names in SECTIONS.items() if parameter in names), OTHERS)
