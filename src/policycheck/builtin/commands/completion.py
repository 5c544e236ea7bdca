"""``policycheck completion SHELL``: the script by which a shell completes our command lines."""

from __future__ import annotations

from collections.abc import Iterable

import click
from click.shell_completion import get_completion_class

from policycheck.context import COMPLETE, PROGRAM
from policycheck.hookspecs import hookimpl


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [completion]


@click.command(
    epilog="""\b
Examples:
  bash, in ~/.bashrc:                     eval "$(policycheck completion bash)"
  zsh, in ~/.zshrc, after compinit:       eval "$(policycheck completion zsh)"
  fish, in ~/.config/fish/config.fish:    policycheck completion fish | source
"""
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print the script that completes commands, options, policies, formats, readers and checks in a shell."""
    script = get_completion_class(shell)
    assert script is not None  # click has these three
    click.echo(script(ctx.find_root().command, {}, PROGRAM, COMPLETE).source().rstrip("\n"))
    return 0
