"""A Word file that a translator sends back, whatever they and their program did to it.

Only the rows of its tables are read: the hidden record in a row's first cell says which item it is,
the cells after it what the translator made of it. Tracked changes are accepted or refused as the
caller says, comments become notes, bold and italics become Markdown's. Written by
`publishing.word.exchange`; LibreOffice and Word both keep what is needed here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.drafts.package import Tracked, open_package
from pipeline.errors import ActesError, Place, Problem, Severity, stop
from pipeline.review.exchange.bounds import MAX_ROWS
from pipeline.review.exchange.rows import Returned, Returns, Row, Standing, parse_record

SUFFIX = ".docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERED = re.compile(r"(actes:1\S* .*?(?:new|draft|done|approved)) (\d+)/(\d+) (\S.*)", re.DOTALL)
_NUMBER, _SOURCE, _TEXT, _APPROVE, _NOTE = range(5)
_NO_WORDS = ("footnoteReference", "endnoteReference", "drawing", "pict", "object")
_SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}
_NO = frozenset({"", "0", "-", "–", "no", "non", "いいえ", "×", "✗", "☐"})


def hidden(row: Row, number: int, count: int) -> str:
    """What the first cell of a row holds out of sight."""
    return f"{row.record} {number}/{count} {row.key}"


def read(content: bytes, path: str, tracked: Tracked = "accept") -> Returns:
    """The rows of a returned Word file.

    Raises ActesError ``exchange-word`` for what is no Word file, and ``exchange-too-much``.
    """
    parts = _parts(content, path)
    document, said = _parsed(parts["word/document.xml"], path), _comments(parts, path)
    reader = _Reader(tracked == "accept", said, path)
    rows = list(document.iter(f"{_W}tr"))
    if len(rows) > MAX_ROWS:
        raise stop("exchange-too-much", path, most=MAX_ROWS)
    for number, row in enumerate(rows):
        reader.row(row, number)
    kept, removed = _settled(reader.rows, reader.removed)
    remarks = (*reader.remarks, *(_remark("exchange-row-removed", row) for row in removed))
    there = {row.place.line for row in (*kept, *removed)}
    numbers = range(1, min(reader.count or 0, MAX_ROWS) + 1)
    absent = tuple(number for number in numbers if number not in there)
    return Returns((*kept, *removed), reader.count, tuple(reader.problems), remarks, absent)


def _settled(
    rows: Sequence[Returned], removed: Sequence[Returned]
) -> tuple[Sequence[Returned], Sequence[Returned]]:
    """The rows that stand there, and those that were deleted with tracking and stand nowhere else:
    cut in one place and pasted in another, a row only moved."""
    there = {row.key for row in rows}
    return rows, [row for row in removed if row.key not in there]


def _remark(rule: str, row: Returned) -> Problem:
    return Problem(rule, row.place, {"key": row.key}, Severity.REMARK)


def _parts(content: bytes, path: str) -> Mapping[str, bytes]:
    try:
        # Rows inserted or deleted with tracking are looked at here, so none is settled before.
        package = open_package(content, path, "accept", settle=False)
    except ActesError:
        raise stop("exchange-word", path) from None
    with zipfile.ZipFile(io.BytesIO(package.content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if "word/document.xml" not in parts:
        raise stop("exchange-word", path)
    return parts


def _parsed(content: bytes, path: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise stop("exchange-word", path) from None


def _comments(parts: Mapping[str, bytes], path: str) -> Mapping[str, str]:
    """What each comment says, with who said it."""
    if "word/comments.xml" not in parts:
        return {}
    found: dict[str, str] = {}
    for comment in _parsed(parts["word/comments.xml"], path).iter(f"{_W}comment"):
        lines = ["".join(t.text or "" for t in p.iter(f"{_W}t")) for p in comment.iter(f"{_W}p")]
        words = "\n".join(lines).strip()
        author = comment.get(f"{_W}author", "").strip()
        if words:
            found[comment.get(f"{_W}id", "")] = f"{author} : {words}" if author else words
    return found


@dataclass
class _Run:
    """Words and their looks, as a translator gave them."""

    text: str
    bold: bool = False
    italic: bool = False


class _Reader:
    """Reads row after row, and keeps what it found."""

    def __init__(self, accept: bool, comments: Mapping[str, str], path: str) -> None:
        self._gone = f"{_W}del", f"{_W}moveFrom"
        self._new = f"{_W}ins", f"{_W}moveTo"
        if not accept:
            self._gone, self._new = self._new, self._gone
        # What changed in the original is tracked by Actes itself: it stands there as accepted.
        self._as_sent = self if accept else _Reader(True, comments, path)
        self._comments, self._path = comments, path
        self.rows: list[Returned] = []
        self.removed: list[Returned] = []
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self.count: int | None = None

    def row(self, row: etree._Element, number: int) -> None:
        """Take one row of a table."""
        place = Place(self._path, number)
        cells = [cell for cell in row.iter(f"{_W}tc") if _of(cell, row)]
        match = _NUMBERED.search(_plain(cells[0])) if cells else None
        record = parse_record(match[1]) if match else None
        if match is None or record is None:
            self._unknown(row, cells, number, place)
            return
        self.count = int(match[3]) if len(match[3]) < 8 else None  # noqa: PLR2004
        place, (seen, sent) = Place(self._path, int(match[2][:7])), record
        key = match[4].strip()
        if row.find(f"{_W}trPr/{self._gone[0]}") is not None:
            self.removed.append(Returned(key, seen, sent, None, sent, place))
            return
        if len(cells) <= _NOTE:
            problem = Problem("exchange-cells", place)
            self.rows.append(Returned(key, seen, sent, None, sent, place, problem=problem))
            return
        text = self._markdown(cells[_TEXT])
        ticked = self._markdown(cells[_APPROVE]).strip().lower() not in _NO
        standing = Standing.APPROVED if ticked and text.strip() else Standing.DONE
        note = "\n".join(filter(None, [self._markdown(cells[_NOTE]).strip(), *self._said(row)]))
        source = self._as_sent._markdown(cells[_SOURCE])
        self.rows.append(Returned(key, seen, sent, text, standing, place, note, source=source))
        if any(next(cells[_TEXT].iter(f"{_W}{name}"), None) is not None for name in _NO_WORDS):
            self.remarks.append(_remark("exchange-not-words", self.rows[-1]))

    def _unknown(
        self, row: etree._Element, cells: Sequence[etree._Element], number: int, place: Place
    ) -> None:
        """A row without a record: a head, an empty one, one that somebody added."""
        head = number == 0 or row.find(f"{_W}trPr/{_W}tblHeader") is not None
        if head or not any(self._markdown(cell).strip() for cell in cells):
            return
        if row.find(f"{_W}trPr/{_W}ins") is not None:
            self.remarks.append(Problem("exchange-row-added", place, {}, Severity.REMARK))
        else:
            self.problems.append(Problem("exchange-unknown-row", place))

    def _said(self, row: etree._Element) -> Iterator[str]:
        """The comments that hang on a row, in their order."""
        marks = [mark.get(f"{_W}id", "") for mark in row.iter(f"{_W}commentReference")]
        for identifier in dict.fromkeys(marks):
            if identifier in self._comments:
                yield self._comments[identifier]

    # -- words ----------------------------------------------------------------------------------

    def _markdown(self, cell: etree._Element) -> str:
        """The words of a cell, a paragraph a line."""
        lines: list[str] = []
        goes_on = False
        paragraphs = [(p, list(self._runs(p))) for p in cell.iter(f"{_W}p")]
        _without_style([run for _paragraph, runs in paragraphs for run in runs])
        for paragraph, runs in paragraphs:
            words = _marked(runs)
            if goes_on and lines:
                lines[-1] += words
            else:
                lines.append(words)
            goes_on = self._mark_is_gone(paragraph)
        return "\n".join(lines).strip("\n")

    def _mark_is_gone(self, paragraph: etree._Element) -> bool:
        """Whether the end of a paragraph was deleted: what follows belongs to it."""
        mark = paragraph.find(f"{_W}pPr/{_W}rPr")
        return mark is not None and any(mark.find(tag) is not None for tag in self._gone)

    def _runs(self, element: etree._Element) -> Iterator[_Run]:
        for child in element:
            if child.tag in self._gone:
                continue
            if child.tag == f"{_W}r":
                yield _Run(_words(child), _has(child, "b"), _has(child, "i"))
            elif child.tag not in (f"{_W}pPr", f"{_W}p"):
                yield from self._runs(child)


def _of(cell: etree._Element, row: etree._Element) -> bool:
    """Whether a cell is the row's own, not one of a table within it."""
    return next(cell.iterancestors(f"{_W}tr"), None) is row


