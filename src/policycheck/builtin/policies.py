"""The policies that ship."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from policycheck import PolicySource, hookimpl
from policycheck.policy.resources import policies_folder


@hookimpl
def policycheck_policies() -> Iterable[PolicySource]:
    """Every ``policies/NAME.yaml``."""
    for file in sorted(policies_folder().iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            name = file.name.removesuffix(".yaml")
            yield PolicySource(name=name, read=partial(file.read_text, "utf-8"), origin=f"policies/{file.name}")
