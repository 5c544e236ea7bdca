"""The templates in one file: YAML, or Markdown whose front matter is YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import reduce
from typing import Any, Literal

from msgspec import Struct, structs

from policycheck import JsonError, NotJudged, Origin, StrictDecoder, Unreadable, YamlDocument, YamlError, yaml_document

from ._placing import BEFORE_ANY, Ids, Placed
from ._record import Record

FILE_BYTES = 256 * 1024
"""A file of templates is held in memory."""

_KEYS = r"(?:id|account|stage|note|message|subject|templates)"
_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_MARKED = re.compile(
    rb"""^(?:templates[ \t]*:|[- ]{0,6}(?:note|message)[ \t]*:|[- ]{0,6}stage[ \t]*:[ \t]*["']?template\b)""",
    re.MULTILINE,
)
_KEY = re.compile(rf"^[- ]*{_KEYS}[ \t]*:".encode(), re.MULTILINE)
_POLICY = re.compile(rb"^policycheck[ \t]*:", re.MULTILINE)
_FIRST = re.compile(rb"(?:- |[A-Za-z_]+[ \t]*:(?:\s|\Z))")
"""A file starts with a key or an item, or it is no YAML: a note in a table may hold a line that looks like one."""


class Template(Record, frozen=True, kw_only=True):
    """The keys of a template: a record's, and what a message is called where it is no note."""

    stage: Literal["incoming", "outgoing", "connected", "template"] = "template"
    message: str | None = None
    subject: str | None = None


_decode = StrictDecoder(Template).decode


_WRITE = "write its keys, such as `id` and `note`, or list several under `templates`"

Path = tuple[str | int, ...]


class File(Struct, frozen=True):
    """A file's bytes, how its origins name it, and what its templates are called after."""

    data: bytes
    path: str
    name: str


class _Place(Struct, frozen=True):
    file: File
    ids: Ids
    body: str | None
    """What stands below the front matter."""


def is_template(head: bytes) -> bool:
    """Whether a file that starts so holds templates: front matter with a key of theirs, or YAML with their text."""
    front = _FRONT.match(head)
    if front:
        return _KEY.search(front["yaml"]) is not None
    is_yaml = _FIRST.match(_first_line(head)) and not _POLICY.search(head)
    return bool(is_yaml and _MARKED.search(head))


def _first_line(head: bytes) -> bytes:
    """The first line that is neither blank nor a comment nor the mark of a document."""
    lines = head.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return next((line for line in lines if line.strip() and not line.startswith(b"#") and line.rstrip() != b"---"), b"")


def has_front_matter(head: bytes) -> bool:
    """Whether a file starts with what may be front matter."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"---")


def placed(file: File, ids: Ids) -> Iterator[Placed]:
    """The templates of a file, or what is wrong with it as a whole; what cannot be read stands before any account."""
    front = _FRONT.match(file.data)
    try:
        yield from _in_front(front, file, ids) if front else _in_yaml(file, ids)
    except YamlError as error:
        yield BEFORE_ANY, Unreadable(Origin(file.path, error.line), error.why, error.repair)


def _in_front(front: re.Match[bytes], file: File, ids: Ids) -> Iterator[Placed]:
    document = yaml_document(b"\n" + front["yaml"])
    body = file.data[front.end() :]
    line = file.data.count(b"\n", 0, front.end()) + 1
    if _KEY.match(body.lstrip()):
        raise YamlError(line, "a second document", "keep one template in a file, or list them under `templates`")
    try:
        text = body.decode().strip()
    except UnicodeDecodeError as error:
        raise YamlError(line + body.count(b"\n", 0, error.start), "not UTF-8", "save the file as UTF-8") from None
    yield from _one(document, (), Origin(file.path, 1), _Place(file, ids, text))


def _in_yaml(file: File, ids: Ids) -> Iterator[Placed]:
    document = yaml_document(file.data)
    data: Any = document.data
    path: Path = ()
    if isinstance(data, dict) and "templates" in data:
        _alone(document)
        data, path = data["templates"], ("templates",)
    places = [(*path, index) for index in range(len(data))] if isinstance(data, list) else [path] if data else []
    if not places or (path and not isinstance(data, list)):
        raise YamlError(document.position(path)[0], "no list of templates, and no template", _WRITE)
    for place in places:
        yield from _one(document, place, Origin(file.path, document.position(place)[0]), _Place(file, ids, None))


def _alone(document: YamlDocument) -> None:
    for key in document.data:
        if key != "templates":
            line, _ = document.position((key,), key=True)
            raise YamlError(line, "a key beside `templates`", "put it into each template")


def _one(document: YamlDocument, path: Path, origin: Origin, place: _Place) -> Iterator[Placed]:
    data = reduce(lambda value, step: value[step], path, document.data)
    wrong = _wrong(data, place.body)
    if wrong:
        yield BEFORE_ANY, Unreadable(origin, *wrong)
        return
    given = data if place.body is None else data | {"note": place.body}
    try:
        template, mistakes = _decode(json.dumps(given, default=date.isoformat).encode())
    except JsonError as error:
        mistake = error.mistakes[0]
        line = _line(document, path, data, mistake.path)
        yield BEFORE_ANY, Unreadable(Origin(origin.path, line), mistake.why, mistake.repair)
        return
    for mistake in mistakes:
        line = _line(document, path, data, mistake.path)
        yield template.account, Unreadable(Origin(origin.path, line), mistake.why, mistake.repair, mistake.field)
    yield from _judged(template, origin, place)


def _judged(template: Template, origin: Origin, place: _Place) -> Iterator[Placed]:
    text = template.note if template.message is None else template.message
    if template.stage == "template" and not (text or "").strip():
        yield template.account, Unreadable(origin, "a template without a text", "write its `note`")
        return
    record = structs.replace(template, note=text)
    yield template.account, place.ids.invitation(record, origin, place.file.name)
    if template.subject is not None:
        yield template.account, NotJudged("subject of a template, which no check reads")


def _wrong(data: Any, body: str | None) -> tuple[str, str] | None:
    if not isinstance(data, dict):
        return "a template that has no keys", _WRITE
    if ("note" in data) + ("message" in data) + (body is not None) > 1:
        where = "`note` and `message`" if body is None else "the front matter and the text below it"
        return f"{where} both hold the text of the template", "keep one of them"
    return None


def _line(document: YamlDocument, path: Path, data: dict[str, Any], inner: Path) -> int:
    """Of a mistake in a template: that of its value, or of the first key that is none of ours."""
    unknown = [key for key in data if key not in Template.__struct_fields__] if not inner else []
    place = (*path, unknown[0]) if unknown else (*path, *inner)
    return document.position(place, key=bool(unknown))[0]
