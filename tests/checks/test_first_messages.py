"""The checks of what they wrote after connecting."""

from __future__ import annotations

from typing import Any

import pytest

from growth import LINEAR, growth
from policycheck import Case
from policycheck.builtin.checks._first_messages import first_messages
from policycheck.builtin.checks.offers_nothing import offers_nothing
from policycheck.builtin.checks.pitched_after_connecting import pitched_after_connecting
from policycheck.testing import Answer, answer, case_of

PITCH = "We help agencies like yours double their leads. Worth a 15 minute call for a demo?"
HELLO = "Thanks for connecting! How are you?"
BUMP = "Just checking in."


def wrote(text: str | None, day: int | None, sender: str | None = "them") -> dict[str, Any]:
    message = {"from": sender, "sent_at": None if day is None else f"2026-06-{day:02}T23:59:00Z", "text": text}
    return {key: value for key, value in message.items() if value is not None}


def facts(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"stage": "connected", "connected_on": "2026-06-01", "messages": list(messages)} | more


def pitched(*messages: dict[str, Any], parameters: dict[str, int] | None = None, **more: Any) -> Answer:
    return answer(pitched_after_connecting, facts(*messages, **more), parameters)


def test_a_pitch_counts_up_to_the_last_of_the_days() -> None:
    assert pitched(wrote(PITCH, 15)).holds is True
    assert pitched(wrote(PITCH, 16)).holds is False
    assert pitched(wrote(PITCH, 16), parameters={"days": 15}).holds is True


def test_the_evidence_lies_in_the_message_that_pitches() -> None:
    answered = pitched(wrote(HELLO, 2), wrote(PITCH, 3))
    assert {evidence.field for evidence in answered.evidence} == {"messages[1].text"}


def test_only_their_first_messages_count() -> None:
    later = [wrote(HELLO, 2), wrote(HELLO, 3), wrote(HELLO, 4), wrote(PITCH, 5)]
    assert pitched(*later).holds is False
    assert pitched(*later, parameters={"first": 4}).holds is True
    between = [wrote(HELLO, 2), wrote("Hi!", 2, "us"), wrote(HELLO, 3, "us"), wrote(PITCH, 5)]
    assert pitched(*between).holds is True


def test_what_was_written_before_connecting_is_no_message_after_it() -> None:
    before = {"from": "them", "sent_at": "2026-05-31T09:00:00Z", "text": PITCH}
    assert pitched(before).holds is False
    assert pitched(before, before, before, wrote(PITCH, 2)).holds is True


def test_the_invitation_s_own_note_come_back_is_left_out() -> None:
    returned = wrote(PITCH.replace(" ", "  "), 1)
    assert pitched(returned, note=PITCH).holds is False
    assert pitched(returned, wrote(PITCH, 2), note=PITCH).holds is True
    assert pitched(returned, note="").holds is True
    assert pitched(returned, wrote(HELLO, 2), wrote(HELLO, 3), wrote(PITCH, 4), note=PITCH).holds is True


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (facts(wrote(PITCH, 1)), ("note",)),
        (facts(wrote(PITCH, None), note=""), ("messages[0].sent_at",)),
        (facts(wrote(PITCH, 2, None), note=""), ("messages[0].from",)),
        (facts(wrote(None, 2), note=""), ("messages[0].text",)),
        (facts(wrote(PITCH, 2), note="", connected_on=None), ("connected_on",)),
        ({"stage": "connected"}, ("messages",)),
    ],
    ids=["note", "time", "sender", "text", "day of connecting", "messages"],
)
def test_what_could_still_make_it_a_pitch_is_named(given: dict[str, Any], missing: tuple[str, ...]) -> None:
    answered = answer(pitched_after_connecting, {key: value for key, value in given.items() if value is not None})
    assert (answered.holds, answered.missing) == (None, missing)


def test_what_is_unknown_of_a_message_that_does_not_pitch_makes_no_difference() -> None:
    assert pitched(wrote(HELLO, None, None)).holds is False
    assert answer(pitched_after_connecting, facts(wrote(HELLO, 1)) | {"connected_on": "2026-06-01"}).holds is False


@pytest.mark.parametrize("stage", ["incoming", "outgoing", "template"])
def test_only_connections_are_looked_at(stage: str) -> None:
    given = facts(wrote(PITCH, 2)) | {"stage": stage}
    assert answer(pitched_after_connecting, given).holds is False
    assert answer(offers_nothing, facts(wrote(HELLO, 2), wrote(BUMP, 3)) | {"stage": stage}).holds is False


@pytest.mark.parametrize(
    ("messages", "holds"),
    [
        ([HELLO, BUMP], True),
        ([HELLO, PITCH], True),
        ([HELLO, f"I saw your profile. {PITCH}"], True),
        ([HELLO, "👍"], True),
        (["Hallo Ana, danke fürs Vernetzen!", "Ich wollte kurz nachhaken."], True),
        ([HELLO], False),
        ([HELLO, "Here is the guide that I mentioned: https://example.org/guide"], False),
        ([HELLO, "Your talk on tide gauges was a delight."], False),
        ([HELLO, "The harbour was closed all week, so I painted the boat."], False),
    ],
    ids=[
        "bump",
        "pitch",
        "pitch, profile",
        "emoji",
        "German",
        "one message",
        "value",
        "context",
        "a sentence of its own",
    ],
)
def test_it_holds_only_where_everything_they_wrote_is_empty(messages: list[str], holds: bool) -> None:
    given = facts(*(wrote(text, number) for number, text in enumerate(messages, start=2)))
    assert answer(offers_nothing, given).holds is holds


def test_a_word_of_ours_makes_it_a_conversation() -> None:
    assert answer(offers_nothing, facts(wrote(HELLO, 2), wrote(BUMP, 3), wrote("Hi!", 30, "us"))).holds is False
    answered = answer(offers_nothing, facts(wrote(HELLO, 2), wrote(BUMP, 3), wrote("Hi!", 30, None)))
    assert (answered.holds, answered.missing) == (None, ("messages[2].from",))


def test_what_could_still_fill_it_is_named() -> None:
    answered = answer(offers_nothing, facts(wrote(HELLO, 2), wrote(BUMP, 3), wrote(None, 4)))
    assert (answered.holds, answered.missing) == (None, ("messages[2].text",))
    answered = answer(offers_nothing, facts(wrote(HELLO, 2), wrote(BUMP, None)))
    assert (answered.holds, answered.missing) == (None, ("messages[1].sent_at",))


def test_a_message_of_thousands_of_pleasantries_is_judged_in_linear_time() -> None:
    def case(count: int) -> Case:
        made = case_of(facts(wrote("Thanks for connecting! " * count, 2), wrote(BUMP, 3)))
        assert made.hits("filler", "messages[0].text")
        return made

    assert growth(500, case, lambda case: offers_nothing(case, days=14, at_least=2)) < LINEAR


def test_the_note_is_taken_apart_once_whatever_the_number_of_messages() -> None:
    def firsts(size: int) -> None:
        case = case_of(facts(*[wrote(BUMP, 1)] * size, note="word " * 20 * size))
        assert len(list(first_messages(case, 14, 3))) == size

    assert growth(500, int, firsts) < LINEAR
