"""A pitch hidden by other scripts, fancy letters, marks, separators and turned letters is found, and quoted as it was written.

Beside each trick stands a legitimate neighbour: a text that looks alike and hides nothing.
"""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase

import pytest

from policycheck import Text
from policycheck.policy.phrases import shipped_phrases
from policycheck.registry import load
from policycheck.testing import answer
from policycheck.text.phrases import Lexicon

PITCH = "We help agencies get more leads, book a call"
FONTS = {
    "curly": "αႦƈԃҽϝɠԋιʝƙʅɱɳσρϙɾʂƚυʋɯxყȥ",
    "syllabics": "ᗩᗷᑕᗪEᖴGᕼIᒍKᒪᗰᑎOᑭᑫᖇᔕTᑌᐯᗯ᙭Yᘔ",
    "more syllabics": "ᗩᗷᑢᕲᘿᖴᘜᕼᓰᒚKᒪᘻᘉᓍᕵᕴᖇSᖶᑘᐺᘺ᙭ᖻZ",
    "greek and cyrillic": "αв¢∂єƒgнιנкℓмησρqяѕтυνωχуz",
    "armenian": "ąҍçժҽƒցհìʝҟӀʍղօքզɾʂէմѵա×վՀ",
    "armenian and ipa": "ǟɮƈɖɛʄɢɦɨʝӄʟʍռօքզʀֆȶʊʋաӼʏʐ",
    "thai and hebrew": "ค๒ς๔єŦﻮђเןкɭ๓ภ๏קợгรՇยשฬאץչ",
    "ideographs": "卂乃匚ᗪ乇千Ꮆ卄丨ﾌҜㄥ爪几ㄖ卩Ɋ尺丂ㄒㄩᐯ山乂ㄚ乙",
    "kana": "ﾑ乃cd乇ｷgんﾉﾌズﾚﾶ刀oｱq尺丂ｲu√wﾒﾘ乙",
    "currencies": "₳฿₵ĐɆ₣₲ⱧłJ₭Ⱡ₥₦Ø₱QⱤ₴₮ɄV₩ӾɎⱫ",
    "small capitals": "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀsᴛᴜᴠᴡxʏᴢ",
    "superscripts": "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖᑫʳˢᵗᵘᵛʷˣʸᶻ",
    "squares": "🄰🄱🄲🄳🄴🄵🄶🄷🄸🄹🄺🄻🄼🄽🄾🄿🅀🅁🅂🅃🅄🅅🅆🅇🅈🅉",
    "negative squares": "🅰🅱🅲🅳🅴🅵🅶🅷🅸🅹🅺🅻🅼🅽🅾🅿🆀🆁🆂🆃🆄🆅🆆🆇🆈🆉",
    "negative circles": "🅐🅑🅒🅓🅔🅕🅖🅗🅘🅙🅚🅛🅜🅝🅞🅟🅠🅡🅢🅣🅤🅥🅦🅧🅨🅩",
    "flags": "".join(chr(0x1F1E6 + n) for n in range(26)),
}
SCRIPTS = {
    "Cyrillic": dict(zip("abcdefghiklmnoprstuwy", "аЬсԁеғԍһікӏмпоргѕтцԝу", strict=True)),
    "Greek, two letters borrowed": dict(zip("abcdeghiklmnoprstw", "αβϲԁεԍһικӏμηορгѕτω", strict=True)),
    "Armenian, some borrowed": dict(zip("abcdeghiklmnoprstw", "аЬсժҽցհікլмոօքրѕէա", strict=True)),
    "Cherokee": dict(zip("abcdeghiklmnoprstw", "ᎪᏴᏟᎠᎬᏀᎻᎥᏦᏞᎷᏁᎾᏢᎡᏚᎢᎳ", strict=True)),
    "Lisu": dict(zip("abcdeghiklmnoprstw", "ꓮꓐꓚꓓꓰꓖꓧꓲꓗꓡꓟꓠꓳꓑꓣꓢꓔꓪ", strict=True)),
}
UPSIDE_DOWN = dict(zip(ascii_lowercase, "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", strict=True))


@cache
def shipped() -> Lexicon:
    return Lexicon(shipped_phrases())


def spelled(letters: dict[str, str], text: str = PITCH) -> str:
    return "".join(letters.get(char, char) for char in text.lower())


