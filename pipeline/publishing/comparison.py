"""What changed since the last approval, as Word and PDF: the effects around the comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.errors import Exit, Problem, in_order, stop
from pipeline.proceedings.merge import style as style_of
from pipeline.publishing.status.history import day_of
from pipeline.publishing.typst import comparison as typst
from pipeline.publishing.word import comparison as word
from pipeline.review.comparison import Comparison, Run, Subject, compare
from pipeline.review.diff.survey import Asked, changes_of
from pipeline.review.exchange.desk import FOLDER, unread, write
from pipeline.review.exchange.outgoing import Wanted, chosen
from pipeline.review.reading import Reviewed, expect_languages, read
from pipeline.texts.git import UnreadableError, repository
from pipeline.workspace.languages import (
    LanguageTable,
    load_language,
    program_templates,
    template,
)

FORMS = (".docx", ".pdf")


@dataclass(frozen=True)
class Compared:
    """The files that were written, the rows they hold, and what a person should know."""

    files: tuple[Path, ...]
    count: int
    problems: tuple[Problem, ...]


def export(
    root: Path, paths: Iterable[str], wanted: Wanted, out: Path | None = None,
    since: str | None = None, day: date | None = None,
) -> Compared:  # fmt: skip
    """Write what changed of the texts that ``paths`` name, as Word and PDF to ``build/exchange/``,
    or to ``out`` in the format of its name.

    ``since`` is a revision in git, None for the last approval; ``day`` the date of what is
    compared: where none is given, that of the last commit. Raises ActesError as `reading.read`,
    `expect_languages`, `survey.changes_of`, `outgoing.chosen`, `load_language`, the writers and
    `desk.write`, and ``comparison-suffix``.
    """
    if out is not None and out.suffix.lower() not in FORMS:
        raise stop("comparison-suffix", out.name, Exit.USAGE)
    reviewed = read(root, paths)
    workspace = reviewed.workspace
    expect_languages(workspace, filter(None, (wanted.target, wanted.source)))
    asked = Asked(languages=(wanted.target,), revision=since)
    found = [change for _work, _language, change in changes_of(root, reviewed, asked)]
    kept, remarks = chosen([change.item for change in found], wanted)
    here = set(map(id, kept))  # an item that is gone may bear the key of one that is there
    changes = [change for change in found if id(change.item) in here]
    table = load_language(root, wanted.target)
    titles = dict(_titles(reviewed, wanted.target))
    event = workspace.event.title[wanted.target]
    made = compare(changes, Subject(event, titles, since, day or _day(root)), table)
    if not made.parts:
        raise stop("exchange-nothing", code=Exit.PROBLEMS, target=wanted.target)
    name = f"{kept[0].languages[0]}-{wanted.target}-comparison"
    folder = root / "build" / FOLDER
    targets = (out,) if out is not None else tuple(folder / f"{name}{form}" for form in FORMS)
    writer = _Writer(root, made, table, workspace.event.colophon.date)
    contents = [writer.content(target.suffix.lower()) for target in targets]
    for target, content in zip(targets, contents, strict=True):
        write(root, target, content)
    problems = in_order([*unread(reviewed, wanted.target), *remarks])
    return Compared(targets, sum(len(part.rows) for part in made.parts), tuple(problems))


def _titles(reviewed: Reviewed, target: str) -> Iterator[tuple[str, Run]]:
    """What each counterpart is called in its own language, else in the original's."""
    for work, language in reviewed.counterparts([target]):
        text, original = work.counterparts[language], work.original
        if text.metadata.title or original is None:
            yield text.file.path, Run(text.metadata.title or work.name, language)
        else:
            yield text.file.path, Run(original.metadata.title, original.file.language)


def _day(root: Path) -> date | None:
    """When the texts were last committed; None without a repository that can be read.

    Not today: the same sources give the same file at any time (law 10).
    """
    with repository(root) as found:
        try:
            commits = found.commits() if found else []
        except (UnreadableError, ValueError):
            return None
    return date.fromisoformat(day_of(commits[0])) if commits else None


@dataclass(frozen=True)
class _Writer:
    """Writes one comparison in each format."""

    root: Path
    comparison: Comparison
    table: LanguageTable
    published: date

    def content(self, form: str) -> bytes:
        style = style_of(self.table)
        if form == ".docx":
            return word.docx(self.comparison, template(self.root, "reference.docx"), style)
        own = self.root / "templates"
        set_by = own if (own / "typst/comparison.typ").is_file() else program_templates()
        page_of, day = self.table.labels["page-of"], self.published.isoformat()
        return typst.pdf(self.comparison, style, page_of, day, set_by)
