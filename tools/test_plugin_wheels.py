"""Build each project in plugins/ as a wheel, install the wheel, and run the project's own tests against it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str | Path) -> None:
    """Run one command with this Python; its failure ends everything."""
    subprocess.run([sys.executable, "-m", *map(str, arguments)], check=True, cwd=ROOT)


def main() -> None:
    """Test every project; at least one must be there."""
    projects = sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))
    if not projects:
        sys.exit("plugins/: no project found")
    for project in projects:
        with tempfile.TemporaryDirectory() as folder:
            run("build", "--wheel", "--outdir", folder, project)
            (wheel,) = Path(folder).glob("*.whl")
            run("pip", "install", "--force-reinstall", "--no-deps", wheel)
        run("pytest", "--rootdir", project, "--override-ini", "pythonpath=", project / "tests")


if __name__ == "__main__":
    main()
