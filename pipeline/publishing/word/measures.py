"""Lengths in Word: twips, 20 to a point and 1,440 to an inch, beside points and millimetres."""

from __future__ import annotations

TWIPS_PER_POINT = 20
MM_PER_TWIP = 25.4 / 1440
POINTS_PER_MM = 72 / 25.4


def twips(mm: float) -> int:
    """A length in whole twips.

    >>> twips(25.4)
    1440
    """
    return round(mm / MM_PER_TWIP)
