"""Words of a Word or ODT file that do not stand in its text: they are named, not taken over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PARTS = (  # the names of parts, the elements with words in them, what is said
    (re.compile(r"word/(?:header|footer)\d*\.xml"), (f"{_W}t",), "office-header"),
    (re.compile(r"word/diagrams/data\d*\.xml"), (f"{_A}t",), "office-drawing"),
    (re.compile(r"word/charts/chart\d*\.xml"), (f"{_A}t", f"{_C}v"), "office-drawing"),
)
_MARGINS = tuple(f"{_STYLE}{name}" for name in ("header", "footer", "header-left", "footer-left",
                                                "header-first", "footer-first"))  # fmt: skip
_NUMBERS = re.compile(r"(?:page|p\.|sur|of|de|ページ|頁|[\W\d_])*", re.IGNORECASE)

Said = tuple[str, str]
"""A rule of the catalogue and the words that it is said of."""


def beside_the_text(
    parts: Mapping[str, bytes], parsed: Callable[[bytes], _Element]
) -> Iterator[Said]:
    """The words of headers, footers, diagrams and charts, each once; page numbers have none."""
    found: list[Said] = []
    for name, data in sorted(parts.items()):
        for pattern, tags, rule in _PARTS:
            if pattern.fullmatch(name):
                found.append((rule, _joined(parsed(data), tags)))
    if "styles.xml" in parts and "content.xml" in parts:
        for margin in parsed(parts["styles.xml"]).iter(*_MARGINS):
            lines = ("".join(map(str, p.itertext())) for p in margin.iter(f"{_TEXT}p"))
            found.append(("office-header", " ".join(lines)))
    for said in dict.fromkeys((rule, " ".join(words.split())) for rule, words in found):
        if not _NUMBERS.fullmatch(said[1]):
            yield said


def _joined(part: _Element, tags: tuple[str, ...]) -> str:
    """The words of a part, in a line for each paragraph."""
    words = ""
    for element in part.iter(*tags, f"{_W}p", f"{_A}p", f"{_C}pt"):
        words += (element.text or "") if element.tag in tags else " "
    return words
