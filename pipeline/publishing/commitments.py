"""What the parties promise, from a declaration's own words: the sentences that commit them.

Nothing is summed up in other words, which nobody has agreed on. What commits is known by the words
of promise and effort that the checks look for; in a language of which they know none, every
sentence is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.checks.knowledge import knowledge
from pipeline.proceedings.book import Blocks
from pipeline.proceedings.parallel import ParallelBook, ParallelRow
from pipeline.texts import ast
from pipeline.texts.inline_marks import NOTE, OPAQUE
from pipeline.texts.pandoc import Node
from pipeline.texts.sentences import starts
from pipeline.texts.typeset import words
from pipeline.workspace.languages import LanguageTable

_BINDING = ("commit", "strive")
_SPACES = ("Space", "SoftBreak")
_LISTS = ("OrderedList", "BulletList")


def summary(copy: ParallelBook, table: LanguageTable) -> ParallelBook:
    """The commitments of the text of one language, on one page, under the declaration's title."""
    (place,) = copy.subtitle
    rows = tuple(_inhabited(_rows(copy.rows, table.tag)))
    name = words(table.labels["commitments"], table.typography)
    note = words(table.labels["commitments-note"], table.typography)
    return replace(
        copy,
        subtitle=((*name, *ast.text("\u2003"), *place),),
        rows=tuple(replace(row, marks=()) for row in rows) if _alike(rows, copy.marks) else rows,
        parties=(),
        signatures_title=((),),
        closing=((ast.para(note),),),
        title=f"{copy.title} – {table.labels['commitments']}",
        one_page=True,
    )


def _rows(rows: Sequence[ParallelRow], language: str) -> Iterator[ParallelRow]:
    for row in rows:
        if row.kind == "section":
            yield row
        elif not row.formula:
            (cell,) = row.cells
            heads = [block for block in cell[:1] if block["t"] == "Header"]
            kept = binding(cell[len(heads) :], language)
            if kept:
                yield replace(row, cells=((*heads, *kept),))


def _alike(rows: Sequence[ParallelRow], marks: tuple[str, ...]) -> bool:
    """Whether all that the page holds is in the state that its title says: once is enough."""
    return all(row.marks == marks for row in rows)


def _inhabited(rows: Iterable[ParallelRow]) -> Iterator[ParallelRow]:
    """The rows without sections that hold no clause."""
    for row, following in pairwise([*rows, None]):
        if row is not None and (row.kind == "clause" or (following and following.kind == "clause")):
            yield row


def binding(blocks: Sequence[Node], language: str) -> Blocks:
    """The sentences of a clause that commit, and the lists that they announce."""
    kept: list[Node] = []
    announced = False
    for block in blocks:
        if block["t"] in _LISTS:
            kept += [block] if announced else []
        elif block["t"] in ("Para", "Plain"):
            whole = sentences(block["c"], language)
            found = [sentence for sentence in whole if _binds(sentence, language)]
            kept += [ast.para(_begun(found))] if found else []
            announced = bool(found) and found[-1] is whole[-1]
    return tuple(kept)


def _begun(found: Sequence[Sequence[Node]]) -> list[Node]:
    """Sentences as a paragraph, which begins with no space."""
    nodes = [node for sentence in found for node in sentence]
    while nodes[0]["t"] in _SPACES:
        del nodes[0]
    if nodes[0]["t"] == "Str":
        nodes[0] = {"t": "Str", "c": nodes[0]["c"].lstrip()}
    return nodes


def _binds(sentence: Sequence[Node], language: str) -> bool:
    known = knowledge(language).classes.get("modality", {})
    patterns = [known[mode] for mode in _BINDING if mode in known]
    text = ast.plain_text(sentence).replace("’", "'")
    return not patterns or any(pattern.search(text) for pattern in patterns)


def sentences(inlines: Sequence[Node], language: str) -> list[list[Node]]:
    """Inlines cut where sentences begin; what is no plain word is never cut."""
    cut = starts("".join(map(_visible, inlines)), language)
    found: list[list[Node]] = [[]]
    offset = 0
    for node in inlines:
        end = offset + len(_visible(node))
        inside = [place - offset for place in cut if offset <= place < end]
        pieces = _pieces(node, inside) if node["t"] == "Str" else [node]
        if inside[:1] == [0] and found[-1]:
            found.append([])
        found[-1].append(pieces[0])
        found += [[piece] for piece in pieces[1:]]
        offset = end
    return [sentence for sentence in found if ast.plain_text(sentence).strip()]


def _visible(node: Node) -> str:
    if node["t"] == "Str":
        return str(node["c"])
    if node["t"] in _SPACES:
        return " "
    sign = NOTE if node["t"] == "Note" else OPAQUE
    return sign * max(1, len(ast.plain_text([node])))


def _pieces(node: Node, places: Sequence[int]) -> list[Node]:
    edges = [0, *(place for place in places if place), len(node["c"])]
    return [{"t": "Str", "c": node["c"][a:b]} for a, b in pairwise(edges)]
