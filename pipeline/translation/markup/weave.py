"""Marks and words woven into Markdown again, and read once more to be sure they say the same."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.columns import is_wide
from pipeline.translation.markup.cloth import Answer, Cloth, parts_of
from pipeline.translation.markup.inline import scan
from pipeline.translation.markup.order import nested
from pipeline.translation.markup.pieces import Piece, Role, What
from pipeline.translation.markup.words import escaped
from pipeline.workspace.characters import visible

_BEFORE = frozenset(",.)]}…")  # what no space stands before
_AFTER = frozenset("([{’'")  # what no space stands after
_SHOWN = frozenset({What.CODE, What.ADDRESS, What.BARE, What.FIXED})
_WORDS_AGAIN = frozenset({What.BARE, What.FIXED})


def woven(cloth: Cloth, answer: Answer) -> str | None:
    """The Markdown of an answer, or None when it cannot be read as its words and marks."""
    ordered = nested(cloth, answer)
    if ordered is None:
        return None
    for softened in (False, True):
        text = "".join(_Weaver(cloth, ordered, softened).parts())
        if _reads_as(cloth, ordered, text, softened):
            return text
    return None


def _reads_as(cloth: Cloth, answer: Answer, text: str, softened: bool) -> bool:
    """Whether Markdown is read as the words and marks that it was made of."""
    wanted, wanted_words = [], ""
    for item in answer:
        piece = cloth.marks[item] if isinstance(item, int) else None
        if piece is None or piece.what in _WORDS_AGAIN:
            wanted_words += piece.value if piece else str(item)
        else:
            wanted.append(_said(piece, softened))
    read, read_words = [], ""
    for piece in scan(text, cloth.labels):
        if piece.role is Role.WORDS or piece.what in _WORDS_AGAIN:
            read_words += piece.words or piece.value
        else:
            read.append(_said(piece, softened))
    return wanted == read and _bare(wanted_words) == _bare(read_words)


def _said(piece: Piece, softened: bool) -> tuple[What, Role, str]:
    value = piece.value
    if softened and piece.what is What.EMPHASIS:
        value = value.replace("_", "*")
    return piece.what, piece.role, value


def _bare(words: str) -> str:
    return "".join(visible(words).split())


class _Weaver:
    """One answer as Markdown; ``softened`` writes ``_`` as ``*``, which may stand inside a word."""

    def __init__(self, cloth: Cloth, answer: Answer, softened: bool) -> None:
        self.cloth = cloth
        self.softened = softened
        self.words, self.indices = parts_of(answer)

    def parts(self) -> list[str]:
        """Gaps and marks in turn."""
        parts = [self._gap(0)]
        for place, index in enumerate(self.indices):
            parts.append(self._mark(index, parts))
            if parts[-1].startswith("[") and parts[-2].endswith("!"):
                parts[-2] = parts[-2][:-1] + "\\!"
            parts.append(self._gap(place + 1))
        return parts

    def _mark(self, index: int, parts: Sequence[str]) -> str:
        mark = self.cloth.marks[index]
        if self.softened and mark.what is What.EMPHASIS:
            return mark.raw.replace("_", "*")
        if mark.what in (What.LINK, What.IMAGE) and mark.role is Role.CLOSE and mark.mate:
            return self._end_of_link(mark, mark.mate, parts)
        return mark.raw

    def _end_of_link(self, mark: Piece, opening: Piece, parts: Sequence[str]) -> str:
        """``](…)``; a link whose words were its label keeps the label: ``[訳][mot]``."""
        shortest = mark.raw.split("{", 1)[0]
        if shortest not in ("]", "][]"):
            return mark.raw
        start = max(place for place, part in enumerate(parts) if part == opening.raw)
        if f"[{''.join(parts[start + 1 :])}]" == mark.value:
            return mark.raw
        return f"]{mark.value}{mark.raw[len(shortest) :]}"

    def _gap(self, place: int) -> str:
        """The words between two marks: as they stood, when they are the same between the same."""
        words = self.words[place]
        left = self.indices[place - 1] if place else -1
        right = self.indices[place] if place < len(self.indices) else len(self.cloth.marks)
        source = self.cloth.gaps[left + 1]
        if right == left + 1 and words.strip() == source.words.strip():
            return source.raw
        bare = words.strip()
        before = self._edge(place, left, behind=False) if place else self._outer(0)
        after = self._outer(-1)
        if place < len(self.indices):
            after = self._edge(place, right, behind=True) if bare or not place else ""
        return before + escaped(bare) + after

    def _outer(self, place: int) -> str:
        """The white space at the beginning or end of the source, which is kept."""
        words = self.cloth.gaps[place].words
        return words[len(words.rstrip()) :] if place else words[: len(words) - len(words.lstrip())]

    def _edge(self, place: int, index: int, behind: bool) -> str:
        """The space between the words of a gap and the mark before or ``behind`` them."""
        mark = self.cloth.marks[index]
        if mark.role is (Role.CLOSE if behind else Role.OPEN):
            return ""
        source = self.cloth.gaps[index + (not behind)].words
        words = self.words[place]
        if behind:
            if mark.what is What.NOTE:
                return " " if source[-1:].isspace() else ""
            return self._space(place, place + 1, words[-1:].isspace(), self._in_word(index))
        return self._space(place - 1, place, words[:1].isspace(), self._in_word(index))

    def _space(self, before: int, after: int, has: bool, in_word: bool) -> str:
        first, second = self._last_of(before), self._first_of(after)
        if first and second:
            if is_wide(first) or is_wide(second) or second in _BEFORE or first in _AFTER:
                return ""
            if first.isalnum() and second.isalnum():
                return "" if in_word and not has else " "
        return " " if has else ""

    def _in_word(self, index: int) -> bool:
        """Whether a mark stood within a word of the source."""
        before, after = self.cloth.gaps[index].words[-1:], self.cloth.gaps[index + 1].words[:1]
        return before.isalnum() and after.isalnum() and not (is_wide(before) or is_wide(after))

    def _last_of(self, place: int) -> str:
        """The character that a reader sees last at or before a gap."""
        while place >= 0:
            shown = self.words[place].strip()
            if not shown and place:
                shown = _shown(self.cloth.marks[self.indices[place - 1]])
            if shown:
                return shown[-1]
            place -= 1
        return ""

    def _first_of(self, place: int) -> str:
        while place < len(self.words):
            shown = self.words[place].strip()
            if not shown and place < len(self.indices):
                shown = _shown(self.cloth.marks[self.indices[place]])
            if shown:
                return shown[0]
            place += 1
        return ""


def _shown(mark: Piece) -> str:
    return mark.value if mark.what in _SHOWN else ""
