"""Which files are tests: one that the user names always, and of a folder those that say so."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from policycheck.authoring.document import KEY
from policycheck.errors import PolicyError, UsageError
from policycheck.policy.strict_yaml import contents
from policycheck.text.visible import visible

_ENDINGS = (".yaml", ".yml")
_MARKED = re.compile(rb"^(?:\xef\xbb\xbf)?(?:\{[ \t]*)?[\"']?" + KEY.encode() + rb"[\"']?[ \t]*:", re.MULTILINE)
"""A file that says that it holds tests, though it may be no YAML otherwise: such a one must not be passed over."""


class Found(Struct, frozen=True):
    """Files of tests with their bytes, in order; beside them what was passed over in folders, and what could not be read."""

    files: tuple[tuple[str, bytes], ...]
    passed_over: tuple[str, ...]
    """Other YAML, and links to folders, which are not followed: they may go round in circles."""
    unreadable: tuple[str, ...]
    """Messages, one for each file or folder."""


def find(path: str) -> Found:
    """The files of tests at a path: the file itself, or those in the folder. One that can't be read hides no other."""
    files: list[tuple[str, bytes]] = []
    passed_over: list[str] = []
    unreadable: list[str] = []
    whole = not os.path.isdir(path)
    for name in [path] if whole else _in_folder(path, unreadable):
        if not whole and os.path.isdir(name):
            passed_over.append(name)
            continue
        try:
            data = contents(name)
        except PolicyError as error:
            unreadable += error.messages
            continue
        if whole or _MARKED.search(data):
            files.append((name, data))
        else:
            passed_over.append(name)
    return Found(tuple(files), tuple(passed_over), tuple(unreadable))


def _in_folder(path: str, unreadable: list[str]) -> Iterator[str]:
    """The YAML files below a folder, and the links to folders."""

    def note(error: OSError) -> None:
        unreadable.append(f"{visible(str(error.filename))}: cannot be read ({error.strerror}); check its permissions")

    for folder, inner, names in os.walk(path, onerror=note):
        inner.sort()
        wanted = [name for name in names if name.casefold().endswith(_ENDINGS)]
        links = [name for name in inner if Path(folder, name).is_symlink()]
        yield from (str(Path(folder, name)) for name in sorted(wanted + links))


def require_once(paths: Iterable[str]) -> None:
    """Raises UsageError where a file is named twice, or lies in two of the folders named: its cases would count twice."""
    seen: set[str] = set()
    for path in paths:
        real = os.path.realpath(path)
        if real in seen:
            raise UsageError(f"{visible(path)}: is named twice, or lies in a folder that is named too; name it once")
        seen.add(real)
