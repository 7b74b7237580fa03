"""Gettext PO, for Weblate, Poedit and their like, by polib.

What PO calls fuzzy is what nobody has approved. The old source stands as ``#| msgid``, the item's
key as the context, what was seen in an extracted comment, which tools leave alone; the translator's
note is the translator's comment.
"""

from __future__ import annotations

import polib

from pipeline import __version__
from pipeline.errors import Place, Problem, stop
from pipeline.review.exchange.bounds import MAX_ROWS, decoded
from pipeline.review.exchange.rows import Bundle, Returned, Returns, Row, Standing, parse_record

_COUNT = "X-Actes-Rows"
_FUZZY = "fuzzy"
_MARKDOWN = "md-text"  # Weblate then checks links and notes, and colours the marks


def write(bundle: Bundle) -> bytes:
    """A PO file of ``bundle``."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": bundle.title,
        "Language": bundle.target.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": bundle.source.replace("-", "_"),
        "X-Generator": f"Actes {__version__}",
        _COUNT: str(len(bundle.rows)),
    }
    file.extend(_entry(row, bundle) for row in bundle.rows)
    return (str(file) + "\n").encode("utf-8")


def _entry(row: Row, bundle: Bundle) -> polib.POEntry:
    lines = [row.record, *row.remarks]
    if row.proposal:
        lines += [bundle.say("exchange-proposal"), row.proposal]
    waiting = bool(row.text) and row.standing is not Standing.APPROVED
    return polib.POEntry(
        msgctxt=row.key,
        msgid=row.source,
        msgstr=row.text,
        previous_msgid=row.source_then if row.changed else None,
        comment="\n".join(lines),
        tcomment=row.note,
        occurrences=[(row.place.file, str(row.place.line))],
        flags=[_FUZZY, _MARKDOWN] if waiting else [_MARKDOWN],
    )


def read(content: bytes, path: str) -> Returns:
    """The rows of a PO file; its header and obsolete entries are none.

    Raises ActesError ``exchange-encoding``, ``exchange-po``, ``exchange-too-much``.
    """
    # polib takes what it is given for a path where a file of that name exists: no path starts so.
    text = "# \n" + decoded(content, path)
    try:
        file = polib.pofile(text, wrapwidth=0)
    except (OSError, ValueError, IndexError) as error:
        raise stop("exchange-po", Place(path, _line(error))) from None
    if len(file) > MAX_ROWS:
        raise stop("exchange-too-much", path, most=MAX_ROWS)
    rows: list[Returned] = []
    problems: list[Problem] = []
    for entry in file:
        if entry.obsolete:
            continue
        place = Place(path, max(0, (entry.linenum or 1) - 1))
        record = parse_record(entry.comment or "")
        if record is None or not entry.msgctxt:
            problems.append(Problem("exchange-unknown-row", place))
            continue
        rows.append(
            Returned(
                entry.msgctxt,
                *record,
                entry.msgstr,
                _standing(entry),
                place,
                entry.tcomment or "",
                source=entry.msgid,
            )
        )
    count = file.metadata.get(_COUNT, "")
    return Returns(tuple(rows), int(count) if count.isdecimal() else None, tuple(problems))


def _standing(entry: polib.POEntry) -> Standing:
    if not entry.msgstr.strip():
        return Standing.NEW
    return Standing.DRAFT if _FUZZY in entry.flags else Standing.APPROVED


def _line(error: Exception) -> int:
    """The line that polib names in its words, one less for the line put before the file."""
    digits = [part for part in str(error).replace(")", " ").split() if part.isdecimal()]
    return max(0, int(digits[-1]) - 1) if digits else 0
