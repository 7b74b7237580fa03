"""The declaration as a parallel book: clause beside clause, numbered, with its signature block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.declaration import closing
from pipeline.declaration.alternat import misnamed, plain_title, title_of
from pipeline.declaration.brackets import print_variants
from pipeline.declaration.clauses import SECTION, Clause, clauses, dangling, same_skeleton
from pipeline.declaration.dossier import order
from pipeline.declaration.numbering import Location, heading, locations, number_items, reference
from pipeline.declaration.worded import set_in_type
from pipeline.errors import Place, Problem
from pipeline.proceedings import wording
from pipeline.proceedings.book import Blocks, Inlines, Side
from pipeline.proceedings.merge import style
from pipeline.proceedings.parallel import ParallelBook, ParallelRow
from pipeline.proceedings.setting import Setting
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.texts.read import Text
from pipeline.texts.typeset import typeset, typeset_inlines
from pipeline.workspace.languages import LanguageTable
from pipeline.workspace.layout import DECLARATION
from pipeline.workspace.load import Workspace


def parallel(
    workspace: Workspace,
    texts: Mapping[str, Text],
    tables: Mapping[str, LanguageTable],
    draft: bool,
) -> tuple[ParallelBook | None, list[Problem]]:
    """The declaration with one side a language, in the event's order; None without two texts.

    A language without a text is a problem, unless none has one: an event need not have a
    declaration.
    """
    problems: list[Problem] = []
    found: dict[str, tuple[Text, Sequence[Clause]]] = {}
    for language in workspace.event.languages:
        if language in texts:
            parts, wrong = clauses(texts[language])
            problems += [*wrong, *dangling(texts[language], parts)]
            problems += misnamed(texts[language], parts, workspace.event.languages)
            found[language] = (texts[language], parts)
        elif texts:
            place = Place(f"sources/{DECLARATION}/{DECLARATION}.{language}.md")
            problems.append(Problem("declaration-missing", place, {"spoken": language}))
    if len(found) < 2:  # noqa: PLR2004 - a declaration in one language is not one
        return None, problems
    problems += same_skeleton(found)
    settings = {
        language: Setting(workspace, tables[language], tables, {}, draft) for language in found
    }
    event = workspace.event
    first = next(iter(found))
    return (
        ParallelBook(
            sides=tuple(
                Side(
                    language,
                    style(tables[language], tables.values()),
                    title_of(text, settings[language].words),
                    tables[language].labels,
                    text.metadata.reading or "",
                )
                for language, (text, _parts) in found.items()
            ),
            subtitle=tuple(_where(settings[language]) for language in found),
            rows=tuple(_rows(found, settings)),
            signatures_title=tuple(closing.signatures_title(s) for s in settings.values()),
            parties=tuple(closing.parties(workspace, settings)),
            title=" / ".join(plain_title(text) for text, _parts in found.values()),
            author=" / ".join(o[first] for o in event.organisers),
            date=event.colophon.date.isoformat(),
            draft=draft,
            draft_marks=tuple(tables[language].labels["draft-mark"] for language in found),
            closing=tuple(_closing(settings)),
            initials=tuple(_initials(settings)),
        ),
        problems,
    )


def _closing(settings: Mapping[str, Setting]) -> Iterable[Blocks]:
    for setting in settings.values():
        if setting.workspace.event.declaration.closing != "none":
            yield closing.formula(setting, list(settings))


def _initials(settings: Mapping[str, Setting]) -> Iterable[Inlines]:
    for setting in settings.values():
        if closing.is_signed(setting.workspace.event):
            yield setting.label("initials")


def _where(setting: Setting) -> Inlines:
    event, table = setting.workspace.event, setting.table
    calendar = event.declaration.calendar
    dates = wording.date_range(event.dates.start, event.dates.end, table, calendar)
    separator = table.labels["list-separator"]
    return setting.words(f"{event.place[table.tag]}{separator}{dates}")


def _rows(
    found: Mapping[str, tuple[Text, Sequence[Clause]]], settings: Mapping[str, Setting]
) -> Iterable[ParallelRow]:
    by_id = {
        language: {clause.key: clause for clause in parts}
        for language, (_text, parts) in found.items()
    }
    preambles = {i for setting in settings.values() for i in setting.table.preamble_ids}
    where = {
        language: locations(
            parts, preambles, settings[language].workspace.event.declaration.numbering
        )
        for language, (_text, parts) in found.items()
    }
    keys = order([[c.key for c in parts] for _text, parts in found.values()])
    for identifier in keys:
        cells = tuple(
            _cell(by_id[language].get(identifier), where[language], settings[language])
            for language in found
        )
        level = next(c[identifier].level for c in by_id.values() if identifier in c)
        opens = not any(p[identifier].section for p in where.values() if identifier in p)
        yield ParallelRow(
            "section" if level == SECTION else "clause",
            identifier,
            cells,
            formula=opens or identifier == keys[-1],
        )


def _cell(clause: Clause | None, where: Mapping[str, Location], setting: Setting) -> Blocks:
    if clause is None:
        return ()
    blocks = typeset([*_heading(clause, where, setting), *clause.blocks], setting.table.typography)
    for node in ast.walk(blocks):
        if node["t"] == "Link" and node["c"][2][0].startswith("#"):
            _refer(node, where, setting)
    ast.map_inlines(blocks, lambda inlines: [set_in_type(node, setting.words) for node in inlines])
    number_items(blocks, setting.table)
    print_variants(blocks, setting.table)
    setting.mark_scripts(blocks)
    return tuple(blocks)


def _heading(clause: Clause, where: Mapping[str, Location], setting: Setting) -> Blocks:
    """A section's title; a clause's number and title; nothing in the preamble."""
    here, style = where[clause.key], setting.workspace.event.declaration.numbering
    if clause.level != SECTION and not here.clause:
        return ()
    before, after = heading(clause, here, style, setting.table)
    title = [*ast.text(before), *clause.title, *ast.text(after)]
    return (ast.header(clause.level, title),)


def _refer(node: Node, where: Mapping[str, Location], setting: Setting) -> None:
    """A reference without words of its own says the number of what it leads to."""
    target = where.get(node["c"][2][0][1:])
    if not node["c"][1] and target is not None:
        style = setting.workspace.event.declaration.numbering
        said = reference(target, style, setting.table)
        node["c"][1] = typeset_inlines(said, setting.table.typography)
