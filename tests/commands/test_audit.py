"""``policycheck audit``: verify, prove, checkpoint, show, replay, keygen, forget."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audit_tool import both, run_of, verify_log
from policycheck.audit import evidence, log, records, series
from policycheck.audit.files import beside
from policycheck.cli import run

PITCH = "We help teams like yours double their leads. Do you have 15 minutes for a demo?"
KNOWN = {"id": "known", "stage": "connected", "account": "us", "person": {"name": "Ann"}, "note": "", "messages": []}
SOLD = {
    "id": "sold",
    "stage": "incoming",
    "account": "us",
    "person": {"name": "Bob Sellwell", "profile_url": "https://www.linkedin.com/in/bob-sellwell"},
    "note": PITCH,
}
LOG = "verdicts.jsonl"

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Say:
    """Runs a command line where a queue and its log lie; gives status, output, and messages but for those on the profile."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        status = run([*arguments])
        printed = capfd.readouterr()
        said = [line for line in printed.err.splitlines(keepends=True) if "nobody supplied" not in line]
        return status, printed.out, "".join(said)

    return ran


@pytest.fixture
def logged(say: Say) -> Say:
    check(say, KNOWN, SOLD)
    return say


def queue(*lines: Any, name: str = "queue.jsonl") -> str:
    Path(name).write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return name


def check(say: Say, *lines: Any, options: tuple[str, ...] = (), as_of: str = "2026-11-23") -> None:
    say("check", queue(*lines), "--as-of", as_of, "--audit-log", LOG, "--fail-on", "never", *options)


def settled(text: str) -> str:
    """What is drawn at random, as dots."""
    return re.sub(r"[A-Za-z0-9+/]{43}=|[0-9a-f]{16,64}", "…", text)


# verify


def test_verify_says_what_the_auditors_tool_says(logged: Say) -> None:
    say = logged
    _, key, _ = say("audit", "keygen", "example.com/log", "--output", "signing.key")
    Path("kept").write_bytes(Path(f"{LOG}.checkpoint").read_bytes())
    log.append(Path(LOG), run_of("a1", "allow", ended=False))
    say("audit", "checkpoint", LOG, "--key", "signing.key")
    whole = Path(LOG).read_bytes()
    states = (whole, whole + records.line("recovered") + b"\n", whole + b'{"kind"', whole[:-1], whole[:99], b"")
    for data in states:
        Path(LOG).write_bytes(data)
        for keys, seen in (([], []), ([key.strip()], []), ([], ["kept"]), ([key.strip()], ["kept"])):
            options = [*(f"--key={one}" for one in keys), *(f"--seen={one}" for one in seen)]
            status, out, _ = say("audit", "verify", LOG, *options)
            try:
                told = verify_log.verify(Path(LOG), Path(f"{LOG}.checkpoint"), keys, [*map(Path, seen)], [])
                assert (status, out.splitlines()) == (0, told)
            except verify_log.LogError:
                assert (status, out[:7]) == (6, "WRONG: ")


def test_verify_says_ok_where_a_key_signed_and_the_log_continues_what_was_seen(logged: Say) -> None:
    say = logged
    _, key, _ = say("audit", "keygen", "example.com/log", "--output", "signing.key")
    assert settled(say("audit", "verify", LOG)[1]) == (
        "LOG: 5 records, 1 runs, 2 verdicts, root …\n"
        "UNSIGNED: no --key was given; the checkpoint shows accidents, not who wrote it\n"
        "UNANCHORED: no --seen was given; an earlier state put back would not show\n"
    )
    assert say("audit", "verify", LOG, "--key", key.strip()) == (
        6,
        "WRONG: verdicts.jsonl.checkpoint: no trusted key signed it\n",
        "",
    )
    status, signed, _ = say("audit", "checkpoint", LOG, "--key", "signing.key", "--output", "kept")
    assert (status, settled(signed)) == (0, "policycheck.log/…\n5\n…\n")
    Path(f"{LOG}.checkpoint").write_bytes(Path("kept").read_bytes())
    status, out, _ = say("audit", "verify", LOG, "--key", key.strip(), "--seen", "kept")
    assert (status, settled(out)) == (0, "OK: 5 records, 1 runs, 2 verdicts, root …\n")


