"""What the commands of one command line share: the registry, loaded when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from policycheck.registry import Registry


PROGRAM = "policycheck"
COMPLETE = "_POLICYCHECK_COMPLETE"
"""The variable in which a shell's script asks for completions, as click's scripts do."""


def registry_of(ctx: click.Context) -> Registry:
    """The registry of this command line. Until it is loaded, the root context holds the names that ``-p no:NAME`` gave."""
    from policycheck.registry import Registry, load  # costs every plugin's import, which `--version` must not pay

    root = ctx.find_root()
    if not isinstance(root.obj, Registry):
        root.obj = load(disabled=root.obj or ())
    loaded: Registry = root.obj
    return loaded
