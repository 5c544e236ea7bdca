"""``--worksheet``: whom open verdicts wait for, as a table that is filled in and comes back as ``--facts``."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import Connection, Export, Invite, as_zip, files, url
from inputs import written
from policycheck import Person, PolicyError
from policycheck.builtin.commands._people_csv import QUESTIONS, load_people, neutral
from policycheck.builtin.commands._people_csv import written as cell
from policycheck.cli import run
from policycheck.reading.facts import load_facts

AS_OF = ["--as-of", "2026-11-23", "--format", "json", "--fail-on", "never"]
SHEET = ["--worksheet", "people.csv"]
AGAIN = ["--facts", "people.csv", *SHEET]
OURS = """
companies: [Brightleaf]
industries: [Publishing]
related_companies: [Acme]
related_industries: [Printing]
blocked_companies: []
blocked_people: []
address_book: []
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def invited(slug: str, stage: str = "incoming", **more: Any) -> dict[str, Any]:
    person = {"name": slug.replace("-", " ").title(), "profile_url": url(slug), **more.pop("person", {})}
    return {"id": f"{slug} {stage}", "stage": stage, "person": person, "note": "", **more}


def queue(*records: dict[str, Any]) -> str:
    return written("queue.jsonl", "".join(json.dumps(record) + "\n" for record in records))


