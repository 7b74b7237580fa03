"""The SDG wedding cake, as calls of the template."""

from __future__ import annotations

from pipeline.proceedings.book import Cake
from pipeline.publishing.typst.markup import array, colour, markup, quoted
from pipeline.publishing.typst.text import Setter


def figure(piece: Cake, setter: Setter) -> str:
    """The call that draws the cake, with its caption."""
    return (
        f"#cake(alt: {quoted(piece.alternative)}, legend: {setter.content(piece.legend)}, "
        f"credit: {setter.content(piece.credit)}, {layers(piece)})"
    )


def layers(piece: Cake) -> str:
    """The layers as arguments of ``cake`` and ``drawing``."""
    return ", ".join(
        f"([{markup(layer.title)}], {colour(layer.colour)}, "
        + array(
            f"({b.goal}, {quoted(b.words)}, {colour(b.colour)}, {str(b.dark_text).lower()}, {n})"
            for b, n in layer.goals
        )
        + ")"
        for layer in piece.layers
    )
