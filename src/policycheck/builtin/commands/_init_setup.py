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
_US = "us"
_NO_TEXTS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
"""Words that YAML takes for something else."""


def set_up(
    registry: Registry, *, folder: str, base: str, service: Service | None, name: str | None, as_of: date
) -> Iterator[str]:
    """Set up the working directory, which the user named `folder`; a line about each file, and what to do next.

    Raises UsageError where this is no repository's root or a name is none, PolicyError where no policy is called `base`.
    """
    if above():
        raise UsageError(f"this is the folder `{visible(above())}` of a repository; set up the repository's root")
    find_policy(base, registry.policies)
    found = find(registry, service)
    template = _template()
    inputs = found.inputs or (str(Path(template).parent),)
    setup = Setup(name=_name(name, found, registry), base=base, inputs=inputs)
    yield from (f"{word:<8} {what}" for word, what in found.told)
    if not found.inputs:
        yield _written(template, files.template())
    yield from _about_us(setup, found, registry, as_of)
    yield from _pipeline(found.service, setup)
    yield from _next(setup, found, folder)


def _name(name: str | None, found: Found, registry: Registry) -> str:
    if name is not None and kebab(name) != name:
        raise UsageError(f"--name {visible(name)}: is no id; write lower-case words joined by hyphens")
    own = name or found.name
    taken = {*registry.policies, _US, *_NO_TEXTS}
    return f"{own}-outreach".lstrip("-") if own in taken or not own else own


def _template() -> str:
    """Where a first template goes: into a folder of its own."""
    folder = "templates" if not os.path.lexists("templates") else "policycheck-templates"
    return f"{folder}/{files.TEMPLATE}"


def _about_us(setup: Setup, found: Found, registry: Registry, as_of: date) -> Iterator[str]:
    """The policy, its tests, the profile, and the settings that name them; all are left alone where there are settings."""
    settings = _settings()
    if settings:
        yield f"left     {settings}: is there already; what it names decides"
        return
    policy = _place(setup.name, lambda path: load_policy(path, registry))
    profile = _place(_US, load_profile)
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
    raise UsageError(f"{name}.yaml, policycheck-{name}.yaml: are other things already; move one of them")


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
    if os.path.lexists(path):
        missing = [one for one in setup.inputs if files.quoted(one) not in _text(path)]
        more = f"; it does not name {', '.join(missing)}, so add that" if missing else ""
        yield f"left     {path}: is there already{more}"
    else:
        yield _written(path, text)
        yield f"note     {path} installs {files.REQUIREMENT} from your package index; have it otherwise, and change that line"
        if any(os.path.isfile(one) for one in setup.inputs):
            yield f"note     {path} names the files that are there today; add what comes beside them, or keep them in a folder"


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _written(path: str, text: str) -> str:
    """Write a file that is not there. Raises UsageError where its folder is a link that leads elsewhere."""
    if not Path(os.path.realpath(Path(path).parent)).is_relative_to(Path.cwd().resolve()):
        raise UsageError(f"{path}: a link leads out of this folder; delete the link, or set up the folder it leads to")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return f"left     {path}: is there already"
    return f"written  {path}"


def _next(setup: Setup, found: Found, folder: str) -> Iterator[str]:
    there = "" if folder == "." else f"cd {files.quoted(folder)} && "
    check = f"policycheck check {' '.join(map(files.quoted, setup.inputs))}"
    yield f"next     {there}{check}"
    if found.inputs:
        yield f'known    {check} --report jsonl={_KNOWN}, then `baseline = "{_KNOWN}"` in the settings: only what is new counts'
