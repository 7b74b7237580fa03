"""Real articles, French and Japanese, that people translated: the shared folder's corpus.

None of its sentences is here, only the places of segments. They run when ``ACTES_SHARED`` points
to the folder that holds ``corpus/opensource-guide``.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.texts.read import read_body
from pipeline.texts.segments import Segment, SegmentKind, join
from pipeline.texts.source import parse_source
from pipeline.translation.adopt.pairing import Link, adopted, aligned
from pipeline.translation.marker import looks_ours, parse_marker
from pipeline.workspace.languages import load_language

SHARED = os.environ.get("ACTES_SHARED", "")
CORPUS = Path(SHARED) / "corpus" / "opensource-guide"
pytestmark = pytest.mark.skipif(
    not SHARED or not CORPUS.is_dir(),
    reason="ACTES_SHARED does not point to a folder with corpus/opensource-guide",
)

# Pairs that a person read and found right: the segment of both texts has this index.
READ_AND_RIGHT = {
    "best-practices": (5, 11, 15, 20, 32, 36, 38, 47, 52, 53, 55, 56, 58, 59, 63, 67, 68, 78, 80, 82,
                       84, 85, 89, 90, 91, 100, 105, 106, 107),
    "code-of-conduct": (3, 13, 14, 21, 23, 26, 28, 30, 33, 39),
    "finding-users": (1, 10, 13, 15, 20, 29, 31, 33, 34, 36, 38, 39, 40, 41, 44, 45, 46, 47),
    "metrics": (2, 4, 7, 8, 11, 14, 16, 22, 24, 31, 33, 36, 37, 39, 42),
}  # fmt: skip
FILES = [f"{name}.{language}" for name in READ_AND_RIGHT for language in ("fr", "ja")]
Pairs = set[tuple[tuple[int, ...], tuple[int, ...]]]


@cache
def segments(name: str) -> tuple[Segment, ...]:
    source = parse_source(f"{name}.md", (CORPUS / f"{name}.md").read_bytes())
    body, _problems = read_body(source)
    assert body is not None
    assert join(body.segments) == source.body
    return body.segments


def ratio() -> float:
    lengths = [load_language(Path(), tag).length for tag in ("fr", "ja")]
    assert lengths[0]
    assert lengths[1]
    return lengths[1] / lengths[0]


def paired(links: Sequence[Link]) -> Pairs:
    return {(link.source, link.target) for link in links}


@pytest.mark.parametrize("name", FILES)
def test_splitting_and_joining_gives_the_file(name: str) -> None:
    content = (CORPUS / f"{name}.md").read_bytes()
    source = parse_source(f"{name}.md", content)
    head = source.raw[: len(source.raw) - len(source.body)]
    assert (head + join(segments(name))).encode() == content


def test_enough_pairs_were_read() -> None:
    assert sum(map(len, READ_AND_RIGHT.values())) >= 60


@pytest.mark.parametrize("known", [True, False], ids=["ratio-known", "ratio-measured"])
def test_pairs_that_were_read_are_found(known: bool) -> None:
    missed = []
    for name, places in READ_AND_RIGHT.items():
        links = aligned(segments(f"{name}.fr"), segments(f"{name}.ja"), ratio() if known else None)
        missed += [(name, i) for i in places if ((i,), (i,)) not in paired(links)]
    assert missed == []


@pytest.mark.parametrize("name", READ_AND_RIGHT)
def test_a_japanese_article_becomes_the_counterpart_of_the_french_one(name: str) -> None:
    source, target = segments(f"{name}.fr"), segments(f"{name}.ja")
    body, _problems = read_body(parse_source("a.md", adopted(source, target).encode()))
    assert body is not None
    ours = [parse_marker(s.raw) for s in body.segments if looks_ours(s.raw)]
    theirs = [s.raw for s in body.segments if not looks_ours(s.raw)]
    assert [raw for raw in theirs if raw.strip()] == [s.raw for s in target if s.raw.strip()]
    assert len(ours) >= 0.95 * len([s for s in source if s.raw.strip()])
    assert all(marker and marker.word == "edited" for marker in ours)


# -- texts that do not have the same blocks -----------------------------------------------------


def disturbed(
    source: Sequence[Segment], target: Sequence[Segment], chance: float, dice: random.Random
) -> tuple[list[Segment], list[Segment], Pairs]:
    """Both texts with segments left out or joined on either side, and what then answers what."""
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    truth: Pairs = set()
    index = 0
    while index < len(source):
        count, joined, kept = 1, -1, (True, True)
        fate = int(dice.random() / chance)
        if fate in (0, 1):
            kept = (fate == 1, fate == 0)
        elif fate in (2, 3) and _paragraphs(source, index):
            count, joined = 2, fate - 2
        places = []
        for side, texts in enumerate((source, target)):
            group = list(texts[index : index + count]) if kept[side] else []
            if joined == side:
                group = [replace(group[-1], raw=" ".join(one.raw.strip() for one in group) + "\n")]
            places.append(tuple(range(len(sides[side]), len(sides[side]) + len(group))))
            sides[side].extend(group)
        truth.add((places[0], places[1]))
        index += count
    return *sides, truth


def _paragraphs(texts: Sequence[Segment], index: int) -> bool:
    return [one.kind for one in texts[index : index + 2]] == [SegmentKind.PARAGRAPH] * 2


@pytest.mark.parametrize(("chance", "least"), [(0.02, 0.98), (0.05, 0.95)])
def test_segments_left_out_or_joined_are_noticed(chance: float, least: float) -> None:
    right = surely_wrong = total = 0
    for seed in range(3):
        dice = random.Random(seed)
        for name in READ_AND_RIGHT:
            plain = [
                [s for s in segments(f"{name}.{language}") if s.raw.strip()]
                for language in ("fr", "ja")
            ]
            source, target, truth = disturbed(plain[0], plain[1], chance, dice)
            links = aligned(source, target, ratio())
            right += len(truth & paired(links))
            total += len(truth)
            surely_wrong += sum(
                not link.doubtful for link in links if (link.source, link.target) not in truth
            )
    print(f"{chance}: {right} of {total}, wrong without a doubt: {surely_wrong}")
    assert right >= least * total
    assert surely_wrong <= 0.01 * total
