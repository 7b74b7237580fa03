"""What is found beside an item: by the checks, the glossary, and by looking at its words.

One list of problems an item, each with its stable rule. Nothing is judged here that another room
judges: this one asks them all, for one pair of texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.checks.kept import Findings
from pipeline.checks.model import Facts, Pair, Side, facts_of
from pipeline.checks.reported import Reported
from pipeline.checks.rules.registry import findings
from pipeline.checks.waivers import code_of, waivers
from pipeline.errors import Problem, Severity
from pipeline.review.items import Item, Kind, items
from pipeline.texts.segments import SegmentKind
from pipeline.translation.engines.answers import fault
from pipeline.translation.engines.protocol import Failure
from pipeline.translation.glossary_check import glossary_problem, holds
from pipeline.translation.marker import State
from pipeline.translation.markup.verify import lacks
from pipeline.translation.remarks import marker_problems
from pipeline.translation.terms import Lexicon, Vocabulary, vocabulary
from pipeline.translation.works import Work
from pipeline.workspace.load import Workspace

_WITHOUT_WORDS = frozenset({SegmentKind.CODE, SegmentKind.RAW})
_UNANSWERED = frozenset({State.MISSING, State.STALE})
_TAG = re.compile(r"</?[xgmtwkz]\d{1,5}/?>|\b[ZQXKJV]{2,}\d{1,5}X\b")
"""What marks look like while an engine has them (`translation.markup.marks`)."""


class Inspector:
    """Inspects the items of one workspace; what takes long to prepare is prepared once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._facts = facts_of(workspace)
        self._findings = Findings(workspace)
        self._vocabularies: dict[str, Vocabulary] = {}

    def items(self, work: Work, language: str) -> tuple[Item, ...]:
        """The items of ``work`` in ``language`` with their remarks.

        Raises ActesError as `terms.vocabulary` for a language table that is wrong.
        """
        found = items(work, language)
        return tuple(map(self.inspection(work, language), found)) if found else ()

    def inspection(self, work: Work, language: str) -> Callable[[Item], Item]:
        """What gives an item of ``work`` its remarks, for those who ask for one at a time.

        Raises ActesError as `items` when it is called.
        """
        original, text = work.original, work.counterparts.get(language)
        if original is None or text is None:
            return lambda item: item
        said = waivers((original, text))
        reasons = {waiver.code: waiver.reason for waiver in said if waiver.code}
        comments = _by_part(marker_problems(text, original))
        agreed = self._agreed(work, language)
        return lambda item: replace(
            item, remarks=tuple(self._remarks(item, reasons, comments, agreed))
        )

    def _agreed(self, work: Work, language: str) -> bool:
        """Whether it is known that the rules find nothing in the text beside its original."""
        if work.original is None or work.broken:
            return False
        pairs = self._findings.known((work.original, *work.counterparts.values())) or ()
        return any(pair.language == language and not pair.found for pair in pairs)

    def _remarks(
        self,
        item: Item,
        reasons: Mapping[str, str],
        comments: Mapping[int | str, Sequence[Problem]],
        agreed: bool,
    ) -> Iterator[Problem]:
        yield from comments.get(item.comment or item.part, ())
        if item.kind is Kind.ORPHAN:
            return
        yield from _own(item)
        if item.text and item.block not in _WITHOUT_WORDS:
            for finding in self._lexicon(*item.languages).findings(item.source, item.text):
                if holds(finding, item.state):
                    yield glossary_problem(finding, item.place, item.confidential)
            if item.state not in _UNANSWERED and not agreed:
                yield from _checked(item, self._facts, reasons)

    def _lexicon(self, source: str, target: str) -> Lexicon:
        return Lexicon(self._vocabulary(source), self._vocabulary(target))

    def _vocabulary(self, language: str) -> Vocabulary:
        if language not in self._vocabularies:
            self._vocabularies[language] = vocabulary(self._workspace, language)
        return self._vocabularies[language]


def _by_part(problems: Iterable[Problem]) -> dict[int | str, list[Problem]]:
    """By the line of the comment, or by the name of the value."""
    found: dict[int | str, list[Problem]] = {}
    for problem in problems:
        part = problem.values.get("key", problem.place.line)
        found.setdefault(part if isinstance(part, str) else problem.place.line, []).append(problem)
    return found


def _own(item: Item) -> Iterator[Problem]:
    """What is seen by looking at the words alone."""
    if item.text and item.has_words and _echoes(item):
        yield _remark(item, "review-untranslated")
    if set(_TAG.findall(item.text)) - set(_TAG.findall(item.source)):
        yield _remark(item, "review-tags")
    for lack in lacks(item.source, item.proposal) if item.proposal else ():
        shown = "…" if item.confidential else lack.value
        yield _remark(item, "review-proposal-lacks", kind=lack.kind, value=shown)


def _echoes(item: Item) -> bool:
    return fault(item.source, item.text, *item.languages) is Failure.ECHO


def _remark(item: Item, rule: str, **values: object) -> Problem:
    return Problem(rule, item.place, values, Severity.REMARK)


def _checked(item: Item, facts: Facts, reasons: Mapping[str, str]) -> Iterator[Problem]:
    """What the rules find that nobody has accepted."""
    sides = Side(item.source, item.languages[0]), Side(item.text, item.languages[1])
    compared = Pair(*sides, facts)
    for finding in findings(compared):
        code = code_of(finding, compared)
        if code not in reasons:
            place = replace(item.place, line=item.place.line + finding.at[1])
            here, there = place, item.of or item.place
            if finding.expected == 0:  # it is told at the other side, beside the first
                here, there = there, here
            yield Reported(finding, here, there, code, item.confidential).problem
