"""The phrase lists of a policy: the shipped ones, with what the policy adds, removes, or weighs in another way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policycheck.errors import PolicyError, did_you_mean
from policycheck.policy.phrase_files import WEIGHT, PhraseLists, shipped_phrases
from policycheck.policy.schema import about, check_mapping
from policycheck.policy.written import Mistake, Written
from policycheck.text.grammar import Phrase, parsed, without
from policycheck.text.phrases import Family, PhraseList
from policycheck.text.visible import visible

__all__ = ["PhraseLists", "amended", "canonical_phrases", "shipped_phrases"]

_PHRASES = {"type": "list", "schema": {"type": "string", "empty": False, "maxlength": 1000}}

_BY_FAMILY = {"type": "dict", "valuesrules": _PHRASES}

CHANGE_SCHEMA: dict[str, Any] = {
    "add": {
        "type": ["list", "dict"],
        "empty": False,
        "meta": {"description": "phrases to add: a list, or lists by family", "either": (_PHRASES, _BY_FAMILY)},
    },
    "remove": about("phrases to take away, as they are written in the list or as words of theirs", **_PHRASES),
    "weights": about("families to weigh anew", type="dict", valuesrules=WEIGHT),
}
"""What a policy says of one list: phrases to add (a list, or lists by family), to remove, and families to weigh anew."""

ADDED = "added"
"""The family of phrases that a policy adds without naming one."""


def amended(lists: PhraseLists, sections: Iterable[Written]) -> PhraseLists:
    """The lists with what the `phrases` sections of policies add, remove and weigh in another way, in their order.

    Raises PolicyError, all mistakes at once: a list that is not there, a phrase or family that is not there to remove or to
    weigh, a phrase outside the grammar.
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
    for number, words in enumerate(remove.data):
        changed = {name: _without(family, words) for name, family in families.items()}
        if changed == families:
            known = {phrase.written for family in families.values() for phrase in family.phrases}
            what = f"no phrase `{visible(words)}` to remove{did_you_mean(words, known) or '; leave it out'}"
            mistakes.append(remove.at(number).mistake(what))
        families.update(changed)


def _without(family: Family, words: str) -> Family:
    """The family without the phrase that is written so, and without every alternative that holds these words."""
    left = (without(phrase, words) for phrase in family.phrases if phrase.written != words)
    kept = tuple(phrase for phrase in left if phrase is not None)
    return Family(family.what, kept, family.supports, family.weight)


def _add(families: dict[str, Family], add: Written, mistakes: list[Mistake]) -> None:
    by_family = {name: add.at(name) for name in add.data} if isinstance(add.data, dict) else {ADDED: add}
    for name, written in by_family.items():
        _, wrong = check_mapping({name: written.data}, {name: _PHRASES})
        mistakes += [written.at(*path[1:]).mistake(what) for path, _, what in wrong]
        if not wrong:
            known = families.get(name) or Family("holds a phrase that the policy names", ())
            families[name] = _with(known, _phrases(written, mistakes))


def _phrases(written: Written, mistakes: list[Mistake]) -> tuple[Phrase, ...]:
    """The phrases that a policy adds: a list, without word groups."""
    phrases = []
    for number, phrase in enumerate(written.data):
        try:
            phrases.append(parsed(phrase))
        except ValueError as error:
            mistakes.append(written.at(number).mistake(str(error)))
    return tuple(phrases)


def _with(family: Family, phrases: Iterable[Phrase]) -> Family:
    return Family(family.what, tuple(dict.fromkeys((*family.phrases, *phrases))), family.supports, family.weight)


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
