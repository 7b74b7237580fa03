"""`actes check`: whether both languages say the same, by value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import Progress, print_problems, workspace_option
from pipeline.errors import Exit, Severity
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.checks.reported import Reported
    from pipeline.checks.survey import Survey
    from pipeline.errors import Problem


@click.command("check", help=say("help-check-long"))
@click.argument("paths", nargs=-1, metavar=say("metavar-paths"))
@click.option("--strict", is_flag=True, help=say("option-check-strict"))
@click.option("--json", "as_json", is_flag=True, help=say("option-json"))
@workspace_option
def command(paths: tuple[str, ...], strict: bool, as_json: bool, start: Path) -> int:
    """Print what differs and what was accepted; exit code 1 if something can block."""
    from pipeline.errors import in_order
    from pipeline.workspace.paths import find_root

    progress = Progress()
    try:
        found, broken = _surveyed(find_root(start), paths, progress)
    finally:
        progress.done()
    open_ = [r for r in found.found if r.waived is None]
    if as_json:
        click.echo(json.dumps([_as_json(r) for r in found.found], ensure_ascii=False, indent=2))
        print_problems(in_order([*broken, *found.problems]), count=False)
    else:
        print_problems(
            in_order([*broken, *found.problems, *(r.problem for r in open_)]), count=False
        )
        _print_rest(found, open_)
    wrong = any(p.severity is Severity.ERROR for p in (*broken, *found.problems))
    blocked = any(r.blocks for r in open_) or (strict and bool(open_ or found.problems))
    return Exit.PROBLEMS if wrong or blocked else Exit.OK


def _surveyed(root: Path, paths: Sequence[str], progress: Progress) -> tuple[Survey, list[Problem]]:
    from pipeline.checks.kept import Findings
    from pipeline.checks.survey import survey
    from pipeline.texts.contents import grouped, read_contents
    from pipeline.translation.works import selected
    from pipeline.workspace.layout import DECLARATION, find_texts
    from pipeline.workspace.load import load

    workspace, wrong = load(root)
    files, misplaced = find_texts(root, workspace.event)
    groups = grouped(read_contents(root, selected(files, paths)))
    in_order = sorted(groups, key=lambda key: key.startswith(f"{DECLARATION}/"))  # it comes last
    findings = Findings(workspace, progress)
    entries = findings.of([groups[key] for key in in_order])
    findings.save(None if paths else groups.values())
    all_wrong = (*wrong, *(problem for entry in entries for problem in entry.wrong))
    found = survey(pair for entry in entries for pair in entry.pairs)
    return found, [*misplaced, *(p for p in all_wrong if p.severity is Severity.ERROR)]


def _print_rest(found: Survey, open_: Sequence[Reported]) -> None:
    """What was accepted and why, how to accept, and the count."""
    waived = [r for r in found.found if r.waived is not None]
    for reported in waived:
        one, other = reported.shown
        reason = "…" if reported.hidden else reported.waived
        values = {"place": reported.place, "rule": reported.finding.rule, "reason": reason}
        click.echo(say("check-waived", one=one, other=other, **values))
    if open_:
        click.echo(say("check-how", code=open_[0].code))
    if not open_ and not waived:
        click.echo(say("check-clean", pairs=found.pairs))
        return
    blocking = sum(r.blocks for r in open_)
    counts = {"blocking": blocking, "questions": len(open_) - blocking, "waived": len(waived)}
    click.echo(say("check-summary", pairs=found.pairs, **counts))


def _as_json(reported: Reported) -> dict[str, object]:
    one, other = reported.shown
    return {
        "rule": reported.finding.rule,
        "weight": reported.finding.weight.value,
        "file": reported.place.file,
        "line": reported.place.line,
        "beside": {"file": reported.beside.file, "line": reported.beside.line},
        "one": one,
        "other": other,
        "code": reported.code,
        "waived": "…" if reported.hidden and reported.waived else reported.waived,
        "message": reported.problem.message(),
    }
