"""The phrase lists: the shipped ones, one file a list and language, and what a policy adds to them or takes from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

from msgspec import Struct

from policycheck.errors import PolicyError, did_you_mean
from policycheck.policy.condition import Mistake, Written
from policycheck.policy.resources import policies_folder
from policycheck.policy.schema import check_mapping, validated
from policycheck.policy.strict_yaml import parse
from policycheck.text.phrases import Family, Phrase, PhraseList, parsed
from policycheck.text.visible import visible

PhraseLists = Mapping[str, PhraseList]

NAME = "[a-z][a-z0-9-]*"
_PHRASES = {"type": "list", "schema": {"type": "string", "empty": False, "maxlength": 1000}}

FILE_SCHEMA: dict[str, Any] = {
    "list": {"type": "string", "regex": NAME, "required": True},
    "language": {"type": "string", "regex": "[a-z]{2}", "required": True},
    "words": {
        "type": "dict",
        "default": {},
        "keysrules": {"type": "string", "regex": NAME},
        "valuesrules": {"type": "list", "minlength": 1, "schema": {"type": "string", "empty": False}},
    },
    "families": {
        "type": "dict",
        "required": True,
        "keysrules": {"type": "string", "regex": NAME},
        "valuesrules": {
            "type": "dict",
            "schema": {
                "what": {"type": "string", "empty": False},
                "supports": {"type": "boolean"},
                "weight": {"type": "integer", "min": -3, "max": 3},
                "phrases": {**_PHRASES, "required": True},
            },
        },
    },
}
"""One file of a list in one language. What a family says and weighs stands in one of the files, for all languages."""

CHANGE_SCHEMA: dict[str, Any] = {
    "add": {"type": ["list", "dict"], "schema": {"type": "string", "empty": False}},
    "remove": _PHRASES,
    "weights": {"type": "dict", "valuesrules": {"type": "integer", "min": -3, "max": 3}},
}
"""What a policy's `phrases` says of one list: phrases to add (a list, or lists by family), to remove, families to weigh anew."""

ADDED = "added"
"""The family of phrases that a policy adds without naming one."""


@cache
def shipped_phrases() -> PhraseLists:
    """The lists in `policies/phrases`, all languages together.

    Raises PolicyError where a file is wrong, each mistake as ``file:line:column: what is wrong; how to mend it``.
    """
    folder = policies_folder() / "phrases"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return merged(map(read_list, files))


class ListFile(Struct, frozen=True):
    """One file of a list: its families' phrases, ready to match, and what it says of the families."""

    written: Written
    phrases: dict[str, tuple[Phrase, ...]]

    @property
    def name(self) -> str:
        return str(self.written.data["list"])

    def said(self, family: str) -> dict[str, Any]:
        """What the family says and weighs, as far as this file tells."""
        data = self.written.data["families"].get(family, {})
        return {key: value for key, value in data.items() if key != "phrases"}


def read_list(file: Traversable) -> ListFile:
    """One file of a list; it must be named ``<list>.<language>.yaml``. Raises PolicyError."""
    document = parse(file.read_bytes(), f"phrases/{file.name}")
    data = validated(document, FILE_SCHEMA)
    top = Written(document, ())
    expected = f"{data['list']}.{data['language']}.yaml"
    if file.name != expected:
        raise PolicyError(str(top.mistake(f"a file of this list and language is called `{expected}`; rename it")))
    words = {name: tuple(group) for name, group in data["words"].items()}
    mistakes: list[Mistake] = []
    phrases = {name: _phrases(top.at("families", name, "phrases"), words, mistakes) for name in data["families"]}
    if mistakes:
        raise PolicyError(*map(str, mistakes))
    return ListFile(top, phrases)


def _phrases(written: Written, words: Mapping[str, tuple[str, ...]], mistakes: list[Mistake]) -> tuple[Phrase, ...]:
    phrases = []
    for number, phrase in enumerate(written.data):
        try:
            phrases.append(parsed(phrase, words))
        except ValueError as error:
            mistakes.append(written.at(number).mistake(str(error)))
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


