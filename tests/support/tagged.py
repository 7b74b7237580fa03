"""What a tagged PDF says, in the order and the languages in which a screen reader says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

_MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")


@dataclass(frozen=True)
class Element:
    """An element of the structure: its tag, its language, what is in it in reading order."""

    tag: str
    language: str
    children: tuple[Element | str, ...]

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements directly in it."""
        return tuple(child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """The element and all that is in it."""
        yield self
        for child in self.elements:
            yield from child.walk()


def structure(file: Path) -> Element:
    """The document of a PDF whose fonts have two-byte codes (as Typst writes them)."""
    reader = PdfReader(file)
    root = reader.trailer["/Root"]
    words = {
        page.indirect_reference.idnum: _marked(page, reader)
        for page in reader.pages
        if page.indirect_reference is not None
    }
    (document,) = _list(root["/StructTreeRoot"]["/K"])
    return _element(document, str(root["/Lang"]), None, words)


def elements(reader: PdfReader) -> list[Any]:
    """Every element of a PDF's structure, as it stands there, in no order."""
    found, pending = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while pending:
        element = pending.pop().get_object()
        if isinstance(element, dict):
            found.append(element)
            pending += (kid for kid in _list(element.get("/K", [])) if not isinstance(kid, int))
    return found


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _element(
    reference: Any, language: str, page: Any, words: Mapping[int, Mapping[int, str]]
) -> Element:
    element = reference.get_object()
    language = str(element.get("/Lang", language))
    page = element.raw_get("/Pg") if "/Pg" in element else page
    children: list[Element | str] = []
    for kid in _list(element.get("/K", [])):
        inside = kid.get_object()
        if isinstance(inside, int):
            children.append(words[page.idnum][int(inside)])
        elif "/MCID" in inside:
            own = inside.raw_get("/Pg") if "/Pg" in inside else page
            children.append(words[own.idnum][int(inside["/MCID"])])
        elif "/S" in inside:
            children.append(_element(kid, language, page, words))
    return Element(str(element["/S"]), language, tuple(children))


def _marked(page: Any, reader: PdfReader) -> dict[int, str]:
    """The words of a page's marked content, by number; what is marked as an artifact is not."""
    fonts = {name: _letters(font.get_object()) for name, font in _fonts(page).items()}
    found: dict[int, str] = {}
    letters: Mapping[str, str] = {}
    opened: list[int | None] = []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"BDC":
            own = operands[1].get("/MCID") if isinstance(operands[1], dict) else None
            opened.append(int(own) if own is not None else opened[-1] if opened else None)
        elif operator == b"EMC":
            opened.pop()
        elif operator == b"Tf":
            letters = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ") and opened and opened[-1] is not None:
            said = "".join(_decoded(part, letters) for part in _list(operands[0]))
            found[opened[-1]] = found.get(opened[-1], "") + said
    return found


def _fonts(page: Any) -> Mapping[str, Any]:
    return page["/Resources"].get("/Font", {})  # type: ignore[no-any-return]


def _letters(font: Any) -> dict[str, str]:
    pairs = _MAPPED.findall(font["/ToUnicode"].get_data())
    return {
        code.decode(): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for code, letters in pairs
    }


def _decoded(part: Any, letters: Mapping[str, str]) -> str:
    if not hasattr(part, "original_bytes"):
        return ""
    code = part.original_bytes.hex().upper()
    return "".join(letters.get(code[n : n + 4], "") for n in range(0, len(code), 4))
