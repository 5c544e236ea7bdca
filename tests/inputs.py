"""Files as any installed reader reads them: which reader it is, and what comes of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from policycheck import Account, InputError, Profile, Unreadable, read
from policycheck.reading.sources import open_source
from policycheck.registry import Registry, load


@cache
def registry() -> Registry:
    return load()


def written(name: str, content: str | bytes) -> str:
    """A file of this content, and the folders above it."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def recognising(path: str) -> list[str]:
    """The readers that recognise a path."""
    with open_source(path) as source:
        return [name for name, reader in registry().readers.items() if reader.recognises(source)]


def given(path: str, reader: str | None = None) -> list[tuple[str | None, list[Any]]]:
    """The accounts with their records; what belongs to none stands alone under "none of them"."""
    found: list[tuple[str | None, list[Any]]] = []
    for item in read(path, registry=registry(), reader=reader):
        if isinstance(item, Account):
            found.append((item.id, list(item.records)))
        else:
            found.append(("none of them", [item]))
    return found


def records(path: str, reader: str | None = None) -> list[Any]:
    return [record for _, group in given(path, reader) for record in group]


def profile(path: str) -> Profile:
    """The profile of the only account."""
    (account,) = [item for item in read(path, registry=registry()) if isinstance(item, Account) and list(item.records)]
    return account.profile


def told(items: list[Any]) -> list[str]:
    """What could not be read, as it is told."""
    return [f"{item.origin}: {item.why}; {item.repair}" for item in items if isinstance(item, Unreadable)]


def refusal(path: str, reader: str | None = None) -> str:
    with pytest.raises(InputError) as error:
        records(path, reader)
    return str(error.value)
