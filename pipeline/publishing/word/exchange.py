"""What needs a translator as a Word file: a table, a row an item.

What changed in the source since the translation was approved is shown as real tracked changes. The
translation, the box to tick and the note are the translator's; the rest is protected. What
Actes must know when the file comes back is hidden in a row's first cell, where LibreOffice and Word
leave it (see `review.exchange.word`, which reads it).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.proceedings.book import Style
from pipeline.proceedings.merge import style as style_of
from pipeline.publishing.word import tables as t
from pipeline.publishing.word.reference import prepare
from pipeline.review.differences import differences
from pipeline.review.exchange.rows import Bundle, Row, Standing
from pipeline.review.exchange.word import SUFFIX, hidden
from pipeline.workspace.languages import load_language, template

_FILLS = {Standing.NEW: "F8D7DA", Standing.DRAFT: "FFF3CD", Standing.DONE: "DCE9F7",
          Standing.APPROVED: "DFF0D8"}  # fmt: skip
_SHARES = {"number": 6, "source": 31, "text": 31, "approve": 6, "note": 12, "remarks": 14}
_ROOM = 10_000  # numbers of tracked changes, kept for each row


@dataclass(frozen=True)
class WordFormat:
    """Word, as one of the formats of exchange; in the styles of the workspace at ``root``."""

    root: Path
    suffix: str = SUFFIX

    def write(self, bundle: Bundle, /) -> bytes:
        """The file for ``bundle``. Raises ActesError as `docx` and `load_language`."""
        style = style_of(load_language(self.root, bundle.target))
        return docx(bundle, template(self.root, "reference.docx"), style)


def docx(bundle: Bundle, reference: Path, style: Style) -> bytes:
    """The file for ``bundle``, in the ``style`` of the translation's language.

    Raises ActesError as `tables.file`.
    """
    compact = prepare(reference.read_bytes(), style).styles["compact"]
    columns = [
        t.Column(bundle.say(f"exchange-column-{name}"), share) for name, share in _SHARES.items()
    ]
    count = len(bundle.rows)
    rows = (
        t.row(_cells(row, number, count, bundle, compact))
        for number, row in enumerate(bundle.rows, 1)
    )
    lead = [bundle.say("exchange-word-how"), bundle.say("exchange-word-approve")]
    return t.file(bundle.title, lead, columns, [t.Table(rows)], reference, style, protect=True)


def _cells(row: Row, number: int, count: int, bundle: Bundle, style: str) -> Iterator[str]:
    """The cells, in the order of `_SHARES`."""
    language = bundle.language
    record = t.run(hidden(row, number, count), language, "<w:vanish/>")
    yield t.cell(t.paragraph(t.run(str(number), language) + record, style), _FILLS[row.standing])
    shown = (
        t.tracked(differences(row.source_then, row.source), bundle.source, number * _ROOM)
        if row.changed
        else t.run(row.source, bundle.source)
    )
    yield t.cell(t.paragraph(shown, style))
    tick = "✓" if row.standing is Standing.APPROVED else ""
    own = ((row.text, bundle.target), (tick, language), (row.note, language))
    for place, (words, spoken) in enumerate(own):
        yield t.cell(t.editable(t.lines(words, spoken), style, number * len(own) + place))
    told = [(_place(row), language), (bundle.say(f"state-{row.state}"), language)]
    told += [(words, language) for words in row.remarks]
    if row.proposal:
        told += [(bundle.say("exchange-proposal"), language), (row.proposal, bundle.target)]
    yield t.cell("".join(t.paragraph(t.run(*words), style) for words in told))


def _place(row: Row) -> str:
    """The text and the passage's number in it, as in `actes approve`: « circuits-courts #3 »."""
    path, _, part = row.key.partition("#")
    return f"{PurePosixPath(path).name.partition('.')[0]} #{part}"
