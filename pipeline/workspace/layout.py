"""Where texts live: NAME.LANG.md in a folder of `sources/`, the folder saying what kind it is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.errors import Place, Problem
from pipeline.workspace import likely
from pipeline.workspace.characters import printable
from pipeline.workspace.event import Event
from pipeline.workspace.nearest import nearest
from pipeline.workspace.unread import unread

_NAME = re.compile(r"^(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<language>[A-Za-z-]+)\.md$")
INTRODUCTION = "introduction"
PRELIMINARIES, ANNEXES, DECLARATION = "preliminaries", "annexes", "declaration"
_MARKDOWN = (".md", ".markdown", ".md.txt")  # some editors end every file in .txt
_NOT_TEXTS = frozenset({"images", "memory", "files"})
RESERVED = frozenset({PRELIMINARIES, ANNEXES, DECLARATION}) | _NOT_TEXTS
"""The folders of `sources/` that no theme can be."""


class Kind(StrEnum):
    """What a text is, told by where it stands."""

    PRELIMINARY = "preliminary"
    INTRODUCTION = "introduction"
    SUMMARY = "summary"
    ANNEX = "annex"
    DECLARATION = "declaration"


@dataclass(frozen=True, order=True)
class TextFile:
    """A text's file. ``path`` is relative to the workspace, with forward slashes."""

    path: str
    folder: str
    name: str
    language: str
    kind: Kind

    @property
    def key(self) -> str:
        """What a text and its counterparts have in common: folder and name."""
        return f"{self.folder}/{self.name}"


def kind_of(folder: str, name: str) -> Kind:
    """The kind of the text ``name`` in ``folder``."""
    if folder == PRELIMINARIES:
        return Kind.PRELIMINARY
    if folder == ANNEXES:
        return Kind.ANNEX
    if folder == DECLARATION:
        return Kind.DECLARATION
    return Kind.INTRODUCTION if name == INTRODUCTION else Kind.SUMMARY


def find_texts(root: Path, event: Event) -> tuple[list[TextFile], list[Problem]]:
    """Every text of the workspace, sorted by path; misplaced or misnamed files as problems."""
    folders = [PRELIMINARIES, *(theme.id for theme in event.themes), ANNEXES, DECLARATION]
    found: list[TextFile] = []
    problems: list[Problem] = []
    sources = root / "sources"
    for entry in sorted(os.scandir(sources), key=lambda e: e.name):
        if entry.name.startswith(".") or entry.name in _NOT_TEXTS:
            continue
        shown = printable(entry.name)
        if entry.is_symlink() and (entry.name in folders or entry.is_dir()):
            problems.append(Problem("folder-link", Place(f"sources/{shown}")))
        elif entry.name in folders and not entry.is_dir():
            problems.append(Problem("folder-file", Place(f"sources/{shown}")))
        elif entry.name in folders:
            texts, wrong = _texts_in(Path(entry.path), entry.name, event)
            found += texts
            problems += wrong
        elif entry.is_dir():
            values = {"folder": shown, "nearest": nearest(entry.name, folders)}
            problems.append(Problem("folder-unknown", Place(f"sources/{shown}"), values))
        elif entry.name.endswith(".md"):
            problems.append(Problem("text-misplaced", Place(f"sources/{shown}")))
        else:
            problems += unread(entry.name, f"sources/{entry.name}")
    problems += _missing_listed(event, found)
    return found, problems


def _texts_in(path: Path, folder: str, event: Event) -> tuple[list[TextFile], list[Problem]]:
    found: list[TextFile] = []
    problems: list[Problem] = []
    for name in sorted(file.name for file in path.iterdir()) if path.is_dir() else ():
        if name.startswith(".") or not name.lower().endswith(_MARKDOWN):
            to = folder if folder != DECLARATION else ""
            problems += unread(name, f"sources/{folder}/{name}", to)
            if to and name not in _NOT_TEXTS:
                problems += _too_deep(path / name, f"sources/{folder}/{printable(name)}")
            continue
        relative = f"sources/{folder}/{printable(name)}"
        match = _NAME.fullmatch(name)
        if not match:
            near = likely.file_name(name, event.languages) or "circuits-courts.fr.md"
            values = {"name": printable(name), "nearest": near}
            problems.append(Problem("text-name", Place(relative), values))
        elif match["language"] not in event.languages:
            values = {"language": match["language"], "languages": ", ".join(event.languages)}
            problems.append(Problem("language-unknown", Place(relative), values))
        else:
            kind = kind_of(folder, match["name"])
            found.append(TextFile(relative, folder, match["name"], match["language"], kind))
    return found, problems


def _too_deep(path: Path, shown: str) -> Iterable[Problem]:
    """The texts of a folder within a theme's, where none is looked for."""
    if path.is_symlink() or not path.is_dir():
        return
    for name in sorted(file.name for file in path.glob("*.md")):
        yield Problem("text-misplaced", Place(f"{shown}/{printable(name)}"))


def _missing_listed(event: Event, found: Iterable[TextFile]) -> Iterable[Problem]:
    """Preliminaries and annexes named in event.yaml that have no file, and the reverse."""
    found = list(found)
    for folder in (PRELIMINARIES, ANNEXES):
        listed: tuple[str, ...] = getattr(event, folder)
        there = sorted({text.name for text in found if text.folder == folder})
        for name in listed:
            if name not in there:
                values = {"name": name, "folder": folder, "nearest": nearest(name, there)}
                yield Problem("text-listed-missing", Place("sources/event.yaml"), values)
        for name in there:
            if name not in listed:
                values = {"name": name, "folder": folder}
                yield Problem("text-not-listed", Place(f"sources/{folder}"), values)
