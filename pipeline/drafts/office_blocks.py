"""What a word processor's document shows only to the eye, as blocks that say what they are.

A list typed sign by sign, a title that is but bold, a table with merged cells, a numbered caption:
Markdown has a form for each, and the layout numbers and places them itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.drafts.office_captions import PARAGRAPHS, captioned, labelled, said_once, without
from pipeline.drafts.plaintext.openers import LISTED, Opener, are_lettered, opener
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_LONGEST_HEADING = 80
_ENDS = ".。!?！？;；:：,、，…"
_SIGNS = re.compile(r"[■◆▼▲◇□●]\s*(?=\S)|【(?=[^】]+】$)")
_UNWRITTEN = ("kana", "kanas")  # numbers that Markdown does not know
_NUMBERED = ("division", "roman", "upper", "dot", "comma", "spaced", "multi")  # of typed titles


@dataclass(frozen=True)
class Change:
    """What was made of words: a rule of the catalogue and the words."""

    rule: str
    words: str


def shaped(blocks: Sequence[Node], language: str) -> tuple[list[Node], list[Change]]:
    """The blocks with what was only shown made plain, and what was changed by a guess."""
    changes: list[Change] = []
    result = _listed(blocks, language, changes)
    result = _headed(result, language, changes)
    for node in ast.walk(result):
        if node["t"] == "Table":
            changes += _squared(node)
        elif node["t"] in ("BulletList", "OrderedList"):
            _tighten(node)
        elif node["t"] == "Image":
            said_once(node)
    return captioned(result), changes


# -- lists ----------------------------------------------------------------------------------------


def _listed(blocks: Sequence[Node], language: str, changes: list[Change]) -> list[Node]:
    """Paragraphs that follow each other with the same sign, or with numbers that do, as a list."""
    result: list[Node] = []
    run: list[tuple[Node, Opener]] = []
    for block in blocks:
        found = _opener(block, language)
        if run and not (found and _goes_on(run[-1][1], found)):
            result += _one_list(run, changes)
            run = []
        if found:
            run.append((block, found))
        else:
            result.append(block)
    return [*result, *_one_list(run, changes)]


def _opener(block: Node, language: str) -> Opener | None:
    if block["t"] not in PARAGRAPHS:
        return None
    found = opener(ast.plain_text([block]).strip(), language, frozenset())
    if found is None or not found.length:
        return None
    return found if found.kind == "bullet" or found.style in LISTED else None


def _goes_on(last: Opener, found: Opener) -> bool:
    same = (last.kind, last.style) == (found.kind, found.style)
    return same and (found.kind == "bullet" or found.value == last.value + 1)


def _one_list(run: Sequence[tuple[Node, Opener]], changes: list[Change]) -> list[Node]:
    words = [ast.plain_text([block]).strip() for block, _opener in run]
    first = run[0][1] if run else None
    lone = len(run) < 2  # noqa: PLR2004 - one alone may be a title
    if first is None or lone or (first.style == "upper" and not are_lettered(words, first.value)):
        return [block for block, _opener in run]
    changes.append(Change("office-list", words[0]))
    if first.kind == "bullet" or first.style in _UNWRITTEN:
        cut = first.kind == "bullet"  # a letter that Markdown cannot count with stays
        items = [without(b["c"], found.length) if cut else b["c"] for b, found in run]
        return [{"t": "BulletList", "c": [[ast.plain(item)] for item in items]}]
    items = [without(block["c"], found.length) for block, found in run]
    attributes = [first.value, *_counted(first, words[0])]
    return [{"t": "OrderedList", "c": [attributes, [[ast.plain(item)] for item in items]]}]


def _counted(first: Opener, words: str) -> list[Node]:
    """How a list counts and sets off its numbers, as its first item was typed: a), (1), A."""
    typed = words[: first.length].strip()
    letters = {"alpha": "LowerAlpha", "alphas": "LowerAlpha", "upper": "UpperAlpha"}
    within = typed[0] in "(（" or first.style == "circled"
    behind = "OneParen" if typed[-1] in ")）" else "Period"
    return [{"t": letters.get(first.style, "Decimal")}, {"t": "TwoParens" if within else behind}]


def _tighten(node: Node) -> None:
    """Items of one paragraph stand close together, as they did on the page."""
    items = node["c"] if node["t"] == "BulletList" else node["c"][1]
    if all(sum(block["t"] in PARAGRAPHS for block in item) == 1 for item in items):
        for item in items:
            item[:] = [ast.plain(b["c"]) if b["t"] == "Para" else b for b in item]


# -- headings -------------------------------------------------------------------------------------


def _headed(blocks: Sequence[Node], language: str, changes: list[Change]) -> list[Node]:
    """Short paragraphs that are bold, in capitals or behind a sign, with a text below them."""
    result: list[Node] = []
    level = 0
    for block, following in pairwise([*blocks, None]):
        if block is None:
            break
        if block["t"] == "Header":
            level = block["c"][0]
        heads = following is not None and following["t"] != "Header"
        if heads and _like_a_heading(block, language):
            changes.append(Change("office-heading", ast.plain_text([block]).strip()))
            result.append(ast.header(level + 1, _bare(block["c"])))
        else:
            result.append(block)
    return result


def _bare(inlines: Sequence[Node]) -> list[Node]:
    """A heading without what made it bold, and without the sign before its words."""
    plain = [n for node in inlines for n in (node["c"] if node["t"] == "Strong" else [node])]
    result = [ast.SPACE if n["t"] in ("LineBreak", "SoftBreak") else n for n in plain]
    sign = _SIGNS.match(ast.plain_text(result).strip())
    if sign is None:
        return result
    result = without(result, sign.end())
    if sign[0] == "【":
        last = next(n for n in ast.walk(result) if n["t"] == "Str" and "】" in n["c"])
        last["c"] = last["c"].replace("】", "", 1)
    return result


def _like_a_heading(block: Node, language: str) -> bool:
    if block["t"] != "Para":
        return False
    words = ast.plain_text([block]).strip()
    if not words or len(words) > _LONGEST_HEADING or words[-1] in _ENDS:
        return False
    if labelled(words, language):
        return False
    shown = [node for node in block["c"] if node["t"] not in ("Space", "SoftBreak")]
    found = opener(words, language, frozenset())
    return (
        all(node["t"] == "Strong" for node in shown)
        or bool(_SIGNS.match(words))
        or (found is not None and (found.kind == "caps" or found.style in _NUMBERED))
    )


# -- tables ---------------------------------------------------------------------------------------


def _squared(table: Node) -> Iterator[Change]:
    """A table of one head row and cells of one paragraph, which is what Markdown can draw."""
    content = table["c"]
    width = len(content[2])
    rows = [row[1] for row in ast.table_rows(table)]
    merged = [cell for row in rows for cell in row if (cell[2], cell[3]) != (1, 1)]
    grid = _grid(rows, width)
    content[2] = [[alignment, {"t": "ColWidthDefault"}] for alignment, _width in content[2]]
    made = [[ast.EMPTY, row] for row in grid]
    content[3] = [ast.EMPTY, made[:1]]
    content[4] = [[ast.EMPTY, 0, [], made[1:]]]
    content[5] = [ast.EMPTY, []]
    for cell in merged[:1]:
        yield Change("office-merged", ast.plain_text(cell[4]).strip())


def _grid(rows: Sequence[Sequence[list[object]]], width: int) -> list[list[list[object]]]:
    """Cells by row and column; those that a merged cell covers are empty."""
    grid: list[list[list[object]]] = []
    covered: dict[int, int] = {}  # column: rows that are still covered
    for row in rows:
        line: list[list[object]] = []
        waiting = list(row)
        while len(line) < width:
            column = len(line)
            if covered.get(column, 0):
                covered[column] -= 1
                line.append(_cell([]))
                continue
            cell = waiting.pop(0) if waiting else _cell([])
            down, across = int(str(cell[2])), int(str(cell[3]))
            line.append(_cell(cell[4]))
            line += [_cell([]) for _ in range(min(across, width - column) - 1)]
            covered |= dict.fromkeys(range(column, len(line)), down - 1)
        grid.append(line)
    return grid


def _cell(blocks: object) -> list[object]:
    inlines = _in_one_line(blocks if isinstance(blocks, list) else ())
    kept = [ast.SPACE if node["t"] in ("LineBreak", "SoftBreak") else node for node in inlines]
    return [ast.EMPTY, {"t": "AlignDefault"}, 1, 1, [ast.plain(kept)] if kept else []]


def _in_one_line(blocks: Sequence[Node]) -> list[Node]:
    """The inlines of all blocks, those of lists too, with their links and notes."""
    result: list[Node] = []
    for block in blocks:
        parts = [*ast.inline_lists(block), *map(_in_one_line, ast.block_lists(block))]
        if not parts:  # code, say
            parts = [ast.apart(ast.text(ast.plain_text([block]).strip()))]
        for part in parts:
            result += [ast.SPACE, *part] if result and part else part
    return result
