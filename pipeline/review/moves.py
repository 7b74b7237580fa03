"""Words that were deleted in one place and inserted in another: they moved, and nothing changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.review.spans import Change, Span
from pipeline.review.words import pieces

_GRAM = 5  # pieces: three words with their spaces, or some ten characters of Japanese
_CANDIDATES = 8  # places looked at for one that moved
_LETTERS = 4  # of a shorter span that moved whole
_IDEOGRAPH = 2  # letters that an ideograph is worth


@dataclass(frozen=True)
class _Run:
    """Pieces of one span that stand in another: the first and how many."""

    span: int
    start: int
    count: int
    move: int


def moved(spans: Sequence[Span]) -> tuple[Span, ...]:
    """``spans`` with what moved set apart and numbered, in the order of where it stands now.

    The two texts of a move are the same but for white space around them.
    """
    cut = [pieces(span.text) if span.change is not Change.SAME else [] for span in spans]
    known: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for index, span in enumerate(spans):
        if span.change is Change.DELETED:
            for start, gram in _grams(cut[index]):
                known.setdefault(gram, []).append((index, start))
    runs: list[_Run] = []
    taken: set[tuple[int, int]] = set()
    for index, span in enumerate(spans):
        if span.change is Change.INSERTED and known:
            runs += _runs(index, cut, known, taken, len(runs) // 2)
    return tuple(part for index in range(len(spans)) for part in _parts(index, spans, cut, runs))


def _grams(found: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Runs of pieces by which a place is found again; a short span as a whole."""
    if len(found) >= _GRAM:
        for start in range(len(found) - _GRAM + 1):
            yield start, tuple(found[start : start + _GRAM])
        return
    start, end = _stripped(found)
    if _weight("".join(found[start:end])) >= _LETTERS:
        yield start, tuple(found[start:end])


def _stripped(found: Sequence[str]) -> tuple[int, int]:
    start, end = 0, len(found)
    while start < end and not found[start].strip():
        start += 1
    while end > start and not found[end - 1].strip():
        end -= 1
    return start, end


def _weight(text: str) -> int:
    return sum((_IDEOGRAPH if c > "\u2fff" else 1) for c in text if c.isalnum())


def _runs(
    index: int,
    cut: Sequence[Sequence[str]],
    known: dict[tuple[str, ...], list[tuple[int, int]]],
    taken: set[tuple[int, int]],
    moves: int,
) -> list[_Run]:
    """What of an inserted span was deleted elsewhere, in pairs of the two places."""
    found: list[_Run] = []
    here = cut[index]
    at = 0
    for start, gram in _grams(here):
        if start < at:
            continue
        best, count = None, 0
        for place in known.get(gram, ())[:_CANDIDATES]:
            length = _length(here, start, cut[place[0]], place, taken)
            if length > count:
                best, count = place, length
        if best is None or count < len(gram):
            continue
        moves += 1
        taken.update((best[0], best[1] + offset) for offset in range(count))
        found += [_Run(best[0], best[1], count, moves), _Run(index, start, count, moves)]
        at = start + count
    return found


def _length(
    here: Sequence[str],
    start: int,
    there: Sequence[str],
    place: tuple[int, int],
    taken: set[tuple[int, int]],
) -> int:
    """How many pieces are the same from both places on, none of which moved already."""
    span, begin = place
    count = 0
    while (
        start + count < len(here)
        and begin + count < len(there)
        and here[start + count] == there[begin + count]
        and (span, begin + count) not in taken
    ):
        count += 1
    return count


def _parts(
    index: int, spans: Sequence[Span], cut: Sequence[Sequence[str]], runs: Sequence[_Run]
) -> Iterator[Span]:
    """A span as the parts that moved, white space around them included, and those that did not."""
    span, at = spans[index], 0
    own = sorted((run for run in runs if run.span == index), key=lambda run: run.start)
    for run in own:
        lead = "".join(cut[index][at : run.start])
        at = run.start + run.count
        text = "".join(cut[index][run.start : at])
        if lead.strip():
            yield Span(span.change, lead)
            lead = ""
        rest = "".join(cut[index][at:]) if run is own[-1] else ""
        if rest and not rest.strip():
            text, at = text + rest, len(cut[index])
        yield Span(span.change, lead + text, run.move)
    yield Span(span.change, "".join(cut[index][at:])) if own else span
