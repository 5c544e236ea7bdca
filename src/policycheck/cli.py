"""The ``policycheck`` command: a click group whose commands come from plugins, and the one place that turns errors into exits."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NoReturn

import click

import policycheck
from policycheck.context import COMPLETE, PROGRAM, registry_of
from policycheck.errors import PluginError, PolicycheckError, did_you_mean, place_of
from policycheck.text.visible import visible

_OPTION = "-p"


def _plugins(ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    names = (f"no:{plugin.name}" for plugin in registry_of(ctx).plugins)
    return [name for name in names if name.startswith(begun)]


class _Commands(click.Group):
    """The commands that plugins offer, loaded when the first of them is looked up."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(registry_of(ctx).commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return registry_of(ctx).commands.get(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        registry = registry_of(ctx)
        known = registry.commands
        if args and args[0] not in known and not ctx.resilient_parsing:  # a shell completes what is not whole yet
            if registry.failures:  # the command may be one of those that could not be loaded
                raise PluginError(*map(str, registry.failures))
            ctx.fail(
                f"no command is called `{args[0]}`{did_you_mean(args[0], known) or '; known are ' + ', '.join(sorted(known))}"
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Exit status, the highest that applies:
  0  everything was judged, and nothing reached --fail-on
  1  something reached --fail-on, or a test of a policy failed
  2  wrong use of the command line
  3  the policy, waivers, profile, facts, tests, lock, baseline or configuration file is invalid
  4  an input could not be read, in whole or in part, or held no invitation or case
  5  a plugin or check broke, or the report could not be written
  6  the verdict log does not verify, or could not be written

It advises a person and takes no action on any site.
""",
)
@click.version_option(policycheck.__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
@click.option(
    _OPTION,
    "plugins",
    multiple=True,
    metavar="no:NAME",
    expose_value=False,
    shell_complete=_plugins,
    help="Leave a plugin out; may stand anywhere, and more than once.",
)
def cli() -> None:
    """Policy as code for connection invitations: a verdict for each, with its reasons.

    Start with: policycheck check EXPORT.zip
    """


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # the same bytes whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    if COMPLETE in os.environ:
        sys.exit(_completed(os.environ[COMPLETE]))
    sys.exit(run(list(sys.argv[1:] if argv is None else argv)))


def _completed(instruction: str) -> int:
    """Answer a shell's completion script. Whatever is wrong, nothing is offered: a message would land in the line typed."""
    from click.shell_completion import shell_complete

    try:
        return shell_complete(cli, {}, PROGRAM, COMPLETE, instruction)
    except Exception:  # noqa: BLE001  # see above; the command itself will say it
        return 1


def run(argv: list[str]) -> int:
    """The exit status of one command line. Every error of a user's becomes a message on standard error, never a traceback."""
    try:
        arguments, disabled = _without_plugin_options(argv)
        # Not `cli.main`, which turns a closed pipe into exit status 1: that would pass for a refusal.
        with cli.make_context(PROGRAM, arguments, obj=disabled) as ctx:
            result = cli.invoke(ctx)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        click.echo("\n".join(map(visible, shown.getvalue().rstrip("\n").split("\n"))), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("policycheck: stopped", err=True)
        return 130
    except PolicycheckError as error:
        for message in error.messages:
            click.echo(f"policycheck: {visible(message)}", err=True)
        return error.status
    except BrokenPipeError:
        return _unreported("standard output was closed before the end")
    except OSError as error:
        return _unreported(f"the report could not be written ({error.strerror})")
    except Exception as error:  # noqa: BLE001  # a command of a plugin, or a bug of ours: a traceback may hold a cell
        click.echo(f"policycheck: something broke that should not have ({place_of(error)}); report it", err=True)
        return PluginError.status


def _unreported(why: str) -> int:
    """Say that the report is not whole. What is left of it goes nowhere: else the interpreter tries once more on its way out."""
    with contextlib.suppress(OSError, ValueError):  # a standard output that is no file has nothing left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    click.echo(f"policycheck: {why}; not everything was reported", err=True)
    return PluginError.status


def _without_plugin_options(argv: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The arguments without ``-p no:NAME``, and the names: plugins are chosen before any command of theirs exists."""
    kept: list[str] = []
    names: list[str] = []
    rest = iter(argv)
    for argument in rest:
        if argument == "--":
            kept += [argument, *rest]
        elif argument.startswith(_OPTION):
            value = argument.removeprefix(_OPTION) or next(rest, "")
            if not value.startswith("no:"):
                raise click.UsageError(f"`{_OPTION} {value}` leaves nothing out; write `{_OPTION} no:NAME`")
            names.append(value.removeprefix("no:"))
        else:
            kept.append(argument)
    return kept, tuple(names)
