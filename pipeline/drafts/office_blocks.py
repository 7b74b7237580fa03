"""What a word processor's document shows only to the eye, as blocks that say what they are.

A list typed sign by sign, a title that is but bold, a table that only places words, a numbered
caption: Markdown has a form for each, and the layout numbers and places them itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.drafts.office_captions import captioned, said_once
from pipeline.drafts.office_changes import Change
from pipeline.drafts.office_headings import headed
from pipeline.drafts.office_lists import listed, tighten
from pipeline.drafts.office_tables import squared
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.workspace.languages import box_word


def shaped(blocks: Sequence[Node], language: str) -> tuple[list[Node], list[Change]]:
    """The blocks with what was only shown made plain, and what was changed by a guess."""
    changes: list[Change] = []
    result = list(blocks)
    boxes = [node["c"] for node in ast.walk(result) if node["t"] == "Div"]
    for attributes, inner in boxes:
        attributes[1] = [box_word(language)]
        inner[:] = listed(inner, language, changes)
    result = listed(result, language, changes)
    result = headed(result, language, changes)
    for node in ast.walk(result):
        if node["t"] == "Table":
            changes += squared(node)
        elif node["t"] in ("BulletList", "OrderedList"):
            tighten(node)
        elif node["t"] == "Image":
            said_once(node)
    return captioned(result), changes
