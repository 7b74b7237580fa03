"""How the marks of a unit are written for an engine, and found again in its answer.

Tags are for engines that read XML: ``<x1>…</x1>``, ``<x2/>``. Tokens are for the others. A token is
``ZQ7X``: capitals that make no word in any language, with the number inside. What is known of other
shapes decided this: words in small letters are translated (AWS into Chinese turns ``xx1xx`` into a
count: tolgee-platform #3779), ``%(name)s`` and ``__name__`` are moved apart or translated (Google:
django-autotranslate #9, json-autotranslate #51), ``###T01###`` is squeezed (LibreTranslate #944),
rare brackets are unknown to SentencePiece models. Capitals with digits look like the code of a
product, which engines copy. The last letter keeps a number of the text out of the token's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, product

from pipeline.translation.markup.cloth import Answer
from pipeline.translation.markup.pieces import Piece, Role

_WIDE = 0xFEE0  # from ASCII to full width
_DIGITS = "[0-9０-９]{1,5}"
_LESS, _MORE, _SLASH = "(?:<|＜|&lt;)", "(?:>|＞|&gt;)", "[/／]?"
_GAP = r"\s{0,3}"
_TAG_LETTERS = "xgmtwkz"
_CAPITALS = "ZQXKJV"
_LAST = "X"
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&#39;": "'",
             "&#x27;": "'", "&#34;": '"', "&nbsp;": "\u00a0"}  # fmt: skip
_ENTITY = re.compile("|".join(_ENTITIES))


def _letters(name: str) -> str:
    """A pattern for a name in either case, either width, with a space slipped in."""
    return r"\s?".join(
        f"[{c.upper()}{c.lower()}{chr(ord(c.upper()) + _WIDE)}{chr(ord(c.lower()) + _WIDE)}]"
        for c in name
    )


def _names(letters: str, least: int) -> Iterator[str]:
    for length in count(least):
        for chosen in product(letters, repeat=length):
            yield "".join(chosen)


@dataclass(frozen=True)
class Tags:
    """Marks as tags; ``name`` is one that the text does not hold."""

    name: str

    @classmethod
    def for_text(cls, text: str) -> Tags:
        """Tags that cannot be mistaken for words of ``text``."""
        return next(
            tags
            for name in _names(_TAG_LETTERS, 1)
            if not (tags := cls(name))._pattern().search(text)
        )

    def _pattern(self) -> re.Pattern[str]:
        return re.compile(
            f"{_LESS}{_GAP}({_SLASH}){_GAP}{_letters(self.name)}{_GAP}({_DIGITS})"
            f"{_GAP}({_SLASH}){_GAP}{_MORE}"
        )

    def write(self, gaps: Sequence[str], marks: Sequence[Piece]) -> str:
        """The text that is sent: words escaped, marks as tags."""
        numbers = _pair_numbers(marks)
        parts = [_escape(gaps[0])]
        for index, (mark, gap) in enumerate(zip(marks, gaps[1:], strict=True)):
            name = f"{self.name}{numbers[index]}"
            shapes = {Role.OPEN: f"<{name}>", Role.CLOSE: f"</{name}>"}
            parts += [shapes.get(mark.role, f"<{name}/>"), _escape(gap)]
        return "".join(parts).strip()

    def read(self, answer: str, marks: Sequence[Piece]) -> Answer | None:
        """The answer taken apart; None when a mark is missing, doubled or unknown."""
        waiting: dict[int, list[int]] = {}
        for index, number in enumerate(_pair_numbers(marks)):
            waiting.setdefault(number, []).append(index)
        text = self._without_empty_pairs(answer, {n for n, (i, *_) in waiting.items()
                                                  if marks[i].role is Role.ALONE})  # fmt: skip
        found: Answer = []
        last = 0
        for match in self._pattern().finditer(text):
            found.append(_unescape(text[last : match.start()]))
            last = match.end()
            left = waiting.get(int(match[2]))
            if not left or not _fits(match, marks[left[0]].role):
                return None
            found.append(left.pop(0))
        found.append(_unescape(text[last:]))
        return None if any(waiting.values()) else found

    def _without_empty_pairs(self, answer: str, alone: Collection[int]) -> str:
        """``<x2></x2>`` as ``<x2/>``, which an engine that reads XML takes for the same."""
        name = _letters(self.name)
        same = re.compile(
            f"{_LESS}{_GAP}{name}{_GAP}({_DIGITS}){_GAP}{_MORE}\\s*"
            f"{_LESS}{_GAP}[/／]{_GAP}{name}{_GAP}\\1{_GAP}{_MORE}"
        )

        def single(match: re.Match[str]) -> str:
            number = int(match[1])
            return f"<{self.name}{number}/>" if number in alone else match[0]

        return same.sub(single, answer)


def _fits(match: re.Match[str], role: Role) -> bool:
    """Whether a tag may be the mark; the slash of an end is often lost, one too many is not."""
    if match[1]:
        return role is Role.CLOSE
    return not match[3] or role is Role.ALONE


def _pair_numbers(marks: Sequence[Piece]) -> list[int]:
    """A number for each mark, the same for both halves of a pair."""
    numbers: list[int] = []
    opened: dict[int, int] = {}
    last = 0
    for mark in marks:
        number = opened.get(id(mark.mate)) if mark.role is Role.CLOSE else None
        if number is None:
            number = last = last + 1
        numbers.append(number)
        opened[id(mark)] = number
    return numbers


def _escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unescape(words: str) -> str:
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], words)


@dataclass(frozen=True)
class Tokens:
    """Marks as tokens; ``name`` is what they begin with, which the text does not hold."""

    name: str

    @classmethod
    def for_text(cls, text: str) -> Tokens:
        """Tokens that cannot be mistaken for words of ``text``."""
        return next(
            tokens
            for name in _names(_CAPITALS, 2)
            if len(set(name)) > 1 and not (tokens := cls(name))._pattern().search(text)
        )

    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"{_letters(self.name)}\s?({_DIGITS})\s?{_letters(_LAST)}")

    def write(self, gaps: Sequence[str], _marks: Sequence[Piece]) -> str:
        """The text that is sent: tokens set apart from words, as an engine reads a code best."""
        parts = [gaps[0]]
        for number, gap in enumerate(gaps[1:], 1):
            if parts[-1][-1:].isalnum():
                parts.append(" ")
            parts.append(f"{self.name}{number}{_LAST}")
            if gap[:1].isalnum():
                parts.append(" ")
            parts.append(gap)
        return "".join(part for part in parts if part).strip()

    def read(self, answer: str, marks: Sequence[Piece]) -> Answer | None:
        """The answer taken apart; None when a token is missing, doubled or unknown."""
        found: Answer = []
        last = 0
        waiting = set(range(len(marks)))
        for match in self._pattern().finditer(answer):
            index = int(match[1]) - 1
            if index not in waiting:
                return None
            waiting.remove(index)
            found += [answer[last : match.start()], index]
            last = match.end()
        found.append(answer[last:])
        return None if waiting else found
