"""Figures and tables of a text: pictures with their words, captions with SEQ fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.columns import is_wide
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.marks import TableFollows
from pipeline.texts import ast, captions
from pipeline.texts.pandoc import Node

if TYPE_CHECKING:
    from pipeline.publishing.word.text import Setter

GAP = "\u2003"
"""Between the number of a caption and its words: an em of space, no punctuation of any language."""
_SHORT, _PADDING, _MOST = 20, 3, 0.7  # half-widths; the share that short columns may take
_LETTER = 1.15  # half-widths that a letter or digit takes, on average
_WORD = re.compile(r"[^ \n\u2e80-\u9fff\uff00-\uffef]+|[\u2e80-\u9fff\uff00-\uffef]")
_BOLD = 1.1  # what bold takes, also in fonts that stand in for ours
_MM_PER_HALF_WIDTH = 1.9  # of 10.5-point type
_TALLEST = 0.5  # of the page: a picture leaves room for what speaks of it


def picture(
    setter: Setter, attributes: ast.Attr, caption: Sequence[Node], path: str, height_mm: float
) -> Node:
    """An image as a drawing; ``width`` in percent is of the text's width."""
    keys = dict(attributes[2])
    alternative = keys.get("alt") or ast.plain_text(caption).strip() or path
    share = re.fullmatch(r"(\d{1,3})%", keys.get("width", ""))
    width = setter.width_mm * min(100, int(share[1]) if share else 100) / 100
    png = setter.raster(path, width)
    return x.inline(setter.pictures.drawing(png, width, height_mm, alternative))


def _caption(setter: Setter, kind: str, number: int, words: Sequence[Node]) -> list[Node]:
    """« Figure 3 » with its number as a field, then the words."""
    label = setter.labels.get(kind, "")
    name = "".join(letter for letter in label if letter.isalpha()) or kind.capitalize()
    sequence = x.field(f"SEQ {name} \\* ARABIC", str(number), "<w:b/>")
    return [
        ast.strong([{"t": "Str", "c": f"{label}{captions.gap(label)}"}, x.inline(sequence)]),
        {"t": "Str", "c": GAP},
        *setter.inlines(words),
    ]


def caption_words(caption: Any) -> list[Node]:
    """The words of a caption."""
    return [node for block in caption[1] for found in ast.inline_lists(block) for node in found]


def figure(setter: Setter, content: Any) -> list[Node]:
    """A figure: its picture, and below it its caption when it has words."""
    (identifier, _classes, _pairs), caption, blocks = content
    image = next((node for node in ast.walk(blocks) if node["t"] == "Image"), None)
    words = caption_words(caption)
    if image is None:
        return [*setter.blocks(blocks), *setter.blocks(caption[1])]
    attributes, own_caption, (path, _title) = image["c"]
    drawn = picture(setter, attributes, own_caption or words, path, setter.height_mm * _TALLEST)
    marked = setter.marked(identifier or attributes[0], [drawn])
    return [ast.styled("Captioned Figure", marked), *_numbered(setter, words)]


def shared(setters: Sequence[Setter], figures: Sequence[Node]) -> tuple[Node, list[list[Node]]]:
    """A picture that is the same in ``figures``, a figure a setter; and the caption of each.

    The first setter draws it, with the alternative texts of all.
    """
    images = [next(n for n in ast.walk([f]) if n["t"] == "Image")["c"] for f in figures]
    words = [caption_words(figure["c"][1]) for figure in figures]
    said = [dict(image[0][2]).get("alt") or ast.plain_text(caption).strip()
            for image, caption in zip(images, words, strict=True)]  # fmt: skip
    identifier, classes, pairs = images[0][0]
    alternative = " / ".join(dict.fromkeys(filter(None, said)))
    attributes = [identifier, classes, [*pairs, ["alt", alternative]]]  # the last of a key counts
    first = setters[0]
    drawn = [picture(first, attributes, [], images[0][2][0], first.height_mm * _TALLEST)]
    for figure, image in zip(figures, images, strict=True):
        drawn = first.marked(figure["c"][0][0] or image[0][0], drawn)
    captions = [_numbered(setter, caption) for setter, caption in zip(setters, words, strict=True)]
    return ast.styled("Captioned Figure", drawn), captions


