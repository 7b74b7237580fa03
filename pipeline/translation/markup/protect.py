"""A unit on its way to an engine and back: only words are sent, and only words come back.

Marks (links, notes, code, emphasis) go as tags or tokens and are put back exactly, each once and
where a mark may stand; whatever else the engine says is words. The answer's Markdown is read again
before it is believed: what it would say otherwise than its words and marks is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from pipeline.translation.markup.cloth import Cloth, answer_of, in_order, parts_of, unravel
from pipeline.translation.markup.inline import scan, words_before_marks, words_of
from pipeline.translation.markup.marks import Tags, Tokens
from pipeline.translation.markup.pieces import Piece, Role, What
from pipeline.translation.markup.weave import woven
from pipeline.translation.markup.words import escaped

_LATIN = "0-9A-Za-z\u00c0-\u024f"


class Style(StrEnum):
    """What an engine reads beside words: XML tags, nothing (tokens), or Markdown itself (plain)."""

    TAGS = "tags"
    TOKENS = "tokens"
    PLAIN = "plain"


@dataclass(frozen=True)
class Protected:
    """A unit as it is sent: ``text``, and what is needed to put the answer back."""

    text: str
    style: Style
    cloth: Cloth
    marks: Tags | Tokens | None


@dataclass(frozen=True)
class Pieces:
    """The fallback: the words between the marks, each to be translated by itself."""

    texts: tuple[str, ...]
    cloth: Cloth
    places: tuple[int, ...]

    def join(self, answers: Sequence[str]) -> str:
        """The unit with its words replaced by ``answers``, in order; marks stay where they are.

        Where emphasis could no longer be read as such beside the new words, it is left out.
        """
        words, indices = parts_of(in_order(self.cloth))
        for place, text in zip(self.places, answers, strict=True):
            words[place] = _with_spaces_of(words[place], text)
        whole = woven(self.cloth, answer_of(words, indices))
        if whole is not None:
            return whole
        kept = [index for index in indices if self.cloth.marks[index].what is not What.EMPHASIS]
        merged = _merged(words, kept)
        marks = tuple(self.cloth.marks[index] for index in kept)
        gaps = tuple(Piece(What.WORDS, Role.WORDS, escaped(text), words=text) for text in merged)
        plainer = woven(Cloth(marks, gaps, self.cloth.labels), answer_of(merged, range(len(kept))))
        return plainer if plainer is not None else escaped("".join(words))


def _merged(words: Sequence[str], kept: Sequence[int]) -> list[str]:
    """The words of the gaps between the marks that are kept."""
    edges = [-1, *kept, len(words) - 1]
    return ["".join(words[a + 1 : b + 1]) for a, b in pairwise(edges)]


def _with_spaces_of(source: str, text: str) -> str:
    bare = source.strip()
    start = source.index(bare)
    return source[:start] + text.strip() + source[start + len(bare) :]


def protect(
    unit: str,
    style: Style,
    fixed: Sequence[tuple[str, str]] = (),
    labels: Collection[str] = (),
) -> Protected:
    """``unit`` (inline Markdown) as it is sent in ``style``.

    ``fixed`` are words of the source and what must stand for them in the translation; ``labels``
    those of the text's link definitions, which make links of ``[label]``.

    >>> protect("Un **mot**[^1].", Style.TAGS).text
    'Un <x1>mot</x1><x2/>.'
    >>> restore(protect("Un **mot**[^1].", Style.TAGS), "<x1>一語</x1>である<x2/>。")
    '**一語**である[^1]。'
    """
    cloth = _cloth(unit, fixed, labels)
    if style is Style.PLAIN:
        return Protected(_raw(cloth).strip(), style, cloth, None)
    gaps = [gap.words for gap in cloth.gaps]
    everything = " ".join([*gaps, *(mark.value for mark in cloth.marks)])
    marks = Tags.for_text(everything) if style is Style.TAGS else Tokens.for_text(everything)
    return Protected(marks.write(gaps, cloth.marks), style, cloth, marks)


def restore(protected: Protected, answer: str) -> str | None:
    """The Markdown of an engine's answer, or None: marks lost, doubled, crossed beyond repair."""
    if protected.marks is None:
        return _plain(protected, answer)
    found = protected.marks.read(answer, protected.cloth.marks)
    return woven(protected.cloth, found) if found is not None else None


