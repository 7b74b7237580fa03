"""Page numbers and running heads dropped: they belong to the sheet, not to the text.

Nothing is dropped on looks alone. A bare number needs a form feed beside it or a sequence of its
like; a running head needs to recur at the edge of several pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.drafts.plaintext.lines import Line
from pipeline.drafts.plaintext.model import EMPTY, Edit, Flag
from pipeline.drafts.plaintext.tables import PAGE_WORDS

_SAID = re.compile(
    rf"\W{{0,3}}(?:{PAGE_WORDS}\s*(\d{{1,4}})\s*(?:ページ|頁)?|(\d{{1,4}})\s*(?:ページ|頁))"
    r"(?:\s*(?:/|sur|of|von|de)\s*\d{1,4})?\W{0,3}",
    re.IGNORECASE,
)
_BARE = re.compile(r"[-–—\[(|]?\s*(\d{1,4})(?:\s*/\s*\d{1,4})?\s*[-–—\])|]?")

SAID, ALONE = 30, 15  # signs of a line that is « page 3 of 12 », or a number alone, at most
SHEET = 10  # lines between two page numbers, at least
PAGES = 3  # pages at whose edge a line recurs before it is believed a running head


def drop_page_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[Edit], list[Flag]]:
    """Drop page numbers and running heads.

    Input: the lines, blank ones included. Output: the lines with those made blank and a page
    break noted after each, the edits, and a doubt for each lone number left in the text.
    """
    kept = list(lines)
    edits: list[Edit] = []
    flags: list[Flag] = []
    numbers = {
        i: int(found.group(1) or found.group(2))
        for i, line in enumerate(kept)
        if len(line.text.text) <= SAID and (found := _SAID.fullmatch(line.text.text))
    }
    bare = {
        i: int(found.group(1))
        for i, line in enumerate(kept)
        if i not in numbers
        and len(line.text.text) <= ALONE
        and (found := _BARE.fullmatch(line.text.text))
    }
    feeds = any(line.page for line in kept)
    by_feed = [i for i in bare if feeds and _beside_feed(kept, i)]
    in_order = _sequence(bare)
    for i in sorted({*numbers, *by_feed, *in_order}):
        edits.append(_drop(kept, i, "page-number"))
    flags += [
        Flag("lone-number", kept[i].text.offset(0), kept[i].text.text)
        for i in bare
        if not kept[i].blank
    ]
    for i in _running_heads(kept):
        edits.append(_drop(kept, i, "running-head"))
    return kept, edits, flags


def _drop(lines: list[Line], i: int, rule: str) -> Edit:
    line = lines[i]
    lines[i] = replace(line, text=EMPTY, columns=0, tab=False)
    # The sheet ended about here, before the next line or just before this one: what follows may
    # go on with the paragraph that was cut.
    if i + 1 < len(lines):
        lines[i + 1] = replace(lines[i + 1], page=True)
    return Edit(rule, line.text.offset(0), line.text.text, "")


def _beside_feed(lines: Sequence[Line], i: int) -> bool:
    """Whether a form feed, or an end of the text, lies between a line and its next neighbours."""
    after = i + 1
    while after < len(lines) and lines[after].blank and not lines[after].page:
        after += 1
    before = i
    while before > 0 and not lines[before].page and lines[before - 1].blank:
        before -= 1
    return after >= len(lines) or lines[after].page or lines[before].page


def _sequence(bare: dict[int, int]) -> list[int]:
    """Return the lone numbers that count on by one, well apart, as the numbers of pages do."""
    found: set[int] = set()
    ordered = sorted(bare.items())
    for (i, number), (j, following) in pairwise(ordered):
        if following == number + 1 and j - i >= SHEET:
            found |= {i, j}
    return sorted(found)


def _running_heads(lines: Sequence[Line]) -> list[int]:
    """Return the lines that recur at the top or foot of at least three pages.

    Two are enough if the line carries a number that changes. The very first line of the text
    stays, for it may be the title that the other pages repeat.
    """
    solid = [i for i, line in enumerate(lines) if not line.blank]
    if not solid:
        return []
    pages: list[list[int]] = [[]]
    fresh = False
    for i, line in enumerate(lines):
        fresh = fresh or line.page
        if line.blank:
            continue
        if fresh and pages[-1]:
            pages.append([])
        fresh = False
        pages[-1].append(i)
    edges = [sorted({*page[:2], *page[-2:]}) for page in pages]
    # Each page counts a text once, so that a page of two lines is no evidence by itself.
    counts = Counter(key for edge in edges for key in {_mask(lines[i].text.text) for i in edge})
    wordings: dict[str, set[str]] = {}
    for i in (i for edge in edges for i in edge):
        wordings.setdefault(_mask(lines[i].text.text), set()).add(lines[i].text.text)
    heads = {
        key
        for key, count in counts.items()
        if any(char.isalpha() for char in key)
        and (count >= PAGES or (count > 1 and "#" in key and len(wordings[key]) > 1))
        and not re.match(r"[#(（]", key)  # a numbered heading or item
    }
    return [
        i for edge in edges for i in edge if _mask(lines[i].text.text) in heads and i != solid[0]
    ]


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))
