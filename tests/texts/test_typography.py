"""French and Japanese typography, rule by rule."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.texts import ast
from pipeline.texts.typeset import typeset, words
from pipeline.texts.typography import correct

N, T = "\u00a0", "\u202f"

FRENCH = [
    ("Bonjour ! Ça va ? Oui ;", f"Bonjour{T}! Ça va{T}? Oui{T};"),
    ("Oui! Non?", f"Oui{T}! Non{T}?"),
    ("deux points : voici", f"deux points{N}: voici"),
    ("deux points: voici", f"deux points{N}: voici"),
    ("«mot» et « mot »", f"«{N}mot{N}» et «{N}mot{N}»"),
    ('il dit "oui" hier', f"il dit «{N}oui{N}» hier"),
    ('l\'"égalité" ("50 %")', f"l’«{N}égalité{N}» («{N}50{N}%{N}»)"),
    ('"…fin", un tube de 12" et "/x"', f'«{N}…fin{N}», un tube de 12" et «{N}/x{N}»'),
    ('"Le mot "paix" seul"', f"«{N}Le mot «{N}paix{N}» seul{N}»"),
    ("l'eau d'Aix", "l’eau d’Aix"),
    ("10 000 habitants et 40 %", f"10{T}000{N}habitants et 40{N}%"),
    ("1 234 567 €", f"1{T}234{T}567{N}€"),
    ("En 2024 150 communes", "En 2024 150 communes"),
    ("En 2024 150 000 arbres", f"En 2024 150{T}000 arbres"),
    ("M. Dupont, art. 3, ODD 11", f"M.{N}Dupont, art.{N}3, ODD{N}11"),
    ("le 21 novembre 2024", f"le 21{N}novembre 2024"),
    ("et cetera...", "et cetera…"),
    ("https://example.org/a?b=c:d;e! fin", "https://example.org/a?b=c:d;e! fin"),
    ("à 15:30 précises", "à 15:30 précises"),
    ("contact@example.org : oui", f"contact@example.org{N}: oui"),
]
JAPANESE = [
    ("ＡＢＣ１２３", "ABC123"),
    ("ﾃｽﾄ", "テスト"),
    ("市 は SDGs を", "市はSDGsを"),
    ("であった。 2017年に、 ABC （ 3 ）を", "であった。2017年に、ABC（3）を"),
    ("経済,社会", "経済、社会"),
    ("経済，社会．", "経済、社会。"),
    ("静岡市(日本)で", "静岡市（日本）で"),
    ("本当か?", "本当か？"),
    ("１２月の 10 日", "12月の10日"),
    ("Shizuoka City (Japan)", "Shizuoka City (Japan)"),
    ("名前　肩書", "名前　肩書"),
    ("１，２００万円、１，２３４，５６７人、１．５倍", "1,200万円、1,234,567人、1.5倍"),
    ("１，２，３", "1、2、3"),
]


@pytest.mark.parametrize(("typed", "set_"), FRENCH)
def test_french(typed: str, set_: str) -> None:
    assert correct(typed, "french") == set_


@pytest.mark.parametrize(("typed", "set_"), JAPANESE)
def test_japanese(typed: str, set_: str) -> None:
    assert correct(typed, "japanese") == set_


def test_chinese_punctuation_has_its_space_in_itself() -> None:
    assert correct("于 2018 年。 2019 年， ABC 市", "chinese") == "于 2018 年。2019 年，ABC 市"


def test_a_chinese_sentence_broken_over_two_lines_has_no_space() -> None:
    assert correct("地方 政府的 ABC 合作", "chinese") == "地方政府的 ABC 合作"


MIXED = st.text(
    alphabet=st.sampled_from(list("ab1éÉ 0«»\"':;!?%€.,()市のー」「（）、。Ａ１，ﾃ\u00a0\u202f/@"))
)


@given(MIXED, st.sampled_from(["french", "japanese", "chinese"]))
def test_letters_survive(text: str, kind: str) -> None:
    """No rule adds, drops or reorders a letter or digit (width aside)."""

    def letters(value: str) -> str:
        import unicodedata

        wide = unicodedata.normalize("NFKC", value)
        return "".join(character for character in wide if character.isalnum())

    assert letters(correct(text, kind)) == letters(text)


def test_quotations_among_addresses_take_time_in_proportion() -> None:
    """Half a megabyte took a minute and a half, when each was held against all addresses."""
    started = time.process_time()
    assert correct('"a" http://x.fr ' * 32_000, "french").count("»") == 32_000
    assert time.process_time() - started < 5


def test_code_and_link_targets_are_left_alone() -> None:
    code = {"t": "Code", "c": [ast.EMPTY, "a : b ; c"]}
    target = ast.link(ast.text("voir : ici"), "https://example.org/?a=b;c")
    [block] = typeset([ast.para([code, ast.SPACE, target])], "french")
    assert block["c"][0] == code
    assert block["c"][2]["c"][2][0] == "https://example.org/?a=b;c"
    assert ast.plain_text(block["c"][2]["c"][1]) == f"voir{N}: ici"


def test_the_indentation_of_a_paragraph_is_the_layouts() -> None:
    """before a paragraph and before each of its lines; before the words of a cell it stays."""
    bold = ast.strong(ast.text("　市は"))
    words = [
        bold,
        {"t": "Str", "c": "開く。"},
        {"t": "SoftBreak"},
        {"t": "Str", "c": "　夜も　開く。"},
    ]
    [block] = typeset([ast.para(words)], "japanese")
    assert ast.plain_text([block]).strip() == "市は開く。夜も　開く。"
    cell = {"t": "Plain", "c": [{"t": "Str", "c": "　うち市"}]}
    assert ast.plain_text(typeset([cell], "japanese")).strip(" ") == "　うち市"


def test_rules_see_across_markup() -> None:
    """« **40** % » : the number is bold, its sign is not."""
    bold = ast.strong(ast.text("40"))
    [block] = typeset([ast.para([bold, ast.SPACE, {"t": "Str", "c": "%"}])], "french")
    assert ast.plain_text([block]).strip() == f"40{N}%"


@pytest.mark.parametrize(
    ("typed", "raised"),
    [
        ("8e Rencontres", ["e"]),
        ("8es Rencontres", ["es"]),
        ("1er mars", ["er"]),
        ("XXIe siècle", ["e"]),
        ("le Ier et la Ire", ["er", "re"]),
        ("2ème étage", ["e"]),
        ("Vers une ville", []),
        ("Les Mes Ces Des", []),
        ("code A8e12", []),
    ],
)
def test_ordinals_are_superscripts(typed: str, raised: list[str]) -> None:
    found = [node for node in ast.walk(words(typed, "french")) if node["t"] == "Superscript"]
    assert [ast.plain_text(node["c"]) for node in found] == raised
