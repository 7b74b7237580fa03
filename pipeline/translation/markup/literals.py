"""What stands alone in a unit: code, addresses, HTML, hard breaks, escapes, entities, line ends."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.columns import is_wide
from pipeline.translation.markup.pieces import Piece, Role, What

_TICKS = re.compile(r"`+")
_ADDRESS = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[\w.+-]+@[\w-]+(?:\.[\w-]+)*)>")
_TAG = re.compile(r"<(?:[A-Za-z][A-Za-z0-9-]*+(?:[\s/][^<>]*+)?|/[A-Za-z][A-Za-z0-9-]*+\s*+)>")
_BARE = re.compile(r"(?:https?://|www\.|mailto:)[!#-);=?-Z^_a-z{|}~+,./0-9:@-]++", re.I)
_TRAILING = ".,;:!?'*_~|)}"
_LOCAL = re.compile(r"[A-Za-z0-9._%+-]+\Z")
_DOMAIN = re.compile(r"@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LONGEST_LOCAL = 64
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@dataclass(frozen=True)
class Found:
    """A piece and where it stands."""

    start: int
    end: int
    piece: Piece


@dataclass(frozen=True)
class Ends:
    """Where codes and comments end, found once: to search again at each would take too long.

    ``codes`` by the place of the run of backticks that would open one; ``comment`` the last.
    """

    codes: Mapping[int, int]
    comment: int


def ends_in(text: str) -> Ends:
    """The ends of what may open in ``text``."""
    return Ends(_backticks(text), text.rfind("-->"))


def _backticks(text: str) -> Mapping[int, int]:
    ends: dict[int, int] = {}
    following: dict[int, int] = {}
    for match in reversed(list(_TICKS.finditer(text))):
        length = match.end() - match.start()
        if length in following:
            ends[match.start()] = following[length]
        following[length] = match.end()
    return ends


def alone(text: str, match: re.Match[str], last: int, ends: Ends) -> Found | None:
    """What begins at a special character, or None: the character is a word like any other."""
    sign = match[0][0]
    if sign == "`":
        return _code(text, match, ends.codes)
    if sign == "@":
        return _mail(text, match.start(), last)
    if sign == "<" and match.start() > ends.comment and text.startswith("<!--", match.start()):
        return None
    reader = _READERS.get(sign, _bare)
    return reader(text, match)


def _code(text: str, match: re.Match[str], ticks: Mapping[int, int]) -> Found | None:
    start = match.start()
    run = _TICKS.match(text, start)
    length = len(run[0]) if run else 1
    end = ticks.get(start)
    if end is None:
        raw = "`" * length
        return Found(start, start + length, words_piece(raw, raw))
    inside = text[start + length : end - length].replace("\n", " ")
    if inside.startswith(" ") and inside.endswith(" ") and inside.strip():
        inside = inside[1:-1]
    return Found(start, end, Piece(What.CODE, Role.ALONE, text[start:end], value=inside))


def _mail(text: str, at: int, last: int) -> Found | None:
    before = _LOCAL.search(text[max(last, at - _LONGEST_LOCAL) : at])
    domain = _DOMAIN.match(text, at)
    if not before or not domain:
        return None
    start = at - len(before[0])
    raw = text[start : domain.end()].rstrip("-")
    return Found(start, start + len(raw), Piece(What.BARE, Role.ALONE, raw, value=raw))


def _bare(text: str, match: re.Match[str]) -> Found | None:
    found = _BARE.match(text, match.start())
    before = text[match.start() - 1 : match.start()]
    if not found or (before.isascii() and before.isalnum()):
        return None
    raw = found[0]
    while (
        raw and raw[-1] in _TRAILING and not (raw[-1] == ")" and raw.count("(") >= raw.count(")"))
    ):
        raw = raw[:-1]
    if len(raw) <= len(match[0]):
        return None
    end = match.start() + len(raw)
    return Found(match.start(), end, Piece(What.BARE, Role.ALONE, raw, value=raw))


def _escape(text: str, match: re.Match[str]) -> Found | None:
    start = match.start()
    after = text[start + 1 : start + 2]
    if after == "\n":
        raw = text[start : start + 2]
        return Found(start, start + 2, Piece(What.BREAK, Role.ALONE, raw, value="\n"))
    if after not in _PUNCTUATION:
        return None
    return Found(start, start + 2, words_piece(text[start : start + 2], after))


def _entity(text: str, match: re.Match[str]) -> Found | None:
    found = _ENTITY.match(text, match.start())
    words = html.unescape(found[0]) if found else ""
    if not found or words == found[0] or not words or "\ufffd" in words:
        return None
    return Found(found.start(), found.end(), words_piece(found[0], words))


def _angle(text: str, match: re.Match[str]) -> Found | None:
    start = match.start()
    address = _ADDRESS.match(text, start)
    if address:
        piece = Piece(What.ADDRESS, Role.ALONE, address[0], value=address[1])
        return Found(start, address.end(), piece)
    if text.startswith("<!--", start):
        end = text.find("-->", start + 4)
        raw = text[start : end + 3] if end >= 0 else ""
    else:
        tag = _TAG.match(text, start)
        raw = tag[0] if tag else ""
    piece = Piece(What.HTML, Role.ALONE, raw, value=raw)
    return Found(start, start + len(raw), piece) if raw else None


def _line_end(text: str, match: re.Match[str]) -> Found:
    """A line end: nothing between East Asian characters, a space elsewhere, as in print."""
    start = match.start()
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    return Found(
        start, start + 1, words_piece("\n", "" if is_wide(before) and is_wide(after) else " ")
    )


def _hard_break(_text: str, match: re.Match[str]) -> Found:
    raw = match[0] + "\n"
    return Found(match.start(), match.end() + 1, Piece(What.BREAK, Role.ALONE, raw, value="\n"))


def words_piece(raw: str, words: str) -> Piece:
    """Words that stand in the file otherwise than they are read."""
    starts = None if raw == words else (0,) * len(words)
    return Piece(What.WORDS, Role.WORDS, raw, words=words, starts=starts)


_READERS: Mapping[str, Callable[[str, re.Match[str]], Found | None]] = {
    "\\": _escape,
    "&": _entity,
    "<": _angle,
    "\n": _line_end,
    " ": _hard_break,
}
