"""Links between texts: what they lead to, and those that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.errors import Place, Problem
from pipeline.proceedings.collect import Collection
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.texts.read import Text

_IDENTIFIED = {"Header": 1, "Div": 0, "Figure": 0, "Table": 0, "Image": 0}


def identified(node: Node) -> list[Any] | None:
    """The attributes of a node that may have an id; None for any other kind."""
    where = _IDENTIFIED.get(node["t"])
    return None if where is None else node["c"][where]


def leads_outside(target: str) -> bool:
    """Whether a link leads out of the book."""
    return "://" in target or target.startswith("mailto:")


def destination(target: str, path: str) -> tuple[str, str]:
    """The file that a link of the text at ``path`` leads to, and the id in it (may be empty).

    >>> destination("../eco/b.fr.md#la", "sources/annexes/a.fr.md")
    ('sources/eco/b.fr.md', 'la')
    >>> destination("#ici", "sources/annexes/a.fr.md")
    ('sources/annexes/a.fr.md', 'ici')
    """
    name, _, fragment = target.partition("#")
    if not name:
        return path, fragment
    folder = path.rpartition("/")[0]
    return f"sources/{name[3:]}" if name.startswith("../") else f"{folder}/{name}", fragment


def dangling_links(collection: Collection) -> Iterable[Problem]:
    """Links of the proceedings' texts to a text or an id that is not in them."""
    texts = {
        text.file.path: text
        for work in collection.all
        for text in (work.original, *work.counterparts.values())
        if text is not None
    }
    known: dict[str, frozenset[str] | None] = {path: _ids(text) for path, text in texts.items()}
    for work in collection.all:  # what a broken text holds is not known
        known.update((file.path, None) for file in work.broken.values())
    for text in texts.values():
        yield from _dangling(text, known)


def _ids(text: Text) -> frozenset[str]:
    found = (identified(node) for blocks in text.body.blocks for node in ast.walk(blocks))
    return frozenset(attributes[0] for attributes in found if attributes and attributes[0])


def _dangling(text: Text, known: Mapping[str, frozenset[str] | None]) -> Iterable[Problem]:
    for segment, blocks in zip(text.body.segments, text.body.blocks, strict=True):
        for node in ast.walk(blocks):
            if node["t"] != "Link" or leads_outside(target := node["c"][2][0]):
                continue
            path, fragment = destination(target, text.file.path)
            ids = known.get(path, frozenset())
            if path not in known or (ids is not None and fragment and fragment not in ids):
                place = Place(text.file.path, text.source.body_line + segment.line)
                yield Problem("link-dangling", place, {"target": target})
