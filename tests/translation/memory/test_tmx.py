"""TMX that Actes writes, read back by Actes and by a library of other people."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.translation.memory.entries import Entry
from pipeline.translation.memory.tmx import matching, read_tmx
from pipeline.translation.memory.tmx_inline import escaped, pieces
from pipeline.translation.memory.tmx_write import write_tmx

texts = st.text(
    st.one_of(
        st.sampled_from("*_`[](){}<>&!^~\\\n\"' é市。#-1.]]>"),
        st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Cn", "Co"]),
    ),
    min_size=1,
    max_size=80,
).filter(lambda text: text == text.strip() and "<!--" not in text and "-->" not in text)
entries = st.lists(
    st.builds(
        Entry,
        source_language=st.just("fr"),
        target_language=st.just("ja"),
        source=texts,
        target=texts,
        state=st.just("tmx"),
        where=st.just("m.tmx"),
        before=st.sampled_from(["", "0123abcd"]),
    ),
    min_size=1,
    max_size=6,
)


@given(texts)
def test_pieces_joined_give_the_unit(text: str) -> None:
    assert "".join(piece for _mark, piece in pieces(text)) == text


@given(entries)
def test_round_trip(written: list[Entry]) -> None:
    read = read_tmx(write_tmx(written), "m.tmx", ("fr", "ja")).entries
    there = [(e.source, e.target, e.before) for e in read if e.source_language == "fr"]
    assert there == [(e.source, e.target, e.before) for e in dict.fromkeys(written)]


@given(entries)
def test_the_same_entries_give_the_same_bytes(written: list[Entry]) -> None:
    assert write_tmx(written) == write_tmx(tuple(written))


@given(entries)
def test_another_library_reads_what_we_write(written: list[Entry]) -> None:
    """translate-toolkit finds every unit, in order, letter by letter, Markdown's marks too."""
    from translate.storage.tmx import tmxfile

    store = tmxfile.parsefile(io.BytesIO(write_tmx(written)))
    found = [(unit.source, unit.target) for unit in store.units]
    assert found == [(e.source, e.target) for e in dict.fromkeys(written)]


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_we_read_what_another_library_writes(pairs: list[tuple[str, str]]) -> None:
    from translate.storage.tmx import tmxfile

    store = tmxfile()
    for source, target in pairs:
        store.addtranslation(source, "fr", target, "ja")
    read = read_tmx(bytes(store), "m.tmx", ("fr", "ja")).entries
    french = [(e.source, e.target) for e in read if e.source_language == "fr"]
    assert french == [(source, escaped(target)) for source, target in pairs]


@pytest.mark.parametrize(
    "plain_text",
    ["5 * 3 = 15", "a_b et _c_", "[x](y)", "`code`", "# Titre", "- tiret", "12. Douze", "<b>", "![i](j)",
     "&amp;", "x^2^ H~2~O", "~~a~~", "$x$", "+ plus", "> cité", "=====", ": deux", "| a | b |", "fin \\",
     "{.x}", "1) un", "https\\://x"],
)  # fmt: skip
def test_plain_text_stays_plain_in_markdown(plain_text: str) -> None:
    from pipeline.texts.pandoc import read_all

    answer = read_all({"t": escaped(plain_text)})["t"]
    (block,) = answer.blocks  # type: ignore[union-attr]
    assert block["t"] == "Para"
    kinds = {"Str": lambda n: n["c"], "Space": lambda _: " "}
    assert "".join(kinds[node["t"]](node) for node in block["c"]) == plain_text


@pytest.mark.parametrize(
    ("language", "tags", "found"),
    [
        ("fr", ["fr"], "fr"),
        ("fr", ["FR"], "FR"),
        ("fr", ["en", "fr-FR"], "fr-FR"),
        ("fr", ["fr_CA", "fr"], "fr"),
        ("ja", ["ja_JP"], "ja_JP"),
        ("pt-BR", ["pt"], "pt"),
        ("pt-BR", ["pt-PT", "PT-br"], "PT-br"),
        ("pt-BR", ["pt-PT"], None),
        ("fr", ["frc", ""], None),
    ],
)
def test_tags_of_languages(language: str, tags: list[str], found: str | None) -> None:
    assert matching(language, tags) == found
