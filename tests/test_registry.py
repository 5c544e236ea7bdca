"""What loading does with plugins, sound and hostile: each is a distribution in a folder, as pip leaves it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, distributions
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distributions import install
from policycheck.errors import UsageError
from policycheck.registry import Plugin, Registry, load

CHECK = '''
from policycheck import check, hookimpl

@check("{name}")
def it(case):
    """A question."""
    return True

@hookimpl
def policycheck_checks():
    return [it]
'''

UNIMPORTABLE = "it cannot be imported ({how}); reinstall or update acme-checks, or turn it off with `-p no:acme`"


def entry_points(*sites: Path) -> list[EntryPoint]:
    found = distributions(path=list(map(str, sites)))
    return [entry for one in found for entry in one.entry_points if entry.group == "policycheck"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on Python's path; what is imported from it is forgotten afterwards."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        if name.partition(".")[0].startswith("acme"):
            del sys.modules[name]


def told(registry: Registry) -> str:
    return "\n".join(map(str, registry.failures))


def states(registry: Registry) -> dict[str, str]:
    return {plugin.name: plugin.state for plugin in registry.plugins}


def one_module(site: Path, code: str) -> Registry:
    install(site, "acme-checks", {"acme.py": code})
    return load(entry_points=entry_points(site))


# What is found


def test_a_module_is_a_plugin_named_by_its_entry_point(site: Path) -> None:
    registry = one_module(site, CHECK.format(name="asks"))
    assert list(registry.checks) == ["asks"]
    assert registry.plugins == (
        Plugin(name="acme", distribution="acme-checks", version="1.0", state="on", adds={"checks": ("asks",)}),
    )
    assert registry.owners == {("checks", "asks"): "acme"}
    assert registry.failures == ()


def test_every_module_of_a_package_is_a_plugin_and_the_package_too(site: Path) -> None:
    modules = {
        "acme/__init__.py": CHECK.format(name="zero"),
        "acme/two.py": CHECK.format(name="two"),
        "acme/one/__init__.py": "",
        "acme/one/deep.py": CHECK.format(name="deep"),
    }
    install(site, "acme-checks", modules)
    registry = load(entry_points=entry_points(site))
    assert list(states(registry)) == ["acme", "acme.one", "acme.one.deep", "acme.two"]
    assert registry.owners == {
        ("checks", "deep"): "acme.one.deep",
        ("checks", "two"): "acme.two",
        ("checks", "zero"): "acme",
    }
    assert list(registry.checks) == ["deep", "two", "zero"]


def test_modules_that_start_with_an_underscore_are_no_plugins_nor_what_is_inside_them(site: Path) -> None:
    broken = "raise SystemExit"
    modules = {
        "acme/__init__.py": "",
        "acme/_tools.py": broken,
        "acme/_inner/__init__.py": broken,
        "acme/_inner/x.py": "",
    }
    install(site, "acme-checks", modules)
    registry = load(entry_points=entry_points(site))
    assert states(registry) == {"acme": "on"}
    assert registry.failures == ()


def test_a_folder_without_init_is_data(site: Path) -> None:
    install(site, "acme-checks", {"acme/__init__.py": "", "acme/templates/check.py": "raise SystemExit"})
    assert states(load(entry_points=entry_points(site))) == {"acme": "on"}


def test_all_five_kinds_are_collected_under_their_names(site: Path) -> None:
    code = """
import click
from policycheck import PolicySource, Reader, Reporter, hookimpl

@hookimpl
def policycheck_readers():
    yield Reader(name="pigeon", summary="Reads pigeons.", recognises=bool, read=iter)

@hookimpl
def policycheck_reporters():
    return (Reporter(name="smoke", summary="Smoke signals.", open=print),)

@hookimpl
def policycheck_policies():
    return {PolicySource(name="acme-pack/strict", read=str, origin="acme")}

@hookimpl
def policycheck_commands():
    return [click.Command("greet")]
