"""What holds for every text that `repair_plain_text` is given."""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.drafts.plaintext.markdown import inline
from pipeline.drafts.plaintext.model import Traced
from pipeline.drafts.plaintext.repair import ImportedText, repair_plain_text

LANGUAGES = st.sampled_from(["fr", "ja", "en", "pt-BR", ""])

_WORDS = (
    "la ville de Sète marché cantine co- non- Aix-en- peut- elle créer Dr. M. art. etc. 8e"
    " XXIe 1er COVID-19 japonais)1 mot2 fin.3 [1] (2) ※ ※1 * ** _a_ `b` <i> &amp; $5 ^x^ ~~"
    " \\ | {#a} « » “ ” \" ' ' l'eau d’eau , ; : ! ? ?! … -- — l • ● ・ ① （ ） （注） 市 。"
    " 「市」 https://a.fr/x_y- a@b.fr ﬁn e\u0301te\u0301 \u00a0 \u202f \u200b \u00ad \ufffd"
    " \uf0b7 &\"'()(*+,-$.,$/ (cid:12)(cid:13) 10:30 3,5 1.5 # ## + - 1. 2) a) I. :: :a: ==="
    " --- “市” CO2 km2 www.a.fr fin.Le mot,mot"
)
WORDS = st.sampled_from(_WORDS.split(" "))
HEADS = st.sampled_from(
    ["", "", "", "l ", "● ", "- ", "– ", "* ", "・", "1. ", "2. ", "3. ", "1) ", "2) ", "a) ",
     "b) ", "① ", "② ", "１．", "(1) ", "（２）", "I. ", "1.1 ", "1 ", "2 ", "[1] ", "※ ", "注1 ",
     "## ", "  ", "\t", "\u3000", "Figure 1 : ", "第1章 ", "Page 3", "12", "- 4 -", "> ", "    "]
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\n", "\n", "\n\n", " \n", "\r\n", "\r", "\f", "\n\f", "\n\t\n",
                        "-\n", ".\n", ":\n", "\n" + " " * 40 + "\n", "\n_____\n", "\nNotes\n",
                        "\x0b", "\u2028", "\u2029", "\x85"])  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line of plausible words, in small letters or capitals, with a head and an end."""
    words = " ".join(draw(st.lists(WORDS, max_size=14)))
    if draw(st.integers(0, 5)) == 0:
        words = words.upper()
    return draw(HEADS) + words + draw(ENDS)


TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(lines(), max_size=25).map("".join),
    st.text(
        alphabet="aéE1 .,-()[]«»“”\"'’`*_~^$\\{}<>&|#:;!?\n\f\tl•・※。「」（）あ漢\u0301\ufdd0",
        max_size=300,
    ),
)


def letters(text: str) -> Counter[str]:
    """The letters and digits of a text, with how often each is met."""
    return Counter(char for char in text if char.isalnum())


def balance(given_text: str, done: ImportedText) -> None:
    """Assert that what went in, changed as the repairs say, is what came out."""
    expected = letters(given_text)
    for repair in done.repairs:
        expected.update(letters(repair.after))
        expected.subtract(letters(repair.before))
    assert +expected == letters(done.title) + letters(done.body)
    assert not -expected


@settings(max_examples=400, deadline=None)
@given(TEXTS, LANGUAGES)
def test_what_holds_for_every_text(text: str, language: str) -> None:
    """No letter is lost or invented but by a listed repair, nor where the output is given again."""
    done = repair_plain_text(text, language)
    balance(text, done)
    assert repair_plain_text(text, language) == done
    balance(done.body, repair_plain_text(done.body, language))
    _places_are_in_the_input_and_in_the_body(text, done)
    _the_output_is_clean(done)


def _places_are_in_the_input_and_in_the_body(text: str, done: ImportedText) -> None:
    count = len(re.findall(r"\r\n?|\n", text)) + 1
    for line, column in [(told.line, told.column) for told in done.repairs] + [
        (told.line, told.column) for told in done.doubts
    ]:
        assert 1 <= line <= count
        assert column >= 1
    for doubt in done.doubts:
        assert 0 <= doubt.out_line <= done.body.count("\n")


def _the_output_is_clean(done: ImportedText) -> None:
    assert "\n" not in done.title
    assert done.title == done.title.strip()
    assert done.body == "" or (done.body.endswith("\n") and not done.body.startswith("\n"))
    assert "\n\n\n" not in done.body
    for line in done.body.split("\n"):
        assert line == line.rstrip()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ud800-\udfff\ufeff]", done.body)
    told = "".join(doubt.excerpt for doubt in done.doubts)
    assert not re.search("[\ufdd0-\ufdef]", told)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_mark_has_one_definition_and_every_definition_a_mark(text: str) -> None:
    body = repair_plain_text(text, "fr").body
    defined = re.findall(r"^\[\^(\d+)\]: ", body, re.MULTILINE)
    called = re.findall(r"(?<!\\)\[\^(\d+)\](?!: )", body)
    assert len(defined) == len(set(defined))
    assert set(defined) <= set(called) | set(re.findall(r"(?<=\S)\[\^(\d+)\]", body))


LITERAL = st.lists(
    st.sampled_from(
        [*"ab1M. -+#>=~*_`[](){}<>&|;$^:!\\\"'@/", ". ", ") ", "- ", "1. ", "i) ", "(a) ", "::: ",
         "&amp;", "--", "***", "==", "| a |", "<b>", "http://a.b/c_d", ":a:", "[^1]: ", "[a]: b",
         "```", "~~~", "(@) ", "![a](b)", "{.x}", "M. ", "# ", " #", "xx. ", ": "]
    ),
    min_size=1, max_size=9,
).map(lambda parts: " ".join("".join(parts).split())).filter(bool)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(LITERAL)
def test_what_markdown_would_interpret_is_shown_as_it_stands(text: str) -> None:
    """Pandoc, which publishes the text, reads back one paragraph with the signs that went in."""
    pypandoc = pytest.importorskip("pypandoc")
    line = inline(Traced(text, tuple(range(len(text)))), "en").text
    tree = json.loads(pypandoc.convert_text(line, "json", format="commonmark_x-smart"))
    (block,) = tree["blocks"]
    assert block["t"] == "Para"
    kinds = {inlined["t"] for inlined in block["c"]}
    assert kinds <= {"Str", "Space"}
    assert "".join(inlined.get("c", " ") for inlined in block["c"]) == text


PROSE = (
    "Le marché couvert a rouvert au printemps, après une longue fermeture que\n"
    "les commerçants (les plus anciens)1 avaient acceptée, dit-on ; les co-\n"
    "propriétaires “aussi”.\n\n- un quai\n- une place\n\n"
)


def test_300_kb_of_prose_take_seconds() -> None:
    text = PROSE * (300_000 // len(PROSE))
    begun = time.process_time()
    balance(text, repair_plain_text(text, "fr"))
    assert time.process_time() - begun < 30  # a second or two; the limit is for a slow machine


SIZE, SECONDS = (300_000, 90) if os.environ.get("ACTES_LONG") else (30_000, 7)
HARD = [
    *(" ", "a", "“", "(", "（", "\f", "\t", "\n", "_", "*", ".", "[1] ", "a@", "mot1 ", "co- "),
    *("« x ", "8e ", "l x\n", "co-\n", "1\n", "ABCD EF\n", "Notes\n1 a\n", "●a\n–b\n", "# a\n\n"),
    *("1 a\n", "1. a\n\n", "https://", "&a;", "e\u0301\u0316", "\u0301", "「", "(cid:1)"),
    " " * 20 + "\n1 note\n",
]


@pytest.mark.parametrize("piece", HARD, ids=ascii)
def test_nothing_takes_quadratic_time(piece: str) -> None:
    """What is hard for a careless pattern; a quadratic one would take minutes on 300 KB."""
    text = piece * (SIZE // len(piece))
    begun = time.process_time()
    repair_plain_text(text, "ja" if piece == "「" else "fr")
    assert time.process_time() - begun < SECONDS
