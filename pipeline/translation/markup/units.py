"""A segment taken apart: the words that go to an engine, and the structure that stays.

Law: ``fill(extract(s), [u.text for u in extract(s).units]) == s.raw``, byte for byte. A unit that
is filled with its own text gives back its own slice; any other text is laid out in its place, on as
many lines as it has, and can neither leave its block nor begin another.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.texts.segments import Segment, SegmentKind
from pipeline.translation.markup.blocks import Scanner
from pipeline.translation.markup.layout import laid_out
from pipeline.translation.markup.lines import split_lines
from pipeline.translation.markup.parts import Hole, Part, Template, Unit

__all__ = ["Hole", "Part", "Template", "Unit", "extract", "fill", "scan"]

_NO_WORDS = frozenset(
    {
        SegmentKind.CODE,
        SegmentKind.RULE,
        SegmentKind.COMMENT,
        SegmentKind.RAW,
        SegmentKind.LEADING,
    }
)


def extract(segment: Segment) -> Template:
    """The units of a segment, in its order, and what stands around them.

    >>> raw = "- Un\\n- Deux\\n"
    >>> template = extract(Segment(SegmentKind.LIST, raw, "", 1, 0))
    >>> [unit.text for unit in template.units]
    ['Un', 'Deux']
    >>> fill(template, ["一", "二"])
    '- 一\\n- 二\\n'
    """
    return scan(segment.raw, segment.kind)


def scan(raw: str, kind: SegmentKind | None = None) -> Template:
    """`extract` for Markdown of which nobody said what it is; several blocks may follow."""
    if kind in _NO_WORDS:
        return Template((raw,), (kind.value,) if kind else ())
    scanner = Scanner()
    lines = split_lines(raw)
    if kind is SegmentKind.PARAGRAPH:
        scanner.paragraph_alone(lines)
    else:
        scanner.blocks(lines)
    return Template(tuple(scanner.parts), tuple(scanner.shape))


def fill(template: Template, translations: Sequence[str]) -> str:
    """The segment with ``translations`` (Markdown) in the place of its units.

    Raises ValueError when there are not as many as units.
    """
    answers = iter(translations)
    if len(translations) != len(template.units):
        raise ValueError(f"{len(translations)} translations for {len(template.units)} units")
    return "".join(
        part if isinstance(part, str) else laid_out(part, next(answers)) for part in template.parts
    )
