"""Where the shipped policies lie: in the installed package, or in the checkout that an editable install points to."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from policycheck.errors import PolicyError


def policies_folder() -> Traversable:
    """The folder of the shipped policies and phrase lists. Raises PolicyError where neither place has one."""
    package = files("policycheck")
    checkout = Path(__file__).resolve().parents[3]
    for folder in (package / "policies", checkout / "policies"):
        if (folder / "phrases").is_dir():
            return folder
    raise PolicyError("the shipped policies are missing; install policycheck again")
