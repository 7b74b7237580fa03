"""The recipes of `actes git-setup --ci`: YAML of the right shape, whose commands do what they say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.review.event import make_event
from tests.support.git import git
from tests.support.workspace import REPOSITORY, actes, put

RECIPES = {"github": ".github/workflows/actes.yml", "gitlab": ".gitlab-ci.yml"}


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in git with both recipes, and programs that say what they were asked."""
    folder = tmp_path_factory.mktemp("recipes")
    root = make_event(folder)
    for hostile in root.glob("sources/eco/piege.*.md"):
        hostile.unlink()
    git(root, "init", "-q", "-b", "main")
    for name, path in RECIPES.items():
        done = actes(root, "git-setup", "--ci", name, ACTES_LANG="fr")
        assert path in done.out.splitlines(), done.said
    programs = {
        "actes": f'exec {sys.executable} -c "from pipeline.cli.main import main; main()" "$@"',
        "gh": 'echo "gh $@" >> $CALLED; case "$*" in *--edit-last*) exit 1;; esac',
        "curl": 'echo "curl $@" >> $CALLED',
    }
    for name, script in programs.items():
        put(folder / "bin" / name, f"#!/bin/sh\n{script}\n").chmod(0o755)
    return root


def recipe(root: Path, name: str) -> Any:
    return YAML(typ="safe").load((root / RECIPES[name]).read_text(encoding="utf-8"))


def run(root: Path, script: str, **env: str) -> tuple[int, str]:
    """A step as the service's shell runs it."""
    inherited = {key: os.environ[key] for key in ("HOME", "TMPDIR") if key in os.environ}
    environ = {
        **inherited,
        "PATH": f"{root.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *filter(None, sys.path)]),
        "CALLED": str(root.parent / "called"),
        **env,
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=root, env=environ, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_the_recipe_for_github_does_all_of_it(event: Path) -> None:
    found = recipe(event, "github")
    assert set(found[True if True in found else "on"]) == {"pull_request", "push"}
    assert found["permissions"] == {"contents": "read", "pull-requests": "write"}
    job = found["jobs"]["texts"]
    env = {key: str(value) for key, value in job["env"].items()}
    assert env["ACTES_LANG"] == "fr"
    env |= {"GITHUB_STEP_SUMMARY": str(event.parent / "summary"), "NUMBER": "7",
            "RUN": "https://forge.example/1", "GH_REPO": "a/b"}  # fmt: skip
    codes = {}
    for step in job["steps"]:
        assert ("run" in step) != ("uses" in step)
        if "run" in step and step["name"] != "Install":
            codes[step["name"]], said = run(event, step["run"], **env)
            assert codes[step["name"]] in (0, 1), said
    assert codes["State of the translations"] == codes["Comment"] == codes["Page to review"] == 0
    summary = (event.parent / "summary").read_text(encoding="utf-8")
    assert summary.startswith("### Actes\n\n```\nVers : ")
    made = {path.name for path in (event / "build/ci").iterdir()}
    assert {"status.txt", "check.txt", "review.html", "summary.md"} <= made
    assert [name for name in made if name.endswith(".pdf")]
    assert [name for name in made if name.endswith(".docx")]
    assert "Un projet discret." not in (event / "build/ci/review.html").read_text(encoding="utf-8")
    called = (event.parent / "called").read_text(encoding="utf-8").splitlines()
    assert called[0].startswith("gh pr comment 7 --edit-last --body-file build/ci/summary.md")
    assert called[1] == "gh pr comment 7 --body-file build/ci/summary.md"
    kept = next(step["with"] for step in job["steps"] if "upload" in step.get("uses", ""))
    assert kept["path"] == "build/ci"


def test_the_recipe_for_gitlab_does_the_same_and_fails_on_an_error(event: Path) -> None:
    job = recipe(event, "gitlab")["actes"]
    env = {key: str(value) for key, value in job["variables"].items()}
    assert env["ACTES_LANG"] == "fr"
    put(event / "sources/eco/casse.fr.md", "---\ntitle: [\n---\n")
    (event / "build/ci/review.html").unlink()
    code, said = run(event, "\n".join(job["script"]), **env)
    assert code == 1
    assert "sources/eco/casse.fr.md:" in said
    assert "Vers : " in said
    kept = job["artifacts"]
    assert (kept["when"], kept["paths"]) == ("always", ["build/ci/"])
    assert (event / "build/ci/review.html").is_file()
    forge = {"CI_API_V4_URL": "https://forge.example/api", "CI_PROJECT_ID": "3",
             "CI_MERGE_REQUEST_IID": "9", "CI_JOB_URL": "https://forge.example/4"}  # fmt: skip
    after = "\n".join(job["after_script"])
    assert run(event, after, **forge, ACTES_TOKEN="")[0] == 0
    assert run(event, after, **forge, ACTES_TOKEN="jeton")[0] == 0  # noqa: S106
    called = (event.parent / "called").read_text(encoding="utf-8").splitlines()
    assert len([line for line in called if line.startswith("curl")]) == 1
    assert "https://forge.example/api/projects/3/merge_requests/9/notes" in called[-1]
    note = (event / "build/ci/summary.md").read_text(encoding="utf-8")
    assert note.rstrip().endswith("https://forge.example/4/artifacts/browse")


def test_a_recipe_that_is_there_is_never_replaced(event: Path) -> None:
    own = event / RECIPES["gitlab"]
    before = own.read_bytes()
    own.write_bytes(before + b"# les notres\n")
    done = actes(event, "git-setup", "--ci", "gitlab")
    assert (done.code, own.read_bytes()) == (4, before + b"# les notres\n")
    assert "nothing was replaced" in done.err
    own.write_bytes(before)


def test_a_recipe_goes_to_the_top_of_the_repository(tmp_path: Path) -> None:
    root = make_event(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    done = actes(root, "git-setup", "--ci", "github")
    assert done.code == 2
    assert str(tmp_path) in done.err
    assert not (root / ".github").exists()
    assert actes(root, "git-setup").code == 0
