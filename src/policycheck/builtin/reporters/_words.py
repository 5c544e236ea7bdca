"""What verdicts say, in words for a person: facts, dates, whom it is about, what decided, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import UNSET, structs

from policycheck import Evidence, RuleOutcome, Verdict, Waived, visible

LONGEST = 300
"""Code points of a stranger's text that are looked at: no line has room for more."""
REASON = 2000
"""The same of a policy's own sentences."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FACTS = {
    "history": "your other invitations",
    "note": "the note",
    "messages": "the messages",
    "sent_at": "when it was sent",
    "accepted": "whether it was accepted",
    "connected_on": "when you connected",
    "previous_invitations": "earlier invitations",
    "person.known": "whether you know them",
    "person.known_by": "how you know them",
    "person.name": "name",
    "person.profile_url": "profile URL",
    "person.connections": "number of connections",
    "person.mutual_connections": "mutual connections",
    "person.has_photo": "photo",
    "person.joined_on": "age of the account",
    "person.verified": "verification",
    "profile.connections_visible": "whether your connections are visible",
    "profile.premium": "whether you have Premium",
}


def fact(path: str) -> str:
    """A fact's path in words: "person.joined_on" is the "age of the account"."""
    known = _FACTS.get(path)
    return known or one_line(path.removeprefix("person.").replace("profile.", "your ").replace("_", " "))


def day(iso: str) -> str:
    """ "2026-11-23" as "23 Nov 2026", whatever the locale."""
    year, month, number = iso.split("-")
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"


def amount(count: int, noun: str) -> str:
    """ "1 record", "2 records"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def one_line(text: str, longest: int = LONGEST) -> str:
    """A text made harmless, with single blanks, and cut after `longest` code points."""
    kept = " ".join(text[:longest].split())
    return visible(kept + "…" if len(text) > longest else kept)


def who(verdict: Verdict) -> str:
    """Name and company, as far as they are known; else the record's own id."""
    person = verdict.person
    told = () if person is UNSET else (person.name, person.company)
    return ", ".join(one_line(part) for part in told if part) or one_line(verdict.id)


def hindsight(verdict: Verdict) -> bool:
    """Whether nothing is left to do about it: accepted already, other than a connection, which can still be ended."""
    return verdict.accepted is True and verdict.stage in {"incoming", "outgoing"}


def deciding(verdict: Verdict) -> tuple[RuleOutcome, ...]:
    """The rules that decided: those of the decision's effect that hold, or else, for a review, those in which a check broke.

    Nothing for the stage's default and for a review that unknown facts alone made.
    """
    standing = [rule for rule in verdict.rules if rule.id not in verdict.waived]
    held = tuple(rule for rule in standing if rule.outcome == "holds" and rule.effect == verdict.decision)
    return held or (tuple(rule for rule in standing if any(breakages(rule))) if verdict.decision == "review" else ())


def waiver(waived: Waived) -> str:
    """Why a rule doesn't count, who answers for it, and until when."""
    ticket = f", {one_line(waived.ticket)}" if waived.ticket else ""
    until = f"{one_line(waived.owner)}{ticket}, until {day(waived.expires)}"
    return f"{one_line(waived.reason, REASON)} ({until})"


def breakages(rule: RuleOutcome) -> Iterator[str]:
    """How checks of this rule broke: "`mutual-connection` (ValueError at people.py:12)"."""
    for finding in rule.findings:
        if finding.error:
            yield f"`{one_line(finding.check)}` ({one_line(finding.error)})"


def lifted(verdict: Verdict) -> tuple[RuleOutcome, ...]:
    """What would speak against it were it not waived, where it is allowed."""
    waived = tuple(rule for rule in verdict.rules if rule.id in verdict.waived)
    return waived if verdict.decision == "allow" else ()


def wanted(verdict: Verdict) -> list[str]:
    """The missing facts that could still change the decision by a rule that waits for them, not by one that lets them pass."""
    lacking = {
        path
        for rule in verdict.rules
        if rule.outcome == "unknown"
        for finding in rule.findings
        for path in finding.missing
    }
    return [path for path in verdict.missing if path in lacking]


def undecided(verdict: Verdict) -> bool:
    """Whether only missing facts made it a review."""
    return verdict.decision == "review" and bool(wanted(verdict)) and not deciding(verdict)


def lacks(verdict: Verdict) -> tuple[str, ...]:
    """The checks that advise how to mend the text: it is ours, and no rule allows it as it is."""
    return tuple(f"no {one_line(item.check)}" for item in verdict.advice if item.check)


def let_pass(verdict: Verdict) -> Iterator[tuple[str, bool]]:
    """The rules that could not look at what was allowed for want of its own facts, and whether something speaks for them."""
    if verdict.decision == "allow":
        for rule in (rule for rule in verdict.rules if rule.id not in verdict.waived):
            lacking = any(not path.startswith("profile.") for finding in rule.findings for path in finding.missing)
            evident = any(finding.evidence for finding in rule.findings)
            if rule.outcome == "ignored" and (lacking or evident):
                yield one_line(rule.id), evident


def evidence(rules: tuple[RuleOutcome, ...]) -> tuple[str, ...]:
    """What the rules rest on, in short: quotes, overlapping ones made one, and reasons where there is nothing to quote."""
    pieces = [piece for rule in rules for finding in rule.findings for piece in finding.evidence]
    return tuple(dict.fromkeys(quote(piece) or one_line(piece.reason) for piece in _merged(pieces)))


def _merged(pieces: list[Evidence]) -> list[Evidence]:
    merged: list[Evidence] = []
    for piece in sorted(pieces, key=lambda piece: (piece.field, piece.start or 0, piece.end or 0)):
        joined = _joined(merged[-1], piece) if merged else None
        merged[-1:] = [joined] if joined else [*merged[-1:], piece]
    return merged


def _joined(first: Evidence, second: Evidence) -> Evidence | None:
    """Two overlapping quotes of one text as one; None where they don't overlap."""
    end, start = first.end, second.start
    if not first.quote or not second.quote or first.field != second.field:
        return None
    if end is None or start is None or start > end:
        return None
    longer = first.quote + second.quote[end - start :]
    return structs.replace(first, end=max(end, second.end or end), quote=longer)


def quote(piece: Evidence) -> str:
    """The quoted text in quotation marks; nothing where there is none."""
    return f"“{one_line(piece.quote)}”" if piece.quote else ""


def place(piece: Evidence) -> str:
    """Where a piece of evidence stands: "note 3–26"."""
    span = "" if piece.start is None or piece.end is None else f" {piece.start}–{piece.end}"
    return f"{one_line(piece.field)}{span}"


def unsupplied(rule: RuleOutcome) -> Iterator[str]:
    """The lists of the profile that this rule needed and nobody supplied."""
    if rule.outcome in {"unknown", "ignored"}:
        for finding in rule.findings:
            yield from (
                one_line(path.removeprefix("profile.")) for path in finding.missing if path.startswith("profile.")
            )
