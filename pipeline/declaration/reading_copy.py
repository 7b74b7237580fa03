"""A copy of one text for whoever reads it out: large, with the readings of names over them.

Readings are those that the register and the glossary give, for the names they give them for. A text
in Japanese has them in kana, another one in Latin letters, over the Japanese words that stand in
it and beside the authorities that sign.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.proceedings.book import Blocks, Inlines, Side
from pipeline.proceedings.parallel import ParallelBook, Party
from pipeline.proceedings.wording import speaks
from pipeline.texts import ast
from pipeline.texts.kana import latin_name, over
from pipeline.texts.pandoc import Node
from pipeline.texts.typeset import SCRIPTS
from pipeline.workspace.event import Delegation, Member
from pipeline.workspace.languages import LanguageTable
from pipeline.workspace.load import Workspace

RUBY = "ruby"
"""The attribute of words over which a reading stands."""
_KANA_READ = "japanese"  # the script of editions whose readers read kana


def reading_copy(text: ParallelBook, workspace: Workspace, table: LanguageTable) -> ParallelBook:
    """The ``text`` of one language as its reader holds it in hand."""
    in_kana = table.script == _KANA_READ
    reader = _Reader(dict(readings(workspace, table.tag, in_kana)), in_kana)
    (side,), (place,) = text.sides, text.subtitle
    return replace(
        text,
        sides=(replace(side, title=_title(side, reader)),),
        subtitle=(reader.inlines(place),),
        rows=tuple(replace(row, cells=tuple(map(reader.blocks, row.cells))) for row in text.rows),
        closing=tuple(map(reader.blocks, text.closing)),
        parties=tuple(_party(party, reader, workspace, table) for party in text.parties),
        large=True,
    )


def readings(workspace: Workspace, language: str, in_kana: bool) -> Iterator[tuple[str, str]]:
    """Names in Chinese characters and what is said for them: of authorities, persons, terms."""
    for delegation in workspace.delegations.values():
        items: list[Delegation | Member] = [delegation, *delegation.members]
        for item in items:
            said = item.reading or "" if in_kana else _latin(item, language)
            yield from ((name, said) for name in item.name.values() if said and is_read(name))
    for entry in workspace.glossary:
        term = entry.terms.get(language)
        if term is not None and term.reading and is_read(term.term):
            yield term.term, term.reading if in_kana else latin_name(term.reading)


def _latin(item: Delegation | Member, language: str) -> str:
    """A name in Latin letters: as the register writes it in ``language``, else as it is read."""
    own = item.name[language]
    if isinstance(item, Member) and not is_read(own):
        return own
    return latin_name(item.reading, own) if item.reading else ""


def is_read(name: str) -> bool:
    """Whether a name has characters of which it must be known how they are read."""
    return bool(SCRIPTS["han"].search(name))


class _Reader:
    """Lays readings over the names that are known."""

    def __init__(self, known: Mapping[str, str], in_kana: bool) -> None:
        self._known, self.in_kana = known, in_kana
        longest_first = sorted(known, key=lambda name: (-len(name), name))
        self._names = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def blocks(self, blocks: Blocks) -> Blocks:
        """A copy of blocks with readings."""
        found = copy.deepcopy(blocks)
        ast.map_inlines(found, self._read)
        return found

    def inlines(self, inlines: Inlines) -> Inlines:
        """A copy of inlines with readings."""
        (whole,) = self.blocks((ast.plain(inlines),))
        return tuple(whole["c"])

    def _read(self, inlines: list[Node]) -> list[Node]:
        return [found for node in inlines for found in self._of(node)]

    def _of(self, node: Node) -> Iterator[Node]:
        if node["t"] == "Strong":  # whose own words have their readings already
            yield from _strong_under_readings(node["c"])
            return
        if node["t"] != "Str":
            yield node
            return
        words, end = node["c"], 0
        for match in self._names.finditer(words):
            yield from ast.text(words[end : match.start()])
            yield from self.over(match[0], self._known[match[0]])
            end = match.end()
        yield from ast.text(words[end:])

    def over(self, name: str, reading: str) -> Iterator[Node]:
        """A name under its reading."""
        if not self.in_kana:
            yield ruby(name, reading)
            return
        for part, said in over(name, reading):
            yield from [ruby(part, said)] if said else ast.text(part)


def ruby(words: str, reading: str) -> Node:
    """Words under a reading."""
    return ast.span(ast.text(words), ast.attr(**{RUBY: reading}))


def _strong_under_readings(inlines: Iterable[Node]) -> Iterator[Node]:
    """Strong words, part by part: a reading stands over them and is not strong itself."""
    for node in inlines:
        if reading_of(node):
            yield ast.span([ast.strong(node["c"][1])], node["c"][0])
        else:
            yield ast.strong([node])


def reading_of(node: Node) -> str:
    """The reading over a span; an empty string for all else."""
    return dict(node["c"][0][2]).get(RUBY, "") if node["t"] == "Span" else ""


def _title(side: Side, reader: _Reader) -> Inlines:
    words = ast.plain_text(side.title).strip()
    if not side.reading:
        return reader.inlines(side.title)
    said = side.reading if reader.in_kana else latin_name(side.reading)
    return tuple(reader.over(words, said))


def _party(party: Party, reader: _Reader, workspace: Workspace, table: LanguageTable) -> Party:
    native = dict(_native(workspace, table))
    people = tuple(
        replace(
            person,
            lines=tuple(
                tuple(_named(line, native, reader, table) for line in lines)
                for lines in person.lines
            ),
        )
        for person in party.signatories
    )
    return replace(party, names=tuple(map(reader.inlines, party.names)), signatories=people)


def _native(workspace: Workspace, table: LanguageTable) -> Iterator[tuple[str, str]]:
    """Authorities of another language as this one names them, with their own name."""
    for delegation in workspace.delegations.values():
        here = delegation.name[table.tag]
        for tag, name in delegation.name.items():
            own = speaks(delegation.country, tag) and tag != table.tag
            if own and delegation.reading and is_read(name):
                yield here, name


def _named(
    line: Inlines, native: Mapping[str, str], reader: _Reader, table: LanguageTable
) -> Inlines:
    """A line of a signatory; an authority's own name and its reading behind it."""
    name = native.get(ast.plain_text(line).strip().replace("\u00a0", " "))
    if name is None:
        return reader.inlines(line)
    return (
        *line,
        *ast.text(table.labels["list-separator"]),
        *reader.inlines(tuple(ast.text(name))),
    )
