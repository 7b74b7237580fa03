"""The certificate of concordance of an adopted text: who agreed to which words, and every digest.

Everything in it is a fact of the version that was kept and of the files made of it again; nothing
of the day on which it is asked for. It is the same on any machine (law 10).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.checks.declared import Examined, examined
from pipeline.checks.reported import Reported
from pipeline.checks.rules.registry import RULES
from pipeline.declaration.alternat import plain_title
from pipeline.declaration.concordance import Confirmation
from pipeline.declaration.dossier import blockers, standings
from pipeline.declaration.versions import Version, digest
from pipeline.errors import ActesError, Exit, Place, Problem, in_order
from pipeline.publishing.build import build, versions
from pipeline.publishing.jobs import Options, Say
from pipeline.publishing.proof.kept import Kept, opened
from pipeline.workspace.layout import DECLARATION

_FORMAT = 1


@dataclass(frozen=True)
class Certified:
    """A clause: its fingerprints and confirmations by language, and what the rules said of it.

    ``examined`` is None for the title, which rules do not compare.
    """

    id: str
    texts: Mapping[str, str]
    confirmed: Mapping[str, Confirmation]
    examined: Examined | None


@dataclass(frozen=True)
class Certificate:
    """The certificate of a version; ``printed`` are the digests of the files made of it."""

    kept: Kept
    clauses: tuple[Certified, ...]
    printed: Mapping[str, str]

    @property
    def version(self) -> Version:
        """The version it is about."""
        return self.kept.version


def certificate(root: Path, name: str | None = None, say: Say = lambda _: None) -> Certificate:
    """The certificate of the adopted text, or of the version named; its files are made again.

    Raises ActesError ``certificate-refused`` with the list where something is open or contradicts
    itself, and as `kept.opened` and `build`.
    """
    kept = opened(root, name)
    checked = examined(kept.workspace, kept.dossier.texts)
    _refuse(kept, checked.values())
    report = build(kept.folder, Options((DECLARATION,), (), final=True), say)
    if report.code or any(problem.severity == "error" for problem in report.problems):
        raise ActesError(report.problems, max(report.code, Exit.PROBLEMS))
    return Certificate(
        kept,
        tuple(
            Certified(s.key, s.texts, s.confirmed, checked.get(s.key))
            for s in standings(kept.dossier)
        ),
        {file.name: digest(file.read_bytes()) for file in report.files},
    )


def _refuse(kept: Kept, checked: Iterable[Examined]) -> None:
    wrong = [found.problem for one in checked for found in one.found if found.blocks]
    found = in_order([*blockers(kept.dossier), *wrong])
    if found:
        head = Problem("certificate-refused", Place(""), {"count": len(found)})
        raise ActesError([*found, head], Exit.REFUSED)


# -- as JSON --------------------------------------------------------------------------------------


def as_json(whole: Certificate) -> str:
    """The certificate for programs: what the PDF says, with the names of all rules passed."""
    version = whole.version
    data = {
        "format": _FORMAT,
        "declaration": {t: plain_title(x) for t, x in whole.kept.dossier.texts.items()},
        "version": {
            "name": version.name, "title": version.title, "by": version.by,
            "on": version.on.isoformat(), "adopted": version.adopted,
        },
        "rules": list(RULES),
        "clauses": [_clause(one) for one in whole.clauses],
        "files": dict(sorted(version.files.items())),
        "printed": dict(sorted(whole.printed.items())),
        "made_with": versions(),
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _clause(one: Certified) -> dict[str, Any]:
    checks = one.examined or Examined()
    return {
        "id": one.id,
        "texts": dict(one.texts),
        "confirmed": {
            tag: {"by": said.by, "on": said.on.isoformat()} for tag, said in one.confirmed.items()
        },
        "passed": list(checks.passed),
        "waived": [_finding(found) | {"reason": reason_of(found)} for found in waived(checks)],
        "questions": [_finding(found) for found in questions(checks)],
    }


def _finding(found: Reported) -> dict[str, str]:
    one, other = found.shown
    return {"rule": found.finding.rule, "one": one, "other": other, "code": found.code}


def waived(checks: Examined) -> Iterator[Reported]:
    """Findings that somebody accepted."""
    return (found for found in checks.found if found.waived is not None)


def questions(checks: Examined) -> Iterator[Reported]:
    """Findings that ask, and to which nobody wrote an answer."""
    return (found for found in checks.found if found.waived is None)


def reason_of(found: Reported) -> str:
    """Why a finding was accepted; not of a confidential text (law 6)."""
    return "…" if found.hidden else found.waived or ""
