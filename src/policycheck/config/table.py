"""The one table of settings: keys in a file, variables and options, their types, defaults and help are all made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from policycheck.model.invitation import STAGES

Kind = Literal["name", "file", "name or file", "date", "truth"]
PREFIX = "POLICYCHECK_"
TODAY = "today"
KEYS = (f"{PREFIX}LINK_KEY", f"{PREFIX}SIGNING_KEY")
"""Secrets that single options ask for: variables, and never settings."""


class Setting(Struct, frozen=True, kw_only=True):
    """`name` in a file, ``--name``, ``POLICYCHECK_NAME``. With `many` a list; with `allowed` one of these words, or some."""

    name: str
    kind: Kind
    about: str
    default: str | bool | None = None
    allowed: tuple[str, ...] = ()
    many: bool = False

    @property
    def variable(self) -> str:
        """The name of its environment variable."""
        return PREFIX + self.name.replace("-", "_").upper()

    @property
    def nothing(self) -> str | bool | tuple[()] | None:
        """What holds where nobody set it."""
        return () if self.many else self.default


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting(name="policy", kind="name or file", default="pragmatic", about="The policy that decides."),
        Setting(
            name="profile",
            kind="file",
            about="Facts about us (YAML): companies, competitors, address book, block lists.",
        ),
        Setting(name="facts", kind="file", about="Facts about people (JSON Lines, or a worksheet)."),
        Setting(name="waivers", kind="file", many=True, about="Rules that don't count, and for whom (YAML)."),
        Setting(
            name="locked",
            kind="truth",
            default=False,
            about="Refuse to run by another policy, phrase list or plugin than the lock file holds.",
        ),
        Setting(name="lock", kind="file", default="policycheck.lock", about="The lock file, of `policycheck lock`."),
        Setting(name="reader", kind="name", about="Read every INPUT so, instead of recognising it by its content."),
        Setting(name="as-of", kind="date", default=TODAY, about="The day for which to decide."),
        Setting(
            name="format",
            kind="name",
            default="text",
            about="How to report: text, full, json, jsonl, sarif, junit, github, gitlab, markdown, csv, or a plugin's.",
        ),
        Setting(
            name="fail-on",
            kind="name",
            default="deny",
            allowed=("deny", "review", "never"),
            about="The decision from which on to exit with 1.",
        ),
        Setting(
            name="baseline",
            kind="file",
            about="An earlier report (JSON Lines or JSON): only what it doesn't have counts for --fail-on.",
        ),
        Setting(
            name="strict",
            kind="truth",
            default=False,
            about="Fail, with 3, on idle waivers, missing lists of the profile, and deprecated parameters.",
        ),
        Setting(
            name="show-text",
            kind="truth",
            default=False,
            about="Show names and quotes in formats for machines too; they are personal data.",
        ),
        Setting(
            name="worksheet",
            kind="file",
            about="Write the people whom open verdicts wait for, to fill in (CSV).",
        ),
        Setting(name="audit-log", kind="file", about="Append every verdict to this log before it is reported."),
        Setting(
            name="audit-rotate",
            kind="name",
            about="Begin a new file of the log at this size, or with each month of --as-of.",
        ),
        Setting(
            name="keep-evidence",
            kind="truth",
            default=False,
            about="Keep the invitations too, in FILE.evidence; personal data.",
        ),
        Setting(
            name="stage",
            kind="name",
            allowed=STAGES,
            many=True,
            about="Show these stages only.",
        ),
        Setting(
            name="open-only",
            kind="truth",
            default=False,
            about="Leave out invitations that were accepted: nothing is left to do about them.",
        ),
        Setting(
            name="since",
            kind="date",
            about="Leave out what was sent, or connected, before this day (UTC); what has no day stays.",
        ),
        Setting(
            name="decision",
            kind="name",
            allowed=("allow", "review", "deny"),
            many=True,
            about="Show these decisions only.",
        ),
        Setting(
            name="rule",
            kind="name",
            many=True,
            about="Show only where one of these rules holds, or broke.",
        ),
    )
}


def schema(names: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """The Cerberus schema of a configuration file; `names` has, by setting, those that are installed, where that is known."""
    return {name: _rules(setting, setting.allowed or sorted(names.get(name, ()))) for name, setting in SETTINGS.items()}


def _rules(setting: Setting, allowed: Sequence[str]) -> dict[str, Any]:
    rules: dict[str, Any] = {"type": {"date": "date", "truth": "boolean"}.get(setting.kind, "string")}
    if rules["type"] == "string":
        rules |= {"allowed": list(allowed)} if allowed and setting.kind == "name" else {"empty": False}
    listed = {"type": "list", "schema": rules} if setting.many else rules
    return {**listed, "meta": {"description": setting.about}}
