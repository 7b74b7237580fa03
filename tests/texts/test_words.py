"""Words joined and taken apart; legends and boxes by the words of any language table."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.texts import allow, ast, captions, pandoc
from pipeline.texts.source import readable
from pipeline.texts.typeset import SCRIPTS, stands_out, tag_script
from pipeline.workspace.languages import markup_of

NODES = st.lists(
    st.one_of(
        st.just(ast.SPACE),
        st.just({"t": "LineBreak"}),
        st.text(st.sampled_from("aé市\u00a0."), min_size=1).map(lambda w: {"t": "Str", "c": w}),
    )
)
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n\n"


@given(NODES)
def test_joined_words_say_the_same(nodes: list[pandoc.Node]) -> None:
    joined = ast.joined(nodes)
    assert ast.plain_text(joined) == ast.plain_text(nodes)
    assert ast.plain_text(ast.apart(joined)) == ast.plain_text(nodes)
    assert ast.joined(ast.apart(joined)) == joined
    assert not any(a["t"] == b["t"] == "Str" for a, b in pairwise(joined))


def cleaned(body: str, root: Path | None = None) -> allow.Cleaned:
    parsed = pandoc.read_all({"a": readable(body)})["a"]
    assert isinstance(parsed, pandoc.Parsed)
    return allow.clean(parsed.blocks, "sources/eco/a.fr.md", 0, root and markup_of(root))


@pytest.mark.parametrize(
    "line",
    [": Les chiffres", "Table: Les chiffres", "Tableau : Les chiffres", "Tabla: Les chiffres",
     "表：Les chiffres", "표: Les chiffres"],
)  # fmt: skip
def test_a_legend_begins_with_the_word_for_a_table(line: str) -> None:
    [[table], []] = cleaned(TABLE + line).blocks
    assert ast.plain_text(table["c"][1][1]).strip() == "Les chiffres"


@pytest.mark.parametrize(
    "line", ["Note: Les chiffres", ":Les chiffres", "Tableau 1 : x", "表の例：x"]
)
def test_other_paragraphs_stay(line: str) -> None:
    assert len(cleaned(TABLE + line).blocks[1]) == 1


@pytest.mark.parametrize("name", ["encadré", "囲み", "box", "recuadro", "상자", "kasten"])
def test_a_box_by_its_name_in_any_language(name: str) -> None:
    found = cleaned(f"::: {name}\nDedans.\n:::")
    assert found.problems == ()
    assert found.blocks[0][0]["c"][0][1] == ["box"]


def test_a_table_of_the_workspace_adds_words(tmp_path: Path) -> None:
    assert [p.rule for p in cleaned("::: boks\nx\n:::", tmp_path).problems] == ["class-unknown"]
    own = tmp_path / "templates/languages"
    own.mkdir(parents=True)
    (own / "da.toml").write_text('boxes = ["boks"]\n[labels]\ntable = "Tabel"\n', encoding="utf-8")
    (own / "xx.toml").write_text("no table at all", encoding="utf-8")
    assert cleaned("::: boks\nx\n:::", tmp_path).problems == ()
    assert cleaned(TABLE + "Tabel: x", tmp_path).blocks[1] == ()


def tagged(words: str, script: str) -> str:
    block = ast.para(ast.text(words))
    tag_script([block], script, "xx")
    return "".join(
        f"<{node['c'][1][0]['c']}>" if node["t"] == "Span" else node["c"] for node in block["c"]
    )


@pytest.mark.parametrize(
    ("script", "words", "expected"),
    [
        ("japanese", "le mot 市民（しみん）désigne", "le mot <市民（しみん）>désigne"),
        ("japanese", "Élise （à part） dit", "Élise （à part） dit"),
        ("han", "la ville 北京 est", "la ville <北京> est"),
        ("hangul", "la ville 서울 est", "la ville <서울> est"),
    ],
)
def test_runs_of_another_script(script: str, words: str, expected: str) -> None:
    assert tagged(words, script) == expected


def test_which_scripts_stand_out() -> None:
    assert {s for s in SCRIPTS if stands_out(s, "latin")} == {"japanese", "han", "hangul"}
    assert {s for s in SCRIPTS if stands_out(s, "japanese")} == {"hangul"}
    assert not stands_out("latin", "japanese")


@pytest.mark.parametrize(
    ("word", "gap"), [("Figure", "\u00a0"), ("그림", "\u00a0"), ("図", ""), ("表", ""), ("", "")]
)
def test_a_caption_parts_its_word_from_its_number_as_its_script_does(word: str, gap: str) -> None:
    assert captions.gap(word) == gap
