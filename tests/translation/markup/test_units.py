"""Extraction and filling: own units give back the segment; other words never change the structure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.texts import pandoc
from pipeline.texts.segments import Segment, SegmentKind, split
from pipeline.texts.source import parse_source, readable
from pipeline.translation.markup.protect import as_markdown
from pipeline.translation.markup.units import extract, fill, scan

ROOT = Path(__file__).parents[3]
SHARED = os.environ.get("ACTES_SHARED", "")
LONG = bool(os.environ.get("ACTES_LONG"))

PARTS = (
    "# Titre {#id .x}", "## Titre ##", "Titre\n=====", "Titre {#a}\n---", "Un mot.\nDeux *lignes*.",
    "Dur\\\nbris  \nfin", "- un\n- deux\n  - trois\n    quatre", "- un\n\n  para\n\n- deux",
    "1. un\n   suite\n2. deux\n   - x", "1) a\n2) b", "(a) un\n(b) deux", "a. x\nb. y", "i. x\nii. y",
    "- [ ] faire\n- [x] fait", "> cité\n> encore\n>\n> - liste\n> - x", "> > profond\n> fin",
    "> cité\nparesseux", "Terme\n:   Sens\n    suite", "Terme\n\n:   Sens\n\n    suite\n\n:   Autre\n\nT2\n: x",
    "| a | b |\n|:--|--:|\n| un \\| x | `c` |\n| | vide |", "a | b\n--|--\nc | d",
    "| a |\n|---|\n| x |\n\n: Légende", "| a |\n|---|\n| x |\n\nTable: Légende",
    '![alt](a.svg){alt="Autre &quot;x&quot;" width=50%}', "![alt](a.svg)\n![b](c.png)",
    "[^1]: Note.\n    Suite.\n\n    Encore.\n\n    - x", '[x]: https://a.b "Titre"',
    "::: encadré\nDedans.\n\n- x\n:::", '::: {.encadré title="Un titre"}\n## H\n\n::: note\nx\n:::\n:::',
    "```\ncode\n```", "    code", "* * *", "<!-- c -->", "* a\n\n      code\n* b",
    "- a\n  ```\n  x\n  ```\n  b", 'Voir [lien](https://a.b "t") et `c`[^1].', "{.note}\nPara",
    "1. > q\n   > r\n\n   p", "-   large\n    suite", "- \n  vide", "Vrai. **Gras**\n: déf",
    "M. Dupont\nest 2024. an", "市は給食の**40％**を\n調達。", "<p>brut</p>", "~~~\nouvert",
)  # fmt: skip
MEANT_AS_BLOCKS = (
    "1. un", "- deux", "# x", "> y", "::: z", "| a | b", "```", "~~~", "a. b", "(a) c", "[^9]: d",
    "[x]: http://e", "<div>", "<!-- f", "===", "---", "***", "{.g}", "Table: h", ": i", "    j", "M. K",
    "x\n\n\ny", "x\n- y\n1. z", "*a", "a `b", "[c](d)", "![e](f)", "<b>g</b>", "{#h}", "x #", "x {#i}",
    "&amp;", "\\", "a|b", '"q"', "**", "__a__", "~a~", "^b^", "普通の文。\n次の文。", "+ x", "1) y",
    "| x |\n|--|", "x\n===", "x\n: y", "i. x", "#", "２．x", "![", "!", "\\\\", "](x)", "[^1]",
)  # fmt: skip


def segments(bodies: dict[str, str]) -> Iterator[tuple[str, Segment]]:
    """Every segment of the bodies."""
    for name, parsed in pandoc.read_all({n: readable(b) for n, b in bodies.items()}).items():
        assert isinstance(parsed, pandoc.Parsed)
        for segment in split(bodies[name], parsed):
            yield name, segment


def same(segment: Segment) -> bool:
    template = extract(segment)
    return fill(template, [unit.text for unit in template.units]) == segment.raw


def bodies_below(folder: Path) -> dict[str, str]:
    found = {str(path): parse_source(str(path), path.read_bytes()) for path in folder.rglob("*.md")}
    return {name: source.body for name, source in found.items()}


def test_every_segment_of_the_sample_is_filled_with_its_own_units() -> None:
    assert not [
        segment.raw for _, segment in segments(bodies_below(ROOT / "sources")) if not same(segment)
    ]


def test_every_segment_of_the_corpus_is_filled_with_its_own_units() -> None:
    if not SHARED:
        pytest.skip("ACTES_SHARED does not point to the project's shared folder")
    found = bodies_below(Path(SHARED) / "corpus")
    assert found
    assert not [segment.raw for _, segment in segments(found) if not same(segment)]


LOOSE = st.text(st.sampled_from(list("ab é市「*_`[](){}<>!#-:|>1.\n\r\t \\~^\"'=&")), max_size=60)
RAW = st.lists(st.one_of(st.sampled_from(PARTS), LOOSE), max_size=4).flatmap(
    lambda parts: st.sampled_from(["\n", "\n\n", "\r\n\r\n", "\r"]).map(lambda gap: gap.join(parts))
)


@given(RAW, st.sampled_from(list(SegmentKind)))
def test_whatever_a_segment_is_taken_for_its_own_units_give_it_back(
    raw: str, kind: SegmentKind
) -> None:
    assert same(Segment(kind, raw, "", 1, 0))
    assert same(Segment(kind, raw.replace("\n", "\r\n"), "", 1, 0))


def skeleton(node: Any) -> Any:
    """An AST without its words: kinds, levels, ids, counts of items and cells."""
    if isinstance(node, list):
        return [skeleton(item) for item in node]
    kind, content = (node["t"], node.get("c")) if isinstance(node, dict) else ("", node)
    if kind in ("Para", "Plain"):
        return kind, sorted(
            {item["t"] for item in content} & {"Image", "RawInline", "Link"} - {"Link"}
        )
    if kind == "Header":
        return kind, content[:2]
    if kind == "DefinitionList":
        return kind, [[skeleton(definition) for definition in item[1]] for item in content]
    if kind == "Div":
        return kind, content[0][:2], [key for key, _ in content[0][2]], skeleton(content[1])
    if kind == "Figure":
        return kind, content[0], skeleton(content[2])
    if kind == "Table":
        head, bodies = content[3][1], content[4]
        return (
            kind,
            [len(row[1]) for row in head],
            [[len(r[1]) for r in body[3]] for body in bodies],
        )
    return kind, skeleton(content) if kind and kind != "CodeBlock" else content


def test_words_that_look_like_blocks_change_no_structure() -> None:
    random = Random(7)
    before = {
        str(n): "\n\n".join(random.choice(PARTS) for _ in range(random.randint(1, 3))) + "\n"
        for n in range(3_000 if LONG else 400)
    }
    before = {name: body for name, body in before.items() if body.count("~~~") != 1}
    after = dict.fromkeys(before, "")
    for name, segment in segments(before):
        template = extract(segment)
        words = [as_markdown(random.choice(MEANT_AS_BLOCKS)) for _ in template.units]
        after[name] += fill(template, words) + segment.after
    read = {
        when: pandoc.read_all({n: readable(b) for n, b in texts.items()})
        for when, texts in (("before", before), ("after", after))
    }
    for name in before:
        old, new = read["before"][name], read["after"][name]
        assert isinstance(old, pandoc.Parsed)
        assert isinstance(new, pandoc.Parsed)
        assert skeleton(list(old.blocks)) == skeleton(list(new.blocks)), (
            before[name] + "→\n" + after[name]
        )


def units(raw: str) -> list[str]:
    return [unit.text for unit in scan(raw).units]


def test_what_is_a_unit() -> None:
    assert units("## Titre {#id}") == ["Titre"]
    assert units("- [ ] un\n  deux\n- trois") == ["un\ndeux", "trois"]
    assert units("| a | `b` |\n|---|---|\n| 1 | x \\| y |\n\n: Légende") == [
        "a", "`b`", "1", "x \\| y", "Légende",
    ]  # fmt: skip
    assert units("Terme\n:   Sens\n    suite") == ["Terme", "Sens\nsuite"]
    assert units('![Légende](a.svg){alt="Dit &quot;tout&quot;"}') == ["Légende", 'Dit "tout"']
    assert units('::: {.encadré title="T"}\nx\n:::') == ["T", "x"]
    assert units('[x]: https://a.b "Titre"\n[y]: https://a.b') == ["Titre"]
    assert units("```\ncode\n```\n\n    code\n\n---\n\n<!-- c -->") == []
    assert [unit.prose for unit in scan("# T\n\nCorps.\n\n- x").units] == [False, True, True]


def test_more_lines_than_the_source_stay_in_their_place() -> None:
    assert fill(scan("> - un\n"), ["a\nb"]) == "> - a\n>   b\n"
    assert fill(scan("> un\n> deux\n"), ["a\nb\nc"]) == "> a\n> b\n> c\n"
    assert fill(scan("- > un\n  > deux\n"), ["a\nb\nc"]) == "- > a\n  > b\n  > c\n"
    assert fill(scan("[^1]: un\r\n"), ["a\nb"]) == "[^1]: a\r\n    b\r\n"
    assert fill(scan("# un\n"), ["a\nb"]) == "# a b\n"
    assert (
        fill(scan("| a | b |\n|---|---|\n"), ["x|y", "一\n二"]) == "| x\\|y | 一二 |\n|---|---|\n"
    )
    assert fill(scan('![a](b.png){alt="c"}'), ["x", 'y "z" & \\[w\\]']) == (
        '![x](b.png){alt="y &quot;z&quot; & [w]"}'
    )


def test_as_many_translations_as_units() -> None:
    with pytest.raises(ValueError, match="1 translations for 2 units"):
        fill(scan("- a\n- b"), ["x"])
