"""What a person types, as it will be read: through pandoc and the allow-list, never as raw HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import ActesError, Problem
from pipeline.texts import ast, pandoc
from pipeline.texts.read import read_body
from pipeline.texts.source import parse_source

_OPTIONS = ("--wrap=none", "--syntax-highlighting=none", "--id-prefix=preview-")
_MOST = 5


@dataclass(frozen=True)
class Preview:
    """HTML, empty where the words cannot be read, and what is to be said of them."""

    html: str = ""
    problems: Sequence[Problem] = ()


def preview(markdown: str) -> Preview:
    """``markdown`` as it will be read; pictures by their words, since the page loads nothing."""
    try:
        source = parse_source("", f"\n{markdown}\n".encode())
        body, problems = read_body(source)
        if body is None:
            return Preview(problems=problems[:_MOST])
        blocks = [node for group in body.blocks for node in group]
        ast.map_inlines(blocks, _without_pictures)
        html = pandoc.write(pandoc.document(blocks), "html5", _OPTIONS).decode()
        return Preview(html, problems[:_MOST])
    except ActesError as error:
        return Preview(problems=error.problems[:_MOST])


def _without_pictures(inlines: list[pandoc.Node]) -> list[pandoc.Node]:
    found: list[pandoc.Node] = []
    for node in inlines:
        found += node["c"][1] if node["t"] == "Image" else [node]
    return found
