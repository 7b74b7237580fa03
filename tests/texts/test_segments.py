"""Law 1: segments joined give the file, byte for byte; their blocks, in order, are the AST."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ActesError
from pipeline.texts import pandoc
from pipeline.texts.segments import SegmentKind, join, split
from pipeline.texts.source import check_bounds, parse_source, readable

BLOCKS = st.sampled_from(
    [
        "# Titre {#id}", "Un paragraphe.\nDeux lignes.", "市は**「重要」**です。\n次の文。",
        "- un\n- deux\n  - trois", "1. un\n2. deux", "> cité\n>\n> encore", "```\ncode\n\n[^1]: x\n```",
        "| a | b |\n|---|---|\n| 1 | 2 |", ": Légende", "![Légende](a.svg)", "Terme\n:   Sens",
        "::: encadré\nDedans.\n\n## Titre\n:::", "[^1]: Une note.\n\n    Sa suite.", "Appel[^1].",
        "[lien]: https://example.org", "<!-- reviewed\nsource: |\n  a\n\n  b\ntext: 00000000\n-->",
        "<!-- reviewed\nsource: |\n  x\n-->\n[^2]: note collée", "---", "    code indenté", "* * *",
        "\\# échappé", "<div>brut</div>", "~~~\nouvert", "-", "", "\t", "a\\\nb", "`` ` ``",
    ]
)  # fmt: skip
LOOSE = st.text(
    alphabet=st.sampled_from(list("ab é市「」*_`[]()<>!#-:|>1.\n\r\t \\~^\ufeff\u2028\x0b\x0c")),
    max_size=60,
)
GAPS = st.sampled_from(["\n\n", "\n", "\n\n\n", "\r\n\r\n", "\n \n", "\n\t\n"])


@st.composite
def bodies(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.one_of(BLOCKS, LOOSE), max_size=8))
    return "".join(part + draw(GAPS) for part in parts) + draw(st.sampled_from(["", "fin"]))


def bounded(body: str) -> bool:
    """Whether the text passes the checks that come before pandoc (it may cite a note in itself)."""
    try:
        check_bounds(parse_source("a.fr.md", body.encode()))
    except ActesError:
        return False
    return True


@settings(max_examples=25)
@given(st.lists(bodies(), min_size=12, max_size=20))
def test_segments_are_the_text(found: list[str]) -> None:
    texts = {str(number): body for number, body in enumerate(found) if bounded(body)}
    for name, parsed in pandoc.read_all({n: readable(b) for n, b in texts.items()}).items():
        assert isinstance(parsed, pandoc.Parsed)
        segments = split(texts[name], parsed)
        assert join(segments) == texts[name]
        blocks = [segment.block for segment in segments if segment.block is not None]
        assert blocks == list(range(len(parsed.blocks)))


# Blocks that each end where the next begins, and lines that belong to the block above them.
WHOLE = (
    "Mot[^n].", "- a\n- b", "- a\n\n- b", "1. a\n2. b", "3. c", "- a\n\n  suite", "Terme\n: sens", "Terme\n\n: sens",
    ": sens", "  : sens", "Terme\n: - x\n  - y", "Terme\n: sens\n\n  suite", "[^n]: Note.", "[^m]: Note.\n\n    Suite.",
    "  [^o]: Note.", "   [^p]: Note.", " [^q]: Note.", "[^r]: - a\n    - b", "[^s]: Terme\n    : sens", "[l]: https://a.example",
    "<!-- c -->", "  <!-- c -->", "> cité\n>\n> [^t]: Note.", "```\ncode\n\n[^u]: x\n```", "    code", "  ```\n  code\n\n  [^v]: x\n  ```",
    "::: box\nmot\n\n[^w]: x\n\nmot\n:::", "::: box\nmot\n\n[^x]: x\n:::", "| a |\n|---|\n| b |", ": Légende", "***",
    "![Vue](a.png)", "    suite", "  suite", "  - c", "- ::: box\n  mot\n\n  [^y]: z\n  :::", "<div>\n\n[^z]: x\n\n</div>", "-",
)  # fmt: skip

# An item without words has no place that pandoc tells: below a note of the list, it may end there.
EMPTY_BELOW_A_NOTE = re.compile(r"^ +\[\^\w\]:[^\n]*\n\n-$", re.MULTILINE)


@settings(max_examples=25)
@given(st.lists(st.lists(st.sampled_from(WHOLE), max_size=6), min_size=12, max_size=20))
def test_a_segment_by_itself_is_what_it_is_in_the_text(found: list[list[str]]) -> None:
    texts = {str(number): "\n\n".join(parts) + "\n" for number, parts in enumerate(found)}
    texts = {n: t for n, t in texts.items() if bounded(t) and not EMPTY_BELOW_A_NOTE.search(t)}
    wanted, alone = {}, {}
    for name, parsed in pandoc.read_all(texts).items():
        assert isinstance(parsed, pandoc.Parsed)
        for segment in split(texts[name], parsed):
            place = f"{name}: {segment.line}"
            wanted[place] = [] if segment.block is None else [parsed.blocks[segment.block]["t"]]
            alone[place] = segment.raw
    for place, parsed in pandoc.read_all(alone).items():
        assert isinstance(parsed, pandoc.Parsed)
        assert [block["t"] for block in parsed.blocks] == wanted[place], alone[place]


def parsed_of(body: str) -> pandoc.Parsed:
    parsed = pandoc.read_all({"a": readable(body)})["a"]
    assert isinstance(parsed, pandoc.Parsed)
    return parsed


def kinds(body: str) -> list[tuple[SegmentKind, str]]:
    return [(s.kind, s.raw.strip()) for s in split(body, parsed_of(body))]


def test_definitions_are_segments_of_their_own() -> None:
    body = (
        "Un[^1] et [deux].\n\n- liste\n\n[^1]: Note.\n\n    Suite.\n\n[deux]: https://example.org\n"
    )
    assert kinds(body) == [
        (SegmentKind.PARAGRAPH, "Un[^1] et [deux]."),
        (SegmentKind.LIST, "- liste"),
        (SegmentKind.FOOTNOTE, "[^1]: Note.\n\n    Suite."),
        (SegmentKind.REFERENCE, "[deux]: https://example.org"),
    ]


@pytest.mark.parametrize(
    "between", ["[^1]: Note.", "[^1]: Note.\n\n    Suite.\n\n[^2]: Deux.", " [^1]: a"]
)
def test_lists_of_terms_with_a_note_between_them_are_two(
    between: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = f"Un *mot*\n: Sens\n\n{between}\n\n`Mot`[^1]\n: Sens[^2]\n\nAutre\n\n: Sens\n"
    first, *notes, last = kinds(body)
    assert first == (SegmentKind.DEFINITIONS, "Un *mot*\n: Sens")
    assert {kind for kind, _ in notes} == {SegmentKind.FOOTNOTE}
    assert last == (SegmentKind.DEFINITIONS, "`Mot`[^1]\n: Sens[^2]\n\nAutre\n\n: Sens")
    two = parsed_of(body)
    monkeypatch.setattr(pandoc, "apart", lambda _body, node, items: [(node, items[0])])
    [joined] = parsed_of(body).blocks
    assert [item for part in two.blocks for item in part["c"]] == joined["c"]


@pytest.mark.parametrize(
    ("kind", "whole"),
    [
        (SegmentKind.BOX, "::: encadré\nDedans[^1].\n\n[^1]: Note.\n\nSuite.\n:::"),
        (SegmentKind.BOX, "::: encadré\nDedans.\n\n[^1]: Note.\n:::"),
        (SegmentKind.BOX, "::: encadré\nUn [lien].\n\n[lien]: https://a.org\n:::"),
        (SegmentKind.LIST, "- a\n\n  [^1]: Note.\n\n- b"),
        (SegmentKind.LIST, "1. a\n\n   [^1]: Note.\n\n   suite"),
        (SegmentKind.DEFINITIONS, "A\n: x\n\n  [^1]: Note.\n\nB\n: y"),
        (SegmentKind.DEFINITIONS, "A\n: ```\n\n  [^1]: code\n  ```\n\nB\n: y"),
        (SegmentKind.DEFINITIONS, "Terme\n\n[^1]: Note.\n\n: Sens"),
    ],
)
def test_what_goes_on_after_a_note_within_is_one_segment(kind: SegmentKind, whole: str) -> None:
    assert kinds(f"{whole}\n\n[^9]: Neuf.\n\nFin[^1].\n") == [
        (kind, whole),
        (SegmentKind.FOOTNOTE, "[^9]: Neuf."),
        (SegmentKind.PARAGRAPH, "Fin[^1]."),
    ]


def test_a_text_says_nothing_of_where_its_blocks_stand() -> None:
    """It may use the names by which pandoc gives positions (law 9)."""
    body = (
        '::: {data-pos="9:9-12:1"}\nUn.\n:::\n\n::: {wrapper="1"}\nDeux.\n:::\n\n'
        '[Mot]{data-pos="1:1-1:9" wrapper=1}\n: sens\n\n- a\n\n- b\n'
    )
    assert [words for _kind, words in kinds(body)] == body.strip().split("\n\n", 3)


def test_a_footnote_right_under_its_comment_is_a_segment() -> None:
    comment = "<!-- reviewed\nsource: |\n  [^1]: Note.\n\n  [^9]: non\ntext: 0a0a0a0a\n-->"
    assert kinds(f"A[^1].\n\n{comment}\n[^1]: 注。\n") == [
        (SegmentKind.PARAGRAPH, "A[^1]."),
        (SegmentKind.COMMENT, comment),
        (SegmentKind.FOOTNOTE, "[^1]: 注。"),
    ]


def test_the_file_is_its_head_and_its_body() -> None:
    raw = "\ufeff---\r\ntitle: é\r\n---\r\n\r\nCorps.\r\n"
    source = parse_source("a.fr.md", raw.encode())
    assert source.raw == raw
    assert source.raw.endswith(source.body)
    assert (source.front, source.body, source.body_line) == ("title: é\r\n", "\r\nCorps.\r\n", 3)
