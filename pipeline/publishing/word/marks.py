"""What the composer asks of the finishing pass, where pandoc has no words for it.

A mark is a processing instruction ``<?actes N?>`` in the document; N is its place in the list of
marks. The finishing pass obeys and removes it. Texts cannot hold one: raw code never leaves the
allow-list, and pandoc escapes everything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.publishing.word import xml as x
from pipeline.texts.pandoc import Node


@dataclass(frozen=True)
class Opening:
    """In a heading: the colour of its rule (a part's is thicker), whether it begins a page.

    ``spacing`` is the space below it and the distance of its lines, in twips, where they are not
    its style's.
    """

    colour: str = ""
    new_page: bool = False
    part: bool = False
    spacing: tuple[int, int] | None = None


@dataclass(frozen=True)
class TableFollows:
    """Before a table: the words of its caption, for those who do not see it."""

    caption: str


@dataclass(frozen=True)
class Leads:
    """In a paragraph: no page ends after it; or one may, whatever its style says."""

    really: bool = True


@dataclass(frozen=True)
class BarBegins:
    """From here to `BarEnds`, a bar in the margin: not reviewed."""


@dataclass(frozen=True)
class BarEnds:
    """See `BarBegins`."""


@dataclass(frozen=True)
class SectionEnds:
    """Ends a section. ``running`` are the cached words of its header: for STYLEREF 1 and 2.

    ``header`` is none for a cover. An index has two ``columns`` in a section that goes on under
    its heading. On facing pages ``running`` are the style and the words of the page's own title,
    which opens the pages of some sections only (``opens``), and notes count from ``first_note``.
    """

    header: Literal["none", "chapter", "part", "left", "right"] = "none"
    running: tuple[str, str] = ("", "")
    columns: int = 1
    turn: Literal["nextPage", "continuous", "evenPage", "oddPage"] = "nextPage"
    first_note: int = 0
    opens: bool = True


Mark = Opening | TableFollows | Leads | BarBegins | BarEnds | SectionEnds


@dataclass
class Marks:
    """The marks of a document, in order."""

    found: list[Mark] = field(default_factory=list)

    def _code(self, mark: Mark) -> str:
        self.found.append(mark)
        return f"<?actes {len(self.found) - 1}?>"

    def block(self, mark: Mark) -> Node:
        """A mark between paragraphs."""
        return x.block(self._code(mark))

    def inline(self, mark: Mark) -> Node:
        """A mark inside a paragraph."""
        return x.inline(self._code(mark))
