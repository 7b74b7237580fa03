"""Words under negotiation: bracketed variants, paired across languages by their ids.

``[s’engagent à]{#suivi-verbe} [s’efforcent de]{#suivi-verbe-bis}``: variants of one place share a
name, and all but the first end it with ``-bis``, ``-ter`` and so on. Brackets without an id are
words still open too. A final text has neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.declaration.clauses import Clause
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.workspace.languages import LanguageTable

RANKS = ("bis", "ter", "quater", "quinquies")
_ID = re.compile(r"\{#([A-Za-z0-9][A-Za-z0-9_-]*)\}")
_BRACKET = re.compile(r"[\[\]［］]")
_PLAIN = re.compile(r"\\.|`+|[\[\]]", re.DOTALL)


@dataclass(frozen=True)
class Variant:
    """One bracketed wording: ``rank`` 0 is the first of its ``group``, 1 is *bis*."""

    id: str
    group: str
    rank: int


def variant(identifier: str) -> Variant:
    """The variant of that id.

    >>> variant("suivi-verbe-bis")
    Variant(id='suivi-verbe-bis', group='suivi-verbe', rank=1)
    """
    group, _, last = identifier.rpartition("-")
    if group and last in RANKS:
        return Variant(identifier, group, RANKS.index(last) + 1)
    return Variant(identifier, identifier, 0)


def variants(clause: Clause) -> tuple[Variant, ...]:
    """The variants of a clause, its heading's too, in order."""
    nodes = ast.walk([ast.plain(list(clause.title)), *clause.blocks])
    return tuple(variant(node["c"][0][0]) for node in nodes if _is_variant(node))


def _is_variant(node: Node) -> bool:
    return bool(node["t"] == "Span" and node["c"][0][0] and node["c"][1])


def has_bare_bracket(clause: Clause) -> bool:
    """Whether brackets stand in the words of a clause that are no variant."""
    for node in ast.walk([ast.plain(list(clause.title)), *clause.blocks]):
        kind = node["t"]
        words = node["c"] if kind == "Str" else node["c"][1] if kind in _CODE else ""
        if _BRACKET.search(words):
            return True
    return False


_CODE = ("Code", "CodeBlock")


def print_variants(blocks: Sequence[Node], table: LanguageTable) -> None:
    """Give variants their brackets and names, in place; anchors of items leave no trace."""
    ast.map_inlines(blocks, lambda inlines: [n for i in inlines for n in _printed(i, table)])


def _printed(node: Node, table: LanguageTable) -> Sequence[Node]:
    if node["t"] != "Span" or not node["c"][0][0]:
        return [node]
    if not node["c"][1]:
        return []
    found = variant(node["c"][0][0])
    names = table.numbering.variants
    name = names[found.rank] if found.rank < len(names) else found.id
    words = (
        table.label("variant-labelled", label=name, words=_WORDS)
        if name
        else table.label("variant", words=_WORDS)
    )
    before, _, after = words.partition(_WORDS)
    return [*ast.text(before), *node["c"][1], *ast.text(after)]


_WORDS = "\ufffc"


@dataclass(frozen=True)
class Bracket:
    """A variant in Markdown: all of it is ``text[start:end]``, ``words`` what it says."""

    start: int
    end: int
    words: str
    id: str


def in_markdown(text: str) -> Iterator[Bracket]:
    """The outermost variants that stand in ``text``, as they were typed."""
    opened: list[int] = []
    position = 0
    while match := _PLAIN.search(text, position):
        position = match.end()
        sign = match[0]
        if sign.startswith("`"):  # what stands in code is no bracket
            closing = re.compile(rf"(?<!`){sign}(?!`)").search(text, position)
            position = closing.end() if closing else position
        elif sign == "[":
            opened.append(match.start())
        elif sign == "]" and opened:
            start = opened.pop()
            identifier = _ID.match(text, match.end())
            if identifier and text[start + 1 : match.start()].strip():
                position = identifier.end()
                yield Bracket(start, position, text[start + 1 : match.start()], identifier[1])


def chosen(text: str, identifier: str) -> str:
    """``text`` with the wording ``identifier`` without brackets, and the others of its group gone.

    Spaces around what goes become one. A text without that variant stays as it is.
    """
    wanted = variant(identifier)
    found = [b for b in in_markdown(text) if variant(b.id).group == wanted.group]
    if identifier not in {bracket.id for bracket in found}:
        return text
    for bracket in reversed(found):
        before, after = text[: bracket.start], text[bracket.end :]
        if bracket.id == identifier:
            text = before + bracket.words + after
        elif before.endswith((" ", "　")) or not before.strip():
            text = before.rstrip(" 　") + after if after[:1] not in " 　" else before + after[1:]
        else:
            text = before + after
    return text


def groups(found: Mapping[str, Sequence[Variant]]) -> Mapping[str, frozenset[str]]:
    """The languages in which each variant stands, by its id."""
    result: dict[str, frozenset[str]] = {}
    for language, of_language in found.items():
        for one in of_language:
            result[one.id] = result.get(one.id, frozenset()) | {language}
    return result
