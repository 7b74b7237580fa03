"""The cells of a finished table, each put right in the language of its side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.publishing.word.columns import Columns
from pipeline.publishing.word.rows import SIDE
from pipeline.publishing.word.runs import Runs
from pipeline.publishing.word.xml import w


def cells_of(root: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Each cell (of a text alone, the document) with its side, whose mark is removed."""
    for mark in list(root.iter(etree.ProcessingInstruction)):
        cell = mark.getparent()
        if (
            isinstance(mark, etree._ProcessingInstruction)
            and mark.target == SIDE
            and cell is not None
        ):
            cell.remove(mark)
            yield cell, int(mark.text or "")


def put_right(
    cells: Sequence[tuple[etree._Element, int]],
    notes: etree._Element,
    columns: Columns,
    plain: bool = True,
) -> set[etree._Element]:
    """Styles and languages of each cell and of its notes; the runs of both.

    ``plain`` references have not a link's colours.
    """
    by_id = {note.get(w("id")): note for note in notes.findall(w("footnote"))}
    runs = [
        Runs(side.language, columns.names, side.style.word_heading_east_asian)
        for side in columns.sides
    ]
    done: set[etree._Element] = set()
    for cell, number in cells:
        own = [by_id[mark.get(w("id"))] for mark in cell.iter(w("footnoteReference"))]
        for part in (cell, *own):
            if plain:
                _plain_references(part, columns.names["hyperlink"])
            columns.dress(part, number)
            runs[number].finish(part)
            done.update(part.iter(w("r")))
    return done


def _plain_references(part: etree._Element, style: str) -> None:
    for link in part.iter(w("hyperlink")):
        if link.get(w("anchor")):
            for found in [f for f in link.iter(w("rStyle")) if f.get(w("val")) == style]:
                around = found.getparent()
                if around is not None:
                    around.remove(found)
