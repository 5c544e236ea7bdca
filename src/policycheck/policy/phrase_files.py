"""The files of the phrase lists, one a list and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, ValidationError, convert

from policycheck.errors import PolicyError
from policycheck.policy.resources import policies_folder
from policycheck.policy.schema import validated
from policycheck.policy.strict_yaml import Document, parse
from policycheck.policy.written import Mistake, Written
from policycheck.text.grammar import Phrase, Words, parsed
from policycheck.text.phrases import Family, PhraseList

PhraseLists = Mapping[str, PhraseList]

NAME = "[a-z][a-z0-9-]*"
WEIGHT = {"type": "integer", "min": -3, "max": 3}
_LINES = {"type": "string", "empty": False}

FILE_SCHEMA: dict[str, Any] = {
    "list": {"type": "string", "regex": NAME, "required": True},
    "language": {"type": "string", "regex": "[a-z]{2,3}", "required": True},
    "words": {"type": "dict", "keysrules": {"type": "string", "regex": NAME}, "valuesrules": _LINES},
    "families": {
        "type": "dict",
        "required": True,
        "keysrules": {"type": "string", "regex": NAME},
        "valuesrules": {
            "type": "dict",
            "schema": {
                "what": _LINES,
                "supports": {"type": "boolean"},
                "weight": WEIGHT,
                "phrases": {**_LINES, "required": True},
            },
        },
    },
}
"""One file of a list in one language: word groups (words with commas between) and families (a phrase a line).

What a family says and weighs stands in one of the files, for all languages.
"""


@cache
def shipped_phrases() -> PhraseLists:
    """The lists in `policies/phrases`, all languages together.

    Raises PolicyError where a file is wrong, each mistake as ``file:line:column: what is wrong; how to mend it``.
    """
    folder = policies_folder() / "phrases"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return merged(map(read_list, files))


class _FamilyText(Struct, forbid_unknown_fields=True):
    phrases: Annotated[str, Meta(min_length=1)]
    what: Annotated[str, Meta(min_length=1)] | UnsetType = UNSET
    supports: bool | UnsetType = UNSET
    weight: Annotated[int, Meta(ge=-3, le=3)] | UnsetType = UNSET


class _FileText(Struct, forbid_unknown_fields=True):
    list: Annotated[str, Meta(pattern=f"^{NAME}$")]
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}$")]
    families: dict[Annotated[str, Meta(pattern=f"^{NAME}$")], _FamilyText]
    words: dict[Annotated[str, Meta(pattern=f"^{NAME}$")], Annotated[str, Meta(min_length=1)]] = {}


class ListFile(Struct, frozen=True):
    """One file of a list: its families' phrases, ready to match, and what it says of the families."""

    written: Written
    name: str
    phrases: dict[str, tuple[Phrase, ...]]

    def said(self, family: str) -> dict[str, Any]:
        """What the family says and weighs, as far as this file tells."""
        data = self.written.data["families"].get(family, {})
        return {key: value for key, value in data.items() if key != "phrases"}


def read_list(file: Traversable) -> ListFile:
    """One file of a list; it must be named ``<list>.<language>.yaml``. Raises PolicyError."""
    document = parse(file.read_bytes(), f"phrases/{file.name}")
    data = _file_text(document)
    top = Written(document, ())
    expected = f"{data.list}.{data.language}.yaml"
    if file.name != expected:
        raise PolicyError(str(top.mistake(f"a file of this list and language is called `{expected}`; rename it")))
    words = {name: tuple(word.strip() for word in group.split(",")) for name, group in data.words.items()}
    mistakes: list[Mistake] = []
    phrases = {name: _lines(top.at("families", name, "phrases"), words, mistakes) for name in data.families}
    if mistakes:
        raise PolicyError(*map(str, mistakes))
    return ListFile(top, data.list, phrases)


def _file_text(document: Document) -> _FileText:
    """The file's data. Cerberus takes a tenth of a second for all files, so it is asked only to say what is wrong."""
    try:
        return convert(document.data, _FileText)
    except ValidationError:
        validated(document, FILE_SCHEMA)
        raise


def _lines(written: Written, words: Words, mistakes: list[Mistake]) -> tuple[Phrase, ...]:
    """The phrases of a family, a line each; a text block starts in the line after its key's."""
    phrases = []
    for number, line in enumerate(written.data.splitlines(), start=1):
        try:
            phrases.append(parsed(line.strip(), words))
        except ValueError as error:
            start = written.mistake(str(error))
            mistakes.append(Mistake(start.origin, start.line + number, 1, start.what))
    return tuple(phrases)


def merged(files: Iterable[ListFile]) -> PhraseLists:
    """The files of each list as one. Raises PolicyError where they differ on a family, or none says what it says."""
    lists: dict[str, list[ListFile]] = {}
    for file in files:
        lists.setdefault(file.name, []).append(file)
    mistakes: list[Mistake] = []
    result = {name: PhraseList(name, _families(own, mistakes)) for name, own in sorted(lists.items())}
    if mistakes:
        raise PolicyError(*map(str, mistakes))
    return result


def _families(files: list[ListFile], mistakes: list[Mistake]) -> dict[str, Family]:
    families = {}
    for name in sorted({family for file in files for family in file.phrases}):
        said: dict[str, Any] = {}
        phrases: dict[Phrase, None] = {}
        for file in files:
            phrases.update(dict.fromkeys(file.phrases.get(name, ())))
            for key, value in file.said(name).items():
                if said.setdefault(key, value) != value:
                    what = f"`{key}` is another in the list's other languages; say it in one file only"
                    mistakes.append(file.written.at("families", name, key).mistake(what))
        if "what" not in said:
            what = "no file of the list says `what` this family says; add it in one of them"
            mistakes.append(
                next(file.written.at("families", name) for file in files if name in file.phrases).mistake(
                    what, key=True
                )
            )
        families[name] = Family(phrases=tuple(phrases), **{"what": "", **said})
    return families
