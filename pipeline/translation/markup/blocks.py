"""The blocks of a segment, read line by line: which words are units, which characters structure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.translation.markup import lines as grammar
from pipeline.translation.markup.inline import ATTRIBUTES
from pipeline.translation.markup.keeper import Keeper
from pipeline.translation.markup.lines import TAB, Line, joined, moved, width
from pipeline.translation.markup.parts import Spot
from pipeline.translation.markup.reach import goes_on, paragraph_end, rest
from pipeline.translation.markup.tables import cells, is_table

_TITLE = re.compile(r"\"([^\"\\]*)\"[ \t]*$")
_LEGEND = re.compile(r" {0,3}(?::|Table:)[ \t]+(?=\S)")
_DEEP_CODE = 5  # spaces after a marker from which code begins, in its container


class Scanner(Keeper):
    """Reads lines; each method takes what begins at a line and returns the number of the next."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._worded = (self._item, self._table, self._legend, self._paragraph)
        self._any = (
            self._blank, self._indented, self._fence, self._html, self._box, self._heading,
            self._rule, self._quote, self._note, self._reference, self._item, self._attribute_line,
            self._table, self._legend, self._paragraph,
        )  # fmt: skip

    # -- blocks ---------------------------------------------------------------------------------

    def blocks(self, lines: Sequence[Line]) -> None:
        """Read all blocks of one container."""
        self._depth += 1
        at = 0
        if self._depth > grammar.DEEPEST:
            self.literal(joined(lines))
            at = len(lines)
        while at < len(lines):
            for reader in self._readers(lines[at].text):
                end = reader(lines, at)
                if end > at:
                    at = end
                    break
        self._depth -= 1

    def _readers(self, text: str) -> Sequence[Callable[[Sequence[Line], int], int]]:
        """What may begin on a line, the first that does taking it; few with a letter in front."""
        return self._worded if text[:1].isalpha() else self._any

    def _take(self, lines: Sequence[Line], at: int, end: int, shape: str = "") -> int:
        self.literal(joined(lines[at:end]))
        if shape:
            self.shape.append(shape)
        return end

    def _blank(self, lines: Sequence[Line], at: int) -> int:
        return self._take(lines, at, at + 1) if lines[at].blank else at

    def _indented(self, lines: Sequence[Line], at: int) -> int:
        if width(lines[at].text) < TAB:
            return at
        end = at
        while end < len(lines) and (lines[end].blank or width(lines[end].text) >= TAB):
            end += 1
        return self._take(lines, at, end, _code(lines[at:end]))

    def _fence(self, lines: Sequence[Line], at: int) -> int:
        opening = grammar.FENCE.match(lines[at].text)
        if not opening:
            return at
        end = at + 1
        while end < len(lines):
            bare = lines[end].text.strip(" \t")
            end += 1
            if bare.startswith(opening[1]) and not bare.strip(opening[1][0]):
                break
        return self._take(lines, at, end, _code(lines[at:end]))

    def _html(self, lines: Sequence[Line], at: int) -> int:
        text = lines[at].text
        if not grammar.HTML.match(text):
            return at
        end = at
        if text.lstrip(" ").startswith("<!--"):
            while end < len(lines) and "-->" not in lines[end].text:
                end += 1
            return self._take(lines, at, min(end + 1, len(lines)))
        while end < len(lines) and not lines[end].blank:
            end += 1
        return self._take(lines, at, end, "raw")

    def _box(self, lines: Sequence[Line], at: int) -> int:
        line = lines[at]
        fence = grammar.BOX.match(line.text)
        if not fence:
            return at
        if line.text[fence.end() :].strip():
            self.shape.append("box")
        self.literal(line.prefix)
        self.attributes(line.text)
        self.literal(line.end)
        return at + 1

    def _heading(self, lines: Sequence[Line], at: int) -> int:
        line = lines[at]
        mark = grammar.HEADING.match(line.text)
        if not mark:
            return at
        self.shape.append(f"heading {len(mark[1])}")
        self.literal(line.prefix + mark[0])
        self.titled(line.text[mark.end() :])
        self.literal(line.end)
        return at + 1

    def _rule(self, lines: Sequence[Line], at: int) -> int:
        return self._take(lines, at, at + 1, "rule") if grammar.RULE.match(lines[at].text) else at

    def _attribute_line(self, lines: Sequence[Line], at: int) -> int:
        """Attributes of the block below, which may be the next segment's."""
        bare = lines[at].text.strip(" \t")
        return self._take(lines, at, at + 1) if ATTRIBUTES.fullmatch(bare) else at

    # -- containers -----------------------------------------------------------------------------

    def _quote(self, lines: Sequence[Line], at: int) -> int:
        if not grammar.QUOTE.match(lines[at].text):
            return at
        inside: list[Line] = []
        for line in lines[at:]:
            mark = grammar.QUOTE.match(line.text)
            if mark:
                inside.append(moved(line, mark.end(), "> "))
            elif goes_on(inside[-1], line):
                inside.append(line)
            else:
                break
        self.shape.append("quote")
        self.blocks(inside)
        return at + len(inside)

    def _item(self, lines: Sequence[Line], at: int) -> int:
        text = lines[at].text
        bullet = grammar.BULLET.match(text)
        mark = bullet or grammar.NUMBER.match(text)
        if not mark:
            return at
        self.shape.append("bullet" if bullet else "number")
        return self._contained(lines, at, mark.end(), grammar.TASK)

    def _note(self, lines: Sequence[Line], at: int) -> int:
        mark = grammar.NOTE.match(lines[at].text)
        if not mark:
            return at
        self.shape.append(f"note {lines[at].text[: mark.end()].strip().rstrip(':')}")
        first = moved(lines[at], mark.end(), " " * TAB)
        inside = [first, *rest(lines, at + 1, TAB, first)]
        self.blocks(inside)
        return at + len(inside)

    def _definition(self, lines: Sequence[Line], at: int) -> int:
        mark = grammar.DEFINITION.match(lines[at].text)
        if not mark:
            return at
        self.shape.append("definition")
        return self._contained(lines, at, mark.end(), None)

    def _contained(
        self, lines: Sequence[Line], at: int, mark: int, task: re.Pattern[str] | None
    ) -> int:
        """An item: what follows its mark, and the lines below that are indented as far."""
        text = lines[at].text
        after = width(text[mark:])
        spaces = len(text[mark:]) - len(text[mark:].lstrip(" \t"))
        if not text[mark:].strip(" \t") or after >= _DEEP_CODE:
            spaces = min(1, spaces)
        taken = mark + spaces
        columns = width(" " * mark + text[mark:taken])
        columns = columns if spaces else mark + 1
        box = task.match(text[taken:]) if task else None
        first = moved(lines[at], taken + (box.end() if box else 0), " " * columns)
        inside = [first, *rest(lines, at + 1, columns, first)]
        self.blocks(inside)
        return at + len(inside)

    # -- words ----------------------------------------------------------------------------------

    def _reference(self, lines: Sequence[Line], at: int) -> int:
        line = lines[at]
        mark = grammar.REFERENCE.match(line.text)
        if not mark:
            return at
        self.literal(line.prefix)
        self.shape.append(f"target {line.text[mark.end() :].split()[0].strip('<>')}")
        title = _TITLE.search(line.text, mark.end())
        if title and title[1].strip():
            start, end = title.span(1)
            self.literal(line.text[:start])
            self.attribute(line.text[start:end])
            self.literal(line.text[end:] + line.end)
        else:
            self.literal(line.text + line.end)
        return at + 1

    def _table(self, lines: Sequence[Line], at: int) -> int:
        if at + 1 >= len(lines) or not is_table(lines[at].text, lines[at + 1].text):
            return at
        end = at
        while end < len(lines) and "|" in lines[end].text and not lines[end].blank:
            line = lines[end]
            self.literal(line.prefix)
            if end == at + 1:
                self.literal(line.text)
            else:
                found = cells(line.text)
                self.shape.append(f"row {sum(cell for _, cell in found)}")
                for number, (text, cell) in enumerate(found):
                    spot = Spot.CELL if number else Spot.FIRST_CELL
                    self.line(text, spot) if cell else self.literal(text)
            self.literal(line.end)
            end += 1
        return end

    def _legend(self, lines: Sequence[Line], at: int) -> int:
        mark = _LEGEND.match(lines[at].text)
        if not mark:
            return at
        end = paragraph_end(lines, at)
        first = moved(lines[at], mark.end(), "")
        self.words([first, *lines[at + 1 : end]], prose=False)
        return end

    def _paragraph(self, lines: Sequence[Line], at: int) -> int:
        end = paragraph_end(lines, at)
        if end < len(lines) and grammar.UNDERLINE.match(lines[end].text):
            self.shape.append(f"heading {1 if '=' in lines[end].text else 2}")
            return self._underlined(lines, at, end)
        definition = end
        if definition < len(lines) and lines[definition].blank:
            definition += 1
        if definition < len(lines) and grammar.DEFINITION.match(lines[definition].text):
            return self._defined(lines, at, end, definition)
        self.figures_or_words(lines[at:end])
        return end

    def paragraph_alone(self, lines: Sequence[Line]) -> None:
        """Read lines that begin with a paragraph, or with attributes of the block below them."""
        at = self._attribute_line(lines, 0) if lines else 0
        spoken = bool(lines) and not lines[0].blank
        if spoken and not at and not (at := self._legend(lines, 0)):
            at = next((at for at, line in enumerate(lines) if line.blank), len(lines))
            self.figures_or_words(lines[:at])
        self.blocks(lines[at:])

    def _underlined(self, lines: Sequence[Line], at: int, end: int) -> int:
        last = lines[end - 1].text.rstrip(" \t")
        if end == at + 1:
            self.literal(lines[at].prefix)
            self.titled(lines[at].text, Spot.UNDERLINED)
            self.literal(lines[at].end)
        elif last.endswith("}"):
            self._take(lines, at, end)
        else:
            self.words(lines[at:end], prose=False)
        return self._take(lines, end, end + 1)

    def _defined(self, lines: Sequence[Line], at: int, end: int, definition: int) -> int:
        self.shape.append("term")
        self.words(lines[at:end], prose=False)
        self._take(lines, end, definition)
        at = definition
        while at < len(lines) and grammar.DEFINITION.match(lines[at].text):
            at = self._definition(lines, at)
        return at


def _code(lines: Sequence[Line]) -> str:
    """A block of code, for those who compare: what it says, whatever its indentation."""
    return "code " + " ".join(" ".join(line.text.split()) for line in lines).strip()
