"""Lines of styled spans: measured, shortened and wrapped by terminal cells, and put out plain or in colour."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TextIO

from msgspec import Struct

from policycheck import visible

Style = Literal["", "allow", "review", "deny", "alarm", "strong", "faint"]
Cells = Callable[[str], int]

PLAIN_WIDTH = 100
"""Cells of a line that goes through a pipe."""
STYLES: dict[str, Style] = {"allow": "allow", "review": "review", "deny": "deny"}
"""A decision's or an effect's style."""
_COLOURS: dict[Style, str] = {
    "allow": "green",
    "review": "yellow",
    "deny": "bold red",
    "alarm": "bold red",
    "strong": "bold",
    "faint": "dim",
}
_ASCII = str.maketrans("“”·–│├└─✓✗◀", '""--||`-+x<') | {ord("…"): "..."}
_HALVES = " \u200c\u200d\ufe0f"
"""What makes no sense at the end of what was cut."""


class Span(Struct, frozen=True):
    """A piece of a line; the style's name says what it means, not how it looks."""

    text: str
    style: Style = ""


Line = tuple[Span, ...]
BLANK: Line = ()


class Page(Struct, frozen=True):
    """Where lines go: `width` in cells; `height` in lines, None where nothing scrolls away."""

    width: int
    height: int | None
    cells: Cells
    show: Callable[[Iterable[Line]], None]


def page(stream: TextIO) -> Page:
    """The terminal that a stream is, with its size and colours, or a plain page of 100 columns, the same for everybody."""
    if stream.isatty():
        return _terminal(stream)

    def show(lines: Iterable[Line]) -> None:
        stream.writelines(f"{_harmless(line, stream)}\n" for line in lines)

    return Page(PLAIN_WIDTH, None, plain_cells, show)


def _terminal(stream: TextIO) -> Page:
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, markup=False, emoji=False)

    def show(lines: Iterable[Line]) -> None:
        for line in lines:
            text = _harmless(line, stream)
            spans = line if text == _text(line).rstrip() else (Span(text),)
            styled = Text.assemble(*((span.text, _COLOURS.get(span.style, "")) for span in spans))
            styled.rstrip()
            console.print(styled, soft_wrap=True)

    return Page(console.width, console.height, cell_len, show)


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


def _harmless(line: Line, stream: TextIO) -> str:
    """The last gate: what was cut or joined may have become a command of a CI runner."""
    text = visible(_text(line).rstrip())
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "backslashreplace").decode(encoding)
    return text


def plain_cells(text: str) -> int:
    """How many terminal cells a text takes: wide characters two, combining marks and joined emoji none."""
    if text.isascii():
        return len(text)
    return sum(_width(char, before) for before, char in zip(f"\0{text}", text, strict=False))


def _width(char: str, before: str) -> int:
    if before == "\u200d" or "\U0001f3fb" <= char <= "\U0001f3ff":
        return 0
    if char == "\ufe0f":
        return int(unicodedata.category(before) == "So" and unicodedata.east_asian_width(before) not in "WF")
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def shorten(text: str, width: int, cells: Cells, *, end: bool = False) -> str:
    """The text, or as much of its beginning (of its `end`) as fits `width` cells with a ``…`` for the rest."""
    if cells(text) <= width:
        return text
    room = max(width - 1, 0)
    kept = text[len(text) - room :] if end else text[:room]
    while cells(kept) > room:
        kept = kept[1:] if end else kept[:-1]
    return f"…{kept}" if end else f"{kept.rstrip(_HALVES)}…"


def pad(text: str, width: int, cells: Cells) -> str:
    """The text, filled with blanks up to `width` cells."""
    return text + " " * max(width - cells(text), 0)


def label(text: str, width: int, style: Style = "faint") -> Span:
    """A label of our own words at a line's beginning."""
    return Span(text.ljust(width), style)


def flow(start: Line, pieces: Sequence[Span], on: Page, *, between: str = " ") -> list[Line]:
    """Pieces set one after the other from `start` on; what goes over the width continues below the first piece."""
    width, cells = on.width, on.cells
    indent = cells(_text(start))
    lines: list[list[Span]] = [list(start)]
    used = indent
    for number, piece in enumerate(pieces):
        gap = between if number else ""
        if used + cells(gap + piece.text) > width and used > indent:
            lines.append([Span(" " * indent)])
            used, gap = indent, ""
        shown = Span(shorten(piece.text, max(width - indent, 10), cells), piece.style)
        lines[-1] += [Span(gap, "faint"), shown] if gap else [shown]
        used += cells(gap + shown.text)
    return [tuple(line) for line in lines]


def words(text: str, style: Style = "") -> list[Span]:
    """A sentence as pieces to flow."""
    return [Span(word, style) for word in text.split()]
