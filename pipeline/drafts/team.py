"""`actes git-setup`: what git needs to merge and to show the texts as those who write them do.

What all share stands in files that are committed (``.gitattributes``, the recipe of the checks);
which program merges is set in each clone, as git asks: a repository must not name programs.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import files
from pipeline.drafts import git_words
from pipeline.errors import ActesError, Exit, Place, Problem, Severity, stop
from pipeline.texts import git_program
from pipeline.wording import interface_language
from pipeline.workspace.languages import program_templates

ATTRIBUTES = ".gitattributes"
LINE = "sources/**/*.md merge=actes diff=actes"
RECIPES: Mapping[str, str] = {"github": ".github/workflows/actes.yml", "gitlab": ".gitlab-ci.yml"}
_NOTE = "# Actes: texts are merged passage by passage, their differences shown by words."
_HEADINGS = "^ {0,2}(#{1,6} .+|title: .+)$"  # also in a comment, where the source is indented
_SPEAKS = "ACTES_LANG: en"
_LIMIT = 1024 * 1024


@dataclass(frozen=True)
class Done:
    """The files that were written and the settings of this clone that were made or changed."""

    files: tuple[str, ...]
    settings: tuple[str, ...]


def set_up(root: Path, recipe: str | None = None) -> Done:
    """Prepare the repository that the workspace at ``root`` is in; what is so already stays.

    ``recipe`` is a name of `RECIPES`. Raises ActesError ``git-missing`` (exit code 3) without git,
    ``git-no-repository`` (2), ``git-not-top`` (2) for a recipe where the workspace is not the top
    folder, ``git-recipe-there`` (4) over a file that somebody wrote, ``git-failed``.
    """
    git = git_program.program(root)
    if git is None:
        raise stop("git-missing", code=Exit.MISSING_TOOL)
    top = _asked(git, root, "rev-parse", "--show-toplevel")
    if top is None:
        raise stop("git-no-repository", code=Exit.USAGE)
    written = [_recipe(root, Path(top), recipe)] if recipe else []
    return Done((*_attributes(root), *filter(None, written)), tuple(_settings(git, root)))


def unprepared(root: Path) -> list[Problem]:
    """A remark where the files count on settings that this clone has not.

    Its configuration is looked at, never obeyed (law 9): git is not asked.
    """
    try:
        attributes = files.read_bytes(root, root / ATTRIBUTES, _LIMIT)
        settings = files.read_bytes(root, root / ".git/config", _LIMIT)
    except ActesError:
        return []
    if not _stands_in(attributes) or b"merge-driver" in settings:
        return []
    return [Problem("git-not-set-up", Place(ATTRIBUTES), severity=Severity.REMARK)]


# -- files that are committed -------------------------------------------------------------------


def _attributes(root: Path) -> list[str]:
    """Our line behind those of others, if it is not there."""
    path = root / ATTRIBUTES
    try:
        before = files.read_bytes(root, path, _LIMIT)
    except ActesError as error:
        if error.problems[0].rule != "file-missing":
            raise
        before = b""
    if _stands_in(before):
        return []
    ends = b"\r\n" if b"\r\n" in before else b"\n"
    apart = before if not before or before.endswith(b"\n") else before + ends
    ours = b"".join(line.encode() + ends for line in (_NOTE, LINE))
    if before:
        files.write_bytes(root, path, apart + ours, over=before)
    else:
        files.write_bytes(root, path, ours)
    return [ATTRIBUTES]


def _stands_in(attributes: bytes) -> bool:
    return LINE.encode() in (line.strip() for line in attributes.splitlines())


def _recipe(root: Path, top: Path, name: str) -> str | None:
    """The recipe's path; None where it stood there already, word for word."""
    if top.resolve() != root.resolve():
        raise stop("git-not-top", code=Exit.USAGE, top=str(top))
    path = RECIPES[name]
    recipe = (program_templates() / "ci" / f"{name}.yml").read_text(encoding="utf-8")
    content = recipe.replace(_SPEAKS, f"ACTES_LANG: {interface_language()}").encode("utf-8")
    if files.create_bytes(root, root / path, content):
        return path
    if files.read_bytes(root, root / path, _LIMIT) != content:
        raise stop("git-recipe-there", Place(path), Exit.REFUSED)
    return None


# -- settings of this clone ---------------------------------------------------------------------


def _settings(git: str, root: Path) -> list[str]:
    wanted = {
        "merge.actes.name": "Actes",
        "merge.actes.driver": _driver(),
        "merge.actes.recursive": "binary",  # of merge bases: no marks in what both began from
        "diff.actes.xfuncname": _HEADINGS,
    }
    words = git_words.choose(git)
    if words is not None:
        wanted["diff.actes.wordRegex"] = words
    changed = [
        key for key, value in wanted.items()
        if _asked(git, root, "config", "--local", "--get", key) != value
    ]  # fmt: skip
    for key in changed:
        if _asked(git, root, "config", "--local", key, wanted[key]) is None:
            raise stop("git-failed", key=key)
    return changed


def _driver() -> str:
    """The command that git runs in a shell; git's own merge of lines once Actes is gone."""
    beside = Path(sys.executable).with_name("actes")
    known = beside if os.access(beside, os.X_OK) else shutil.which("actes")
    actes = shlex.quote(Path(known or "actes").as_posix())
    return (
        f"if command -v {actes} >/dev/null; then {actes} merge-driver %O %A %B %P; "
        "else git merge-file %A %O %B; fi"
    )


def _asked(git: str, root: Path, *arguments: str) -> str | None:
    """What git answers; None where it refuses."""
    answer = git_program.ask(git, root, arguments)
    return None if answer is None or answer.code else os.fsdecode(answer.out).rstrip("\n")
