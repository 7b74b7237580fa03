"""Reading TMX 1.4b (Translation Memory eXchange, LISA 2005): what other tools and editions know.

A TMX file comes from a stranger. It is decoded here, its declaration of a document type is taken
out unread, and what is parsed can hold no entity; sizes, depth and numbers are bounded.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Any

from pipeline.errors import Place, Problem, Severity, stop
from pipeline.translation.memory import tmx_inline
from pipeline.translation.memory.entries import Entry, Standing
from pipeline.translation.memory.index import LONGEST
from pipeline.translation.memory.tmx_inline import local
from pipeline.workspace.characters import printable

MAX_BYTES = 64 * 1024 * 1024
MAX_UNITS = 300_000
_MOST_ELEMENTS = 20_000  # of one unit, or between two
_DEEPEST = 24
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
         (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_BARE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_DECLARED = re.compile(r"encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^<>\[\]]*>")
_BEFORE_ROOT = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_FINGERPRINT = re.compile(r"[0-9a-f]{8}")
_COMMENT = re.compile(r"<!--|-->")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CREATOR = "Actes"
BEFORE = "x-actes-before"


@dataclass(frozen=True)
class Tmx:
    """What a file holds in the languages asked for: entries, how many units, and what is left out.

    A unit gives an entry in each direction; ``problems`` are remarks.
    """

    entries: tuple[Entry, ...]
    units: int
    problems: tuple[Problem, ...]


def read_tmx(content: bytes, path: str, languages: Sequence[str]) -> Tmx:
    """Read the units of a TMX file that are in at least two of ``languages``.

    ``path`` is named in problems and in `Entry.where`. Raises ActesError: ``tmx-encoding``,
    ``tmx-entities``, ``tmx-xml``, ``tmx-root``, ``tmx-too-much``, ``tmx-nothing``.
    """
    entries: list[Entry] = []
    units = skipped = 0
    met: dict[str, None] = {}
    for unit in _units(_without_doctype(_decoded(content, path), path), path):
        met |= dict.fromkeys(unit.languages)
        found = [entry for entry in _entries(unit, path, languages) if _sound(entry)]
        entries += found
        units += bool(found)
        skipped += not found
    if not entries:
        raise stop("tmx-nothing", path, found=_listed(list(met)[:12]), languages=_listed(languages))
    remarks = [Problem("tmx-skipped", Place(path), {"count": skipped}, Severity.REMARK)]
    return Tmx(tuple(entries), units, tuple(remarks if skipped else ()))


def _listed(tags: Sequence[str]) -> str:
    return ", ".join(map(printable, tags)) or "–"


# -- bytes --------------------------------------------------------------------------------------


def _decoded(content: bytes, path: str) -> str:
    """TMX is UTF-8, UTF-16 or ASCII (§ 2.3 of the specification); anything else is refused."""
    marks = (*_BOMS, *_BARE)
    mark, encoding = next((m for m in marks if content.startswith(m[0])), (b"", "utf-8"))
    bom = mark if (mark, encoding) in _BOMS else b""
    try:
        text = content[len(bom) :].decode(encoding)
    except UnicodeDecodeError:
        raise stop("tmx-encoding", path, encoding=_declared(content)) from None
    declaration = _DECLARATION.match(text)
    said = _DECLARED.search(declaration[0]) if declaration else None
    if said and encoding == "utf-8" and said[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise stop("tmx-encoding", path, encoding=said[1])
    return text[declaration.end() :] if declaration else text


def _declared(content: bytes) -> str:
    said = _DECLARED.search(content[:200].decode("latin-1"))
    return said[1] if said else "?"


def _without_doctype(text: str, path: str) -> str:
    """The document without the declaration of its type, which no tool needs; never with entities.

    What is between the first character and the root is not nested: one look is enough.
    """
    prolog = _BEFORE_ROOT.match(text)
    place = prolog.end() if prolog else 0
    if not text.startswith("<!DOCTYPE", place):
        return text
    doctype = _DOCTYPE.match(text, place)
    if doctype is None:
        raise stop("tmx-entities", Place(path, text.count("\n", 0, place) + 1))
    return text[:place] + "\n" * doctype[0].count("\n") + text[doctype.end() :]


# -- elements -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Unit:
    """A ``<tu>``: its texts by language as written, the context, whether Actes wrote it."""

    languages: Mapping[str, str]
    before: str
    ours: bool
    line: int


def _units(text: str, path: str) -> Iterator[_Unit]:
    from lxml import etree

    events = etree.iterparse(
        io.BytesIO(text.encode("utf-8")), events=("start", "end"),
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        yield from _walked(events, path)
    except etree.XMLSyntaxError as error:
        place = Place(path, *(error.position if error.position else (0, 0)))
        raise stop("tmx-xml", place) from None


def _walked(events: Iterable[tuple[str, Any]], path: str) -> Iterator[_Unit]:
    depth = waiting = count = 0
    ours = False
    for event, element in events:
        if event == "start":
            depth += 1
            waiting += 1
            if depth == 1 and local(element) != "tmx":
                raise stop("tmx-root", path, found=printable(local(element)[:40]))
            if depth == 1 and element.getroottree().docinfo.internalDTD is not None:
                raise stop("tmx-entities", path)
            if depth > _DEEPEST or waiting > _MOST_ELEMENTS or count > MAX_UNITS:
                raise stop("tmx-too-much", Place(path, element.sourceline or 0), limit=MAX_UNITS)
            continue
        depth -= 1
        name = local(element)
        if name == "header":
            ours = element.get("creationtool") == CREATOR
        elif name == "tu":
            count += 1
            yield _unit(element, ours)
        if name in ("tu", "header"):
            waiting = 0
            _drop(element)


def _drop(element: Any) -> None:
    """Forget what was read, so that a long file takes no more memory than a short one."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _unit(element: Any, ours: bool) -> _Unit:
    texts: dict[str, str] = {}
    for variant in element:
        if local(variant) != "tuv":
            continue
        language = (variant.get(_LANG) or variant.get("lang") or "").strip()[:40]
        segment = next((child for child in variant if local(child) == "seg"), None)
        if language and segment is not None:
            texts.setdefault(language, tmx_inline.text_of(segment))
    before = next(
        (p.text or "" for p in element if local(p) == "prop" and p.get("type") == BEFORE), ""
    )
    known = before if _FINGERPRINT.fullmatch(before) else ""
    return _Unit(texts, known, ours, element.sourceline or 0)


