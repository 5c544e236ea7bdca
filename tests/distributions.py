"""Distributions as an installer leaves them: modules, and the metadata that names their entry points."""

from __future__ import annotations

from pathlib import Path


def install(
    site: Path, distribution: str, modules: dict[str, str], version: str = "1.0", entry_points: str = "acme = acme"
) -> None:
    """Lay a distribution's files and metadata into a folder."""
    for name, code in modules.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(code, "utf-8")
    info = site / f"{distribution.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[policycheck]\n{entry_points}\n", "utf-8")
