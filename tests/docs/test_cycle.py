"""docs/cycle.*.md tells a translation from its first word to print: all that it shows is true.

Besides what `test_docs` knows, a fenced block may be:

- ``diff PATH``: what ``git diff`` shows of a file since the step before;
- ``markdown seen PATH``: a file as it stands.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.docs.test_docs import PAGES, STORIES, Block, Story, blocks_of, matches
from tests.support import machine
from tests.support.launch import environment

_PHRASES = Path(__file__).with_name("phrases_of_cycle.toml")


class Cycle(Story):
    """A page whose people use git, and a translation program that knows its sentences."""

    def __init__(self, folder: Path, language: str) -> None:
        super().__init__(folder / "event", language)
        self.folder.mkdir()
        known = tomllib.loads(_PHRASES.read_text(encoding="utf-8"))[language]
        phrases = folder / "phrases.json"
        phrases.write_text(json.dumps(known), encoding="utf-8")
        engine = [sys.executable, machine.__file__, str(phrases)]
        self._environment |= {
            "ACTES_ENGINE_COMMAND": shlex.join(engine),
            machine.LOG: str(folder / "asked"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        self._git("init", "-q")

    def tell(self, block: Block) -> None:
        """Do what a block says, or compare what it shows."""
        if block.kind == "diff" and block.words[0] != "edit":
            self._expect(block, self.changed(block.words[0]))
        elif block.kind == "markdown" and block.words[0] == "seen":
            self._expect(block, (self.folder / block.words[1]).read_text(encoding="utf-8"))
            self._step()
        else:
            super().tell(block)

    def changed(self, path: str) -> str:
        """What git shows of a file since the step before, without what says where; a step is made."""
        shown = self._git("diff", "--no-color", "--", path)
        _head, *hunks = re.split(r"^@@.*\n", shown, flags=re.M)
        self._step()
        return "".join(hunks)

    def _step(self) -> None:
        person = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        self._git("add", "sources")
        self._git(*person, "commit", "-q", "-m", "pas")

    def _git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environment(**self._environment), check=True,
            stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        return done.stdout

    def _expect(self, block: Block, shown: str) -> None:
        assert matches(block.content.splitlines(), shown), f"line {block.line}:\n{shown}"


@pytest.mark.parametrize("page", [p for p in PAGES if p not in STORIES], ids=lambda page: page.name)
def test_the_examples_of_a_page_are_true(page: Path, tmp_path: Path) -> None:
    cycle = Cycle(tmp_path, page.suffixes[0].strip("."))
    for block in blocks_of(page.read_text(encoding="utf-8")):
        cycle.tell(block)