def pieces(
    unit: str, fixed: Sequence[tuple[str, str]] = (), labels: Collection[str] = ()
) -> Pieces:
    """The words between the marks of ``unit``, those without letters left out.

    >>> pieces("Un **mot**[^1].").texts
    ('Un', 'mot')
    """
    cloth = _cloth(unit, fixed, labels)
    places = [place for place, gap in enumerate(cloth.gaps) if _has_letters(gap.words)]
    texts = tuple(cloth.gaps[place].words.strip() for place in places)
    return Pieces(texts, cloth, tuple(places))


def sent_words(
    unit: str, fixed: Sequence[tuple[str, str]] = (), labels: Collection[str] = ()
) -> str:
    """The words of ``unit`` that an engine sees: no code, no address, no fixed word.

    >>> sent_words("Le **marché** [ouvre](https://example.org) `x` <https://example.org> tôt.")
    'Le marché ouvre tôt.'
    """
    return " ".join("".join(gap.words for gap in _cloth(unit, fixed, labels).gaps).split())


def bare(unit: str) -> str:
    """The words of ``unit`` alone, to be sent when its marks cannot be kept.

    What comes back is words too: `as_markdown` makes Markdown of them.
    """
    return words_of(unit).strip()


def as_markdown(words: str) -> str:
    """Words that an engine gave for `bare` ones, as Markdown that says nothing else."""
    return escaped(words.strip())


def sendable(unit: str, fixed: Sequence[tuple[str, str]] = ()) -> bool:
    """Whether anything is left to translate: letters outside code, addresses and fixed words."""
    if not fixed and _has_letters(words_before_marks(unit)):
        return True
    return any(_has_letters(gap.words) for gap in _cloth(unit, fixed, ()).gaps)


def _has_letters(words: str) -> bool:
    return any(map(str.isalpha, words))


# -- fixed words --------------------------------------------------------------------------------


def _cloth(unit: str, fixed: Sequence[tuple[str, str]], labels: Collection[str]) -> Cloth:
    found = scan(unit, labels)
    return unravel(_with_fixed(found, dict(fixed)) if fixed else found, labels)


def _with_fixed(found: Sequence[Piece], fixed: dict[str, str]) -> list[Piece]:
    """The pieces with every fixed word a mark of its own, the longest first."""
    known = sorted((word for word in fixed if word.strip()), key=len, reverse=True)
    if not known:
        return list(found)
    pattern = re.compile("|".join(_whole(word) for word in known))
    result: list[Piece] = []
    for piece in found:
        if piece.role is not Role.WORDS:
            result.append(piece)
            continue
        last = 0
        for match in pattern.finditer(piece.words):
            printed = fixed[match[0]]
            result.append(piece.cut(last, match.start()))
            result.append(Piece(What.FIXED, Role.ALONE, escaped(printed), value=printed))
            last = match.end()
        result.append(piece.cut(last, len(piece.words)))
    return [piece for piece in result if piece.raw]


def _whole(word: str) -> str:
    """A pattern for a word that is not part of a longer one, where words have spaces between."""
    before = rf"(?<![{_LATIN}])" if re.match(f"[{_LATIN}]", word) else ""
    after = rf"(?![{_LATIN}])" if re.search(rf"[{_LATIN}]\Z", word) else ""
    return f"{before}{re.escape(word)}{after}"


# -- engines that read Markdown -----------------------------------------------------------------


def _raw(cloth: Cloth) -> str:
    parts = [cloth.gaps[0].raw]
    for mark, gap in zip(cloth.marks, cloth.gaps[1:], strict=True):
        parts += [mark.raw, gap.raw]
    return "".join(parts)


def _plain(protected: Protected, answer: str) -> str | None:
    """A Markdown answer, if it has the marks of the source and no other."""
    cloth = protected.cloth
    sent = [mark for mark in cloth.marks if mark.what is not What.FIXED]
    fixed = [mark.value for mark in cloth.marks if mark.what is What.FIXED]
    lines = "\n".join(line for line in answer.strip().splitlines() if line.strip())
    got = scan(lines, cloth.labels)
    marks = [piece for piece in got if piece.role is not Role.WORDS]
    words = "".join(piece.words for piece in got)
    same = sorted(map(_sign, marks)) == sorted(map(_sign, sent))
    kept = all(words.count(word) >= fixed.count(word) for word in fixed)
    return _outer(cloth, lines) if same and kept else None


def _sign(piece: Piece) -> tuple[str, str, str]:
    return piece.what.name, piece.role.name, piece.raw


def _outer(cloth: Cloth, text: str) -> str:
    """``text`` with the white space that stood around the source."""
    source = _raw(cloth)
    bare_source = source.strip()
    start = source.index(bare_source)
    return source[:start] + text + source[start + len(bare_source) :]