def sheet() -> list[dict[str, str]]:
    """The rows of the worksheet, by what stands in its header before the bracket."""
    with Path("people.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    return [dict(zip((title.partition(" (")[0] for title in header), row, strict=True)) for row in rows]


def fill(**answers: dict[str, str] | str) -> int:
    """Answer the questions that a worksheet asks, for everybody alike or by name; how many answers that took."""
    rows, count = sheet(), 0
    for row in rows:
        for field in filter(None, row["asked"].split("; ")):
            told = answers.get(field, "")
            answer = told if isinstance(told, str) else told.get(row["name"], "")
            if answer and not row[field]:
                row[field] = answer
                count += 1
    with Path("people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, rows[0]).writeheader()
        csv.DictWriter(file, rows[0]).writerows(rows)
    return count


def told(*argv: str, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, str], list[str]]:
    """The decisions by id, and what was said of the worksheet."""
    run(["check", *argv, *AS_OF])
    printed = capsys.readouterr()
    said = [
        line.removeprefix("policycheck: people.csv: ") for line in printed.err.splitlines() if "people.csv: " in line
    ]
    return {verdict["id"]: verdict["decision"] for verdict in json.loads(printed.out)["verdicts"]}, said


def refusal(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str]:
    status = run(["check", *argv])
    return status, capsys.readouterr().err


# --- what is written -------------------------------------------------------------------------------------------------


def test_a_worksheet_has_a_row_a_person_with_the_invitations_and_a_column_a_question(
    capsys: pytest.CaptureFixture[str],
) -> None:
    queue(
        invited("ben-ito", person={"company": "Acme", "headline": "Editor"}),
        invited("ida-marquardt", person={"known": True}),
        invited("sol-ferreira", note="We help teams like yours double their leads. 15 minutes for a demo?"),
        invited("pia-grant"),
        invited("pia-grant", "outgoing"),
        invited("old-friend", accepted=True),
    )
    written("us.yaml", OURS)
    _, said = told("queue.jsonl", *SHEET, "--profile", "us.yaml", capsys=capsys)
    assert said == [
        (
            "asks about 2 people for 3 open verdicts; fill in what you know, and run again with "
            "--facts people.csv --worksheet people.csv"
        )
    ]
    assert Path("people.csv").read_bytes().decode("utf-8-sig") == (
        "profile_url,name,company (text),headline (text),invitations,asked,known (yes or no),has_photo (yes or no),"
        'connections (number),verified (yes or no),"joined_on (date, as 2019-04-01)",mutual_connections (number),'
        "industry (text)\n"
        "https://www.linkedin.com/in/pia-grant,Pia Grant,,,pia-grant incoming; pia-grant outgoing,"
        "known; has_photo; connections; verified; joined_on; mutual_connections; company; industry,,,,,,,\n"
        "https://www.linkedin.com/in/ben-ito,Ben Ito,Acme,Editor,ben-ito incoming,"
        "known; has_photo; connections; verified; joined_on,,,,,,,\n"
    )


def test_of_a_question_that_settles_a_verdict_alone_nothing_else_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    queue(invited("ben-ito"), invited("pia-grant", "outgoing"))
    told("queue.jsonl", *SHEET, "--policy", "conservative", capsys=capsys)
    assert [row["asked"] for row in sheet()] == ["known", "known"]


def test_the_person_whose_answer_turns_most_verdicts_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    queue(
        invited("ben-ito"), invited("pia-grant", "outgoing"), *(invited("ida-marquardt", id=f"i{n}") for n in range(3))
    )
    told("queue.jsonl", *SHEET, capsys=capsys)
    assert [row["name"] for row in sheet()] == ["Ida Marquardt", "Pia Grant", "Ben Ito"]
    assert list(sheet()[0])[6] == "known"


def test_who_has_no_profile_url_and_what_needs_a_list_of_ours_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    signs = {"known": False, "mutual_connections": 0, "has_photo": True, "connections": 400}
    queue({**invited("ben-ito"), "person": {"name": "Ben Ito"}}, invited("pia-grant", person=signs))
    _, said = told("queue.jsonl", *SHEET, capsys=capsys)
    assert said == [
        "nothing is left to ask about people",
        "not asked about for want of a profile URL to join an answer by: 1 open verdict",
        (
            "waiting for what no answer about a person tells: 1 open verdict (your companies, your industries, your related "
            "companies, your related industries)"
        ),
    ]


def test_no_cell_of_a_worksheet_is_a_formula(capsys: pytest.CaptureFixture[str]) -> None:
    name, company = "=HYPERLINK(1)\r\n@x", "\uff1dcmd"
    record = invited("ben-ito", person={"name": name, "company": company, "headline": " -1+1"})
    queue({**record, "id": "+1"})
    told("queue.jsonl", *SHEET, capsys=capsys)
    (row,) = sheet()
    assert (row["name"], row["company"], row["headline"], row["invitations"]) == (
        "'=HYPERLINK(1) @x", "'\uff1dcmd", "'-1+1", "'+1",
    )  # fmt: skip


@given(st.text() | st.text("=+-@'\t\r\n \uff1d\uff20", min_size=1))
def test_whatever_a_text_is_its_cell_starts_no_formula(text: str) -> None:
    assert not neutral(text).lstrip().startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20"))


# --- what comes back -------------------------------------------------------------------------------------------------


def test_a_person_fills_the_sheet_round_by_round_until_nothing_is_left_to_ask(
    capsys: pytest.CaptureFixture[str],
) -> None:
    people = [(f"Name{number}", f"name{number}") for number in range(300)]
    invites = [
        Invite(name, slug, f"{1 + n % 11}/{1 + n % 28}/26, 9:{n % 60:02} AM", outgoing=n % 4 == 0)
        for n, (name, slug) in enumerate(people)
    ]
    joined = [Connection(name, "", slug) for name, slug in people[3::10]]
    as_zip(Path("export.zip"), files(Export(invites=invites, connections=joined)))
    written("us.yaml", OURS)
    argv = ["export.zip", "--profile", "us.yaml"]
    told(*argv, *SHEET, capsys=capsys)
    open_rows, answers = [len(sheet())], []
    known = {name: "yes" if number % 6 == 0 else "no" for number, (name, _) in enumerate(people)}
    mutual = {name: str(number % 3) for number, (name, _) in enumerate(people)}
    rounds: list[dict[str, Any]] = [
        {"known": known},
        {"mutual_connections": mutual, "has_photo": "yes", "connections": "500+", "company": "Elsewhere"},
        {"industry": "Mining", "verified": "no", "joined_on": "2019-04-01"},
    ]
    for answer in rounds:
        answers.append(fill(**answer))
        decisions, said = told(*argv, *AGAIN, capsys=capsys)
        open_rows.append(sum(bool(row["asked"]) for row in sheet()))
    assert said == ["nothing is left to ask about people"]
    assert open_rows == sorted(open_rows, reverse=True)
    assert open_rows[-1] == 0
    assert len(sheet()) == open_rows[0]  # what was answered stays in the sheet
    assert {decisions[f"Invitations.csv:{number + 2}"] for number in range(6, 300, 12) if number % 4} == {"allow"}
    assert sum(answers) < 4 * open_rows[0]


def test_a_sheet_keeps_what_earlier_facts_told(capsys: pytest.CaptureFixture[str]) -> None:
    queue(invited("ben-ito"))
    facts = [
        {"profile_url": url("ben-ito"), "mutual_connections": 2},
        {"profile_url": url("ida"), "known": True, "known_by": "endorsement"},
    ]
    written("facts.jsonl", "".join(json.dumps(fact) + "\n" for fact in facts))
    told("queue.jsonl", "--facts", "facts.jsonl", *SHEET, capsys=capsys)
    assert load_people("people.csv").people == (
        Person(profile_url=url("ben-ito"), name="Ben Ito", mutual_connections=2),
        Person(profile_url=url("ida"), known=True, known_by="endorsement"),
    )


def test_how_somebody_is_known_is_never_taken_from_an_invitation_into_the_sheet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    queue(invited("ben-ito", id="one"), invited("ben-ito", id="two", person={"known": True}))
    told("queue.jsonl", *SHEET, capsys=capsys)
    assert [(row["invitations"], row["known"]) for row in sheet()] == [("one", "")]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffprofile_url;known (yes or no);connections (number);joined_on\r\nin/ben-ito;Yes;500+;2019-04-01\r\n",
        "profile_url,name,Known,Connections,joined on,asked\nin/ben-ito,,true,500,2019-04-01,known; has_photo\n\n",
        'profile_url\tknown\tconnections\tjoined_on\n"in/ben-ito"\ty\t500\t2019-04-01\n',
    ],
    ids=["saved again by a spreadsheet", "by hand", "tabs"],
)
def test_a_table_of_people_is_read_as_facts(text: str) -> None:
    assert load_people(written("people.csv", text)).people == load_facts(written(
        "people.jsonl", '{"profile_url": "in/ben-ito", "known": true, "connections": 500, "joined_on": "2019-04-01"}')).people  # fmt: skip


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "profile_url,knwon,zqxv secret,has_photo\nin/ben,,,\n",
            [
                "people.csv:1:2: `knwon` is an unknown column; did you mean `known`?",
                ("people.csv:1:3: column 3 is unknown; leave it out; the columns are profile_url, known, mutual_connections, "
                "has_photo, connections, company, industry, verified, joined_on, headline, position, location, email, name, "
                "known_by, invitations, asked"),
            ],
        ),
        (
            "profile_url,known,connections,joined_on\nin/ben,zqxv,zqxv,1/4/2019\n,yes,,\nin/ida,,,\nin/ida,,,\nin/pia\n",
            [
                "people.csv:2:2: `known` cannot be read; write yes or no, or leave it blank",
                "people.csv:2:3: `connections` cannot be read; write a whole number such as 12 or 500+, or leave it blank",
                "people.csv:2:4: `joined_on` cannot be read; write a date such as 2019-04-01, or leave it blank",
                "people.csv:3:1: `profile_url` leads to no profile; facts are joined by it",
                "people.csv:5: this person stands in line 4 already; put both into one record",
                "people.csv:6: fields in the row: 1, in the header: 4; put quotes around a field that holds a comma, or export again",
            ],
        ),
        ("name,known,known\nBen,yes,no\n", [
            "people.csv:1: two columns `known`; keep one",
            "people.csv:1: the column `profile_url` is missing; add it: facts are joined by it",
        ]),
        ("\n\n", ["people.csv:1: no header row; write one with `profile_url` and the facts that you know"]),
    ],
    ids=["columns", "values", "header", "blank"],
)  # fmt: skip
def test_every_mistake_is_told_with_its_column_and_without_a_cell(text: str, messages: list[str]) -> None:
    with pytest.raises(PolicyError) as error:
        load_people(written("people.csv", text))
    assert list(error.value.messages) == messages
    assert "zqxv" not in str(error.value)


