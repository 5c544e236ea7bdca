"""The slots of templates, found by hand-written rules that pass over a text once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct


class Slot(Struct, frozen=True):
    """A slot of a template; `broken` where no tool would fill it."""

    start: int
    end: int
    broken: bool = False


def slots(text: str) -> Iterator[Slot]:
    """The slots in a text, in order of kind and place."""
    yield from _double(text)
    yield from _single(text)
    for pattern, broken in _PLAIN:
        for found in pattern.finditer(text):
            yield Slot(found.start(), found.end(), broken)
    for pattern in (_SQUARE, _ANGLE):
        for found in pattern.finditer(text):
            if _names_a_slot(found["name"], spaces=True):
                yield Slot(found.start(), found.end())


def _double(text: str) -> Iterator[Slot]:
    """``{{name}}``, and what is left of one: ``{{name``, ``{{name}``, ``{{}}``, ``name}}``."""
    for found in _DOUBLE.finditer(text):
        broken = not found["close"] or len(found["close"]) < 2 or not found["name"].strip()
        if not broken or _NAME.match(found["name"].strip()) or found["close"]:
            yield Slot(
                found.start(),
                found.end() if found["close"] else found.start("name") + _word_length(found["name"]),
                broken,
            )
    for found in _CLOSED_ONLY.finditer(text):
        yield Slot(found.start("name"), found.end(), True)


def _word_length(name: str) -> int:
    found = _NAME.match(name)
    return found.end() if found else len(name)


def _single(text: str) -> Iterator[Slot]:
    """``{name}``, ``${name}``, ``{this|that}``, and ``{name`` that never closes."""
    for found in _SINGLE.finditer(text):
        name = found["name"].strip()
        if not found["close"]:
            if _names_a_slot(_first_name(name), spaces=False):
                yield Slot(found.start(), found.start("name") + _word_length(found["name"]), True)
        elif "|" in name or _identifier(name) or _names_a_slot(name, spaces=True):
            yield Slot(found.start(), found.end())


def _first_name(name: str) -> str:
    found = _NAME.match(name)
    return found[0] if found else ""


def _identifier(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def _names_a_slot(name: str, spaces: bool) -> bool:
    """Whether a tool's or a person's name for something to fill in: by its words, or by its form."""
    name = name.strip()
    words = [word for word in _WORD.findall(_CAMEL.sub(r"\1 \2", name))]
    if not words or (not spaces and len(words) > 4):
        return False
    if any(word.casefold() in _SLOT_WORDS for word in words):
        return True
    return (name.isupper() and (len(name) > 1 or name.isalpha()) and name.casefold() not in _NO_SLOTS) or "_" in name


_NAME = re.compile(r"\s*[^\W\d][\w.-]{0,40}")
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"([a-z])([A-Z])")
_DOUBLE = re.compile(r"\{\{(?P<name>[^{}\n]{0,60})(?P<close>\}{1,2}|)")
_CLOSED_ONLY = re.compile(r"(?<![{\w])(?P<name>[^\W\d]\w{0,40})\}\}")
_SINGLE = re.compile(r"(?<![\w{\\^_)=\]])\$?\{(?![{%])(?P<name>[^{}\n\"':;,=<>()]{1,80})(?P<close>\}(?!\})|)")
_SQUARE = re.compile(r"(?<![\w\]!])(?<!- )\[{1,2}(?P<name>[^\[\]\n(){}]{1,80})\]{1,2}(?![(\[:])")
_ANGLE = re.compile(r"(?<![\w<])<{1,2}(?P<name>[^\W\d_][\w .-]{0,40})>{1,2}")
_PLAIN = (
    (re.compile(r"(?<![\w%])%[A-Z][A-Z_]{0,30}%(?!\w)|(?<![\w%])%(?:[a-z]+_?name|[a-z]+_[a-z_]+)%(?!\w)"), False),
    (re.compile(r"\*\|[A-Z_:]{1,40}\|\*"), False),
    (re.compile(r"\{![\w.]{1,40}\}"), False),
    (re.compile(r"\{%[^{}\n]{1,60}%\}"), False),
    (
        re.compile(
            r"(?<![\w\[{%<|$])(?:(?:first|last|full|company)_name|(?:FIRST|LAST|FULL|COMPANY)_?NAME|FNAME|(?:first|last|full|company)Name)(?![\w\]}%>|])"
        ),
        True,
    ),
)
_NO_SLOTS = frozenset(["ad", "pdf", "ext", "new", "re", "fwd", "hr", "x", "sic", "ot", "op", "nsfw", "faq", "tldr"])
_SLOT_WORDS = frozenset(
    [
        "name",
        "names",
        "firstname",
        "lastname",
        "fname",
        "lname",
        "first",
        "last",
        "company",
        "companies",
        "organization",
        "organisation",
        "industry",
        "title",
        "role",
        "position",
        "topic",
        "product",
        "link",
        "url",
        "city",
        "location",
        "event",
        "your",
        "their",
        "my",
        "mutual",
        "specific",
        "insert",
        "something",
        "relevant",
        "result",
        "problem",
        "benefit",
        "date",
        "time",
        "number",
        "field",
        "school",
        "university",
        "competitor",
        "job",
        "project",
        "placeholder",
        "recipient",
        "sender",
        "team",
        "department",
        "skill",
        "skills",
        "area",
        "reason",
        "connection",
        "signature",
        "calendar",
        "niche",
        "detail",
        "vorname",
        "nachname",
        "firma",
        "unternehmen",
        "branche",
        "thema",
        "rolle",
        "prénom",
        "prenom",
        "nom",
        "entreprise",
        "société",
        "secteur",
        "poste",
        "sujet",
        "nombre",
        "apellido",
        "empresa",
        "cargo",
        "sector",
        "tema",
        "puesto",
        "nome",
        "sobrenome",
        "cognome",
        "azienda",
        "settore",
        "ruolo",
        "argomento",
        "argomento",
        "voornaam",
        "achternaam",
        "bedrijf",
        "bedrijfsnaam",
        "sector",
        "onderwerp",
        "functie",
        "naam",
    ]
)
