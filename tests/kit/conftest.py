"""What is slow, once for all tests of the kit."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from action_runner import Action, Outputs, Uses
from checkouts import committed, copied, ran


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's files as a service checks them out."""
    return copied(tmp_path_factory.mktemp("checkout") / "policy check's")


@pytest.fixture(scope="session")
def action(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Action:
    return Action(checkout, tmp_path_factory.mktemp("runner temp"))


@pytest.fixture(scope="session")
def installed(action: Action, tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """The outputs of the action's first step, run for real in a repository that would rather have its own code run."""
    workspace = tmp_path_factory.mktemp("workspace")
    for module in ("venv", "pip", "ensurepip"):
        (workspace / f"{module}.py").write_text("raise SystemExit('code of the repository under test')\n")
    ended = action.step("install", workspace, {}, {})
    assert ended.status == 0, ended.log
    return {"install": ended.outputs}


@pytest.fixture
def uses(action: Action, installed: Outputs, tmp_path: Path) -> Uses:
    return Uses(action, installed, tmp_path)


@pytest.fixture(scope="session")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a package index would serve."""
    folder = tmp_path_factory.mktemp("wheels")
    arguments = ["wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(checkout)]
    built = ran(checkout, sys.executable, "-m", "pip", *arguments)
    assert built.returncode == 0, built.stdout
    (file,) = folder.glob("policycheck-*.whl")
    return file


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A git repository of the project's files, and its one commit."""
    folder = copied(tmp_path_factory.mktemp("hooks") / "policycheck")
    return folder, committed(folder)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What pre-commit installs, once for all tests."""
    return tmp_path_factory.mktemp("pre-commit home")
