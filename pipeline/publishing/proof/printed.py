"""What a declaration prints, as runs of words that stand together on any page, in any layout.

A run is a heading, a paragraph or an item; a footnote mark ends it, since its number depends on the
layout. Numbers of items are not among the words, because Word makes them: a run only says that one
may stand before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace

from pipeline.declaration.fingerprints import CLOSING, TITLE
from pipeline.declaration.reading_copy import reading_of
from pipeline.proceedings.parallel import ParallelBook
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_LISTS = ("BulletList", "OrderedList")


@dataclass(frozen=True)
class Run:
    """Words of a clause in one language.

    ``item`` is whether a number or bullet may stand before them, ``noted`` whether a footnote mark
    may stand after them; ``loose`` runs (titles, footnotes) stand anywhere.
    """

    clause: str
    language: str
    words: str
    item: bool = False
    noted: bool = False
    loose: bool = False


def runs(book: ParallelBook, readings: bool = False) -> list[Run]:
    """The titles, then the runs of all sides, each side's in the order of its text.

    With ``readings``, those that stand over words are among them, before what they are of.
    """
    found = [
        Run(TITLE, side.language, _text(side.title).strip(), loose=True) for side in book.sides
    ]
    for number, side in enumerate(book.sides):
        for row in book.rows:
            found += _of_blocks(row.cells[number], Run(row.id, side.language, ""))
        if book.closing:
            found += _of_blocks(book.closing[number], Run(CLOSING, side.language, ""))
    return [replace(run, words=_spelt(run.words, readings)) for run in found]


_READING = re.compile("\ue000(.*?)\ue001")


def _spelt(words: str, readings: bool) -> str:
    return _READING.sub(r"\1" if readings else "", words)


def _of_blocks(blocks: Sequence[Node], like: Run) -> Iterator[Run]:
    for block in blocks:
        for words in ast.inline_lists(block):
            yield from _of_inlines(words, like)
        if block["t"] == "CodeBlock":
            yield _run(like, block["c"][1])
        for inner in ast.block_lists(block):
            yield from _of_item(inner, like) if block["t"] in _LISTS else _of_blocks(inner, like)


def _of_item(blocks: Sequence[Node], like: Run) -> Iterator[Run]:
    yield from _of_blocks(blocks[:1], _run(like, "", item=True))
    yield from _of_blocks(blocks[1:], like)


def _of_inlines(words: Sequence[Node], like: Run) -> Iterator[Run]:
    """The words between two footnote marks, then the notes themselves."""
    notes = [node for node in ast.walk(words) if node["t"] == "Note"]
    parts = _text(words).split(_MARK)
    for number, part in enumerate(parts):
        if part.strip():
            item = like.item and number == 0
            yield _run(like, part.strip(), item=item, noted=number < len(parts) - 1)
    for note in notes:
        yield from _of_blocks(note["c"], Run(like.clause, like.language, "", loose=True))


_MARK = "\ufffc"


def _text(words: Iterable[Node]) -> str:
    return ast.plain_text(_with_marks(words))


def _with_marks(words: Iterable[Node]) -> Iterator[Node]:
    """Inlines in which a sign stands for each footnote."""
    for node in words:
        if node["t"] == "Note":
            yield from ast.text(_MARK)
        elif inner := list(ast.inline_lists(node)):
            if reading := reading_of(node):
                yield from ast.text(f"\ue000{reading}\ue001")
            yield from (one for part in inner for one in _with_marks(part))
        else:
            yield node


def _run(like: Run, words: str, item: bool = False, noted: bool = False) -> Run:
    return Run(like.clause, like.language, words, item, noted, like.loose)


def around(book: ParallelBook) -> list[str]:
    """What the book prints beside its clauses: titles, places, signatories, marks."""
    found: list[str] = []
    for part in fields(book):
        if part.name not in ("rows", "sides", "closing"):
            found += _strings(getattr(book, part.name))
    found += [_text(side.title) for side in book.sides]
    return [_spelt(words, readings) for words in found for readings in (False, True)]


def _strings(item: object) -> Iterator[str]:
    """Every string, and every run of inlines as one, that an object holds."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, (list, tuple)):
        if item and all(isinstance(node, dict) and "t" in node for node in item):
            yield from _text(item).split(_MARK)
        else:
            for one in item:
                yield from _strings(one)
    elif is_dataclass(item):
        for part in fields(item):
            yield from _strings(getattr(item, part.name))
