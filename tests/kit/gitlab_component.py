"""How GitLab makes a job of a component, and how its runner executes the job: a port of the rules, for tests.

https://gitlab.com/gitlab-org/gitlab (Gitlab::Ci::Config::Interpolation, Gitlab::UntrustedRegexp). Inputs are put into the text of
the second document as they stand, lists as JSON, and only then is it read as YAML. A pattern is RE2's and matches no blank value.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import re2
import yaml
from checkouts import ran

Value = str | list[Any]
_BLOCK = re.compile(r"\$\[\[\s*inputs\.([\w-]+)\s*\]\]")
_AS_RAILS_DOES = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


class RefusedError(Exception):
    """What GitLab has against the inputs; no pipeline is made."""


def interpolated(template: str, **given: Value) -> str:
    """The second document's text with the inputs in it."""
    header, body = template.split("\n---\n")
    specs: dict[str, dict[str, Any]] = yaml.safe_load(header)["spec"]["inputs"]
    named = {name.replace("_", "-"): value for name, value in given.items()}
    if unknown := named.keys() - specs.keys():
        raise RefusedError(f"unknown input arguments: {', '.join(unknown)}")
    values = {name: _checked(name, spec, named.get(name)) for name, spec in specs.items()}
    return _BLOCK.sub(lambda found: _text(values[found[1]]), body)


def _checked(name: str, spec: dict[str, Any], given: Value | None) -> Value:
    if given is None and "default" not in spec:
        raise RefusedError(f"`{name}` input: required value has not been provided")
    value: Value = spec["default"] if given is None else given
    if not isinstance(value, list if spec.get("type") == "array" else str):
        raise RefusedError(f"`{name}` input: provided value is not of its type")
    if "regex" in spec and not (isinstance(value, str) and value.strip() and re2.search(spec["regex"], value)):
        raise RefusedError(f"`{name}` input: provided value does not match required RegEx pattern")
    return value


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_AS_RAILS_DOES)


class Job:
    """The one job of an interpolated component, in a project's folder."""

    def __init__(self, text: str) -> None:
        ((self.name, self.document),) = yaml.safe_load(text).items()

    def run(self, project: Path, shell: list[str], lines: list[str], temp: Path) -> subprocess.CompletedProcess[str]:
        """Run lines of the job as one script; what expands no further reaches it as it stands."""
        variables = self.document["variables"]
        assert all(variable["expand"] is False for variable in variables.values())
        values = {name: variable["value"] for name, variable in variables.items()}
        return ran(project, *shell, "-c", "\n".join(lines), **values, CI="true", GITLAB_CI="true", TMPDIR=str(temp))
