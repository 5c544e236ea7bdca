from __future__ import annotations

import pytest

from growth import LINEAR, growth
from policycheck import Case
from policycheck.builtin.checks.stock_note import stock_note
from policycheck.testing import answer, case_of

STOCK = {
    "English": "I'd like to add you to my professional network on LinkedIn.",
    "English, to join": "I'd like to join your LinkedIn network.",
    "English, of old": "Since you are a person I trust, I wanted to invite you to join my network on LinkedIn.",
    "German": "Ich möchte Sie gerne zu meinem beruflichen Netzwerk auf LinkedIn hinzufügen.",
    "French": "Je souhaiterais vous ajouter à mon réseau professionnel sur LinkedIn.",
    "Spanish": "Me gustaría añadirte a mi red profesional en LinkedIn.",
    "Portuguese": "Gostaria de adicioná-lo à minha rede profissional no LinkedIn.",
    "Italian": "Vorrei aggiungerti alla mia rete professionale su LinkedIn.",
    "Dutch": "Ik wil je graag toevoegen aan mijn professionele netwerk op LinkedIn.",
    "Swedish": "Jag vill gärna lägga till dig i mitt professionella nätverk på LinkedIn.",
    "Danish": "Jeg vil gerne føje dig til mit professionelle netværk på LinkedIn.",
    "Norwegian": "Jeg vil gjerne legge deg til i det profesjonelle nettverket mitt på LinkedIn.",
    "Finnish": "Haluaisin lisätä sinut ammatilliseen verkostooni LinkedInissä.",
    "Polish": "Chciałbym dodać Cię do mojej sieci kontaktów zawodowych na LinkedIn.",
    "Czech": "Rád bych vás přidal do své profesní sítě na LinkedIn.",
    "Romanian": "Aș dori să vă adaug în rețeaua mea profesională pe LinkedIn.",
    "Turkish": "Sizi LinkedIn'deki profesyonel ağıma eklemek istiyorum.",
    "Indonesian": "Saya ingin menambahkan Anda ke jaringan profesional saya di LinkedIn.",
    "Russian": "Я хотел бы добавить вас в мою профессиональную сеть LinkedIn.",
    "Ukrainian": "Я хотів би додати вас до моєї професійної мережі у LinkedIn.",
    "Japanese": "LinkedInで私のプロフェッショナルネットワークに追加させてください。",
    "Chinese": "我想将您加入我的职业人脉网络。",
    "Arabic": "أود إضافتك إلى شبكتي المهنية على لينكد إن.",
}


@pytest.mark.parametrize("note", [pytest.param(note, id=language) for language, note in STOCK.items()])
def test_the_stock_text_is_known_in_many_languages(note: str) -> None:
    assert answer(stock_note, {"note": note}).holds is True


@pytest.mark.parametrize(
    "note",
    [
        "",
        "  \n",
        "Hi Mia, I'd like to add you to my professional network on LinkedIn. - Ana Voss",
        "Dear Ms Berg,\nI'd like to join your LinkedIn network.\nBest regards\nAna Voss",
        "Bonjour {{prenom}}, je serais ravi(e) de vous ajouter à mon réseau professionnel. Cordialement",
    ],
)
def test_an_empty_note_and_a_greeting_name_or_signature_change_nothing(note: str) -> None:
    assert answer(stock_note, {"note": note}).holds is True


@pytest.mark.parametrize(
    "note",
    [
        "I'd like to add you to my professional network on LinkedIn. We met at the harbour day.",
        "We share a desk. I'd like to join your LinkedIn network.",
        "I'd like to connect with you.",
        "Let's connect!",
    ],
)
def test_a_sentence_of_ones_own_makes_it_no_stock_text(note: str) -> None:
    assert answer(stock_note, {"note": note}).holds is False


def test_the_evidence_is_the_stock_text_without_what_stands_around_it() -> None:
    answered = answer(stock_note, {"note": "Hi Mia, I'd like to join your LinkedIn network. Ana"})
    assert [(e.quote, e.reason) for e in answered.evidence] == [
        ("I'd like to join your LinkedIn network", "is the site's own text")
    ]


@pytest.mark.parametrize("beside", ["Hi {{name}} ", "I'd like to join your LinkedIn network. "])
def test_a_note_of_many_slots_and_stock_texts_is_searched_in_linear_time(beside: str) -> None:
    def case(count: int) -> Case:
        made = case_of({"note": beside * count + "I'd like to join your LinkedIn network. " * count + "no"})
        made.hits("stock")
        return made

    assert growth(40, case, stock_note) < LINEAR
