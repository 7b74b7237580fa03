"""`actes declaration status`: how far each clause is agreed, and what is open."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.common import print_problems, workspace_option
from pipeline.cli.declaration.clause_names import typed
from pipeline.errors import Exit, in_order
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.declaration.desk import Open
    from pipeline.declaration.dossier import Standing


@click.command("status", help=say("help-declaration-status-long"))
@click.option("--json", "as_json", is_flag=True, help=say("option-json"))
@workspace_option
def status(as_json: bool, start: Path) -> int:
    """Print where the declaration stands; exit code 1 if something is wrong with its files."""
    from pipeline.cli.declaration.contradictions import contradictions
    from pipeline.declaration import desk
    from pipeline.declaration.dossier import blockers, standings
    from pipeline.workspace.paths import find_root

    now = desk.read(find_root(start))
    stand = standings(now.dossier)
    if as_json:
        click.echo(json.dumps(_as_json(now, stand), ensure_ascii=False, indent=2))
    else:
        for line in _lines(now, stand):
            click.echo(line)
    moved = [p for p in blockers(now.dossier) if p.rule == "adopted-differs"]
    found = in_order([*now.problems, *moved, *contradictions(now, final=False)])
    errors = print_problems(found, count=False)
    return Exit.PROBLEMS if errors else Exit.OK


def _lines(now: Open, stand: list[Standing]) -> Iterable[str]:
    for standing in stand:
        yield f"{'✓' if standing.settled else '○'} {typed(standing.key)}  {_words(standing)}"
    for one in now.dossier.amendments:
        state = say(f"amendment-{one.state}")
        reason = "…" if now.dossier.confidential else one.reason
        yield say("declaration-amendment", name=one.name, author=one.author, reason=reason,
                  state=state, decided=one.decided)  # fmt: skip
    for version in now.dossier.versions:
        mark = say("version-adopted") if version.adopted else ""
        yield say("declaration-version", name=version.name, title=version.title, by=version.by,
                  on=version.on.isoformat(), mark=mark)  # fmt: skip
    agreed = sum(s.agreed for s in stand)
    brackets = sum(s.open_brackets for s in stand)
    waiting = sum(a.is_open for a in now.dossier.amendments)
    yield say("declaration-summary", agreed=agreed, count=len(stand), brackets=brackets,
              amendments=waiting)  # fmt: skip


def _words(standing: Standing) -> str:
    if standing.agreed:
        said = [f"{tag} {c.by} ({c.on.isoformat()})" for tag, c in standing.confirmed.items()]
        parts = [" · ".join(said)]
    else:
        parts = [say("concordance-awaited", languages=", ".join(standing.waiting))]
    changed = [tag for tag in standing.texts if standing.changed(tag)]
    for key, tags in (
        ("concordance-changed", changed),
        ("concordance-machine", standing.proposed),
        ("concordance-missing", standing.missing),
    ):
        parts += [say(key, languages=", ".join(tags))] if tags else []
    parts += [say("concordance-brackets")] if standing.open_brackets else []
    names = ", ".join(standing.open_amendments)
    parts += [say("concordance-amendments", names=names)] if names else []
    return say("concordance-between").join(parts)


def _as_json(now: Open, stand: list[Standing]) -> dict[str, Any]:
    clauses = [
        {
            "id": s.key,
            "agreed": s.agreed,
            "settled": s.settled,
            "texts": dict(s.texts),
            "confirmed": {
                tag: {"by": c.by, "on": c.on.isoformat()} for tag, c in s.confirmed.items()
            },
            "waiting": list(s.waiting),
            "changed": [tag for tag in s.texts if s.changed(tag)],
            "machine": list(s.proposed),
            "missing": list(s.missing),
            "brackets": s.open_brackets,
            "amendments": list(s.open_amendments),
        }
        for s in stand
    ]
    amendments = [
        {"name": a.name, "file": a.path, "clause": a.clause, "author": a.author, "state": a.state}
        for a in now.dossier.amendments
    ]
    versions = [
        {"name": v.name, "title": v.title, "on": v.on.isoformat(), "adopted": v.adopted}
        for v in now.dossier.versions
    ]
    return {"clauses": clauses, "amendments": amendments, "versions": versions}
