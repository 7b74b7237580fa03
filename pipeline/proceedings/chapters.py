"""A text as a chapter of an edition: its head, its passages with their standing, its notices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.proceedings import wording
from pipeline.proceedings.book import Chapter, Head, Inlines, Node, Notice, Passage, Row, Standing
from pipeline.proceedings.collect import Work
from pipeline.proceedings.goals import badge
from pipeline.texts import ast
from pipeline.texts.metadata import Metadata, Person
from pipeline.texts.read import Text
from pipeline.texts.segments import SegmentKind
from pipeline.texts.typeset import tag_japanese, typeset, words
from pipeline.translation.counterpart import Pair, State, pair
from pipeline.translation.fields import field_states
from pipeline.workspace.languages import LanguageTable
from pipeline.workspace.load import Workspace

_WORST: tuple[Standing, ...] = ("original", "reviewed", "edited", "machine", "stale", "missing")
_LABEL = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(frozen=True)
class Setting:
    """What every chapter of an edition needs: the workspace, the language, where works are."""

    workspace: Workspace
    table: LanguageTable
    tables: Mapping[str, LanguageTable]
    ids: Mapping[str, str]  # a text's path to its chapter's id
    draft: bool
    images: frozenset[str] = frozenset()  # those that may be printed

    def words(self, string: str) -> Inlines:
        """A plain string as typeset inlines of the edition."""
        inlines = list(words(string, self.table.typography))
        self.mark_scripts(inlines)
        return tuple(inlines)

    def label(self, key: str, **values: object) -> Inlines:
        """The edition's words for ``key``."""
        return self.words(self.table.label(key, **values))

    def mark_scripts(self, inlines: list[Node]) -> None:
        """Tag Japanese runs in an edition of another script."""
        if self.table.collation != "kana" and "ja" in self.workspace.event.languages:
            block = ast.plain(inlines)
            tag_japanese([block], "ja")
            inlines[:] = block["c"]


def chapter_id(work: Work) -> str:
    """The id of a work's chapter: unique, since folders and names are."""
    return f"{work.folder}-{work.name}"


def chapter(work: Work, level: int, colour: str, setting: Setting) -> Chapter:
    """The chapter of ``work``; where its text is missing or broken, a notice that says so."""
    language = setting.table.tag
    text = work.in_language(language)
    if text is None or work.original is None:
        return _absent(work, level, colour, setting)
    content: list[Passage | Notice] = []
    if text is work.original:
        content.append(Passage("original", "", tuple(_blocks(text, range(_count(text)), setting))))
    else:
        content += _pending_fields(work.original, text, setting)
        content += _passages(work.original, text, setting)
    title = setting.words(text.metadata.title)
    head = _head(work.original.metadata, text.metadata, setting)
    shown = tuple(_shifted(content, level))
    return Chapter(
        chapter_id(work), level, title, ast.plain_text(title), colour, head, shown
    )


def _count(text: Text) -> int:
    return len(text.body.segments)


# -- absent texts -------------------------------------------------------------------------------


def _absent(work: Work, level: int, colour: str, setting: Setting) -> Chapter:
    table = setting.table
    broken = work.broken.get(table.tag) or (None if work.original else _any(work.broken))
    if broken is not None or work.original is None:
        file = broken.path if broken else work.key
        title: Inlines = setting.words(work.name)
        notice = Notice(setting.label("broken-text", file=file))
    else:
        original = work.original
        spoken = original.file.language
        words_of = words(original.metadata.title, setting.tables[spoken].typography)
        title = (ast.span(list(words_of), ast.attr(lang=spoken)),)
        notice = Notice(
            setting.label(
                "missing-text",
                language=wording.language_name(spoken, table),
                title=original.metadata.title,
                file=original.file.path,
            )
        )
    return Chapter(
        chapter_id(work), level, title, ast.plain_text(title), colour, None, (notice,)
    )


def _any(broken: Mapping[str, object]):  # type: ignore[no-untyped-def]
    return next(iter(broken.values()), None)


# -- passages -----------------------------------------------------------------------------------


def standings(original: Text, counterpart: Text) -> list[tuple[Pair, Standing]]:
    """Every pair of segments with its standing; a footnote's standing is shared by its marks."""
    pairs = pair(original.body.segments, counterpart.body.segments)
    notes: dict[str, Standing] = {}
    for found in pairs:
        if found.unit and any(s.kind is SegmentKind.FOOTNOTE for s in found.unit.segments):
            for label in _LABEL.findall(found.unit.raw.split(":", 1)[0]):
                notes[label] = _standing(found)
    result = []
    for found in pairs:
        cited = _LABEL.findall(found.unit.raw) if found.unit else ()
        candidates = [_standing(found), *(notes[label] for label in cited if label in notes)]
        result.append((found, max(candidates, key=_WORST.index)))
    return result


def _standing(found: Pair) -> Standing:
    names: Mapping[State, Standing] = {
        State.MISSING: "missing",
        State.MACHINE: "machine",
        State.EDITED: "edited",
        State.REVIEWED: "reviewed",
        State.STALE: "stale",
    }
    return names[found.state]


