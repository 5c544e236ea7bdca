"""The checks that ask what a note gives: context, value, expectations."""

from __future__ import annotations

import pytest

from policycheck.builtin.checks.offers_context import offers_context
from policycheck.builtin.checks.shares_value import shares_value
from policycheck.builtin.checks.states_expectations import states_expectations
from policycheck.testing import answer


@pytest.mark.parametrize(
    "note",
    [
        "It was good to meet you in Ghent.",
        "Ines Mora suggested that I write to you.",
        "Your talk on tide gauges was a delight.",
        "Congratulations on the prize!",
        "Es war schön, Sie auf der Messe kennenzulernen.",
        "J'ai lu votre article sur les haies.",
        "Tenemos un amigo en común.",
        "Parabéns pelo novo cargo!",
        "Ci siamo conosciuti a Trieste.",
        "Gefeliciteerd met je nieuwe baan!",
    ],
)
def test_what_connects_the_two_is_context(note: str) -> None:
    assert answer(offers_context, {"note": note}).holds is True


@pytest.mark.parametrize(
    "note",
    [
        "I came across your profile and would be glad to connect.",
        "Impressive career! Let's connect.",
        "I see that you are head of sales.",
        "Ihr Profil hat mich beeindruckt.",
        "Votre parcours est impressionnant.",
        "",
    ],
)
def test_praise_and_a_profile_come_across_are_no_context(note: str) -> None:
    assert answer(offers_context, {"note": note}).holds is False


@pytest.mark.parametrize(
    ("fits_everybody", "is_theirs"),
    [
        ("I saw your profile.", "I saw your profile and your talk on tide gauges."),
        ("I saw that you work at Vela.", "I saw that you work at Vela and just opened a yard."),
        ("I would love to hear your thoughts on pumps.", "I would love to discuss your thoughts on pumps."),
        ("Ich habe gesehen, dass Sie als Lotse arbeiten.", "Ich habe gesehen, dass Sie ein zweites Boot suchen."),
        ("J'ai vu que vous travaillez au port.", "J'ai vu que vous cherchez un pilote."),
        ("Vi que trabajas en el puerto.", "Vi que buscas un piloto."),
        ("Vi que você trabalha no porto.", "Vi que você busca um piloto."),
        ("Ho visto che lavori come pilota.", "Ho visto che cerchi un pilota."),
        ("Ik zag dat je als loods werkt.", "Ik zag dat je een loods zoekt."),
    ],
)
def test_a_ground_counts_unless_it_ends_in_what_fits_everybody(fits_everybody: str, is_theirs: str) -> None:
    assert answer(offers_context, {"note": fits_everybody}).holds is False
    assert answer(offers_context, {"note": is_theirs}).holds is True


def test_two_grounds_can_be_asked_for() -> None:
    note = "We met at the harbour day, and I read your article on tide gauges."
    assert answer(offers_context, {"note": note}, {"at_least": 2}).holds is True
    assert answer(offers_context, {"note": "We met at the harbour day."}, {"at_least": 2}).holds is False


@pytest.mark.parametrize(
    "note",
    [
        "Here is the checklist: https://example.org/list",
        "I wrote a guide on pruning; happy to send it.",
        "I can introduce you to the harbour master.",
        "We help shops double their sales. I wrote a guide on prices, a read of 5 minutes. Want me to send it?",
        "Anbei der Leitfaden zur Förderung.",
        "Je vous partage cette étude.",
        "Te comparto esta guía.",
    ],
)
def test_a_resource_or_an_introduction_is_of_value(note: str) -> None:
    assert answer(shares_value, {"note": note}).holds is True


@pytest.mark.parametrize(
    "note",
    [
        "Would love to share ideas.",
        "Happy to help.",
        "We help shops double their sales. Here is the link, book a 15 minute call: https://example.org",
        "We help shops double their sales. I wrote a guide on prices. Worth a quick call, 15 minutes this week?",
        "We help shops double their sales. I wrote a guide on prices, for $40.",
        "Could you share the article with your team?",
        "Would love to share how our platform works.",
        "",
    ],
)
def test_a_bare_offer_and_a_pitch_with_a_link_are_of_no_value(note: str) -> None:
    assert answer(shares_value, {"note": note}).holds is False


@pytest.mark.parametrize(
    "note",
    [
        "I post a recipe every Friday.",
        "You'll hear from me once a month.",
        "I will never send you sales mail.",
        "I will get back to you within two days.",
        "Ich schreibe einmal im Monat über Arbeitsrecht.",
        "Je publie un billet par mois.",
        "Publico cada semana un consejo.",
        "Publico um texto por mês.",
        "Pubblico un articolo al mese.",
        "Ik plaats elke maand een stuk.",
    ],
)
def test_what_will_come_and_how_often_is_an_expectation(note: str) -> None:
    assert answer(states_expectations, {"note": note}).holds is True


@pytest.mark.parametrize("note", ["Happy to share more.", "No pitch, I promise!", "Let's stay in touch.", ""])
def test_an_offer_and_a_disclaimer_promise_nothing(note: str) -> None:
    assert answer(states_expectations, {"note": note}).holds is False
