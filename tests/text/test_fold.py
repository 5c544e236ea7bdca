"""The folded view of a text, and the way back to the raw one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import LINEAR, growth
from policycheck import Text
from policycheck.text.fold import LIMIT, fold

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
INVISIBLE = ["", "\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d", "\ufe0f", "\u034f", "\u0336", "\U000e0061"]


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("Book a Call", "book a call"),
        ("𝗯𝗼𝗼𝗸 𝒂 𝕔𝖆𝓁𝓵", "book a call"),
        ("ｂｏｏｋ　ａ　ｃａｌｌ", "book a call"),
        ("b\u200boo\u00adk a\u00a0ca\u2060ll", "book a call"),
        ("b\u0336o\u0336o\u0336k a call", "book a call"),
        ("bооk а саll", "book a call"),
        ("βοοκ the call", "book the call"),
        ("Ⓑⓞⓞⓚ 🅱🅾🅾🅺 ʙᴏᴏᴋ", "book book book"),
        ("book\n\n  a\tcall", "book a call"),
        ("Größe, Straße, réunion, señor, Łódź, smørrebrød", "grosse, strasse, reunion, senor, lodz, smorrebrod"),
        ("re\u0301union", "reunion"),
        ("l’entreprise — “yes” … ‚so‘", "l'entreprise - \"yes\" ... 'so'"),
        ("ravi(e) de", "ravi de"),
        ("", ""),
    ],
)
def test_spellings_fold_to_what_they_are_read_as(raw: str, folded: str) -> None:
    assert fold(raw) == folded


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("30%", "#%"),
        ("30 %", "#%"),
        ("30,5 percent", "#%"),
        ("20 Prozent", "#%"),
        ("30-50%", "#%"),
        ("10x, 3-fold, x2, 4×", "#x, #x, #x, #x"),
        ("10,000 teams", "# teams"),
        ("1 200,50 Stück", "# stuck"),
        ("40+ clients", "# clients"),
        ("15-20 minutes", "# minutes"),
        ("15min", "# min"),
        ("$50k, 300 €, EUR 20, 5 dollars", "$#, $#, $#, $#"),
        ("٣٠٪ or ３０%", "#٪ or #%"),
        ("We are #1", "we are #"),
        ("B2B, GPT4, h1", "b2b, gpt4, h1"),
        ("24/7 at 9:30", "#/# at #:#"),
    ],
)
def test_numbers_fold_to_their_kind(raw: str, folded: str) -> None:
    assert fold(raw) == folded


@pytest.mark.parametrize(
    "text",
    [
        "Привет, это мой сор и рост",
        "Здравствуйте! Мы познакомились на конференции в Москве",
        "Καλημέρα, χάρηκα για τη γνωριμία",
        "Բարև, ուրախ եմ ծանոթանալու համար",
        "佐藤さん、はじめまして。がんばりましょう",
        "안녕하세요, 반갑습니다",
        "नमस्ते, आपसे मिलकर अच्छा लगा",
        "مرحبا، سعدت بلقائك",
        "שלום, נעים מאוד",
    ],
)
def test_texts_of_other_scripts_keep_their_letters(text: str) -> None:
    plain = (
        unicodedata.normalize("NFD", text.casefold()).replace("\u0301", "").replace("\u0306", "").replace("\u0308", "")
    )
    kept = "".join(c for c in unicodedata.normalize("NFC", plain) if c.isalpha())
    assert "".join(c for c in fold(text) if c.isalpha()) == kept


def test_persian_joiners_and_emoji_are_left_out_of_matching_only() -> None:
    text = Text("می‌خواهم 👩‍💻 کنیم")
    assert text.raw == "می‌خواهم 👩‍💻 کنیم"
    assert text.folded == "میخواهم کنیم"


def test_look_alikes_are_read_as_latin_only_where_the_text_is() -> None:
    assert fold("Worth a саll?") == "worth a call?"
    assert fold("Это сор") == "это сор"
    assert fold("Worth a сор call with us") == "worth a cop call with us"


@given(ANYTHING)
def test_folding_is_total_and_gives_what_an_automaton_can_read(text: str) -> None:
    folded = fold(text)
    folded.encode()
    assert "  " not in folded
    assert not {"\n", "\t", "\x00", "\u200b"} & set(folded)


@given(ANYTHING)
def test_every_folded_span_leads_back_into_the_text(raw: str) -> None:
    text = Text(raw)
    spans = [text.span(i, i + 1) for i in range(len(text.folded))]
    assert all(0 <= start < end <= len(raw) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    assert [end for _, end in spans] == sorted(end for _, end in spans)
    for i in range(0, len(spans), 7):
        assert text.span(i, len(spans)) == (spans[i][0], spans[-1][1])


@given(ANYTHING, ANYTHING, st.lists(st.sampled_from(INVISIBLE), min_size=10, max_size=10))
def test_the_quote_of_words_spelled_to_slip_through_is_exactly_what_was_written(
    before: str, after: str, between: list[str]
) -> None:
    written = "".join(char + gap for char, gap in zip("book a call", [*between, ""], strict=True))
    text = Text(f"{before}\n(){written}() {after}")
    start = text.folded.index("()book a call()") + 2
    first, last = text.span(start, start + len("book a call"))
    assert text.raw[first:last] == written


def test_what_lies_beyond_the_limit_is_not_folded_and_the_text_says_so() -> None:
    text = Text("x" * LIMIT + " book a call")
    assert (len(text.folded), text.truncated) == (LIMIT, True)
    assert not Text("x" * LIMIT).truncated


@pytest.mark.parametrize(
    "piece",
    ["\u0301\u0327", "\ufdfa", "1 111", "1,1.", "  \n", "a(e)", "а", "а b", "\u1100\u1161"],
    ids=["marks", "ligatures", "thousands", "decimals", "blanks", "endings", "cyrillic", "mixed", "jamo"],
)
def test_hostile_texts_fold_in_time_linear_in_their_length(piece: str) -> None:
    def folded(hostile: str) -> None:
        text = Text(hostile)
        text.span(0, len(text.folded))

    assert growth(LIMIT // 4, lambda size: "a" + piece * (size // len(piece)), folded) < LINEAR
