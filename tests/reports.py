"""Small runs built from structs, reported into a string; hostile texts, and what makes an output harmless."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from hypothesis import strategies as st
from msgspec import UNSET, UnsetType

from policycheck import ACTIONS, CheckFinding, Evidence, Ledger, RuleOutcome, Run, Verdict, Waived, Writer
from policycheck.model.invitation import Origin, Stage
from policycheck.model.verdict import Advice, Decision, Effect, Outcome, PolicyIdentity, Subject

RUN = Run(
    policycheck="0.1.0",
    python="3.11.7",
    unicode="14.0.0",
    as_of="2026-11-23",
    policy=PolicyIdentity(id="pragmatic", version="1.0.0", digest="sha256:" + "0" * 64),
    plugins=(),
)

Open = Callable[[Run, TextIO], Writer]


def quote(text: str, start: int = 0, field: str = "note") -> Evidence:
    """A piece of evidence with its quote."""
    return Evidence(field=field, start=start, end=start + len(text), reason="a pitch", quote=text)


def finding(
    check: str = "sales-pitch", *evidence: Evidence, holds: bool | None = True, missing: tuple[str, ...] = (), **kw: Any
) -> CheckFinding:
    """A check's finding."""
    return CheckFinding(check=check, parameters={}, holds=holds, evidence=evidence, missing=missing, **kw)


def rule(
    id_: str = "decline-pitch",
    effect: Effect = "deny",
    *findings: CheckFinding,
    outcome: Outcome = "holds",
    because: str = "The invitation is a pitch.",
    waived: Waived | UnsetType = UNSET,
) -> RuleOutcome:
    """What a verdict says of a rule."""
    return RuleOutcome(id=id_, effect=effect, outcome=outcome, because=because, findings=findings, waived=waived)


def verdict(
    decision: Decision = "deny",
    *rules: RuleOutcome,
    stage: Stage = "incoming",
    line: int = 2,
    name: str | None = "Pia Grant",
    company: str | None = None,
    account: str | None = "ana-voss",
    accepted: bool | UnsetType = UNSET,
    missing: tuple[str, ...] = (),
    advice: tuple[Advice, ...] = (),
    waived: tuple[str, ...] = (),
    **given: Any,
) -> Verdict:
    """A verdict of a line of Invitations.csv."""
    whole: dict[str, Any] = {
        "id": f"Invitations.csv:{line}",
        "origin": Origin("Invitations.csv", line),
        "action": ACTIONS[stage][decision],
        "person": Subject(name=name, company=company),
        **given,
    }
    return Verdict(
        account=account,
        stage=stage,
        decision=decision,
        rules=rules,
        missing=missing,
        advice=advice,
        waived=waived,
        policy=RUN.policy.digest,
        accepted=accepted,
        **whole,
    )


def ledger(verdicts: Iterable[Verdict], **more: Any) -> Ledger:
    """The ledger of these verdicts, and what else was counted."""
    decisions = [verdict.decision for verdict in verdicts]
    return Ledger(
        read=len(decisions) + more.get("unreadable", 0),
        allow=decisions.count("allow"),
        review=decisions.count("review"),
        deny=decisions.count("deny"),
        **more,
    )


def report(open_: Open, verdicts: list[Verdict], stream: TextIO | None = None, **more: Any) -> str:
    """What a reporter writes about these verdicts."""
    written = stream or io.StringIO()
    writer = open_(RUN, written)
    for each in verdicts:
        writer.verdict(each)
    writer.close(ledger(verdicts, **more))
    written.seek(0)
    return written.read()


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


_CONTROLS = [
    "\x1b[31m",
    "\x1b]0;t\x07",
    "\x1b]8;;u\x1b\\",
    "\x9b1m",
    "\x9d",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\b",
    "\0",
    "\x7f",
]
_SEPARATORS = ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", " ", "  ", "\u00a0", "\u3000"]
_BIDI = ["\u200e", "\u200f", "\u061c", "\u202a", "\u202e", "\u2066", "\u2069"]
_UNSEEN = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\u115f",
    "\u3164",
    "\u2800",
    "\U000e0041",
    "\ufe0f",
]
_FLAGS = ["\U0001f3f4", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "\U000e007f"]
_ODD = [
    "\udc80",
    "\ud800",
    "\udfff",
    "\uf8ff",
    "\uffff",
    "\u0301",
    "\u0301" * 9,
    "\u20e0",
    "\u0627",
    "\u0915\u094d",
    "\U0001f468",
]
_COMMANDS = [
    "::",
    ":",
    "::error::x",
    "::set-output name=a::b",
    "##[",
    "#",
    "##",
    "[",
    "##[error]",
    "##vso[task.x]y",
    "%0A",
]
_WRITTEN = ["a", "word ", "宮本", "é", "=cmd()", "[bold]", "[/]", ":smile:", "“", "”", "…", "\\", '"', "{", "</script>"]
_NASTY = [*_CONTROLS, *_SEPARATORS, *_BIDI, *_UNSEEN, *_FLAGS, *_ODD, *_COMMANDS, *_WRITTEN]
hostile = st.lists(st.sampled_from(_NASTY) | st.text(max_size=4), max_size=12).map("".join)
"""Text of somebody who means harm."""

_OBEYED = frozenset(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, *range(0x200B, 0x200C), 0x200E, 0x200F]))
_OBEYED |= frozenset(
    map(chr, [*range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xD800, 0xE000), 0xE0001])
)
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a]{5}\U000e007f")
_TAGS = re.compile("[\U000e0000-\U000e007f]")


def assert_harmless(line: str) -> None:
    """One line, in which no terminal and no CI runner finds anything to obey."""
    assert not _OBEYED.intersection(line), ascii(line)
    assert not _TAGS.search(_FLAG.sub("", line)), ascii(line)
    assert line.splitlines() in ([], [line]), ascii(line)
    assert not re.search(r"##[a-z]*\[", line, re.IGNORECASE), ascii(line)
    assert not line.lstrip().startswith("::"), ascii(line)
