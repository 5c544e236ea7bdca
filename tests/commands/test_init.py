"""``policycheck init``: what it writes, what it finds out, and what it leaves as it is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from policycheck.cli import run

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = [
    "templates/after-an-event.md",
    "outreach.yaml",
    "us.yaml",
    "policy-tests/outreach.yaml",
    "policycheck.toml",
    ".github/workflows/policycheck.yml",
]
KNOWN = (
    "known    policycheck check %s --report jsonl=known.jsonl, "
    'then `baseline = "known.jsonl"` in the settings: only what is new counts'
)
NOTE = (
    "note     .github/workflows/policycheck.yml installs policycheck==0.1.0 from your package index; "
    "have it otherwise, and change that line"
)
PITCH = "We help teams like yours double their leads. 15 minutes for a demo?"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository of somebody's whom git knows by name."""
    here = tmp_path / "outreach"
    here.mkdir()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (tmp_path / "gitconfig").write_text("[user]\n\tname = Ana Voss\n", "utf-8")
    monkeypatch.chdir(here)
    git("init", "-q")
    return here


def git(*argv: str) -> None:
    subprocess.run(["git", *argv], check=True)


def init(*argv: str, capsys: pytest.CaptureFixture[str], status: int = 0) -> list[str]:
    """What is said."""
    capsys.readouterr()
    assert run(["init", *argv, "--as-of", "2026-11-23"]) == status
    printed = capsys.readouterr()
    return (printed.err if status else printed.out).splitlines()


def files() -> dict[str, bytes]:
    """Every file here, but git's own."""
    found = (path for path in Path().rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path): path.read_bytes() for path in found}


def queue(name: str = "queue.csv", note: str = PITCH) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(f"id,stage,name,known,note\nq-1,outgoing,Mia Berg,false,{note}\n", "utf-8")


def test_an_empty_repository_gets_all_that_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert init("--ci", "github", capsys=capsys) == [
        *(f"written  {path}" for path in WRITTEN),
        NOTE,
        "next     policycheck check templates",
    ]
    assert sorted(files()) == sorted(WRITTEN)