def test_a_proof_in_the_place_of_the_log_is_wrong_where_a_log_is_asked_for(logged: Say) -> None:
    logged("audit", "prove", LOG, "known", "--output", "p.tlog-proof")
    Path("kept").write_bytes(Path(f"{LOG}.checkpoint").read_bytes())
    Path(LOG).write_bytes(Path("p.tlog-proof").read_bytes())
    assert logged("audit", "verify", LOG, "--seen", "kept") == (
        6,
        f"WRONG: {LOG}: is a proof, not a log; --checkpoint, --seen and --proof go with a log\n",
        "",
    )


def test_a_log_that_is_not_there_is_wrong_use(say: Say) -> None:
    assert say("audit", "verify", "none.jsonl") == (
        2,
        "",
        "policycheck: none.jsonl: is not there; name the log as `check --audit-log` does\n",
    )


@pytest.mark.parametrize("file", [LOG, f"{LOG}.evidence"])
def test_nothing_is_written_over_a_log(logged: Say, file: str) -> None:
    before = Path(file).read_bytes()
    for command in (["prove", LOG, "known"], ["checkpoint", LOG]):
        assert logged("audit", *command, "--output", file)[::2] == (
            2,
            "policycheck: --output: is the log, or a file of its own; name another file\n",
        )
    assert Path(file).read_bytes() == before


