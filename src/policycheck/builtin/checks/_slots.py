"""The slots of templates, as the common tools and people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct


class Slot(Struct, frozen=True):
    """A slot of a template: `name` is what is to be filled in, comparable; `broken` where no tool would fill it."""

    start: int
    end: int
    broken: bool = False
    name: str = ""


def slots(text: str) -> list[Slot]:
    """The slots in a text, in order, none within another. Each pattern passes over the text once, with a bounded look ahead."""
    found = sorted({*_doubled(text), *_single(text), *_bracketed(text), *_of_tools(text)}, key=_place)
    outer: list[Slot] = []
    for slot in found:
        if not outer or slot.end > outer[-1].end:
            outer.append(slot)
    return outer


def _place(slot: Slot) -> tuple[int, int]:
    return slot.start, -slot.end


def slot_name(name: str) -> str:
    """`First Name`, `firstName` and `first_name` are one."""
    return "".join(_words_in(name))


def _doubled(text: str) -> Iterator[Slot]:
    """``{{name}}``, and what is left of one: ``{{name``, ``{{name}``, ``{{}}``, ``name}}``."""
    for found in _DOUBLE.finditer(text):
        name = found["name"].partition("|")[0]
        whole = found["close"] == "}}" and name.strip() != ""
        if whole or found["close"]:
            yield Slot(found.start(), found.end(), not whole, slot_name(name))
        elif identifier := _IDENTIFIER.match(found["name"]):
            yield Slot(found.start(), found.start("name") + identifier.end(), True)
    for found in _CLOSED_ONLY.finditer(text):
        yield Slot(found.start(), found.end(), True)


def _single(text: str) -> Iterator[Slot]:
    """``{name}``, ``${name}``, ``{this|that}``, and ``{name`` that never closes."""
    for found in _SINGLE.finditer(text):
        name = found["name"]
        identifier = _IDENTIFIER.match(name)
        if found["close"] and name not in _VARIABLES:
            if "|" in name or _WHOLE_IDENTIFIER.fullmatch(name) or _named(name):
                yield Slot(found.start(), found.end(), False, "" if "|" in name else slot_name(name))
        elif identifier and "_" in identifier[0] and _named(identifier[0]):
            yield Slot(found.start(), found.start("name") + identifier.end(), True)


def _bracketed(text: str) -> Iterator[Slot]:
    """``[Name]`` and ``<Name>``, told from links, asides, tags and code by what they name."""
    for pattern in (_SQUARE, _ANGLE):
        for found in pattern.finditer(text):
            if _named(found["name"]):
                yield Slot(found.start(), found.end(), False, slot_name(found["name"]))


def _of_tools(text: str) -> Iterator[Slot]:
    """``%NAME%``, ``*|NAME|*``, ``{!Contact.Name}``, ``{% if … %}``; and ``FNAME`` or ``first_name`` that lost its brackets."""
    for found in _TOOLS.finditer(text):
        yield Slot(found.start(), found.end(), False, slot_name(found[0]))
    for found in _LOST.finditer(text):
        yield Slot(found.start(), found.end(), True)


def _named(name: str) -> bool:
    """Whether it names something to fill in, by its words or by its form."""
    words = _words_in(name)
    if not words or words[0] in _ASIDES or words[-1] in _REMOVED:
        return False
    if name.strip().startswith("X ") and len(words) > 1:
        return True
    if any(word in _SLOT_WORDS for word in words) or all(word in _TOGETHER for word in words):
        return True
    return name.strip().isupper() and name.isascii() and not any(map(_no_slot, words))


def _no_slot(word: str) -> bool:
    """Whether capitals in brackets say something about the text: a language, a standard, a news."""
    return 1 < len(word) <= _ABBREVIATION or word in _NO_SLOTS


def _words_in(name: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(_CAMEL.sub(r"\1 \2", name))]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"([a-z])([A-Z])")
_IDENTIFIER = re.compile(r"\s*[^\W\d][\w.-]{0,40}")
_WHOLE_IDENTIFIER = re.compile(r"\s*[^\W\d][\w.-]{1,40}\s*")
_DOUBLE = re.compile(r"\{\{(?P<name>[^{}\n]{0,60})(?P<close>\}{0,2})")
_CLOSED_ONLY = re.compile(r"(?<![{\w ])[^\W\d]\w{0,40}\}\}|(?<![{\w])[^\W\d]\w{0,40}_\w{1,40}\}\}")
_SINGLE = re.compile(r"(?<![\w{}\\^_)=\]#\"'`])\$?\{(?![{%!])(?P<name>[^{}\n\"':;,=<>()]{1,80})(?P<close>\}(?!\})|)")
_SQUARE = re.compile(r"(?<![\w\]!])(?<!- )\[{1,2}(?P<name>[^\[\]\n(){}]{1,80})\]{1,2}(?![(\[:])")
_ANGLE = re.compile(r"(?<![\w<])<{1,2}(?P<name>[^\W\d_][\w .-]{0,40})>{1,2}")
_TOOLS = re.compile(
    r"(?<![\w%])%(?!PATH|HOME|USER|TEMP|APPDATA)(?:[A-Z][A-Z_]{0,30}|[a-z]{1,20}_[a-z_]{1,30}|[a-z]{1,20}name)%(?!\w)"
    r"|%%[a-z_]{1,20}%%|#(?i:first|last|full|company)_?(?i:name)#|__(?:[A-Z]+_)?NAME__"
    r"|\((?i:(?:first|last|your|full|company)[ _]?name)\)|\(\((?i:name)\)\)"
    r"|\*\|[A-Z_:]{1,40}\|\*|\{![\w.]{1,40}\}|\{%[^{}\n]{1,60}%\}"
)
_LOST = re.compile(
    r"(?<![\w\[{%<|!.#(])(?:(?:first|last|full|company)_name|(?:FIRST|LAST|FULL|COMPANY)_?NAME|FNAME"
    r"|(?:first|last|full|company)Name)(?![\w\]}%>|])"
)
_ABBREVIATION = 3
_NO_SLOTS = _set(
    """nsfw tldr edit edited update updated urgent moved closed solved fixed deleted video podcast live free breaking reminder
    note important hiring announcement spoiler cancelled canceled online hybrid path home user temp rfc"""
)
_VARIABLES = _set("HOME PATH USER PWD TEMP")
_ASIDES = _set("the my our his")
_REMOVED = _set("redacted withheld removed omitted deleted hidden")
_SLOT_WORDS = _set(
    """name names firstname lastname fullname fname lname company companies organization organisation industry title role position
    topic product city location event your their mutual specific insert placeholder something relevant result problem benefit
    university competitor sender recipient department skill skills signature
    vorname nachname firma unternehmen branche thema rolle anrede prénom prenom nom entreprise société secteur poste sujet
    nombre apellido empresa cargo sector tema puesto nome sobrenome cognome azienda settore ruolo argomento
    produkt stadt ort veranstaltung produit ville événement producto ciudad evento produto cidade evenement prodotto città stad
    voornaam achternaam bedrijf bedrijfsnaam onderwerp functie naam klant kunde cliente"""
)
_TOGETHER = _SLOT_WORDS | _set(
    """first last full my date time day number field link url school job project team area reason connection calendar niche
    detail details customer client the of and or s"""
)