def _passages(original: Text, counterpart: Text, setting: Setting) -> Iterable[Passage | Notice]:
    """Consecutive segments of one standing together; a missing one as a notice in its place."""
    run: list[int] = []
    current: Standing | None = None
    for found, standing in standings(original, counterpart):
        if found.source is None:
            continue  # orphaned: its source is gone; kept in the file, printed nowhere
        if standing != current and run and current is not None:
            yield _passage(counterpart, run, current, setting)
            run = []
        current = standing
        if found.unit is None or not found.unit.raw.strip():
            yield Notice(setting.label("standing-missing"))
        else:
            run += found.unit.indices
    if run and current is not None:
        yield _passage(counterpart, run, current, setting)


def _passage(
    counterpart: Text, indices: Sequence[int], standing: Standing, setting: Setting
) -> Passage:
    mark = "" if standing in ("original", "reviewed") else setting.table.label(f"standing-{standing}")
    return Passage(standing, mark, tuple(_blocks(counterpart, indices, setting)))


def _pending_fields(original: Text, counterpart: Text, setting: Setting) -> Iterable[Notice]:
    pending = [
        name for name, state in field_states(original.metadata, counterpart.metadata).items()
        if state is not State.REVIEWED
    ]  # fmt: skip
    if pending:
        fields = setting.table.labels["list-separator"].join(pending)
        yield Notice(setting.label("metadata-pending", fields=fields))


def _blocks(text: Text, indices: Iterable[int], setting: Setting) -> Iterable[Node]:
    """Typeset copies of a text's blocks, with ids of their own and links that lead somewhere."""
    prefix = setting.ids[text.file.path]
    chosen = [block for index in indices for block in text.body.blocks[index]]
    blocks = typeset(chosen, setting.table.typography)
    ast.map_inlines(blocks, lambda inlines: _only_usable(inlines, setting))
    if setting.table.collation != "kana" and "ja" in setting.workspace.event.languages:
        tag_japanese(blocks, "ja")
    for node in ast.walk(blocks):
        if node["t"] == "Header" and node["c"][1][0]:
            node["c"][1][0] = f"{prefix}--{node['c'][1][0]}"
        elif node["t"] == "Link":
            node["c"][2] = [_target(node["c"][2][0], text, prefix, setting), ""]
    return blocks


def _only_usable(inlines: list[Node], setting: Setting) -> list[Node]:
    """An image that may not be printed is replaced by its alternative text."""
    result: list[Node] = []
    for node in inlines:
        if node["t"] == "Image" and node["c"][2][0] not in setting.images:
            result += ast.text(dict(node["c"][0][2])["alt"])
        else:
            result.append(node)
    return result


def _target(target: str, text: Text, prefix: str, setting: Setting) -> str:
    """A link's target in the book: a chapter for another text's file, an id of this text."""
    if target.startswith("#"):
        return f"#{prefix}--{target[1:]}"
    if "://" in target or target.startswith("mailto:"):
        return target
    name, _, fragment = target.partition("#")
    folder = text.file.path.rsplit("/", 1)[0]
    path = f"sources/{name[3:]}" if name.startswith("../") else f"{folder}/{name}"
    found = setting.ids.get(path, "")
    return f"#{found}" + (f"--{fragment}" if fragment and found else "")


def _shifted(content: Iterable[Passage | Notice], level: int) -> Iterable[Passage | Notice]:
    """Headings of a text one level and more below its title, whatever level its author began at."""
    content = list(content)
    headers = [
        node
        for passage in content
        if isinstance(passage, Passage)
        for node in ast.walk(passage.blocks)
        if node["t"] == "Header"
    ]
    top = min((header["c"][0] for header in headers), default=1)
    for header in headers:
        header["c"][0] = min(6, header["c"][0] - top + level + 1)
    return content


# -- heads --------------------------------------------------------------------------------------


def _head(original: Metadata, own: Metadata, setting: Setting) -> Head | None:
    """The head of a summary: facts from the original, words from the text in the edition."""
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
    if own.speakers:
        yield Row(setting.label("speakers"), _speakers(original, own, setting))
    if own.rapporteur:
        yield Row(setting.label("rapporteur"), setting.words(_person(own.rapporteur, table)))
    subjects = {s.id: s.label for theme in event.themes for s in theme.subjects}
    named = [subjects[s][table.tag] for s in original.subjects if s in subjects]
    if named:
        yield Row(setting.label("subjects"), setting.words(separator.join(named)))
    if own.keywords:
        value = separator.join(keyword.term for keyword in own.keywords)
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
        if lines:
            lines.append({"t": "LineBreak"})
        authority = speaker.authority or (fact.authority if fact else None)
        lines += setting.words(_speaker(speaker, authority, setting))
    return tuple(lines)


def _speaker(person: Person, authority: str | None, setting: Setting) -> str:
    table = setting.table
    delegation = setting.workspace.delegations.get(authority or "")
    name = delegation.name[table.tag] if delegation else ""
    if name and person.role:
        return table.label("speaker", name=person.name, role=person.role, authority=name)
    if name:
        return table.label("speaker-no-role", name=person.name, authority=name)
    if person.role:
        return table.label("speaker-no-authority", name=person.name, role=person.role)
    return person.name


def _person(person: Person, table: LanguageTable) -> str:
    if not person.role:
        return person.name
    return table.label("person-role", name=person.name, role=person.role)
