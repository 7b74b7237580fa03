"""A Word file of tables, for those who review: landscape, in the styles of the reference.

`exchange` and `comparison` fill it; here is what they share: the page, the columns, cells and runs
in the language of their words.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.proceedings.book import Style
from pipeline.publishing.scripts import is_east_asian
from pipeline.publishing.word import properties
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.package import zipped
from pipeline.publishing.word.reference import prepare
from pipeline.publishing.word.styles import full_tag
from pipeline.review.spans import Change, Span

_SETTINGS = "word/settings.xml"
_PAGE = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1000" '
    'w:right="800" w:bottom="900" w:left="800" w:header="500" w:footer="450" w:gutter="0"/>'
    "</w:sectPr>"
)
WIDTH = 16838 - 2 * 800
"""Of the table, in twips."""
_BORDER = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="B8BCC6"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    "<dc:creator>Actes</dc:creator><dc:language>{language}</dc:language></cp:coreProperties>"
)


@dataclass(frozen=True)
class Column:
    """A column: its head and its share of the width."""

    head: str
    share: int


@dataclass(frozen=True)
class Table:
    """A table: its `row`s, under a heading, the code of runs, if it has one."""

    rows: Iterable[str]
    heading: str = ""


def file(
    title: str, lead: Sequence[str], columns: Sequence[Column], tables: Iterable[Table],
    reference: Path, style: Style, protect: bool = False,
) -> bytes:  # fmt: skip
    """The bytes of a file with a title, some lines and tables of the same columns.

    With ``protect`` only what is `editable` may be changed. Raises ActesError
    ``reference-unreadable`` and ``reference-external``.
    """
    prepared = prepare(reference.read_bytes(), style)
    with zipfile.ZipFile(io.BytesIO(prepared.content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}
    ids = prepared.styles
    language = style.language
    code = [
        paragraph(run(title, language), ids["actes section"]),
        *(paragraph(run(words, language), ids["body text"]) for words in lead),
    ]
    for table in tables:
        if table.heading:
            code.append(paragraph(table.heading, ids["heading 3"], keep=True))
        code += [
            _table(columns, table.rows, language, ids["compact"]),
            paragraph("", ids["compact"]),
        ]
    body = f"<w:body>{''.join(code)}{_PAGE}</w:body>"
    document = f'<w:document xmlns:w="{x.W}" xmlns:r="{x.R}">{body}</w:document>'
    parts["word/document.xml"] = x.serialise(x.parse(document.encode("utf-8")))
    parts["docProps/core.xml"] = _CORE.format(
        title=x.quoted(title), language=x.quoted(full_tag(language))
    ).encode("utf-8")
    if protect:
        parts[_SETTINGS] = properties.protected(parts[_SETTINGS])
    return zipped(parts)


def _table(columns: Sequence[Column], rows: Iterable[str], language: str, style: str) -> str:
    total = sum(column.share for column in columns)
    widths = [WIDTH * column.share // total for column in columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = [
        cell(paragraph(run(column.head, language, "<w:b/>"), style, keep=True), "EEF0F5")
        for column in columns
    ]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDER}'
        '</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{row(heads, head=True)}{''.join(rows)}</w:tbl>"
    )


def row(cells: Iterable[str], head: bool = False) -> str:
    """A row of `cell`s; the head stands again on every page."""
    said = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else ""
    return f"<w:tr>{said}{''.join(cells)}</w:tr>"


def cell(content: str, fill: str = "") -> str:
    """A cell of paragraphs."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    said = f"<w:tcPr>{shade}</w:tcPr>" if shade else ""
    return f"<w:tc>{said}{content or '<w:p/>'}</w:tc>"


def paragraph(runs: str, style: str, keep: bool = False) -> str:
    """A paragraph in a style."""
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{x.quoted(style)}"/>{kept}</w:pPr>{runs}</w:p>'


def lines(text: str, language: str) -> list[str]:
    """The runs of a text, a line each."""
    return [run(line, language) for line in text.split("\n")]


def editable(lines: Sequence[str], style: str, number: int) -> str:
    """Paragraphs, one a line, that may be changed in a protected file (ISO/IEC 29500-1, 17.13.7).

    Word lets people add paragraphs in them; ``number`` is unique in the file.
    """
    begin = f'<w:permStart w:id="{number}" w:edGrp="everyone"/>'
    end = f'<w:permEnd w:id="{number}"/>'
    *before, last = lines
    whole = [*before, last + end]
    whole[0] = begin + whole[0]
    return "".join(paragraph(line, style) for line in whole)


def run(words: str, language: str, look: str = "") -> str:
    """A run in a language, its Latin letters and ideographs both said to be in it."""
    return _run(words, language, look, "t")


def _run(words: str, language: str, look: str, tag: str) -> str:
    if not words:
        return ""
    broken = f'</w:{tag}><w:br/><w:{tag} xml:space="preserve">'.join(
        x.quoted(line) for line in words.split("\n")
    )
    full = x.quoted(full_tag(language))
    east = f' w:eastAsia="{full}"' if is_east_asian(language) else ""
    hint = '<w:rFonts w:hint="eastAsia"/>' if east else ""
    said = f'<w:rPr>{hint}{look}<w:lang w:val="{full}"{east}/></w:rPr>'
    return f'<w:r>{said}<w:{tag} xml:space="preserve">{broken}</w:{tag}></w:r>'


def tracked(spans: Iterable[Span], language: str, first: int) -> str:
    """A difference as tracked changes (ISO/IEC 29500-1, 17.13.5) numbered from ``first``."""
    code = []
    for number, span in enumerate(spans, first):
        if span.change is Change.SAME:
            code.append(run(span.text, language))
            continue
        deleted = span.change is Change.DELETED
        kind, tag = ("del", "delText") if deleted else ("ins", "t")
        inner = _run(span.text, language, "", tag)
        code.append(f'<w:{kind} w:id="{number}" w:author="Actes">{inner}</w:{kind}>')
    return "".join(code)
