"""Pairs of texts under the rules; many are shared out among processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline import forks
from pipeline.checks.compared import Compared, clause_pairs, passage_pairs
from pipeline.checks.model import Facts, Finding
from pipeline.checks.reported import Examined, Reported
from pipeline.checks.rules.registry import findings
from pipeline.checks.waivers import code_of, waivers
from pipeline.errors import Place
from pipeline.texts.read import Text
from pipeline.translation.works import Work

Say = Callable[[str], None]
_FEW, _SLICE = 2, 25  # pairs of texts that are looked at first, and those that are worth a process


@dataclass(frozen=True)
class Beside:
    """Two texts that answer each other, and what is compared of them, not yet made."""

    texts: tuple[Text, Text]
    pairs: Iterable[Compared]


def translations(facts: Facts, work: Work) -> list[Beside]:
    """A work's translations beside their original."""
    one = work.original
    texts = work.counterparts.values() if one else ()
    return [Beside((one, text), passage_pairs(facts, one, text)) for text in texts if one]


def declarations(
    facts: Facts, texts: Mapping[str, Text], preambles: Mapping[str, Sequence[str]]
) -> list[Beside]:
    """A declaration's other ``texts`` beside the first of them.

    ``preambles`` are the ids of sections whose clauses have no number, by language.
    """
    if not texts:
        return []
    one, *others = texts.values()
    return [Beside((one, text), clause_pairs(facts, one, text, preambles)) for text in others]


def examined(asked: Sequence[Beside], say: Say = lambda _words: None) -> list[Examined]:
    """What the rules say of each two texts, in order."""
    found = _piece(asked[:_FEW])  # which makes the rules ready for all processes
    slices = [asked[start : start + _SLICE] for start in range(_FEW, len(asked), _SLICE)]
    pieces = [partial(_piece, some) for some in slices]
    worth = forks.FORKS and forks.cores() > 1 and len(slices) > 1
    one_by_one: Iterable[tuple[int, list[Examined] | None]] = (
        (n, None) for n in range(len(slices))
    )
    answers: dict[int, list[Examined]] = {}
    for number, done in forks.answers(pieces, forks.cores()) if worth else one_by_one:
        # what a process that was killed had to do is done here
        answers[number] = pieces[number]() if done is None else done
        say(f"{len(found) + sum(map(len, answers.values()))}/{len(asked)}")
    return [*found, *(answer for number in sorted(answers) for answer in answers[number])]


def _piece(asked: Iterable[Beside]) -> list[Examined]:
    return [_examined(beside) for beside in asked]


def _examined(beside: Beside) -> Examined:
    one, other = beside.texts
    pairs = list(beside.pairs)
    found = tuple(reported for compared in pairs for reported in report(compared))
    paths = one.file.path, other.file.path
    return Examined(paths, other.file.language, len(pairs), found, tuple(waivers(beside.texts)))


def report(compared: Compared) -> Iterator[Reported]:
    """What the rules find in two texts, or that one of them has no such clause."""
    sides = compared.pair.sides
    alone = compared.clause and not all(side.raw for side in sides)
    for finding in [_absent(compared)] if alone else findings(compared.pair):
        one = Place(compared.one.file, compared.one.line + finding.at[0])
        other = Place(compared.other.file, compared.other.line + finding.at[1])
        code = code_of(finding, compared.pair)
        yield Reported(finding, one, other, code, compared.hidden, clause=compared.clause)


def _absent(compared: Compared) -> Finding:
    one, other = (compared.clause if side.raw else "" for side in compared.pair.sides)
    return Finding("check-clause-absent", one, other)
