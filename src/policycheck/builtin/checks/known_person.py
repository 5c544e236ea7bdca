"""known-person: somebody whom you know."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Evidence, Finding, check, hookimpl

_BASES = frozenset({"the record", "address book", "earlier conversation", "endorsement", "recommendation"})
"""What a reader may say; anything else would be a stranger's words."""

_NAMESAKE = "somebody in your address book has this name, which does not tell whether it is they"


@check(
    "known-person",
    advice="Invite people whom you know. If you do know them, add them to the address book of your profile.",
)
def known_person(case: Case) -> Finding:
    """You know the person.

    Whether you do is settled while reading: by what the record says, and by what your address book, an earlier
    conversation, an endorsement or a recommendation shows; where they disagree, the address book wins. The evidence
    says on what it rests. Being connected, or having had the same employer, is not knowing; a name alone leaves the
    answer unknown.

    Why it matters: until 8 May 2018 members agreed not to "invite people you do not know to join your network"
    (LinkedIn User Agreement, section 8.2). Since then its Professional Community Policies, on spam, say: "Do not use
    our invitation feature to send promotional messages to people you don't know", and the help pages advise to invite
    only people whom one knows and trusts.

        Holds::      {person: {known: true, known_by: address book}}
        Fails::      {person: {known: false}}
        Unknown::    {person: {}}
        Unknown::    {person: {name: Ben Ito, known_by: a namesake in the address book}}
    """
    known, basis = case.person.known, case.person.known_by
    if known is not None:
        shown = basis if basis in _BASES else "the record"
        return Finding(known, (Evidence(field="person.known", reason=f"known from: {shown}"),) if known else ())
    if basis is None or case.person.name is None:
        return Finding(None, missing=("person.known",))
    name = Evidence(field="person.name", start=0, end=len(case.person.name), reason=_NAMESAKE)
    return Finding(None, (name,), missing=("person.profile_url",) if case.person.profile_url is None else ())


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [known_person]
