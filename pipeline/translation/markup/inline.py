"""The inline Markdown of a unit as words and marks, with every character in its place.

Joining the ``raw`` of the pieces gives back the unit. What pandoc reads as no mark is words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pipeline.translation.markup.delimiters import Run, resolve, run_at
from pipeline.translation.markup.literals import Found, alone, ends_in
from pipeline.translation.markup.pieces import Piece, Role, What, joined_words

_SPECIAL = re.compile(
    r"[\\`\[\]!<&@\n]|\*+|_+|~+|\^+|(?<! ) {2,}(?=\n)|https?://|www\.|mailto:", re.IGNORECASE
)
_VALUES = r'(?:"[^"]*+"|\'[^\']*+\'|[^\s{}"\']++)'
ATTRIBUTES = re.compile(rf"\{{\s*+(?>(?:(?:[#.][^\s{{}}\"=]++|[\w:-]++={_VALUES})\s*+)+)\}}")
_DESTINATION = re.compile(
    r"\(\s*+(?P<to><[^<>\n]*+>|(?>(?:[^\s()\\<]|\\.|\((?>(?:[^\s()\\]|\\.)*)\))*))"
    r"(?:\s++(?:\"(?>(?:[^\"\\]|\\.)*)\"|'(?>(?:[^'\\]|\\.)*)'|\((?>(?:[^()\\]|\\.)*)\)))?\s*+\)",
    re.DOTALL,
)
_LABEL = re.compile(r"\[((?>(?:[^\[\]\\]|\\.)*))\]")
_NOTE = re.compile(r"\[\^([^\]\[\s]+)\]")


@dataclass
class _Bracket:
    """An opening bracket that waits for its end."""

    at: int  # its place among the items
    start: int  # where its words begin in the text
    image: bool
    runs: int  # how many runs of delimiters stand before it
    active: bool = True


_Item = Piece | Run


def scan(text: str, labels: Collection[str] = ()) -> list[Piece]:
    """The pieces of a unit; ``labels`` are those of the text's link definitions.

    >>> [(piece.what.name, piece.raw) for piece in scan("mot[^1].")]
    [('WORDS', 'mot'), ('NOTE', '[^1]'), ('WORDS', '.')]
    """
    return _Scan(text, frozenset(label.casefold() for label in labels)).pieces()


def words_before_marks(text: str) -> str:
    """What stands before anything that may be a mark, without scanning; nothing where the first
    may be an address that began earlier."""
    first = _SPECIAL.search(text)
    if first is None:
        return text
    return "" if "@" in text else text[: first.start()]


def words_of(text: str) -> str:
    """What a reader sees of a unit, without markup: words, and what codes and addresses say."""
    return "".join(_plain(piece) for piece in scan(text))


def _plain(piece: Piece) -> str:
    if piece.role is Role.WORDS:
        return piece.words
    if piece.what in (What.CODE, What.ADDRESS, What.BARE):
        return piece.value
    return " " if piece.what is What.BREAK else ""


def images(line: str) -> list[Piece]:
    """The pieces of a line of images alone, their words as `CAPTION`; none for another line."""
    if not line.lstrip(" ").startswith("!["):
        return []
    found: list[Piece] = []
    opening: Piece | None = None
    caption = ""
    for piece in scan(line):
        if opening is None:
            if piece.what is not What.IMAGE and piece.raw.strip():
                return []
            opening, caption = (piece if piece.what is What.IMAGE else None), ""
            found.append(piece)
        elif piece is opening.mate:
            found += [Piece(What.CAPTION, Role.WORDS, caption), piece]
            opening = None
        else:
            caption += piece.raw
    return found


class _Scan:
    def __init__(self, text: str, labels: frozenset[str]) -> None:
        self.text = text
        self.labels = labels
        self.items: list[_Item] = []
        self.brackets: list[_Bracket] = []
        self.runs: list[Run] = []
        self.ends = ends_in(text)
        self.last = 0  # up to where the text has become items

    def pieces(self) -> list[Piece]:
        at = 0
        while match := _SPECIAL.search(self.text, at):
            at = self._special(match)
        self._words(len(self.text))
        resolve(self.runs)
        return list(_merged(self.items))

    def _words(self, end: int) -> None:
        """What stands before ``end`` is plain words."""
        if end > self.last:
            raw = self.text[self.last : end]
            self.items.append(Piece(What.WORDS, Role.WORDS, raw, words=raw))
        self.last = max(self.last, end)

    def _keep(self, start: int, end: int, item: _Item) -> int:
        self._words(start)
        self.items.append(item)
        self.last = end
        return end

    def _special(self, match: re.Match[str]) -> int:
        start, sign = match.start(), match[0][0]
        if sign in "*_~^":
            run = run_at(self.text, start, match.end())
            self.runs.append(run)
            return self._keep(start, match.end(), run)
        if sign == "[" or (sign == "!" and self.text.startswith("[", start + 1)):
            return self._opening(start, sign == "!")
        if sign == "]":
            return self._closing(start)
        found: Found | None = alone(self.text, match, self.last, self.ends)
        if found is None:
            return match.end()
        end = found.end
        if found.piece.role is not Role.WORDS:
            end = self._attributed(found)
        return self._keep(found.start, end, found.piece)

    def _attributed(self, found: Found) -> int:
        """Attributes right behind a mark belong to it."""
        attributes = ATTRIBUTES.match(self.text, found.end)
        if not attributes or found.piece.what in (What.BREAK, What.BARE, What.HTML):
            return found.end
        found.piece.raw += attributes[0]
        return attributes.end()

    def _opening(self, start: int, image: bool) -> int:
        note = None if image else _NOTE.match(self.text, start)
        if note:
            piece = Piece(What.NOTE, Role.ALONE, note[0], value=note[1])
            return self._keep(start, note.end(), piece)
        end = start + 1 + image
        raw = self.text[start:end]
        self._keep(start, end, Piece(What.WORDS, Role.WORDS, raw, words=raw))
        self.brackets.append(_Bracket(len(self.items) - 1, end, image, len(self.runs)))
        return end

    def _closing(self, start: int) -> int:
        end = start + 1
        if not self.brackets:
            return end
        bracket = self.brackets.pop()
        tail = self._tail(bracket, start) if bracket.active else None
        if tail is None:
            return end
        what, value, end = tail
        self._words(start)
        resolve(self.runs[bracket.runs :])
        del self.runs[bracket.runs :]
        opening = Piece(
            what, Role.OPEN, self.text[bracket.start - 1 - bracket.image : bracket.start]
        )
        closing = Piece(what, Role.CLOSE, self.text[start:end], value=value, mate=opening)
        opening.mate, opening.value = closing, value
        self.items[bracket.at] = opening
        self.items.append(closing)
        self.last = end
        if what is What.LINK:
            for other in self.brackets:
                other.active = other.active and other.image
        return end

    def _tail(self, bracket: _Bracket, start: int) -> tuple[What, str, int] | None:
        """What a closing bracket makes: what it is, where it leads, where it ends."""
        kind = What.IMAGE if bracket.image else What.LINK
        words = self.text[bracket.start : start]
        after = start + 1
        inline = _DESTINATION.match(self.text, after)
        if inline:
            return kind, inline["to"].strip("<>"), self._after_attributes(inline.end())
        label = _LABEL.match(self.text, after)
        if label and not label[1].startswith("^"):
            return kind, f"[{label[1] or words}]", self._after_attributes(label.end())
        attributes = ATTRIBUTES.match(self.text, after)
        if words.casefold() in self.labels:
            return kind, f"[{words}]", attributes.end() if attributes else after
        if attributes and not bracket.image:
            return What.SPAN, attributes[0], attributes.end()
        return None

    def _after_attributes(self, end: int) -> int:
        attributes = ATTRIBUTES.match(self.text, end)
        return attributes.end() if attributes else end


def _merged(items: Iterable[_Item]) -> Iterable[Piece]:
    """The pieces of the items, neighbouring words as one."""
    words: list[Piece] = []
    for item in items:
        for piece in item.pieces() if isinstance(item, Run) else [item]:
            if piece.role is Role.WORDS:
                words.append(piece)
                continue
            if words:
                yield joined_words(words)
                words = []
            yield piece
    if words:
        yield joined_words(words)
