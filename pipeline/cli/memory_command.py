"""`actes memory`: translations of earlier editions taken in, given out, and looked up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import files
from pipeline.cli.common import print_problems, shown, workspace_option
from pipeline.containment import is_inside
from pipeline.errors import Exit, stop
from pipeline.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.translation.memory.index import Match, Memory

_STATES = ("reviewed", "edited", "machine")
EXPORT = "memory.tmx"


@click.group("memory", help=say("help-memory-long"))
def command() -> None:
    """The group of the three commands."""


@command.command("import", help=say("help-memory-import"))
@click.argument("file", metavar="FILE.tmx", type=click.Path(path_type=Path, dir_okay=False))
@workspace_option
def import_(file: Path, start: Path) -> int:
    """Take a TMX file into the workspace and say what it holds."""
    from pipeline.workspace.paths import find_root

    return import_memory(find_root(start), file)


def import_memory(root: Path, file: Path) -> int:
    """What `actes memory import` and `actes exchange import` do with a TMX file."""
    from pipeline.translation.memory.desk import import_tmx

    done = import_tmx(root, file)
    click.echo(shown(root / done.path))
    said = "memory-imported" if done.new else "memory-there"
    click.echo(say(said, units=done.tmx.units), err=True)
    print_problems(done.tmx.problems, count=False)
    return Exit.OK


@command.command("export", help=say("help-memory-export"))
@click.argument(
    "file",
    required=False,
    metavar=say("metavar-memory-file"),
    type=click.Path(path_type=Path, dir_okay=False),
)
@click.option("--to", "target", metavar="TAG", help=say("option-memory-to"))
@click.option(
    "--state",
    type=click.Choice(_STATES),
    default=_STATES[0],
    show_default=True,
    help=say("option-memory-state"),
)
@workspace_option
def export(file: Path | None, target: str | None, state: str, start: Path) -> int:
    """Write a TMX file of what was translated here."""
    from pipeline.workspace.paths import find_root

    root = find_root(start)
    return export_memory(root, file or root / "build" / EXPORT, target, state)


def export_memory(root: Path, place: Path, target: str | None, state: str = _STATES[0]) -> int:
    """What `actes memory export` and `actes exchange export --to tmx` write."""
    from pipeline.translation.memory.desk import exported, open_desk, write_export

    desk = open_desk(root)
    if target is not None:
        _expect(target, desk.workspace.event.languages)
    if is_inside(root, place):
        files.make_folder(root, place.absolute().parent)
    entries = exported(desk.memory, target, state)
    write_export(place, entries)
    click.echo(shown(place))
    click.echo(say("memory-exported", units=len(entries)), err=True)
    return Exit.PROBLEMS if print_problems(desk.problems) else Exit.OK


@command.command("search", help=say("help-memory-search"))
@click.argument("text", metavar=say("metavar-memory-text"))
@click.option("--from", "source", metavar="TAG", help=say("option-memory-from"))
@click.option("--to", "target", metavar="TAG", help=say("option-memory-to"))
@click.option("--json", "as_json", is_flag=True, help=say("option-json"))
@workspace_option
def search(text: str, source: str | None, target: str | None, as_json: bool, start: Path) -> int:
    """Print what the memory holds that is like a text, the best first."""
    from pipeline.translation.memory.desk import open_desk
    from pipeline.workspace.paths import find_root

    desk = open_desk(find_root(start))
    languages = desk.workspace.event.languages
    for given in (source, target):
        if given is not None:
            _expect(given, languages)
    sources, targets = [source] if source else languages, [target] if target else languages
    matches = _found(desk.memory, text, [(s, t) for s in sources for t in targets if s != t])
    if as_json:
        click.echo(json.dumps([_as_json(match) for match in matches], ensure_ascii=False, indent=2))
    else:
        for match in matches:
            click.echo(_block(match))
        if not matches:
            click.echo(say("memory-none"), err=True)
    return Exit.PROBLEMS if print_problems(desk.problems) else Exit.OK


def _expect(language: str, languages: Iterable[str]) -> None:
    if language not in languages:
        raise stop(
            "memory-language", code=Exit.USAGE, language=language, languages=", ".join(languages)
        )


def _found(memory: Memory, text: str, pairs: Iterable[tuple[str, str]]) -> list[Match]:
    found = [m for s, t in pairs for m in memory.search(text, s, t, before=None)]
    return sorted(found, key=lambda match: -match.score)


def _block(match: Match) -> str:
    """A line on the match, then its two texts, each line set in."""
    entry = match.entry
    words = [f"{int(match.score * 100)} %", say(f"memory-{entry.state}")]
    words += [say(f"memory-differs-{name}") for name in match.differs]
    words += [f"{entry.source_language} → {entry.target_language}", entry.where]
    lines = [line for text in (entry.source, entry.target) for line in text.split("\n")]
    return "\n".join([" · ".join(words), *(f"    {line}" for line in lines)])


def _as_json(match: Match) -> dict[str, Any]:
    entry = match.entry
    return {
        "score": round(match.score, 3),
        "likeness": match.likeness.value,
        "reusable": match.reusable,
        "differs": list(match.differs),
        "state": entry.state,
        "where": entry.where,
        "from": entry.source_language,
        "to": entry.target_language,
        "source": entry.source,
        "target": entry.target,
    }
