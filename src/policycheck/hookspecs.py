"""The five hooks. All return values; none gets the plugin manager; they are called while loading, never per invitation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

from policycheck.model.check import Check
from policycheck.model.plugin import PolicySource, Reader, Reporter

if TYPE_CHECKING:
    import click

GROUP = "policycheck"
"""The entry point group, and the prefix of every hook."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


@hookspec
def policycheck_checks() -> Iterable[Check]:
    """The checks that a module offers; called once, when the plugins are loaded."""
    return ()


@hookspec
def policycheck_readers() -> Iterable[Reader]:
    """The readers that a module offers; called once, when the plugins are loaded."""
    return ()


@hookspec
def policycheck_reporters() -> Iterable[Reporter]:
    """The output formats that a module offers; called once, when the plugins are loaded."""
    return ()


@hookspec
def policycheck_policies() -> Iterable[PolicySource]:
    """The policies that a module ships; called once, when the plugins are loaded."""
    return ()


@hookspec
def policycheck_commands() -> Iterable[click.Command]:
    """The commands that a module adds to ``policycheck``; called once, when the plugins are loaded."""
    return ()
