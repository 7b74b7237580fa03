"""Numbers of lists as each language writes them: « a) », « (1) », « (ア) ».

A pattern is what stands for the first number, with what is around it: ``a)``, ``(1)``, ``第1``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        found += letters * (number // value)
        number %= value
    return found


def _among(signs: str) -> Callable[[int], str]:
    """Signs in order; after the last one they are doubled: z, aa, ab."""

    def say(number: int) -> str:
        found = ""
        while number:
            number, place = divmod(number - 1, len(signs))
            found = signs[place] + found
        return found

    return say


KANA = "Example"
_COUNTERS: Mapping[str, tuple[Callable[[int], str], str]] = {
    "1": (str, "Decimal"),
    "a": (_among(_LETTERS), "LowerAlpha"),
    "A": (_among(_LETTERS.upper()), "UpperAlpha"),
    "i": (_roman, "LowerRoman"),
    "I": (lambda number: _roman(number).upper(), "UpperRoman"),
    "ア": (_among(_KANA), KANA),
}
_DELIMITERS = {("", ""): "DefaultDelim", ("", "."): "Period", ("", ")"): "OneParen",
               ("(", ")"): "TwoParens"}  # fmt: skip


@dataclass(frozen=True)
class Counter:
    """A pattern at work. Raises ValueError for a pattern without exactly one sign of a counter.

    >>> Counter("(1)").say(12), Counter("i)").say(4), Counter("(ア)").say(6), Counter("a)").say(27)
    ('(12)', 'iv)', '(カ)', 'aa)')
    """

    pattern: str

    def __post_init__(self) -> None:
        if sum(self.pattern.count(sign) for sign in _COUNTERS) != 1:
            raise ValueError(f"numbering: {self.pattern}")

    @property
    def _sign(self) -> str:
        return next(sign for sign in _COUNTERS if sign in self.pattern)

    def say(self, number: int) -> str:
        """The number in this pattern."""
        return self.pattern.replace(self._sign, _COUNTERS[self._sign][0](number))

    def list_style(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Style and delimiter of a numbered list in pandoc's AST.

        ``Example``, which the allow-list lets no text have, stands for kana. Raises ValueError for
        what no list can be set in.
        """
        before, _, after = self.pattern.partition(self._sign)
        style, delimiter = _COUNTERS[self._sign][1], _DELIMITERS.get((before, after))
        if delimiter is None or (delimiter == "DefaultDelim") != (style == KANA and not after):
            raise ValueError(f"numbering: {self.pattern}")
        return {"t": style}, {"t": delimiter}
