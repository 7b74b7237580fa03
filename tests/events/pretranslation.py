"""A small event whose engine is a program of the tests, and what that program was sent."""

from __future__ import annotations

import copy
import json
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support import machine
from tests.support.launch import Running
from tests.support.workspace import Outcome, actes, make_workspace, put, start

ORIGINAL = "sources/eco/marche.fr.md"
COUNTERPART = "sources/eco/marche.ja.md"
BODY = """\
## Ouverture

La ville ouvre un marché de 40 étals[^1].

- Les cantines y achètent leurs légumes.
- Les **transports** restent chers.

[^1]: Voir le [site](https://exemple.fr/marche).
"""
CONSENT = "translation: {engine: command, external_services: true}\n"


class Event:
    """A workspace with some texts, an engine that is allowed, and what that engine was sent."""

    def __init__(self, folder: Path, texts: Mapping[str, str], consent: str = CONSENT) -> None:
        self.log = folder / "asked.jsonl"
        self.root = make_workspace(folder, texts=texts, formats=["docx"])
        event = self.root / "sources/event.yaml"
        event.write_text(event.read_text("utf-8") + consent, "utf-8")

    def copied(self, folder: Path) -> Event:
        """The same event in another folder, with all that was done."""
        shutil.copytree(self.log.parent, folder, dirs_exist_ok=True)
        twin = copy.copy(self)
        twin.root, twin.log = folder / self.root.name, folder / self.log.name
        return twin

    def run(self, *arguments: str, seconds: float = 300, **env: str) -> Outcome:
        """Run `actes`, wait for its end."""
        return actes(self.root, *arguments, seconds=seconds, **{**self._environment, **env})

    def start(self, *arguments: str, run: str = "") -> Running:
        """Start `actes`, and do not wait; ``started`` is what it says."""
        given = {**self._environment, machine.RUN: run}
        return start(self.root, *arguments, err=self.started, env=given)

    @property
    def started(self) -> Path:
        """Where a command that was started writes what it says."""
        return self.log.with_name("started.err")

    @property
    def engine(self) -> str:
        """The command line of the engine."""
        return f"{sys.executable} {machine.__file__}"

    @property
    def _environment(self) -> dict[str, str]:
        return {"ACTES_ENGINE_COMMAND": self.engine, machine.LOG: str(self.log)}

    def meanwhile(self, **orders: Any) -> None:
        """What happens while the engine is at work (see `machine`)."""
        put(self.log.with_name(self.log.name + ".orders"), json.dumps(orders))

    @property
    def notes(self) -> list[dict[str, Any]]:
        """What the engine wrote down; a line that it was killed over does not count."""
        if not self.log.exists():
            return []
        lines = self.log.read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines if line.endswith("}")]

    @property
    def asked(self) -> list[str]:
        """The texts that the engine was sent, in order."""
        return [note["text"] for note in self.notes]

    def read(self, path: str = COUNTERPART) -> str:
        """A file of the event."""
        return (self.root / path).read_bytes().decode("utf-8")

    def edit(self, path: str, before: str, after: str) -> None:
        """Replace words in a file, as a person would in an editor."""
        text = self.read(path)
        assert before in text, before
        put(self.root / path, text.replace(before, after, 1))

    def approve(self, beginning: str) -> None:
        """Type `approve` where the state stands of the passage whose original begins so."""
        opening = re.escape(f"\n  {beginning}")
        text, typed = re.subn(
            rf"<!-- machine(?=\nsource: \| # \w+{opening})", "<!-- approve", self.read()
        )
        assert typed == 1, beginning
        put(self.root / COUNTERPART, text)

    def words_shown(self) -> str:
        """The translation with its comments, without the fingerprints of what these show."""
        return re.sub(r": \| # \w{8}\n", ": |\n", self.read())

    def strays(self) -> list[Path]:
        """Temporary files that were left behind."""
        return [path for path in self.root.rglob(".*") if "actes-tmp" in path.name]
