"""What stands above a summary's text, as a call of the template."""

from __future__ import annotations

from pipeline.proceedings.book import Head
from pipeline.publishing.typst.markup import array, colour, quoted
from pipeline.publishing.typst.text import Setter


def head_of(setter: Setter, head: Head) -> str:
    """The call that sets what stands above a summary's text."""
    rows = array(f"({setter.content(row.label)}, {setter.content(row.value)})" for row in head.rows)
    badges = array(
        f"({quoted(b.words)}, {colour(b.colour)}, {str(b.dark_text).lower()})" for b in head.badges
    )
    abstract = ""
    if head.abstract:
        label = setter.displayed(head.abstract_label)
        abstract = f"abstract-label: {label}, abstract: {setter.content(head.abstract)}"
    return f"chapter-head(rows: {rows}, badges: {badges}, {abstract})"
