"""The invitations to act on, worst first, as lines: a heading for each reason, a row for each invitation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from policycheck.builtin.reporters._lines import STYLES, Cells, Line, Page, Span, flow, pad, shorten, words
from policycheck.builtin.reporters._text_rankings import GUTTER
from policycheck.builtin.reporters._text_summary import ASIDES, MOST_ROWS, Aside, Group, Members, Row, Summary

_FEWEST_ROWS = 4
_NARROW = 64
"""Below this width a row takes two lines."""
_INDENT = "  "
_PLUS = " + "
_ROWS = {"deny": 2, "review": 1, "allow": 1}
"""How many more rows a group gets in each turn."""
_NO_ROOM = 16
"""Fewer cells than this hold no quotation worth reading."""


class _Shown(Struct, frozen=True):
    """A group with as many of its rows as there is room for."""

    group: Group
    members: Members
    rows: list[Row]


def listing(summary: Summary, on: Page, height: int | None) -> list[Line]:
    """At most fifteen invitations; fewer where `height` lines would not hold them."""
    for most in range(MOST_ROWS, _FEWEST_ROWS - 1, -1):
        lines = list(_listing(summary, most, on))
        if height is None or len(lines) <= height:
            break
    return lines


def _listing(summary: Summary, most: int, on: Page) -> Iterator[Line]:
    shown = _shared(summary, most)
    columns = _columns([row for part in shown for row in part.rows], on)
    digits = max((len(f"{part.members.count:,}") for part in shown), default=0)
    for part in shown:
        yield from _heading(part, digits, on)
        for row in part.rows:
            yield from _row(row, columns, on)
    rows = sum(len(part.rows) for part in shown)
    left = sum(members.count for _, members in summary.ordered()) - rows
    more = f"{left:,} more to act on; " if left else ""
    if summary.verdicts > rows:
        told = f"{more}all {summary.verdicts:,}, with what is missing: --format full"
        yield from flow((), words(told, "faint"), on)


def _shared(summary: Summary, most: int) -> list[_Shown]:
    """A row for each group, then more in turns until there are `most`; what is known, and hindsight, get what is left.

    The worst group of each decision comes first, so that where there is room for few groups, what to accept is among them.
    """
    groups = summary.ordered()
    taken = [0] * len(groups)
    for aside in ASIDES:
        turn = _by_turns(groups, aside)
        more = [index for index in turn for _ in range(_ROWS[groups[index][0].decision])]
        while turn and sum(taken) < most:
            for index in turn:
                taken[index] += taken[index] < groups[index][1].count and sum(taken) < most
            turn = [index for index in more if taken[index] < groups[index][1].count]
    shown = zip(groups, taken, strict=True)
    return [_Shown(group, members, members.rows()[:count]) for (group, members), count in shown if count]


def _by_turns(groups: Sequence[tuple[Group, Members]], aside: Aside) -> list[int]:
    """The groups' numbers: the first of each decision, then the second of each, and so on."""
    before: Counter[str] = Counter()
    turns = []
    for index, (group, _) in enumerate(groups):
        if group.aside == aside:
            turns.append((before[group.decision], index))
            before[group.decision] += 1
    return [index for _, index in sorted(turns)]


def _heading(part: _Shown, digits: int, on: Page) -> list[Line]:
    style = "faint" if part.group.aside else STYLES[part.group.decision]
    start = (Span(f"{part.group.action:<{GUTTER}}{part.members.count:>{digits},}  ", style),)
    because = words(part.members.because, "strong")
    shown = f"first {len(part.rows)}" if len(part.rows) < part.members.count else ""
    told, short = (
        flow(start, [*because, *_aside(part.group.aside, rule, shown)], on) for rule in (part.group.rule, "")
    )
    return told if len(told) == 1 else short


def _aside(*notes: str) -> list[Span]:
    told = ", ".join(note for note in notes if note)
    return [Span(f"({told})", "faint")] if told else []


def _columns(rows: Sequence[Row], on: Page) -> tuple[int, int, int]:
    """The cells of the three columns: who, the evidence, where."""
    who = min(max((on.cells(row.who) for row in rows), default=0), max(18, on.width // 4))
    where = min(max((on.cells(row.where) for row in rows), default=0), on.width // (2 if on.width < _NARROW else 4))
    evidence = max((on.cells(_PLUS.join(row.evidence)) for row in rows), default=0)
    return who, min(evidence, on.width - 3 * len(_INDENT) - who - where), where


def _row(row: Row, columns: tuple[int, int, int], on: Page) -> Iterator[Line]:
    who, evidence, where = columns
    place = Span(f"{_INDENT}{shorten(row.where, where, on.cells, end=True)}", "faint")
    if on.width < _NARROW:
        yield (Span(f"{_INDENT}{shorten(row.who, on.width - where - 2 * len(_INDENT), on.cells)}"), place)
        if row.evidence:
            yield (Span(_INDENT * 2 + _quotes(row.evidence, on.width - 2 * len(_INDENT), on.cells)),)
        return
    name = pad(shorten(row.who, who, on.cells), who, on.cells)
    quotes = pad(_quotes(row.evidence, evidence, on.cells), evidence, on.cells)
    yield (Span(f"{_INDENT}{name}{_INDENT}{quotes}"), place)


def _quotes(pieces: Sequence[str], width: int, cells: Cells) -> str:
    """As many pieces as have room, each with its fair share of it, quotation marks closed."""
    kept = list(pieces)
    while len(kept) > 1 and width // len(kept) < _NO_ROOM:
        kept.pop()
    room = width - len(_PLUS) * (len(kept) - 1)
    shares: dict[int, int] = {}
    for done, index in enumerate(sorted(range(len(kept)), key=lambda index: cells(kept[index]))):
        shares[index] = min(cells(kept[index]), room // (len(kept) - done))
        room -= shares[index]
    return _PLUS.join(_closed(piece, shares[index], cells) for index, piece in enumerate(kept))


def _closed(piece: str, width: int, cells: Cells) -> str:
    if cells(piece) <= width or not piece.startswith("“"):
        return shorten(piece, width, cells)
    return f"{shorten(piece.removesuffix('”'), width - 1, cells)}”"
