"""Marks go to an engine and come back exactly, or not at all; an engine's words are words."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.texts import pandoc
from pipeline.texts.source import readable
from pipeline.translation.markup.inline import scan
from pipeline.translation.markup.protect import (
    Style,
    as_markdown,
    bare,
    pieces,
    protect,
    restore,
    sendable,
)

UNIT = "Voir [le *site*](https://a.org/x) et **40 %**[^1] de `code`, <https://b.org>."
WORDS = st.sampled_from(
    ["Un mot", "市は", "「重要」", " ", ", ", "。", "l’eau", "40 % ", "a < b & c", "2 * 3", "M. K", "\\*", "&amp;",
     "une\nligne", "一行\n二行", "snake_case", "[sic]", "!", "(x)", "\u00a0", "x1", "ZQ1X", "<", ">"]
)  # fmt: skip
ALONE = st.sampled_from(
    ["[^1]", "`a b`", "`` ` ``", "<https://a.b>", "https://a.b/c", "<!-- c -->", "\\\n", "a@b.org"]
)
MARKS = [("**", "**"), ("*", "*"), ("~~", "~~"), ("[", "](https://a.b)"), ("[", "][ref]"), ("![", "](a.svg)"),
         ("[", "]{lang=fr}"), ("_", "_"), ("^", "^"), ("~", "~")]  # fmt: skip
UNITS = st.recursive(
    st.one_of(WORDS, ALONE),
    lambda inner: st.lists(inner, min_size=1, max_size=4).flatmap(
        lambda parts: st.one_of(
            st.just("".join(parts)),
            st.sampled_from(MARKS).map(lambda m: m[0] + "".join(parts) + m[1]),
        )
    ),
    max_leaves=8,
)
LOOSE = st.text(st.sampled_from(list("ab é市「*_`[](){}<>!#-:1.\n \\~^\"'=&/x")), max_size=40)
ANY = st.one_of(UNITS, LOOSE)


@given(ANY)
def test_the_pieces_of_a_unit_are_the_unit(unit: str) -> None:
    assert "".join(piece.raw for piece in scan(unit)) == unit


@given(ANY, st.sampled_from(Style))
def test_an_engine_that_changes_nothing_gives_back_the_unit(unit: str, style: Style) -> None:
    unit = "\n".join(line for line in unit.split("\n") if line.strip())
    protected = protect(unit, style)
    assert restore(protected, protected.text) == unit


@given(ANY)
def test_pieces_joined_with_themselves_are_the_unit(unit: str) -> None:
    found = pieces(unit)
    assert found.join(found.texts) == unit


def test_what_is_sent() -> None:
    assert protect(UNIT, Style.TAGS).text == (
        "Voir <x1>le <x2>site</x2></x1> et <x3>40 %</x3><x4/> de <x5/>, <x6/>."
    )
    assert protect(UNIT, Style.TOKENS).text == (
        "Voir ZQ1X le ZQ2X site ZQ3XZQ4X et ZQ5X 40 %ZQ6XZQ7X de ZQ8X, ZQ9X."
    )
    assert protect("a < b & <b>", Style.TAGS).text == "a &lt; b &amp; <x1/>"
    assert protect("Ligne\nune", Style.TAGS).text == "Ligne une"
    assert protect("一行。\n二行。", Style.TOKENS).text == "一行。二行。"


def test_bold_beside_japanese_brackets_is_a_mark() -> None:
    assert protect("これは**「重要」**です", Style.TAGS).text == "これは<x1>「重要」</x1>です"
    assert protect("給食の**40％**を", Style.TAGS).text == "給食の<x1>40％</x1>を"
    assert protect("le **« gras »**est", Style.TAGS).text == "le **« gras »**est"
    bold = protect("Un **mot** dit", Style.TAGS)
    assert restore(bold, "それは<x1>「言葉」</x1>だ") == "それは**「言葉」**だ"


def test_marks_are_never_words_of_the_text() -> None:
    assert protect("x1 \\<x1> **a**", Style.TAGS).text == "x1 &lt;x1&gt; <g1>a</g1>"
    assert protect("zq 1 x **a**", Style.TOKENS).text == "zq 1 x ZX1X a ZX2X"


ANSWER = "詳細は<x1><x2>サイト</x2></x1>を参照。<x5/>の<x3>40％</x3><x4/>は<x6/>。"
RESTORED = "詳細は[*サイト*](https://a.org/x)を参照。`code`の**40％**[^1]は<https://b.org>。"


def test_marks_come_back_in_another_order() -> None:
    assert restore(protect(UNIT, Style.TAGS), ANSWER) == RESTORED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<x4/>", "<x4>"), ("<x4/>", "<x4></x4>"), ("<x4/>", "< x4 / >"), ("<x4/>", "＜ｘ４／＞"), ("<x4/>", "<X4/>"),
        ("<x4/>", " <x4/>"), ("</x2></x1>", "</x1></x2>"), ("<x3>40％</x3>", "<x3> 40％ </x3>"), ("</x3>", "<x3>"),
        ("<x1>", "&lt;x1&gt;"), ("<x2>サイト", "<x2> サイト"), ("を参照", " を参照"),
    ],
)  # fmt: skip
def test_usual_damage_to_tags_is_put_right(old: str, new: str) -> None:
    assert restore(protect(UNIT, Style.TAGS), ANSWER.replace(old, new)) == RESTORED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<x4/>", ""), ("<x4/>", "<x4/><x4/>"), ("<x1>", ""), ("</x1>", ""), ("<x4/>", "<x7/>"), ("<x3>", "<xthree>"),
        ("</x2></x1>", "</x1>を</x2>"), ("<x3>40％</x3>", "<x3></x3>40％"), ("<x4/>", "</x4>"), ("<x3>", "<x3/>"),
        ("<x1><x2>サイト</x2></x1>", "<x2><x1>サイト</x1></x2>"),
    ],
)  # fmt: skip
def test_other_damage_to_tags_is_refused(old: str, new: str) -> None:
    assert restore(protect(UNIT, Style.TAGS), ANSWER.replace(old, new)) is None


TOKENS = "詳細は ZQ1X ZQ2X サイト ZQ3XZQ4X を参照。ZQ8X の ZQ5X 40％ ZQ6XZQ7X は ZQ9X 。"
TOKENS_RESTORED = RESTORED.replace("https://b.org>。", "https://b.org>。")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""), ("ZQ7X", "zq7x"), ("ZQ7X", "ZQ 7 X"), ("ZQ7X", "ＺＱ７Ｘ"), (" ZQ5X ", "ZQ5X"), ("ZQ6XZQ7X", "ZQ6X ZQ7X"),
        ("ZQ3XZQ4X", "ZQ4XZQ3X"), ("ZQ1X ", "ZQ1X"), ("ZQ9X 。", "ZQ9X。"),
    ],
)  # fmt: skip
def test_usual_damage_to_tokens_is_put_right(old: str, new: str) -> None:
    assert restore(protect(UNIT, Style.TOKENS), TOKENS.replace(old, new, 1)) == TOKENS_RESTORED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ZQ7X", ""),
        ("ZQ7X", "ZQ7XZQ7X"),
        ("ZQ7X", "ゼットキュー7"),
        ("ZQ7X", "ZQ70X"),
        ("ZQ6X", "ZQ5X"),
        ("ZQ7X", "7"),
    ],
)
def test_other_damage_to_tokens_is_refused(old: str, new: str) -> None:
    assert restore(protect(UNIT, Style.TOKENS), TOKENS.replace(old, new)) is None


@given(ANY, st.sampled_from([Style.TAGS, Style.TOKENS]), st.randoms(use_true_random=False))
def test_a_damaged_mark_is_repaired_exactly_or_refused(
    unit: str, style: Style, random: Any
) -> None:
    protected = protect(unit, style)
    assume(protected.cloth.marks)
    sound = restore(protected, protected.text)
    name = protected.marks.name if protected.marks else ""
    shape = rf"</?{name}[0-9]+/?>" if style is Style.TAGS else rf"{name}[0-9]+X"
    marks = list(re.finditer(shape, protected.text))
    mark = random.choice(marks)
    damaged = random.choice(
        [
            "", mark[0] * 2, mark[0].swapcase(), mark[0].translate({c: c + 0xFEE0 for c in range(0x30, 0x3A)}),
            f" {mark[0]} ", re.sub(r"([0-9]+)", r" \1 ", mark[0]), re.sub("[0-9]+", "99", mark[0]), "印",
        ]
    )  # fmt: skip
    answer = protected.text[: mark.start()] + damaged + protected.text[mark.end() :]
    got = restore(protected, answer)
    assert got is None or _blind(got) == _blind(sound or unit)


def _blind(text: str) -> str:
    """Markdown without spaces: a space beside a mark is no loss of a word."""
    return "".join(text.split())


INVENTED = (
    "<script>alert(1)</script>", "[clic](https://evil.org)", "![x](https://evil.org/a.png)", "**gras**", "`code`",
    "<https://evil.org>", "[^9]", "~~x~~", "<b>x</b>", "<!-- x -->", "&lt;script&gt;", "[x]{.y}", "\\", "*", "[", "](z)",
    "![", "{.x}", "_x_", "^x^", "&#x3c;b>", "&amp;lt;b>", "!",
)  # fmt: skip


@settings(max_examples=30)
@given(
    st.lists(st.sampled_from(INVENTED), min_size=1, max_size=3),
    st.sampled_from([Style.TAGS, Style.TOKENS]),
)
def test_an_answer_adds_no_markup(invented: list[str], style: Style) -> None:
    unit = "Un [lien](https://a.b) de **mots**[^1]."
    protected = protect(unit, style)
    got = restore(protected, "".join(invented).join(re.split("(?=de)", protected.text)))
    words, joined = as_markdown("".join(invented)), pieces(unit).join(["".join(invented)] * 4)
    wanted, escaped, kept, restored = inlines(unit, words, joined, got or unit)
    assert escaped == []
    assert kept in (wanted, [kind for kind in wanted if kind != "Strong"])
    assert restored == wanted


def inlines(*units: str) -> list[list[str]]:
    """The kinds of marks that pandoc reads in each unit."""
    bodies = {str(n): readable(f"{unit}\n\n[^1]: a\n") for n, unit in enumerate(units)}
    return [marks_in(list(parsed.blocks)) for parsed in pandoc.read_all(bodies).values()]


def marks_in(node: Any) -> list[str]:
    if isinstance(node, list):
        return [kind for item in node for kind in marks_in(item)]
    if not isinstance(node, dict):
        return []
    kind = [] if node["t"] in {"Str", "Space", "SoftBreak", "Para"} else [node["t"]]
    return kind + marks_in(node.get("c"))


def test_spaces_beside_marks_suit_both_languages() -> None:
    french = protect("Voir **ici** pour", Style.TOKENS)
    assert restore(french, "ZQ1X ここ ZQ2X を見る") == "**ここ**を見る"
    japanese = protect("**ここ**を見る", Style.TAGS)
    assert restore(japanese, "voir<x1>ici</x1>pour") == "voir **ici** pour"
    note = protect("行く[^1]。", Style.TOKENS)
    assert restore(note, "Il va ZQ1X.") == "Il va[^1]."
    assert (
        restore(protect("\u3000_x_ ", Style.TAGS), "これは<x1>強調</x1>です")
        == "\u3000これは*強調*です "
    )


def test_a_link_by_its_words_keeps_its_label() -> None:
    protected = protect("Le [guide] et [lui][]", Style.TAGS, labels=["Guide"])
    assert protected.text == "Le <x1>guide</x1> et <x2>lui</x2>"
    assert restore(protected, "<x1>手引</x1>と<x2>彼</x2>") == "[手引][guide]と[彼][lui]"


def test_fixed_words_are_printed_as_the_glossary_says() -> None:
    fixed = [("Minosato", "実野里市"), ("DX", "DX")]
    protected = protect("À Minosato, la DX", Style.TAGS, fixed)
    assert protected.text == "À <x1/>, la <x2/>"
    assert restore(protected, "<x1/>の<x2/>") == "実野里市のDX"
    assert protect("Minosatoise, ADX", Style.TAGS, fixed).text == "Minosatoise, ADX"
    assert protect("DXの推進", Style.TAGS, fixed).text == "<x1/>の推進"
    plain = protect("À **Minosato**", Style.PLAIN, fixed)
    assert plain.text == "À **実野里市**"
    assert restore(plain, "**実野里市**では") == "**実野里市**では"
    assert restore(plain, "**町**では") is None


def test_what_is_worth_sending() -> None:
    assert sendable("Un **mot**")
    assert sendable("[lien](https://a.b)")
    for unit in (
        "3 200",
        "`code`",
        "<https://a.b>",
        "https://a.b",
        "—",
        "[^1]",
        "**42 %**",
        "a@b.org",
        "",
    ):
        assert not sendable(unit), unit
    assert not sendable("DX", [("DX", "DX")])


def test_words_alone() -> None:
    assert bare(UNIT) == "Voir le site et 40 % de code, https://b.org."
    assert as_markdown(" a*b [c](d) ") == "a\\*b \\[c\\](d)"


def test_long_hostile_units_end() -> None:
    for sign in (
        "*a ",
        "[",
        "](",
        "`a``",
        "<!--",
        "{#a",
        "_*",
        "~",
        "a@",
        "]{#a ",
        "![",
        "&a",
        "<a ",
        '](a "',
        "[^",
    ):
        unit = sign * 3_000
        assert restore(protect(unit, Style.TAGS), protect(unit, Style.TAGS).text) in (unit, None)


def test_neighbours_are_words_and_marks_in_turn() -> None:
    roles = [piece.words == "" for piece in scan(UNIT)]
    assert not any(not a and not b for a, b in pairwise(roles))