def test_a_broken_sheet_ends_the_run_and_is_left_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    queue(invited("ben-ito"))
    written("people.csv", "profile_url,known\nin/ben-ito,perhaps\n")
    assert refusal(capsys, "queue.jsonl", *AGAIN) == (
        3, "policycheck: people.csv:2:2: `known` cannot be read; write yes or no, or leave it blank\n",
    )  # fmt: skip
    assert Path("people.csv").read_text() == "profile_url,known\nin/ben-ito,perhaps\n"


def test_no_file_that_is_there_is_written_over_but_the_sheet_itself(capsys: pytest.CaptureFixture[str]) -> None:
    queue(invited("ben-ito"))
    before = Path("queue.jsonl").read_bytes()
    assert refusal(capsys, "queue.jsonl", "--worksheet", "queue.jsonl") == (
        2, "policycheck: queue.jsonl: is there already; give it with --facts too to go on with it, or name another file\n",
    )  # fmt: skip
    assert Path("queue.jsonl").read_bytes() == before
    assert refusal(capsys, "queue.jsonl", "--worksheet", "no/where.csv") == (
        2, "policycheck: no/where.csv: the folder is not there; make it, or name another file\n",
    )  # fmt: skip


def test_a_sheet_is_the_same_bytes_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    queue(*(invited(f"name-{number}") for number in range(9)))
    told("queue.jsonl", *SHEET, capsys=capsys)
    first = Path("people.csv").read_bytes()
    told("queue.jsonl", *AGAIN, capsys=capsys)
    assert Path("people.csv").read_bytes() == first
    assert sorted(path.name for path in Path().iterdir()) == ["people.csv", "queue.jsonl"]


