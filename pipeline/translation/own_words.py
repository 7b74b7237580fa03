"""What a person wrote into words that Actes wrote, told apart by the fingerprint of these.

A translator may write under the last line of a ``now:``, or delete the line ``note:`` between it
and their words: the block then holds both, and would be made anew without a person's words (law 2).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left

from pipeline.translation.fingerprint import LENGTH, fingerprint, normalised

_LINES, _LONGEST = 60, 4000
"""Lines and characters of a block in which the beginning of Actes' words is looked for: it is asked
of each place, and a hostile file could have many (law 9). Their end is found in one go."""


def parted(words: str, mark: str) -> tuple[str, str]:
    """What Actes wrote among ``words``, of which ``mark`` is the fingerprint, and a person's words.

    Where no part of them is what Actes wrote, a person changed it: it stands, and is theirs.

    >>> parted("Une eau.", fingerprint("Une eau."))
    ('Une eau.', '')
    >>> parted("Une eau.\\nÀ revoir.", fingerprint("Une eau."))
    ('Une eau.', 'À revoir.')
    >>> parted("水を守る。（確認）", fingerprint("水を守る。"))
    ('水を守る。', '（確認）')
    >>> parted("À revoir : une eau.", fingerprint("une eau."))
    ('une eau.', 'À revoir :')
    >>> parted("À revoir.", fingerprint(""))
    ('', 'À revoir.')
    >>> parted("Une eau trouble.", fingerprint("Une eau."))
    ('Une eau trouble.', 'Une eau trouble.')
    """
    if fingerprint(words) == mark:
        return words, ""
    if fingerprint("") == mark:
        return "", words
    found = _written_on(words, mark) or _written_above(words, mark) or _written_before(words, mark)
    return found or (words, words)


def _written_on(words: str, mark: str) -> tuple[str, str] | None:
    """A person wrote on behind Actes' last word, or below it."""
    whole = normalised(words)
    so_far = hashlib.blake2b(digest_size=LENGTH // 2)
    for end, character in enumerate(whole, 1):
        so_far.update(character.encode("utf-8"))
        if so_far.copy().hexdigest() == mark:
            return _by_line(words, end, mark) or (whole[:end], whole[end:].strip())
    return None


def _by_line(words: str, end: int, mark: str) -> tuple[str, str] | None:
    """The words as they stand, where a person's begin on a line of their own; Actes' own have
    ``end`` characters when normalised."""
    lines = words.split("\n")

    def length(count: int) -> int:
        return len(normalised("\n".join(lines[:count])))

    count = bisect_left(range(len(lines)), end, key=length)
    own = "\n".join(lines[:count])
    return (own, "\n".join(lines[count:]).strip("\n")) if fingerprint(own) == mark else None


def _written_above(words: str, mark: str) -> tuple[str, str] | None:
    """A person wrote above Actes' first line."""
    lines = words.split("\n")
    if len(lines) > _LINES or len(words) > _LONGEST:
        return None
    for begin in range(1, len(lines)):
        own = "\n".join(lines[begin:])
        if fingerprint(own) == mark:
            return own.strip("\n"), "\n".join(lines[:begin]).strip("\n")
    return None


def _written_before(words: str, mark: str) -> tuple[str, str] | None:
    """A person wrote before Actes' first word, on its line."""
    whole = normalised(words)
    if len(whole) > _LONGEST:
        return None
    for begin in range(1, len(whole)):
        own = whole[begin:]
        if hashlib.blake2b(own.encode("utf-8"), digest_size=LENGTH // 2).hexdigest() == mark:
            return own, whole[:begin].strip()
    return None


def squeezed(words: str) -> str:
    """``words`` without white space, to look whether they are still there."""
    return "".join(words.split())
