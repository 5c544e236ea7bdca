"""The files that ``policycheck init`` writes, as texts."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from typing import assert_never

from msgspec import Struct

from policycheck import __version__
from policycheck.builtin.commands._init_found import Service
from policycheck.text.visible import visible

HEAD = "# Written by `policycheck init`; it is yours now.\n"
TESTS = "policy-tests"
TEMPLATE = "after-an-event.md"
GITHUB = ".github/workflows/policycheck.yml"
GITLAB = ".gitlab-ci.yml"
GITLAB_INCLUDED = ".gitlab/policycheck.yml"
PLAIN = "policycheck.sh"
REQUIREMENT = f"policycheck=={__version__}"
_PYTHON = "3.12"
# Tags of July 2026, by their commits: a tag can be moved.
_CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
_SETUP_PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0"


class Setup(Struct, frozen=True, kw_only=True):
    """What the files are about."""

    name: str
    base: str
    """The policy that ours starts from."""
    inputs: tuple[str, ...]
    """What the pipeline checks."""


class Case(Struct, frozen=True, kw_only=True):
    """An invitation to somebody we know, and what is decided about it."""

    name: str
    note: str
    decision: str
    rules: tuple[str, ...]


NOTES = {
    "a link that shows where it leads may stand": "Hi Mia, here is the survey: https://example.org/survey",
    "a shortened link is not sent": "Hi Mia, here is the survey: https://bit.ly/3xYz",
}
"""The notes of the first cases, by what they show."""


def config(policy: str, profile: str) -> str:
    """policycheck.toml."""
    return f"""\
{HEAD}# `policycheck config` shows every setting, and where it comes from.
policy = {json.dumps(policy)}
profile = {json.dumps(profile)}
fail-on = "deny"
"""


def policy(setup: Setup) -> str:
    """A policy that starts from a shipped one and adds a rule."""
    return f"""\
{HEAD}# It starts from `{setup.base}`, of which `policycheck policy show {setup.base}` says what it means.
# A rule of the same id takes the place of one of its rules, `disable: [id]` takes one away.
policycheck: 1
policy: {setup.name}
version: 0.1.0
title: What our invitations keep to
extends: [{setup.base}]
rules:
  - id: no-shortened-links
    stages: [outgoing, template]
    effect: deny
    when: {{field: {{field: note, matches: "(?i)\\\\b(bit\\\\.ly|tinyurl\\\\.com|t\\\\.co|ow\\\\.ly|buff\\\\.ly)/"}}}}
    because: A shortened link hides where it leads.
    advice: Write the address itself.
"""


def profile(names: Sequence[str], companies: Sequence[str]) -> str:
    """What is known of us."""
    return f"""\
{HEAD}# A list that is left out is not known; an empty one says that there is nobody. All keys: `policycheck schema profile`.
{_list("names", names)}{_list("companies", companies)}blocked_companies: []
blocked_people: []
"""


def tests(policy: str, as_of: str, cases: Sequence[Case]) -> str:
    """Cases, with what the policy decides about them today."""
    told = "".join(map(_case, cases))
    return f"""\
{HEAD}# `policycheck test {TESTS}` holds the policy against them: the decision, and exactly the rules that hold.
policycheck-tests: 1
policy: ../{policy}
as_of: {as_of}
profile: {{blocked_companies: [], blocked_people: []}}
cases:
{told}"""


def _case(case: Case) -> str:
    return f"""\
  - name: {case.name}
    invitation: {{stage: outgoing, person: {{name: Mia Berg, known: true}}, note: {json.dumps(case.note)}}}
    expect: {{decision: {case.decision}, rules: [{", ".join(case.rules)}]}}
"""


def template() -> str:
    """A template to start from."""
    return """\
---
id: after-an-event
---

Hi {{first_name}}, we both spoke at {{event}}. Here are my notes: https://example.org/notes. I post one such study a month.
"""


def pipeline(service: Service, setup: Setup, *, tested: bool) -> tuple[str, str]:
    """The path and the text of what runs the checks; `tested` where there are tests of the policy."""
    steps = _steps(service, setup, tested=tested)
    match service:
        case "github":
            return GITHUB, _github(steps)
        case "gitlab":
            return GITLAB, _gitlab(steps)
        case "plain":
            return PLAIN, _plain(steps)
        case _:
            assert_never(service)


_OPTIONS: dict[Service, str] = {
    "github": '--format github --report markdown="$GITHUB_STEP_SUMMARY"',
    "gitlab": "--format markdown --report gitlab=gl-code-quality.json --report junit=policycheck.xml",
    "plain": "--format markdown --report junit=policycheck.xml",
}
"""How each service is told; in none of them a name or a note."""


def quoted(path: str) -> str:
    """A path as an argument in a shell."""
    return shlex.quote(path)


def _steps(service: Service, setup: Setup, *, tested: bool) -> dict[str, str]:
    """What every pipeline runs, by what it is for."""
    check = f"policycheck check {_OPTIONS[service]} -- {' '.join(map(quoted, setup.inputs))}"
    test = {"Test the policy": f"policycheck test {TESTS}"} if tested else {}
    return {"Install": f"python3 -I -m pip install '{REQUIREMENT}'", **test, "Check": check}


def _github(steps: Mapping[str, str]) -> str:
    told = "".join(f"      - name: {name}\n        run: {command}\n" for name, command in steps.items())
    return f"""\
{HEAD}name: policycheck
on: [push, pull_request]
permissions:
  contents: read
jobs:
  policycheck:
    runs-on: ubuntu-latest
    steps:
      - uses: {_CHECKOUT}
        with:
          persist-credentials: false
      - uses: {_SETUP_PYTHON}
        with:
          python-version: "{_PYTHON}"
{told}"""


def _gitlab(steps: Mapping[str, str]) -> str:
    script = "".join(f"    - {command}\n" for command in steps.values())
    return f"""\
{HEAD}policycheck:
  image: python:{_PYTHON}
  script:
{script}  artifacts:
    when: always
    reports:
      codequality: gl-code-quality.json
      junit: policycheck.xml
"""


def _plain(steps: Mapping[str, str]) -> str:
    script = "".join(f"{command}\n" for command in steps.values())
    return f"""\
#!/bin/sh
{HEAD}# Any service can run it, in the repository's root: sh {PLAIN}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -I -m venv "$folder"
PATH="$folder/bin:$PATH"
{script}"""


def _list(key: str, texts: Sequence[str]) -> str:
    """A list of texts as a line of YAML, which reads a JSON text so; nothing where it is empty."""
    return f"{key}: [{', '.join(json.dumps(visible(text), ensure_ascii=False) for text in texts)}]\n" if texts else ""
