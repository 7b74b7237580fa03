"""A text, pandoc's AST, as Typst markup.

One small function a kind of node, in two read-only maps: `typst_inlines`, `typst_blocks`. It is
written here and not by pandoc's own Typst writer because that one loses alternative texts and the
language of runs, and escapes by position (see `typst_markup`); and because pandoc would have to be
told nearly everything in raw code anyway. What the template can decide is left to the template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.publishing.pages import together
from pipeline.publishing.scripts import is_east_asian
from pipeline.publishing.typst.blocks import BLOCKS
from pipeline.publishing.typst.inlines import INLINES
from pipeline.publishing.typst.markup import label, markup
from pipeline.texts import ast, captions
from pipeline.texts.pandoc import Node

_DEEPEST = 6


@dataclass(frozen=True)
class Picture:
    """An image as the template sets it: its file beside the document, and its proportions."""

    file: str
    ratio: float  # height over width


@dataclass
class Shared:
    """What all texts of a book have in common, and what is counted along the way."""

    targets: frozenset[str]
    pictures: Mapping[str, Picture]
    labels: Mapping[str, str]
    languages: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)  # of figures and tables
    level: int = 0  # of the last heading


@dataclass(frozen=True)
class Setter:
    """Sets nodes that stand in ``language``, in a heading or not, under a theme's ``colour``.

    ``width`` is that of the text in mm; ``notes`` takes the footnotes of a row of two languages.
    """

    shared: Shared
    language: str
    display: bool = False
    colour: str = "ash"
    width: float = 140.0
    notes: list[str] | None = None

    # -- lists ----------------------------------------------------------------------------------

    def inlines(self, nodes: Sequence[Node]) -> str:
        """Inline markup, on one line."""
        return "".join(INLINES[node["t"]](self, node.get("c")) for node in nodes)

    def content(self, nodes: Sequence[Node]) -> str:
        """Inlines as a content argument; ``none`` when there are none."""
        return f"[{self.inlines(nodes)}]" if nodes else "none"

    def displayed(self, nodes: Sequence[Node]) -> str:
        """`content` in the fonts of headings."""
        return replace(self, display=True).content(nodes)

    def blocks(self, nodes: Sequence[Node]) -> str:
        """Block markup, one paragraph a line."""
        following = [*nodes[1:], None]
        return "\n\n".join(map(self._block, nodes, following))

    def _block(self, node: Node, following: Node | None) -> str:
        words = BLOCKS[node["t"]](self, node.get("c"))
        if together.is_kept(node, self.width):
            return f"#kept[{words}]"
        return f"#announcing[{words}]" if ast.announces(node, following) else words

    # -- ids ------------------------------------------------------------------------------------

    def label(self, identifier: str) -> str:
        """The label of what stands before, if something links to it and nothing else has it."""
        if identifier not in self.shared.targets or identifier in self.shared.used:
            return ""
        self.shared.used.add(identifier)
        return label(identifier)

    def anchor(self, identifier: str) -> str:
        """A place of its own for an id that stands on no heading or figure."""
        found = self.label(identifier)
        return f"#metadata(none){found}" if found else ""

    def level(self, wanted: int) -> int:
        """A heading's level, never more than one below the last (PDF/UA-1, 7.4.2)."""
        self.shared.level = max(1, min(wanted, self.shared.level + 1, _DEEPEST))
        return self.shared.level

    def eastern(self) -> bool:
        """Whether the language at hand is set in Mincho and Gothic."""
        return is_east_asian(self.language)

    def next_number(self, kind: str) -> str:
        """« Figure 3 », « 図3 »: the next of its kind in the book."""
        number = self.shared.counts[kind] = self.shared.counts.get(kind, 0) + 1
        word = self.shared.labels.get(kind, "")
        return f"[{markup(f'{word}{captions.gap(word)}{number}')}]"