def _numbered(setter: Setter, words: Sequence[Node]) -> list[Node]:
    """The caption of a figure; none without words."""
    if not words:
        return []
    setter.figures += 1
    return [ast.styled("Caption", _caption(setter, "figure", setter.figures, words))]


def table(setter: Setter, content: Any) -> list[Node]:
    """A table under its caption; the words of the caption are also its title for screen readers."""
    (identifier, _classes, _pairs), caption, columns, head, bodies, foot = content
    words = caption_words(caption)
    result: list[Node] = []
    if words:
        setter.tables += 1
        inlines = setter.marked(identifier, _caption(setter, "table", setter.tables, words))
        result.append(ast.styled("Table Caption", inlines))
    result.append(setter.marks.block(TableFollows(ast.plain_text(words).strip())))

    def rows(items: Any) -> Any:
        return [
            [ast.EMPTY, [[ast.EMPTY, c[1], c[2], c[3], setter.blocks(c[4])] for c in row[1]]]
            for row in items
        ]

    table = [
        ast.EMPTY,
        [None, []],
        columns_of(setter, columns, content),
        [ast.EMPTY, rows(head[1])],
        [[ast.EMPTY, body[1], rows(body[2]), rows(body[3])] for body in bodies],
        [ast.EMPTY, rows(foot[1])],
    ]
    return [*result, {"t": "Table", "c": table}, setter.spacer()]


def columns_of(setter: Setter, columns: Sequence[Any], content: Any) -> list[Any]:
    """Columns as wide as what they hold: pandoc makes them equal, and LibreOffice keeps that.

    A column of figures or short words gets what its longest cell needs; the others share the rest,
    by the square root of what they say, so that a column of phrases stays readable beside one of
    paragraphs. An author's own widths stand.
    """
    if any(width["t"] != "ColWidthDefault" for _alignment, width in columns):
        return list(columns)
    longest, words = [1.0] * len(columns), [1.0] * len(columns)
    head_rows = content[3][1]
    for row in ast.table_rows({"t": "Table", "c": content}):
        position = 0
        for cell in row[1]:
            bold = row in head_rows or any(node["t"] == "Strong" for node in ast.walk(cell[4]))
            size = _BOLD if bold else 1.0
            if cell[3] == 1 and position < len(columns):
                said = ast.plain_text(cell[4]).strip()
                longest[position] = max(longest[position], _half_widths(said) * size)
                words[position] = max(words[position], _longest_word(said) * size)
            position += cell[3]
    parts = _shares(longest, words, setter.width_mm / _MM_PER_HALF_WIDTH)
    whole = sum(parts)
    return [
        [alignment, {"t": "ColWidth", "c": part / whole}]
        for (alignment, _width), part in zip(columns, parts, strict=True)
    ]


def _shares(longest: Sequence[float], words: Sequence[float], room: float) -> list[float]:
    """Widths of columns by their longest cells; none less than its longest word while they fit."""
    weights = [width**0.5 for width in longest]
    short = [width + _PADDING if width <= _SHORT else 0 for width in longest]
    long = sum(weight for weight, fixed in zip(weights, short, strict=True) if not fixed)
    if long and sum(short) <= room * _MOST:
        parts = [fixed or (room - sum(short)) * weight / long
                 for weight, fixed in zip(weights, short, strict=True)]  # fmt: skip
        if all(part >= word + _PADDING for part, word in zip(parts, words, strict=True)):
            return parts
    needed = [word + _PADDING for word in words]
    rest = max(0, room - sum(needed)) / sum(weights)
    return [need + rest * weight for need, weight in zip(needed, weights, strict=True)]


def _longest_word(said: str) -> float:
    """The widest of what no line ends within: words, a sign at a time where there are no spaces."""
    return max((_half_widths(word) for word in _WORD.findall(said)), default=1)


def _half_widths(words: str) -> float:
    if words.isascii():
        return len(words) * _LETTER
    return sum(2 if is_wide(letter) else _LETTER for letter in words)
