"""Verdicts as records of the log, and the invitations that they rest on as commitments."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, structs

from policycheck.audit import evidence, records
from policycheck.audit.evidence import Entry
from policycheck.builtin.reporters.report_json import encoded
from policycheck.engine.evaluate import redacted
from policycheck.engine.waive import Weighed
from policycheck.model.identity import person_key
from policycheck.model.invitation import Invitation, Origin
from policycheck.model.profile import Profile
from policycheck.model.verdict import Ledger, RuleOutcome, Run, Verdict

_ROOM = 1_000
"""Bytes of a verdict's record beside the verdict itself, at most."""
_NOWHERE = Origin("")
_encode = msgspec.json.Encoder().encode


class Committed(Struct, frozen=True):
    """A commitment, and the line that opens it."""

    input: str
    entry: bytes
    link: str | None = None


def start(run_id: str, run: Run, waivers: Committed | None) -> bytes:
    """The record that begins a run."""
    return _record("run-start", run_id, encoded(run), f'"waivers":"{waivers.input}",' if waivers else "")


def end(run_id: str, ledger: Ledger) -> bytes:
    """The record that ends a run, with the ledger's counts."""
    told = structs.asdict(ledger)
    counts = {name: count for name, count in told.items() if isinstance(count, int)} | {"not_judged": ledger.not_judged}
    verdicts = ledger.allow + ledger.review + ledger.deny
    return _record("run-end", run_id, encoded({"verdicts": verdicts, "counts": counts}))


def of(run_id: str, verdict: Verdict, invitation: Committed, profile: Committed) -> bytes:
    """The record of a verdict."""
    link = f'"link":"{invitation.link}",' if invitation.link else ""
    inputs = f'"input":"{invitation.input}","profile":"{profile.input}",{link}'
    return _record("verdict", run_id, body(verdict), inputs)


def body(verdict: Verdict) -> str:
    """What a record says of a verdict: no name, no text; where it would be too long, no evidence either."""
    verdict = structs.replace(verdict, origin=structs.replace(verdict.origin, folder=UNSET))  # wherever it lay
    text = encoded(redacted(verdict))
    if len(text) <= records.MAX_BYTES - _ROOM:
        return text
    shortened = structs.replace(verdict, rules=tuple(map(_without_evidence, verdict.rules)))
    return f'{{"shortened":true,{encoded(redacted(shortened))[1:]}'


def committed(invitation: Invitation, salt: bytes, *, keep: bool = False, link_key: bytes | None = None) -> Committed:
    """The commitment to an invitation; `keep` its text with what opens it."""
    data = canonical(invitation)
    person = person_key(invitation.person.profile_url or "")
    sealed = evidence.commitment(salt, data)
    entry = Entry(
        input=sealed,
        salt=salt.hex(),
        id=invitation.id,
        person=evidence.person_of(salt, person) if person else None,
        invitation=Raw(data) if keep else evidence.NOTHING,
    )
    link = hmac.new(link_key, person.encode(), sha256).hexdigest() if link_key and person else None
    return Committed(sealed, evidence.encode(entry), link)


def committed_profile(profile: Profile, salt: bytes) -> Committed:
    """The commitment to what was known of us, and the line that opens it."""
    sealed = evidence.commitment(salt, as_bytes(profile))
    return Committed(sealed, evidence.encode(Entry(input=sealed, salt=salt.hex())))


def committed_waivers(waivers: Weighed, salt: bytes) -> Committed | None:
    """The commitment to the waivers of a run, if it had any: they may name people."""
    if not waivers.waivers:
        return None
    sealed = evidence.commitment(salt, waiver_bytes(waivers))
    return Committed(sealed, evidence.encode(Entry(input=sealed, salt=salt.hex())))


def waiver_bytes(waivers: Weighed) -> bytes:
    """The bytes committed to: all waivers in their order."""
    return as_bytes([waiver for waiver, _ in waivers.waivers])


def canonical(invitation: Invitation) -> bytes:
    """The bytes committed to: the invitation as it was judged, wherever its file lay."""
    return as_bytes(structs.replace(invitation, origin=_NOWHERE))


def as_bytes(value: Any) -> bytes:
    """A value as JSON, always the same for the same value."""
    try:
        return _encode(value)
    except UnicodeEncodeError:  # half a character, which JSON cannot hold
        return encoded(value).encode()


def _record(kind: str, run_id: str, rest: str, more: str = "") -> bytes:
    return f'{{"kind":"{kind}","salt":"{records.salt()}","run":"{run_id}",{more}{rest[1:]}'.encode()


def _without_evidence(rule: RuleOutcome) -> RuleOutcome:
    findings = tuple(structs.replace(finding, evidence=()) for finding in rule.findings)
    return structs.replace(rule, findings=findings)
