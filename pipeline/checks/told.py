"""What builds and adoptions ask of the checks: what the texts they are about contradict.

A contradiction is an error, which keeps a final edition from being printed and a declaration from
being adopted; while one is at work on a draft it is a remark. What was accepted is told with its
reason, and stops nothing. Questions are `actes check`'s alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.checks.model import Weight
from pipeline.checks.survey import Reported, Say, Survey, survey
from pipeline.declaration.marks import Contradicted
from pipeline.errors import Problem, Severity
from pipeline.texts.read import Text
from pipeline.translation.works import Work
from pipeline.workspace.load import Workspace


def of_translations(
    workspace: Workspace, works: Iterable[Work], language: str, say: Say = lambda _words: None
) -> list[Problem]:
    """What the translations into ``language`` contradict in their originals."""
    works = list(works)
    paths = {w.counterparts[language].file.path for w in works if language in w.counterparts}
    return list(_told(survey(workspace, works, {}, {}, paths.__contains__, say)))


def compared(
    workspace: Workspace, texts: Mapping[str, Text], preambles: Mapping[str, Sequence[str]]
) -> Survey:
    """The declaration's ``texts`` (by language) under the rules.

    ``preambles`` are the ids of sections whose clauses have no number, by language.
    """
    ordered = {tag: texts[tag] for tag in workspace.event.languages if tag in texts}
    return survey(workspace, (), ordered, preambles)


def of_declaration(found: Survey, final: bool = True) -> list[Problem]:
    """What the declaration's texts contradict in each other; remarks unless it is ``final``."""
    told = _told(found)
    return list(told) if final else [replace(p, severity=Severity.REMARK) for p in told]


def by_clause(found: Survey, texts: Mapping[str, Text], accepted: bool = False) -> Contradicted:
    """What each clause contradicts, for a draft to print; what was ``accepted`` only if asked."""
    languages = {text.file.path: tag for tag, text in texts.items()}
    clauses: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for reported in found.found:
        if not (reported.blocks or (accepted and reported.finding.weight is Weight.BLOCK)):
            continue
        one, other = reported.finding.one, reported.finding.other
        clause = clauses.setdefault(reported.clause, {})
        for place, said in ((reported.place, (one, other)), (reported.beside, (other, one))):
            clause.setdefault(languages[place.file], []).append(said)
    return clauses


def _told(found: Survey) -> Iterator[Problem]:
    yield from found.problems
    for reported in found.found:
        if reported.blocks:
            yield reported.problem
        elif reported.waived is not None:
            yield _accepted(reported)


def _accepted(reported: Reported) -> Problem:
    one, other = reported.shown
    values = {
        "one": one, "other": other, "rule": reported.finding.rule, "beside": str(reported.beside),
        "reason": "…" if reported.hidden else reported.waived,
    }  # fmt: skip
    return Problem("check-accepted", reported.place, values, Severity.REMARK)
