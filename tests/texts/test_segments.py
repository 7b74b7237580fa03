"""Law 1: segments joined give the file, byte for byte; their blocks, in order, are the AST."""

from __future__ import annotations

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


def kinds(body: str) -> list[tuple[SegmentKind, str]]:
    parsed = pandoc.read_all({"a": readable(body)})["a"]
    assert isinstance(parsed, pandoc.Parsed)
    return [(s.kind, s.raw.strip()) for s in split(body, parsed)]


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