def _with(family: Family, phrases: Iterable[Phrase]) -> Family:
    return Family(family.what, tuple(dict.fromkeys((*family.phrases, *phrases))), family.supports, family.weight)


def amended(lists: PhraseLists, sections: Iterable[Written]) -> PhraseLists:
    """The lists with what the `phrases` sections of policies add, remove and weigh in another way, in their order.

    Raises PolicyError, all mistakes at once: a list that is not there, a phrase or family that is not there to remove or to weigh,
    a phrase outside the grammar.
    """
    result = dict(lists)
    mistakes: list[Mistake] = []
    for section in sections:
        for name in section.data:
            if name not in lists:
                what = (
                    f"no phrase list `{visible(name)}`{did_you_mean(name, lists) or '; known are ' + ', '.join(lists)}"
                )
                mistakes.append(section.at(name).mistake(what, key=True))
            else:
                result[name] = _changed(result[name], section.at(name), mistakes)
    if mistakes:
        raise PolicyError(*map(str, mistakes))
    return result


def _changed(phrases: PhraseList, change: Written, mistakes: list[Mistake]) -> PhraseList:
    _, wrong = check_mapping(change.data, CHANGE_SCHEMA)
    mistakes += [change.at(*path).mistake(what, key) for path, key, what in wrong]
    if wrong:
        return phrases
    families = dict(phrases.families)
    if "remove" in change.data:
        _remove(families, change.at("remove"), mistakes)
    if "add" in change.data:
        _add(families, change.at("add"), mistakes)
    if "weights" in change.data:
        _weigh(families, change.at("weights"), mistakes)
    return PhraseList(phrases.name, families)


def _remove(families: dict[str, Family], remove: Written, mistakes: list[Mistake]) -> None:
    known = {phrase.written for family in families.values() for phrase in family.phrases}
    for number, phrase in enumerate(remove.data):
        if phrase not in known:
            what = f"no phrase `{visible(phrase)}` to remove{did_you_mean(phrase, known) or '; leave it out'}"
            mistakes.append(remove.at(number).mistake(what))
    for name, family in families.items():
        kept = tuple(phrase for phrase in family.phrases if phrase.written not in remove.data)
        families[name] = Family(family.what, kept, family.supports, family.weight)


def _add(families: dict[str, Family], add: Written, mistakes: list[Mistake]) -> None:
    by_family = {name: add.at(name) for name in add.data} if isinstance(add.data, dict) else {ADDED: add}
    for name, written in by_family.items():
        _, wrong = check_mapping({name: written.data}, {name: _PHRASES})
        mistakes += [add.mistake(what) for _, _, what in wrong]
        if not wrong:
            known = families.get(name) or Family("holds a phrase that the policy names", ())
            families[name] = _with(known, _phrases(written, {}, mistakes))


def _weigh(families: dict[str, Family], weights: Written, mistakes: list[Mistake]) -> None:
    for name, weight in weights.data.items():
        if name in families:
            family = families[name]
            families[name] = Family(family.what, family.phrases, family.supports, weight)
        else:
            repair = did_you_mean(name, families) or "; known are " + ", ".join(sorted(families))
            mistakes.append(weights.at(name).mistake(f"no family `{visible(name)}`{repair}", key=True))


def canonical_phrases(lists: PhraseLists) -> dict[str, Any]:
    """What the lists mean, as plain data for a digest: the order of families, phrases and languages doesn't count."""
    return {
        name: {
            family: {
                "supports": value.supports,
                "weight": value.weight,
                "phrases": sorted([[part.near, *part.literals] for part in phrase.parts] for phrase in value.phrases),
            }
            for family, value in sorted(phrases.families.items())
        }
        for name, phrases in sorted(lists.items())
    }
