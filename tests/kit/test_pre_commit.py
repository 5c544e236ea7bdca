"""The pre-commit hook, run by pre-commit itself in a repository of queues."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from checkouts import git, ran
from queues import GOOD, PITCH, WHY

AS_OF = ["--as-of", "2026-11-23", "--"]


class Repository:
    """A git repository that has pre-commit installed, with the hook from a repository of its own."""

    def __init__(self, folder: Path, hooks: tuple[Path, str], home: Path) -> None:
        self.folder, self.home = folder, home
        self._hooks, self._revision = hooks
        assert git(folder, "init").returncode == 0

    def uses(self, **settings: object) -> None:
        """Write the configuration, with settings of the hook, and have git run pre-commit."""
        hook = {"id": "policycheck", **settings}
        repository = {"repo": str(self._hooks), "rev": self._revision, "hooks": [hook]}
        self.holds(".pre-commit-config.yaml", yaml.safe_dump({"repos": [repository]}))
        ended = ran(self.folder, sys.executable, "-m", "pre_commit", "install", **self._variables())
        assert ended.returncode == 0, ended.stdout

    def holds(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def commits(self, *names: str) -> subprocess.CompletedProcess[str]:
        """Add the files, or all that there are, and commit what is added."""
        added = git(self.folder, "add", "--all", "--", *(names or ["."]))
        assert added.returncode == 0, added.stdout
        return git(self.folder, "commit", "--message", "Write to them", **self._variables())

    def _variables(self) -> dict[str, str]:
        return {"PRE_COMMIT_HOME": str(self.home), "PRE_COMMIT_COLOR": "never"}


@pytest.fixture
def repository(tmp_path: Path, hooks: tuple[Path, str], home: Path) -> Repository:
    return Repository(tmp_path, hooks, home)


def test_a_commit_with_a_pitch_is_refused_with_the_reason(repository: Repository) -> None:
    repository.uses(args=AS_OF)
    repository.holds("queue.jsonl", GOOD + PITCH)
    ended = repository.commits()
    assert ended.returncode == 1, ended.stdout
    assert "- hook id: policycheck\n- exit code: 1\n" in ended.stdout
    assert f"withhold    1  {WHY} (withhold-pitch)" in ended.stdout
    assert "queue.jsonl:2" in ended.stdout
    assert git(repository.folder, "rev-parse", "--quiet", "--verify", "HEAD").returncode == 1


def test_a_commit_of_what_may_be_sent_passes(repository: Repository) -> None:
    repository.uses(args=AS_OF)
    repository.holds("queue.jsonl", GOOD)
    repository.holds("notes.md", "No queue, and nobody's business.\n")
    ended = repository.commits()
    assert (ended.returncode, "Passed" in ended.stdout) == (0, True), ended.stdout


def test_a_file_that_holds_no_invitation_is_an_error_with_its_own_status(repository: Repository) -> None:
    repository.uses(files="")
    repository.holds("queue.jsonl", GOOD)
    ended = repository.commits()
    assert ended.returncode == 1
    assert "- exit code: 4\n" in ended.stdout
    assert ".pre-commit-config.yaml" in ended.stdout


def test_files_that_are_named_in_the_arguments_are_judged_whichever_file_changes(repository: Repository) -> None:
    repository.uses()
    repository.holds("queue.jsonl", PITCH)
    repository.holds("house.yaml", "policycheck: 1\npolicy: house\nversion: 1.0.0\ntitle: Ours\nextends: [pragmatic]\n")
    settings = ["--policy", "house.yaml", "--fail-on", "never"]
    repository.uses(
        files=r"\.(jsonl|yaml)$", args=[*settings, *AS_OF, "queue.jsonl"], pass_filenames=False, verbose=True
    )
    ended = repository.commits("house.yaml")
    assert ended.returncode == 0, ended.stdout
    assert "house 1.0.0 · 1 invitation · as of 23 Nov 2026" in ended.stdout


def test_queues_of_one_commit_are_judged_in_one_run(repository: Repository) -> None:
    repository.uses(args=AS_OF, verbose=True)
    for name in ("monday.jsonl", "tuesday.jsonl"):
        repository.holds(name, GOOD)
    ended = repository.commits()
    assert "pragmatic 1.0.0 · 2 invitations · as of 23 Nov 2026" in ended.stdout, ended.stdout
    assert "read as     jsonl monday.jsonl · jsonl tuesday.jsonl" in ended.stdout


def test_a_file_that_is_called_as_an_option_is_a_file(repository: Repository) -> None:
    repository.uses()
    repository.holds("--format=json.jsonl", PITCH)
    ended = repository.commits()
    assert ended.returncode == 1
    assert "- exit code: 1\n" in ended.stdout
    assert f"withhold    1  {WHY}" in ended.stdout
