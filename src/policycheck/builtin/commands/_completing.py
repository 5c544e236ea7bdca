"""What a shell offers for an option's value, from the plugins that are installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click
from click.shell_completion import CompletionItem

from policycheck.context import registry_of
from policycheck.registry import Registry

Items = list[CompletionItem]
Completing = Callable[[click.Context, click.Parameter, str], Items]


def files(_ctx: click.Context, _parameter: click.Parameter, begun: str) -> Items:
    """The shell's own list of files."""
    return [CompletionItem(begun, type="file")]


def policies(ctx: click.Context, parameter: click.Parameter, begun: str) -> Items:
    """Policies by name; where none begins so, files."""
    return _begun(registry_of(ctx).policies, begun) or files(ctx, parameter, begun)


def _summed_up(known: Callable[[Registry], Mapping[str, Any]]) -> Completing:
    def complete(ctx: click.Context, _parameter: click.Parameter, begun: str) -> Items:
        return _begun(known(registry_of(ctx)), begun)

    return complete


def _begun(known: Mapping[str, Any], begun: str) -> Items:
    return [
        CompletionItem(name, help=getattr(known[name], "summary", None))
        for name in sorted(known)
        if name.startswith(begun)
    ]


checks = _summed_up(lambda registry: registry.checks)
formats = _summed_up(lambda registry: registry.reporters)
readers = _summed_up(lambda registry: registry.readers)
