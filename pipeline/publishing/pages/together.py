"""What stands together on a page, decided in one place for the PDF and for Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline import columns
from pipeline.proceedings.book import Content, Passage, SideBySide
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

# Lines that are kept whole: more would leave a page too empty. A list in a list may be turned
# between its items, whose own lists are kept.
_LINES, _NESTED = 9, 5
_NARROW = 100.0  # mm: a column beside another, whose rows are turned where both columns can be
_PLACES_PER_MM = 0.6  # of text in the type of both formats
_LISTS = frozenset({"BulletList", "OrderedList"})
_PARAGRAPHS = frozenset({"Para", "Plain"})
_QUOTES = frozenset({"BlockQuote"})


def is_kept(node: Node, width_mm: float) -> bool:
    """Whether no page ends within ``node``: a short list, or a quotation with who said it."""
    if node["t"] not in _LISTS | _QUOTES or width_mm < _NARROW:
        return False
    parts = list(paragraphs([node]))
    if any(part["t"] not in _PARAGRAPHS for part in parts):
        return False
    lines = sum(
        1 + int(columns.width(ast.plain_text(part["c"])) / (width_mm * _PLACES_PER_MM))
        for part in parts
    )
    nested = any(inner["t"] in _LISTS for item in ast.block_lists(node) for inner in item)
    return lines <= (_NESTED if nested else _LINES)


def paragraphs(blocks: Sequence[Node]) -> Iterator[Node]:
    """The blocks within lists and quotations, in order, that are neither."""
    for block in blocks:
        if block["t"] in _LISTS | _QUOTES:
            for inner in ast.block_lists(block):
                yield from paragraphs(inner)
        else:
            yield block


def begins_with_heading(row: SideBySide) -> bool:
    """Whether a cell of a row begins with a heading."""
    return any(block["t"] == "Header" for cell in row.cells for block in blocks_of(cell)[:1])


def leads(row: SideBySide, following: Content | None) -> bool:
    """Whether no page may end after a row: it ends with a heading, or announces a list."""
    after = following.cells if isinstance(following, SideBySide) else [()] * len(row.cells)
    return any(_leads(cell, then) for cell, then in zip(row.cells, after, strict=True))


def _leads(cell: Sequence[object], following: Sequence[object]) -> bool:
    last, first = blocks_of(cell)[-1:], blocks_of(following)[:1]
    if not last:
        return False
    return last[0]["t"] == "Header" or ast.announces(last[0], first[0] if first else None)


def blocks_of(cell: Sequence[object]) -> list[Node]:
    """The blocks of a cell's passages."""
    return [block for item in cell if isinstance(item, Passage) for block in item.blocks]
