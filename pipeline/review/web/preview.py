"""What a person types, as it will be read: through pandoc and the allow-list, never as raw HTML."""

from __future__ import annotations

from pipeline.errors import ActesError
from pipeline.texts import ast, pandoc
from pipeline.texts.read import read_body
from pipeline.texts.source import parse_source

_OPTIONS = ("--wrap=none", "--syntax-highlighting=none", "--id-prefix=preview-")


def preview(markdown: str) -> str:
    """HTML for ``markdown``; empty where it cannot be read as a text.

    Pictures are shown by their words: the page loads nothing but itself.
    """
    try:
        source = parse_source("", f"\n{markdown}\n".encode())
        body, _problems = read_body(source)
        if body is None:
            return ""
        blocks = [node for group in body.blocks for node in group]
        ast.map_inlines(blocks, _without_pictures)
        return pandoc.write(pandoc.document(blocks), "html5", _OPTIONS).decode()
    except ActesError:
        return ""


def _without_pictures(inlines: list[pandoc.Node]) -> list[pandoc.Node]:
    found: list[pandoc.Node] = []
    for node in inlines:
        found += node["c"][1] if node["t"] == "Image" else [node]
    return found
