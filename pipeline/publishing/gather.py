"""What every edition of a build is made from: the workspace, its tables of languages, its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.errors import Place, Problem, Severity
from pipeline.publishing.asked import is_of_declaration, wanted
from pipeline.publishing.extras import lacking
from pipeline.publishing.jobs import Options, Say
from pipeline.texts.kept import kept
from pipeline.texts.read import Reading, read_texts
from pipeline.workspace.languages import LanguageTable, load_language
from pipeline.workspace.layout import DECLARATION, Kind, TextFile, find_texts
from pipeline.workspace.load import Workspace, load
from pipeline.workspace.paths import EVENT


@dataclass(frozen=True)
class Gathered:
    """What was read for the editions ``wanted`` (each with its formats), and what is wrong."""

    workspace: Workspace
    tables: Mapping[str, LanguageTable]
    wanted: Mapping[str, Sequence[str]]
    found: Sequence[TextFile]
    reading: Reading
    problems: tuple[Problem, ...]


def gather(
    root: Path,
    options: Options,
    say: Say,
    meanwhile: Callable[[Iterable[LanguageTable]], object] = lambda _tables: None,
) -> Gathered:
    """Read the workspace at ``root`` for what ``options`` ask; ``meanwhile`` is what else is to be
    done with the tables of the languages while pandoc reads.

    Raises ActesError: the problems of an invalid event.yaml, or ``edition-unknown``.
    """
    workspace, problems = load(root)
    event = workspace.event
    editions = wanted(event, options)
    tables = {language: load_language(root, language) for language in event.languages}
    found, misplaced = find_texts(root, event)
    shelf = "texts"
    if all(map(is_of_declaration, editions)):
        # It waits for no summary, and lets none go from the cache.
        shelf = DECLARATION
        found = [file for file in found if file.kind is Kind.DECLARATION]
        misplaced = [p for p in misplaced if p.place.file.startswith(f"sources/{DECLARATION}")]
    cache = kept(workspace, shelf)
    prepare = partial(meanwhile, tables.values())
    reading = read_texts(workspace, found, cache, _counter(len(found), say), prepare)
    printed = any("pdf" in forms for forms in editions.values())
    fonts = _extras(tables.values()) if printed else ()
    wrong = (*problems, *misplaced, *reading.problems, *fonts)
    return Gathered(workspace, tables, editions, found, reading, wrong)


def _extras(tables: Iterable[LanguageTable]) -> Iterable[Problem]:
    """A remark for each extra whose fonts the PDF of a language would be best set in."""
    for table in tables:
        for extra in lacking(table.fonts.of_pdf):
            values = {"fonts": ", ".join(sorted(extra.families)), "spoken": table.tag,
                      "extra": extra.name}  # fmt: skip
            yield Problem("font-extra", Place(EVENT), values, Severity.REMARK)


def _counter(total: int, say: Say) -> Callable[[int], None]:
    done = 0

    def count(number: int) -> None:
        nonlocal done
        done += number
        say(f"{done}/{total}")

    return count