def _entries(unit: _Unit, path: str, languages: Sequence[str]) -> Iterator[Entry]:
    tags = tuple(unit.languages)  # the same few in every unit of a file
    texts = {
        language: unit.languages[tag]
        for language in languages
        if (tag := _matching(language, tags)) is not None
    }
    where = str(Place(path, unit.line))
    first = next(iter(unit.languages), "")
    for source, target in permutations(texts, 2):
        # the context is in one language
        before = unit.before if _matching(source, (first,)) else ""
        words = texts[target] if unit.ours else tmx_inline.escaped(texts[target])
        state = Standing.TMX.value
        yield Entry(source, target, texts[source], words, state, where, before)


@lru_cache(maxsize=256)
def _matching(language: str, tags: tuple[str, ...]) -> str | None:
    return matching(language, tags)


def _sound(entry: Entry) -> bool:
    """Whether an entry has words, of a length that paragraphs have, and no comment, which in a
    counterpart could pass for what a person vouches for."""
    both = (entry.source, entry.target)
    return all(text and len(text) <= LONGEST and not _COMMENT.search(text) for text in both)


def matching(language: str, tags: Sequence[str]) -> str | None:
    """The tag that stands for ``language``: the same, else the same but for a region one lacks.

    >>> matching("fr", ["EN-US", "FR-FR"])
    'FR-FR'
    >>> matching("pt-BR", ["pt-PT"]) is None
    True
    """
    wanted = _parts(language)
    for tag in tags:
        if _parts(tag) == wanted:
            return tag
    for tag in tags:
        parts = _parts(tag)
        if parts[0] == wanted[0] and (len(parts) == 1 or len(wanted) == 1):
            return tag
    return None


def _parts(tag: str) -> list[str]:
    return tag.lower().replace("_", "-").split("-")
