"""The numbers of a declaration: made, never typed, in the style of each language.

Two ways of counting: ``articles`` (article 3, a) ↔ 第3条(1)) counts the clauses through the whole
text and leaves sections without a number; ``outline`` (I.2, a) ↔ 第1の2(1)) counts sections, and
clauses anew in each. The preamble has no number in either. A reference is a link to an id, of a
section, of a clause, or of an item that begins with an anchor (``1. []{#id}…``).
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.declaration.clauses import SECTION, Clause
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.workspace.counters import Counter
from pipeline.workspace.languages import LanguageTable


@dataclass(frozen=True)
class Location:
    """Where a section, clause or item stands; 0 where it has no number (in the preamble).

    ``title`` is that of the section or clause, by which what has no number is cited: with its
    marks, since an original may have other words for it.
    """

    section: int
    clause: int
    items: tuple[int, ...]
    title: tuple[Node, ...]


def locations(
    found: Sequence[Clause], preamble_ids: Collection[str], style: str
) -> Mapping[str, Location]:
    """The location of every section and clause by key, and of every anchored item by its id."""
    result: dict[str, Location] = {}
    section = clauses = 0
    in_preamble = False
    for clause in found:
        title = _quotable(clause.title)
        if clause.level == SECTION:
            in_preamble = clause.id in preamble_ids
            section += not in_preamble
            clauses = 0 if style == "outline" else clauses
            here = Location(0 if in_preamble else section, 0, (), title)
        else:
            clauses += not in_preamble
            number = 0 if in_preamble else clauses
            here = Location(0 if in_preamble else section, number, (), title)
        result[clause.key] = here
        for identifier, items in _anchors(clause.blocks):
            result.setdefault(identifier, Location(here.section, here.clause, items, title))
    return result


def _quotable(title: Sequence[Node]) -> tuple[Node, ...]:
    """A title without its notes, and without links, since one holds no other."""
    quoted = ast.plain(copy.deepcopy(list(title)))
    ast.map_inlines([quoted], _bare)
    return tuple(quoted["c"])


def _bare(inlines: Sequence[Node]) -> list[Node]:
    found: list[Node] = []
    for node in inlines:
        if node["t"] == "Link":
            found += node["c"][1]
        elif node["t"] != "Note":
            found.append(node)
    return found


def _anchors(blocks: Sequence[Node], above: tuple[int, ...] = ()) -> Iterator[tuple[str, Any]]:
    """The anchors at the head of numbered items, and the numbers of their items from the top."""
    number = 0
    for block in blocks:
        if block["t"] != "OrderedList":
            continue
        for item in block["c"][1]:
            number += 1
            for node in ast.walk(item[:1]):
                if node["t"] == "Span" and node["c"][0][0] and not node["c"][1]:
                    yield node["c"][0][0], (*above, number)
            yield from _anchors(item, (*above, number))


def heading(clause: Clause, where: Location, style: str, table: LanguageTable) -> tuple[str, str]:
    """What is printed before and after the title of a section or numbered clause."""
    if clause.level == SECTION:
        if style != "outline" or not where.section:
            return "", ""
        words = table.label("outline-section", number=_section(where, table), title=_TITLE)
    elif style == "outline":
        words = table.label("outline-clause", number=where.clause, title=_TITLE)
    else:
        words = table.label("article-title", number=where.clause, title=_TITLE)
    before, _, after = words.partition(_TITLE)
    return before, after


_TITLE = "\ufffc"


def _section(where: Location, table: LanguageTable) -> str:
    return Counter(table.numbering.section).say(where.section)


def reference(where: Location, style: str, table: LanguageTable) -> list[Node]:
    """How a text cites ``where``: « article 3, a) », 第3条(1); what has no number, by its title."""
    before, quoted, after = _cited(where, style, table).partition(_TITLE)
    return [*ast.text(before), *(where.title if quoted else ()), *ast.text(after)]


def _cited(where: Location, style: str, table: LanguageTable) -> str:
    if where.clause and style == "outline":
        words = table.label(
            "outline-reference", section=_section(where, table), number=where.clause
        )
    elif where.clause:
        words = table.label("clause-reference", number=where.clause)
    elif where.section and style == "outline":
        words = table.label("outline-section-reference", number=_section(where, table))
    else:
        words = table.label("quote-reference", title=_TITLE)
    patterns = table.numbering.items
    for depth, number in enumerate(where.items):
        item = Counter(patterns[min(depth, len(patterns) - 1)]).say(number)
        words = table.label("item-reference", above=words, item=item)
    return words


def number_items(blocks: Sequence[Node], table: LanguageTable, depth: int = 0) -> None:
    """Give the numbered lists of a clause, in place, the style of ``table`` for their depth.

    Lists of one clause count on, so that an item's number is its own in the clause.
    """
    number = 1
    patterns = table.numbering.items
    for block in blocks:
        if block["t"] == "OrderedList":
            counter = Counter(patterns[min(depth, len(patterns) - 1)])
            block["c"][0] = [number, *counter.list_style()]
            number += len(block["c"][1])
            for item in block["c"][1]:
                number_items(item, table, depth + 1)
        elif block["t"] in ("BulletList", "BlockQuote", "Div"):
            for inner in ast.block_lists(block):
                number_items(inner, table, depth)
