"""Setting up a repository: what is found there is used, what is missing is written, and nothing is overwritten."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from policycheck.builtin.commands import _init_files as files
from policycheck.builtin.commands._init_files import Case, Setup
from policycheck.builtin.commands._init_found import Found, Service, above, find, kebab
from policycheck.config.found import OWN, SHARED
from policycheck.config.toml import read
from policycheck.engine.evaluate import evaluate
from policycheck.errors import PolicyError, UsageError
from policycheck.model.invitation import Invitation, Origin, Person
from policycheck.model.profile import Account, Profile
from policycheck.model.verdict import Verdict
from policycheck.policy.load import find_policy, load_policy
from policycheck.policy.profile import load_profile
from policycheck.registry import Registry
from policycheck.text.visible import visible

_KNOWN = "known.jsonl"
_NO_TEXTS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
"""Words that YAML takes for something else."""


def set_up(registry: Registry, *, base: str, service: Service | None, name: str | None, as_of: date) -> Iterator[str]:
    """Set up the working directory; a line about each file, and what to do next.

    Raises UsageError where this is no repository's root or a name is none, PolicyError where no policy is called `base`.
    """
    if above():
        raise UsageError(f"this is the folder `{visible(above())}` of a repository; set up the repository's root")
    find_policy(base, registry.policies)
    found = find(registry, service)
    inputs = found.inputs or (_template_input(),)
    setup = Setup(name=_name(name, found, registry), base=base, inputs=inputs)
    yield from _about_inputs(found)
    if not found.inputs:
        yield _written(files.TEMPLATE, files.template())
    yield from _about_us(setup, found, registry, as_of)
    yield from _pipeline(found.service, setup)
    yield from _next(setup, found)


def _name(name: str | None, found: Found, registry: Registry) -> str:
    if name is not None and kebab(name) != name:
        raise UsageError(f"--name {visible(name)}: is no id; write lower-case words joined by hyphens")
    own = name or found.name
    return f"{own}-outreach" if own in registry.policies or own in _NO_TEXTS else own


def _template_input() -> str:
    """The folder of the first template, unless there is one already, whose other files nobody has asked about."""
    folder = os.path.dirname(files.TEMPLATE)  # noqa: PTH120  # a path within the repository, with slashes
    return files.TEMPLATE if Path(folder).exists() else folder


def _about_inputs(found: Found) -> Iterator[str]:
    yield from (f"found    {path}: holds what is to be judged" for path in found.inputs)
    for path in found.oddly_named:
        yield f"found    {path}: not in the pipeline, for its name; rename it to plain letters and add it there"


def _about_us(setup: Setup, found: Found, registry: Registry, as_of: date) -> Iterator[str]:
    """The policy, its tests, the profile, and the settings that name them; all are left alone where there are settings."""
    settings = _settings()
    if settings:
        yield f"left     {settings}: is there already; what it names decides"
        return
    policy = _place(setup.name, lambda path: load_policy(path, registry))
    profile = _place("us", load_profile)
    tests = f"{files.TESTS}/{setup.name}.yaml"
    yield _written(policy, files.policy(setup))
    yield _written(profile, files.profile(found.names, found.companies))
    yield _written(tests, files.tests(policy, as_of.isoformat(), _cases(policy, registry, as_of)))
    yield _written(OWN, files.config(policy, profile))


def _settings() -> str | None:
    """The configuration that is there already."""
    if os.path.lexists(OWN):
        return OWN
    shared = os.path.lexists(SHARED) and "policycheck" in read(SHARED).data.get("tool", {})
    return SHARED if shared else None


def _place(name: str, load: Callable[[str], object]) -> str:
    """Where a file goes: what is free, or holds such a thing already."""
    for path in (f"{name}.yaml", f"policycheck-{name}.yaml"):
        try:
            if os.path.lexists(path):
                load(path)
        except PolicyError:
            continue
        return path
    raise UsageError(
        f"{name}.yaml, policycheck-{name}.yaml: are other things already; move one of them, or choose --name"
    )


def _cases(policy: str, registry: Registry, as_of: date) -> list[Case]:
    """The first cases of the tests, with what the policy decides today."""
    loaded = load_policy(policy, registry)
    known = Person(name="Mia Berg", known=True)
    cases = []
    for name, note in files.NOTES.items():
        asked = Invitation(id=name, stage="outgoing", origin=Origin(files.TESTS), person=known, note=note)
        account = Account(profile=Profile(blocked_companies=(), blocked_people=()), records=[asked])
        for verdict in evaluate([account], loaded, as_of=as_of):
            if isinstance(verdict, Verdict):
                rules = tuple(rule.id for rule in verdict.rules if rule.outcome == "holds")
                cases.append(Case(name=name, note=note, decision=verdict.decision, rules=rules))
    return cases


def _pipeline(service: Service, setup: Setup) -> Iterator[str]:
    path, text = files.pipeline(service, setup, tested=Path(files.TESTS).is_dir())
    if path == files.GITLAB and os.path.lexists(path):
        path = files.GITLAB_INCLUDED
        yield f"left     {files.GITLAB}: is there already; add to it: include: [{{local: {path}}}]"
    yield _written(path, text)


def _written(path: str, text: str) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return f"left     {path}: is there already"
    return f"written  {path}"


def _next(setup: Setup, found: Found) -> Iterator[str]:
    check = f"policycheck check {' '.join(map(files.quoted, setup.inputs))}"
    yield f"next     {check}"
    if found.inputs:
        yield f"known    {check} --report jsonl={_KNOWN}, and --baseline {_KNOWN} from then on: only what is new counts"