@pytest.mark.parametrize("base", ["pragmatic", "conservative"])
def test_what_it_writes_passes_its_own_checks(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    init("--policy", base, capsys=capsys)
    assert run(["check", "templates", "--as-of", "2026-11-23", "--strict"]) == 0
    assert run(["test", "policy-tests"]) == 0
    assert run(["lock"]) == 0
    assert run(["check", "templates", "--as-of", "2026-11-23", "--locked"]) == 0


def test_its_tests_fail_once_the_policy_is_another(capsys: pytest.CaptureFixture[str]) -> None:
    init(capsys=capsys)
    policy = Path("outreach.yaml").read_text("utf-8")
    Path("outreach.yaml").write_text(policy.replace("effect: deny", "effect: review"), "utf-8")
    assert run(["test", "policy-tests"]) == 1


def test_a_second_time_it_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    init("--ci", "github", capsys=capsys)
    before = files()
    assert init("--ci", "github", capsys=capsys) == [
        "found    templates: holds what is to be judged",
        "left     policycheck.toml: is there already; what it names decides",
        "left     .github/workflows/policycheck.yml: is there already",
        "next     policycheck check templates",
        KNOWN % "templates",
    ]
    assert files() == before


@pytest.mark.parametrize("path", WRITTEN)
@pytest.mark.parametrize("kind", ["file", "link"])
def test_no_file_is_ever_overwritten(path: str, kind: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    elsewhere = tmp_path / "elsewhere"
    if kind == "link":
        Path(path).symlink_to(elsewhere)
    else:
        Path(path).write_text("# ours\n", "utf-8")
    init("--ci", "github", capsys=capsys)
    assert Path(path).is_symlink() if kind == "link" else Path(path).read_text("utf-8") == "# ours\n"
    assert not elsewhere.exists()


def test_a_policy_and_a_profile_that_are_there_are_used(capsys: pytest.CaptureFixture[str]) -> None:
    init(capsys=capsys)
    Path("policycheck.toml").unlink()
    Path("us.yaml").write_text("names: [Ben Ito]\nblocked_companies: []\nblocked_people: []\n", "utf-8")
    said = init(capsys=capsys)
    assert "left     outreach.yaml: is there already" in said
    assert "left     us.yaml: is there already" in said
    assert 'policy = "outreach.yaml"\nprofile = "us.yaml"\n' in Path("policycheck.toml").read_text("utf-8")


def test_other_things_of_those_names_are_gone_round(capsys: pytest.CaptureFixture[str]) -> None:
    Path("outreach.yaml").write_text("services: {}\n", "utf-8")
    Path("us.yaml").write_text("states: [Ohio]\n", "utf-8")
    init(capsys=capsys)
    assert 'policy = "policycheck-outreach.yaml"\nprofile = "policycheck-us.yaml"\n' in Path(
        "policycheck.toml"
    ).read_text("utf-8")
    assert run(["check", "templates", "--as-of", "2026-11-23"]) == 0


def test_settings_in_pyproject_are_settings_too(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pyproject.toml").write_text('[tool.policycheck]\npolicy = "conservative"\n', "utf-8")
    assert "left     pyproject.toml: is there already; what it names decides" in init(capsys=capsys)
    assert not Path("policycheck.toml").exists()
    assert run(["check", "templates", "--as-of", "2026-11-23"]) == 0
    assert "policycheck test" not in Path("policycheck.sh").read_text("utf-8")


# What it finds out


def told(lines: list[str], *words: str) -> list[str]:
    return [line for line in lines if line.split()[0] in words]


def test_it_finds_what_is_to_be_judged_wherever_it_lies(capsys: pytest.CaptureFixture[str]) -> None:
    queue("queues/one.csv")
    queue("queues/more/two.csv")
    Path("notes").mkdir()
    Path("notes/hello.md").write_text("---\nid: hello\n---\n\nHi {{first_name}}, we met at the fair.\n", "utf-8")
    Path("README.md").write_text("# Ours\n", "utf-8")
    Path("package.json").write_text('{"name": "ours"}\n', "utf-8")
    Path("node_modules").mkdir()
    queue("node_modules/x.csv")
    said = init("--ci", "plain", capsys=capsys)
    assert told(said, "found", "passed", "next", "known") == [
        "found    notes: holds what is to be judged",
        "found    queues/one.csv: holds what is to be judged",
        "found    queues/more/two.csv: holds what is to be judged",
        "next     policycheck check notes queues/one.csv queues/more/two.csv",
        KNOWN % "notes queues/one.csv queues/more/two.csv",
    ]
    assert not Path("templates").exists()
    script = Path("policycheck.sh").read_text("utf-8").splitlines()
    assert script[-1].partition(" -- ")[2] == "notes queues/one.csv queues/more/two.csv"


def test_an_export_holds_what_others_sent_and_is_not_gated(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "examples" / "linkedin-export", "export")
    queue()
    said = init(capsys=capsys)
    assert told(said, "found", "next") == [
        "found    export: holds what others sent us; not in the pipeline, which is for what we send",
        "found    queue.csv: holds what is to be judged",
        "next     policycheck check queue.csv",
    ]


def test_a_queue_with_a_fault_is_in_the_pipeline_which_fails_until_it_is_mended(
    capsys: pytest.CaptureFixture[str],
) -> None:
    queue()
    with Path("queue.csv").open("a", encoding="utf-8") as file:
        file.write("q-2,outgoing\n")
    said = init(capsys=capsys)
    (found,) = told(said, "found")
    assert found.startswith(
        "found    queue.csv: holds what is to be judged; the pipeline fails until this is mended: queue.csv:3: "
    )
    assert " -- queue.csv\n" in Path("policycheck.sh").read_text("utf-8")
    assert run(["check", "queue.csv", "--as-of", "2026-11-23"]) == 4


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"First Name,Last Name,note\nMia,Berg,Hi\n", "queue.csv: holds no invitation that can be read: queue.csv:1: no column says the stage"),
        ("id,stage,note\nq,outgoing,Hi\n".encode("utf-16"), "queue.csv: holds no invitation that can be read: queue.csv: is UTF-16 text"),
        (b"", "queue.csv: holds no invitation that can be read: queue.csv: is empty"),
    ],
)  # fmt: skip
def test_a_table_without_a_readable_invitation_is_named(
    data: bytes, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("queue.csv").write_bytes(data)
    (passed,) = told(init(capsys=capsys), "passed")
    assert passed.startswith(f"passed   {why}")


def test_a_folder_of_templates_with_a_broken_one_is_taken_whole(capsys: pytest.CaptureFixture[str]) -> None:
    Path("texts").mkdir()
    Path("texts/a.md").write_text("---\nid: a\n---\n\nHi {{first_name}}.\n", "utf-8")
    Path("texts/x.yaml").write_text("id: x\nnote: [no text]\n", "utf-8")
    (found,) = told(init(capsys=capsys), "found")
    assert found.startswith(
        "found    texts: holds what is to be judged; the pipeline fails until this is mended: x.yaml:"
    )


def test_what_git_ignores_is_not_in_the_pipeline(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".gitignore").write_text("private/\n", "utf-8")
    queue("private/queue.csv")
    queue("queue.csv")
    said = init(capsys=capsys)
    assert told(said, "found") == [
        "found    queue.csv: holds what is to be judged",
        "found    private/queue.csv: not in the pipeline, since git ignores it",
    ]


def test_reports_and_logs_of_our_own_are_no_queues(capsys: pytest.CaptureFixture[str]) -> None:
    queue()
    check = ["check", "queue.csv", "--as-of", "2026-11-23", "--fail-on", "never"]
    assert run([*check, "--report", "jsonl=known.jsonl", "--audit-log", "log.jsonl"]) == 0
    assert told(init(capsys=capsys), "found", "passed") == ["found    queue.csv: holds what is to be judged"]


def test_a_template_of_ours_goes_into_no_folder_of_yours(capsys: pytest.CaptureFixture[str]) -> None:
    Path("templates").mkdir()
    Path("templates/fair.txt").write_text(PITCH, "utf-8")
    said = init(capsys=capsys)
    assert "written  policycheck-templates/after-an-event.md" in said
    assert list(Path("templates").iterdir()) == [Path("templates/fair.txt")]


def test_a_pipeline_that_is_there_is_said_to_lack_what_was_found_since(capsys: pytest.CaptureFixture[str]) -> None:
    init(capsys=capsys)
    queue()
    assert told(init(capsys=capsys), "left")[-1] == (
        "left     policycheck.sh: is there already; it does not name queue.csv, so add that"
    )


def test_elsewhere_the_next_command_goes_there_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "another place"
    assert told(init(str(there), capsys=capsys), "next") == [f"next     cd '{there}' && policycheck check templates"]


def test_a_folder_of_templates_with_a_queue_in_it_is_taken_file_by_file(capsys: pytest.CaptureFixture[str]) -> None:
    queue("mixed/queue.csv")
    Path("mixed/hello.md").write_text("---\nid: hello\n---\n\nHi {{first_name}}, we met at the fair.\n", "utf-8")
    said = init(capsys=capsys)
    assert [line for line in said if line.startswith("found")] == [
        "found    mixed/hello.md: holds what is to be judged",
        "found    mixed/queue.csv: holds what is to be judged",
    ]


def test_whose_export_it_is_is_known_from_it(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "examples" / "linkedin-export", "export")
    init(capsys=capsys)
    profile = yaml.safe_load(Path("us.yaml").read_text("utf-8"))
    assert profile["names"] == ["Ana Voss"]
    assert "Brightleaf" in profile["companies"]


def test_without_an_export_our_name_is_git_s(capsys: pytest.CaptureFixture[str]) -> None:
    init(capsys=capsys)
    assert yaml.safe_load(Path("us.yaml").read_text("utf-8"))["names"] == ["Ana Voss"]


def test_without_git_it_works_all_the_same(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", "")
    init(capsys=capsys)
    assert "names" not in yaml.safe_load(Path("us.yaml").read_text("utf-8"))
    assert Path("policycheck.sh").exists()


@pytest.mark.parametrize(
    ("sign", "path"),
    [
        ("https://github.com/acme/outreach.git", ".github/workflows/policycheck.yml"),
        ("git@gitlab.example.org:acme/outreach.git", ".gitlab-ci.yml"),
        ("https://git.example.org/acme/outreach.git", "policycheck.sh"),
        ("https://gitlab.com/acme/github-sync.git", ".gitlab-ci.yml"),
        ("git@git.example.org:github/outreach.git", "policycheck.sh"),
        (".github/", ".github/workflows/policycheck.yml"),
    ],
)
def test_the_service_is_found_out(sign: str, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    if sign.endswith("/"):
        Path(sign).mkdir()
    else:
        git("remote", "add", "origin", sign)
    assert f"written  {path}" in init(capsys=capsys)


def test_a_pipeline_that_is_there_tells_the_service(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".gitlab-ci.yml").write_text("stages: [test]\n", "utf-8")
    Path(".github").mkdir()
    assert "written  .gitlab/policycheck.yml" in init(capsys=capsys)


def test_a_pipeline_of_gitlab_that_is_there_gets_a_file_to_include(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".gitlab-ci.yml").write_text("stages: [test]\n", "utf-8")
    said = init(capsys=capsys)
    assert "left     .gitlab-ci.yml: is there already; add to it: include: [{local: .gitlab/policycheck.yml}]" in said
    assert "policycheck" in yaml.safe_load(Path(".gitlab/policycheck.yml").read_text("utf-8"))
    assert Path(".gitlab-ci.yml").read_text("utf-8") == "stages: [test]\n"


def test_where_files_are_named_one_by_one_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    queue()
    assert told(init(capsys=capsys), "note")[1:] == [
        "note     policycheck.sh names the files that are there today; add what comes beside them, or keep them in a folder"
    ]


def test_a_folder_in_which_something_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("texts").mkdir()
    Path("texts/a.yaml").write_text("templates:\n  - id: a\n    nota: Hi.\n", "utf-8")
    (passed,) = told(init(capsys=capsys), "passed")
    assert passed.startswith("passed   texts: holds no invitation that can be read: a.yaml:")


def test_folders_that_are_too_deep_to_be_looked_at_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    queue("a/b/c/d/e/f/queue.csv")
    queue("a/b/c/d/e/f/g/queue.csv")
    assert told(init(capsys=capsys), "found", "passed") == [
        "passed   a/b/c/d/e/f: the folders in it, which are more than 6 deep",
        "found    a/b/c/d/e/f/queue.csv: holds what is to be judged",
    ]


def test_more_files_than_are_looked_at_are_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("policycheck.builtin.commands._init_found.MOST_FILES", 3)
    for number in range(4):
        queue(f"{number}.csv")
    assert told(init(capsys=capsys), "passed") == [
        "passed   more than 3 files: name what else is to be judged in the pipeline"
    ]


# What must not get into a pipeline


@pytest.mark.parametrize(
    "name", ["a$(touch x).csv", "${{ github.token }}.csv", "it's.csv", "-rf.csv", "a\nb.csv", "a;b.csv", "ä.csv"]
)
def test_a_name_that_could_be_a_command_stays_out_of_the_pipeline(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    queue(name)
    said = init("--ci", "github", capsys=capsys)
    assert any(
        line.endswith("not in the pipeline, for its name; rename it to plain letters and add it there") for line in said
    )
    workflow = Path(".github/workflows/policycheck.yml").read_text("utf-8")
    assert name not in workflow
    assert "${{" not in workflow


def test_a_name_with_a_blank_is_one_argument(capsys: pytest.CaptureFixture[str]) -> None:
    queue("our queue.csv", note="Hi.")
    init("--ci", "github", capsys=capsys)
    last = steps(Path(".github/workflows/policycheck.yml"))[-1]
    assert last == (
        """policycheck check --format github --report markdown="$GITHUB_STEP_SUMMARY" -- 'our queue.csv\'"""
    )


def steps(workflow: Path) -> list[str]:
    (job,) = yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
    return [step["run"] for step in job["steps"] if "run" in step]


def test_each_service_runs_the_same_steps(capsys: pytest.CaptureFixture[str]) -> None:
    init("--ci", "github", capsys=capsys)
    github = steps(Path(".github/workflows/policycheck.yml"))
    init("--ci", "gitlab", capsys=capsys)
    gitlab = yaml.safe_load(Path(".gitlab-ci.yml").read_text("utf-8"))["policycheck"]["script"]
    init("--ci", "plain", capsys=capsys)
    plain = Path("policycheck.sh").read_text("utf-8").splitlines()[-3:]
    assert (
        github[:2]
        == gitlab[:2]
        == plain[:2]
        == [
            "python3 -I -m pip install 'policycheck==0.1.0'",
            "policycheck test policy-tests",
        ]
    )
    assert [one.partition(" --format ")[0] for one in (github[2], gitlab[2], plain[2])] == ["policycheck check"] * 3
    assert [one.partition(" -- ")[2] for one in (github[2], gitlab[2], plain[2])] == ["templates"] * 3


# What is refused


@pytest.mark.parametrize("link", ["policy-tests", ".github", "templates"])
def test_nothing_is_written_through_a_link_that_leads_out(
    link: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    Path(link).symlink_to(outside)
    if link == "templates":  # which is gone round
        assert "written  policycheck-templates/after-an-event.md" in init("--ci", "github", capsys=capsys)
    else:
        (said,) = init("--ci", "github", capsys=capsys, status=2)
        assert said.endswith("a link leads out of this folder; delete the link, or set up the folder it leads to")
    assert list(outside.iterdir()) == []


def test_a_folder_within_a_repository_is_not_set_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = init("below", capsys=capsys, status=2)
    assert said == ["policycheck: this is the folder `below/` of a repository; set up the repository's root"]
    assert files() == {}


@pytest.mark.parametrize(
    ("argv", "status", "message"),
    [
        (["--policy", "pragmatik"], 3, "no policy is called `pragmatik`; did you mean `pragmatic`?"),
        (["--name", "Acme Inc"], 2, "--name Acme Inc: is no id; write lower-case words joined by hyphens"),
        (["taken"], 5, "taken: could not be set up (File exists); check its permissions"),
        (["\0"], 5, "\\x00: could not be set up (no possible file name); check its permissions"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    argv: list[str], status: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("taken").write_text("", "utf-8")
    assert init(*argv, capsys=capsys, status=status) == [f"policycheck: {message}"]
    assert list(files()) == ["taken"]


@pytest.mark.parametrize("name", ["pragmatic", "no", "2026", "Ähm 7", "acme-2", "us"])
def test_any_folder_name_gives_an_id(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    init(str(tmp_path / name), capsys=capsys)
    policies = sorted(path.stem for path in (tmp_path / name).glob("*.yaml"))
    expected = {
        "pragmatic": "pragmatic-outreach", "no": "no-outreach", "2026": "outreach", "Ähm 7": "hm-7", "us": "us-outreach", "acme-2": "acme-2",
    }[name]  # fmt: skip
    assert policies == sorted([expected, "us"])
    policy = tmp_path / name / f"{expected}.yaml"
    assert run(["policy", "show", str(policy)]) == 0


def test_a_name_that_git_tells_cannot_break_the_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git("config", "user.name", 'Eve"], blocked_people: [x] # \u202e')
    init(capsys=capsys)
    profile = yaml.safe_load(Path("us.yaml").read_text("utf-8"))
    assert list(profile) == ["names", "blocked_companies", "blocked_people"]
    assert profile["blocked_people"] == []
    assert run(["check", "templates", "--as-of", "2026-11-23"]) == 0
