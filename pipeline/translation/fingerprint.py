"""Fingerprints of segments: equal for texts that differ only cosmetically.

White space, no-break spaces, wrapping and decomposed accents do not make a translation stale
(law 3); everything a reader could see, and every mark of structure, does.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from pipeline.columns import is_wide
from pipeline.texts.source import unify_lines
from pipeline.workspace.characters import compose_accents

_MARKER = re.compile(r"[ \t]*(?:[-+*>|#:]|\d{1,9}[.)]|\(?[a-z]\)|`{3}|~{3}|\[\^)")
_UNDERLINE = re.compile(r"[ \t]*=+[ \t]*")
_LETTERED = re.compile(
    r"[ \t]*(?:\((?:[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|\d{1,9}|@[\w-]*)\)[ \t]"
    r"|(?:[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)\)[ \t]"
    r"|(?:[a-z]|[ivxlcdm]+|[IVXLCDM]{2,})\.[ \t]|[A-Z]\.[ \t]{2})"
)  # where pandoc sees a list; « M. Dupont » begins none
_FENCE = re.compile(r"[ \t]*(?:`{3}|~{3})")
_FIXED = re.compile("[\u00a0\u202f\u2009\u3000]")
LENGTH = 8


@lru_cache(maxsize=1 << 17)
def fingerprint(text: str) -> str:
    """Eight hexadecimal digits for the normalised ``text``.

    A build asks for that of each segment when it looks for remarks and again in every edition.
    """
    return hashlib.blake2b(normalised(text).encode("utf-8"), digest_size=LENGTH // 2).hexdigest()


@lru_cache(maxsize=1 << 12)  # a unit is looked for in the memory, and is the next one's context
def normalised(text: str) -> str:
    """``text`` with its lines rejoined and its spaces made single; code fences stay as they are.

    A line that begins with a mark of structure (list, quote, table, heading, footnote) stays a line
    of its own, with its indentation; a letter is such a mark only in a list, where the item before
    begins with a mark too. Two spaces at a line's end, a break in print, are kept. Between East
    Asian characters a line end is nothing, as in print; elsewhere it is a space.
    """
    lines: list[str] = []
    fence = listed = broken = False
    for line in _FIXED.sub(" ", unify_lines(compose_accents(text))).split("\n"):
        if _FENCE.match(line):
            fence = not fence
            lines.append(line.strip())
        elif fence:
            lines.append(line)
        elif not line.strip():
            lines.append("")
        elif _own_line(line, listed) or not lines or not lines[-1]:
            listed = bool(_MARKER.match(line) or _LETTERED.match(line))
            indent = len(line) - len(line.lstrip(" \t"))
            lines.append(" " * indent + " ".join(line.split()))
        elif broken:
            lines[-1] += "  "
            lines.append(" ".join(line.split()))
        else:
            lines[-1] = _joined(lines[-1], " ".join(line.split()))
        broken = line.endswith("  ")
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()


def _own_line(line: str, listed: bool) -> bool:
    marked = _MARKER.match(line) or _UNDERLINE.fullmatch(line)
    return bool(marked or (listed and _LETTERED.match(line)))


def _joined(before: str, after: str) -> str:
    wide = is_wide(before[-1:]) and is_wide(after[:1])
    return before + ("" if wide else " ") + after
