"""What stands above a summary's text, as blocks for Word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.proceedings.book import Badge, Head
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.measures import twips
from pipeline.publishing.word.text import Setter
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

LABELS, _LABELS_OF_A_COLUMN, _COLUMN_MM = 24, 34, 100  # hundredths of the width; a narrow one


def blocks(head: Head, setter: Setter) -> Iterable[Node]:
    """Rows of labels and values, badges of goals, the abstract."""
    if head.rows:
        share = LABELS if setter.width_mm > _COLUMN_MM else _LABELS_OF_A_COLUMN
        yield x.block(_table(setter, share))
        for row in head.rows:
            yield x.block(_cell(share, "<w:tr><w:trPr><w:cantSplit/></w:trPr>"))
            yield ast.styled("Actes Head Label", setter.inlines(row.label))
            yield x.block("</w:tc>" + _cell(100 - share))
            yield ast.styled("Actes Head Value", setter.inlines(row.value))
            yield x.block("</w:tc></w:tr>")
        yield x.block("</w:tbl>")
        if not (head.badges or head.abstract):
            yield setter.spacer()
    if head.badges:
        yield ast.styled("Actes Badges", list(_badges(head.badges, setter)))
    if head.abstract:
        if head.abstract_label:
            yield ast.styled("Abstract Title", setter.inlines(head.abstract_label))
        yield ast.styled("Abstract", setter.inlines(head.abstract))


def _table(setter: Setter, labels: int) -> str:
    style = x.quoted(setter.styles["actes head"])
    columns = "".join(
        f'<w:gridCol w:w="{twips(setter.width_mm * share / 100)}"/>'
        for share in (labels, 100 - labels)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0080" w:firstRow="0" w:lastRow="0" '
        'w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )


def _cell(share: int, before: str = "") -> str:
    return f'{before}<w:tc><w:tcPr><w:tcW w:w="{share * 50}" w:type="pct"/></w:tcPr>'


def _badges(badges: Sequence[Badge], setter: Setter) -> Iterable[Node]:
    style = x.quoted(setter.styles["actes badge"])
    for number, badge in enumerate(badges):
        if number:
            yield ast.SPACE
        text = "000000" if badge.dark_text else "FFFFFF"
        fill = x.hexadecimal(badge.colour)
        look = (
            f'<w:rStyle w:val="{style}"/><w:color w:val="{text}"/>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
        )
        # No-break spaces: the colour reaches a little beyond the words, and they stay together.
        words = badge.words.replace(" ", "\u00a0")
        yield x.inline(x.run(f"\u00a0{words}\u00a0", look))
