"""What a phrase list says of a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import combinations

from policycheck import Case, Evidence, Finding, Hit

AT_LEAST = {
    "type": "integer",
    "min": 1,
    "max": 9,
    "meta": {"description": "what the families of phrases found must come to"},
}


HEAVY = 2
"""The weight from which a family is one that hardly anybody writes who doesn't sell, such as a benefit promised."""

ASKED = "pain-point"
"""The family whose phrases count once even where two stand apart: a question about problems names several."""

_SENTENCE_END = re.compile(r"[.!?;:]\s|\n\s*\n")


def points(hits: Iterable[Hit]) -> int:
    """What the families of a list come to in a text: each counts once, and of those that merely support at most two.

    0 where none tells anything by itself.
    """
    families: dict[str, list[Hit]] = {}
    for hit in hits:
        families.setdefault(hit.family, []).append(hit)
    telling = [group[0] for group in families.values() if not group[0].supports]
    if not any(hit.weight > 0 for hit in telling):
        return 0
    return _supported([group for group in families.values() if group[0].supports]) + sum(hit.weight for hit in telling)


def _supported(families: list[list[Hit]]) -> int:
    """What the heaviest family that supports comes to, or the heaviest two that stand apart: one "30%" is not two things."""
    alone = max((group[0].weight for group in families), default=0)
    return max(
        (one[0].weight + two[0].weight for one, two in combinations(families, 2) if _disjoint(one, two)), default=alone
    )


def _disjoint(one: list[Hit], two: list[Hit]) -> bool:
    """Whether a hit of one stands wholly before one of the other, whichever comes first."""
    return any(
        min(hit.end for hit in first) <= max(hit.start for hit in then) for first, then in ((one, two), (two, one))
    )


def sells(case: Case, field: str) -> int:
    """What the list `pitch` comes to in a text, and one more where a family tells two things, each at its own place.

    What only disguised words such as `d3m0` hold counts one less than if it stood there plainly. What speaks against a pitch
    can't cost more than 1 where it is said in one sentence and another holds a heavy family, such as a benefit promised:
    "We're hiring." is the stranger's to add, and who hires says more of it than that.
    """
    text = case.text(field)
    if text is None:
        return 0
    hits, hidden = case.hits("pitch", field), _disguised(case, field)
    plain = _weighed(text.raw, hits)
    return plain + max(0, _weighed(text.raw, (*hits, *hidden)) - plain - 1) if hidden else plain


def _weighed(raw: str, hits: tuple[Hit, ...]) -> int:
    """What the hits come to; where one sentence alone speaks against the list, at least one less than without that sentence."""
    total = points(hits) + bool(_apart(hits))
    if all(hit.weight >= 0 for hit in hits):
        return total
    others = _without_the_excuse(raw, hits)
    heavy = any(hit.weight >= HEAVY for hit in others)
    return max(total, points(others) + bool(_apart(others)) - 1) if heavy else total


def _without_the_excuse(raw: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits outside of the one sentence that speaks against the list; none where several do."""
    ends = [end.start() for end in _SENTENCE_END.finditer(raw)]
    against = [hit for hit in hits if hit.weight < 0]
    if len({bisect_left(ends, hit.start + 1) for hit in against}) > 1:
        return ()
    excused = {bisect_left(ends, place) for hit in against for place in (hit.start + 1, hit.end)}
    return tuple(hit for hit in hits if bisect_left(ends, hit.start + 1) not in excused)


def _apart(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The first two hits of a family that tells by itself, but `ASKED`, which stand apart and are of two phrases."""
    first: dict[str, Hit] = {}
    for hit in hits:
        if hit.weight > 0 and not hit.supports and hit.family != ASKED:
            known = first.setdefault(hit.family, hit)
            if hit.start >= known.end and hit.phrase != known.phrase:
                return known, hit
    return ()


def _disguised(case: Case, field: str) -> tuple[Hit, ...]:
    """The hits of `pitch` in disguised words, of families that none is found of in plain ones: none excuses."""
    plain = {hit.family for hit in case.hits("pitch", field)}
    return tuple(hit for hit in case.hits("pitch, disguised", field) if hit.weight > 0 and hit.family not in plain)


def pitched(case: Case, field: str, at_least: int) -> Finding:
    """Whether a text sells; unknown where the text is not known."""
    total = sells(case, field)
    if total < at_least:
        return unseen(case, field)
    hits = (*case.hits("pitch", field), *_disguised(case, field))
    return Finding(True, evidence(hits, field, _apart(hits) if total == at_least else ()))


def evidence(hits: Iterable[Hit], field: str, both: tuple[Hit, ...] = ()) -> tuple[Evidence, ...]:
    """The longest span of each family that speaks for the list; of the family of `both` these.

    In the order of the text, but what merely supports comes last: a report that has room for three shows what tells.
    """
    best: dict[str, Hit] = {}
    for hit in hits:
        known = best.get(hit.family)
        if hit.weight > 0 and (known is None or hit.end - hit.start > known.end - known.start):
            best[hit.family] = hit
    told = {hit.family for hit in both}
    chosen = (*(hit for hit in best.values() if hit.family not in told), *both)
    ordered = sorted(chosen, key=lambda hit: (hit.supports, hit.start, hit.end, hit.family))
    return tuple(Evidence(field=field, start=hit.start, end=hit.end, reason=hit.what) for hit in ordered)


def unopposed(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits that speak for a list, without those whose end lies in words that speak against it.

    "Saw your talk" is a ground and "saw your profile" none, though both are seen; "saw your profile and your talk" is one again.
    """
    against = [hit for hit in hits if hit.weight < 0]
    return tuple(
        hit for hit in hits if hit.weight > 0 and not any(other.start < hit.end <= other.end for other in against)
    )


def judged(case: Case, phrases: str, field: str, at_least: int) -> Finding:
    """Whether a list's unopposed families come to `at_least` in a text; unknown where the text is not."""
    hits = unopposed(case.hits(phrases, field))
    return Finding(True, evidence(hits, field)) if points(hits) >= at_least else unseen(case, field)


def unseen(case: Case, field: str) -> Finding:
    """Nothing was found: no, or unknown where the text is unknown or longer than what is searched."""
    text = case.text(field)
    return Finding(None, missing=(field,)) if text is None or text.truncated else Finding(False)
