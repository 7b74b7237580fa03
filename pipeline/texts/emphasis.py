"""Bold beside Japanese brackets and signs.

CommonMark's flanking rule leaves ``これは**「重要」**です`` literal, though Japanese authors write
it every day. The rule is satisfied when a mark of punctuation stands on the outer side of the
delimiter, so an entity is put there; it decodes to `SENTINEL`, which the allow-list takes out
again. Lines do not move. The extended rule is the one of the « CJK-friendly emphasis » amendment to
CommonMark: beside an East Asian character a delimiter may open and close as beside a space.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.columns import is_wide

SENTINEL = "\uf8fe"  # a private-use character; literal ones in a text are removed beforehand
ENTITY = "&#xF8FE;"

_RUN = re.compile(r"(?<![\\*_])(\*{1,3})(?!\*)")


def _space(character: str) -> bool:
    return not character or character.isspace()


def _punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def mark_east_asian_emphasis(text: str) -> str:
    """``text`` with `ENTITY` wherever a delimiter beside East Asian text needs it.

    >>> mark_east_asian_emphasis("これは**「重要」**です")
    'これは&#xF8FE;**「重要」**&#xF8FE;です'
    """
    text = text.replace(SENTINEL, "")
    if "*" not in text:
        return text
    return _RUN.sub(lambda match: _marked(text, match), text)


def _marked(text: str, match: re.Match[str]) -> str:
    before = text[match.start() - 1] if match.start() else ""
    after = text[match.end()] if match.end() < len(text) else ""
    run = match[0]
    if _space(before) or _space(after) or not (is_wide(before) or is_wide(after)):
        return run
    if _punctuation(after) and not _punctuation(before):
        return f"{ENTITY}{run}"
    if _punctuation(before) and not _punctuation(after):
        return f"{run}{ENTITY}"
    return run
