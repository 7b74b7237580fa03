"""The Sustainable Development Goals: their colours, and how many summaries touch each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.proceedings.book import Badge
from pipeline.workspace.languages import LanguageTable

# The colours the United Nations give the goals (SDG communications guidelines).
_COLOURS = (
    "#e5243b", "#dda63a", "#4c9f38", "#c5192d", "#ff3a21", "#26bde2", "#fcc30b", "#a21942",
    "#fd6925", "#dd1367", "#fd9d24", "#bf8b2e", "#3f7e44", "#0a97d9", "#56c02b", "#00689d",
    "#19486a",
)  # fmt: skip


def badge(goal: int, table: LanguageTable) -> Badge:
    """The badge of a goal, with black or white words, whichever reads better on its colour."""
    colour = _COLOURS[goal - 1]
    return Badge(goal, table.label("goal", number=goal), colour, _luminance(colour) > _MIDDLE)


_MIDDLE = 0.179  # the luminance at which black and white contrast equally (WCAG 2.1)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def touched(goals: Iterable[Iterable[int]]) -> Counter[int]:
    """How many summaries name each goal."""
    return Counter(goal for summary in goals for goal in set(summary))