facts = st.builds(
    Person,
    profile_url=st.sampled_from([url("ben-ito"), url("ida")]),
    known=st.none() | st.booleans(),
    connections=st.none() | st.integers(0, 10**9),
    joined_on=st.none() | st.dates(),
    company=st.none()
    | st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1).map(lambda text: f"={text}"),
)


@settings(max_examples=40)
@given(facts)
def test_what_is_written_is_read_back(person: Person) -> None:
    names = ("profile_url", "known", "connections", "joined_on", "company")
    assert {"known", "connections", "joined_on", "company"} <= QUESTIONS.keys()
    row = [cell(getattr(person, name)) for name in names]
    with Path("back.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, row])
    assert load_people("back.csv").people == (person,)


def test_an_address_with_invisible_letters_comes_back_as_the_one_that_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    record = {"id": "a", "stage": "incoming", "person": {"profile_url": "https://www.linkedin.com/in/mia\u200b-berg"}}
    Path("q.jsonl").write_text(json.dumps(record) + "\n")
    options = ["--as-of", "2026-11-23", "--fail-on", "never"]
    assert run(["check", "q.jsonl", "--worksheet", "s.csv", *options]) == 0
    assert "https://www.linkedin.com/in/mia-berg" in Path("s.csv").read_text("utf-8-sig")
    assert run(["check", "q.jsonl", "--facts", "s.csv", *options]) == 0
    capsys.readouterr()
