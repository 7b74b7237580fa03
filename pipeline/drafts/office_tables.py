"""Tables of a word processor's document in the one form that Markdown can draw."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.drafts.office_captions import PARAGRAPHS
from pipeline.drafts.office_changes import Change
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_BOX = "box"  # the allow-list's name for it


def laid_out(blocks: Sequence[Node], changes: list[Change]) -> list[Node]:
    """Tables that only place words on the page, as these words: a frame, columns side by side.

    A table of one cell is a box; of a table of one row whose cells hold paragraphs or lists, the
    cells follow each other.
    """
    result: list[Node] = []
    for block in blocks:
        rows = [row[1] for row in ast.table_rows(block)] if block["t"] == "Table" else []
        cells = rows[0] if len(rows) == 1 else []
        if len(cells) == 1 and not block["c"][1][1]:
            changes.append(Change("office-box", ast.plain_text(cells[0][4]).strip()))
            result.append(_box(laid_out(cells[0][4], changes)))
        elif any(len(cell[4]) > 1 for cell in cells):
            changes.append(Change("office-layout", ast.plain_text([block]).strip()))
            for cell in cells:
                result += [_loose(each) for each in laid_out(cell[4], changes)]
            result += [ast.para(each["c"]) for each in block["c"][1][1]]
        else:
            result.append(block)
    return result


def _loose(block: Node) -> Node:
    return ast.para(block["c"]) if block["t"] == "Plain" else block


def _box(blocks: Sequence[Node]) -> Node:
    """A box of Markdown; a first line that is all bold is its title."""
    inner = [_loose(block) for block in blocks]
    attributes = ast.attr("", [_BOX])
    head = inner[0] if len(inner) > 1 and inner[0]["t"] == "Para" else None
    if head and [node["t"] for node in head["c"]] == ["Strong"]:
        attributes = ast.attr("", [_BOX], title=ast.plain_text([head]).strip())
        inner = inner[1:]
    return ast.div(inner, attributes)


def squared(table: Node) -> list[Change]:
    """Make a table one of a head row and cells of one paragraph, which Markdown can draw."""
    content = table["c"]
    width = len(content[2])
    rows = [row[1] for row in ast.table_rows(table)]
    merged = [cell for row in rows for cell in row if (cell[2], cell[3]) != (1, 1)]
    cells = [cell for row in rows for cell in row if (cell[2], cell[3]) == (1, 1)]
    filled = [cell for cell in cells if len(cell[4]) > 1 or _is_list(cell[4])]
    said = [
        Change(rule, ast.plain_text(found[0][4]).strip())
        for rule, found in (("office-merged", merged), ("office-cell", filled))
        if found
    ]
    grid = _grid(rows, width)
    content[2] = [[alignment, {"t": "ColWidthDefault"}] for alignment, _width in content[2]]
    made = [[ast.EMPTY, row] for row in grid]
    content[3] = [ast.EMPTY, made[:1]]
    content[4] = [[ast.EMPTY, 0, [], made[1:]]]
    content[5] = [ast.EMPTY, []]
    return said


def _is_list(blocks: Sequence[Node]) -> bool:
    """Whether a cell holds a list, or lines that were ended by hand."""
    kinds = {node["t"] for node in ast.walk(blocks)}
    return "LineBreak" in kinds or any(block["t"] not in PARAGRAPHS for block in blocks)


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
