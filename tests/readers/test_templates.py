"""Message templates: YAML with one or several, Markdown with front matter, folders, and what is wrong with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType

from inputs import given, recognising, records, refusal, told, written
from policycheck import Invitation, NotJudged, Origin, Person, Unreadable
from source_files import make_zip


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def template(id_: str, note: str, path: str, line: int, folder: str | UnsetType = UNSET) -> Invitation:
    by_row = id_ == f"{path}:{line}"
    return Invitation(id=id_, by_row=by_row, stage="template", origin=Origin(path, line, folder), note=note)


def test_a_file_may_hold_one_template() -> None:
    path = written("intro.yaml", "# ours\nid: intro\nstage: template\nnote: >-\n  Hi {{first_name}},\n  we met.\n")
    assert recognising(path) == ["templates"]
    assert given(path) == [(None, [template("intro", "Hi {{first_name}}, we met.", "intro.yaml", 2)])]


@pytest.mark.parametrize("before", ["", "templates:\n"])
def test_a_file_may_hold_several_templates(before: str) -> None:
    path = written("all.yaml", f"{before}- id: one\n  note: Hello\n- message: Good day\n")
    line = before.count("\n") + 1
    assert recognising(path) == ["templates"]
    assert records(path) == [
        template("one", "Hello", "all.yaml", line),
        template(f"all.yaml:{line + 2}", "Good day", "all.yaml", line + 2),
    ]


def test_markdown_has_its_text_below_the_front_matter() -> None:
    path = written("intro.md", "---\nid: intro\n---\n\nHi {{first_name}},\n\nwe met.\n")
    assert recognising(path) == ["templates"]
    assert records(path) == [template("intro", "Hi {{first_name}},\n\nwe met.", "intro.md", 1)]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    path = written("intro.md", b"\xef\xbb\xbf---\r\nid: intro\r\n---\r\nHi\r\n")
    assert recognising(path) == ["templates"]
    assert records(path) == [template("intro", "Hi", "intro.md", 1)]


def test_a_template_may_have_every_other_key_of_a_record() -> None:
    text = (
        "account: ana\nstage: outgoing\nnote: Hi\nperson: {name: Mia Berg, connections: 3}\nconnected_on: 2026-07-01\n"
    )
    ((account, (record,)),) = given(written("intro.yaml", text))
    assert account == "ana"
    assert record == Invitation(
        id="intro.yaml:1",
        by_row=True,
        stage="outgoing",
        origin=Origin("intro.yaml", 1),
        person=Person(name="Mia Berg", connections=3),
        note="Hi",
        connected_on=date(2026, 7, 1),
    )


def test_a_subject_is_counted_as_read_by_no_check() -> None:
    found = records(written("intro.yaml", "id: a\nsubject: Hello\nmessage: Good day\n"))
    assert found[1:] == [NotJudged("subject of a template, which no check reads")]


def test_a_folder_is_read_file_by_file_and_what_is_no_template_is_counted() -> None:
    written("all/b.yaml", "id: b\nnote: B\n")
    written("all/a.md", "---\nid: a\n---\nA\n")
    written("all/sub/c.yml", "- note: C\n- id: d\n  note: D\n")
    written("all/README.md", "# Our templates\n")
    written("all/picture.png", b"\x89PNG")
    assert recognising("all") == ["templates"]
    assert given("all") == [
        (
            None,
            [
                template("a", "A", "a.md", 1, "all"),
                template("b", "B", "b.yaml", 1, "all"),
                template("sub/c.yml:1", "C", "sub/c.yml", 1, "all"),
                template("d", "D", "sub/c.yml", 2, "all"),
                NotJudged("file without a template: README.md, which does not begin with `---`"),
                NotJudged("file without a template", 1),
            ],
        )
    ]


def test_an_archive_is_read_as_a_folder_is() -> None:
    make_zip({"a.yaml": "id: a\nnote: A\n"}, "all.zip")
    assert recognising("all.zip") == ["templates"]
    assert records("all.zip") == [template("a", "A", "a.yaml", 1)]


def test_a_broken_file_hides_no_other_and_no_account_is_split_by_it() -> None:
    for name in "ac":
        written(f"all/{name}.yaml", f"id: {name}\naccount: ana\nnote: Hi\n")
    written("all/b.yaml", "id: b\nnote: no\n")
    ((account, group),) = given("all")
    assert (account, [getattr(item, "id", None) for item in group]) == ("ana", ["a", None, "c"])
    assert told(group) == [
        "b.yaml:2: `no` means different things to different YAML readers; write true or false, or quote it"
    ]


def test_an_id_given_in_two_files_is_told() -> None:
    written("all/a.yaml", "id: x\nnote: Hi\n")
    written("all/b.yaml", "id: x\nnote: Hi\n")
    assert told(records("all")) == ["b.yaml:1: its `id` is another record's; give each record an `id` of its own"]


NO_KEYS = "write its keys, such as `id` and `note`, or list several under `templates`"
MISTAKES = {
    "an unknown key": ("id: a\nmesage: Hi\n", "t:2: `mesage` is an unknown key; did you mean `message`?"),
    "an unknown key within": ("note: Hi\nperson:\n  nam: x\n", "t:3: `person.nam` is an unknown key; did you mean `name`?"),
    "an id that is a number": ("note: Hi\nid: 7\n", "t:2: `id` cannot be read; write a text of 1 to 200 characters, or leave it out"),
    "another stage": ("note: Hi\nstage: zqxv\n", "t:2: `stage` cannot be read; write one of `incoming`, `outgoing`, `connected`, `template`"),
    "no text": ("id: a\nstage: template\n", "t:1: a template without a text; write its `note`"),
    "a blank text": ("id: a\nnote: ' '\n", "t:1: a template without a text; write its `note`"),
    "two texts": ("note: a\nmessage: b\n", "t:1: `note` and `message` both hold the text of the template; keep one of them"),
    "two texts in Markdown": ("---\nid: a\nnote: a\n---\nb\n", "t:1: the front matter and the text below it both hold the text of the template; keep one of them"),
    "a text in a list": ("templates:\n- zqxv\n", f"t:2: a template that has no keys; {NO_KEYS}"),
    "no list": ("templates: zqxv\n", f"t:1: no list of templates, and no template; {NO_KEYS}"),
    "an empty list": ("templates: []\n", f"t:1: no list of templates, and no template; {NO_KEYS}"),
    "a key beside the list": ("templates:\n- note: a\nzqxv: b\n", "t:3: a key beside `templates`; put it into each template"),
    "two documents": ("id: a\nnote: a\n---\nid: b\n", "t:3: a second document; keep one document in a file"),
    "two documents that look like Markdown": ("---\nid: a\n---\nid: b\nnote: c\n", "t:4: a second document; keep one template in a file, or list them under `templates`"),
    "an alias": ("id: &a x\nnote: *a\n", "t:1: the anchor `&a`; write the value out where it is needed"),
    "a doubled key": ("note: a\nnote: b\n", "t:2: the key `note` stands here twice (first in line 1); keep one"),
    "no YAML": ("note: [a\n", "t:2: this is no YAML (did not find expected ',' or ']'); mend the line"),
    "a bidi character": ("note: a\n# \u202e\n", "t:2: the invisible character U+202E; delete it, or write it as an escape in quotes"),
    "a mistake in the front matter": ("---\nid: a\nstage: no\n---\nb\n", "t:3: `no` means different things to different YAML readers; write true or false, or quote it"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line(content: str, message: str) -> None:
    assert told(records(written("t", content), "templates")) == [message]
    assert "zqxv" not in message


def test_bytes_that_are_no_utf_8_are_told_with_their_line() -> None:
    path = written("t", b"---\nid: a\n---\n\nHi \xff\n")
    assert told(records(path)) == ["t:5: not UTF-8; save the file as UTF-8"]


def test_a_file_that_is_too_long_is_told() -> None:
    path = written("t", "note: |\n" + "  long\n" * 40_000)
    assert told(records(path)) == ["t: the file is over 262,144 bytes; split it"]


@pytest.mark.parametrize("day", ["'2026'", "yesterday"])
def test_a_date_that_cannot_be_read_is_told_with_its_line_and_the_template_is_judged(day: str) -> None:
    unread, record = records(written("t", f"note: Hi\nconnected_on: {day}\n"))
    repair = "write a date such as 2019-04-01, or leave it out"
    assert unread == Unreadable(Origin("t", 2), "`connected_on` cannot be read", repair, fact="connected_on")
    assert (record.id, record.connected_on) == ("t:1", None)


OTHERS = {
    "a policy": (b"policycheck: 1\nrules:\n- id: a\n  note: b\n", []),
    "a profile": (b"names: [Ana Voss]\ncompanies: [Acme]\n", []),
    "a page with front matter": (b"---\ntitle: About\n---\nnote: this\n", []),
    "Markdown": (b"# Templates\n\nHere they are.\n", []),
    "JSON that is YAML too": (b'{"stage": "template",\n"note": "a"}', ["jsonl"]),
    "a table": (b"stage,note\ntemplate,note: a\n", ["csv"]),
    "a table with such a line in a note": (b'stage,note\nincoming,"a\nnote: b\n"\n', ["csv"]),
    "an export with such a line in a note": (
        b'From,To,Sent At,Message,Direction\nA,B,x,"a\nnote: b",INCOMING\n',
        ["linkedin-export"],
    ),
    "templates after a comment": (b"# ours\n\n---\n# more\nnote: a\n", ["templates"]),
    "a template with commas": (b"id: a, b\nnote: c, d\n", ["templates"]),
}


@pytest.mark.parametrize(("content", "readers"), OTHERS.values(), ids=OTHERS)
def test_templates_are_recognised_by_content(content: bytes, readers: list[str]) -> None:
    assert recognising(written("any.yaml", content)) == readers


def test_a_folder_without_a_template_is_none() -> None:
    written("all/README.md", "# nothing\n")
    assert recognising("all") == []
    assert refusal("all").startswith(
        "all: no reader recognises this; name another file, or choose `--reader`: apollo, "
    )


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), min_size=1, max_size=20
)


@examples(st.lists(texts, min_size=1, max_size=5))
def test_no_template_of_a_list_is_lost(notes: list[str]) -> None:
    lines = [f'- note: "{note.translate({34: chr(39), 92: chr(47)})}"\n' for note in notes]
    found = records(written("t.yaml", "templates:\n" + "".join(lines)), "templates")
    assert [item.origin.line for item in found] == [number + 2 for number in range(len(notes))]


@examples(st.binary(max_size=120))
def test_any_bytes_give_templates_or_unreadable_ones(data: bytes) -> None:
    for item in records(written("t", b"note: " + data), "templates"):
        assert isinstance(item, Invitation | NotJudged) or item.origin.line is not None
