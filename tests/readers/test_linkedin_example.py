"""The bundled export: invented, of the newest era, and whole."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from exports import Reading, reading

EXAMPLE = Path(__file__).parents[2] / "examples" / "linkedin-export"


@pytest.fixture(scope="module")
def example() -> Reading:
    return reading(EXAMPLE)


def test_the_example_reads_without_a_fault(example: Reading) -> None:
    assert example.unreadable == []
    assert example.account.id == "ana-voss-20417"
    stages = Counter(invitation.stage for invitation in example.invitations.values())
    assert stages == {"incoming": 41, "outgoing": 17, "connected": 12}
    assert example.not_judged == {
        "closed member": 2,
        "conversation with no connection": 1,
        "draft": 1,
        "file that is not read": 1,
        "group conversation": 1,
        "message of a closed member": 1,
        "no conversation": 46,
        "sponsored mail": 2,
    }


def test_the_example_shows_each_basis_that_an_export_gives(example: Reading) -> None:
    invitations = example.invitations.values()
    assert {i.person.known_by for i in invitations} == {None, "earlier conversation", "endorsement"}
    assert {i.accepted for i in invitations if i.stage == "incoming"} == {True, None}
    assert {i.accepted for i in invitations if i.stage == "outgoing"} == {True, None}
    emails = {contact.email for contact in example.account.profile.address_book or ()} - {None}
    assert [i.id for i in invitations if i.person.email in emails] == ["Invitations.csv:31"]


def test_every_profile_in_the_example_is_invented() -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(EXAMPLE.glob("*.csv")))
    slugs = re.findall(r"linkedin\.com/in/([^,\s\"]+)", text)
    assert len(slugs) > 200
    assert [slug for slug in slugs if not re.search(r"-[0-9]{5}$", slug)] == []
