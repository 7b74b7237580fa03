"""The allow-list: what of a text's AST may go on to the writers (law 9).

Whatever a reader lets through, only the nodes, attributes, links and images named here reach a
writer. Raw code is shown as it was typed, never run; everything refused is reported with its line
when the AST carries positions. The same walk takes pandoc's position wrappers out again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import Problem
from pipeline.texts.allow_blocks import BLOCKS
from pipeline.texts.allow_inlines import IMAGE_TYPES, INLINES
from pipeline.texts.captions import attach_across
from pipeline.texts.cleaner import Cleaner
from pipeline.texts.pandoc import Node
from pipeline.workspace.languages import Markup, own_markup

__all__ = ["IMAGE_TYPES", "Cleaned", "clean"]

MAX_BLOCKS = 5_000
KINDS = frozenset({*BLOCKS, *INLINES, "SingleQuote", "DoubleQuote", "AlignLeft", "AlignRight",
                   "AlignCenter", "AlignDefault", "ColWidth", "ColWidthDefault", "DefaultStyle",
                   "Example", "Decimal", "LowerRoman", "UpperRoman", "LowerAlpha", "UpperAlpha",
                   "DefaultDelim", "Period", "OneParen", "TwoParens"}
                  - {"RawBlock", "RawInline"})  # fmt: skip
"""Every kind of node and setting that `clean` lets through."""


@dataclass(frozen=True)
class Cleaned:
    """A text's blocks after the allow-list, one tuple of nodes a top-level block of the AST.

    ``images`` are the targets of its images, relative to the workspace, in order.
    """

    blocks: tuple[tuple[Node, ...], ...]
    images: tuple[str, ...]
    problems: tuple[Problem, ...]


def clean(
    blocks: Sequence[Node], path: str, body_line: int = 0, markup: Markup | None = None
) -> Cleaned:
    """Apply the allow-list to the top-level ``blocks`` of the text at ``path``.

    ``markup`` are the words of boxes and legends; those of the program's own tables by default.
    """
    markup = markup or own_markup()
    cleaner = Cleaner(path, body_line, BLOCKS, INLINES, markup)
    groups = [cleaner.block(block) for block in blocks[:MAX_BLOCKS]]
    if len(blocks) > MAX_BLOCKS:
        cleaner.refuse("text-too-many-blocks", limit=MAX_BLOCKS)
    return Cleaned(
        attach_across(groups, markup.tables), tuple(cleaner.images), tuple(cleaner.problems)
    )
