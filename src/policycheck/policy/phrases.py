"""The phrase lists: the shipped ones, one file a list and language, and what a policy adds to them or takes from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

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
                "what": {"type": "string", "required": True, "empty": False},
                "supports": {"type": "boolean", "default": False},
                "weight": {"type": "integer", "min": -3, "max": 3, "default": 1},
                "phrases": {**_PHRASES, "required": True},
            },
        },
    },
}
"""One file of a list in one language."""

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


def read_list(file: Traversable) -> PhraseList:
    """One file of a list; it must be named ``<list>.<language>.yaml``. Raises PolicyError."""
    document = parse(file.read_bytes(), f"phrases/{file.name}")
    data = validated(document, FILE_SCHEMA)
    top = Written(document, ())
    expected = f"{data['list']}.{data['language']}.yaml"
    if file.name != expected:
        raise PolicyError(str(top.mistake(f"a file of this list and language is called `{expected}`; rename it")))
    words = {name: tuple(group) for name, group in data["words"].items()}
    mistakes: list[Mistake] = []
    families = {
        name: Family(
            family["what"],
            _phrases(top.at("families", name, "phrases"), words, mistakes),
            family["supports"],
            family["weight"],
        )
        for name, family in data["families"].items()
    }
    if mistakes:
        raise PolicyError(*map(str, mistakes))
    return PhraseList(data["list"], families)


def _phrases(written: Written, words: Mapping[str, tuple[str, ...]], mistakes: list[Mistake]) -> tuple[Phrase, ...]:
    phrases = []
    for number, phrase in enumerate(written.data):
        try:
            phrases.append(parsed(phrase, words))
        except ValueError as error:
            mistakes.append(written.at(number).mistake(str(error)))
    return tuple(phrases)


def merged(lists: Iterable[PhraseList]) -> PhraseLists:
    """Lists of one name as one. Raises PolicyError where a family's weight or support differs between languages."""
    result: dict[str, dict[str, Family]] = {}
    for phrases in lists:
        families = result.setdefault(phrases.name, {})
        for name, family in phrases.families.items():
            known = families.get(name, family)
            if (known.supports, known.weight) != (family.supports, family.weight):
                raise PolicyError(
                    f"phrases/{phrases.name}: `{name}` weighs differently in two languages; make them agree"
                )
            families[name] = _with(known, family.phrases)
    return {name: PhraseList(name, families) for name, families in sorted(result.items())}


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
                "phrases": sorted([list(part) for part in phrase.parts] for phrase in value.phrases),
            }
            for family, value in sorted(phrases.families.items())
        }
        for name, phrases in sorted(lists.items())
    }
