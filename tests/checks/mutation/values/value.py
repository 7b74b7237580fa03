"""A value as each language may write it, and its errors.

An error is a class, a side, and what that side says instead; ``twin`` is made on both at once.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

Error = tuple[str, str, str]
"""Class, side (``fr``, ``ja``), and what stands there instead."""


@dataclass(frozen=True)
class Value:
    """A slot filled on both sides, and how it may be wrong."""

    fr: str
    ja: str
    errors: tuple[Error, ...] = ()
    twin: tuple[str, str, str] | None = None
    """An error made on both sides at once: class, French, Japanese."""


def fr_number(n: int) -> str:
    """1234567 as French prints it."""
    return f"{n:,}".replace(",", "\u202f")


def ja_number(n: int, rng: random.Random) -> str:
    """A number as Japanese official texts print it: 3万8,000, 150万, 1,200."""
    if n >= 10**8 and n % 10**6 == 0:
        rest = n % 10**8 // 10**4
        return f"{n // 10**8}億" + (f"{rest:,}万" if rest else "")
    if n >= 10**4:
        rest = n % 10**4
        whole = f"{n // 10**4:,}万" if n >= 10**7 else f"{n // 10**4}万"
        mixed = whole + (f"{rest:,}" if rest >= 1000 else str(rest) if rest else "")
        return rng.choice([mixed, mixed, f"{n:,}"])
    return f"{n:,}" if n >= 1000 else str(n)


def near(n: int, rng: random.Random) -> int:
    """Another number that a slip of the pen may give."""
    digits = str(n)
    if len(digits) > 1 and digits[0] != digits[1] and digits[1] != "0" and rng.random() < 0.5:
        return int(digits[1] + digits[0] + digits[2:])
    step = 10 ** max(0, len(digits) - 2)
    return n + step * rng.choice([1, 2, 3])
