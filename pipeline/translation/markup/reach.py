"""How far a paragraph, a quote or an item reaches."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.translation.markup import lines as grammar
from pipeline.translation.markup.lines import Line, dedented, width


def paragraph_end(lines: Sequence[Line], at: int) -> int:
    end = at + 1
    while end < len(lines) and not lines[end].blank:
        text = lines[end].text
        if grammar.UNDERLINE.match(text) or grammar.DEFINITION.match(text):
            break
        if grammar.interrupts(text):
            break
        end += 1
    return end


def goes_on(before: Line, line: Line) -> bool:
    """Whether a line without the container's mark still belongs to the paragraph in it."""
    text = before.text
    closed = grammar.HEADING.match(text) or grammar.FENCE.match(text) or grammar.RULE.match(text)
    if before.blank or line.blank or closed or "|" in text[:1]:
        return False
    marked = grammar.BULLET.match(line.text) or grammar.NUMBER.match(line.text)
    marked = marked or grammar.DEFINITION.match(line.text)
    return not marked and not grammar.interrupts(line.text)


def rest(lines: Sequence[Line], at: int, columns: int, first: Line) -> list[Line]:
    """The lines below an item's first that belong to it; blank ones only before another."""
    inside = [first]
    kept = 1
    for line in lines[at:]:
        if line.blank:
            if len(inside) == 1 and first.blank:
                break
            inside.append(dedented(line, columns))
            continue
        if width(line.text) >= columns:
            inside.append(dedented(line, columns))
        elif goes_on(inside[-1], line):
            inside.append(line)
        else:
            break
        kept = len(inside)
    return inside[1:kept]
