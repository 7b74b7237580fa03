"""The words of a Word file, paragraph by paragraph, as a reader sees them.

Tracked deletions and hidden text are left out, insertions are in: what the file says now. Readings
above characters (ruby) are no words of the text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from pipeline.drafts.package import open_package
from pipeline.errors import stop
from pipeline.publishing.proof.page import MOST_LETTERS, Page

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_READ = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_NO = frozenset({"0", "false", "off"})
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}rt", f"{_W}instrText", _FALLBACK})
_SIGNS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}


def pages(content: bytes, path: str) -> list[Page]:
    """A page for the text, one for its notes, its heads and its feet.

    Raises ActesError ``office-not-a-package``, ``office-bomb``, ``office-encrypted``,
    ``verify-kind`` for another program's, or ``verify-unreadable`` where it holds more than any
    declaration.
    """
    package = open_package(content, path, "accept")
    with zipfile.ZipFile(io.BytesIO(package.content)) as archive:
        names = [name for name in archive.namelist() if _READ.fullmatch(name)]
        if "word/document.xml" not in names:
            raise stop("verify-kind", path)
        names.sort(key=lambda name: (name != "word/document.xml", name))
        texts = ["\n".join(_paragraphs(archive.read(name), path)) for name in names]
    if sum(map(len, texts)) > MOST_LETTERS:
        raise stop("verify-unreadable", path)
    return [Page(text) for text in texts]


def _paragraphs(part: bytes, path: str) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise stop("office-not-a-package", path) from None
    for paragraph in root.iter(f"{_W}p"):
        yield "".join(_words(paragraph))


def _words(element: etree._Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or tag == f"{_W}p" or (tag == f"{_W}r" and _hidden(child)):
            continue  # a paragraph within a text box is read by itself
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[str(tag)]
        else:
            yield from _words(child)


def _hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "1") not in _NO
