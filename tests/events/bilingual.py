"""An event whose bilingual edition is asked for, and what a reader sees on its pages."""

from __future__ import annotations

from typing import Any

import pypdf
from lxml import etree

from pipeline.publishing.word.xml import w
from tests.support.workspace import EVENT, squeezed

LISTED = EVENT % ("docx, pdf", "docx, pdf")
LISTED = LISTED.replace("editions: {", "editions: {bilingual: {}, ")


def said_of(beginning: str, counterpart: str, state: str) -> str:
    """The counterpart with another state over the passage whose original begins so."""
    head, opening, rest = counterpart.partition(f"\n  {beginning}")
    assert opening, beginning
    before, _state, source = head.rpartition("<!-- reviewed\n")
    return f"{before}<!-- {state}\n{source}{opening}{rest}"


def places(page: pypdf.PageObject) -> list[tuple[str, float, float]]:
    """The words on a page with where they begin, in points from its left and bottom."""
    found: list[tuple[str, float, float]] = []

    def look(words: str, matrix: Any, text: Any, _font: Any, _size: Any) -> None:
        x, y = text[4], text[5]
        found.append((words, matrix[0] * x + matrix[4], matrix[3] * y + matrix[5]))

    page.extract_text(visitor_text=look)
    return found


def styles_of(part: bytes) -> dict[str, str]:
    """The style of each paragraph in a part of a Word file, by its words without spaces."""
    found = {}
    for paragraph in etree.fromstring(part).iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None:
            found[squeezed("".join(paragraph.itertext()))] = style.get(w("val"), "")
    return found


def flat(item: Any) -> list[Any]:
    """The bookmarks of a PDF, whatever they stand below."""
    return [one for part in item for one in flat(part)] if isinstance(item, list) else [item]