"""
    registry = one_module(site, code)
    assert registry.failures == ()
    assert registry.plugins[0].adds == {
        "readers": ("pigeon",),
        "reporters": ("smoke",),
        "policies": ("acme-pack/strict",),
        "commands": ("greet",),
    }
    assert registry.readers["pigeon"].summary == "Reads pigeons."
    assert registry.reporters["smoke"].summary == "Smoke signals."
    assert registry.policies["acme-pack/strict"].origin == "acme"
    assert registry.commands["greet"].name == "greet"


def test_a_built_in_file_copied_out_of_the_tree_is_a_working_plugin(site: Path) -> None:
    builtin = load().checks["mutual-connection"].function.__code__.co_filename
    shutil.copy(builtin, site / "acme.py")
    install(site, "acme-checks", {})
    registry = load(entry_points=entry_points(site))
    assert registry.failures == ()
    assert registry.owners == {("checks", "mutual-connection"): "acme"}


def test_the_record_of_a_run_names_the_entry_points_that_are_on(site: Path) -> None:
    install(site, "acme-checks", {"acme/__init__.py": "", "acme/one.py": ""}, version="2.1")
    install(site, "acme-off", {"acme_off.py": ""}, entry_points="off = acme_off")
    install(site, "acme-bad", {"acme_bad.py": "1 / 0"}, entry_points="bad = acme_bad")
    identities = load(["off"], entry_points(site)).identities()
    assert [(one.name, one.distribution, one.version) for one in identities] == [("acme", "acme-checks", "2.1")]


# What cannot be imported


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("import acme_is_not_there", "ModuleNotFoundError: No module named 'acme_is_not_there'"),
        ("raise ValueError('first\\nsecond')", "ValueError: first"),
        ("raise ValueError('\\x1b]0;title\\x07')", "ValueError: \\x1b]0;title\\x07"),
        ("def f(): f()\nf()", "RecursionError: maximum recursion depth exceeded"),
        ("class E(Exception):\n  def __str__(self): 1 / 0\nraise E", "E"),
        ("def", "SyntaxError: invalid syntax (acme.py, line 1)"),
    ],
)
def test_a_plugin_that_breaks_at_import_is_reported_with_its_distribution(site: Path, code: str, how: str) -> None:
    registry = one_module(site, code)
    assert told(registry) == f"plugin `acme` (acme-checks 1.0): {UNIMPORTABLE.format(how=how)}"
    assert states(registry) == {"acme": "failed"}


def test_the_users_own_interrupt_is_no_plugins_failure(site: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        one_module(site, "raise KeyboardInterrupt")


def test_a_broken_module_of_a_package_does_not_hide_the_others(site: Path) -> None:
    modules = {"acme/__init__.py": "", "acme/a.py": "1 / 0", "acme/b.py": CHECK.format(name="asks")}
    install(site, "acme-checks", modules)
    registry = load(entry_points=entry_points(site))
    assert [failure.name for failure in registry.failures] == ["acme.a"]
    assert states(registry) == {"acme": "on", "acme.a": "failed", "acme.b": "on"}
    assert list(registry.checks) == ["asks"]


def test_a_broken_package_is_reported_once_and_run_once(site: Path) -> None:
    counts = "from pathlib import Path\nwith Path(__file__).with_name('runs').open('a') as runs: runs.write('x')\n1 / 0"
    install(site, "acme-checks", {"acme/__init__.py": counts, "acme/a.py": "", "acme/b.py": ""})
    registry = load(entry_points=entry_points(site))
    assert [failure.name for failure in registry.failures] == ["acme"]
    assert states(registry) == {"acme": "failed", "acme.a": "failed", "acme.b": "failed"}
    assert (site / "acme/runs").read_text() == "x"


def test_a_broken_distribution_does_not_hide_another(site: Path) -> None:
    install(site, "acme-bad", {"acme_bad.py": "raise SystemExit"}, entry_points="bad = acme_bad")
    registry = one_module(site, CHECK.format(name="asks"))
    assert [failure.distribution for failure in registry.failures] == ["acme-bad"]
    assert list(registry.checks) == ["asks"]


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("acme = acme_gone", "there is no module `acme_gone`; reinstall or uninstall acme-checks"),
        ("acme = acme_gone.inner", UNIMPORTABLE.format(how="ModuleNotFoundError: No module named 'acme_gone'")),
        ("acme = acme:main", "its entry point names `acme:main`; name a module or a package, such as `acme`"),
        ("acme =", "its entry point names ``; name a module or a package, such as `acme`"),
    ],
)
def test_an_entry_point_that_names_no_module_is_reported(site: Path, entry: str, what: str) -> None:
    install(site, "acme-checks", {"acme.py": ""}, entry_points=entry)
    registry = load(entry_points=entry_points(site))
    assert told(registry) == f"plugin `acme` (acme-checks 1.0): {what}"
    assert states(registry) == {"acme": "failed"}


def test_an_entry_point_named_like_a_module_inside_a_plugin_is_refused(site: Path) -> None:
    install(site, "acme-checks", {"acme.py": CHECK.format(name="asks")}, entry_points="acme.inner = acme")
    assert told(load(entry_points=entry_points(site))) == (
        "plugin `acme.inner` (acme-checks 1.0): an entry point's name has letters, digits, `-` and `_` only; rename it"
    )


def test_a_module_that_puts_something_else_in_its_place_is_refused(site: Path) -> None:
    assert told(one_module(site, "import sys\nsys.modules[__name__] = object()")) == (
        "plugin `acme` (acme-checks 1.0): it puts something else in its module's place; leave the module there"
    )


def test_a_module_named_by_two_entry_points_is_registered_once_and_reported(site: Path) -> None:
    modules = {"acme/__init__.py": "", "acme/one.py": CHECK.format(name="asks")}
    install(site, "acme-checks", modules, entry_points="acme = acme\nzebra = acme.one")
    registry = load(entry_points=entry_points(site))
    assert told(registry) == (
        "plugin `zebra` (acme-checks 1.0): its module is plugin `acme.one` already; name it by one entry point only"
    )
    assert registry.owners == {("checks", "asks"): "acme.one"}


def test_two_entry_points_of_one_name_are_both_refused_and_both_named(site: Path) -> None:
    install(site, "acme-one", {"acme_one.py": CHECK.format(name="one")}, entry_points="acme = acme_one")
    install(site, "acme-two", {"acme_two.py": CHECK.format(name="two")}, version="2.0", entry_points="acme = acme_two")
    registry = load(entry_points=entry_points(site))
    assert told(registry) == (
        "plugin `acme` (acme-one 1.0): acme-two 2.0 has an entry point of this name too, and neither is loaded; "
        "uninstall one of them, or turn all of them off with `-p no:acme`"
    )
    assert registry.checks == {}
    assert states(registry) == {"acme": "failed"}
    assert load(["acme"], entry_points(site)).failures == ()


def test_a_distribution_without_metadata_is_still_loaded(site: Path) -> None:
    install(site, "acme-checks", {"acme.py": CHECK.format(name="asks")})
    (site / "acme_checks-1.0.dist-info/METADATA").unlink()
    registry = load(entry_points=entry_points(site))
    assert list(registry.checks) == ["asks"]
    assert (registry.plugins[0].distribution, registry.plugins[0].version) == ("unknown", "unknown")


def test_an_entry_point_of_no_distribution_is_loaded(site: Path) -> None:
    (site / "acme.py").write_text(CHECK.format(name="asks"))
    registry = load(entry_points=[EntryPoint("acme", "acme [extra]", "policycheck")])
    assert list(registry.checks) == ["asks"]


# What is installed around


def test_entry_points_that_cannot_be_read_are_reported_with_their_distribution(site: Path) -> None:
    install(site, "acme-checks", {"acme.py": ""})
    (site / "acme_checks-1.0.dist-info/entry_points.txt").write_bytes(b"[policycheck]\nacme = \xff\n")
    ours = [failure for failure in load().failures if failure.distribution == "acme-checks"]
    assert "\n".join(map(str, ours)) == (
        "plugin `acme-checks` (acme-checks 1.0): its entry points cannot be read (UnicodeDecodeError: "
        "'utf-8' codec can't decode byte 0xff in position 21: invalid start byte); reinstall or uninstall acme-checks"
    )
    registry = load(["acme-checks"])
    assert [failure for failure in registry.failures if failure.distribution == "acme-checks"] == []
    assert states(registry)["acme-checks"] == "off"


def test_of_two_copies_of_a_distribution_the_first_on_the_path_counts(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(site, "acme_checks", {"acme.py": CHECK.format(name="new")}, version="2.0")
    behind = tmp_path / "behind"
    install(behind, "Acme.Checks", {"acme.py": CHECK.format(name="old")})
    monkeypatch.setattr(sys, "path", [*sys.path, str(behind)])
    registry = load()
    assert registry.owners[("checks", "new")] == "acme"
    assert "old" not in registry.checks
    assert [plugin.version for plugin in registry.plugins if plugin.name == "acme"] == ["2.0"]
    assert [failure for failure in registry.failures if failure.name == "acme"] == []


def test_the_built_ins_come_through_their_entry_point_and_load_whole() -> None:
    registry = load()
    assert told(registry) == ""
    assert [one.name for one in registry.identities() if one.distribution == "policycheck"] == ["builtin"]
    assert registry.owners[("checks", "mutual-connection")] == "builtin.checks.mutual_connection"


# What hooks give


def test_a_hook_that_raises_is_reported_and_the_modules_other_hooks_count(site: Path) -> None:
    code = CHECK.format(name="asks") + "\n@hookimpl\ndef policycheck_readers():\n    raise SystemExit('bye')\n"
    registry = one_module(site, code)
    assert told(registry) == (
        "plugin `acme` (acme-checks 1.0): `policycheck_readers` raised (SystemExit: bye); "
        "update acme-checks, or turn it off with `-p no:acme`"
    )
    assert list(registry.checks) == ["asks"]


def test_a_hook_that_raises_while_it_is_iterated_is_reported_and_what_it_gave_before_counts(site: Path) -> None:
    registry = one_module(site, CHECK.format(name="asks").replace("return [it]", "yield it\n    raise KeyError('x')"))
    assert told(registry) == (
        "plugin `acme` (acme-checks 1.0): `policycheck_checks` raised (KeyError: 'x'); "
        "update acme-checks, or turn it off with `-p no:acme`"
    )
    assert list(registry.checks) == ["asks"]


@pytest.mark.parametrize(
    ("returned", "what"),
    [
        ("None", "`policycheck_checks` returned nothing; return a list of `Check` values"),
        ("it", "`policycheck_checks` returned a `Check`; return a list of `Check` values"),
        ("[it, None]", "`policycheck_checks` gave a `NoneType`; give `Check` values only"),
        ("[it, it.function]", "`policycheck_checks` gave a `function`; give `Check` values only"),
        ("'asks'", "`policycheck_checks` gave a `str`; give `Check` values only"),
        ("[it, it]", "it gives check `asks` more than once, and none is used; keep one"),
    ],
)
def test_a_hook_that_returns_nonsense_is_reported(site: Path, returned: str, what: str) -> None:
    registry = one_module(site, CHECK.format(name="asks").replace("[it]", returned))
    assert told(registry) == f"plugin `acme` (acme-checks 1.0): {what}"


def test_a_value_of_the_wrong_type_does_not_hide_the_ones_beside_it(site: Path) -> None:
    registry = one_module(site, CHECK.format(name="asks").replace("[it]", "[7, it]"))
    assert list(registry.checks) == ["asks"]


@pytest.mark.parametrize("name", ["Asks", "asks it", "asks_it", "-asks", "pack/asks", "", "\\x1b[2J"])
def test_a_check_with_an_invalid_name_is_refused(site: Path, name: str) -> None:
    registry = one_module(site, CHECK.format(name=name))
    assert told(registry) == (
        f"plugin `acme` (acme-checks 1.0): check `{name}` cannot be called so; "
        "name it in lower-case words joined by hyphens"
    )
    assert registry.checks == {}


@pytest.mark.parametrize("name", ["all", "any", "not", "at-least", "of"])
def test_a_check_named_like_an_operator_of_policies_is_refused(site: Path, name: str) -> None:
    assert told(one_module(site, CHECK.format(name=name))) == (
        f"plugin `acme` (acme-checks 1.0): check `{name}` is called as an operator of the policy language; "
        "give it another name"
    )


RENAME = "name it in lower-case words joined by hyphens"
BAD_SCHEMA = (
    "check `r` has `parameters` that are no Cerberus schema ({'n': [{'type': ['Unsupported types: whole']}]}); "
    "mend them"
)


@pytest.mark.parametrize(
    ("hook", "value", "what"),
    [
        (
            "readers",
            'Reader(name=None, summary="x", recognises=bool, read=iter)',
            f"`policycheck_readers` gave a reader without a name; {RENAME}",
        ),
        (
            "readers",
            'Reader(name="r", summary="x", recognises=bool, read=7)',
            "reader `r` has no function for `read`; give it one",
        ),
        (
            "reporters",
            'Reporter(name="r", summary="", open=print)',
            "reporter `r` has no summary; say in one line what it is for",
        ),
        (
            "policies",
            'PolicySource(name="r", read="text", origin="x")',
            "policy `r` has no function for `read`; give it one",
        ),
        (
            "policies",
            'PolicySource(name="r/", read=str, origin="x")',
            f"policy `r/` cannot be called so; {RENAME}",
        ),
        (
            "commands",
            "click.Command(None)",
            f"`policycheck_commands` gave a command without a name; {RENAME}",
        ),
        (
            "checks",
            'Forged(name="r", summary="x", manual="x", function=print)',
            "`policycheck_checks` gave a `Forged` that breaks when looked at (RuntimeError: no); mend it",
        ),
        (
            "checks",
            'check("r", parameters={"n": {"type": "whole"}})(documented)',
            BAD_SCHEMA,
        ),
    ],
    ids=["no-name", "no-read", "no-summary", "policy-no-read", "policy-name", "command-no-name", "hostile", "schema"],
)
def test_a_value_that_could_not_work_is_refused(site: Path, hook: str, value: str, what: str) -> None:
    code = f'''
import click
from policycheck import Check, PolicySource, Reader, Reporter, check, hookimpl

def documented(case):
    """A question."""

class Forged(Check):
    def __getattribute__(self, name):
        raise RuntimeError("no")

@hookimpl
def policycheck_{hook}():
    return [{value}]
'''
    assert told(one_module(site, code)) == f"plugin `acme` (acme-checks 1.0): {what}"


# What is no hook


HOOKS = ", ".join(f"policycheck_{kind}" for kind in ("checks", "readers", "reporters", "policies", "commands"))
WRAPPER = "`policycheck_checks` is a wrapper, which could change what others give; return values of its own instead"


@pytest.mark.parametrize(
    ("code", "what"),
    [
        (
            "@hookimpl\ndef policycheck_cheks(): ...",
            "`policycheck_cheks` is no hook; did you mean `policycheck_checks`?",
        ),
        ("def policycheck_reader(): ...", "`policycheck_reader` is no hook; did you mean `policycheck_readers`?"),
        ("class policycheck_Xyzzy: ...", f"`policycheck_Xyzzy` is no hook; the hooks are {HOOKS}"),
        ("@hookimpl\ndef checks(): ...", "`checks` is no hook; did you mean `policycheck_checks`?"),
        (
            "@hookimpl(specname='policycheck_check')\ndef offered(): ...",
            "`policycheck_check` is no hook; did you mean `policycheck_checks`?",
        ),
        ("def policycheck_checks(): return []", "`policycheck_checks` lacks the marker; put `@hookimpl` above it"),
        ("policycheck_checks = []", "`policycheck_checks` is no function; write it with `def` below `@hookimpl`"),
        ("@hookimpl(wrapper=True)\ndef policycheck_checks(): yield", WRAPPER),
        ("@hookimpl(hookwrapper=True)\ndef policycheck_checks(): yield", WRAPPER),
        (
            "@hookimpl\ndef policycheck_checks(config): return []",
            "`policycheck_checks` takes arguments, and a hook is given none; take them away",
        ),
    ],
    ids=[
        "misspelt",
        "no-marker",
        "far-off",
        "no-prefix",
        "specname",
        "unmarked",
        "value",
        "wrapper",
        "old",
        "argument",
    ],
)
def test_what_looks_like_a_hook_and_is_none_is_reported(site: Path, code: str, what: str) -> None:
    registry = one_module(site, CHECK.format(name="asks").split("@hookimpl")[0] + code)
    assert told(registry) == f"plugin `acme` (acme-checks 1.0): {what}"
    assert registry.checks == {}


def test_every_misspelt_hook_is_reported_and_hides_no_sound_one(site: Path) -> None:
    wrong = "\n@hookimpl\ndef policycheck_readerz(): ...\n\ndef policycheck_command(): ...\n"
    registry = one_module(site, CHECK.format(name="asks") + wrong)
    assert told(registry) == (
        "plugin `acme` (acme-checks 1.0): `policycheck_command` is no hook; did you mean `policycheck_commands`?\n"
        "plugin `acme` (acme-checks 1.0): `policycheck_readerz` is no hook; did you mean `policycheck_readers`?"
    )
    assert list(registry.checks) == ["asks"]


def test_a_hook_may_have_another_name_and_arguments_with_defaults(site: Path) -> None:
    code = CHECK.format(name="asks").replace("@hookimpl", '@hookimpl(specname="policycheck_checks")')
    registry = one_module(site, code.replace("def policycheck_checks()", "def offered(limit=3, *rest, **more)"))
    assert (told(registry), list(registry.checks)) == ("", ["asks"])


def test_what_is_no_function_and_only_starts_like_a_hook_is_left_alone(site: Path) -> None:
    registry = one_module(site, "import policycheck as policycheck_api\npolicycheck_version = '1'\n")
    assert told(registry) == ""


def test_a_module_whose_attributes_cannot_be_listed_is_reported(site: Path) -> None:
    registry = one_module(site, "def __dir__(): raise OSError('no list')")
    assert told(registry) == f"plugin `acme` (acme-checks 1.0): {UNIMPORTABLE.format(how='OSError: no list')}"


def test_a_hook_that_appears_only_when_asked_for_is_reported(site: Path) -> None:
    assert told(one_module(site, "def __dir__(): return ['policycheck_checks']")) == (
        "plugin `acme` (acme-checks 1.0): `policycheck_checks` is no function; write it with `def` below `@hookimpl`"
    )


# Two of one name


def test_two_things_of_one_name_are_refused_with_both_owners(site: Path) -> None:
    install(site, "acme-two", {"acme_two.py": CHECK.format(name="asks")}, version="2.0", entry_points="two = acme_two")
    registry = one_module(site, CHECK.format(name="asks"))
    assert told(registry) == (
        "plugin `acme` (acme-checks 1.0): check `asks` comes from `two` (acme-two 2.0) too, and none is used; "
        "turn one off with `-p no:acme` or `-p no:two`"
    )
    assert registry.checks == {}
    assert registry.owners == {}
    assert states(registry) == {"acme": "on", "two": "on"}


def test_turning_one_of_the_two_off_is_the_way_out(site: Path) -> None:
    install(site, "acme-two", {"acme_two.py": CHECK.format(name="asks")}, entry_points="two = acme_two")
    install(site, "acme-checks", {"acme.py": CHECK.format(name="asks")})
    registry = load(["two"], entry_points(site))
    assert (told(registry), registry.owners) == ("", {("checks", "asks"): "acme"})


def test_nobody_replaces_a_built_in(site: Path) -> None:
    install(site, "acme-checks", {"acme.py": CHECK.format(name="mutual-connection")})
    registry = load()
    ours = [failure for failure in registry.failures if failure.name == "acme"]
    version = next(plugin.version for plugin in registry.plugins if plugin.name == "builtin")
    assert "\n".join(map(str, ours)) == (
        "plugin `acme` (acme-checks 1.0): check `mutual-connection` comes from `builtin.checks.mutual_connection` "
        f"(policycheck {version}) too, and none is used; "
        "turn one off with `-p no:acme` or `-p no:builtin.checks.mutual_connection`"
    )
    assert "mutual-connection" not in registry.checks


def test_a_check_and_a_command_may_share_a_name(site: Path) -> None:
    code = "\nimport click\n@hookimpl\ndef policycheck_commands():\n    return [click.Command('asks')]\n"
    registry = one_module(site, CHECK.format(name="asks") + code)
    assert (told(registry), sorted(registry.owners)) == ("", [("checks", "asks"), ("commands", "asks")])


# Turned off


@pytest.mark.parametrize(
    ("disabled", "expected"),
    [
        (["acme"], {"acme": "off"}),
        (["acme.one"], {"acme": "on", "acme.one": "off", "acme.one.deep": "off", "acme.two": "on"}),
        (["acme.one.deep"], {"acme": "on", "acme.one": "on", "acme.one.deep": "off", "acme.two": "on"}),
        (["acme.one", "acme.two"], {"acme": "on", "acme.one": "off", "acme.one.deep": "off", "acme.two": "off"}),
        (["acme", "acme.two"], {"acme": "off"}),
    ],
    ids=["entry-point", "package", "module", "two", "within"],
)
def test_turning_a_plugin_off_turns_off_all_that_is_inside_it(
    site: Path, disabled: list[str], expected: dict[str, str]
) -> None:
    modules = {"acme/__init__.py": "", "acme/two.py": "", "acme/one/__init__.py": "", "acme/one/deep.py": ""}
    install(site, "acme-checks", modules)
    assert states(load(disabled, entry_points(site))) == expected


def test_nothing_of_a_plugin_that_is_off_is_run(site: Path) -> None:
    install(
        site,
        "acme-checks",
        {"acme/__init__.py": "raise SystemExit", "acme/inner.py": ""},
        entry_points="a = acme.inner",
    )
    registry = load(["a"], entry_points(site))
    assert (told(registry), states(registry)) == ("", {"a": "off"})
    assert "acme" not in sys.modules


def test_an_unknown_name_to_turn_off_is_refused_with_a_near_one(site: Path) -> None:
    install(site, "acme-checks", {"acme/__init__.py": "", "acme/one.py": ""})
    with pytest.raises(UsageError) as caught:
        load(["acme.on", "xyzzy\x1b"], entry_points(site))
    assert caught.value.messages == (
        "-p no:acme.on: no plugin has this name; did you mean `acme.one`?",
        "-p no:xyzzy\\x1b: no plugin has this name; `policycheck plugins` lists them",
    )


# Order


@given(st.permutations(["b = acme_b", "a = acme_a", "c = acme_c", "c = acme_d", "e = acme_a", "f = acme_f"]))
def test_the_order_of_installation_never_matters(lines: list[str]) -> None:
    points = [EntryPoint(line[0], line[4:], "policycheck") for line in lines]
    assert _as_data(load(entry_points=points)) == _as_data(load(entry_points=sorted(points)))


@pytest.fixture(autouse=True, scope="module")
def _permuted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The modules of the property above: two give the same check, one breaks."""
    folder = tmp_path_factory.mktemp("permuted")
    for name, code in [
        ("a", CHECK.format(name="x")),
        ("b", CHECK.format(name="x")),
        ("c", ""),
        ("d", ""),
        ("f", "1 / 0"),
    ]:
        (folder / f"acme_{name}.py").write_text(code)
    sys.path.insert(0, str(folder))
    yield
    sys.path.remove(str(folder))


