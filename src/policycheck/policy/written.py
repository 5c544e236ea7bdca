"""A part of a YAML document with its place, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from policycheck.policy.strict_yaml import Document, Path


class Written(Struct, frozen=True):
    """A part of a document: a condition, a rule, a case, as it stands in the file."""

    document: Document
    path: Path

    @property
    def data(self) -> Any:
        data = self.document.data
        for step in self.path:
            data = data[step]
        return data

    def at(self, *steps: str | int) -> Written:
        return Written(self.document, (*self.path, *steps))

    def mistake(self, what: str, key: bool = False) -> Mistake:
        line, column = self.document.position(self.path, key)
        return Mistake(self.document.origin, line, column, what)


class Mistake(Struct, frozen=True, order=True):
    """One thing to mend, with its place."""

    origin: str
    line: int
    column: int
    what: str

    def __str__(self) -> str:
        return f"{self.origin}:{self.line}:{self.column}: {self.what}"