def _plain(cell: etree._Element) -> str:
    """Every letter of a cell, deleted or not: a row deleted with tracking keeps its record."""
    return "".join(t.text or "" for t in cell.iter(f"{_W}t", f"{_W}delText"))


def _words(run: etree._Element) -> str:
    found = []
    for child in run:
        name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        if name in ("t", "delText"):
            found.append(child.text or "")
        elif name == "ruby":  # the letters, not their reading
            found += [_words(base) for base in child.iterfind(f"{_W}rubyBase/{_W}r")]
        else:
            found.append(_SIGNS.get(name, ""))
    return "".join(found)


def _has(run: etree._Element, name: str) -> bool:
    """Whether a run's own properties switch something on (ISO/IEC 29500-1, 17.17.4)."""
    switch = run.find(f"{_W}rPr/{_W}{name}")
    return switch is not None and switch.get(f"{_W}val", "1") not in ("0", "false", "off", "none")


def _without_style(runs: Sequence[_Run]) -> None:
    """Bold or italics of a whole cell are somebody's style, and stress no word."""
    said = [run for run in runs if run.text.strip()]
    bold, italic = all(run.bold for run in said), all(run.italic for run in said)
    for run in runs:
        run.bold, run.italic = run.bold and not bold, run.italic and not italic


def _marked(runs: Sequence[_Run]) -> str:
    """Runs as Markdown: bold and italics that a translator gave by hand are kept as marks."""
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.bold, last.italic) == (run.bold, run.italic):
            last.text += run.text
        elif run.text:
            joined.append(run)
    return "".join(map(_with_marks, joined))


def _with_marks(run: _Run) -> str:
    mark = "*" * (2 * run.bold + run.italic)
    bare = run.text.strip()
    if not mark or not bare or "\n" in bare:
        return run.text
    start = run.text.index(bare)
    return f"{run.text[:start]}{mark}{bare}{mark}{run.text[start + len(bare) :]}"
