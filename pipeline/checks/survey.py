"""Every pair of texts of a workspace under the rules: counterparts, metadata, the declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial

from pipeline import forks
from pipeline.checks.model import Facts, Finding, Pair, Side, Weight
from pipeline.checks.rules.registry import findings
from pipeline.checks.waivers import Waiver, code_of, waivers
from pipeline.declaration.clauses import clauses, numbers, raw_clause
from pipeline.declaration.fingerprints import TITLE
from pipeline.errors import Place, Problem, Severity
from pipeline.texts.read import Text
from pipeline.texts.segments import Segment, SegmentKind, join
from pipeline.translation.counterpart import pair
from pipeline.translation.fields import field_states, field_values
from pipeline.translation.glossary_check import field_place
from pipeline.translation.marker import State
from pipeline.translation.works import Work
from pipeline.workspace.load import Workspace

_WITHOUT_WORDS = (SegmentKind.CODE, SegmentKind.RAW, SegmentKind.COMMENT, SegmentKind.LEADING)
_UNANSWERED = (State.MISSING, State.STALE)
NOTHING = "–"
Say = Callable[[str], None]
_FEW, _SLICE = 2, 25  # groups that are looked at first, and those that are worth a process


@dataclass(frozen=True)
class Reported:
    """A finding with its places; ``waived`` is the reason a person gave, None without one.

    ``clause`` is the one of the declaration that it is about, "" in other texts.
    """

    finding: Finding
    place: Place
    beside: Place
    code: str
    hidden: bool = False
    waived: str | None = None
    clause: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it keeps a final text from being adopted."""
        return self.finding.weight is Weight.BLOCK and self.waived is None

    @property
    def shown(self) -> tuple[str, str]:
        """What stands on each side; not of a confidential text (law 6)."""
        if self.hidden:
            return "…", "…"
        return self.finding.one or NOTHING, self.finding.other or NOTHING

    @property
    def problem(self) -> Problem:
        """The finding in words."""
        weight = Severity.ERROR if self.blocks else Severity.REMARK
        values = {"beside": str(self.beside), "code": self.code}
        if self.hidden:
            shown = values | {"rule": self.finding.rule}
            return Problem("check-confidential", self.place, shown, weight)
        one, other = self.shown
        return Problem(self.finding.rule, self.place, values | {"one": one, "other": other}, weight)


@dataclass(frozen=True)
class Survey:
    """What was found, how many pairs were compared, and what is wrong with the waivers."""

    found: tuple[Reported, ...]
    pairs: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Compared:
    """Two raw texts where they stand: the first line of each, from 1."""

    pair: Pair
    one: Place
    other: Place
    hidden: bool
    clause: str = ""


_Group = tuple[tuple[Text, ...], Iterable[Compared]]
"""Texts that answer each other, and their pairs, not yet made."""
_Answer = tuple[int, list[Reported]]
"""How many pairs a group has, and what was found in them."""


def survey(
    workspace: Workspace,
    works: Iterable[Work],
    declaration: Mapping[str, Text],
    preambles: Mapping[str, Sequence[str]],
    wanted: Callable[[str], bool] = lambda _path: True,
    say: Say = lambda _words: None,
) -> Survey:
    """The findings of all pairs, those of the files that ``wanted`` names.

    ``declaration`` are its texts by language, ``preambles`` the ids of sections whose clauses have
    no number, by language. A stale translation answers to another source: nothing is said of it.
    """
    found: list[Reported] = []
    said: dict[Place, Waiver] = {}
    asked: list[_Group] = []
    partly: set[str] = set()  # files that stand in a pair that was not looked at
    count = 0
    for group in _groups(facts_of(workspace), works, declaration, preambles):
        paths = {text.file.path for text in group[0]}
        if any(map(wanted, paths)):
            asked.append(group)
        else:
            partly |= paths
    answers = _answers([compared for _texts, compared in asked], say)
    for (texts, _compared), (pairs, reported) in zip(asked, answers, strict=True):
        count += pairs
        given = waivers(texts)
        said |= {waiver.place: waiver for waiver in given}
        found += with_waivers(reported, given)
    problems = list(_wrong(said.values(), {r.code for r in found}, partly))
    return Survey(tuple(found), count, tuple(problems))


def _answers(groups: Sequence[Iterable[Compared]], say: Say) -> list[_Answer]:
    """What the rules say of each group, in order; many are shared out among processes."""
    found = _piece(groups[:_FEW])  # which makes the rules ready for all processes
    slices = [groups[start : start + _SLICE] for start in range(_FEW, len(groups), _SLICE)]
    pieces = [partial(_piece, some) for some in slices]
    worth = forks.FORKS and forks.cores() > 1 and len(slices) > 1
    one_by_one: Iterable[tuple[int, list[_Answer] | None]] = ((n, None) for n in range(len(slices)))
    answers: dict[int, list[_Answer]] = {}
    for number, done in forks.answers(pieces, forks.cores()) if worth else one_by_one:
        # what a process that was killed had to do is done here
        answers[number] = pieces[number]() if done is None else done
        say(f"{len(found) + sum(map(len, answers.values()))}/{len(groups)}")
    return [*found, *(answer for number in sorted(answers) for answer in answers[number])]


def _piece(groups: Iterable[Iterable[Compared]]) -> list[_Answer]:
    return [_asked(group) for group in groups]


def _asked(group: Iterable[Compared]) -> _Answer:
    pairs = list(group)
    return len(pairs), [reported for one in pairs for reported in report(one)]


def facts_of(workspace: Workspace) -> Facts:
    """What the rules are told of a workspace."""
    return Facts(workspace.delegations, workspace.event, None, _event_places(workspace))


def _event_places(workspace: Workspace) -> tuple[Mapping[str, str], ...]:
    """The event's place where it is one word in each language: « Shizuoka (Japon) », 静岡市."""
    place = {tag: words.split(" (")[0] for tag, words in workspace.event.place.items()}
    return (place,) if all(" " not in words for words in place.values()) else ()


def _groups(
    facts: Facts,
    works: Iterable[Work],
    declaration: Mapping[str, Text],
    preambles: Mapping[str, Sequence[str]],
) -> Iterator[_Group]:
    for work in works:
        original = work.original
        for text in work.counterparts.values():
            if original is not None:
                yield (original, text), _counterpart(facts, original, text)
    if len(declaration) > 1:
        first, *others = declaration.values()
        for text in others:
            yield (first, text), clause_pairs(facts, first, text, preambles)


def _counterpart(facts: Facts, original: Text, text: Text) -> Iterator[Compared]:
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
    known = Facts(facts.delegations, facts.event, counted, facts.places)

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


def with_waivers(found: Sequence[Reported], said: Sequence[Waiver]) -> list[Reported]:
    """The findings with the reasons that were given."""
    reasons = {waiver.code: waiver.reason for waiver in said if waiver.code}
    return [replace(reported, waived=reasons.get(reported.code)) for reported in found]


def _wrong(said: Iterable[Waiver], known: Set[str], partly: Set[str]) -> Iterator[Problem]:
    """Waivers that cannot be read, and those of no finding in any pair of their file."""
    for waiver in said:
        if not waiver.code:
            yield Problem("check-waiver-form", waiver.place)
        elif waiver.code not in known and waiver.place.file not in partly:
            values = {"code": waiver.code}
            yield Problem("check-waiver-outdated", waiver.place, values, Severity.REMARK)
