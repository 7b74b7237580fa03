"""What is kept of a segment while it is read: structure as it stands, words as holes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.translation.markup import lines as grammar
from pipeline.translation.markup.inline import images
from pipeline.translation.markup.layout import unquoted
from pipeline.translation.markup.lines import Line, joined
from pipeline.translation.markup.parts import Hole, Part, Spot, Unit
from pipeline.translation.markup.pieces import Role, What
from pipeline.translation.markup.words import escaped

_QUOTED_VALUE = re.compile(r'(?:(?<=\s)|(?<=\{))(?:title|alt)="([^"]*)"')


class Keeper:
    """Parts and shape, in the order of the file."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.shape: list[str] = []

    def literal(self, text: str) -> None:
        """Keep structure."""
        if text and self.parts and isinstance(self.parts[-1], str):
            self.parts[-1] += text
        elif text:
            self.parts.append(text)

    def line(self, text: str, spot: Spot, prose: bool = False) -> None:
        """Keep one line of words with the spaces around it."""
        bare = text.strip(" \t")
        if not bare:
            self.literal(text)
            return
        start = text.index(bare)
        self.literal(text[:start])
        self.parts.append(Hole(Unit(bare, prose), bare, spot))
        self.literal(text[start + len(bare) :])

    def attribute(self, value: str) -> None:
        unit = Unit(escaped(unquoted(value)), prose=False)
        self.parts.append(Hole(unit, value, Spot.ATTRIBUTE))

    def attributes(self, text: str) -> None:
        """Keep a text in which titles and alternative texts are units."""
        last = 0
        for match in _QUOTED_VALUE.finditer(text):
            if match[1].strip():
                self.literal(text[last : match.start(1)])
                self.attribute(match[1])
                last = match.end(1)
        self.literal(text[last:])

    def titled(self, text: str, spot: Spot = Spot.HEADING) -> None:
        """The words of a heading, before its attributes and closing signs."""
        bare = text.rstrip(" \t")
        signs = bare.rstrip("#")
        if signs != bare and (not signs or signs[-1] in " \t"):
            bare = signs.rstrip(" \t")
        if bare.endswith("}") and grammar.ATTRIBUTES.match(bare[(cut := bare.rfind("{")) :]):
            bare = bare[:cut].rstrip(" \t")
        self.line(bare, spot)
        self.literal(text[len(bare) :])

    def figures_or_words(self, lines: Sequence[Line]) -> None:
        found = [images(line.text) for line in lines]
        if not lines or not all(found):
            self.words(lines, prose=True)
            return
        for line, pieces in zip(lines, found, strict=True):
            self.literal(line.prefix)
            for piece in pieces:
                if piece.what is What.CAPTION:
                    self.line(piece.raw, Spot.CAPTION)
                else:
                    self.attributes(piece.raw)
                    self.shape += [f"image {piece.value}"] if piece.role is Role.CLOSE else []
            self.literal(line.end)

    def words(self, lines: Sequence[Line], prose: bool) -> None:
        """One unit of all the lines."""
        texts = [line.text for line in lines]
        start = len(texts[0]) - len(texts[0].lstrip(" \t"))
        stop = len(texts[-1].rstrip(" \t"))
        tail = lines[-1].text[stop:] + lines[-1].end
        following = lines[0].next
        if len(lines) > 1:
            second = texts[1]
            following = lines[1].prefix + second[: len(second) - len(second.lstrip(" \t"))]
        whole = joined(lines)
        raw = whole[len(lines[0].prefix) + start : len(whole) - len(tail)]
        bare = [_stripped(text) for text in texts[:-1]] + [texts[-1].strip(" \t")]
        self.literal(lines[0].prefix + texts[0][:start])
        spot = Spot.LINES if prose else Spot.LINE
        unit = Unit("\n".join(bare), prose)
        self.parts.append(Hole(unit, raw, spot, following, lines[0].end or "\n"))
        self.literal(tail)


def _stripped(text: str) -> str:
    """A line without its outer spaces, but for two at its end, which break it in print."""
    bare = text.strip(" \t")
    return bare + "  " if text.endswith("  ") else bare
