"""The GitLab component as GitLab reads it: what inputs it takes, and what GitLab's schema says, which refuses known-bad files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from checkouts import ROOT
from gitlab_component import RefusedError, interpolated
from validators import schema_mistakes

TEMPLATE = (ROOT / "templates" / "policycheck.yml").read_text("utf-8")


@pytest.mark.parametrize("value", ["", " ", "a\nb", "a\rb", "a\u0085b", "a\u2028b", "a\x00b"])
def test_a_value_that_would_end_its_line_makes_no_pipeline(value: str) -> None:
    for name in ("policy", "profile", "facts", "package", "image", "stage", "job_name", "fail_on", "as_of"):
        with pytest.raises(RefusedError, match="does not match"):
            interpolated(TEMPLATE, **{"inputs": [], name: value})


@pytest.mark.parametrize("name", ["image", "stage", "job_name"])
def test_a_value_that_would_end_its_quotes_makes_no_pipeline(name: str) -> None:
    for value in ('a"b', "a\\"):
        with pytest.raises(RefusedError, match="does not match"):
            interpolated(TEMPLATE, **{"inputs": [], name: value})


def test_no_script_holds_an_input() -> None:
    _, body = TEMPLATE.split("\n---\n")
    before, _, after = body.partition("  before_script:\n")
    assert "$[[" in before
    assert "$[[" not in after


def test_gitlab_s_schema_has_nothing_against_the_header_nor_against_the_job(tmp_path: Path) -> None:
    header, _ = TEMPLATE.split("\n---\n")
    for text in (header, interpolated(TEMPLATE, inputs=["a: 'b' \"c\" #"])):
        (tmp_path / "part.yml").write_text(text, "utf-8")
        assert schema_mistakes("gitlab-ci", tmp_path / "part.yml") == ""


@pytest.mark.parametrize(
    ("part", "good", "bad"),
    [(0, "type: array", "type: list"), (1, "when: always", "when: ever"), (1, "expand: false", "expand: 0.5")],
    ids=["the type of an input", "when artefacts are kept", "an option of a variable"],
)
def test_gitlab_s_schema_refuses_what_is_known_to_be_bad(tmp_path: Path, part: int, good: str, bad: str) -> None:
    text = (TEMPLATE.split("\n---\n")[0], interpolated(TEMPLATE, inputs=[]))[part]
    assert good in text
    (tmp_path / "part.yml").write_text(text.replace(good, bad), "utf-8")
    assert schema_mistakes("gitlab-ci", tmp_path / "part.yml") != ""


def test_the_pipeline_of_the_documentation_is_one_and_the_component_takes_its_inputs(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "ci-kit.md").read_text("utf-8")
    found = re.search(r"```yaml\n(include:.*?)```", page, re.DOTALL)
    assert found
    (tmp_path / ".gitlab-ci.yml").write_text(found[1], "utf-8")
    assert schema_mistakes("gitlab-ci", tmp_path / ".gitlab-ci.yml") == ""
    (included,) = yaml.safe_load(found[1])["include"]
    given: dict[str, Any] = {name.replace("-", "_"): value for name, value in included["inputs"].items()}
    assert "house.yaml" in interpolated(TEMPLATE, **given)
