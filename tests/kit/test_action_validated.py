"""The action and the workflow that shows it, by validators that nobody here wrote; each refuses a file that is known to be bad."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checkouts import ROOT
from validators import injections, schema_mistakes

ACTION = (ROOT / "action.yml").read_text("utf-8")


@pytest.fixture
def action_file(tmp_path: Path) -> Path:
    return tmp_path / "action.yml"


def workflow() -> str:
    """The workflow that docs/ci-kit.md shows."""
    found = re.search(r"```yaml\n(name: .*?)```", (ROOT / "docs" / "ci-kit.md").read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_github_s_schema_of_actions_has_nothing_against_it() -> None:
    assert schema_mistakes("github-actions", ROOT / "action.yml") == ""


def test_github_s_schema_of_actions_refuses_a_step_without_a_shell(action_file: Path) -> None:
    action_file.write_text(ACTION.replace("      shell: bash\n", "", 1), "utf-8")
    assert "is not valid under any of the given schemas" in schema_mistakes("github-actions", action_file)


def test_zizmor_finds_nothing_in_it() -> None:
    assert injections(ROOT / "action.yml") == ""


def test_zizmor_finds_an_input_in_a_script(action_file: Path) -> None:
    action_file.write_text(ACTION.replace('"$CHECK_ARGS"', '"${{ inputs.args }}"', 1), "utf-8")
    assert "error[template-injection]" in injections(action_file)


def test_the_workflow_of_the_documentation_is_one_by_github_s_schema_and_for_zizmor(tmp_path: Path) -> None:
    file = tmp_path / ".github" / "workflows" / "outreach.yml"
    file.parent.mkdir(parents=True)
    file.write_text(workflow(), "utf-8")
    assert schema_mistakes("github-workflows", file) == ""
    assert injections(file) == ""


def test_github_s_schema_of_workflows_refuses_a_job_without_a_runner(tmp_path: Path) -> None:
    file = tmp_path / "outreach.yml"
    file.write_text(re.sub(r" +runs-on: .*\n", "", workflow()), "utf-8")
    assert "is not valid under any of the given schemas" in schema_mistakes("github-workflows", file)
