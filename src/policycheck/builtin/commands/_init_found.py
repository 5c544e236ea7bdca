"""What ``policycheck init`` finds out by itself: where it is, what there is to judge, which service runs the pipeline."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

from msgspec import Struct

from policycheck.errors import PolicycheckError
from policycheck.model.invitation import Invitation, Unreadable
from policycheck.model.profile import Profile
from policycheck.reading.accounts import read
from policycheck.registry import Registry

Service = Literal["github", "gitlab", "plain"]

DEPTH = 3
"""Folders below the one that is set up in which invitations are looked for."""
MOST_FILES = 300
MOST_RECORDS = 50
"""Records of a file that are read to see whether it holds invitations."""
_ENDINGS = (".csv", ".json", ".jsonl", ".md", ".yaml", ".yml", ".zip")
_NEVER = {"node_modules", "__pycache__", "build", "dist"}
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./ -]*")
"""Paths that a pipeline's file may hold: no quote, no line break, no expression of a service's own."""


class Found(Struct, frozen=True, kw_only=True):
    """What is there already. Paths are relative to the folder."""

    name: str
    """A name for the policy: the folder's."""
    service: Service
    inputs: tuple[str, ...]
    """What holds invitations."""
    oddly_named: tuple[str, ...]
    """What does too, under a name that no pipeline's file may hold."""
    names: tuple[str, ...]
    companies: tuple[str, ...]


def find(registry: Registry, service: Service | None) -> Found:
    """Look at the working directory."""
    inputs, profiles = _inputs(registry)
    owners = [name for profile in profiles for name in profile.names or ()] or _git_name()
    companies = [name for profile in profiles for name in profile.companies or ()]
    return Found(
        name=kebab(Path.cwd().name) or "outreach",
        service=service or _service(),
        inputs=tuple(path for path in inputs if _PLAIN_PATH.fullmatch(path)),
        oddly_named=tuple(path for path in inputs if not _PLAIN_PATH.fullmatch(path)),
        names=tuple(dict.fromkeys(owners)),
        companies=tuple(dict.fromkeys(companies)),
    )


def above() -> str:
    """The path from the repository's root to here; empty where this is the root, or no repository."""
    return _git("rev-parse", "--show-prefix")


def kebab(text: str) -> str:
    """A text as a policy's id: "Acme Outreach" is "acme-outreach"; empty where nothing is left of it."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).lstrip("-0123456789").rstrip("-")


def _service() -> Service:
    remote = _git("remote", "get-url", "origin")
    if Path(".github").is_dir() or "github" in remote:
        return "github"
    return "gitlab" if Path(".gitlab-ci.yml").exists() or "gitlab" in remote else "plain"


def _git_name() -> list[str]:
    name = _git("config", "user.name")
    return [name] if name else []


def _git(*argv: str) -> str:
    """What git answers; empty where there is no git, no repository, or no answer."""
    try:
        ended = subprocess.run(["git", *argv], capture_output=True, text=True, timeout=10, check=False)  # noqa: S603, S607
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return ended.stdout.strip() if ended.returncode == 0 else ""


def _inputs(registry: Registry) -> tuple[list[str], list[Profile]]:
    """Folders and files that hold invitations, and whose they are; nothing within a folder that is taken whole."""
    inputs: list[str] = []
    profiles: list[Profile] = []
    for path in islice(_candidates(), MOST_FILES):
        if any(path.startswith(f"{taken}/") for taken in inputs):
            continue
        held = _held(path, registry)
        if held and not (Path(path).is_dir() and _mixed(path, held.reader, registry)):
            inputs.append(path)
            profiles += held.profiles
    return inputs, profiles


def _mixed(folder: str, reader: str, registry: Registry) -> bool:
    """Whether a file of a folder holds invitations that the folder's reader doesn't read."""
    files = sorted(str(file) for file in Path(folder).iterdir() if file.name.casefold().endswith(_ENDINGS))
    held = (_held(file, registry) for file in files[:MOST_FILES])
    return any(one is not None and one.reader != reader for one in held)


def _candidates() -> Iterator[str]:
    """Folders and files, in order, each folder before what is in it."""
    for folder, inner, names in os.walk("."):
        here = Path(folder)
        inner[:] = sorted(name for name in inner if _looked_into(here / name))
        if len(here.parts) >= DEPTH:
            inner.clear()
        yield from (str(here / name) for name in inner)
        yield from (str(here / name) for name in sorted(names) if name.casefold().endswith(_ENDINGS))


def _looked_into(folder: Path) -> bool:
    return not folder.name.startswith(".") and folder.name not in _NEVER and not (folder / "pyvenv.cfg").exists()


class _Held(Struct, frozen=True):
    """Invitations, by whom they are read, and what is said there of us."""

    reader: str
    profiles: list[Profile]


def _held(path: str, registry: Registry) -> _Held | None:
    """What a file holds whose first records are invitations that can be read; None for any other."""
    held = _Held("", [])
    invitations = 0

    def chosen(_path: str, reader: str) -> None:
        nonlocal held
        held = _Held(reader, [])

    try:
        for account in read(path, registry=registry, chosen=chosen):
            if isinstance(account, Unreadable):
                return None
            held.profiles.append(account.profile)
            for record in account.records:
                if isinstance(record, Unreadable):
                    return None
                invitations += isinstance(record, Invitation)
                if invitations >= MOST_RECORDS:
                    return held
    except PolicycheckError:
        return None
    return held if invitations else None
