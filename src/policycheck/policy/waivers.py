"""Which rules don't count for whom, from the file that the user gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from policycheck.errors import PolicyError, did_you_mean
from policycheck.model.identity import person_key
from policycheck.model.waiver import Cover, Waiver
from policycheck.policy.document import WAIVERS
from policycheck.policy.load import Policy
from policycheck.policy.schema import check_mapping
from policycheck.policy.strict_yaml import contents, parse
from policycheck.policy.written import Mistake, Written
from policycheck.text.visible import visible

COVERS: tuple[Cover, ...] = ("invitation", "person", "file", "everything")
"""What a waiver can cover, the narrowest first."""


def load_waivers(path: str | Path, policy: Policy) -> tuple[Waiver, ...]:
    """The waivers in a YAML file, in its order.

    PolicyError: every mistake at once, as ``file:line:column: what is wrong; how to mend it``; among them rules that the policy
    doesn't have, and allow rules, of which nothing would get better.
    """
    return waivers_from(contents(str(path)), visible(str(path)), policy)


def waivers_from(text: str | bytes, origin: str, policy: Policy) -> tuple[Waiver, ...]:
    """Read the text of a waivers file; see `load_waivers`."""
    document = parse(text, origin)
    _, wrong = check_mapping(document.data, WAIVERS)
    mistakes = {Mistake(origin, *document.position(path, key), what) for path, key, what in wrong}
    top = Written(document, ())
    listed = top.data.get("waivers") if isinstance(top.data, dict) else None
    items = [top.at("waivers", index) for index in range(len(listed))] if isinstance(listed, list) else []
    mistakes |= {mistake for item in items if isinstance(item.data, dict) for mistake in _mistakes(item, policy)}
    if mistakes:
        raise PolicyError(*map(str, sorted(mistakes)))
    return tuple(map(_waiver, items))


def _mistakes(item: Written, policy: Policy) -> Iterator[Mistake]:
    """What no schema tells: a rule that can't be waived, nobody and nothing covered, a reason that is blank."""
    yield from _of_rule(item, policy)
    yield from _of_cover(item)
    for key in ("reason", "owner", "ticket", "invitation", "file"):
        value = item.data.get(key)
        if isinstance(value, str) and value and not value.strip():
            yield item.at(key).mistake(f"`{key}` is blank; give it a value")


def _of_rule(item: Written, policy: Policy) -> Iterator[Mistake]:
    effects = {rule.id: rule.effect for rule in policy.rules}
    name = item.data.get("rule")
    if not isinstance(name, str) or not name:
        return
    if name not in effects:
        lifted = [rule_id for rule_id, effect in effects.items() if effect != "allow"]
        near = did_you_mean(name, lifted) or f"; `policycheck policy show {policy.identity.id}` lists its rules"
        what = f"the policy `{policy.identity.id}` has no rule `{visible(name)}`{near}"
        yield item.at("rule").mistake(what)
    elif effects[name] == "allow":
        what = f"`{name}` is an allow rule, which stands in nobody's way; waive the deny or review rule that does"
        yield item.at("rule").mistake(what)


def _of_cover(item: Written) -> Iterator[Mistake]:
    given = [key for key in COVERS if key in item.data]
    if len(given) != 1:
        count = "nothing" if not given else " and ".join(f"`{key}`" for key in given)
        which = "`invitation`, `person`, `file`, or `everything: true`"
        yield item.mistake(f"this waiver covers {count}; write exactly one of {which}")
    person = item.data.get("person")
    if isinstance(person, str) and person and not _slug(person):
        what = "the URL leads to no profile; write it as https://www.linkedin.com/in/mia-berg"
        yield item.at("person").mistake(what)
    if item.data.get("everything") is False:
        yield item.at("everything").mistake("`everything` can only be true; say what the waiver covers instead")


def _slug(profile_url: str) -> str:
    """The person's key; nothing for a bare word, which may be a name."""
    return person_key(profile_url) if "/" in profile_url else ""


def _waiver(item: Written) -> Waiver:
    data = item.data
    expires: date = data["expires"]
    cover = next(key for key in COVERS if key in data)
    return Waiver(
        rule=data["rule"],
        cover=cover,
        key=_key(cover, data[cover]),
        reason=" ".join(data["reason"].split()),
        owner=" ".join(data["owner"].split()),
        ticket=" ".join(data["ticket"].split()) if "ticket" in data else None,
        expires=expires,
        where=item.document.where(item.path),
    )


def _key(cover: Cover, value: Any) -> str:
    match cover:
        case "everything":
            return ""
        case "person":
            return _slug(value)
        case "file":
            return str(PurePosixPath(value))
        case "invitation":
            return str(value)
