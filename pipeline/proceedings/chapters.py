"""A text as a chapter of an edition: its head, its passages with their standing, its notices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.proceedings import wording
from pipeline.proceedings.book import Chapter, Inlines, Notice, Passage, Standing
from pipeline.proceedings.heads import head_of
from pipeline.proceedings.links import destination, identified, leads_outside
from pipeline.proceedings.setting import Setting
from pipeline.texts import ast
from pipeline.texts.definitions import NOTE
from pipeline.texts.pandoc import Node
from pipeline.texts.read import Text
from pipeline.texts.segments import definitions
from pipeline.texts.typeset import typeset, words
from pipeline.texts.typography import correct
from pipeline.translation.counterpart import Pair, pair
from pipeline.translation.fields import field_states
from pipeline.translation.marker import State
from pipeline.translation.works import Work

_WORST: tuple[Standing, ...] = ("original", "reviewed", "edited", "machine", "stale", "missing")
_LABEL = re.compile(r"\[\^([^\]\s]+)\]")


def chapter_id(work: Work) -> str:
    """The id of a work's chapter: unique, since no folder, name or id of a piece has ``--``."""
    return f"{work.folder}--{work.name}"


def chapter(work: Work, level: int, colour: str, setting: Setting) -> Chapter:
    """The chapter of ``work``; where its text is missing or broken, a notice that says so."""
    text = work.in_language(setting.table.tag)
    if text is None or work.original is None:
        return _absent(work, level, colour, setting)
    content: list[Passage | Notice] = []
    if text is work.original:
        content.append(Passage("original", "", tuple(_blocks(text, range(_count(text)), setting))))
    else:
        content += _pending_fields(work.original, text, setting)
        content += _passages(work.original, text, setting)
    opened = _opened(work, work.original, text, level, colour, setting)
    return replace(opened, content=tuple(_shifted(content, level)))


@dataclass(frozen=True)
class ChapterApart(Chapter):
    """A chapter whose text stands apart from it, by the original's segments (their index).

    A passage without blocks was approved as empty: its words stand in the one before.
    """

    segments: Mapping[int, Passage | Notice] = field(default_factory=dict)


def apart(work: Work, level: int, colour: str, setting: Setting) -> Chapter:
    """A `ChapterApart` of ``work``; where its text is missing or broken, as `chapter`."""
    text = work.in_language(setting.table.tag)
    if text is None or work.original is None:
        return _absent(work, level, colour, setting)
    notices: list[Notice] = []
    segments: dict[int, Passage | Notice] = {}
    if text is work.original:
        for index in range(_count(text)):
            blocks = tuple(_blocks(text, [index], setting))
            segments[index] = Passage("original", "", blocks)
    else:
        notices += _pending_fields(work.original, text, setting)
        for found, standing in standings(work.original, text):
            if found.source is None:
                continue
            if found.passage is None or found.state is State.MISSING:
                segments[found.source] = Notice(setting.label("standing-missing"))
            else:
                segments[found.source] = _passage(text, found.passage.indices, standing, setting)
    opened = _opened(work, work.original, text, level, colour, setting)
    list(_shifted(segments.values(), level))
    return ChapterApart(
        opened.id, level, opened.title, opened.running, colour, opened.head, tuple(notices),
        segments,
    )  # fmt: skip


def _opened(
    work: Work, original: Text, text: Text, level: int, colour: str, setting: Setting
) -> Chapter:
    """The chapter with its title and head, and nothing below them yet."""
    said = text.metadata.title
    title = setting.words(said) if said else setting.label("standing-missing")
    head = head_of(original.metadata, text.metadata, setting)
    return Chapter(chapter_id(work), level, title, ast.plain_text(title), colour, head, ())


def _count(text: Text) -> int:
    return len(text.body.segments)


# -- absent texts -------------------------------------------------------------------------------


def _absent(work: Work, level: int, colour: str, setting: Setting) -> Chapter:
    table = setting.table
    others = iter(work.broken.values())
    broken = work.broken.get(table.tag) or (None if work.original else next(others, None))
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
    return Chapter(chapter_id(work), level, title, ast.plain_text(title), colour, None, (notice,))


# -- passages -----------------------------------------------------------------------------------


def standings(original: Text, counterpart: Text) -> list[tuple[Pair, Standing]]:
    """Every pair of segments with its standing; a footnote's standing is shared by its marks."""
    pairs = pair(original.body.segments, counterpart.body.segments)
    notes: dict[str, Standing] = {}
    for found in pairs:
        for segment in definitions(found.passage.segments if found.passage else ()):
            defined = NOTE.match(segment.raw)
            if defined:
                notes[defined[1].casefold()] = _standing(found)
    result = []
    for found in pairs:
        cited = map(str.casefold, _LABEL.findall(found.passage.raw)) if found.passage else ()
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
        if found.passage is None or found.state is State.MISSING:
            yield Notice(setting.label("standing-missing"))
        else:
            run += found.passage.indices
    if run and current is not None:
        yield _passage(counterpart, run, current, setting)


def _passage(
    counterpart: Text, indices: Sequence[int], standing: Standing, setting: Setting
) -> Passage:
    mark = (
        "" if standing in ("original", "reviewed") else setting.table.label(f"standing-{standing}")
    )
    return Passage(standing, mark, tuple(_blocks(counterpart, indices, setting)))


def _pending_fields(original: Text, counterpart: Text, setting: Setting) -> Iterable[Notice]:
    """Which of the head's values nobody has reviewed, by the words the head itself uses."""
    states = field_states(original.metadata, counterpart.metadata)
    pending = [name for name, state in states.items() if state is not State.REVIEWED]
    if pending:
        labels = [setting.table.label(name.partition(".")[0]) for name in pending]
        fields = setting.table.labels["list-separator"].join(dict.fromkeys(labels))
        yield Notice(setting.label("metadata-pending", fields=fields))


def _blocks(text: Text, indices: Iterable[int], setting: Setting) -> Iterable[Node]:
    """Typeset copies of a text's blocks, with ids of their own and links that lead somewhere."""
    prefix = setting.ids[text.file.path]
    chosen = [block for index in indices for block in text.body.blocks[index]]
    blocks = typeset(chosen, setting.table.typography)
    if text.body.images:
        ast.map_inlines(blocks, lambda inlines: _only_usable(inlines, setting))
    setting.mark_scripts(blocks)
    for node in ast.walk(blocks):
        attributes = identified(node)
        if attributes is not None and attributes[0]:
            attributes[0] = f"{prefix}--{attributes[0]}"
        if node["t"] == "Link":
            node["c"][2] = [_target(node["c"][2][0], text, prefix, setting), ""]
        elif node["t"] in ("Div", "Image"):  # the title of a box, the words for an image
            for attribute in node["c"][0][2]:
                if attribute[0] in ("title", "alt"):
                    attribute[1] = correct(attribute[1], setting.table.typography)
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
    if leads_outside(target):
        return target
    path, fragment = destination(target, text.file.path)
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
