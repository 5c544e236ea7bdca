"""Message templates: YAML with one or several, Markdown with front matter, or a folder of such files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policycheck import Account, NotJudged, Origin, Reader, Source, Unreadable, hookimpl, visible

from ._linkedin_files import recognises as is_export
from ._placing import BEFORE_ANY, Ids, Placed, accounts, short_name
from ._template_files import FILE_BYTES, File, has_front_matter, is_template, placed

_YAML = (".yaml", ".yml")
_MARKDOWN = (".md", ".markdown")
_PEEK = 64 * 1024
_WITHOUT = "file without a template"
_NAMED = 20  # of the Markdown files without front matter; a folder may hold a whole site


def recognises(source: Source) -> bool:
    """Whether a file, or a file of a folder, holds templates."""
    if not source.members:
        return is_template(source.head) and not is_export(source)
    return not is_export(source) and any(is_template(_start(source, member)) for member in _files(source))


def read(source: Source) -> Iterator[Account | Unreadable]:
    """Templates in the order of the files' names; a broken file hides no other."""
    return accounts(_beside(_placed(source)))


def _files(source: Source) -> list[str]:
    return [member for member in source.members if member.casefold().endswith(_YAML + _MARKDOWN)]


def _start(source: Source, member: str) -> bytes:
    with source.open(member) as stream:
        return stream.read(_PEEK)


def _placed(source: Source) -> Iterator[Placed]:
    members: list[str | None] = [*_files(source)] if source.members else [None]
    ids = Ids(*(_name(source, member) for member in members))
    without: list[str] = []
    others = len(source.members) - len(members) if source.members else 0
    for member in members:
        with source.open(member) as stream:
            data = stream.read(FILE_BYTES + 1)
        path = visible(member or source.path)
        if member and member.casefold().endswith(_MARKDOWN) and not has_front_matter(data):
            without.append(path)
        elif len(data) > FILE_BYTES:
            yield BEFORE_ANY, Unreadable(Origin(path), f"the file is over {FILE_BYTES:,} bytes", "split it")
        else:
            yield from placed(File(data, path, _name(source, member)), ids)
    for path in without[:_NAMED]:
        yield BEFORE_ANY, NotJudged(f"{_WITHOUT}: {path}, which does not begin with `---`")
    others += len(without[_NAMED:])
    if others:
        yield BEFORE_ANY, NotJudged(_WITHOUT, others)


def _name(source: Source, member: str | None) -> str:
    return visible(member) if member else short_name(source.path)


def _beside(records: Iterable[Placed]) -> Iterator[Placed]:
    """What is no template stands with the account of the one before it."""
    last: str | None = BEFORE_ANY
    for account, record in records:
        last = last if account == BEFORE_ANY else account
        yield last, record


@hookimpl
def policycheck_readers() -> Iterable[Reader]:
    return [
        Reader(
            name="templates",
            summary="Message templates as YAML, as Markdown with front matter, or a folder of such files.",
            recognises=recognises,
            read=read,
        )
    ]
