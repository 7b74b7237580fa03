"""A translated unit laid out in the place of its source; it cannot change the structure."""

from __future__ import annotations

import html
import re

from pipeline.columns import is_wide
from pipeline.translation.markup.inline import words_of
from pipeline.translation.markup.lines import harmless
from pipeline.translation.markup.parts import Hole, Spot

_LINES = re.compile(r"\r\n|\n|\r")
_ENDS = re.compile(r"(?: {2,}|\\)?[ \t]*(?:\r\n|\n|\r)[ \t]*")
_BAR = re.compile(r"((?<!\\)(?:\\\\)*)\|")
_CLOSING = re.compile(r"(?:(?<=[ \t])|^)#+$")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def laid_out(hole: Hole, translation: str) -> str:
    """``translation`` in the place of ``hole``; the hole's own slice when it says nothing else."""
    if translation == hole.unit.text:
        return hole.raw
    if hole.spot is Spot.LINES:
        return _lines(hole, translation)
    line = _one_line(translation)
    if hole.spot in (Spot.CELL, Spot.FIRST_CELL):
        line = _BAR.sub(r"\1\\|", line)
        return line if hole.spot is Spot.CELL else harmless(line)
    if hole.spot in (Spot.HEADING, Spot.UNDERLINED):
        line = _heading(line)
        return line if hole.spot is Spot.HEADING else harmless(line)
    if hole.spot is Spot.ATTRIBUTE:
        return quoted(_LINES.sub(" ", words_of(line)))
    return line if hole.spot is Spot.CAPTION else harmless(line)


def quoted(words: str) -> str:
    """Words as they stand between the quotation marks of an attribute.

    pandoc's reader knows no escape but entities there, and entities in a link's title too.
    """
    return _ENTITY.sub("&amp;", words).replace('"', "&quot;").replace("\\", "&#92;")


def unquoted(value: str) -> str:
    """The inverse of `quoted`."""
    return html.unescape(value)


def _lines(hole: Hole, translation: str) -> str:
    lines = [line.lstrip(" \t") for line in _LINES.split(translation)]
    kept = [_trimmed(line) for line in lines if line.strip(" \t")]
    if not kept:
        return ""
    kept[-1] = kept[-1].rstrip(" \t")
    return (hole.end + hole.next).join(harmless(line) for line in kept)


def _trimmed(line: str) -> str:
    """A line without spaces at its end, but for the two that break it in print."""
    bare = line.rstrip(" \t")
    return bare + "  " if line.endswith("  ") else bare


def _one_line(text: str) -> str:
    """The lines of a text as one: with nothing between East Asian characters, as in print."""

    def between(match: re.Match[str]) -> str:
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        return "" if is_wide(before) and is_wide(after) else " "

    return _ENDS.sub(between, text).strip(" \t")


def _heading(line: str) -> str:
    closing = _CLOSING.search(line)
    if closing:
        return f"{line[: closing.start()]}\\{line[closing.start() :]}"
    if line.endswith("}") and "{" in line:
        opening = line.rindex("{")
        return (
            line if line[opening - 1 : opening] == "\\" else line[:opening] + "\\" + line[opening:]
        )
    return line
