"""What keeps the house together: who may import whom, a core that is empty without plugins, and a public API that stays."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import policycheck
from policycheck import hookspecs
from policycheck.registry import Registry, load

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(policycheck.__file__).parent

PUBLIC = """
    ACTIONS Account Acquaintance Case Check CheckFinding Contact Evidence Finding History Hit InputError Invitation
    JsonError Ledger Message NotJudged Origin People Person PluginError Policy PolicyError PolicySource
    PolicycheckError Profile Reader Reporter RuleOutcome Run Source StrictDecoder Tally Text ThoroughWriter Unreadable
    UsageError Verdict Waived Waiver Writer YamlDocument YamlError __version__ check company_key company_looks
    email_key evaluate hookimpl json_array json_lines load_policy load_waivers name_key person_key read search
    strict_loads visible weigh_waivers yaml_document
"""

LAYERS = "imports go one way"
BUILT_INS = "nobody names a built-in: they come through their entry point"
THIRD_PARTY = "built-in checks, readers and reporters import what a third party may"


def python(code: str, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONWARNINGS": "default", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


# Who may import whom


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("importlinter", reason="import-linter is in the environment `imports`")
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return python(code, "--no-cache", "--config", str(ROOT / "pyproject.toml"), cwd=folder)


def test_the_import_contracts_hold() -> None:
    ran = lint_imports(ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("model/truth.py", "import policycheck.engine.decide", LAYERS),
        ("text/visible.py", "from policycheck.model.case import Case", LAYERS),
        ("policy/merge.py", "from policycheck.engine import compile", LAYERS),
        ("stray.py", "", LAYERS),
        ("cli.py", "from policycheck.builtin.reporters import report_text", BUILT_INS),
        ("builtin/checks/verified.py", "from policycheck.model.case import Shared", THIRD_PARTY),
        ("builtin/readers/records.py", "from policycheck.reading.strict_json import parse", THIRD_PARTY),
        ("builtin/reporters/report_json.py", "from policycheck.builtin.commands import check", THIRD_PARTY),
        ("engine/decide.py", "import cerberus", "one module knows Cerberus"),
        ("engine/decide.py", "import yaml", "one module knows the YAML parser"),
        ("engine/decide.py", "import pluggy", "one module knows the plugin manager, one the markers"),
        ("builtin/checks/field.py", "import re2", "one module knows the regular expression engine"),
        ("engine/decide.py", "import ahocorasick_rs", "one module knows the phrase automaton"),
        ("audit/note.py", "import cryptography", "one module knows the signatures"),
        ("audit/tree.py", "import policycheck.engine.decide", LAYERS),
    ],
)
def test_a_module_that_breaks_a_contract_is_refused(tmp_path: Path, module: str, line: str, contract: str) -> None:
    shutil.copytree(PACKAGE, tmp_path / "policycheck", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "policycheck" / module).open("a") as file:
        file.write(f"\n{line}\n")
    ran = lint_imports(tmp_path)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert f"\n{contract} BROKEN" in ran.stdout


def test_the_contract_on_built_ins_forbids_every_other_module() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (contract,) = (contract for contract in contracts if contract["name"] == THIRD_PARTY)
    there = {f"policycheck.{name}" for name in children(PACKAGE) - {"builtin"}}
    built_in = {f"policycheck.builtin.{name}" for name in children(PACKAGE / "builtin")}
    assert set(contract["forbidden_modules"]) == there | built_in - set(contract["source_modules"])


def children(package: Path) -> set[str]:
    """The modules and packages right inside a package."""
    files = {file.stem for file in package.glob("*.py")} - {"__init__"}
    return files | {init.parent.name for init in package.glob("*/__init__.py")}


@pytest.mark.parametrize("project", sorted(path.parent.name for path in ROOT.glob("plugins/*/pyproject.toml")))
def test_a_plugin_project_imports_the_public_api_only(project: str) -> None:
    files = list((ROOT / "plugins" / project / "src").rglob("*.py"))
    imported = {name for file in files for name in imports(file) if name.partition(".")[0] == "policycheck"}
    assert imported == {"policycheck"}


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module)


# The core by itself


def test_the_core_without_the_built_ins_entry_point_is_empty() -> None:
    assert load(entry_points=[]) == Registry(
        checks={}, readers={}, reporters={}, policies={}, commands={}, plugins=(), failures=(), owners={}
    )


def test_with_the_built_ins_turned_off_nothing_is_left_of_them() -> None:
    registry = load(["builtin"])
    assert [name for name in registry.owners.values() if name.startswith("builtin")] == []
    assert [plugin.state for plugin in registry.plugins if plugin.name.startswith("builtin")] == ["off"]


def test_the_core_names_no_check() -> None:
    checks = {name for name in load().checks if "-" in name}
    core = [file for file in PACKAGE.rglob("*.py") if "builtin" not in file.relative_to(PACKAGE).parts]
    named = {
        node.value
        for file in core
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert checks
    assert named & checks == set()


def test_nothing_is_loaded_by_importing_the_package() -> None:
    loaded = "ahocorasick_rs", "cerberus", "click", "cryptography", "msgspec", "pluggy", "re2", "rich", "yaml"
    ran = python(f"import sys, policycheck; print(sorted(set(sys.modules) & {set(loaded)!r}), policycheck.__version__)")
    assert (ran.stdout, ran.stderr) == (f"[] {policycheck.__version__}\n", "")


# What others rely on


def test_the_public_api_is_this() -> None:
    assert policycheck.__all__ == PUBLIC.split()


@pytest.mark.parametrize("name", PUBLIC.split())
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(policycheck, name) is not None


def test_a_name_that_is_not_public_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match=r"^module 'policycheck' has no attribute 'Chekc'$"):
        policycheck.Chekc  # noqa: B018  # the look-up itself is what is tested


def test_the_hooks_are_these_five_and_take_nothing() -> None:
    hooks = {name: value for name, value in vars(hookspecs).items() if hasattr(value, "policycheck_spec")}
    kinds = ["checks", "readers", "reporters", "policies", "commands"]
    assert list(hooks) == [f"policycheck_{kind}" for kind in kinds]
    assert [hook() for hook in hooks.values()] == [()] * 5
