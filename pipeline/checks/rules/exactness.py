"""How exactly a number is said: exact, about, at least, at most, within."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.checks.model import Finding, Pair, Side
from pipeline.checks.quantities import Quantity, Strength

_KIN = {
    frozenset(pair)
    for pair in (
        ("about", "over"), ("about", "under"), ("about", "vague"), ("over", "vague"),
        ("nearly", "about"), ("nearly", "under"), ("nearly", "vague"), ("nearly", "within"),
        ("barely", ""), ("barely", "about"), ("barely", "nearly"), ("barely", "under"),
        ("within", ""), ("within", "under"), ("within", "about"),
        ("crossed", ""), ("crossed", "over"), ("crossed", "about"),
        ("reached", ""), ("reached", "over"), ("reached", "about"), ("reached", "crossed"),
        ("reached", "within"), ("reached", "under"), ("reached", "nearly"), ("reached", "capped"),
        ("from", ""), ("from", "over"), ("from", "reached"), ("from", "crossed"),
        ("until", ""), ("until", "over"), ("until", "within"), ("until", "under"),
        ("capped", "under"), ("capped", "within"), ("capped", "over"), ("capped", "crossed"),
    )
}  # fmt: skip
"""How a number may be said on either side: 以内 and « dans les », を超えた and « franchi »."""
_LIMITED = ({"", "over"}, {"", "under"}, {"", "within"})
_NEAR = 24  # characters beside a number


def exactness(pair: Pair, q: Quantity, answers: Iterable[Quantity]) -> Iterator[Finding]:
    """Whether ``q`` and the numbers that answer it in the other text are both exact, or neither."""
    if not _exact(q):
        return
    there = [answer for answer in answers if _exact(answer)]
    bounds = {c.bound for c in there}
    if not there or q.bound in bounds or "wrong-era" in bounds:
        return
    if q.ranged and {q.bound, *bounds} == {"", "about"}:  # a range is no exact number
        return
    if {q.bound, *bounds} in _LIMITED and (_limits(pair.one, q) or _limits(pair.other, there[0])):
        return
    if not any(frozenset({q.bound, bound}) in _KIN for bound in bounds):
        yield Finding(
            "check-approximation", _around(pair.one, q), _around(pair.other, there[0]),
            (pair.one.line(q.start), pair.other.line(there[0].start)),
        )  # fmt: skip


def _limits(side: Side, q: Quantity) -> bool:
    """Whether a word near an exact number sets a least or a most: « un minimum de », 最低額を."""
    near = side.text[max(0, q.start - _NEAR) : q.end + _NEAR]
    return not q.bound and side.known.words("limits.words").search(near) is not None


def _around(side: Side, q: Quantity) -> str:
    """The number with the word before and after it, where its exactness is said."""
    before = side.text[max(0, q.start - 14) : q.start].rpartition("\n")[2]
    after = side.text[q.end : q.end + 8].partition("\n")[0]
    return f"…{before}{q.shown}{after}…"


def _exact(q: Quantity) -> bool:
    """Whether how exactly it is said can be compared: a small number in a word only with a unit."""
    return q.strength is Strength.STRONG or (q.strength is Strength.MEDIUM and bool(q.base))
