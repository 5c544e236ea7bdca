from __future__ import annotations

import pytest

from policycheck.builtin.checks.plausible_name import plausible_name
from policycheck.testing import Answer, answer

NAMES = """
Ana Voss
Zoë Brandt
Siobhán Ní Bhriain
Seán O'Brien
Sean O’Brien
Fiona McDonald
Angus MacLeod
Jean-Luc de la Fontaine
María José García y Fernández
João da Silva Sales
Ludwig van der Berg
Karl-Theodor von und zu Hohenstein
Jean DUPONT
KIM Min-jun
LI Wei
J. R. R. Halloway
JP van Wyk
A. P. J. Raman
S Rajesh
Madhavan
Sukarno
王秀英
田中 太郎
田中 | たなか
たなか はなこ
김민준
Seo Yeon-woo
Nguyễn Thị Minh Khai
สมชาย ใจดี
محمد بن سلمان العتيبي
مریم می‌رزا
דוד בן־גוריון
Ольга Ивановна Смирнова
Олександр Шевченко
Γιώργος Παπαδόπουλος
Արամ Խաչատրյան
გიორგი ბერიძე
ᏣᎳᎩ ᏗᎦᏚᎲ
राज कुमार शर्मा
தமிழ்செல்வன் முருகன்
ሀይሌ ገብረ
Ọláyínká Adéwálé
ǃXóõ ǀKaggen
Kahakunoa Keali'ikanaka'oleohaililani
Björk Guðmundsdóttir
Ágnes Nagy-Kovács
İpek Çağlayan
Mentor Krasniqi
Guru Prasad
Rustom Engineer
Homi Doctor
Albert Coach
Roger-Henri Expert
Jack Baker
Ana Maria Sales
Maria Manager
Nguyễn
Ana Voss, MBA
Dr. Ana Voss
Ana Voss, PhD, PMP
Ana Voss (she/her)
Ana Voss | she/her
William "Bill" Gray III
Harold Finch 3rd
John Smith Jr.
Ana Voss | 安娜
Mohamed Ali | محمد علي
Ana Voß-Müller
Pál Ürögdi
D'Angelo M'Bala
X Æ Anders
Gal·la Puig
""".strip().splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_names_of_many_cultures_are_plausible(name: str) -> None:
    answered = answer(plausible_name, {"person": {"name": name}})
    assert answered.holds is True, answered


def said(name: str) -> list[tuple[str, str]]:
    answered: Answer = answer(plausible_name, {"person": {"name": name}})
    assert answered.holds is (not answered.evidence)
    return [(str(evidence.quote), evidence.reason) for evidence in answered.evidence]


@pytest.mark.parametrize(
    ("name", "evidence"),
    [
        ("Jane Roe 777", [("777", "a digit")]),
        ("Jane Roe 𝟟𝟟", [("𝟟𝟟", "a digit")]),
        ("Jane Roe ٣", [("٣", "a digit")]),
        ("J4ne Roe", [("4", "a digit")]),
        ("Jane 🚀🚀 Roe", [("🚀🚀", "an emoji or sign")]),
        ("Jane Roe ✔", [("✔", "an emoji or sign")]),
        ("Jane Roe™", [("™", "an emoji or sign")]),
        ("Jane Roe https://example.org/x y", [("https://example.org/x", "a link or handle")]),
        ("Jane Roe www.example.org", [("www.example.org", "a link or handle")]),
        ("Jane Roe t.me/jane", [("t.me/jane", "a link or handle")]),
        ("janeroe.com", [("janeroe.com", "a link or handle")]),
        ("Jane @janeroe", [("@janeroe", "a link or handle")]),
        ("Jane jane@example.org", [("jane@example.org", "a link or handle")]),
        ("Crypto Jane", [("Crypto", "a trade or title")]),
        ("Crуpto Jane", [("Crуpto", "a trade or title")]),
        ("Jane Roe Growth Expert", [("Growth Expert", "a trade or title")]),
        ("Jane Roe SEO", [("SEO", "a trade or title")]),
        ("Jane Roe, CEO", [("CEO", "a trade or title")]),
        ("Jane Roe - Life Coach", [("Life Coach", "a trade or title")]),
        ("Jane Roe | makes you rich", [("| makes you rich", "a bar with something behind it")]),
        ("JANE ROE", [("JANE ROE", "all in capitals")]),
        ("ЕЛЕНА ПЕТРОВА", [("ЕЛЕНА ПЕТРОВА", "all in capitals")]),
        ("J. ROE-SMITH", [("J. ROE-SMITH", "all in capitals")]),
        ("𝗝𝗔𝗡𝗘 𝗥𝗢𝗘", [("𝗝𝗔𝗡𝗘 𝗥𝗢𝗘", "all in capitals")]),
        ("", [("", "no letter")]),
        ("...", [("...", "no letter")]),
        (
            "JANE 777 CRYPTO",
            [("777", "a digit"), ("CRYPTO", "a trade or title"), ("JANE 777 CRYPTO", "all in capitals")],
        ),
        (
            "Jane Roe | Growth Expert",
            [("Growth Expert", "a trade or title"), ("| Growth Expert", "a bar with something behind it")],
        ),
    ],
)
def test_an_advertisement_is_no_name_and_the_evidence_says_where(name: str, evidence: list[tuple[str, str]]) -> None:
    assert said(name) == evidence


def test_a_name_as_long_as_a_book_is_read_once_and_gives_one_place_of_each_kind() -> None:
    assert [reason for _, reason in said("a1|@" * 100_000)] == [
        "a digit",
        "a link or handle",
        "a bar with something behind it",
    ]
