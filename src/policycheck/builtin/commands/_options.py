"""The options that more than one command takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(_ctx: click.Context, _parameter: click.Parameter, value: str) -> date:
    """An ISO date, in ASCII digits only."""
    try:
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # no day of the calendar: the same message serves
    raise click.BadParameter("this is no day; write it as 2026-11-23")


def judging(command: F) -> F:
    """What both ``check`` and ``explain`` need to know."""
    for option in reversed(_JUDGING):
        command = option(command)
    return command


def today() -> str:
    """The one place that reads the clock; the day is recorded with the run."""
    return datetime.now(UTC).date().isoformat()


_JUDGING = (
    click.option(
        "--policy", default="pragmatic", show_default=True, metavar="NAME|FILE", help="The policy that decides."
    ),
    click.option(
        "--profile", metavar="FILE", help="Facts about us (YAML): companies, competitors, address book, block lists."
    ),
    click.option("--facts", metavar="FILE", help="Facts about people (JSON Lines), joined by profile URL."),
    click.option("--reader", metavar="NAME", help="Read every INPUT so, instead of recognising it by its content."),
    click.option(
        "--as-of",
        callback=_day,
        default=today,
        show_default="today",
        metavar="DATE",
        help="The day for which to decide.",
    ),
)
