"""Words that each original has in its own way: « franco-japonaise », « nippo-française ».

What names both parties in one word cannot change places. The author says how another original has
it: ``[franco-japonaise]{original="ja: nippo-française"}``, several parted by semicolons. An
original that is not mentioned has the words as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from pipeline.texts import ast
from pipeline.texts.pandoc import Node

ORIGINAL = "original"
"""The attribute of words that an original has in its own way."""
_WRITTEN = "as-written"  # what goes by no language
_MARKED = re.compile(rf"\[([^\[\]]*)\]\{{{ORIGINAL}=\"[^\"\n]*\"\}}")
_ONE = re.compile(r"\s*([A-Za-z-]{2,12})\s*[:：]\s*([^;；]*[^;；\s])\s*")


def said_in(node: Node) -> str:
    """What a span says of its words in originals; an empty string for all else."""
    return dict(node["c"][0][2]).get(ORIGINAL, "") if node["t"] == "Span" else ""


def wordings(said: str) -> Mapping[str, str]:
    """The words of each original by its language; none where one cannot be read.

    >>> wordings("ja: nippo-française; de: deutsch-französisch")
    {'ja': 'nippo-française', 'de': 'deutsch-französisch'}
    """
    found = [_ONE.fullmatch(part) for part in re.split("[;；]", said)]
    return {one[1]: one[2] for one in found if one} if all(found) else {}


def worded(node: Node, holder: str) -> Node:
    """A node with the words that the original of ``holder`` has; the other words are kept by it."""
    found = dict(wordings(said_in(node)))
    if not found:
        return node
    written = found.setdefault(_WRITTEN, ast.plain_text(node["c"][1]))
    return _span(found, ast.text(found.get(holder, written)))


def set_in_type(node: Node, words: Callable[[str], Iterable[Node]]) -> Node:
    """A node whose words in originals have the typography that ``words`` gives."""
    found = wordings(said_in(node))
    if not found:
        return node
    return _span({t: ast.plain_text(words(said)) for t, said in found.items()}, node["c"][1])


def as_written(markdown: str) -> str:
    """Markdown without the words of other originals: another language has its own.

    >>> as_written('L’amitié [franco-japonaise]{original="ja: nippo-française"} dure.')
    'L’amitié franco-japonaise dure.'
    """
    return _MARKED.sub(r"\1", markdown)


def _span(found: Mapping[str, str], words: list[Node]) -> Node:
    said = "; ".join(f"{tag}: {own}" for tag, own in found.items())
    return ast.span(words, ast.attr(**{ORIGINAL: said}))
