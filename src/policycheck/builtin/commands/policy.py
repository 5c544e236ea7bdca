"""``policycheck policy list | show``: which policies there are, and what one of them means."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, assert_never

import click

from policycheck.builtin.commands._completing import policies
from policycheck.builtin.commands._session import Session
from policycheck.context import registry_of
from policycheck.errors import PolicycheckError
from policycheck.hookspecs import hookimpl
from policycheck.model.invitation import STAGES
from policycheck.model.verdict import ACTIONS
from policycheck.policy.condition import Condition, Group, Leaf, Named, leaves
from policycheck.policy.load import Policy, Rule, find_policy, policy_from
from policycheck.text.visible import visible

WIDTH = 100


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [policy]


@click.group()
def policy() -> None:
    """List the policies, or show what one means."""


@policy.command("list")
@click.pass_context
def list_policies(ctx: click.Context) -> int:
    """List the policies that are known by name."""
    session = Session(registry_of(ctx))
    registry = session.registry
    for name, source in registry.policies.items():
        try:
            loaded = policy_from(source, registry.checks, registry.policies)
        except PolicycheckError as error:
            session.fail(error.status, *error.messages)
        else:
            title = visible(loaded.title)
            click.echo(f"{name}  {loaded.identity.version}  {title}  ({registry.owners['policies', name]})")
    return session.status


@policy.command(
    epilog="""\b
Examples:
  policycheck policy show pragmatic
  policycheck policy show conservative --yaml > acme.yaml
"""
)
@click.argument("name", metavar="NAME|FILE", shell_complete=policies)
@click.option("--yaml", "as_yaml", is_flag=True, help="Print the file as it is, to start one of your own.")
@click.pass_context
def show(ctx: click.Context, name: str, as_yaml: bool) -> int:
    """Show what a policy means: what it lets pass unseen, its rules by stage, and what they rest on."""
    session = Session(registry_of(ctx))
    registry = session.registry
    try:
        source = find_policy(name, registry.policies)
        loaded = policy_from(source, registry.checks, registry.policies)
        click.echo(source.read().rstrip("\n") if as_yaml else "\n".join(map(visible, _page(loaded))))
    except PolicycheckError as error:
        session.fail(error.status, *error.messages)
    return session.status


def _page(policy: Policy) -> Iterator[str]:
    yield f"{policy.identity.id} {policy.identity.version}: {policy.title}"
    yield policy.identity.digest
    if policy.description:
        yield from ["", *textwrap.wrap(policy.description, WIDTH)]
    yield from ["", "What this policy lets pass unseen, where the facts don't tell:"]
    ignoring = [rule for rule in policy.rules if rule.ignore_unknown]
    yield from (
        f"  {rule.id}: {', '.join(dict.fromkeys(leaf.check.name for leaf in leaves(rule.when)))}" for rule in ignoring
    )
    if not ignoring:
        yield "  nothing"
    if policy.longest_waiver is not None:
        yield from ["", f"Waivers expire at most {policy.longest_waiver:,} days ahead"]
    for stage in STAGES:
        words = ACTIONS[stage]
        yield from [
            "",
            f"{stage}: {words['allow']} / {words['review']} / {words['deny']}; by default {words[policy.defaults[stage]]}",
        ]
        ordered = sorted(policy.rules, key=lambda rule: (("deny", "review", "allow").index(rule.effect), rule.id))
        yield from (line for rule in ordered if stage in rule.stages for line in _rule(rule))
    yield from ["", "Sources"]
    for name, source in policy.sources.items():
        told = "; ".join(str(value) for value in source.values())
        yield from textwrap.wrap(f"{name}: {told}", WIDTH, initial_indent="  ", subsequent_indent="    ")


def _rule(rule: Rule) -> Iterator[str]:
    yield f"  {rule.effect:<6}  {rule.id}"
    yield from textwrap.wrap(rule.because, WIDTH, initial_indent=" " * 10, subsequent_indent=" " * 10)
    yield from textwrap.wrap(f"when {_words(rule.when)}", WIDTH, initial_indent=" " * 10, subsequent_indent=" " * 12)


def _words(condition: Condition, inside: bool = False) -> str:
    """A condition as one would say it; definitions are written out."""
    match condition:
        case Leaf(check=check, parameters=parameters):
            given = ", ".join(f"{key} {_value(value)}" for key, value in sorted(parameters.items()))
            return f"{check.name} ({given})" if given else check.name
        case Named(part=part):
            return _words(part, inside)
        case Group(kind="not", parts=(part,)):
            return f"not {_words(part, True)}"
        case Group(kind=kind, parts=parts, count=count):
            joined = {"all": " and ", "any": " or "}.get(kind, ", ").join(_words(part, True) for part in parts)
            text = f"at least {count} of: {joined}" if kind == "at-least" else joined
            return f"[{text}]" if inside and len(parts) > 1 else text
        case _:
            assert_never(condition)


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