def quotes(text: str) -> set[str]:
    found = shipped().find(Text(text))
    return {text[hit.start : hit.end] for name in ("pitch", "pitch, disguised") for hit in found.get(name, ())}


def hidden(text: str) -> list[str]:
    return [name for name in shipped().find(Text(text)) if name.endswith(", disguised")]


def sells(text: str) -> bool:
    return answer(load().checks["sales-pitch"], {"note": text}).holds is True


@pytest.mark.parametrize("letters", SCRIPTS.values(), ids=SCRIPTS)
def test_a_note_written_wholly_in_look_alikes_is_read_as_it_looks(letters: dict[str, str]) -> None:
    text = spelled(letters)
    assert not set(text) & set(ascii_lowercase)
    assert sells(text)
    assert spelled(letters, "book a call") in quotes(text)


@pytest.mark.parametrize("font", FONTS.values(), ids=FONTS)
def test_fancy_alphabets_are_read_as_the_letters_they_stand_for(font: str) -> None:
    letters = dict(zip(ascii_lowercase, font, strict=True))
    text = spelled(letters)
    assert sells(text)
    assert spelled(letters, "more leads") in quotes(text)


@pytest.mark.parametrize("gap", [" ", "\u200b"])
def test_flags_letter_by_letter_are_letters(gap: str) -> None:
    flags = dict(zip(ascii_lowercase, FONTS["flags"], strict=True))
    text = "  ".join(gap.join(spelled(flags, word)) for word in PITCH.split())
    assert sells(text)
    assert "  ".join(gap.join(spelled(flags, word)) for word in ["book", "a", "call"]) in quotes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Сор, рот, ров, сова: а он тут же стоит, и нас там нет. Вот тема, вот вам ответ.",
        "Тема: рост. Нас трое, мост построен, вот отчет о сносе старого моста.",
        "Ο τόπος και ο νόμος: μια σημείωση για το νησί μας.",
        "Հանդիպեցինք Գյումրիում, շնորհակալ եմ նոր գրքի համար։",
        "ᏏᏲ, ᏙᎯᏧ? ᎣᏏᏉ.",
        "千山の山と川、カフェでフルーツを。メモありがとう。",
        "ครูสอนภาษาไทยที่เชียงใหม่ ขอบคุณค่ะ",
        "קראתי את הספר על אש ועל מים, תודה.",
        "Met you in Ghent 🇧🇪🇳🇱, next stop 🇺🇸 or 🇮🇹!",
        "My book on stamps shows ₦5,000, ₹400, €50k, ₩900, 3€ and £7.",
        "The /ɹɛvənjuː/ of IPA: ʌ, ɐ, ə and ɯ; Azərbaycanda görüşdük.",
        "ŋgɔ, ɛwe kple ɖevi: Eʋegbe.",
    ],
)
def test_texts_in_their_own_scripts_and_signs_hide_nothing(text: str) -> None:
    assert hidden(text) == []
    assert not sells(text)


MARKS = "\u0489\u0488\u05b0\u0652\u0e34\u093c\u0901\u0f71\u3099\u20dd"


@pytest.mark.parametrize("mark", MARKS, ids=ascii)
def test_marks_of_other_scripts_on_latin_letters_are_dropped(mark: str) -> None:
    text = "".join(char + mark for char in PITCH)
    assert Text(text).folded == PITCH.lower()
    assert quotes(text) == {mark.join(quote) for quote in quotes(PITCH)}


