"""The declaration as a parallel book: clause beside clause, numbered, with its signature block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.declaration.clauses import Clause, clauses, dangling, numbers, same_skeleton
from pipeline.errors import Place, Problem
from pipeline.proceedings import wording
from pipeline.proceedings.book import Blocks, Inlines, ParallelBook, ParallelRow, Side, Signatory
from pipeline.proceedings.merge import style
from pipeline.proceedings.setting import Setting
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.texts.read import Text
from pipeline.texts.typeset import typeset
from pipeline.workspace.event import Delegation, Member
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
            found[language] = (texts[language], parts)
        elif texts:
            place = Place(f"sources/{DECLARATION}/{DECLARATION}.{language}.md")
            problems.append(Problem("declaration-missing", place, {"language": language}))
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
                    style(tables[language]),
                    settings[language].words(text.metadata.title),
                    tables[language].labels,
                )
                for language, (text, _parts) in found.items()
            ),
            subtitle=tuple(_where(settings[language]) for language in found),
            rows=tuple(_rows(found, settings)),
            signatures_title=tuple(settings[language].label("signatures") for language in found),
            parties=tuple(_parties(workspace, settings)),
            title=" / ".join(text.metadata.title for text, _parts in found.values()),
            author=" / ".join(o[first] for o in event.organisers),
            date=event.colophon.date.isoformat(),
            draft=draft,
            draft_marks=tuple(tables[language].labels["draft-mark"] for language in found),
        ),
        problems,
    )


def _where(setting: Setting) -> Inlines:
    event, table = setting.workspace.event, setting.table
    dates = wording.date_range(event.dates.start, event.dates.end, table)
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
    counts = {language: numbers(parts, preambles) for language, (_text, parts) in found.items()}
    for identifier in _order(list(found.values())):
        cells = tuple(
            _cell(by_id[language].get(identifier), counts[language], settings[language])
            for language in found
        )
        level = next(c[identifier].level for c in by_id.values() if identifier in c)
        yield ParallelRow("section" if level == 1 else "clause", identifier, cells)


def _order(found: Sequence[tuple[Text, Sequence[Clause]]]) -> list[str]:
    """Keys in the first text's order, those only the others have after their predecessor."""
    order = [clause.key for clause in found[0][1]]
    for _text, parts in found[1:]:
        previous = -1
        for clause in parts:
            if clause.key in order:
                previous = order.index(clause.key)
            else:
                previous += 1
                order.insert(previous, clause.key)
    return order


def _cell(clause: Clause | None, counts: Mapping[str, int], setting: Setting) -> Blocks:
    if clause is None:
        return ()
    heading = _heading(clause, counts, setting)
    blocks = typeset(clause.blocks, setting.table.typography)
    for node in ast.walk(blocks):
        if node["t"] == "Link" and node["c"][2][0].startswith("#"):
            _refer(node, counts, setting)
    setting.mark_scripts(blocks)
    return (*heading, *blocks)


def _heading(clause: Clause, counts: Mapping[str, int], setting: Setting) -> Blocks:
    """A section's title; a clause's number and title; nothing in the preamble."""
    title = typeset([ast.plain(list(clause.title))], setting.table.typography)[0]["c"]
    if clause.level == 1:
        return (ast.header(1, title),)
    if clause.key not in counts:
        return ()
    words = setting.table.label("article-title", number=counts[clause.key], title="\ufffc")
    before, _, after = words.partition("\ufffc")
    return (ast.header(2, [*setting.words(before), *title, *setting.words(after)]),)


def _refer(node: Node, counts: Mapping[str, int], setting: Setting) -> None:
    """A reference without words of its own says the number of the clause it leads to."""
    target = node["c"][2][0][1:]
    if not node["c"][1] and target in counts:
        node["c"][1] = list(setting.label("clause-reference", number=counts[target]))


def _parties(
    workspace: Workspace, settings: Mapping[str, Setting]
) -> Iterable[tuple[tuple[Inlines, ...], tuple[Signatory, ...]]]:
    """Signatories by country, the country of the first side's language first."""
    first = next(iter(settings))
    signing = [
        (delegation, member)
        for delegation in workspace.delegations.values()
        for member in delegation.members
        if member.signatory
    ]
    countries = list(dict.fromkeys(delegation.country for delegation, _member in signing))
    countries.sort(key=lambda code: not wording.speaks(code, first))
    for code in countries:
        names = tuple(s.words(wording.country(code, s.table)) for s in settings.values())
        yield names, tuple(_signatory(d, m, settings) for d, m in signing if d.country == code)


def _signatory(
    delegation: Delegation, member: Member, settings: Mapping[str, Setting]
) -> Signatory:
    return Signatory(
        tuple(
            (
                setting.words(member.name[language]),
                setting.words(member.role[language]),
                setting.words(delegation.name[language]),
            )
            for language, setting in settings.items()
        )
    )
