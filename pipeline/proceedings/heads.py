"""The head of a summary: facts from the original, words from the text in the edition."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.proceedings import wording
from pipeline.proceedings.book import Head, Inlines, Row
from pipeline.proceedings.goals import badge
from pipeline.proceedings.setting import Setting
from pipeline.texts.metadata import Metadata, Person
from pipeline.texts.pandoc import Node
from pipeline.workspace.languages import LanguageTable

_KINDS = "都道府県市町村区州"


def head_of(original: Metadata, own: Metadata, setting: Setting) -> Head | None:
    """The head for ``original`` as said by ``own``; None where there is nothing to say."""
    rows = tuple(_rows(original, own, setting))
    badges = tuple(badge(goal, setting.table) for goal in sorted(set(original.sdgs)))
    abstract = setting.words(_one_line(own.abstract, setting)) if own.abstract else ()
    if not rows and not badges and not abstract:
        return None
    return Head(rows, badges, setting.label("abstract"), abstract)


def _one_line(text: str, setting: Setting) -> str:
    separator = setting.table.labels["sentence-separator"]
    return separator.join(line.strip() for line in text.split("\n") if line.strip())


def _rows(original: Metadata, own: Metadata, setting: Setting) -> Iterable[Row]:
    table, event = setting.table, setting.workspace.event
    separator = table.labels["list-separator"]
    if original.session:
        yield Row(setting.label("session"), setting.words(_when(original, setting)))
    authorities = [_authority(a, setting) for a in original.authorities]
    if any(authorities):
        value = separator.join(a for a in authorities if a)
        yield Row(setting.label("authorities"), setting.words(value))
    if any(speaker.name for speaker in own.speakers):
        yield Row(setting.label("speakers"), _speakers(original, own, setting))
    if own.rapporteur and own.rapporteur.name:
        yield Row(setting.label("rapporteur"), setting.words(_person(own.rapporteur, table)))
    subjects = {s.id: s.label for theme in event.themes for s in theme.subjects}
    named = [subjects[s][table.tag] for s in original.subjects if s in subjects]
    if named:
        yield Row(setting.label("subjects"), setting.words(separator.join(named)))
    if any(keyword.term for keyword in own.keywords):
        value = separator.join(keyword.term for keyword in own.keywords if keyword.term)
        yield Row(setting.label("keywords"), setting.words(value))


def _when(original: Metadata, setting: Setting) -> str:
    table, session = setting.table, original.session
    assert session is not None  # noqa: S101 - checked by the caller
    date = wording.full_date(session.date, table)
    time = wording.time_range(session.time, table)
    rooms = setting.workspace.event.rooms
    if session.room in rooms:
        room = rooms[session.room][table.tag]
        return table.label("session-when", date=date, time=time, room=room)
    return table.label("session-no-room", date=date, time=time)


def _authority(identifier: str, setting: Setting) -> str:
    delegation = setting.workspace.delegations.get(identifier)
    if delegation is None:
        return ""
    table = setting.table
    country = wording.country(delegation.country, table)
    return table.label("authority-in", name=delegation.name[table.tag], country=country)


def _speakers(original: Metadata, own: Metadata, setting: Setting) -> Inlines:
    lines: list[Node] = []
    facts = [*original.speakers, *([None] * len(own.speakers))]
    for speaker, fact in zip(own.speakers, facts, strict=False):
        if not speaker.name:  # awaits its translation, which the chapter says
            continue
        if lines:
            lines.append({"t": "LineBreak"})
        authority = fact.authority if fact else None
        lines += setting.words(_speaker(speaker, authority, setting))
    return tuple(lines)


def _speaker(person: Person, authority: str | None, setting: Setting) -> str:
    table = setting.table
    delegation = setting.workspace.delegations.get(authority or "")
    name = delegation.name[table.tag] if delegation else ""
    if name and person.role:
        if table.typography == "japanese":
            name = _before(person.role, name)
        return table.label("speaker", name=person.name, role=person.role, authority=name)
    if name:
        return table.label("speaker-no-role", name=person.name, authority=name)
    if person.role:
        return table.label("speaker-no-authority", name=person.name, role=person.role)
    return person.name


def _before(role: str, authority: str) -> str:
    """An authority's name as Japanese puts it before a role that begins with its kind.

    >>> _before("市長", "港町市") + "市長", _before("教育長", "港町市") + "教育長"
    ('港町市長', '港町市教育長')
    """
    kind = authority[-1:]
    return authority[:-1] if kind in _KINDS and role.startswith(kind) else authority


def _person(person: Person, table: LanguageTable) -> str:
    if not person.role:
        return person.name
    return table.label("person-role", name=person.name, role=person.role)
