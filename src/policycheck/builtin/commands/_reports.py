"""The reports of one run: on standard output and in files, all written in one pass over the input.

A file is written whole or not at all: beside it, under another name, and renamed once everything else went well.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TextIO, cast

from msgspec import Struct

from policycheck.builtin.commands._session import Settings
from policycheck.engine.evaluate import Outcome, redacted
from policycheck.errors import PluginError, PolicycheckError, ReportError, UsageError, did_you_mean, place_of
from policycheck.model.invitation import Unreadable
from policycheck.model.plugin import Reporter, ThoroughWriter, Writer
from policycheck.model.verdict import Ledger, Run, Verdict
from policycheck.registry import Registry
from policycheck.text.visible import visible


class Report(Struct, frozen=True):
    """A format, of which plugin, with names and quotes or without, and its file; None is standard output."""

    reporter: Reporter
    owner: str
    shows_text: bool
    file: str | None


class Written:
    """Reports in the making: each sees every verdict once, in order; those that ask for it also what could not be read."""

    def __init__(self, writers: Iterable[tuple[Report, Writer]]) -> None:
        self._writers = list(writers)
        self._redacts = not all(report.shows_text for report, _ in self._writers)

    def add(self, outcome: Outcome) -> None:
        """Give one outcome to every report."""
        match outcome:
            case Verdict():
                bare = redacted(outcome) if self._redacts else outcome
                for report, writer in self._writers:
                    with _answering(report):
                        writer.verdict(outcome if report.shows_text else bare)
            case Unreadable():
                for report, writer in self._writers:
                    if isinstance(writer, ThoroughWriter):
                        with _answering(report):
                            writer.could_not_read(outcome)

    def close(self, ledger: Ledger) -> None:
        """Give the ledger to every report."""
        for report, writer in self._writers:
            with _answering(report):
                writer.close(ledger)
        sys.stdout.flush()


def reports_of(
    format_: str,
    files: Sequence[str],
    settings: Settings,
    registry: Registry,
    *,
    show_text: bool,
    others: Iterable[str],
) -> tuple[Report, ...]:
    """The report on standard output, then those in files.

    Raises UsageError, also where a file is read, named twice, or one of the `others` that the run writes.
    """
    asked = [(format_, None), *map(_format_and_file, files)]
    reports = tuple(_report(name, file, registry, show_text) for name, file in asked)
    read = [*settings.inputs, settings.policy, settings.profile, settings.facts, *settings.waivers]
    taken = [path for path in read if path is not None] + [*others]
    for _, file in asked[1:]:
        _refuse_taken(str(file), taken)
        taken.append(str(file))
    return reports


def _format_and_file(value: str) -> tuple[str, str]:
    name, equals, file = value.partition("=")
    if not (name and equals and file):
        raise UsageError(f"--report {visible(value)}: no format and file; write --report FORMAT=FILE")
    return name, file


def _refuse_taken(file: str, taken: Sequence[str]) -> None:
    where = f"--report {visible(file)}"
    if file == "-":
        raise UsageError(f"{where}: is standard output; name the format with --format")
    if os.path.exists(file) and not os.path.isfile(file):
        raise UsageError(f"{where}: is no plain file; name a file")
    refuse_link_out(file, where)
    if any(is_same(file, other) for other in taken):
        raise UsageError(f"{where}: is also read, or written, by this run; name a file of its own for each report")


def refuse_link_out(file: str, where: str) -> None:
    """Raises UsageError where a path within the working directory leads out of it: a repository may bring such a link."""
    here = Path.cwd()
    named = Path(os.path.abspath(file))  # noqa: PTH100  # without following the link that it is about
    if named.is_relative_to(here) and not Path(os.path.realpath(file)).is_relative_to(here.resolve()):
        raise UsageError(f"{where}: a link leads out of this folder; name the file that it leads to")


def is_same(file: str, other: str) -> bool:
    """Whether two paths lead to one file, which need not be there yet."""
    if os.path.realpath(file) == os.path.realpath(other):
        return True
    return os.path.exists(file) and os.path.exists(other) and Path(file).samefile(other)


def _report(name: str, file: str | None, registry: Registry, show_text: bool) -> Report:
    known = registry.reporters
    if name not in known:
        near = did_you_mean(name, known) or "; known are " + ", ".join(known)
        raise UsageError(f"no format is called `{visible(name)}`{near}")
    reporter = known[name]
    return Report(reporter, registry.owners["reporters", name], show_text or reporter.shows_text, file)


@contextmanager
def writing(reports: Sequence[Report], run: Run) -> Iterator[Written]:
    """Open every report; the files are there when the block has ended well, and as they were before when it has not."""
    with ExitStack() as files:
        streams = [
            sys.stdout if report.file is None else files.enter_context(whole_file(report.file)) for report in reports
        ]
        yield Written([(report, _opened(report, run, stream)) for report, stream in zip(reports, streams, strict=True)])


def _opened(report: Report, run: Run, stream: TextIO) -> Writer:
    with _answering(report):
        return report.reporter.open(run, stream)


@contextmanager
def whole_file(file: str) -> Iterator[TextIO]:
    """A file that takes the place of the one named at the end. Raises ReportError where it cannot be written."""
    target = Path(os.path.realpath(file))
    with _named(file):
        stream = cast(
            "TextIO",
            NamedTemporaryFile(  # noqa: SIM115  # closed below, before it is renamed
                "w", dir=target.parent, prefix=".policycheck-", suffix=".part", delete=False,
                encoding="utf-8", errors="backslashreplace", newline="\n",
            ),
        )  # fmt: skip
    part = Path(stream.name)
    try:
        yield stream
        with _named(file):
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            part.chmod(_mode(target))
            part.replace(target)
    except BaseException:
        with suppress(OSError):
            stream.close()
        with suppress(OSError):
            part.unlink()
        raise


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, or what a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def _named(file: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ReportError(
            f"{visible(file)}: the report could not be written ({why}); not everything was reported"
        ) from None


@contextmanager
def _answering(report: Report) -> Iterator[None]:
    """Whatever a reporter's code raises is its plugin's failure; that the output cannot be written is not."""
    name = report.reporter.name
    try:
        if report.file is None:
            yield
        else:
            with _named(report.file):
                yield
    except (PolicycheckError, KeyboardInterrupt, OSError):
        raise
    except BaseException as error:  # noqa: BLE001  # a plugin that exits or recurses must not end the run
        raise PluginError(
            f"the format `{name}` of plugin `{report.owner}` broke ({place_of(error)}), so that the report is not whole; "
            "update the plugin, or choose another format"
        ) from None
