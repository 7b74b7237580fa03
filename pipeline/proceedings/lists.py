"""What stands at the end of a book: register, indexes, glossary; and the wedding cake."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.proceedings import wording
from pipeline.proceedings.book import (
    Cake,
    CakeLayer,
    Delegate,
    DelegationEntry,
    Glossary,
    GlossaryEntry,
    Index,
    IndexEntry,
    Inlines,
    Register,
)
from pipeline.proceedings.chapters import chapter_id
from pipeline.proceedings.collate import Listed, sections
from pipeline.proceedings.goals import badge
from pipeline.proceedings.setting import Setting
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.texts.typeset import words
from pipeline.translation.works import Work
from pipeline.workspace.event import Cake as CakeData
from pipeline.workspace.event import Delegation

_CAPITALS = re.compile(r"[^\W\d_]{2,}")
_KATAKANA = re.compile(r"[ァ-ヺー・＝=\s]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def cake(data: CakeData, counts: Counter[int], setting: Setting) -> Cake:
    """The wedding cake with the number of summaries that touch each goal."""
    table = setting.table
    layers = tuple(
        CakeLayer(
            layer.title[table.tag],
            layer.colour,
            tuple((badge(goal, table), counts[goal]) for goal in layer.goals),
        )
        for layer in data.layers
    )
    return Cake(
        "goals-cake",
        setting.words(data.title[table.tag]),
        layers,
        setting.label("cake-legend"),
        setting.words(data.credit[table.tag]),
        _cake_in_words(layers, setting),
    )


def _cake_in_words(layers: Iterable[CakeLayer], setting: Setting) -> str:
    table = setting.table
    separator = table.labels["list-separator"]
    parts = [
        table.label(
            "cake-layer",
            title=layer.title,
            goals=separator.join(
                table.label("cake-goal", number=mark.goal, count=count)
                for mark, count in layer.goals
            ),
        )
        for layer in layers
    ]
    joined = table.labels["sentence-separator"].join(parts)
    return ast.plain_text(words(table.label("cake-alternative", layers=joined), table.typography))


def register(setting: Setting) -> Register:
    """The authorities in the register's order, the country of the edition's language first."""
    table = setting.table
    delegations = list(setting.workspace.delegations.values())
    countries = list(dict.fromkeys(d.country for d in delegations))
    countries.sort(key=lambda code: not wording.speaks(code, table.tag))
    groups = tuple(
        (
            setting.words(wording.country(code, table)),
            tuple(_entry(d, setting) for d in delegations if d.country == code),
        )
        for code in countries
    )
    return Register("register", setting.label("register"), groups)


def _entry(delegation: Delegation, setting: Setting) -> DelegationEntry:
    tag = setting.table.tag
    twin = setting.workspace.delegations.get(delegation.twin or "")
    lines = [setting.words(delegation.region[tag])] if delegation.region else []
    lines += [setting.label("twin", name=twin.name[tag])] if twin else []
    detail: Inlines = (*lines[0], *_next_lines(lines[1:])) if lines else ()
    delegates = tuple(
        Delegate(setting.words(member.name[tag]), setting.words(member.role[tag]))
        for member in delegation.members
    )
    return DelegationEntry(setting.words(delegation.name[tag]), detail, delegates, delegation.id)


def _next_lines(lines: Iterable[Inlines]) -> Iterable[Node]:
    for line in lines:
        yield {"t": "LineBreak"}
        yield from line


@dataclass(frozen=True)
class _Mention:
    listed: str
    reading: str
    chapter: str


def indexes(works: Sequence[Work], setting: Setting) -> tuple[Index, ...]:
    """The indexes of authorities, speakers and keywords; one that would be empty is left out."""
    found = {
        "index-authorities": list(_authorities(works, setting)),
        "index-speakers": list(_speakers(works, setting)),
        "index-keywords": list(_keywords(works, setting)),
    }
    return tuple(_index(name, mentions, setting) for name, mentions in found.items() if mentions)


def _index(name: str, mentions: Sequence[_Mention], setting: Setting) -> Index:
    readings: dict[str, str] = {}
    chapters: dict[str, list[str]] = {}
    for mention in mentions:
        readings[mention.listed] = readings.get(mention.listed) or mention.reading
        places = chapters.setdefault(mention.listed, [])
        if mention.chapter not in places:
            places.append(mention.chapter)
    items = [Listed(term, readings[term], IndexEntry(setting.words(term), tuple(places)))
             for term, places in chapters.items()]  # fmt: skip
    return Index(name, setting.label(name), sections(items, setting.table))


def _authorities(works: Sequence[Work], setting: Setting) -> Iterable[_Mention]:
    tag = setting.table.tag
    for work in works:
        metadata = work.original.metadata if work.original else None
        for identifier in metadata.authorities if metadata else ():
            delegation = setting.workspace.delegations.get(identifier)
            if delegation:
                name = (delegation.index_name or delegation.name)[tag]
                yield _Mention(name, delegation.reading or "", chapter_id(work))


def _speakers(works: Sequence[Work], setting: Setting) -> Iterable[_Mention]:
    register = {
        member.name[setting.table.tag]: member.reading or ""
        for delegation in setting.workspace.delegations.values()
        for member in delegation.members
    }
    for work in works:
        text = work.in_language(setting.table.tag)
        if text is None or work.original is None:
            continue
        for person in filter(lambda one: one.name, text.metadata.speakers):
            reading = person.reading or register.get(person.name, "")
            if _KATAKANA.fullmatch(person.name):  # it reads as it is listed, the family name first
                reading = ""
            yield _Mention(family_name_first(person.name), reading, chapter_id(work))


def family_name_first(name: str) -> str:
    """A person's name as an index lists it.

    A name whose first word is in capitals (Japanese names in official romanised texts since 2020)
    or that has no Latin letter (Japanese or Korean script) already begins with the family name; a
    katakana name in two parts and a Western name are turned round.

    >>> family_name_first("Élise Morvannec"), family_name_first("KUSUNOKI Aoi")
    ('Morvannec, Élise', 'KUSUNOKI Aoi')
    >>> family_name_first("山田 太郎")
    '山田 太郎'
    >>> family_name_first("エリーズ・モルヴァネック")
    'モルヴァネック、エリーズ'
    """
    if "・" in name:
        given, _, family = name.rpartition("・")
        return f"{family}、{given}"
    given, _, family = name.partition(" ")
    if not family or not _LATIN.search(name) or (_CAPITALS.match(given) and given.isupper()):
        return name
    return f"{family}, {given}"


def _keywords(works: Sequence[Work], setting: Setting) -> Iterable[_Mention]:
    readings = {
        form.term: form.reading or ""
        for term in setting.workspace.glossary
        for tag, form in term.terms.items()
        if tag == setting.table.tag
    }
    for work in works:
        text = work.in_language(setting.table.tag)
        if text is None or work.original is None:
            continue
        for keyword in filter(lambda one: one.term, text.metadata.keywords):
            reading = keyword.reading or readings.get(keyword.term, "")
            yield _Mention(keyword.term, reading, chapter_id(work))


def glossary(setting: Setting) -> Glossary | None:
    """The glossary in the edition's order, or None if the workspace has none."""
    tag = setting.table.tag
    items = []
    for term in setting.workspace.glossary:
        form = term.terms.get(tag)
        if form is None:
            continue
        equivalents = tuple(
            (other, words(its.term, setting.tables[other].typography))
            for other, its in term.terms.items()
            if other != tag and other in setting.tables
        )
        note = setting.words(term.note[tag]) if term.note else ()
        entry = GlossaryEntry(setting.words(form.term), equivalents, note)
        items.append(Listed(form.term, form.reading or "", entry))
    if not items:
        return None
    ordered = tuple(entry for _section, part in sections(items, setting.table) for entry in part)
    return Glossary("glossary", setting.label("glossary"), ordered)
