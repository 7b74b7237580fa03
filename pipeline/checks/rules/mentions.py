"""Sustainable development goals, editions, references between articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.checks.model import Finding, Pair
from pipeline.checks.reading import Reading, reading
from pipeline.checks.references import Mention

_ANY = "any"


def goals(pair: Pair) -> Iterator[Finding]:
    """The same goals and targets on both sides."""
    one, other = (reading(side.text, side.language) for side in pair.sides)

    def same(a: Mention, b: Mention) -> bool:
        return a.number == b.number and a.kind == b.kind

    lost = _uncounted(_alone(one.goals, other.goals, same), other)
    gone = _uncounted(_alone(other.goals, one.goals, same), one)
    yield from _beside("check-goal", pair, lost, gone)


def editions(pair: Pair) -> Iterator[Finding]:
    """« 8es Rencontres » and 第8回会議: the same number of the same thing."""
    one, other = (reading(side.text, side.language) for side in pair.sides)

    def same(a: Mention, b: Mention) -> bool:
        return a.number == b.number and (a.kind == b.kind or _ANY in (a.kind, b.kind))

    lost, gone = (
        _alone(one.editions, other.editions, same),
        _alone(other.editions, one.editions, same),
    )
    if bool(lost) != bool(gone):  # the ordinal may stand by itself: « la huitième », 8回目
        lost, gone = _uncounted(lost, other), _uncounted(gone, one)
        if not gone:
            lost = [m for m in lost if int(m.number) != 1]  # 初の会議
        if not lost:
            gone = [m for m in gone if int(m.number) != 1]
    yield from _beside("check-edition", pair, lost, gone)


def references(pair: Pair) -> Iterator[Finding]:
    """References lead to the same article and item, and to one that there is."""
    one, other = (reading(side.text, side.language) for side in pair.sides)

    def same(a: Mention, b: Mention) -> bool:
        return a.kind == b.kind and a.number == b.number

    lost, gone = (
        _alone(one.references, other.references, same),
        _alone(other.references, one.references, same),
    )
    yield from _beside("check-reference", pair, _uncounted(lost, other), _uncounted(gone, one))
    yield from _dangling(pair, one.references, other.references)


def _dangling(pair: Pair, one: Sequence[Mention], other: Sequence[Mention]) -> Iterator[Finding]:
    if pair.facts.articles is None:
        return
    for index, found in enumerate((one, other)):
        for mention in found:
            if (
                mention.kind == "article"
                and int(mention.number.split(".")[0]) > pair.facts.articles
            ):
                line = pair.sides[index].line(mention.start)
                shown = ("", mention.shown) if index else (mention.shown, "")
                yield Finding("check-reference", *shown, (0, line) if index else (line, 0))


def _uncounted(alone: Sequence[Mention], beyond: Reading) -> list[Mention]:
    """Without those whose number stands by itself beyond."""
    if not alone:
        return []
    counted = {str(value) for q in beyond.quantities for value in q.values}
    return [mention for mention in alone if mention.number not in counted]


def _alone(
    ours: Sequence[Mention], theirs: Sequence[Mention], same: Callable[[Mention, Mention], bool]
) -> list[Mention]:
    return [m for m in ours if not any(same(m, other) for other in theirs)]


def _beside(
    rule: str, pair: Pair, lost: Sequence[Mention], gone: Sequence[Mention]
) -> Iterator[Finding]:
    for index in range(max(len(lost), len(gone))):
        one = lost[index] if index < len(lost) else None
        other = gone[index] if index < len(gone) else None
        yield Finding(
            rule, one.shown if one else "", other.shown if other else "",
            (pair.one.line(one.start) if one else 0, pair.other.line(other.start) if other else 0),
        )  # fmt: skip
