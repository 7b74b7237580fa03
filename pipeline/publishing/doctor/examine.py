"""`actes doctor`: what is installed, what can be read, what is allowed and reachable.

Looks and says; it writes nothing, and sends nothing but a connection that is closed at once, to a
the host of the engine that event.yaml names, when it allows external services (law 6).
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from pipeline import __version__, files
from pipeline.drafts import placeholders
from pipeline.drafts.team import unprepared
from pipeline.errors import ActesError, Exit, Place, Problem, Severity, in_order
from pipeline.publishing.doctor.engine import EngineState, Outside, examine_engine
from pipeline.publishing.doctor.fonts import LanguageFonts, fonts_of
from pipeline.workspace import yaml
from pipeline.workspace.layout import Kind, TextFile, find_texts
from pipeline.workspace.load import Workspace, load
from pipeline.workspace.paths import EVENT, find_root

SECONDS = 3.0
_PYTHON = (3, 11)
_OPTIONAL = {"libreoffice": "soffice", "poppler": "pdftotext"}


@dataclass(frozen=True)
class Tool:
    """A program or package: whether it is there, whether it must be, and its version or place."""

    name: str
    found: bool
    needed: bool
    detail: str


@dataclass(frozen=True)
class WorkspaceState:
    """What can be read of the workspace: texts by language and by kind, problems, what still waits
    for a person (`placeholders`)."""

    root: str
    readable: bool
    texts: Mapping[str, int]
    kinds: Mapping[str, int]
    problems: tuple[Problem, ...]
    placeholders: tuple[Place, ...]

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True)
class Health:
    """All that the doctor found."""

    tools: tuple[Tool, ...]
    workspace: WorkspaceState | None
    languages: tuple[LanguageFonts, ...]
    engine: EngineState | None

    @property
    def code(self) -> Exit:
        """3 when something that is needed is not installed, 1 when event.yaml cannot be read."""
        if any(tool.needed and not tool.found for tool in self.tools):
            return Exit.MISSING_TOOL
        if any(not language.printable for language in self.languages):
            return Exit.MISSING_TOOL
        return Exit.OK if self.workspace is None or self.workspace.readable else Exit.PROBLEMS

    def as_json(self, language: str | None = None) -> dict[str, object]:
        """The same for programs; keys and values do not depend on the interface language, but for
        the messages of problems."""
        found = asdict(self)
        if self.engine is not None:
            found["engine"] = self.engine.as_json(language)
        if self.workspace is not None:
            found["workspace"] |= {
                "problems": [
                    {"rule": p.rule, "place": str(p.place), "severity": p.severity.value,
                     "message": p.message(language)}
                    for p in self.workspace.problems
                ],
                "placeholders": [str(place) for place in self.workspace.placeholders],
            }  # fmt: skip
        return {"actes": __version__, **found, "code": int(self.code)}


@dataclass(frozen=True)
class World:
    """What lies outside the program, passed in so that a test can stand in for it."""

    which: Callable[[str], str | None]
    system_fonts: Callable[[], frozenset[str] | None]
    outside: Outside


def examine(start: Path, world: World | None = None) -> Health:
    """The health of the installation, and of the workspace at or above ``start`` if any."""
    world = world or World(shutil.which, system_fonts, Outside(connects))
    tools = (*_needed(), *(_optional(name, world) for name in _OPTIONAL))
    try:
        root = find_root(start)
    except ActesError:
        return Health(tools, None, (), None)
    try:
        workspace, problems = load(root)
    except ActesError as error:
        broken = WorkspaceState(root.as_posix(), False, {}, {}, tuple(in_order(error.problems)), ())
        return Health(tools, broken, (), None)
    state = _state(workspace, problems)
    event = workspace.event
    there = world.system_fonts()
    languages = tuple(fonts_of(root, event, tag, there) for tag in event.languages)
    return Health(tools, state, languages, examine_engine(event, world.outside))


# -- tools --------------------------------------------------------------------------------------


def _needed() -> Iterable[Tool]:
    yield Tool("python", sys.version_info[:2] >= _PYTHON, True, sys.version.split()[0])
    yield _pandoc()
    for package, module in (
        ("typst", "typst"),
        ("pylopdf-fonts-jp", "pylopdf_fonts_jp"),
        ("noto-cjk-sans-jp-bold", "noto_cjk_sans_jp_bold"),
    ):
        yield Tool(package, find_spec(module) is not None, True, _version(package))


def _pandoc() -> Tool:
    from pipeline.texts import pandoc

    try:
        return Tool("pandoc", True, True, pandoc.version())
    except (ActesError, OSError, subprocess.SubprocessError):
        return Tool("pandoc", False, True, "")


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _optional(name: str, world: World) -> Tool:
    path = world.which(_OPTIONAL[name])
    return Tool(name, path is not None, False, path or "")


def system_fonts() -> frozenset[str] | None:
    """The font families of the system, by fontconfig; None where it cannot be asked."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        answer = subprocess.run(
            [program, ":", "family"], capture_output=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = answer.stdout.decode("utf-8", "replace").splitlines()
    return frozenset(name.strip() for line in lines for name in line.split(","))


# -- the workspace ------------------------------------------------------------------------------


def _state(workspace: Workspace, problems: list[Problem]) -> WorkspaceState:
    from pipeline.texts.read import read_texts

    root, event = workspace.root, workspace.event
    found, misplaced = find_texts(root, event)
    problems = [*problems, *misplaced, *unprepared(root)]
    waiting = _waiting_in(root, EVENT)
    try:
        reading = read_texts(workspace, found)
    except ActesError as error:
        problems += error.problems
    else:
        problems += reading.problems
        for text in reading.texts.values():
            source = text.source
            waiting += _waiting(source.front, source.path, 1)
            waiting += placeholders.in_body(source.body, source.path, source.body_line)
    return WorkspaceState(
        root.as_posix(),
        True,
        _counts(event.languages, (file.language for file in found)),
        _counts([kind.value for kind in Kind], _kinds(found)),
        tuple(in_order(problems)),
        tuple(waiting),
    )


def _kinds(found: Iterable[TextFile]) -> Iterable[str]:
    """The kind of every text once, whatever the number of its languages."""
    return (kind.value for _key, kind in {(file.key, file.kind) for file in found})


def _counts(names: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    counts = Counter(found)
    return {name: counts[name] for name in names}


def _waiting_in(root: Path, name: str) -> list[Place]:
    content = files.read_bytes(root, root / name, 32 * yaml.MAX_BYTES)
    return _waiting(content.decode("utf-8-sig"), name, 0)


def _waiting(text: str | None, file: str, offset: int) -> list[Place]:
    try:
        document = yaml.parse(text or "", file, offset, limit=32 * yaml.MAX_BYTES)
    except ActesError:
        return []
    return placeholders.in_document(document)


# -- the network --------------------------------------------------------------------------------


def connects(host: str, port: int, seconds: float = SECONDS) -> bool:
    """Whether a TCP connection opens in ``seconds``, name resolution included; nothing is sent."""
    answer: list[bool] = []

    def attempt() -> None:
        try:
            with socket.create_connection((host, port), timeout=seconds):
                answer.append(True)
        except OSError:
            answer.append(False)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(seconds)
    return bool(answer and answer[0])
