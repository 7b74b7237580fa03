"""What is compared with what: passages and values of a translation, clauses of a declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.checks.model import Facts, Pair, Side
from pipeline.declaration.clauses import clauses, numbers, raw_clause
from pipeline.declaration.fingerprints import TITLE
from pipeline.errors import Place
from pipeline.texts.read import Text
from pipeline.texts.segments import Segment, SegmentKind, join
from pipeline.translation.counterpart import pair
from pipeline.translation.field_places import field_place
from pipeline.translation.fields import field_states, field_values
from pipeline.translation.marker import State

_WITHOUT_WORDS = (SegmentKind.CODE, SegmentKind.RAW, SegmentKind.COMMENT, SegmentKind.LEADING)
_UNANSWERED = (State.MISSING, State.STALE)


@dataclass(frozen=True)
class Compared:
    """Two raw texts where they stand: the first line of each, from 1."""

    pair: Pair
    one: Place
    other: Place
    hidden: bool
    clause: str = ""


def passage_pairs(facts: Facts, original: Text, text: Text) -> Iterator[Compared]:
    """Each passage and value of a translation beside what it translates.

    One that waits for an answer, or answers to another source, is beside nothing.
    """
    hidden = original.metadata.confidential
    languages = original.file.language, text.file.language
    for match in pair(original.body.segments, text.body.segments):
        if match.source is None or match.passage is None or match.state in _UNANSWERED:
            continue
        source = original.body.segments[match.source]
        words = [s for s in match.passage.segments if s.kind is not SegmentKind.COMMENT]
        if source.kind in _WITHOUT_WORDS or not words:
            continue
        yield Compared(
            Pair(Side(source.raw, languages[0]), Side(join(words), languages[1]), facts),
            _at(original, source), _at(text, words[0]), hidden,
        )  # fmt: skip
    states, there = field_states(original.metadata, text.metadata), field_values(text.metadata)
    for name, value in field_values(original.metadata).items():
        if there.get(name) and states[name] not in _UNANSWERED:
            yield Compared(
                Pair(Side(value, languages[0]), Side(there[name], languages[1]), facts),
                field_place(original, name), field_place(text, name), hidden,
            )  # fmt: skip


def _at(text: Text, segment: Segment) -> Place:
    return Place(text.file.path, text.source.body_line + segment.line)


def clause_pairs(
    facts: Facts, one: Text, other: Text, preambles: Mapping[str, Sequence[str]]
) -> Iterator[Compared]:
    """The titles, then clause beside clause by their ids; a clause on one side beside nothing.

    One that is left with its heading alone is beside nothing too. A clause without an id is the
    declaration's own concern.
    """
    found = clauses(one)[0], clauses(other)[0]
    counted = len(numbers(found[0], preambles.get(one.file.language, ())))
    known = Facts(facts.delegations, counted, facts.places)

    def compared(raws: Sequence[str], lines: Sequence[int], key: str) -> Compared:
        sides = [Side(r, t.file.language) for r, t in zip(raws, (one, other), strict=True)]
        places = [Place(t.file.path, n) for n, t in zip(lines, (one, other), strict=True)]
        hidden = one.metadata.confidential or other.metadata.confidential
        return Compared(Pair(sides[0], sides[1], known), places[0], places[1], hidden, key)

    titles = [text.metadata.title for text in (one, other)]
    yield compared(titles, [field_place(text, "title").line for text in (one, other)], TITLE)
    by_id = [{clause.id: clause for clause in side if clause.id} for side in found]
    for key in dict.fromkeys((*by_id[0], *by_id[1])):
        twins = [side.get(key) for side in by_id]
        said = any(clause and clause.blocks for clause in twins)
        raws = [
            raw_clause(text, side, clause) if clause and bool(clause.blocks) == said else ""
            for text, side, clause in zip((one, other), found, twins, strict=True)
        ]
        yield compared(raws, [clause.line if clause else 0 for clause in twins], key)
