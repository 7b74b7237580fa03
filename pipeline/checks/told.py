"""What builds and adoptions ask of the checks: what the texts they are about contradict.

A contradiction is an error, which keeps a final edition from being printed and a declaration from
being adopted; while one is at work on a draft it is a remark. What was accepted is told with its
reason, and stops nothing. Questions are `actes check`'s alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.checks.kept import Findings
from pipeline.checks.model import Weight
from pipeline.checks.reported import Examined, Reported
from pipeline.checks.survey import Survey, survey
from pipeline.errors import Problem, Severity

if TYPE_CHECKING:
    from pipeline.declaration.marks import Contradicted
    from pipeline.texts.read import Text
    from pipeline.workspace.load import Workspace


def of_translations(examined: Iterable[Examined], language: str) -> list[Problem]:
    """What the translations into ``language`` contradict in their originals."""
    return list(_told(survey(examined, lambda pair: pair.language == language)))


def compared(workspace: Workspace, texts: Mapping[str, Text]) -> Survey:
    """The declaration's ``texts`` (by language) under the rules."""
    findings = Findings(workspace)
    found = survey(findings.of_declaration(texts))
    findings.save()
    return found


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