def test_verify_writes_nothing(logged: Say, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    logged("audit", "verify", LOG)
    logged("audit", "verify", "none.jsonl")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        ([LOG, "--seen", "none"], 6, "WRONG: none: could not be read (No such file or directory)\n"),
        (
            [LOG, "--proof", LOG],
            6,
            "WRONG: verdicts.jsonl: does not begin with the line `c2sp.org/tlog-proof@v1`; take a whole, unchanged copy\n",
        ),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_named(logged: Say, options: list[str], status: int, said: str) -> None:
    assert logged("audit", "verify", *options) == (status, said, "")


def test_a_key_that_is_none_is_wrong_use(logged: Say) -> None:
    assert logged("audit", "verify", LOG, "--key", "key") == (
        2,
        "",
        "policycheck: --key: is no Ed25519 key of the form `name+hash+base64`; copy it whole\n",
    )


# keygen, checkpoint


def test_a_private_key_is_for_its_owners_eyes_only_and_is_never_replaced(say: Say) -> None:
    status, public, _ = say("audit", "keygen", "example.com/log", "--output", "signing.key")
    assert (status, public.startswith("example.com/log+")) == (0, True)
    if os.name != "nt":
        assert stat.S_IMODE(Path("signing.key").stat().st_mode) == 0o600
    assert Path("signing.key").read_text().startswith("PRIVATE+KEY+example.com/log+")
    assert say("audit", "keygen", "example.com/log", "--output", "signing.key") == (
        2,
        "",
        "policycheck: signing.key: could not be made (File exists); name a new file\n",
    )


def test_a_key_may_stand_in_the_environment(logged: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    say = logged
    assert say("audit", "checkpoint", LOG, "--key", "env")[2] == (
        "policycheck: --key env: the variable POLICYCHECK_SIGNING_KEY is not set; put the key there, or name a file\n"
    )
    _, key, _ = say("audit", "keygen", "example.com/log", "--output", "signing.key")
    monkeypatch.setenv("POLICYCHECK_SIGNING_KEY", Path("signing.key").read_text())
    assert say("audit", "checkpoint", LOG, "--key", "env")[0] == 0
    assert say("audit", "verify", LOG, "--key", key.strip())[0] == 0


def test_a_key_that_is_none_is_not_repeated(logged: Say) -> None:
    Path("signing.key").write_text("PRIVATE+KEY+secret")
    assert logged("audit", "checkpoint", LOG, "--key", "signing.key") == (
        2,
        "",
        "policycheck: --key: is no Ed25519 key of the form `PRIVATE+KEY+name+hash+base64`; copy it whole\n",
    )


def test_no_checkpoint_is_signed_over_a_log_that_was_changed(logged: Say) -> None:
    say = logged
    say("audit", "keygen", "example.com/log", "--output", "signing.key")
    Path(LOG).write_bytes(Path(LOG).read_bytes().replace(b'"deny"', b'"revi"', 1))
    before = Path(f"{LOG}.checkpoint").read_bytes()
    status, out, said = say("audit", "checkpoint", LOG, "--key", "signing.key")
    assert (status, out) == (6, "")
    assert said.startswith("policycheck: verdicts.jsonl")
    assert Path(f"{LOG}.checkpoint").read_bytes() == before


def test_no_log_is_made_by_signing_one(say: Say, tmp_path: Path) -> None:
    assert say("audit", "checkpoint", "none.jsonl") == (
        6,
        "",
        "policycheck: none.jsonl: is not there; name a log that `check --audit-log` has written\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_second_checkpoint_for_somebody_else_leaves_the_signed_one_as_it_is(logged: Say) -> None:
    say = logged
    say("audit", "keygen", "example.com/log", "--output", "signing.key")
    say("audit", "checkpoint", LOG, "--key", "signing.key")
    signed = Path(f"{LOG}.checkpoint").read_bytes()
    say("audit", "checkpoint", LOG, "--output", "kept")
    assert Path(f"{LOG}.checkpoint").read_bytes() == signed
    assert signed.startswith(Path("kept").read_bytes())


def test_a_run_after_a_signed_checkpoint_goes_on_and_is_to_be_signed_again(logged: Say) -> None:
    say = logged
    _, key, _ = say("audit", "keygen", "example.com/log", "--output", "signing.key")
    say("audit", "checkpoint", LOG, "--key", "signing.key", "--output", "kept")
    say("audit", "checkpoint", LOG, "--key", "signing.key")
    check(say, SOLD)
    assert say("audit", "verify", LOG, "--key", key.strip())[0] == 6
    say("audit", "checkpoint", LOG, "--key", "signing.key")
    status, out, _ = say("audit", "verify", LOG, "--key", key.strip(), "--seen", "kept")
    assert (status, out[:14]) == (0, "OK: 8 records,")


# prove


def test_a_proof_shows_one_verdict_and_nothing_of_its_neighbours(logged: Say) -> None:
    say = logged
    _, key, _ = say("audit", "keygen", "example.com/log", "--output", "signing.key")
    say("audit", "checkpoint", LOG, "--key", "signing.key")
    assert say("audit", "prove", LOG, "sold", "--output", "sold.tlog-proof")[:2] == (0, "")
    text = Path("sold.tlog-proof").read_text()
    assert say("audit", "prove", LOG, "sold")[1] == text
    lines = Path(LOG).read_bytes().split(b"\n")[:-1]
    status, out, _ = say("audit", "verify", "sold.tlog-proof", "--key", key.strip())
    origin = records.parse(lines[0])["origin"]
    assert (status, out) == (0, f"OK: line 4 of {origin} is\n{lines[3].decode()}\n")
    assert both(Path(LOG), shown=[Path("sold.tlog-proof")]).verdicts == 2
    others = [records.parse(line) for line in (*lines[:3], *lines[4:])]
    hidden = [other["salt"] for other in others] + [other["input"] for other in others if "input" in other]
    assert len(hidden) == 5
    assert not any(word in text + out for word in [*hidden, '"id":"known"'])


def test_a_proof_with_anything_changed_is_wrong(logged: Say) -> None:
    say = logged
    _, key, _ = say("audit", "keygen", "example.com/log", "--output", "signing.key")
    say("audit", "checkpoint", LOG, "--key", "signing.key")
    say("audit", "prove", LOG, "sold", "--output", "proof")
    text = Path("proof").read_text()
    assert say("audit", "verify", "proof")[1].splitlines()[-1].startswith("UNSIGNED: ")
    assert say("audit", "verify", "proof", "--key", key.strip())[0] == 0
    for old, new in (("index 3", "index 2"), ("extra ey", "extra ez"), ("\n5\n", "\n6\n"), ("extra ", "other ")):
        Path("proof").write_text(text.replace(old, new))
        assert old in text
        assert say("audit", "verify", "proof", "--key", key.strip())[0] == 6
    Path("proof").write_text(re.sub("extra .*\n", "", text))
    assert say("audit", "verify", "proof")[1] == (
        "WRONG: proof: holds no record; verify it with the log, as `verify LOG --proof FILE`\n"
    )


def test_of_several_verdicts_on_one_id_the_last_is_proved_or_that_of_a_run(logged: Say) -> None:
    first = records.parse(Path(LOG).read_bytes().split(b"\n")[1])["run"]
    check(logged, {**SOLD, "note": ""})
    assert "\nindex 6\n" in logged("audit", "prove", LOG, "sold")[1]
    assert "\nindex 3\n" in logged("audit", "prove", LOG, "sold", "--run", first[:8])[1]


def test_what_can_not_be_proved_is_told(logged: Say) -> None:
    assert logged("audit", "prove", LOG, "none") == (
        2,
        "",
        "policycheck: verdicts.jsonl: no verdict has the id `none`; `policycheck audit show` lists them\n",
    )
    data = Path(LOG).read_bytes()
    late = records.line("verdict", run="a1", decision="deny", id="late")
    Path(LOG).write_bytes(data + late + b"\n")
    assert logged("audit", "prove", LOG, "late") == (
        6,
        "",
        "policycheck: verdicts.jsonl: the checkpoint doesn't cover this verdict yet; run `policycheck audit checkpoint`\n",
    )
    Path(LOG).write_bytes(data.replace(b"opened", b"Opened"))
    assert logged("audit", "prove", LOG, "sold") == (
        6,
        "",
        "policycheck: verdicts.jsonl: is not what its checkpoint covers; see `policycheck audit verify`\n",
    )


# show


def test_show_lists_every_record(logged: Say) -> None:
    Path(LOG).write_bytes(Path(LOG).read_bytes() + b"{")
    log.append(Path(LOG), [])
    with series.writer(Path(LOG), series.by_size(1)) as writer:
        assert writer.file == Path("verdicts.2.jsonl")
    assert settled(logged("audit", "show", LOG)[1]) == (
        "      1  opened     policycheck.log/…\n"
        "      2  run-start  …  as of 2026-11-23  pragmatic 1.0.0\n"
        "      3  verdict    …  allow   known\n"
        "      4  verdict    …  deny    sold\n"
        "      5  run-end    …  2 read, 1 allow, 0 review, 1 deny\n"
        "      6  recovered  1 bytes of a killed writer moved aside\n"
        "      7  closed\n"
    )


def test_show_tells_all_of_one_invitation_and_its_text_only_where_it_was_kept_and_asked_for(logged: Say) -> None:
    check(logged, SOLD, options=("--keep-evidence",))
    status, out, _ = logged("audit", "show", LOG, "sold")
    assert (status, out.count('"kind": "verdict"'), "Sellwell" in out) == (0, 2, False)
    out = logged("audit", "show", LOG, "sold", "--show-text")[1]
    assert (out.count('"invitation"'), out.count("Bob Sellwell")) == (1, 1)


def test_show_refuses_what_it_can_not_show(logged: Say) -> None:
    assert logged("audit", "show", LOG, "--show-text")[2] == (
        "policycheck: --show-text shows one invitation; name its ID\n"
    )
    assert logged("audit", "show", LOG, "none") == (
        2,
        "",
        "policycheck: verdicts.jsonl: no verdict has the id `none`; leave it out to list them\n",
    )
    Path(LOG).write_bytes(Path(LOG).read_bytes()[:-1])
    status, out, _ = logged("audit", "show", LOG)
    assert (status, out) == (6, "")


# replay


def replayed(say: Say, *options: str) -> tuple[int, list[str]]:
    status, out, said = say("audit", "replay", LOG, "queue.jsonl", *options)
    assert said == ""
    return status, settled(out).splitlines()


HEAD = "run … as of 2026-11-23, pragmatic 1.0.0, 2 verdicts"


def test_a_run_decided_again_comes_to_the_same(logged: Say) -> None:
    assert replayed(logged) == (0, [HEAD, "every verdict is the same"])
    queue(SOLD, KNOWN)
    assert replayed(logged) == (0, [HEAD, "every verdict is the same"])


WAIVERS = """
waivers:
  - {rule: decline-pitch, invitation: sold, reason: a partner asked for it, owner: ana, expires: 2026-12-01}
"""


def test_replay_names_waivers_as_the_cause_where_they_are_others(say: Say) -> None:
    Path("w.yaml").write_text(WAIVERS)
    Path("other.yaml").write_text(WAIVERS.replace("partner", "friend"))
    check(say, KNOWN, SOLD, options=("--waivers", "w.yaml"))
    assert replayed(say, "--waivers", "w.yaml") == (0, [HEAD, "every verdict is the same"])
    for options in ((), ("--waivers", "other.yaml")):
        status, lines = replayed(say, *options)
        assert (status, lines[-1]) == (1, "1 differ: 1 by waivers")


def test_replay_opens_no_file_that_the_log_names(logged: Say) -> None:
    Path("evil.yaml").write_text("policycheck: 1\n")
    lines = Path(LOG).read_bytes().replace(b'"id":"pragmatic"', b'"id":"evil.yaml"', 1).split(b"\n")
    Path(LOG).unlink()
    for name in ("checkpoint", "head", "evidence"):
        beside(Path(LOG), name).unlink()
    log.append(Path(LOG), [line for line in lines[1:] if line])
    assert logged("audit", "replay", LOG, "queue.jsonl")[::2] == (
        2,
        "policycheck: evil.yaml: no policy of that id is installed; give its file with --policy\n",
    )


def test_after_an_edit_of_the_policy_replay_names_it_as_the_cause(logged: Say) -> None:
    _, text, _ = logged("policy", "show", "pragmatic", "--yaml")
    Path("edited.yaml").write_text(text.replace("sales-pitch: {at_least: 3}", "sales-pitch: {at_least: 9}"))
    assert text.count("sales-pitch: {at_least: 3}")
    status, lines = replayed(logged, "--policy", "edited.yaml")
    assert status == 1
    assert lines == [
        HEAD,
        "policy changed: sha256:… then, sha256:… now",
        "sold: deny then, review now; cause: policy",
        "1 differ: 1 by policy",
    ]


def test_another_day_is_named_as_the_cause(say: Say) -> None:
    person = {
        "name": "Ann",
        "known": False,
        "joined_on": "2026-11-01",
        "has_photo": False,
        "connections": 2,
        "verified": False,
    }
    check(say, {**SOLD, "person": person, "note": ""})
    status, lines = replayed(say, "--as-of", "2027-11-23")
    assert (status, lines[1]) == (1, "day changed: 2026-11-23 then, 2027-11-23 now")
    assert lines[2].endswith("; cause: day")
    assert lines[3] == "1 differ: 1 by day"


def test_a_changed_input_is_named_as_the_cause(logged: Say) -> None:
    queue(KNOWN, {**SOLD, "note": "", "id": "sold"})
    status, lines = replayed(logged)
    assert status == 1
    assert lines[1:] == ["sold: deny then, review now; cause: input", "1 differ: 1 by input"]


def test_what_is_gone_and_what_is_new_in_the_input_is_named(logged: Say) -> None:
    queue(SOLD, {**KNOWN, "id": "new"})
    assert replayed(logged) == (
        1,
        [
            HEAD,
            "new: is not in the log; cause: input",
            "known: is in the log and not in the input; cause: input",
            "2 differ: 2 by input",
        ],
    )


def test_a_changed_profile_is_named_as_the_cause(logged: Say) -> None:
    Path("us.yaml").write_text("blocked_people:\n  - profile_url: https://www.linkedin.com/in/bob-sellwell\n")
    status, lines = replayed(logged, "--profile", "us.yaml")
    assert status == 1
    assert lines[-1] == "2 differ: 2 by profile" or lines[-1] == "1 differ: 1 by profile"


def test_another_invitation_of_the_account_is_named_where_the_policy_looks_across(say: Say) -> None:
    note = "Your piece on tidal energy stayed with me; may I ask about the buoys?"
    first = {**SOLD, "id": "o-1", "stage": "outgoing", "note": note, "sent_at": "2026-11-20T10:00:00Z"}
    more = [{**first, "id": f"o-{number}", "person": {"name": f"P {number}"}} for number in range(2, 14)]
    check(say, first, *more)
    queue(first, *more[:1])
    status, lines = replayed(say)
    assert status == 1
    assert any(line.startswith("o-1: ") and line.endswith("cause: another invitation") for line in lines)


def test_a_difference_without_a_cause_is_the_alarm(logged: Say) -> None:
    path = Path(LOG)
    lines = path.read_bytes().split(b"\n")[:-1]
    lines[3] = lines[3].replace(b'"decision":"deny"', b'"decision":"allow"')
    lines[4] = lines[4].replace(b'"allow":1', b'"allow":2').replace(b'"deny":1', b'"deny":0')
    for file in Path().glob(f"{LOG}*"):
        if file.suffix not in (".evidence", ".lock"):
            file.unlink()
    path.write_bytes(b"")
    path.unlink()
    log.create(path)
    rewritten = [path.read_bytes().rstrip(b"\n"), *lines[1:]]
    log.append(path, rewritten[1:])
    assert both(path).verdicts == 2
    assert replayed(logged) == (
        6,
        [
            HEAD,
            "sold: allow then, deny now; cause: NONE of what can change a verdict: report this",
            "1 differ: 1 by none",
        ],
    )


def test_where_the_salt_is_forgotten_nobody_can_tell_whether_the_input_changed(logged: Say) -> None:
    logged("audit", "forget", LOG, "--id", "sold")
    assert replayed(logged) == (0, [HEAD, "every verdict is the same"])
    queue(KNOWN, {**SOLD, "note": ""})
    status, lines = replayed(logged)
    assert (status, lines[-1]) == (1, "1 differ: 1 by salt forgotten")


def test_a_run_of_several_is_chosen_by_the_beginning_of_its_name(logged: Say) -> None:
    first = records.parse(Path(LOG).read_bytes().split(b"\n")[1])["run"]
    check(logged, SOLD, as_of="2026-11-24")
    assert replayed(logged)[1][0] == "run … as of 2026-11-24, pragmatic 1.0.0, 1 verdicts"
    queue(KNOWN, SOLD)
    assert replayed(logged, "--run", first[:10]) == (0, [HEAD, "every verdict is the same"])
    assert logged("audit", "replay", LOG, "queue.jsonl", "--run", "x")[::2] == (
        2,
        "policycheck: verdicts.jsonl: has no such run; `policycheck audit show` lists them\n",
    )


def test_no_replay_of_a_log_that_does_not_verify(logged: Say) -> None:
    Path(LOG).write_bytes(Path(LOG).read_bytes()[:-1])
    status, out, said = logged("audit", "replay", LOG, "queue.jsonl")
    assert (status, out) == (6, "")
    assert said == "policycheck: verdicts.jsonl.checkpoint: covers 5 records; the log has 4\n"


# forget


def entries(log_: str = LOG) -> list[str | None]:
    return [entry.id for entry in evidence.read(Path(log_))]


@pytest.mark.parametrize(
    "line", ["sold", "https://linkedin.com/in/Bob-Sellwell/?x=1", "www.linkedin.com/in/bob-sellwell"]
)
def test_a_person_is_forgotten_by_id_or_address_and_the_log_still_verifies(say: Say, line: str) -> None:
    check(say, KNOWN, SOLD, options=("--keep-evidence",))
    before, log_before = entries(), Path(LOG).read_bytes()
    assert sorted(map(str, before)) == ["None", "known", "sold"]
    Path("who.txt").write_text(f"\n{line}\n")
    assert say("audit", "forget", LOG, "--from", "who.txt") == (
        0,
        "what tied 1 verdict to a person is gone\n",
        "",
    )
    assert entries() == [name for name in before if name != "sold"]
    assert b"ellwell" not in beside(Path(LOG), "evidence").read_bytes()
    assert Path(LOG).read_bytes() == log_before
    assert both(Path(LOG)).verdicts == 2
    assert say("audit", "forget", LOG, "--from", "who.txt") == (
        1,
        "what tied 0 verdicts to a person is gone\n",
        "policycheck: --from, line 2: nothing is kept of what stands there; mend its spelling, unless it was forgotten before\n",
    )


def test_who_is_misspelled_is_named_by_line_and_the_others_are_forgotten(say: Say) -> None:
    check(say, KNOWN, SOLD)
    Path("who.txt").write_text("sold\nhttps://linkedin.com/in/nobody-here\nknown\nBob Sellwell\n")
    status, out, err = say("audit", "forget", LOG, "--from", "who.txt")
    assert (status, out) == (1, "what tied 2 verdicts to a person is gone\n")
    assert err.startswith("policycheck: --from, line 2, --from, line 4: nothing is kept")
    assert "nobody-here" not in err
    assert say("audit", "forget", LOG, "--id", "https://linkedin.com/in/bob")[0] == 2


def test_a_person_is_forgotten_in_every_file_of_a_series(say: Say) -> None:
    for _ in range(2):
        check(say, SOLD, options=("--audit-rotate", "1kB"))
    assert say("audit", "forget", LOG, "--id", "sold")[1] == "what tied 2 verdicts to a person is gone\n"
    assert "sold" not in entries() + entries("verdicts.2.jsonl")


def test_forgetting_nobody_or_in_no_log_is_wrong_use(logged: Say) -> None:
    assert logged("audit", "forget", LOG)[::2] == (
        2,
        "policycheck: nobody is named; give --id, or --from a file of ids or profile URLs\n",
    )
    assert logged("audit", "forget", "none.jsonl", "--id", "x")[::2] == (
        2,
        "policycheck: none.jsonl: is not there; name the log as `check --audit-log` does\n",
    )
    assert not Path("none.jsonl.lock").exists()


def test_the_salts_can_be_deleted_all_together(logged: Say) -> None:
    beside(Path(LOG), "evidence").unlink()
    assert both(Path(LOG)).verdicts == 2
    check(logged, SOLD)
    assert [name for name in entries() if name] == ["sold"]


def test_an_entry_that_was_written_by_half_is_cut_off_by_the_next_writer(logged: Say) -> None:
    path = beside(Path(LOG), "evidence")
    path.write_bytes(path.read_bytes() + b'{"input":"ab')
    check(logged, SOLD)
    assert all(json.loads(line) for line in path.read_bytes().split(b"\n")[:-1])
    assert [name for name in entries() if name] == ["known", "sold", "sold"]
