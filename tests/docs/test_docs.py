"""The examples of docs/*.md are true: commands are run, files are read, messages are compared.

What a fenced block means is in its info string:

- ``console``: lines ``$ actes …`` (also ``$ cd DIR`` and ``$ echo $?``), each with the output
  expected below it; ``…`` stands for anything, alone on a line for any number of lines;
- ``yaml`` whose first line is ``# sources/…``: a whole file, put there and read by the loader;
- ``text PATH``: a file, put there;
- ``markdown PATH``: a whole text, put there and read without an error;
- ``markdown``: a passage, read in a text of its own without an error;
- ``markdown refused RULE…``, with a path or without: read with errors, these if any is named;
- ``diff edit PATH``: what a person changes in a file, done as it stands there.

``$ git …`` is git, without this machine's settings; ``$ cat PATH`` shows a file. The translation program of `actes translate` is ``traduire.py``.

The blocks of a page are one story, told in order in one folder, in the language of the page.
"""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.errors import Exit, Severity
from pipeline.texts.read import read_texts
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.support.git import git
from tests.support.launch import start
from tests.support.nursery import REPOSITORY, UNSYNCED

PAGES = sorted((REPOSITORY / "docs").glob("*.md"))
STORIES = [
    page for page in PAGES if not page.name.startswith("cycle.")
]  # test_cycle.py tells those
_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<content>.*?)^(?P=fence)$", re.DOTALL | re.MULTILINE
)
_FILE = re.compile(r"# (sources/[\w./-]+\.yaml)\n")
_ANYTHING = "…"
_ENGINE = shlex.join([sys.executable, str(Path(__file__).with_name("traduire.py"))])
_PASSAGE = """---
title: Exemple
{head}
---

{body}"""
_SUMMARY_HEAD = 'session: {{date: {date}, time: "09:30-11:00"}}\nauthorities: [{authority}]\nrapporteur: {{name: X}}\nsdgs: [11]'


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, the words after it, its content, its line in the page."""

    kind: str
    words: tuple[str, ...]
    content: str
    line: int


def blocks_of(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found = []
    for match in _BLOCK.finditer(page):
        kind, *words = match["info"].split() or [""]
        line = page.count("\n", 0, match.start()) + 1
        found.append(Block(kind, tuple(words), match["content"], line))
    return found


class Story:
    """One page, told in one folder."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        self.code = 0
        self._said = folder.with_name(f"{folder.name}.said")
        self._environment = {"ACTES_LANG": language, "ACTES_ENGINE_COMMAND": _ENGINE, UNSYNCED: "1"}

    def tell(self, block: Block) -> None:
        """Do what a block says; fails where it says something that is not so."""
        if block.kind == "console":
            for command, expected in commands(block.content):
                said = self.run(command)
                assert matches(expected, said), f"line {block.line}: {command}\n{said}"
        elif block.kind == "text" and block.words:
            self._put(block.words[0], block.content)
        elif block.kind == "yaml" and (match := _FILE.match(block.content)):
            self._put(match[1], block.content)
            _, problems = load(self.folder)
            assert not problems, f"line {block.line}: {[p.render() for p in problems]}"
        elif block.kind == "diff" and block.words[:1] == ("edit",):
            self._edit(block)
        elif block.kind == "markdown":
            self._read(block)

    # -- commands -------------------------------------------------------------------------------

    def run(self, command: str) -> str:
        """What a command prints, standard error too, as a terminal shows it."""
        name, *arguments = shlex.split(command)
        if name == "cd":
            self.folder = self.folder / arguments[0]
            return ""
        if command == "echo $?":
            return f"{self.code}\n"
        if name == "cat":
            return (self.folder / arguments[0]).read_text(encoding="utf-8")
        if name == "git":
            return git(self.folder, *arguments, check=False, **self._environment)
        assert name == "actes", f"the test cannot run: {command}"
        process = start(
            self.folder, *arguments, out=self._said, err=self._said, env=self._environment
        )
        self.code = process.wait(60)
        said = self._said.read_text(encoding="utf-8")
        assert self.code in set(Exit) - {Exit.DEFECT}, f"{command}\n{said}"
        return said

    def _edit(self, block: Block) -> None:
        """Each run of lines between ellipses is there once, and changed."""
        file = self.folder / block.words[1]
        text = file.read_text(encoding="utf-8")
        for part in re.split(rf"^{_ANYTHING}\n", block.content, flags=re.MULTILINE):
            lines = part.splitlines(keepends=True)
            before = "".join(line[1:] for line in lines if line[0] != "+")
            after = "".join(line[1:] for line in lines if line[0] != "-")
            assert text.count(before) == 1, f"line {block.line}: {before}"
            text = text.replace(before, after)
        file.write_text(text, encoding="utf-8")

    # -- texts ----------------------------------------------------------------------------------

    def _read(self, block: Block) -> None:
        """A whole text stays in the folder, a passage is read in a text of its own and goes."""
        refused = block.words[:1] == ("refused",)
        path = next((word for word in block.words if "/" in word), "")
        rules = sorted(word for word in block.words[refused:] if "/" not in word)
        place = path or f"sources/{self._theme()}/exemple-de-page.fr.md"
        self._put(place, block.content if path else self._in_a_text(block.content))
        found = self._problems_of(place)
        if not path:
            (self.folder / place).unlink()
        assert bool(found) == refused, f"line {block.line}: {found}"
        assert not rules or found == rules, f"line {block.line}: {found}"

    def _problems_of(self, place: str) -> list[str]:
        workspace, _ = load(self.folder)
        [file] = [f for f in find_texts(self.folder, workspace.event)[0] if f.path == place]
        reading = read_texts(workspace, [file])
        return sorted(p.rule for p in reading.problems if p.severity is Severity.ERROR)

    def _in_a_text(self, passage: str) -> str:
        workspace, _ = load(self.folder)
        head = _SUMMARY_HEAD.format(
            date=workspace.event.dates.start, authority=next(iter(workspace.delegations))
        )
        return _PASSAGE.format(head=head, body=passage)

    def _theme(self) -> str:
        return load(self.folder)[0].event.themes[0].id

    def _put(self, name: str, content: str) -> None:
        path = self.folder / name
        assert path.resolve().is_relative_to(self.folder.resolve()), name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def commands(content: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines expected below it."""
    found: list[tuple[str, list[str]]] = []
    for line in content.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            assert found, f"a console block begins with a command, not with: {line}"
            found[-1][1].append(line)
    return found


def matches(expected: list[str], said: str) -> bool:
    """Whether a command said what the page shows; nothing shown asks for nothing.

    >>> matches(["a…", "…", "d"], "abc" + chr(10) + "x" + chr(10) + "d" + chr(10))
    True
    """
    if not expected:
        return True
    lines = []
    for line in expected:
        if line.strip() == _ANYTHING:
            lines.append(r"(?:.*\n)*")
        else:
            lines.append(".*".join(map(re.escape, line.rstrip().split(_ANYTHING))) + r"[ \t]*\n")
    ended = said if said.endswith("\n") or not said else f"{said}\n"
    return re.fullmatch("".join(lines), ended) is not None


@pytest.mark.parametrize("page", STORIES, ids=lambda page: page.name)
def test_the_examples_of_a_page_are_true(page: Path, tmp_path: Path) -> None:
    language = page.suffixes[0].strip(".") if len(page.suffixes) > 1 else "en"
    story = Story(tmp_path, language)
    for block in blocks_of(page.read_text(encoding="utf-8")):
        story.tell(block)


_TWINS = sorted({page.name.split(".")[0] for page in PAGES if len(page.suffixes) > 1})


@pytest.mark.parametrize("name", _TWINS)
def test_both_languages_of_a_page_have_the_same_headings_and_examples(name: str) -> None:
    pages = [
        (REPOSITORY / f"docs/{name}.{language}.md").read_text(encoding="utf-8")
        for language in ("fr", "ja")
    ]
    french, japanese = (
        ([block.kind for block in blocks_of(page)], re.findall(r"^#+ ", _BLOCK.sub("", page), re.M))
        for page in pages
    )
    assert french == japanese


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_between_pages_lead_somewhere(page: Path) -> None:
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_architecture_names_what_is_there() -> None:
    text = (REPOSITORY / "docs/architecture.md").read_text(encoding="utf-8")
    tests = set(re.findall(r"`(tests/[\w/.]+)`", text))
    assert len(tests) > 10
    assert [path for path in sorted(tests) if not (REPOSITORY / path).exists()] == []
    files = {file.name for file in (REPOSITORY / "tests").rglob("test_*.py")}
    assert set(re.findall(r"`(test_\w+\.py)`", text)) - files == set()


FOR_US = {"test", "dev", "bench"}
MODULES = {"pypandoc_binary": "pypandoc", "ruamel.yaml": "ruamel"}
BROUGHT = {"pydantic_core", "urllib3"}  # by pydantic and requests, of which they are the inside


def test_every_dependency_says_why_it_is_there() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    packages = {*project["dependencies"], *(package for extra in extras for package in extra)}
    text = (REPOSITORY / "docs/architecture.md").read_text(encoding="utf-8")
    told = set(re.findall(r"[\w.-]+", text.split("## Dependencies")[1]))
    assert packages - {word.rstrip(".") for word in told} == set()


def test_what_is_installed_with_actes_is_what_it_uses() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {*project["dependencies"], *(package for extra in sorted(extras.keys() - FOR_US)
                                          for package in extras[extra])}  # fmt: skip
    named = {MODULES.get(package, package.replace("-", "_")) for package in wanted}
    files = (REPOSITORY / "pipeline").rglob("*.py")
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    imported = set(
        re.findall(r"^ *(?:from|import) (\w+)[\w.]*(?: import .+)?$", code, re.MULTILINE)
    )
    looked_for = set(re.findall(r"\"(\w+)\"", code))
    assert named - imported - looked_for == set()
    assert imported - sys.stdlib_module_names - {"pipeline"} - BROUGHT <= named


def test_an_ellipsis_stands_for_anything_and_nothing_else_does() -> None:
    assert matches(["a", "…", "d"], "a\nb\nc\nd\n")
    assert matches(["a", "…", "d"], "a\nd\n")
    assert matches(["in … it"], "in the middle of it\n")
    assert not matches(["a", "d"], "a\nb\nd\n")
    assert not matches(["a"], "a\nb\n")
