"""A number that stands alone, as a cell of a table does, written as another language writes it.

No engine is asked for it, and copied as it stands it would mislead: « 310 000 » is two numbers to a
Japanese reader, and 1,700 a little less than two to a French one. Only what can be read in one way
is written anew: « 2.1 » may be the number of a section.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.texts.typography import NARROW, NBSP

_ALONE = {
    "french": re.compile(
        r"(?P<whole>[0-9]{1,3}(?P<groups>(?:[ \u00a0\u202f][0-9]{3})+)|[0-9]+)"
        r"(?:,(?P<part>[0-9]+))?(?:[ \u00a0\u202f]?(?P<percent>%))?"
    ),
    "japanese": re.compile(
        r"(?P<whole>[0-9]{1,3}(?P<groups>(?:,[0-9]{3})+)|[0-9]+)"
        r"(?:\.(?P<part>[0-9]+))?(?P<percent>%)?"
    ),
}
_WRITTEN = {"french": (NARROW, ",", f"{NBSP}%"), "japanese": (",", ".", "％")}
_AROUND = re.compile(r"(?P<before>[*_+±−–-]*)(?P<number>.*?)(?P<after>[*_]*)", re.DOTALL)


def written(unit: str, source: str, target: str) -> str:
    """``unit``, of a language of the ``source`` kind of typography, as one of ``target`` has it.

    >>> written("**310 000**", "french", "japanese")
    '**310,000**'
    >>> written("2.1", "japanese", "french")
    '2.1'
    """
    around = _AROUND.fullmatch(unit)
    if around is None or source == target or source not in _ALONE or target not in _WRITTEN:
        return unit
    number = (
        unicodedata.normalize("NFKC", around["number"])
        if source == "japanese"
        else around["number"]
    )
    found = _ALONE[source].fullmatch(number)
    if found is None or not (found["groups"] or found["percent"] or _is_decimal(found, source)):
        return unit
    group, point, percent = _WRITTEN[target]
    whole = group.join(re.findall("[0-9]+", found["whole"]))
    part = f"{point}{found['part']}" if found["part"] else ""
    return f"{around['before']}{whole}{part}{percent if found['percent'] else ''}{around['after']}"


def _is_decimal(found: re.Match[str], source: str) -> bool:
    return source == "french" and bool(found["part"])
