"""What changed between two texts, word by word, and what only moved. Pure, for every door.

Each door renders the spans in its own way: colours, tracked changes, underlines. The spans without
what was inserted are the old text, without what was deleted the new one, character by character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from pipeline.review.blocks import Block, slid, together
from pipeline.review.moves import moved
from pipeline.review.spans import Change, Span, joined
from pipeline.review.words import of_hiragana, of_ideographs, pieces

_UNIT = 2  # ideographs of most words: a compound is cut between words, not within one
_FEW_LETTERS = 3  # a word that two sentences share by chance: « de », « les »
_MANY_WORDS = 3  # words changed on both sides of it
_PARTICLES = ("から", "まで", "より", "を", "が", "は", "に", "の", "と", "で", "へ", "も", "や")


def differences(old: str, new: str) -> tuple[Span, ...]:
    """The spans from ``old`` to ``new``, in the order of reading, what was deleted first.

    >>> [f"{s.change}:{s.text}" for s in differences("53か所で促進する", "54か所で推進する")]
    ['deleted:53', 'inserted:54', 'same:か所で', 'deleted:促進', 'inserted:推進', 'same:する']
    """
    if old == new:
        return (Span(Change.SAME, new),) if new else ()
    blocks = slid(_blocks(pieces(old), pieces(new)))
    for by_chance in (_spaces, _small_word):
        blocks = _merged(blocks, by_chance)
    spans = moved(joined(span for block in blocks for span in _spans(block)))
    return tuple(joined(spans))


# -- blocks -------------------------------------------------------------------------------------


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """What stayed and what changed, by turns."""
    from rapidfuzz.distance import Indel

    codes = Indel.opcodes(old, new)
    parts = [
        Block(
            code.tag == "equal",
            tuple(old[code.src_start : code.src_end]),
            tuple(new[code.dest_start : code.dest_end]),
        )
        for code in codes
    ]
    return [together(same, list(group)) for same, group in groupby(parts, lambda part: part.same)]


def _merged(
    blocks: Sequence[Block], by_chance: Callable[[Block, Block, Block], bool]
) -> list[Block]:
    """Blocks that stayed only by chance are put together with the changes on both sides."""
    last = len(blocks) - 1
    kept = [
        block.same and not (0 < n < last and by_chance(blocks[n - 1], block, blocks[n + 1]))
        for n, block in enumerate(blocks)
    ]
    numbered = groupby(range(len(blocks)), kept.__getitem__)
    return [together(same, [blocks[n] for n in group]) for same, group in numbered]


def _spaces(_left: Block, block: Block, _right: Block) -> bool:
    """Spaces between two words that both changed are no words that stayed."""
    return not "".join(block.old).strip()


def _small_word(left: Block, block: Block, right: Block) -> bool:
    """Nor is a small word between sentences that were written anew."""
    letters = sum(map(str.isalnum, "".join(block.old)))
    small = block.words <= 1 and letters <= _FEW_LETTERS
    return small and min(left.words, right.words) >= _MANY_WORDS


# -- within a block -----------------------------------------------------------------------------


def _spans(block: Block) -> Iterable[Span]:
    """The spans of a block, without the words that two compounds share at their ends."""
    old, new = "".join(block.old), "".join(block.new)
    if block.same:
        return [Span(Change.SAME, old)]
    head = tail = 0
    if block.old and block.new:
        head = _shared(block.old[0], block.new[0], old, new)
        tail = _shared_end(block.old[-1], block.new[-1], old[head:], new[head:])
    ends = (len(old) - tail, len(new) - tail)
    return [
        Span(Change.SAME, old[:head]),
        Span(Change.DELETED, old[head : ends[0]]),
        Span(Change.INSERTED, new[head : ends[1]]),
        Span(Change.SAME, old[ends[0] :]),
    ]


def _shared(one: str, other: str, old: str, new: str) -> int:
    """How many ideographs two compounds share at their beginning, in whole words: as many as leave
    a word on each side, or nothing on one."""
    if not (of_ideographs(one) and of_ideographs(other)):
        return 0
    longest = min(len(one), len(other), len(old), len(new))
    count = next((n for n in range(longest) if one[n] != other[n]), longest)
    count -= count % _UNIT
    while count and 0 < min(len(old), len(new)) - count < _UNIT:
        count -= _UNIT
    return count


def _shared_end(one: str, other: str, old: str, new: str) -> int:
    """The same at their end, or the particle that follows two words in hiragana."""
    if of_hiragana(one) and of_hiragana(other):
        ending = next((p for p in _PARTICLES if one.endswith(p) and other.endswith(p)), "")
        return len(ending) if len(ending) < min(len(one), len(other)) else 0
    return _shared(one[::-1], other[::-1], old, new)
