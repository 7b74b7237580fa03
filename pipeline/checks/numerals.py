"""The numbers that a text writes, by the reader of its language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pipeline.checks.figures import Reading, figures
from pipeline.checks.knowledge import Knowledge
from pipeline.checks.numerals_myriad import myriad
from pipeline.checks.numerals_spaced import spaced

_READERS: Mapping[str, Callable[[str, Knowledge], Iterable[Reading]]] = {
    "figures": figures,
    "spaced": spaced,
    "myriad": myriad,
}


def readings(text: str, known: Knowledge) -> list[Reading]:
    """The numbers of ``text`` in order, none over another."""
    found = sorted(_READERS[known.reader](text, known), key=lambda r: (r[0], -r[1]))
    kept: list[Reading] = []
    for reading in found:
        if not kept or reading[0] >= kept[-1][1]:
            kept.append(reading)
    return kept
