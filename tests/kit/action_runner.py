"""How GitHub's runner executes a composite action: a port of the rules of Runner.Worker, for tests.

https://github.com/actions/runner (CompositeActionHandler, ScriptHandler, FileCommandManager). Of expressions it knows the two
forms that action.yml may use; any other is an error. Each step has files of its own for its outputs and its summary.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from checkouts import ran

SUMMARY_LIMIT = 1024 * 1024
Outputs = dict[str, dict[str, str]]
"""The outputs of the steps that ran, by the step's id."""

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


class Ended(NamedTuple):
    """What the runner knows of an action, or of one of its steps."""

    status: int
    log: str
    summary: str
    outputs: dict[str, str]


class Action:
    """An action in its folder, used in a workspace; `temp` is the runner's own folder."""

    def __init__(self, folder: Path, temp: Path) -> None:
        self.folder, self.temp = folder, temp
        self.document: Any = yaml.safe_load((folder / "action.yml").read_text("utf-8"))

    def step(self, identity: str, workspace: Path, given: dict[str, str], before: Outputs, summary: str = "") -> Ended:
        """Run one step with the inputs that `with:` gives; `summary` is what stands in the summary's file already."""
        (step,) = [one for one in self.document["runs"]["steps"] if one["id"] == identity]
        assert step["shell"] == "bash"
        files = {
            name: self._file(name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH")
        }
        files["GITHUB_STEP_SUMMARY"].write_text(summary, "utf-8")
        script = self._file("script.sh")
        script.write_text(self._evaluated(step["run"], given, before), "utf-8")
        ended = ran(
            workspace,
            *("bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)),
            **{name: self._evaluated(value, given, before) for name, value in step["env"].items()},
            **{name: str(file) for name, file in files.items()},
            GITHUB_ACTIONS="true",
            GITHUB_ACTION_PATH=str(self.folder),
            GITHUB_WORKSPACE=str(workspace),
            RUNNER_TEMP=str(self.temp),
        )
        said = files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        assert len(said.encode()) <= SUMMARY_LIMIT, "the runner would upload no summary at all"
        assert not files["GITHUB_ENV"].read_text() + files["GITHUB_PATH"].read_text()
        return Ended(ended.returncode, ended.stdout, said, _pairs(files["GITHUB_OUTPUT"].read_text("utf-8")))

    def outputs(self, steps: Outputs) -> dict[str, str]:
        """The action's outputs, which the runner evaluates after a failure as well."""
        outputs = self.document["outputs"]
        return {name: self._evaluated(output["value"], {}, steps) for name, output in outputs.items()}

    def _file(self, name: str) -> Path:
        folder = self.temp / "_runner_file_commands"
        folder.mkdir(exist_ok=True)
        file = folder / f"{name}_{len(list(folder.iterdir()))}"
        file.touch()
        return file

    def _evaluated(self, text: str, given: dict[str, str], steps: Outputs) -> str:
        return _EXPRESSION.sub(lambda found: self._value(found[1], given, steps), text)

    def _value(self, expression: str, given: dict[str, str], steps: Outputs) -> str:
        match expression.split("."):
            case ["inputs", name]:
                return given.get(name, self.document["inputs"][name].get("default", ""))
            case ["steps", identity, "outputs", name]:
                return steps.get(identity, {}).get(name, "")
        raise AssertionError(f"no expression that this port knows: {expression}")


class Uses:
    """A job that uses the action in a repository."""

    def __init__(self, action: Action, installed: Outputs, workspace: Path) -> None:
        self.action, self.installed, self.workspace = action, installed, workspace

    def __call__(self, before: str = "", **given: str) -> Ended:
        inputs = {name.replace("_", "-"): value for name, value in {"as_of": "2026-11-23", **given}.items()}
        ended = self.action.step("check", self.workspace, inputs, self.installed, before)
        return ended._replace(outputs=self.action.outputs({**self.installed, "check": ended.outputs}))

    def holds(self, name: str, text: str) -> None:
        (self.workspace / name).parent.mkdir(parents=True, exist_ok=True)
        (self.workspace / name).write_text(text, "utf-8")

    def names(self) -> list[str]:
        return sorted(path.name for path in self.workspace.iterdir())


def _pairs(text: str) -> dict[str, str]:
    """``name=value`` lines; what else may stand there, a delimiter and lines up to it, is not used."""
    pairs = [line.partition("=") for line in text.split("\n") if line]
    assert all(equals and "<<" not in name for name, equals, _ in pairs), text
    return {name: value for name, _, value in pairs}
