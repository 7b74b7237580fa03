"""Adopting a translation written by hand: what answers what, and no word of it changed.

Each file of `golden/adopt/` reads as documentation: why, an original's body, a translation's body
as its author wrote it, and the counterpart's body that it becomes.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.texts import pandoc
from pipeline.texts.footnotes import first_loop
from pipeline.texts.segments import Segment, SegmentKind, join, split
from pipeline.texts.source import readable
from pipeline.translation.adopt.pairing import Link, adopted, aligned
from pipeline.translation.adopt.profile import profile
from pipeline.translation.counterpart import State, pair
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import looks_ours, parse_marker
from pipeline.workspace.languages import load_language
from tests.support.workspace import block

CASES = sorted((Path(__file__).parent.parent / "golden" / "adopt").glob("*.txt"))
_FORM = re.compile(
    r"\A(?P<why>.*?)\n%%% source\n(?P<source>.*?)%%% target\n(?P<target>.*?)%%% gives\n(?P<gives>.*)\Z",
    re.DOTALL,
)


EXAMPLES = settings().max_examples // 2


def split_both(source: str, target: str) -> list[tuple[Segment, ...]]:
    parsed = pandoc.read_all({"a": readable(source), "b": readable(target)})
    found = []
    for body, name in ((source, "a"), (target, "b")):
        one = parsed[name]
        assert isinstance(one, pandoc.Parsed)
        found.append(split(body, one))
    return found


def segments(body: str) -> tuple[Segment, ...]:
    parsed = pandoc.read_all({"a": readable(body)})["a"]
    assert isinstance(parsed, pandoc.Parsed)
    return split(body, parsed)


def french_to_japanese() -> float:
    lengths = [load_language(Path(), tag).length for tag in ("fr", "ja")]
    assert lengths[0]
    assert lengths[1]
    return lengths[1] / lengths[0]


def adopt(source: str, target: str) -> str:
    one, other = segments(source), segments(target)
    return adopted(one, other, aligned(one, other, french_to_japanese()))


def pairs(source: str, target: str) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.source, link.target) for link in aligned(segments(source), segments(target))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case: Path) -> None:
    match = _FORM.match(case.read_text(encoding="utf-8"))
    assert match, f"{case.name} is not of the form described above"
    assert adopt(match["source"], match["target"]) == match["gives"]


# -- what answers what --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Un [lien](https://a.example).\n\nUn [lien](https://b.example).",
            "[リンク](https://b.example)。\n\n[リンク](https://a.example)。",
        ),
        ("![Vue](a.png)\n\n![Plan](b.png)", "![平面図](b.png)\n\n![景色](a.png)"),
        ("```\nun = 1\n```\n\n```\ndeux = 2\n```", "```\ndeux = 2\n```\n\n```\nun = 1\n```"),
    ],
)
def test_marks_are_stronger_than_order(source: str, target: str) -> None:
    links = aligned(segments(source), segments(target))
    firm = [link for link in links if link.source and link.target]
    assert ((0,), (1,)) in [(link.source, link.target) for link in firm]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Il y en a 1 200.", "1,200ある。"),
        ("Il y en a 1 200,5 en 2019.", "2019年に1200.5あった。"),
        ("Le 7 mars.", "３月７日。"),
    ],
)
def test_numbers_are_the_same_by_value(source: str, target: str) -> None:
    filler = "Un texte sans chiffres."
    links = pairs(f"{filler}\n\n{source}", f"{target}\n\n数字のない文。")
    assert ((1,), (0,)) in links or ((0, 1), (0, 1)) not in links
    one, other = segments(source), segments(target)
    assert profile(one[0]).numbers & profile(other[0]).numbers


def test_a_note_answers_a_note_and_a_heading_a_heading() -> None:
    source = "# Un\n\nMot.[^a]\n\n[^a]: Note.\n\n## Deux\n\nMot."
    target = "# 一\n\n語。[^a]\n\n## 二\n\n語。\n\n[^a]: 注。"
    there = pairs(source, target)
    assert ((0,), (0,)) in there
    assert ((2,), (4,)) in there
    assert ((3,), (2,)) in there


def test_two_related_languages_need_no_table() -> None:
    source = (
        "La municipalité organise un forum international sur le climat.\n\n"
        "Les élèves des écoles du quartier y présenteront ce qu’ils ont vu au bord de la rivière, "
        "avec leurs professeurs et les habitants qui les ont guidés pendant toute une année.\n\n"
        "La cérémonie finale a lieu au théâtre, avec un orchestre."
    )
    target = (
        "The municipality organises an international forum on the climate.\n\n"
        "The final ceremony takes place in the theatre, with an orchestra."
    )
    assert pairs(source, target) == [((0,), (0,)), ((1,), ()), ((2,), (1,))]


def test_an_unsure_pair_is_said_to_be() -> None:
    text = "Une phrase sans rien qui la distingue des autres phrases.\n\n"
    links = aligned(
        segments(text * 3), segments("他の文と区別できるもののない一つの文である。\n\n" * 2)
    )
    assert any(link.doubtful for link in links)
    clear = aligned(segments(f"# Un\n\n{text}"), segments("# 一\n\n他と区別できるもののない文。\n"))
    assert not any(link.doubtful for link in clear)


def test_empty_sides() -> None:
    assert aligned((), ()) == ()
    assert pairs("Un mot.", "") == [((0,), ())]
    assert pairs("", "一語。") == [((), (0,))]


@pytest.mark.parametrize("count", [240, pytest.param(2_000, marks=pytest.mark.long)])
def test_sections_left_out_of_long_texts_put_nothing_else_astray(count: int) -> None:
    """Each side lacks another section; every twentieth paragraph has a link of its own."""
    gap = count // 20
    lacking = {
        "mot": range(count // 5, count // 5 + gap),
        "word": range(count // 2, count // 2 + gap),
    }

    def paragraph(index: int, word: str) -> Segment:
        link = f" [{word}](https://a.example/{index})" if index % 20 == 0 else ""
        words = " ".join([word] * (3 + index * 7 % 23))
        return Segment(SegmentKind.PARAGRAPH, words + link, "\n\n", 1, None)

    source, target = (
        [paragraph(index, word) for index in range(count) if index not in lacking[word]]
        for word in lacking
    )
    links = aligned(source, target, 1.0)
    assert sorted(i for link in links for i in link.source) == list(range(len(source)))
    after = [link for link in links if link.target and link.target[0] >= count // 2]
    assert sum(link.source == link.target for link in after) >= 0.95 * len(after)


# -- no word is changed -------------------------------------------------------------------------

_PLAIN = ("# Un", "Un mot.", "Deux mots,\nsur deux lignes.", "- a\n- b", "* a\n\n* b", "1. x", "> cité",
          "```\ncode\n```", "| a |\n|---|\n| b |", "***", "![Vue](a.png)", "::: box\nmot\n:::", "Mot.[^n]",
          "[^n]: Note.", "Terme\n: sens", "市は**40％**を", "<!-- à revoir -->")  # fmt: skip
_ODD = ("Titre\n---", "```\ncode -->\n", ": légende", "[l]: https://a.example", "<!-- a\n\nb -->",
        "    indenté", "<div>\nbrut\n</div>", "::: box\nmot")  # fmt: skip
_ENDS = st.sampled_from(["\n", "\r\n"])


def bodies(blocks: tuple[str, ...], gaps: tuple[str, ...]) -> st.SearchStrategy[str]:
    one = st.tuples(st.sampled_from(blocks), st.sampled_from(gaps)).map("".join)
    joined = st.lists(one, max_size=7).map("".join)
    readable_ones = joined.filter(lambda body: first_loop(body) is None)
    return st.builds(lambda body, end: body.replace("\n", end), readable_ones, _ENDS)


@settings(max_examples=EXAMPLES)
@given(
    bodies(_PLAIN + _ODD, ("\n", "\n\n", "\n\n\n")), bodies(_PLAIN + _ODD, ("\n", "\n\n", "\n\n\n"))
)
def test_adopting_changes_no_byte_of_the_translation(source: str, target: str) -> None:
    one, other = split_both(source, target)
    links = aligned(one, other)
    body = adopted(one, other, links)
    rest = body
    for segment in other:
        _marks, found, rest = rest.partition(segment.raw)
        assert found == segment.raw
    without = re.sub(
        r"<!-- (?:edited|missing)\r?\nsource: \| # \w+\r?\n(?:(?:  .*)?\r?\n)*?(?:text: \w+\r?\n)?-->\r?\n",
        "",
        body,
    )
    assert "".join(without.split()) == "".join(target.split())
    kinds = (SegmentKind.COMMENT, SegmentKind.LEADING)
    wanted = [[i for i, s in enumerate(side) if s.kind not in kinds] for side in (one, other)]
    assert sorted(i for link in links for i in link.source) == wanted[0]
    assert [i for link in links for i in link.target] == wanted[1]
    assert all(0 <= link.sure <= 1 for link in links)


@settings(max_examples=EXAMPLES)
@given(bodies(_PLAIN, ("\n\n",)), bodies(_PLAIN, ("\n\n",)))
@example("[^n]: Note.\n\n", "Terme\n: sens\n\n[^n]: Note.\n\nTerme\n: sens\n\n")
def test_the_adopted_body_is_the_same_segments_each_edited_and_nothing_more(
    source: str, target: str
) -> None:
    one, other = split_both(source, target)
    body = segments(adopted(one, other))
    ours = [parse_marker(s.raw) for s in body if looks_ours(s.raw)]
    theirs = [s for s in body if not looks_ours(s.raw)]
    assert [(s.kind, s.raw) for s in theirs] == [(s.kind, s.raw) for s in other]
    for marker in ours:  # a place left empty on purpose says so by the fingerprint of no words
        assert marker
        expected = {"edited": "", "missing": fingerprint("")}
        assert marker.text == expected[marker.word]
    assert {found.state for found in pair(one, body)} <= {State.EDITED, State.MISSING, State.STALE}
    if "\r\n" in target:
        assert join(body).count("\n") == join(body).count("\r\n")


def test_a_comment_in_the_original_cannot_end_the_marker() -> None:
    source = "```\na --> b\n```"
    body = adopt(source, "```\na --> b\n```")
    marker = parse_marker(segments(body)[0].raw)
    assert marker is not None
    assert marker.source == source
    assert join(segments(body)).count("-->") == 2


def test_links_may_be_corrected_before_they_are_written() -> None:
    source, target = segments("Un.\n\nDeux."), segments("一。\n\n二。")
    body = adopted(source, target, [Link((1,), (0,), 1.0), Link((), (1,), 1.0)])
    assert body == f"<!-- edited\n{block('source', 'Deux.')}-->\n一。\n\n二。"
