"""Law 3: a state vouches for exactly one pair of texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.texts import pandoc
from pipeline.texts.segments import Segment, split
from pipeline.texts.source import readable
from pipeline.translation.counterpart import pair, state_of
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import (
    Marker,
    State,
    escape,
    parse_marker,
    render_marker,
    unescape,
)

PROSE = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1).map(
    lambda text: text.strip("\n ")
)


ENDINGS = st.lists(st.sampled_from(["--", "-->", "-", "&", "gt;", "amp;", "--&gt;", " a"])).map(
    lambda parts: "a" + "".join(parts)
)


@given(ENDINGS)
def test_every_text_comes_back_from_a_comment(text: str) -> None:
    assert "-->" not in escape(text)
    assert unescape(escape(text)) == text


@given(PROSE | ENDINGS, PROSE, st.none() | PROSE | ENDINGS, st.none() | PROSE)
def test_markers_are_read_as_written(
    source: str, text: str, proposal: str | None, note: str | None
) -> None:
    marker = Marker("reviewed", source, fingerprint(text), None, proposal, note)
    comment = render_marker(marker)
    assert comment.count("-->") == 1
    read = parse_marker(comment)
    assert read is not None
    assert (read.word, read.text) == (marker.word, marker.text)
    for wrote, got in ((source, read.source), (proposal, read.proposal), (note, read.note)):
        assert (got or "").strip() == (wrote or "").strip()


@pytest.mark.parametrize(
    ("word", "vouched_source", "vouched_text", "state"),
    [
        ("reviewed", "la source", "訳", State.REVIEWED),
        ("reviewed", "la  source", "訳", State.REVIEWED),
        ("reviewed", "la\u00a0source", "訳", State.REVIEWED),
        ("reviewed", "une source", "訳", State.STALE),
        ("reviewed", "la source", "別の訳", State.EDITED),
        ("machine", "la source", "訳", State.MACHINE),
        ("machine", "la source", "別の訳", State.EDITED),
        ("machine", "une source", "訳", State.STALE),
        ("edited", "la source", "訳", State.EDITED),
        ("approve", "la source", "訳", State.EDITED),
        ("approve", "une source", "訳", State.STALE),
        ("stale", "la source", "訳", State.EDITED),
    ],
)
def test_both_fingerprints_decide(
    word: str, vouched_source: str, vouched_text: str, state: State
) -> None:
    marker = Marker(word, vouched_source, fingerprint(vouched_text))
    assert state_of(marker, "訳", "la source") is state


def segments(body: str) -> tuple[Segment, ...]:
    parsed = pandoc.read_all({"a": readable(body)})["a"]
    assert isinstance(parsed, pandoc.Parsed)
    return split(body, parsed)


def translated(*pairs: tuple[str, str]) -> str:
    return "\n\n".join(
        render_marker(Marker("reviewed", source, fingerprint(text))) + "\n" + text
        for source, text in pairs
    )


def states(source: str, counterpart: str) -> list[tuple[int | None, State]]:
    return [(p.source, p.state) for p in pair(segments(source), segments(counterpart))]


AB = translated(("Alpha.", "あ。"), ("Bêta.", "い。"))


@pytest.mark.parametrize(
    ("source", "counterpart", "expected"),
    [
        ("Alpha.\n\nBêta.", AB, [(0, State.REVIEWED), (1, State.REVIEWED)]),
        ("Alpha.\n\nXi.\n\nBêta.", AB, [(0, State.REVIEWED), (1, State.MISSING), (2, State.REVIEWED)]),
        ("Alpha.", AB, [(0, State.REVIEWED), (None, State.EDITED)]),
        ("Bêta.\n\nAlpha.", AB, [(1, State.REVIEWED), (0, State.REVIEWED)]),
        ("Alpha.\n\nBêta changé.", AB, [(0, State.REVIEWED), (1, State.STALE)]),
        ("Xi.\n\nAlpha.\n\nBêta.", AB, [(0, State.MISSING), (1, State.REVIEWED), (2, State.REVIEWED)]),
        ("Alpha.\n\nAlpha.", translated(("Alpha.", "あ。"), ("Alpha.", "あ。")),
         [(0, State.REVIEWED), (1, State.REVIEWED)]),
        ("Alpha.\n\nBêta.", "あ。\n\nい。", [(0, State.EDITED), (1, State.MISSING)]),
        ("Alpha.", translated(("Alpha.", "")), [(0, State.REVIEWED)]),
    ],
)  # fmt: skip
def test_units_find_their_source(
    source: str, counterpart: str, expected: list[tuple[int | None, State]]
) -> None:
    assert states(source, counterpart) == expected


@given(st.text(alphabet="ab \n市は-", max_size=40))
def test_cosmetic_changes_keep_the_fingerprint(text: str) -> None:
    assert fingerprint(text.replace(" ", "\u00a0")) == fingerprint(text)
    assert fingerprint(text + "\n\n") == fingerprint(text)
    assert fingerprint(text.replace("\n", "\r\n")) == fingerprint(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("- a\n- b", "- a - b"), ("a b", "ab"), ("120", "150"), ("- a\n  - b", "- a\n- b"),
     ("un  \ndeux", "un deux"), ("un  \ndeux", "un\ndeux"), ("Titre\n===", "Titre ==="),
     ("A.  x\nB.  y", "A.  x B.  y"), ("i. x\nii. y", "i. x ii. y"), ("(1) x\n(2) y", "(1) x (2) y"),
     ("A) x\nB) y", "A) x B) y"), ("n’approuve pas", "approuve"), ("```\na  b\n```", "```\na b\n```")],
)  # fmt: skip
def test_what_a_reader_sees_changes_the_fingerprint(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("M. Dupont et\nM. Durand", "M. Dupont et M. Durand"), ("la\nmer. Le", "la mer. Le"),
     ("fin de ligne  ", "fin de ligne"), ("c’est\na. b", "c’est a. b")],
)  # fmt: skip
def test_wrapping_does_not(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize("word", ["Reviewed", "REVIEWED", "reviewed"])
def test_a_state_may_be_written_in_capitals(word: str) -> None:
    marker = parse_marker(f"<!-- {word}\nsource: a\n-->")
    assert marker is not None
    assert marker.word == "reviewed"
