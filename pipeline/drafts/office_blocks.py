"""What a word processor's document shows only to the eye, as blocks that say what they are.

A list typed sign by sign, a title that is but bold, a table with merged cells, a numbered caption:
Markdown has a form for each, and the layout numbers and places them itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from pipeline.drafts.plaintext.openers import Opener, is_caption, opener
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_LONGEST_HEADING = 80
_ENDS = ".。!?！？;；:：,、，…"
_SIGNS = re.compile(r"[■◆▼▲◇□●]\s*(?=\S)|【(?=[^】]+】$)")
_LABEL = re.compile(
    r"[^\W\d_]+\.?[ \u00a0\u3000]*[0-9０-９]+(?:[-–.．][0-9０-９]+)*[ .．:：\u00a0\u3000–—-]*"
)
_PARAGRAPHS = ("Para", "Plain")
_JOINTS = ".．:：–—-"  # between the number of a caption and its words
_NUMBERED = ("division", "roman", "upper", "dot", "comma", "spaced", "multi")  # of typed titles


@dataclass(frozen=True)
class Change:
    """What was made of words: a rule of the catalogue and the words."""

    rule: str
    words: str


def shaped(
    blocks: Sequence[Node], language: str, tables: Set[str]
) -> tuple[list[Node], list[Change]]:
    """The blocks with what was only shown made plain, and what was changed by a guess.

    ``tables`` are the words for « table » that a numbered caption may begin with.
    """
    changes: list[Change] = []
    result = _listed(blocks, language, changes)
    result = _headed(result, language, changes)
    for node in ast.walk(result):
        if node["t"] == "Table":
            changes += _squared(node)
        elif node["t"] in ("BulletList", "OrderedList"):
            _tighten(node)
        elif node["t"] == "Image":
            _said_once(node)
    return _captioned(result, tables), changes


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
    if block["t"] not in _PARAGRAPHS:
        return None
    found = opener(ast.plain_text([block]).strip(), language, frozenset())
    return found if found and found.kind in ("bullet", "number") and found.length else None


def _goes_on(last: Opener, found: Opener) -> bool:
    same = (last.kind, last.style) == (found.kind, found.style)
    return same and (found.kind == "bullet" or found.value == last.value + 1)


def _one_list(run: Sequence[tuple[Node, Opener]], changes: list[Change]) -> list[Node]:
    if len(run) < 2:  # noqa: PLR2004 - one alone may be a title
        return [block for block, _opener in run]
    changes.append(Change("office-list", ast.plain_text([run[0][0]]).strip()))
    items = [[ast.plain(_without(block["c"], found.length))] for block, found in run]
    first = run[0][1]
    if first.kind == "bullet":
        return [{"t": "BulletList", "c": items}]
    return [{"t": "OrderedList", "c": [[first.value, {"t": "Decimal"}, {"t": "Period"}], items]}]


def _without(inlines: Sequence[Node], count: int) -> list[Node]:
    """Inlines without their first ``count`` characters, and without the space before and after."""
    result = list(inlines)
    while result and (count > 0 or result[0]["t"] in ("Space", "SoftBreak")):
        first = result[0]
        if first["t"] == "Str":
            word = first["c"].lstrip() if count else first["c"]
            if len(word) > count:
                result[0] = {"t": "Str", "c": word[count:].lstrip()}
                break
            count -= len(word)
        elif first["t"] in ("Space", "SoftBreak"):
            count = max(0, count - 1)
        else:  # the sign is bold or a link: what is within loses it
            inner = next(iter(ast.inline_lists(first)), None)
            if inner is None:
                break
            inner[:] = _without(inner, count)
            break
        result.pop(0)
    return result


def _tighten(node: Node) -> None:
    """Items of one paragraph stand close together, as they did on the page."""
    items = node["c"] if node["t"] == "BulletList" else node["c"][1]
    if all(sum(block["t"] in _PARAGRAPHS for block in item) == 1 for item in items):
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
    result = _without(result, sign.end())
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


# -- captions -------------------------------------------------------------------------------------


def _captioned(blocks: Sequence[Node], words: Set[str]) -> list[Node]:
    """Captions of tables as Markdown has them, behind the table and a colon, without the number.

    pandoc finds some by their style; others stand as a numbered paragraph before or behind it.
    """
    result: list[Node] = []
    waiting: Node | None = None  # a caption that stands before its table
    for block, following in pairwise([*blocks, None]):
        if block is None:
            break
        numbered = block["t"] == "Para" and _labels(ast.plain_text([block]).strip())
        legend = _legend(block, words) if numbered else None
        if legend and result and result[-1]["t"] == "Table":
            result.append(legend)
        elif legend and following and following["t"] == "Table" and not following["c"][1][1]:
            waiting = legend
        else:
            result.append(block)
            if block["t"] == "Table":
                result += [found for found in (_own_legend(block, words) or waiting,) if found]
                waiting = None
    return result


def _labels(words: str) -> bool:
    """Whether a number begins a caption, not a sentence: « Tableau 1 montre », 表1によると."""
    label = _LABEL.match(words)
    if label is None:
        return False
    rest = words[label.end() :]
    if not rest or label[0].rstrip()[-1] in _JOINTS:
        return True
    return not (label[0][-1].isalnum() or rest[0].islower() or rest.endswith("。"))


def _own_legend(table: Node, words: Set[str]) -> Node | None:
    """The caption that a table has already, taken out of it: the writer has no form for it."""
    inlines = [node for block in table["c"][1][1] for node in block["c"]]
    table["c"][1] = [None, []]
    return _legend(ast.para(inlines), words) or _behind_colon(inlines)


def _legend(block: Node, words: Set[str]) -> Node | None:
    label = _LABEL.match(ast.plain_text([block]).strip())
    word = re.match(r"[^\W\d_]+", label[0]) if label else None
    if label is None or word is None or word[0] not in words:
        return None
    return _behind_colon(_without(block["c"], label.end()))


def _behind_colon(inlines: Sequence[Node]) -> Node | None:
    return ast.para([ast.raw_inline("markdown", ": "), *inlines]) if inlines else None


def pictured(blocks: Sequence[Node], language: str) -> list[Node]:
    """Pictures with their captions, without « Figure 2 : », which the layout sets.

    A caption that is a paragraph of its own, behind a picture that has none, becomes its own.
    """
    result: list[Node] = []
    for block in blocks:
        picture = _picture(result[-1]) if result else None
        words = ast.plain_text([block]).strip() if block["t"] in _PARAGRAPHS else ""
        guessed = is_caption(words, language) and (not _LABEL.match(words) or _labels(words))
        if picture and not picture["c"][1] and guessed:
            picture["c"][1] = block["c"]
        else:
            result.append(block)
    for node in ast.walk(result):
        if node["t"] == "Image":
            _unnumber(node, language)
    return result


def _picture(block: Node) -> Node | None:
    """The picture that a paragraph holds and nothing else."""
    alone = block["t"] in _PARAGRAPHS and len(block["c"]) == 1 and block["c"][0]["t"] == "Image"
    return block["c"][0] if alone else None


def _said_once(picture: Node) -> None:
    """A caption that is also what describes the picture is written once."""
    caption = ast.plain_text(picture["c"][1]).strip()
    attributes = picture["c"][0]
    attributes[2] = [pair for pair in attributes[2] if pair != ["alt", caption]]


def _unnumber(picture: Node, language: str) -> None:
    caption = ast.plain_text(picture["c"][1]).strip()
    label = _LABEL.match(caption)
    if label and is_caption(caption, language) and label.end() < len(caption):
        picture["c"][1] = _without(picture["c"][1], label.end())
