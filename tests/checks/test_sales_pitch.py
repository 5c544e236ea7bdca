from __future__ import annotations

import pytest

from policycheck.builtin.checks.sales_pitch import sales_pitch
from policycheck.testing import answer

PITCH = "We help agencies like yours double their leads. Worth a 15 minute call to show you a demo?"

SPELLINGS = {
    "plain": PITCH,
    "capitals": PITCH.upper(),
    "mathematical": "𝗪𝗲 𝗵𝗲𝗹𝗽 𝗮𝗴𝗲𝗻𝗰𝗶𝗲𝘀 𝗹𝗶𝗸𝗲 𝘆𝗼𝘂𝗿𝘀 𝗱𝗼𝘂𝗯𝗹𝗲 𝘁𝗵𝗲𝗶𝗿 𝗹𝗲𝗮𝗱𝘀.",
    "full-width": "Ｗｅ　ｈｅｌｐ　ａｇｅｎｃｉｅｓ　ｄｏｕｂｌｅ　ｔｈｅｉｒ　ｌｅａｄｓ",
    "zero width": "W\u200be he\u200clp agen\u2060cies dou\ufeffble their leads",
    "soft hyphens": "We he\u00adlp agen\u00adcies dou\u00adble their leads",
    "struck out": "W\u0336e\u0336 h\u0336e\u0336l\u0336p\u0336 a\u0336g\u0336e\u0336n\u0336cies double their leads",
    "Cyrillic": "Wе hеlр аgеnсіеs dоublе thеіr lеаds",
    "small capitals": "ᴡᴇ ʜᴇʟᴘ ᴀɢᴇɴᴄɪᴇꜱ ᴅᴏᴜʙʟᴇ ᴛʜᴇɪʀ ʟᴇᴀᴅꜱ",
    "circled": "Ⓦⓔ ⓗⓔⓛⓟ ⓐⓖⓔⓝⓒⓘⓔⓢ double their leads",
    "line breaks": "We\nhelp\n agencies\n\ndouble their\u00a0leads",
}


@pytest.mark.parametrize("note", [pytest.param(note, id=name) for name, note in SPELLINGS.items()])
def test_a_pitch_is_a_pitch_however_it_is_spelled(note: str) -> None:
    assert answer(sales_pitch, {"note": note}).holds is True


def test_the_evidence_names_each_part_once_with_its_reason_and_exact_quote() -> None:
    answered = answer(sales_pitch, {"note": "Our software cuts the time to hire by 60 %. Can I show you a quick demo?"})
    parts = [(evidence.quote, evidence.reason) for evidence in answered.evidence]
    assert {
        ("Our software", "puts a product or service of the sender forward"),
        ("software cuts", "promises a benefit"),
        ("60 %", "claims a result in figures"),
        ("Can I show", "asks to show what it sells"),
    } <= set(parts)
    assert len({reason for _, reason in parts}) == len(parts)


def test_what_tells_is_shown_before_what_merely_supports() -> None:
    answered = answer(sales_pitch, {"note": "Free on Tuesday for 15 minutes? Our software cuts costs."})
    assert answered.quotes[:2] == ("Our software", "software cuts")
    assert {"on Tuesday", "15 minutes"} & set(answered.quotes[2:])


def test_two_phrases_of_a_family_count_one_more_and_both_are_shown() -> None:
    once = answer(sales_pitch, {"note": "We offer audits."}, {"at_least": 1})
    twice = answer(sales_pitch, {"note": "We offer audits. Our platform is new."}, {"at_least": 2})
    thrice = answer(
        sales_pitch, {"note": "We offer audits. Our platform is new. We're selling pumps."}, {"at_least": 3}
    )
    assert once.quotes == ("We offer",)
    assert twice.quotes == ("We offer", "Our platform")
    assert thrice.holds is False


def test_what_merely_supports_tells_nothing_alone() -> None:
    note = "Are you free on Thursday for a 15 minute call? Let me know. Only 5 seats left!"
    assert answer(sales_pitch, {"note": note}, {"at_least": 1}).holds is False


