"""Persons: the order of their names, their titles, and no honorific beside a title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.model import Finding, Pair, Side
from pipeline.checks.register import Name, kinds_of, likeness, names, occurrences

_ALIKE = 80
_GIVEN = 2
_KANJI_NAME = re.compile(r"[一-龥々]{3,6}")
_APART = re.compile(r",?\s*(?:l[ae]\s+|l')?")
_WORDS = re.compile(
    r"(?<![ァ-ヺー])[ァ-ヺー]{2,30}(?:[・＝=][ァ-ヺー]{1,30}){0,5}"
    r"|(?<!\w)[A-ZÀ-Ý][\w'-]{1,30}(?:\s+[A-ZÀ-Ý][\w'-]{1,30}){1,5}"
)


def people(pair: Pair) -> Iterator[Finding]:
    """Names in the register's order and form, the same titles on both sides."""
    persons = [n for n in names(pair.facts, (pair.one.language, pair.other.language)) if n.person]
    for index, side in enumerate(pair.sides):
        spoken = frozenset(person.full[side.language] for person in persons)
        for name in persons:
            for wrong, at in _misnamed(name, side, spoken):
                right = name.full[side.language]
                yield _on(index, wrong, right, side.line(at))
        doubled = side.known.raw.get("titles-doubled") or side.known.raw.get(
            "title-position", {}
        ).get("doubled")
        for match in _compiled(doubled).finditer(side.text) if doubled else ():
            yield _on(index, match[0], "", side.line(match.start()))
    yield from _titles(pair)
    yield from _own_titles(pair, persons)
    yield from _heads(pair, persons)


@lru_cache(maxsize=8)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _on(index: int, wrong: str, right: str, line: int) -> Finding:
    return Finding(
        "check-person",
        *((right, wrong) if index else (wrong, right)),
        (0, line) if index else (line, 0),
    )


def _misnamed(name: Name, side: Side, spoken: frozenset[str]) -> Iterator[tuple[str, int]]:
    full = name.full[side.language]
    right = list(occurrences(full, side.text))
    around = {at for start in right for at in range(start - len(full), start + len(full))}
    for form in _turned(full):
        yield from ((form, at) for at in occurrences(form, side.text) if at not in around)
    if not right:
        yield from _nearly(full, name.core[side.language], side, spoken)


@lru_cache(maxsize=256)
def _turned(full: str) -> list[str]:
    """The parts of a name in the other order; of one without parts, every turn of it."""
    parts = re.split(r"(\s+|・)", full)
    if len(parts) == 3:  # noqa: PLR2004 - a name, what parts it, a name
        return [parts[2] + parts[1] + parts[0]]
    if len(parts) == 1 and _KANJI_NAME.fullmatch(full):
        return [full[i:] + full[:i] for i in range(1, len(full))]
    return []


def _nearly(full: str, core: str, side: Side, spoken: frozenset[str]) -> Iterator[tuple[str, int]]:
    """A name that is almost the register's, where the register's is not.

    The family name by itself is right: beside it, one character in the place of a given name of
    one says nothing (三隅市長 of 三隅薫).
    """
    kanji = _KANJI_NAME.fullmatch(full) is not None
    if kanji and sum(character in side.text for character in full) < len(full) - 1:
        return  # all but one of its characters must be there
    if len(full) < len(core) + _GIVEN and next(occurrences(core, side.text), None) is not None:
        return
    if kanji:
        for match in re.finditer(rf"(?=([一-龥々]{{{len(full)}}}))", side.text):
            same = sum(a == b for a, b in zip(match[1], full, strict=True))
            if same == len(full) - 1 and match[1] not in spoken:
                yield match[1], match.start()
        return
    for word, at in _words(side.text):
        if (
            word not in spoken
            and word != core
            and likeness(word, full) >= _ALIKE
            and word not in _turned(full)
        ):
            yield word, at


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[tuple[str, int], ...]:
    """What may be a person's name in katakana or in Latin letters."""
    return tuple((match[0], match.start()) for match in _WORDS.finditer(text))


Titles = list[tuple[frozenset[str], str, int]]


def _titles(pair: Pair) -> Iterator[Finding]:
    """A title that only one side has, where only the other has another."""
    ours, theirs = _found(pair.one), _found(pair.other)
    here, there = (frozenset[str]().union(*(t[0] for t in found)) for found in (ours, theirs))
    lost = [t for t in ours if not t[0] & there]
    gone = [t for t in theirs if not t[0] & here]
    for mine, other in zip(lost, gone, strict=False):
        yield Finding(
            "check-person", mine[1], other[1], (pair.one.line(mine[2]), pair.other.line(other[2]))
        )


def _found(side: Side) -> Titles:
    """The titles of a side, the longest where one is in another."""
    if not side.known.hints("titles").search(side.low):
        return []
    spans: dict[tuple[int, int], set[str]] = {}
    for kind, pattern in side.known.classes["titles"].items():
        for match in pattern.finditer(side.text):
            spans.setdefault((match.start(), -match.end()), set()).add(kind)
    found: Titles = []
    last = -1
    for (start, end), kinds in sorted(spans.items(), key=lambda span: span[0]):
        if start >= last:
            found.append((frozenset(kinds), side.text[start:-end], start))
            last = -end
    return found


def _own_titles(pair: Pair, persons: list[Name]) -> Iterator[Finding]:
    """A person whose name both sides give a title, and not the same."""
    for name in persons:
        said = [_title_of(name, side) for side in pair.sides]
        if said[0] and said[1] and not said[0][0] & said[1][0]:
            lines = [s.line(t[2]) for s, t in zip(pair.sides, said, strict=True) if t]
            yield Finding("check-person", said[0][1], said[1][1], (lines[0], lines[1]))


def _heads(pair: Pair, persons: list[Name]) -> Iterator[Finding]:
    """A title that holds a kind of authority, and not that of the person's: 市長 of a 町."""
    for index, side in enumerate(pair.sides):
        for name in persons:
            title = _title_of(name, side)
            if title:
                said = kinds_of(title[1].removeprefix(name.full[side.language]), side.known)
                own = kinds_of(name.of[side.language], side.known)
                if said and own and not said & own:
                    yield _on(index, title[1], name.full[side.language], side.line(title[2]))


def _title_of(name: Name, side: Side) -> tuple[frozenset[str], str, int] | None:
    """The title that stands right after a name; None without one."""
    full = name.full[side.language]
    for at in occurrences(full, side.text):
        after = _APART.match(side.text, at + len(full))
        title = next((t for t in _found(side) if after and t[2] == after.end()), None)
        if title:
            return title[0], f"{full} {title[1]}", at
    return None
