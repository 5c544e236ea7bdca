"""shows-photo: the profile has a photo."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, check, hookimpl


@check("shows-photo", needs=["person.has_photo"])
def shows_photo(case: Case) -> bool:
    """The person's profile shows a photo.

    Says only that there is one, never what it shows: looks are no fact of this tool.

    Why it matters: help pages and users' reports (as of 2026) agree that a profile without a photo is a sign of an
    account that isn't legitimate. It is not certain alone: there are good reasons to show none.

        Holds::      {person: {has_photo: true}}
        Fails::      {person: {has_photo: false}}
        Unknown::    {person: {}}
    """
    return bool(case.person.has_photo)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [shows_photo]
