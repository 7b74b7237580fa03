"""What a hostile input is put into, and how; `cases.toml` beside it says what must come of each."""

from __future__ import annotations

import runpy
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.support.workspace import counterpart, make_workspace, put, summary

HERE = Path(__file__).parent
INPUTS = HERE / "inputs"
SECRET = "CANARI-6f1d0e-NE-DOIT-PARAITRE-NULLE-PART"  # noqa: S105 - it guards nothing
WITNESS, WITNESS_JA = "Le témoin est resté intact.", "証人は無事であった。"
PLAIN_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
    '<rect width="100" height="50" fill="#246"/></svg>\n'
)


@dataclass(frozen=True)
class Case:
    """An attack: its input, and what `cases.toml` says must come of it."""

    name: str
    attack: str
    rules: tuple[str, ...] = ()  # that its messages must show
    file: str = ""  # that the messages must name; the text's by default
    line: int = 0  # of the first message, where there is one
    group: str = "texts"  # cases of one group stand in one workspace; "alone": in one of its own
    at: str = ""  # where the input goes in the workspace, other than as a text
    code: int = 1
    outputs: bool = True  # whether the editions are made at all
    lost: tuple[str, ...] = ()  # which of them are not, as the attack stands in their place
    left_out: bool = False  # whether the text is replaced by a notice
    kept: tuple[str, ...] = ()  # words that must be in the French editions
    gone: tuple[str, ...] = ()  # words that must be in no edition
    slow: bool = False  # only in `make test-long`

    @cached_property
    def input(self) -> Path:
        """The file of the attack."""
        return next(iter(sorted(INPUTS.glob(f"{self.name}.*"))))

    @property
    def named(self) -> str:
        """The file that messages must name."""
        if self.file:
            return self.file
        if self.input.suffix in (".svg", ".png", ".jpg"):
            return f"sources/eco/images/{self.input.name}"
        return self.at or f"sources/eco/{self.name}.fr.md"


def cases() -> list[Case]:
    """Every attack of `cases.toml`, in its order."""
    table = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
    return [Case(name, **_frozen(entry)) for name, entry in table.items()]


def _frozen(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}


@dataclass(frozen=True)
class World:
    """A workspace, a file outside that nothing may read, a port that nothing may reach."""

    root: Path
    canary: Path
    port: int
    name: str = ""

    def text(self, body: str, name: str = "", **metadata: str) -> None:
        """A summary with ``body``."""
        put(self.sources / f"eco/{name or self.name}.fr.md",
            summary(f"Cas {name or self.name}", body, **metadata))  # fmt: skip

    def image(self, content: bytes, suffix: str) -> None:
        """An image, and a summary that shows it."""
        put(self.sources / f"eco/images/{self.name}{suffix}", content)
        self.show(f"images/{self.name}{suffix}")

    def show(self, target: str) -> None:
        """A summary that shows an image."""
        self.text(f'Avant.\n\n![Légende]({target}){{alt="REMPLACE-{self.name}"}}\n\nAprès.')

    @property
    def sources(self) -> Path:
        """The folder of texts."""
        return self.root / "sources"

    def filled(self, content: bytes) -> bytes:
        """An input with the canary and the port of this run."""
        return content.replace(b"@CANARY@", str(self.canary).encode()).replace(
            b"@PORT@", str(self.port).encode()
        )


def make_world(
    folder: Path, port: int, formats: Sequence[str] = ("docx", "pdf"), facing: bool = False
) -> World:
    """A workspace with one sound text in both languages, and the canary beside it.

    Its bilingual edition is in columns, or on ``facing`` pages.
    """
    texts = {
        "eco/temoin.fr.md": summary("Le témoin", WITNESS),
        "eco/temoin.ja.md": counterpart(
            "temoin.fr.md", "証人", [(WITNESS, WITNESS_JA)], "Le témoin"
        ),
        "eco/images/plain.svg": PLAIN_SVG,
    }
    root = make_workspace(folder, texts=texts, formats=formats)
    if facing:
        event = root / "sources/event.yaml"
        before, editions, after = event.read_text(encoding="utf-8").partition("editions: {")
        put(event, f"{before}{editions}bilingual: {{layout: facing}}, {after}")
    canary = put(folder / "canary.txt", f"{SECRET}\n")
    for name in ("canary.png", "canary.svg", "canary.fr.md"):
        put(folder / name, f"{SECRET}\n")
    return World(root, canary, port)


def place(case: Case, world: World) -> None:
    """Put the attack where it belongs in the workspace."""
    world = World(world.root, world.canary, world.port, case.name)
    file = case.input
    if file.suffix == ".py":
        runpy.run_path(str(file))["attack"](world)
        return
    content = world.filled(file.read_bytes())
    if case.at:
        put(world.root / case.at, content)
    elif file.suffix != ".md":
        world.image(content, file.suffix)
    elif content.startswith(b"---\n"):
        put(world.sources / f"eco/{case.name}.fr.md", content)
    else:
        world.text(content.decode("utf-8"))
