"""The files of phrase lists, and what a policy changes in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from policycheck import PolicyError, Text
from policycheck.policy.phrase_files import FILE_SCHEMA, merged, read_list
from policycheck.policy.phrases import PhraseLists, amended, canonical_phrases, shipped_phrases
from policycheck.policy.resources import policies_folder
from policycheck.policy.schema import validated
from policycheck.policy.strict_yaml import parse
from policycheck.policy.written import Written
from policycheck.text.phrases import Lexicon

LANGUAGES = ["de", "en", "es", "fr", "it", "nl", "pt"]
FILES = sorted(file.name for file in (policies_folder() / "phrases").iterdir())

ENGLISH = """
list: talk
language: en
words:
  we: we, our team
families:
  greeting:
    what: greets
    weight: 2
    phrases: |
      (hi|hello) there
      <we> greet
""".lstrip()
GERMAN = """
list: talk
language: de
families:
  greeting:
    phrases: |
      guten Tag
""".lstrip()


@pytest.fixture
def talk(tmp_path: Path) -> PhraseLists:
    return lists(tmp_path, **{"talk.en.yaml": ENGLISH, "talk.de.yaml": GERMAN})


def lists(folder: Path, **files: str) -> PhraseLists:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return merged(read_list(folder / name) for name in sorted(files))


def changed(phrases: PhraseLists, section: str) -> PhraseLists:
    document = parse(f"phrases:\n{section}", "acme.yaml")
    return amended(phrases, [Written(document, ("phrases",))])


def finds(phrases: PhraseLists, text: str) -> list[tuple[str, int]]:
    return [(hit.family, hit.weight) for hits in Lexicon(phrases).find(Text(text)).values() for hit in hits]


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_list_fits_the_schema_and_is_named_after_its_list_and_language(name: str) -> None:
    text = (policies_folder() / "phrases" / name).read_bytes()
    data = validated(parse(text, name), FILE_SCHEMA)
    assert name == f"{data['list']}.{data['language']}.yaml"
    assert text.decode().endswith("\n")


@pytest.mark.parametrize("name", ["pitch", "context", "value", "expectations", "stock", "filler"])
def test_every_list_is_there_in_every_language(name: str) -> None:
    assert {f"{name}.{language}.yaml" for language in LANGUAGES} <= set(FILES)


def test_the_languages_of_a_list_are_one_list_and_say_once_what_a_family_says(talk: PhraseLists) -> None:
    assert finds(talk, "Hello there. Guten Tag! Our team greet.") == [("greeting", 2)] * 3


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"talk.en.yaml": ENGLISH.replace("greeting:", "greeting:\n    wat: x")},
            "phrases/talk.en.yaml:7:5: unknown key `wat`; did you mean `what`?",
        ),
        (
            {"talk.en.yaml": ENGLISH.replace("hello)", "hello")},
            "phrases/talk.en.yaml:10:1: a bracket without its partner; close it, and put `...` outside of brackets",
        ),
        (
            {"talk.en.yaml": ENGLISH.replace("<we>", "<us>")},
            "phrases/talk.en.yaml:11:1: no word group `us`; groups stand under `words` in the same file",
        ),
        (
            {"talk.fr.yaml": ENGLISH},
            "phrases/talk.fr.yaml:1:1: a file of this list and language is called `talk.en.yaml`; rename it",
        ),
        (
            {"talk.de.yaml": GERMAN},
            "phrases/talk.de.yaml:4:3: no file of the list says `what` this family says; add it in one of them",
        ),
        (
            {"talk.en.yaml": ENGLISH, "talk.de.yaml": GERMAN.replace("greeting:", "greeting:\n    weight: 1")},
            "phrases/talk.en.yaml:8:13: `weight` is another in the list's other languages; say it in one file only",
        ),
    ],
    ids=["unknown key", "grammar", "group", "name", "no what", "weights"],
)
def test_a_wrong_file_is_refused_with_its_place_and_repair(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(PolicyError) as error:
        lists(tmp_path, **files)
    assert error.value.messages == (message,)


def test_a_policy_adds_phrases_to_a_family_of_its_own_or_to_a_named_one(talk: PhraseLists) -> None:
    more = changed(talk, "  talk: {add: [ahoy (captain|)]}\n")
    assert finds(more, "Ahoy!") == [("added", 1)]
    named = changed(talk, "  talk: {add: {greeting: [ahoy], parting: [so long]}}\n")
    assert finds(named, "Ahoy, so long") == [("greeting", 2), ("parting", 1)]
    assert finds(talk, "Ahoy, so long") == []


def test_a_policy_removes_a_phrase_or_every_alternative_with_certain_words(talk: PhraseLists) -> None:
    whole = changed(talk, "  talk: {remove: [(hi|hello) there, guten Tag]}\n")
    assert finds(whole, "Hi there, hello there. Guten Tag! We greet") == [("greeting", 2)]
    words = changed(talk, "  talk: {remove: [Hello, our team]}\n")
    assert finds(words, "Hi there, our team greet, we greet, hello there") == [("greeting", 2)] * 2


def test_a_policy_weighs_a_family_in_another_way(talk: PhraseLists) -> None:
    assert finds(changed(talk, "  talk: {weights: {greeting: -1}}\n"), "hi there") == [("greeting", -1)]


@pytest.mark.parametrize(
    ("section", "messages"),
    [
        ("  tlak: {add: [ahoy]}\n", ["2:3: no phrase list `tlak`; did you mean `talk`?"]),
        ("  talk: {remove: [guten Tga]}\n", ["2:19: no phrase `guten Tga` to remove; did you mean `guten Tag`?"]),
        ("  talk: {weights: {greetings: 1}}\n", ["2:20: no family `greetings`; did you mean `greeting`?"]),
        ("  talk: {add: [ahoy, 5]}\n", ["2:22: `added` must be a text; quote it"]),
        ("  talk: {weights: {greeting: 9}}\n", ["2:30: `greeting` must be at most 3"]),
        (
            "  talk: {add: ['a (b'], remove: [x]}\n",
            [
                "2:34: no phrase `x` to remove; leave it out",
                "2:16: a bracket without its partner; close it, and put `...` outside of brackets",
            ],
        ),
    ],
    ids=["list", "phrase", "family", "number", "weight", "several"],
)
def test_a_change_that_cannot_be_made_is_an_error_at_its_place(
    talk: PhraseLists, section: str, messages: list[str]
) -> None:
    with pytest.raises(PolicyError) as error:
        changed(talk, section)
    assert list(error.value.messages) == [f"acme.yaml:{message}" for message in messages]


def test_the_canonical_form_is_the_same_for_lists_that_mean_the_same(tmp_path: Path, talk: PhraseLists) -> None:
    turned = ENGLISH.replace("      (hi|hello) there\n      <we> greet\n", "      <we> greet\n      (hello|hi) there\n")
    other = lists(tmp_path, **{"talk.en.yaml": turned.replace("we: we", "we: WE"), "talk.de.yaml": GERMAN})
    assert canonical_phrases(other) == canonical_phrases(talk)
    assert canonical_phrases(changed(talk, "  talk: {remove: [hello]}\n")) != canonical_phrases(talk)


def test_all_shipped_lists_fit_one_automaton() -> None:
    found = Lexicon(shipped_phrases()).find(Text("Wir helfen Agenturen. Hola, ¿te muestro? I'd love to connect."))
    assert {"pitch", "filler"} <= set(found)
