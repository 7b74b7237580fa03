"""Characters that no reader sees and that no output gets: they make text read otherwise than it is.

Bidirectional overrides and isolates (CVE-2021-42574), control characters, interlinear and tag
characters, lone surrogates. Markdown and YAML can both write them as entities or escapes, so that
they are looked for again after parsing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_HIDDEN = re.compile(f"{_BIDI.pattern}|{_CONTROL.pattern}")
_RULES = (("character-bidi", _BIDI), ("character-control", _CONTROL))
_DECOMPOSED = re.compile(r"[^\W_][\u0300-\u036f\u3099\u309a]+")
_MOST = 20  # places named for one rule in one text
ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]{31,}"
)
"""More accents on one letter than any language has (Unicode's Stream-Safe Text Format allows 30):
they hide the lines around them, and to normalise them takes time that grows with their square."""


def compose_accents(text: str) -> str:
    """Decomposed letters (NFD) composed, and nothing else.

    Full NFC would replace compatibility ideographs, which Japanese names are written with.
    """
    if unicodedata.is_normalized("NFC", text):  # as nearly all texts are, and soon seen
        return text
    return _DECOMPOSED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def visible(text: str) -> str:
    """``text`` without its hidden characters.

    >>> visible("a\\u202eb\\x1b[2J")
    'ab[2J'
    """
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub("", text)


def printable(name: str) -> str:
    """A name of a file as a message may show it: what is no visible character, by its number.

    >>> printable("a\\nb\\x1b[2J")
    'a\\\\x0ab\\\\x1b[2J'
    """
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in name)


def hidden(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Hidden characters: the rule, the code point, line and column; a few for each rule."""
    for rule, pattern in _RULES:
        found = 0
        if not pattern.search(text):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for match in pattern.finditer(line):
                if found == _MOST:
                    break
                found += 1
                yield rule, f"U+{ord(match[0]):04X}", number, match.start() + 1