def test_two_problems_named_count_once() -> None:
    note = "Are you still using spreadsheets? What's your biggest challenge there?"
    assert len(answer(sales_pitch, {"note": note}, {"at_least": 1}).evidence) == 1
    assert answer(sales_pitch, {"note": note}, {"at_least": 2}).holds is False


def test_of_what_merely_supports_two_count() -> None:
    one = "We offer audits. Are you free on Thursday for a 15 minute call?"
    two = "We offer audits. Interested? Are you free on Thursday for a 15 minute call?"
    three = "We offer audits. Interested? Are you free on Thursday for a 15 minute call? Only 5 seats left!"
    assert answer(sales_pitch, {"note": one}, {"at_least": 2}).holds is True
    assert answer(sales_pitch, {"note": one}, {"at_least": 3}).holds is False
    assert answer(sales_pitch, {"note": two}, {"at_least": 3}).holds is True
    assert answer(sales_pitch, {"note": three}, {"at_least": 4}).holds is False


@pytest.mark.parametrize(
    "note",
    [
        "I'm hiring a head of content in Hamburg. Our platform serves many companies. A short call next week?",
        "As an engineer I built tools that cut costs by 30%; my CV is attached. Any openings on your team?",
        "I host a podcast for founders. Would you be our guest? It takes 30 minutes.",
        "For my thesis I'd like to learn how companies like yours increase sales. Do you have 20 minutes?",
        "Our charity helps families and looks for volunteers. Would you be interested?",
    ],
    ids=["recruiter", "job-seeker", "podcast", "research", "good cause"],
)
def test_recruiters_job_seekers_hosts_and_good_causes_sell_nothing(note: str) -> None:
    assert answer(sales_pitch, {"note": note}).holds is False


def test_what_supports_twice_in_one_place_counts_once() -> None:
    twice = "We offer audits that save 30%."
    apart = "We offer audits that save time, and 30% off."
    assert answer(sales_pitch, {"note": twice}, {"at_least": 3}).holds is False
    assert answer(sales_pitch, {"note": apart}, {"at_least": 3}).holds is True


@pytest.mark.parametrize(
    "excuse",
    ["We're hiring.", "1% of our sales goes to charity.", "As heard on my podcast.", "P.S. My CV is attached."],
)
def test_a_friendly_sentence_beside_a_pitch_does_not_excuse_it(excuse: str) -> None:
    pitch = "We help agencies double their leads. Book a 15 minute call?"
    assert answer(sales_pitch, {"note": f"{excuse} {pitch}"}).holds is True
    assert answer(sales_pitch, {"note": f"{pitch}\n\n{excuse}"}).holds is True


def test_a_recruiter_s_boast_is_no_pitch() -> None:
    note = "We're hiring a group leader. We help labs halve the time to a result. May I send you the job description?"
    assert answer(sales_pitch, {"note": note}).holds is False


@pytest.mark.parametrize(
    "note",
    [
        "Здравствуйте! Рад знакомству, мы встречались на конференции.",
        "はじめまして。先日の勉強会でお話しした佐藤です。",
        "سلام، خوشحالم که با شما آشنا شدم؛ می‌خواهم در تماس باشیم.",
        "👋🏽 Merhaba, tanıştığımıza memnun oldum 🙏",
    ],
    ids=["Russian", "Japanese", "Persian", "emoji"],
)
def test_texts_that_the_lists_do_not_speak_are_no_pitch(note: str) -> None:
    assert answer(sales_pitch, {"note": note}, {"at_least": 1}).holds is False


def test_a_text_longer_than_what_is_searched_is_unknown_unless_it_pitches_before() -> None:
    answered = answer(sales_pitch, {"note": "x " * 40_000 + PITCH})
    assert (answered.holds, answered.missing) == (None, ("note",))
    assert answer(sales_pitch, {"note": PITCH + " x" * 40_000}).holds is True
