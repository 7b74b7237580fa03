"""The declaration's family of editions: the working text, the originals, a copy of each text and
a summary of what it commits to, and a copy to read out.

All are made from one parallel book: what an original or a copy says is what the working text says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.checks import told
from pipeline.declaration.alternat import Alternat, one_text, original
from pipeline.declaration.dossier import blockers, read_dossier
from pipeline.declaration.marks import marked
from pipeline.declaration.parallel import parallel
from pipeline.declaration.reading_copy import reading_copy
from pipeline.errors import Problem
from pipeline.proceedings.parallel import ParallelBook
from pipeline.publishing.asked import COPY, ORIGINAL, READING, SUMMARY, of_declaration
from pipeline.publishing.commitments import summary
from pipeline.publishing.jobs import Job
from pipeline.texts.read import Reading
from pipeline.workspace.languages import LanguageTable, template, typst_templates
from pipeline.workspace.layout import DECLARATION
from pipeline.workspace.load import Workspace


def jobs(
    workspace: Workspace,
    reading: Reading,
    tables: Mapping[str, LanguageTable],
    draft: bool,
    wanted: Mapping[str, Sequence[str]],
    work: Path,
) -> tuple[dict[str, Mapping[str, Job]], list[Problem]]:
    """The jobs of the editions ``wanted`` (by name, with their formats), and what is wrong.

    A final is told of everything that is still open: brackets, amendments, clauses to confirm.
    """
    texts = {
        text.file.language: text
        for text in reading.texts.values()
        if text.file.folder == DECLARATION and text.file.name == DECLARATION
    }
    dossier = read_dossier(workspace.root, workspace.event.languages, texts)
    book, problems = parallel(workspace, texts, tables, draft)
    problems += [*dossier.problems, *(() if draft else blockers(dossier))]
    found = told.compared(workspace, texts)
    problems += told.of_declaration(found, not draft)
    if book is None:
        return {}, problems
    if draft:
        book = marked(book, dossier, told.by_clause(found, texts))
    there = [side.language for side in book.sides]
    made = {
        name: _jobs(name, edition(name, book, workspace, tables), formats, workspace.root, work)
        for name, formats in wanted.items()
        if name in of_declaration(there)
    }
    return made, problems


def edition(
    name: str, book: ParallelBook, workspace: Workspace, tables: Mapping[str, LanguageTable]
) -> ParallelBook:
    """The edition of that name, made from the working text."""
    if name == DECLARATION:
        return book
    event = workspace.event
    settings = event.declaration
    kind = next(kind for kind in (ORIGINAL, SUMMARY, READING, COPY) if name.startswith(kind))
    language = name.removeprefix(kind)
    alternat = Alternat(language, event.languages, settings.alternat, settings.columns)
    turned = original(book, alternat)
    if kind == ORIGINAL:
        return turned
    copy = one_text(turned, language)
    if kind == SUMMARY:
        return summary(copy, tables[language])
    return reading_copy(copy, workspace, tables[language]) if kind == READING else copy


def _jobs(
    name: str, book: ParallelBook, formats: Sequence[str], root: Path, work: Path
) -> Mapping[str, Job]:
    makers: Mapping[str, Job] = {
        "docx": lambda _left_out: _word(book, root),
        "pdf": lambda _left_out: _pdf(book, root, work / name),
    }
    return {f"{name}.{form}": makers[form] for form in formats}


def _pdf(book: ParallelBook, root: Path, work: Path) -> bytes:
    from pipeline.publishing.typst import parallel as typst_parallel

    return typst_parallel.pdf(book, work, typst_templates(root))


def _word(book: ParallelBook, root: Path) -> bytes:
    from pipeline.publishing.word.parallel import docx as word_parallel

    return word_parallel.docx(book, template(root, "reference.docx"))