def _as_data(registry: Registry) -> tuple[object, ...]:
    return (registry.plugins, registry.failures, list(registry.checks), list(registry.owners.items()))


SHOW = """
import json
from policycheck.registry import load
r = load()
print(json.dumps([list(r.checks), [str(f) for f in r.failures], [[p.name, p.state, p.adds] for p in r.plugins]]))
"""


def test_neither_the_hash_seed_nor_the_order_of_the_path_changes_what_is_loaded(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    install(one, "acme-one", {"acme_one.py": CHECK.format(name="asks")}, entry_points="one = acme_one")
    install(two, "acme-two", {"acme_two.py": CHECK.format(name="asks")}, entry_points="two = acme_two")
    said = {
        subprocess.run(
            [sys.executable, "-c", SHOW],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(map(str, path))},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, path in [("0", [one, two]), ("1", [two, one]), ("42", [one, two])]
    }
    assert len(said) == 1
    checks, failures, _ = json.loads(said.pop())
    assert "asks" not in checks
    assert "mutual-connection" in checks
    (ours,) = (failure for failure in failures if "acme" in failure)
    assert ours == (
        "plugin `one` (acme-one 1.0): check `asks` comes from `two` (acme-two 1.0) too, and none is used; "
        "turn one off with `-p no:one` or `-p no:two`"
    )
