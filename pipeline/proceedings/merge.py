"""Everything merged by theme into the book of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.proceedings import lists, wording
from pipeline.proceedings.book import (
    Book,
    Chapter,
    Colophon,
    Contents,
    Cover,
    Inlines,
    Part,
    Piece,
    Style,
)
from pipeline.proceedings.chapters import chapter, chapter_id
from pipeline.proceedings.collect import Collection
from pipeline.proceedings.goals import touched
from pipeline.proceedings.setting import Setting
from pipeline.texts import ast
from pipeline.texts.typeset import SCRIPTS
from pipeline.translation.works import Work
from pipeline.workspace.event import Theme
from pipeline.workspace.languages import LanguageTable
from pipeline.workspace.load import Workspace

_SOBER = "#333333"
ChapterOf = Callable[[Work, int, str, Setting], Chapter]


def merge(
    workspace: Workspace,
    collection: Collection,
    tables: Mapping[str, LanguageTable],
    language: str,
    draft: bool,
    images: frozenset[str],
    as_chapter: ChapterOf = chapter,
) -> Book:
    """The proceedings in ``language``: every piece in order, every word final.

    ``images`` are those that may be printed; any other is replaced by its alternative text.
    ``as_chapter`` makes the chapter of a work.
    """
    setting = Setting(workspace, tables[language], tables, _ids(collection), draft, images)
    event, table = workspace.event, tables[language]
    pieces = tuple(_pieces(collection, setting, as_chapter))
    title = ast.plain_text(setting.words(event.title[language])).strip()
    return Book(
        language=language,
        title=f"{title} – {table.labels['proceedings']}",
        subject=event.motto[language] if event.motto else "",
        author=table.labels["list-separator"].join(o[language] for o in event.organisers),
        keywords=tuple(theme.title[language] for theme in event.themes),
        date=event.colophon.date.isoformat(),
        draft=draft,
        style=style(table, tables.values()),
        labels=table.labels,
        pieces=pieces,
        images={i: str(workspace.root / i) for i in _images(collection, language, images)},
    )


def style(table: LanguageTable, beside: Iterable[LanguageTable] = ()) -> Style:
    """The style of a language's pages.

    East Asian words in a text of Latin letters are most likely of the language ``beside`` it: Word
    is told so, and sets them in its fonts.
    """
    fonts = table.fonts
    east = next((one for one in (table, *beside) if one.script in SCRIPTS), None)
    eastern = east.fonts if east is not None else fonts
    return Style(
        table.tag,
        fonts.body,
        fonts.heading,
        fonts.word_latin,
        eastern.word_east_asian,
        fonts.word_heading_latin,
        eastern.word_heading_east_asian,
        fonts.indent,
        fonts.justify,
        east.tag if east is not None else "",
        fonts.word_latin_language,
        fonts.emphasis,
    )


def _ids(collection: Collection) -> dict[str, str]:
    ids: dict[str, str] = {}
    for work in collection.all:
        for text in (work.original, *work.counterparts.values()):
            if text is not None:
                ids[text.file.path] = chapter_id(work)
        for file in work.broken.values():  # it has a chapter, which says so
            ids[file.path] = chapter_id(work)
    return ids


def _images(collection: Collection, language: str, usable: frozenset[str]) -> tuple[str, ...]:
    texts = [work.in_language(language) for work in collection.all]
    return tuple(sorted({i for t in texts if t for i in t.body.images if i in usable}))


def _pieces(collection: Collection, setting: Setting, as_chapter: ChapterOf) -> Iterable[Piece]:
    event = setting.workspace.event
    summaries = [work for theme in event.themes for work in collection.summaries[theme.id]]
    yield _cover(setting)
    yield _colophon(summaries, setting)
    yield Contents(setting.label("contents"))
    for work in collection.preliminaries:
        yield as_chapter(work, 1, _SOBER, setting)
    if event.goals:
        yield lists.cake(event.goals, _goals(summaries), setting)
    for number, theme in enumerate(event.themes, 1):
        yield from _theme(number, theme, collection, setting, as_chapter)
    for work in collection.annexes:
        yield as_chapter(work, 1, _SOBER, setting)
    if setting.workspace.delegations:
        yield lists.register(setting)
    glossary = lists.glossary(setting)
    if glossary:
        yield glossary
    yield from lists.indexes(summaries, setting)


def _goals(summaries: Iterable[Work]) -> Counter[int]:
    return touched(work.original.metadata.sdgs for work in summaries if work.original)


def _theme(
    number: int, theme: Theme, collection: Collection, setting: Setting, as_chapter: ChapterOf
) -> Iterable[Part | Chapter]:
    tag = setting.table.tag
    subtitle: Inlines = setting.words(theme.subtitle[tag]) if theme.subtitle else ()
    yield Part(
        f"theme-{theme.id}",
        setting.label("part", number=number),
        setting.words(theme.title[tag]),
        subtitle,
        theme.colour,
    )
    introduction = collection.introductions.get(theme.id)
    for work in ([introduction] if introduction else []) + list(collection.summaries[theme.id]):
        yield as_chapter(work, 2, theme.colour, setting)


def _cover(setting: Setting) -> Cover:
    event, table = setting.workspace.event, setting.table
    tag = table.tag
    dates = wording.date_range(event.dates.start, event.dates.end, table)
    where = f"{event.place[tag]}{table.labels['list-separator']}{dates}"
    return Cover(
        setting.words(event.title[tag]),
        setting.words((event.short_title or event.title)[tag]),
        setting.label("proceedings"),
        setting.words(event.motto[tag]) if event.motto else (),
        setting.words(where),
        tuple(setting.words(organiser[tag]) for organiser in event.organisers),
        table.labels["draft-mark"] if setting.draft else "",
    )


def _colophon(summaries: Sequence[Work], setting: Setting) -> Colophon:
    event, table = setting.workspace.event, setting.table
    facts, tag = event.colophon, table.tag
    names = [wording.language_name(language, table) for language in event.languages]
    lines = [
        table.label("published-by", publisher=facts.publisher[tag]),
        table.label("published-on", date=wording.long_date(facts.date, table)),
        table.label("languages-of", languages=wording.listed(names, table)),
        *_originals(summaries, setting),
    ]
    if facts.notice:
        lines.append(facts.notice[tag])
    if facts.licence:
        lines.append(table.label("licence", licence=facts.licence[tag]))
    return Colophon(setting.label("colophon"), tuple(setting.words(line) for line in lines))


def _originals(summaries: Iterable[Work], setting: Setting) -> Iterable[str]:
    counts = Counter(work.original.file.language for work in summaries if work.original)
    for language in setting.workspace.event.languages:
        if counts[language]:
            name = wording.language_name(language, setting.table)
            yield setting.table.label("originals", language=name, count=counts[language])
