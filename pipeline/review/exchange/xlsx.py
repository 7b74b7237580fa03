"""A spreadsheet, which everyone asks for and everyone can open, by openpyxl.

The first row names the columns for Actes and is hidden; the second names them for people. Columns
and rows may be moved. No cell is ever written as a formula, whatever the text begins with, and a
cell that came back as one, or as a date, is refused.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from pipeline.errors import Place, Problem, stop
from pipeline.review.exchange.bounds import MAX_ROWS, repacked, unpacked
from pipeline.review.exchange.rows import Bundle, Returned, Returns, Row, Standing, parse_record

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS = ("key", "state", "source", "text", "approve", "note", "remarks", "previous", "proposal")
_WIDTHS = {"key": 22, "state": 14, "source": 55, "text": 55, "approve": 11, "note": 28,
           "remarks": 40, "previous": 40, "proposal": 40}  # fmt: skip
_RECORD = "actes"
_FILLS = {Standing.NEW: "F8D7DA", Standing.DRAFT: "FFF3CD", Standing.DONE: "DCE9F7",
          Standing.APPROVED: "DFF0D8"}  # fmt: skip
_NO = frozenset({"", "0", "no", "non", "false", "faux", "いいえ", "×", "✗"})
_LONGEST = 32_767  # characters of a cell, a limit of the format


def write(bundle: Bundle) -> bytes:
    """A workbook of ``bundle``. Raises ActesError ``exchange-cell`` for a text that is too long."""
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.properties.creator = "Actes"
    book.properties.title = bundle.title
    sheet = book.active
    sheet.title = f"{bundle.source}-{bundle.target}"
    _head(sheet, bundle)
    for number, row in enumerate(bundle.rows, 3):
        _row(sheet, number, row, bundle)
    choice = DataValidation(type="list", formula1='"✓"', allow_blank=True)
    column = _letter("approve")
    choice.add(f"{column}3:{column}{max(3, len(bundle.rows) + 2)}")
    sheet.add_data_validation(choice)
    buffer = io.BytesIO()
    book.save(buffer)
    return repacked(buffer.getvalue())


def _letter(name: str) -> str:
    return "ABCDEFGHIJ"[_COLUMNS.index(name)] if name in _COLUMNS else "J"


def _head(sheet: Worksheet, bundle: Bundle) -> None:
    from openpyxl.styles import Alignment, Font

    names = (*_COLUMNS, _RECORD)
    labels = [bundle.say(f"exchange-column-{name}") for name in _COLUMNS]
    for column, (name, label) in enumerate(zip(names, (*labels, _RECORD), strict=True), 1):
        sheet.cell(1, column, f"{name} {len(bundle.rows)}" if name == _RECORD else name)
        cell = sheet.cell(2, column, label)
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
        sheet.column_dimensions[_letter(name)].width = _WIDTHS.get(name, 12)
    sheet.row_dimensions[1].hidden = True
    sheet.column_dimensions[_letter(_RECORD)].hidden = True
    sheet.freeze_panes = "D3"


def _row(sheet: Worksheet, number: int, row: Row, bundle: Bundle) -> None:
    from openpyxl.styles import Alignment, PatternFill

    said = {
        "key": row.key,
        "state": bundle.say(f"state-{row.state}"),
        "source": row.source,
        "text": row.text,
        "approve": "✓" if row.standing is Standing.APPROVED else "",
        "note": row.note,
        "remarks": "\n".join(row.remarks),
        "previous": row.source_then if row.changed else "",
        "proposal": row.proposal,
        _RECORD: row.record,
    }
    for column, name in enumerate((*_COLUMNS, _RECORD), 1):
        words = said[name]
        if len(words) > _LONGEST:
            raise stop("exchange-cell", row.place, most=_LONGEST)
        cell = sheet.cell(number, column)
        if words:
            cell.value, cell.data_type = words, "s"  # never a formula
            cell.quotePrefix = words.startswith(("=", "+", "-", "@"))
        cell.alignment = Alignment(vertical="top", wrap_text=name != _RECORD)
    fill = _FILLS[row.standing]
    sheet.cell(number, _COLUMNS.index("state") + 1).fill = PatternFill("solid", fgColor=fill)


def read(content: bytes, path: str) -> Returns:
    """The rows of a workbook's first sheet that has Actes' columns.

    Raises ActesError ``exchange-package``, ``exchange-columns``, ``exchange-too-much``.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(unpacked(content, path)), read_only=True)
        sheets = [list(_lines(sheet, path)) for sheet in book.worksheets]
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, BadZipFile, OSError):
        raise stop("exchange-package", path) from None
    found = next((lines for lines in sheets if _columns(lines)), None)
    if found is None:
        raise stop("exchange-columns", path)
    columns = _columns(found)
    head = next(name for name in columns if name.partition(" ")[0] == _RECORD)
    count = head.partition(" ")[2]
    rows: list[Returned] = []
    problems: list[Problem] = []
    for number, line in enumerate(found[2:], 3):
        place = Place(path, number)
        if not any(str(cell or "").strip() for cell in line):
            continue
        said = {name: line[at] if at < len(line) else None for name, at in columns.items()}
        record = parse_record(_text(said[head]))
        if record is None or not said["key"]:
            problems.append(Problem("exchange-unknown-row", place))
            continue
        rows.append(_returned(said, record, place))
    return Returns(tuple(rows), int(count) if count.isdecimal() else None, tuple(problems))


def _lines(sheet: Any, path: str) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(sheet.iter_rows()):
        if number > MAX_ROWS:
            raise stop("exchange-too-much", path, most=MAX_ROWS)
        yield tuple(
            _Formula(str(cell.value)) if cell.data_type == "f" else cell.value for cell in row
        )


class _Formula(str):
    """What a cell computes, which is no translation."""


def _columns(lines: list[tuple[Any, ...]]) -> Mapping[str, int]:
    """Where each column stands, by the names in the hidden first row; empty where they are not."""
    named = {str(cell): at for at, cell in enumerate(lines[0]) if cell} if lines else {}
    needed = {"key", "text", "approve", "note"}
    there = needed <= named.keys() and any(n.partition(" ")[0] == _RECORD for n in named)
    return named if there else {}


def _returned(said: Mapping[str, Any], record: tuple[Any, Standing], place: Place) -> Returned:
    seen, sent = record
    key, words, note = _text(said["key"]), _text(said["text"]), _text(said["note"])
    for kind, rule in ((_Formula, "exchange-formula"), (date | time, "exchange-day")):
        if any(isinstance(said[name], kind) for name in ("text", "note")):
            return Returned(key, seen, sent, None, sent, place, problem=Problem(rule, place))
    ticked = _text(said["approve"]).strip().lower() not in _NO
    standing = Standing.APPROVED if ticked and words.strip() else Standing.DONE
    source = _text(said["source"]) if "source" in said else None
    return Returned(key, seen, sent, words, standing, place, note, source=source)


def _text(value: Any) -> str:
    """A cell as text; a number that somebody's program made of digits is those digits."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
