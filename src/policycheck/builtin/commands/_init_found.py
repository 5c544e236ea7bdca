"""What ``policycheck init`` finds out by itself: where it is, what there is to judge, which service runs the pipeline."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from policycheck.errors import PolicycheckError
from policycheck.model.invitation import Invitation, Record, Unreadable
from policycheck.model.profile import Account, Profile
from policycheck.reading.accounts import read
from policycheck.registry import Registry

Service = Literal["github", "gitlab", "plain"]

DEPTH = 6
"""Folders below the one that is set up in which invitations are looked for."""
MOST_FILES = 2_000
MOST_RECORDS = 10_000
"""Records of a file that are read to see what it holds."""
_TABLES = (".csv", ".jsonl", ".zip")
"""What holds invitations or is meant to: where none can be read, that is said. Other kinds may be anything."""
_ENDINGS = (".csv", ".json", ".jsonl", ".md", ".yaml", ".yml", ".zip")
_NEVER = {"node_modules", "__pycache__"}
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./ -]*")
"""Paths that a pipeline's file may hold: no quote, no line break, no expression of a service's own."""
_HOSTED: tuple[Service, ...] = ("github", "gitlab")
_HOST = re.compile(r"(?:[a-z+]+://)?(?:[^@/]*@)?([^/:]+)")


class Found(Struct, frozen=True, kw_only=True):
    """What is there already. Paths are relative to the folder."""

    name: str
    """A name for the policy: the folder's; empty where that has no letter."""
    service: Service
    inputs: tuple[str, ...]
    """What holds invitations that we send, or templates."""
    told: tuple[tuple[str, str], ...]
    """What else there is to say of files: ``found`` or ``passed``, and of which file what."""
    names: tuple[str, ...]
    companies: tuple[str, ...]


def find(registry: Registry, service: Service | None) -> Found:
    """Look at the working directory."""
    looked = _Look(registry)
    looked.around()
    owners = [name for profile in looked.profiles for name in profile.names or ()] or _git_name()
    companies = [name for profile in looked.profiles for name in profile.companies or ()]
    return Found(
        name=kebab(Path.cwd().name),
        service=service or _service(),
        inputs=tuple(looked.inputs),
        told=tuple(looked.told),
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
    """By the host of the remote; else by what is there already."""
    host = _HOST.match(_git("remote", "get-url", "origin"))
    for service in _HOSTED:
        if host and service in host[1]:
            return service
    if os.path.lexists(".gitlab-ci.yml"):
        return "gitlab"
    return "github" if os.path.isdir(".github") else "plain"


def _git_name() -> list[str]:
    name = _git("config", "user.name")
    return [name] if name else []


def _git(*argv: str) -> str:
    """What git answers; empty where there is no git, no repository, or no answer."""
    try:
        command = ["git", *argv]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603  # words of ours
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return ended.stdout.strip() if ended.returncode == 0 else ""


class _Held(Struct):
    """What a file or folder holds, as far as it was read: by which reader, whose it is, and what is wrong."""

    reader: str = ""
    profiles: list[Profile] = field(default_factory=list)
    stages: set[str] = field(default_factory=set)
    fault: str = ""


class _Look:
    """Looks for invitations, and takes down what each file is good for: none that might hold some is left out unsaid."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._done: list[str] = []
        self.inputs: list[str] = []
        self.profiles: list[Profile] = []
        self.told: list[tuple[str, str]] = []

    def around(self) -> None:
        """Look at every file and folder that may hold invitations."""
        paths = list(islice(self._candidates(), MOST_FILES + 1))
        for path in paths[:MOST_FILES]:
            if not any(path.startswith(f"{taken}/") for taken in self._done):
                self._take(path, self._held(path))
        if len(paths) > MOST_FILES:
            self.told.append(
                ("passed", f"more than {MOST_FILES} files: name what else is to be judged in the pipeline")
            )

    def _candidates(self) -> Iterator[str]:
        """Folders and files, in order, each folder before what is in it."""
        for folder, inner, names in os.walk("."):
            here = Path(folder)
            inner[:] = sorted(name for name in inner if _looked_into(here / name))
            if inner and len(here.parts) >= DEPTH:
                self.told.append(("passed", f"{here}: the folders in it, which are more than {DEPTH} deep"))
                inner.clear()
            yield from (str(here / name) for name in inner)
            yield from (str(here / name) for name in sorted(names) if _looked_at(here / name))

    def _take(self, path: str, held: _Held) -> None:
        folder = os.path.isdir(path)
        whole = not (held.stages and folder and self._mixed(path, held.reader))
        if held.stages and whole:
            self._done.append(path)
            self.profiles += held.profiles
            self._sort(path, held)
        elif held.fault and (path.casefold().endswith(_TABLES) or (held.reader and folder)) and not _ignored(path):
            self.told.append(("passed", f"{path}: holds no invitation that can be read: {held.fault}"))

    def _sort(self, path: str, held: _Held) -> None:
        """Say what a file is good for; only what we send, under a plain name that git keeps, goes into the pipeline."""
        if not held.stages <= {"outgoing", "template"}:
            self.told.append(
                ("found", f"{path}: holds what others sent us; not in the pipeline, which is for what we send")
            )
        elif _ignored(path):
            self.told.append(("found", f"{path}: not in the pipeline, since git ignores it"))
        elif not _PLAIN_PATH.fullmatch(path):
            self.told.append(
                ("found", f"{path}: not in the pipeline, for its name; rename it to plain letters and add it there")
            )
        else:
            self.inputs.append(path)
            faulty = f"; the pipeline fails until this is mended: {held.fault}" if held.fault else ""
            self.told.append(("found", f"{path}: holds what is to be judged{faulty}"))

    def _mixed(self, folder: str, reader: str) -> bool:
        """Whether a file of a folder holds invitations that the folder's reader doesn't read."""
        files = sorted(str(file) for file in Path(folder).iterdir() if file.name.casefold().endswith(_ENDINGS))
        held = (self._held(file) for file in files[:MOST_FILES])
        return any(one.stages and one.reader != reader for one in held)

    def _held(self, path: str) -> _Held:
        held = _Held()

        def chosen(_path: str, reader: str) -> None:
            held.reader = reader

        try:
            for record in islice(self._records(path, chosen, held.profiles), MOST_RECORDS):
                if isinstance(record, Unreadable):
                    held.fault = held.fault or f"{record.origin}: {record.why}; {record.repair}"
                elif isinstance(record, Invitation):
                    held.stages.add(record.stage)
        except PolicycheckError as error:
            held.fault = held.fault or error.messages[0]
        return held

    def _records(self, path: str, chosen: Callable[[str, str], None], profiles: list[Profile]) -> Iterator[Record]:
        """What a file holds, one by one; whose it is goes to `profiles`."""
        for item in read(path, registry=self._registry, chosen=chosen):
            if isinstance(item, Account):
                profiles.append(item.profile)
                yield from item.records
            else:
                yield item


def _ignored(path: str) -> bool:
    return bool(_git("check-ignore", "--", path))


def _looked_into(folder: Path) -> bool:
    return not folder.name.startswith(".") and folder.name not in _NEVER and not os.path.exists(folder / "pyvenv.cfg")


def _looked_at(file: Path) -> bool:
    """Whether a file may hold invitations; a report or a log of our own doesn't."""
    if not file.name.casefold().endswith(_ENDINGS) or not os.path.isfile(file):
        return False
    with suppress(OSError), file.open("rb") as start:
        return not start.read(9).startswith((b'{"run":', b'{"kind":'))
    return True
