"""YAML that means one thing only, for readers: one mistake of a file is told as that of a record is."""

from __future__ import annotations

from policycheck.errors import PolicyError
from policycheck.policy.strict_yaml import Document as YamlDocument
from policycheck.policy.strict_yaml import parse

__all__ = ["YamlDocument", "YamlError", "yaml_document"]


class YamlError(ValueError):
    """A text that is no YAML, or says something on which its readers disagree. `line` counts from 1."""

    def __init__(self, line: int, why: str, repair: str) -> None:
        super().__init__(f"{why}; {repair}")
        self.line = line
        self.why = why
        self.repair = repair


def yaml_document(data: bytes) -> YamlDocument:
    """One document as plain values, with the position of each.

    Raises YamlError, with its first mistake, for what a policy must not hold either: anchors, aliases, merges, tags, doubled
    keys, ambiguous scalars, control and bidi characters, a second document, more than 256 KiB, 32 levels or 10,000 values.
    """
    try:
        return parse(data, "")
    except PolicyError as error:
        _, line, _, told = error.messages[0].split(":", 3)
        why, _, repair = told.strip().rpartition("; ")
        raise YamlError(int(line), why, repair) from None
