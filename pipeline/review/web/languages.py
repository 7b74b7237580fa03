"""The language in which the page speaks: the browser's first that it knows."""

from __future__ import annotations

import re

from pipeline.wording import INTERFACE_LANGUAGES, interface_language

_WANTED = re.compile(
    r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,40})?\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?"
)
_LONGEST = 500


def spoken(accepted: str, fixed: str | None = None) -> str:
    """One of `INTERFACE_LANGUAGES` for an ``Accept-Language`` header, unless it is ``fixed``.

    >>> spoken("de, ja;q=0.8, fr;q=0.9")
    'fr'
    """
    if fixed in INTERFACE_LANGUAGES:
        return str(fixed)
    ranked: list[tuple[float, int, str]] = []
    for place, wanted in enumerate(accepted[:_LONGEST].split(",")):
        match = _WANTED.fullmatch(wanted)
        if match and match[1].lower() in INTERFACE_LANGUAGES:
            weight = float(match[2] or 1)
            ranked += [(-weight, place, match[1].lower())] if weight else []
    return min(ranked)[2] if ranked else interface_language()
