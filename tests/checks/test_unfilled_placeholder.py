from __future__ import annotations

import pytest

from policycheck.builtin.checks.unfilled_placeholder import unfilled_placeholder
from policycheck.testing import answer


@pytest.mark.parametrize(
    ("note", "quotes"),
    [
        ("Hi {{first_name}}, hello", ["{{first_name}}"]),
        ("Hi {{ first_name | fallback }}", ["{{ first_name | fallback }}"]),
        ("Hi {firstName}, at {company}", ["{firstName}", "{company}"]),
        ("Hi ${name} {role}", ["${name}", "{role}"]),
        ("Hi [Name], [your company] does [SOMETHING]", ["[Name]", "[your company]", "[SOMETHING]"]),
        ("Hi [X] and <X>", ["[X]", "<X>"]),
        ("Hi <First Name>, <company>", ["<First Name>", "<company>"]),
        ("Met at %EVENT%, %first_name%", ["%EVENT%", "%first_name%"]),
        ("Dear *|FNAME|* of {!Account.Name}", ["*|FNAME|*", "{!Account.Name}"]),
        ("{% if x %}Hi{% endif %}", ["{% if x %}", "{% endif %}"]),
        ("{Hi|Hello|Hey there} Anna", ["{Hi|Hello|Hey there}"]),
        ("Hi #FirstName#, %%name%%, __NAME__", ["#FirstName#", "%%name%%", "__NAME__"]),
        ("Dear (First Name), dear ((name))", ["(First Name)", "((name))"]),
        ("[X years] with [Produkt] in [NAME OF CITY]", ["[X years]", "[Produkt]", "[NAME OF CITY]"]),
        ("Hallo [Vorname], bonjour [Prénom], hola {nombre}", ["[Vorname]", "[Prénom]", "{nombre}"]),
    ],
)
def test_the_slots_of_common_tools_are_found(note: str, quotes: list[str]) -> None:
    answered = answer(unfilled_placeholder, {"note": note})
    assert list(answered.quotes) == quotes
    assert {evidence.reason for evidence in answered.evidence} == {"a slot left unfilled"}


@pytest.mark.parametrize(
    ("note", "quotes"),
    [
        ("Hi {{first_name, we met", ["{{first_name"]),
        ("Hi {{first_name}, we met", ["{{first_name}"]),
        ("Hi first_name}}, we met", ["first_name}}"]),
        ("Hi {first_name, we met", ["{first_name"]),
        ("Hi {{}}, we met", ["{{}}"]),
        ("Hi FNAME, we met", ["FNAME"]),
        ("Hi firstName, we met", ["firstName"]),
    ],
)
def test_what_no_tool_will_fill_is_broken_also_in_a_template(note: str, quotes: list[str]) -> None:
    answered = answer(unfilled_placeholder, {"note": note, "stage": "template"})
    assert list(answered.quotes) == quotes
    assert {evidence.reason for evidence in answered.evidence} == {"a slot that no tool will fill"}


@pytest.mark.parametrize(
    "note",
    [
        "See [the slides](https://example.org) and [this][1].",
        "Write to ana [at] example [dot] org.",
        "[Update] the meeting [as you know] is on Friday [sic].",
        "- [x] done\n- [ ] open",
        "![photo](p.png) and footnote [12]",
        '{"name": "Ana"} and {1, 2, 3}',
        "def f(x): return {x for x in y}",
        "f(x) = {x} if x_{name} and \\frac{name}{role}",
        "50% off, not 20%, and 100% sure: 5%5=0",
        "x < 20 and y > 3, a <b>bold</b> word, I <3 it",
        "<https://example.org> or <ana@example.org>",
        "List<Name> and Map[Name]",
        "Senior engineer [m/w/d] at our office",
        "The [PDF] is here",
        "smile :-} and {-: bye",
        "{still open} item",
        "[EDIT] fixed, [MOVED] to Friday, [EN] hello [DE] hallo, see [RFC 2119]",
        "He said [my] work helped [the team], [Company name redacted]",
        "{the team} knows",
        'print(f"{name}") and #{name} and `{name}`',
        "%PATH% and ${HOME} are set",
        "Q&A (your name in lights), (name) and date",
    ],
)
def test_brackets_of_other_kinds_are_left_alone(note: str) -> None:
    answered = answer(unfilled_placeholder, {"note": note})
    assert answered.quotes == ()
    assert answered.holds is False


def test_in_a_template_slots_are_fine_unless_the_tool_does_not_know_them() -> None:
    template = {"note": "Hi {{First Name}} from {{town}}, {Hi|Hello}", "stage": "template"}
    assert answer(unfilled_placeholder, template).holds is False
    answered = answer(unfilled_placeholder, template, {"known": ["first_name"]})
    assert answered.quotes == ("{{town}}",)
