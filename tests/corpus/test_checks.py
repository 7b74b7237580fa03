"""The rules on real articles that people translated; each finding there was judged by hand.

As docs/checks.md has it: all are right. A rule that finds more, or less, there is to be judged anew.
"""

from __future__ import annotations

from collections import Counter

from pipeline.checks.model import Pair, Side
from pipeline.checks.rules.registry import findings
from pipeline.texts.segments import SegmentKind
from pipeline.translation.adopt.pairing import aligned
from tests.corpus.test_opensource_guide import READ_AND_RIGHT, pytestmark, ratio, segments

__all__ = ["pytestmark"]
JUDGED = {"check-typography": 16, "check-scope": 2}
_WITHOUT_WORDS = (SegmentKind.CODE, SegmentKind.RAW, SegmentKind.COMMENT, SegmentKind.LEADING)


def test_what_is_found_was_judged() -> None:
    found: Counter[str] = Counter()
    for name in READ_AND_RIGHT:
        sides = segments(f"{name}.fr"), segments(f"{name}.ja")
        for link in aligned(*sides, ratio()):
            if not link.source or not link.target:
                continue
            if sides[0][link.source[0]].kind in _WITHOUT_WORDS:
                continue
            raws = [
                "\n\n".join(side[place].raw for place in places)
                for side, places in zip(sides, (link.source, link.target), strict=True)
            ]
            pair = Pair(Side(raws[0], "fr"), Side(raws[1], "ja"))
            found += Counter(finding.rule for finding in findings(pair))
    assert found == JUDGED
