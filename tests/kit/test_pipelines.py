"""What ``policycheck init`` writes, and what examples/outreach-repo has, run as the services run it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from checkouts import ROOT, committed, git, ran
from junitparser import JUnitXml
from pipelines import GITHUB, GITLAB, PLAIN, in_a_bare_shell, played, set_up, steps, summary
from queues import WHY
from validators import injections, schema_mistakes

from github_runner import commands

EXAMPLE = ROOT / "examples" / "outreach-repo"
PITCH = (
    "---\nid: leads\n---\n\nHi {{first_name}}, we help teams like yours double their leads. Worth a 15 minute call?\n"
)
QUEUED = (
    "q-106,outgoing,Noor Aziz,Aziz & Co,https://www.linkedin.com/in/noor-aziz-10106,false,0,,"
    '"Hi Noor, we help publishers like yours double their sign-ups. Book a demo?"\n'
)


@pytest.fixture
def temp(tmp_path: Path) -> Path:
    """Where a service keeps its own files."""
    folder = tmp_path / "temp"
    folder.mkdir()
    return folder


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "outreach"))


# What init writes


@pytest.mark.parametrize(("service", "file"), [("github", GITHUB), ("gitlab", GITLAB)])
def test_the_pipeline_of_a_new_repository_passes_and_fails_once_there_is_a_pitch(
    service: str, file: str, tmp_path: Path, temp: Path
) -> None:
    repository = set_up(tmp_path / "outreach", "--ci", service)
    assert [step.status for step in played(repository, file, temp)] == [0, 0, 0]
    (repository / "templates" / "leads.md").write_text(PITCH, "utf-8")
    *before, last = played(repository, file, temp)
    assert ([step.status for step in before], last.status) == ([0, 0], 1)
    if service == "github":
        (error,) = [one for one in commands(last.said) if one.name == "error"]
        assert (error.properties["file"], WHY in error.data) == ("templates/leads.md", True)
        assert "`leads`" in summary(temp)
    else:
        quality = json.loads((repository / "gl-code-quality.json").read_text("utf-8"))
        assert [(one["check_name"], one["severity"]) for one in quality] == [("withhold-pitch", "major")]
        assert JUnitXml.fromfile(str(repository / "policycheck.xml")).failures == 1


def test_the_plain_script_installs_what_it_needs_and_fails_once_there_is_a_pitch(
    tmp_path: Path, temp: Path, wheel: Path
) -> None:
    repository = set_up(tmp_path / "outreach", "--ci", "plain")
    ended = in_a_bare_shell(repository, PLAIN, wheel.parent, temp)
    assert ended.returncode == 0, ended.stdout
    assert JUnitXml.fromfile(str(repository / "policycheck.xml")).tests == 1
    (repository / "templates" / "leads.md").write_text(PITCH, "utf-8")
    shutil.rmtree(temp / "tools")
    ended = in_a_bare_shell(repository, PLAIN, wheel.parent, temp)
    assert ended.returncode == 1, ended.stdout
    assert "`leads`" in ended.stdout
    assert [path.name for path in temp.iterdir()] == ["tools"], "the script leaves its virtual environment behind"


def test_a_pipeline_fails_once_the_policy_decides_otherwise(tmp_path: Path, temp: Path) -> None:
    repository = set_up(tmp_path / "outreach", "--ci", "github")
    policy = repository / "outreach.yaml"
    policy.write_text(policy.read_text("utf-8").replace("effect: deny", "effect: allow"), "utf-8")
    assert [step.status for step in played(repository, GITHUB, temp)] == [0, 1]


@pytest.mark.parametrize(
    ("service", "file", "schema"), [("github", GITHUB, "github-workflows"), ("gitlab", GITLAB, "gitlab-ci")]
)
def test_the_services_schemas_have_nothing_against_it(service: str, file: str, schema: str, tmp_path: Path) -> None:
    written = set_up(tmp_path / "outreach", "--ci", service) / file
    assert schema_mistakes(schema, written) == ""
    assert service != "github" or injections(written) == ""
    written.write_text(written.read_text("utf-8").replace("run:", "runs:").replace("script:", "scripts:"), "utf-8")
    assert schema_mistakes(schema, written) != ""


# The example


def uses_hooks_of(example: Path, hooks: tuple[Path, str]) -> None:
    """Let the example take its hooks from a repository that is there."""
    file = example / ".pre-commit-config.yaml"
    config = yaml.safe_load(file.read_text("utf-8"))
    config["repos"][0] |= {"repo": str(hooks[0]), "rev": hooks[1]}
    file.write_text(yaml.safe_dump(config), "utf-8")


@pytest.mark.parametrize("file", [GITHUB, GITLAB])
def test_the_example_s_pipelines_pass(file: str, example: Path, temp: Path) -> None:
    assert [step.status for step in played(example, file, temp)] == [0, 0, 0]


@pytest.mark.parametrize("file", [GITHUB, GITLAB])
def test_the_example_s_pipelines_are_those_that_init_writes(file: str, example: Path) -> None:
    written = (example / file).read_bytes()
    (example / file).unlink()
    set_up(example, "--ci", {GITHUB: "github", GITLAB: "gitlab"}[file])
    assert (example / file).read_bytes() == written


def test_a_new_pitch_fails_the_example_and_the_known_one_does_not(example: Path, temp: Path) -> None:
    with (example / "queue.csv").open("a", encoding="utf-8") as file:
        file.write(QUEUED)
    last = played(example, GITHUB, temp)[-1]
    assert last.status == 1
    found = commands(last.said)
    (error,) = [one for one in found if one.name == "error"]
    assert (error.properties["file"], error.properties["line"], WHY in error.data) == ("queue.csv", "7", True)
    assert [one.properties["line"] for one in found if "known: the baseline has it" in one.data] == ["6"]


def test_a_new_pitch_fails_the_example_s_commit(
    example: Path, tmp_path: Path, hooks: tuple[Path, str], home: Path
) -> None:
    uses_hooks_of(example, hooks)
    committed(example)
    variables = {"PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never", "POLICYCHECK_AS_OF": "2026-11-23"}
    every = ran(example, "python3", "-m", "pre_commit", "run", "--all-files", **variables)
    assert (every.returncode, "Passed" in every.stdout) == (0, True), every.stdout
    assert ran(example, "python3", "-m", "pre_commit", "install", **variables).returncode == 0
    with (example / "queue.csv").open("a", encoding="utf-8") as file:
        file.write(QUEUED)
    ended = git(example, "commit", "--all", "--message", "Invite Noor", **variables)
    assert (ended.returncode, WHY in ended.stdout, "Noor Aziz" in ended.stdout) == (1, True, True), ended.stdout


def test_a_policy_that_fails_its_tests_fails_the_example_s_commit(
    example: Path, hooks: tuple[Path, str], home: Path
) -> None:
    uses_hooks_of(example, hooks)
    committed(example)
    variables = {"PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never", "POLICYCHECK_AS_OF": "2026-11-23"}
    assert ran(example, "python3", "-m", "pre_commit", "install", **variables).returncode == 0
    policy = example / "brightleaf.yaml"
    policy.write_text(policy.read_text("utf-8").replace("bit\\\\.ly|", ""), "utf-8")
    assert "bit" not in policy.read_text("utf-8")
    ended = git(example, "commit", "--all", "--message", "Let them shorten", **variables)
    assert ended.returncode == 1
    assert "failed      a shortened link is not sent" in ended.stdout, ended.stdout


def test_a_change_of_the_policy_without_the_lock_is_refused(example: Path, temp: Path) -> None:
    policy = example / "brightleaf.yaml"
    policy.write_text(policy.read_text("utf-8").replace("[first_name, event]", "[first_name]"), "utf-8")
    last = played(example, GITHUB, temp)[-1]
    assert (last.status, "the policy's `digest` differs" in last.said) == (3, True)


def test_every_step_of_the_example_is_run_here() -> None:
    assert len(steps(EXAMPLE / GITHUB)) == len(steps(EXAMPLE / GITLAB)) == 3
