"""A Word or ODT file opened as what it is: a ZIP that a stranger sent (law 9).

Nothing is unpacked to disk. Sizes are checked before anything is inflated, external relationships
are reported and never followed, and rows that a reviewer inserted or deleted are settled here
because pandoc does not see them (see docs/architecture.md, « Word files that come in »).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.drafts import word_parts
from pipeline.drafts.beside import beside_the_text
from pipeline.drafts.odt_parts import described, settle_odt
from pipeline.drafts.word_runs import settle_runs
from pipeline.errors import Place, Problem, Severity, stop

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ENTRIES = 4_000
MAX_INFLATED = 200 * 1024 * 1024
MAX_PART = 60 * 1024 * 1024
MAX_RATIO = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MEDIA = re.compile(r"^(?:word/media|Pictures)/[\w.-]+$")
_EXTERNAL = re.compile(rb'<Relationship\b[^>]*TargetMode="External"[^>]*>')
_TARGET = re.compile(rb'Target="([^"]*)"')
_TYPE = re.compile(rb'Type="[^"]*/([A-Za-z]+)"')

Tracked = Literal["accept", "reject"]


@dataclass(frozen=True)
class Package:
    """A document ready for pandoc, its pictures by name, and what was found on the way.

    Of an ODT, ``title`` is the paragraph that it styles as its title, which pandoc reads as any
    other, and ``described`` what describes its pictures, by their names.
    """

    content: bytes
    media: Mapping[str, bytes]
    title: str
    problems: tuple[Problem, ...]
    described: Mapping[str, str]


def open_package(
    content: bytes, file: str, tracked: Tracked, settle: bool = True, draft: bool = False
) -> Package:
    """Check and prepare a ``.docx`` or ``.odt``; rows with tracking stay unless ``settle``.

    Of a ``draft``, words that pandoc does not see are put where it does (`word_parts`).

    Raises ActesError ``office-not-a-package``, ``office-bomb`` or ``office-encrypted``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise stop("office-not-a-package", file) from None
    _check(entries, file)
    parts: dict[str, bytes] = {}
    try:
        for entry in entries:
            if not entry.is_dir():
                parts[entry.filename] = _bounded(archive, entry, file)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
        raise stop("office-not-a-package", file) from None
    problems = list(_external(parts, file))
    if draft and not parts.keys().isdisjoint(("word/document.xml", "content.xml")):
        problems += _settle_words(parts, tracked, file)
    if settle and "word/document.xml" in parts:
        parts["word/document.xml"] = _settle_rows(parts["word/document.xml"], tracked, file)
    media = {name: data for name, data in parts.items() if _MEDIA.match(name)}
    odt = _parsed(parts["content.xml"], file) if "content.xml" in parts else None
    title = _odt_title(odt) if odt is not None else ""
    words = described(odt) if odt is not None else {}
    return Package(_packed(parts), media, title, tuple(problems), words)


def _check(entries: list[zipfile.ZipInfo], file: str) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise stop("office-encrypted", file)
    total = sum(entry.file_size for entry in entries)
    inflated = [e for e in entries if e.file_size > MAX_RATIO * max(1, e.compress_size)
                and e.file_size > 1024 * 1024]  # fmt: skip
    too_big = any(entry.file_size > MAX_PART for entry in entries)
    if len(entries) > MAX_ENTRIES or total > MAX_INFLATED or too_big or inflated:
        raise stop("office-bomb", file)


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str) -> bytes:
    """A part's bytes; an entry that lies about its size is a bomb too."""
    with archive.open(entry) as part:
        data = part.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise stop("office-bomb", file)
    return data


def _external(parts: Mapping[str, bytes], file: str) -> Iterable[Problem]:
    """What the document would fetch: pictures, templates, objects; links are no fetch."""
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        for match in _EXTERNAL.finditer(data):
            kind = _TYPE.search(match[0])
            if kind and kind[1] == b"hyperlink":
                continue
            target = _TARGET.search(match[0])
            shown = target[1].decode("utf-8", "replace")[:80] if target else ""
            values = {"target": shown}
            yield Problem("office-external", Place(file), values, Severity.REMARK)


def _settle_rows(document: bytes, tracked: Tracked, file: str) -> bytes:
    """Remove the table rows that accepting (or rejecting) the changes removes."""
    if b"<w:trPr" not in document:
        return document
    tree = _parsed(document, file)
    gone = f"{_W}del" if tracked == "accept" else f"{_W}ins"
    for row in list(tree.iter(f"{_W}tr")):
        properties = row.find(f"{_W}trPr")
        parent = row.getparent()
        if properties is not None and properties.find(gone) is not None and parent is not None:
            parent.remove(row)
            above = parent.getparent()
            if parent.find(f"{_W}tr") is None and above is not None:
                above.remove(parent)
    return _serialised(tree)


def _settle_words(parts: dict[str, bytes], tracked: Tracked, file: str) -> list[Problem]:
    """Settle the words of a draft in place; of an ODT, comments and notes stand among them."""
    word = "word/document.xml" in parts
    names = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "content.xml")
    trees = {name: _parsed(parts[name], file) for name in names if name in parts}
    apart = parts.get("word/comments.xml")
    comments = [_parsed(apart, file)] if word and apart else [] if word else list(trees.values())
    problems = _changes(trees.values(), tracked, file)
    said = [each for tree in trees.values() for each in (settle_runs if word else settle_odt)(tree)]
    said += beside_the_text(parts, lambda data: _parsed(data, file))
    kind = word_parts.WORD if word else word_parts.ODT
    problems += word_parts.settle(list(trees.values()), comments, kind, file, said)
    parts |= {name: _serialised(tree) for name, tree in trees.items()}
    return problems


def _changes(trees: Iterable[_Element], tracked: Tracked, file: str) -> list[Problem]:
    """What became of tracked changes, which pandoc only accepts in an ODT."""
    tags = (f"{_W}ins", f"{_W}del", f"{_W}moveTo")
    word = sum(1 for tree in trees for _change in tree.iter(*tags))
    odt = sum(1 for tree in trees for _change in tree.iter(f"{_TEXT}changed-region"))
    rule = "office-accepted" if tracked == "accept" else "office-rejected"
    found = (("office-accepted-odt" if odt and tracked == "reject" else rule), word + odt)
    return (
        [Problem(found[0], Place(file), {"count": found[1]}, Severity.REMARK)] if found[1] else []
    )


def _serialised(tree: _Element) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _odt_title(tree: _Element) -> str:
    """The text of the first paragraph in the style Title, or in one made from it."""
    titles = {"Title"} | {
        style.get(f"{_STYLE}name", "")
        for style in tree.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}parent-style-name") == "Title"
    }
    for paragraph in tree.iter(f"{_TEXT}p", f"{_TEXT}h"):
        if paragraph.get(f"{_TEXT}style-name") in titles:
            return " ".join("".join(map(str, paragraph.itertext())).split())
    return ""


def _parsed(document: bytes, file: str) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(document, parser)
    except etree.XMLSyntaxError:
        raise stop("office-not-a-package", file) from None


def _packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()
