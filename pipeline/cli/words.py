"""Two wordings of one text on a terminal, the words that changed marked: ``[-ôté-] {+ajouté+}``.

The signs are those of `git diff --word-diff`; colours are added for those who see them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.review.spans import Span

_AROUND = 24  # characters left beside a change where what stayed is cut
_SIGNS = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
_COLOURS = {"deleted": "red", "inserted": "green"}


def marked(before: str, after: str, whole: bool = True) -> str:
    """``after`` with what it has no longer and what it has more than ``before``, word by word.

    Without ``whole``, words far from any change are left out.

    >>> marked("12の自治体で水を守る。", "13の自治体で水を守る。")
    '[-12-]{+13+}の自治体で水を守る。'
    """
    from pipeline.review.differences import differences

    spans = differences(before, after)
    last = len(spans) - 1
    return "".join(
        _said(span, None if whole else (number > 0, number < last))
        for number, span in enumerate(spans)
    )


def _said(span: Span, beside: tuple[bool, bool] | None) -> str:
    if span.change == "same":
        return span.text if beside is None else _cut(span.text, *beside)
    number = f"{span.move}:" if span.move else ""
    words = _SIGNS[span.change].format(number + span.text)
    return click.style(words, fg=_COLOURS[span.change]) if sys.stdout.isatty() else words


def _cut(text: str, after_change: bool, before_change: bool) -> str:
    """What stayed, as far as it stands beside a change."""
    if len(text) <= _AROUND * (after_change + before_change) + 1:
        return text
    head = text[:_AROUND] if after_change else ""
    tail = text[-_AROUND:] if before_change else ""
    return f"{head}…{tail}"
