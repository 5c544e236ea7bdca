"""What others' validators have against a file of the kit: check-jsonschema with the services' schemas, and zizmor."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from checkouts import environment


def schema_mistakes(schema: str, file: Path) -> str:
    """What the schema (``github-actions``, ``github-workflows``, ``gitlab-ci``) says; empty where it is content."""
    transform = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    arguments = ["--builtin-schema", f"vendor.{schema}", *transform, str(file)]
    return _said([sys.executable, "-m", "check_jsonschema", *arguments])


def injections(file: Path) -> str:
    """What zizmor finds in an action or a workflow; empty where it finds nothing."""
    return _said([str(Path(sys.executable).parent / "zizmor"), "--offline", "--no-progress", "--no-config", str(file)])


def _said(command: list[str]) -> str:
    ran = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr if ran.returncode else ""