def test_a_mark_behind_an_invisible_character_is_dropped_too() -> None:
    assert Text("a \u05b0d\u200b\u05b0emo").folded == "a demo"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("नमस्ते, आपसे मिलकर अच्छा लगा", "नमस्ते, आपसे मिलकर अच्छा लगा"),
        ("শুভেচ্ছা র‍্যাব", "শুভেচ্ছা র্যাব"),
        ("שָׁלוֹם לְכֻלָּם", "שָׁלוֹם לְכֻלָּם"),
        ("سُعِدْتُ بِلِقَائِكَ", "سُعِدْتُ بِلِقَائِكَ"),
        ("สวัสดีค่ะ", "สวัสดีค่ะ"),
        ("がんばりまし\u3099", "がんばりまじ"),
        ("Chào anh, đồng bằng sông Cửu Long", "chao anh, dong bang song cuu long"),
    ],
)
def test_marks_on_letters_of_their_own_script_stay(text: str, folded: str) -> None:
    nfc = Text(folded).folded
    assert Text(text).folded == nfc
    assert sum(map(str.isprintable, nfc)) == len(folded)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("*We* *help* *agencies* *get* *more* *leads*", "more* *leads"),
        ("__We__ __help__ __agencies__ __get__ __more__ __leads__", "more__ __leads"),
        ("We, help, agencies, get, more, leads, book, a, call", "book, a, call"),
        ("We. Help. Agencies. Get. More. Leads.", "Get. More. Leads"),
        ("We | help | agencies | get | more | leads", "help | agencies"),
        ("Dou-ble your rev-enue, we he-lp agen-cies", "he-lp agen-cies"),
        ("We he~lp agen·cies get mo.re le*ads", "mo.re le*ads"),
        ("W.e h.e.l.p a.g.e.n.c.i.e.s g.e.t m.o.r.e l.e.a.d.s", "m.o.r.e l.e.a.d.s"),
        ("W:e h:e:l:p Z:y:x:c:o a:g:e:n:c:i:e:s g:e:t m:o:r:e l:e:a:d:s", "m:o:r:e l:e:a:d:s"),
        ("W e  h e l p  a g e n c i e s  g e t  m o r e  l e a d s", "m o r e  l e a d s"),
        ("A n n i k a,  w e  h e l p  a g e n c i e s  g e t  m o r e  l e a d s", "m o r e  l e a d s"),
        ("A n n i k a , w e h e l p a g e n c i e s g e t m o r e l e a d s", "m o r e l e a d s"),
        ("W3 H31P 4G3NC135 G3T M0R3 L34D5, B00K 4 C4LL", "B00K 4 C4LL"),
    ],
)
def test_words_taken_apart_or_set_apart_are_read_together(text: str, quote: str) -> None:
    assert sells(text)
    assert quote in quotes(text)


@pytest.mark.parametrize(
    "text",
    [
        "My co-founder writes the e-mail newsletter; a follow-up and a re-read are due.",
        "I like Python, Go, Rust, chess, maps, bread, tea and trains.",
        "Yes. No. Maybe. Hello. Thanks. Bye.",
        "Editor | Teacher | Walker | Gardener | Reader",
        "*Really* enjoyed the *second* part of your talk, and _the maps_.",
        "Call 7 0 1 1 7 0 1 1 or 1-8-0-0; D. E. M. and M. O. wrote it",
        "The book and a demo, see for yourself: https://maps.example/talks/demo.html",
        "See www.example.com/a/b-c or mail jo.ann@example.com, 10.04.2026.",
        "Only 4 of us met in B3; Q4 and R2 were 2 of 4, v2 is GR8",
    ],
)
def test_compounds_enumerations_and_abbreviations_hide_nothing(text: str) -> None:
    assert hidden(text) == []
    assert not sells(text)


def test_a_right_to_left_override_is_read_as_it_shows() -> None:
    turned = f"Hi \u202e{PITCH[::-1]}\u202c Ann"
    assert sells(turned)
    assert "llac a koob" in quotes(turned)
    by_word = " ".join(f"\u202e{word[::-1]}\u202c" for word in PITCH.split())
    assert sells(by_word)
    assert "erom\u202c \u202e,sdael" in quotes(by_word)


def test_what_stands_behind_an_override_is_read_as_written_too() -> None:
    assert quotes(f"\u202e{PITCH}") >= quotes(PITCH)


@pytest.mark.parametrize("l_letter", ["l", "ן"])
def test_upside_down_text_is_read_from_its_end(l_letter: str) -> None:
    text = spelled(UPSIDE_DOWN | {"l": l_letter})[::-1]
    assert sells(f"Hello Ann!\n{text}")
    assert "spɐǝl ǝɹoɯ".replace("l", l_letter) in quotes(text)


@pytest.mark.parametrize(
    "text", ["\u202eשלום, נפגשנו בחיפה\u202c", "see you \u202emorrow\u202c", "Kırmızı ışık", "the sign ∀ and ∃"]
)
def test_overrides_and_rare_letters_in_harmless_texts_hide_nothing(text: str) -> None:
    assert hidden(text) == []
    assert not sells(text)
