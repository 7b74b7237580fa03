"""Two wordings of one text on a terminal, what changed marked as `actes diff` marks it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pipeline.review.spans import Span

STYLES: dict[str, dict[str, Any]] = {
    "deleted": {"fg": "red", "strikethrough": True},
    "inserted": {"fg": "green", "underline": True},
    "moved-from": {"fg": "blue", "strikethrough": True},
    "moved-to": {"fg": "blue", "underline": True},
    "head": {"bold": True},
    "label": {"dim": True},
}
_AROUND = 24  # characters left beside a change where what stayed is cut


def painted(text: str, style: str) -> str:
    """A text in the colours of a style."""
    return click.style(text, **STYLES[style])


def in_colour() -> bool:
    """Whether standard output is a terminal, and colours are welcome on it."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def marked(before: str, after: str) -> str:
    """``after`` with what it has no longer and what it has more than ``before``, word by word."""
    from pipeline.review.diff.terminal import inline
    from pipeline.review.differences import differences

    return inline(differences(before, after), painted if in_colour() else None)


def changed(before: str, after: str) -> str:
    """`marked` between marks, without the words that are far from any change.

    >>> changed("12の自治体で水を守る。", "13の自治体で水を守る。")
    '[-12-]{+13+}の自治体で水を守る。'
    """
    from pipeline.review.diff.terminal import inline
    from pipeline.review.differences import differences

    return inline(list(_near(differences(before, after))))


def _near(spans: Iterable[Span]) -> Iterator[Span]:
    found = list(spans)
    for number, span in enumerate(found):
        beside = number > 0, number < len(found) - 1
        yield replace(span, text=_cut(span.text, *beside)) if span.change == "same" else span


def _cut(text: str, after_change: bool, before_change: bool) -> str:
    """What stayed, as far as it stands beside a change."""
    if len(text) <= _AROUND * (after_change + before_change) + 1:
        return text
    head = text[:_AROUND] if after_change else ""
    tail = text[-_AROUND:] if before_change else ""
    return f"{head}…{tail}"
