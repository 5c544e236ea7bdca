"""What is fuzzed: every way in which a stranger's bytes come in. A target takes bytes, and raises where we do something wrong.

A refusal with an error of ours is right. Wrong is whatever else is raised, a reader or check that breaks, an account that is
called nothing, and an error that a terminal would obey.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path

from policycheck import Account, PluginError, PolicycheckError, PolicySource, Unreadable, evaluate, read, visible
from policycheck.engine.compile import Program, compile_policy
from policycheck.policy.load import load_policy, policy_from
from policycheck.policy.profile import load_profile
from policycheck.reading.facts import load_facts
from policycheck.registry import Registry, load

Target = Callable[[bytes], None]

AS_OF = date(2026, 11, 23)
TABLES = (
    "Connections.csv",
    "Invitations.csv",
    "messages.csv",
    "Profile.csv",
    "Positions.csv",
    "Endorsement_Received_Info.csv",
)
"""Files of an export: the first byte of an input chooses one, the rest is its content."""


@cache
def registry() -> Registry:
    return load()


@cache
def program() -> Program:
    return compile_policy(load_policy("pragmatic", registry()))


def targets() -> dict[str, Target]:
    """The targets by name: the user's own files, archives, and each installed reader."""
    own: dict[str, Target] = {"policy": policy, "profile": profile, "facts": facts, "archive": archive, "table": table}
    return {**own, **{name: partial(reader, name) for name in registry().readers}}


def policy(data: bytes) -> None:
    """A policy, as `--policy` takes it."""
    text = data.decode("utf-8", "replace")
    source = PolicySource(name="fuzzed", read=lambda: text, origin="fuzzed.yaml")
    _refused_clearly(lambda: policy_from(source, registry().checks, registry().policies))


def profile(data: bytes) -> None:
    """A profile, as `--profile` takes it."""
    _refused_clearly(lambda: _from_file(data, load_profile))


def facts(data: bytes) -> None:
    """Facts, as `--facts` takes them."""
    _refused_clearly(lambda: _from_file(data, load_facts))


def archive(data: bytes) -> None:
    """Whatever it is, recognised by its content."""
    _refused_clearly(lambda: _read(data, None))


def table(data: bytes) -> None:
    """One file of an export, in its archive: its name by the first byte, then its content."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr(TABLES[data[0] % len(TABLES)] if data else TABLES[0], data[1:])
    _refused_clearly(lambda: _read(packed.getvalue(), None))


def reader(name: str, data: bytes) -> None:
    """One reader, also of what it doesn't recognise, as `--reader` has it."""
    _refused_clearly(lambda: _read(data, name))


def _from_file(data: bytes, load_it: Callable[[str], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "fuzzed")
        path.write_bytes(data)
        load_it(str(path))


def _read(data: bytes, name: str | None) -> None:
    """Read and judge everything."""
    accounts = read("-", registry=registry(), reader=name, stdin=io.BytesIO(data))
    for outcome in evaluate(_seen(accounts), program(), as_of=AS_OF):
        if isinstance(outcome, Unreadable):
            _harmless(f"{outcome.origin}: {outcome.why}; {outcome.repair}")


def _seen(accounts: Iterator[Account | Unreadable]) -> Iterator[Account | Unreadable]:
    for account in accounts:
        if isinstance(account, Account) and account.id is not None and not account.id:
            raise AssertionError("an account is called nothing; it should be None")
        yield account


def _refused_clearly(action: Callable[[], object]) -> None:
    try:
        action()
    except PluginError:
        raise  # a reader or check that breaks is what we look for
    except PolicycheckError as error:
        for message in error.messages:
            _harmless(message)


def _harmless(message: str) -> None:
    if visible(message) != message:
        raise AssertionError(f"a terminal would obey this: {message!r}")
