"""What builds and adoptions ask of the checks: what the texts they are about contradict.

A contradiction is an error, which keeps a final edition from being printed and a declaration from
being adopted; while one is at work on a draft it is a remark. What was accepted is told with its
reason, and stops nothing. Questions are `actes check`'s alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.checks.survey import Reported, Survey, survey
from pipeline.errors import Problem, Severity
from pipeline.texts.read import Text
from pipeline.translation.works import Work
from pipeline.workspace.load import Workspace


def of_translations(workspace: Workspace, works: Iterable[Work], language: str) -> list[Problem]:
    """What the translations into ``language`` contradict in their originals."""
    works = list(works)
    paths = {w.counterparts[language].file.path for w in works if language in w.counterparts}
    return list(_told(survey(workspace, works, {}, {}, paths.__contains__)))


def of_declaration(
    workspace: Workspace,
    texts: Mapping[str, Text],
    preambles: Mapping[str, Sequence[str]],
    final: bool = True,
) -> list[Problem]:
    """What the declaration's texts contradict in each other; remarks unless it is ``final``.

    ``preambles`` are the ids of sections whose clauses have no number, by language.
    """
    ordered = {tag: texts[tag] for tag in workspace.event.languages if tag in texts}
    told = _told(survey(workspace, (), ordered, preambles))
    return list(told) if final else [replace(p, severity=Severity.REMARK) for p in told]


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
