"""The commands that GitHub's runner finds in a step's output: a port of the rules of Runner.Common/ActionCommand.cs, for tests.

https://github.com/actions/runner. The runner knows some names of commands; here every name counts, so that nothing slips through.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE_ENDS = re.compile("\r\n|\r|\n")


class Command(NamedTuple):
    """A command with its properties and data as they are meant."""

    name: str
    properties: dict[str, str]
    data: str


def commands(output: str) -> list[Command]:
    """Each line's command, in the newer form or else in the older one."""
    found = (_newer(line) or _older(line) for line in _LINE_ENDS.split(output))
    return [command for command in found if command]


def _newer(line: str) -> Command | None:
    """``::name key=value,key=value::data``, after blanks only."""
    start, colons, rest = line.lstrip().partition("::")
    if start or not colons or "::" not in rest:
        return None
    info, _, data = rest.partition("::")
    escapes = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    plain = {"%0D": "\r", "%0A": "\n", "%25": "%"}
    name, properties = _info(info, ",", escapes)
    return Command(name, properties, _unescaped(data, plain))


def _older(line: str) -> Command | None:
    """``##[name key=value;key=value]data``, anywhere in the line."""
    _, prefix, rest = line.partition("##[")
    if not prefix or "]" not in rest:
        return None
    info, _, data = rest.partition("]")
    escapes = {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%25": "%"}
    name, properties = _info(info, ";", escapes)
    return Command(name, properties, _unescaped(data, escapes))


def _info(info: str, between: str, escapes: dict[str, str]) -> tuple[str, dict[str, str]]:
    name, _, rest = info.partition(" ")
    pairs = (part.lstrip("=").partition("=") for part in rest.strip().split(between) if part)
    return name, {key.casefold(): _unescaped(value, escapes) for key, equals, value in pairs if equals and value}


def _unescaped(text: str, escapes: dict[str, str]) -> str:
    for escape, meant in escapes.items():
        text = text.replace(escape, meant)
    return text
