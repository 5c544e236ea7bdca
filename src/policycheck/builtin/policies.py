"""The policies that ship."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import PolicySource, hookimpl
from policycheck.policy.resources import policies_folder


@hookimpl
def policycheck_policies() -> Iterable[PolicySource]:
    """Every ``policies/NAME.yaml``."""
    for file in sorted(policies_folder().iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            origin = f"policies/{file.name}"
            yield PolicySource(
                name=file.name.removesuffix(".yaml"), read=lambda file=file: file.read_text("utf-8"), origin=origin
            )
