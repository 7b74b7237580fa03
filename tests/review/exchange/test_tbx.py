"""The glossary as TBX: what other tools read of it, and what they add to it."""

from __future__ import annotations

import pytest
from translate.storage import tbx as toolkit

from pipeline.errors import ActesError, Place
from pipeline.review.exchange import tbx
from pipeline.workspace.glossary import Form, Term

LANGUAGES = ("fr", "ja")
GLOSSARY = (
    Term(
        id="circuits-courts",
        terms={
            "fr": Form(term="circuits courts", variants=("circuit court",), refuse=("filière",)),
            "ja": Form(term="地産地消", reading="ちさんちしょう"),
        },
        note={"fr": "Vente avec un intermédiaire au plus."},
    ),
    Term(id="dx", terms={"fr": Form(term="DX"), "ja": Form(term="DX")}, translate=False),
)


def test_what_is_written_is_read_again() -> None:
    content = tbx.write(GLOSSARY, LANGUAGES, "Rencontres")
    first, second = tbx.read(content, "g.tbx", LANGUAGES)
    assert first.id == "circuits-courts"
    assert first.names["fr"] == tbx.Names("circuits courts", ["circuit court"], ["filière"])
    assert first.names["ja"].term == "地産地消"
    assert second.names["ja"].term == "DX"
    assert tbx.added((first, second), GLOSSARY, LANGUAGES) == ("", 0, ())


def test_another_tool_reads_terms_and_what_is_deprecated() -> None:
    store = toolkit.tbxfile.parsestring(tbx.write(GLOSSARY, LANGUAGES, "Rencontres"))
    store.setsourcelanguage("fr")
    store.settargetlanguage("ja")
    unit = store.units[0]
    assert [term.text for term in unit.get_source_terms()] == [
        "circuits courts", "circuit court", "filière",
    ]  # fmt: skip
    assert [term.deprecated for term in unit.get_source_terms()] == [False, False, True]
    assert unit.get_target_terms()[0].text == "地産地消"


def test_a_term_that_another_tool_adds_comes_in() -> None:
    store = toolkit.tbxfile.parsestring(tbx.write(GLOSSARY, LANGUAGES, "Rencontres"))
    store.setsourcelanguage("fr")
    store.settargetlanguage("ja")
    store.addsourceunit("halle").settarget("市場会館", "ja")
    concepts = tbx.read(bytes(store), "g.tbx", LANGUAGES)
    words, count, problems = tbx.added(concepts, GLOSSARY, LANGUAGES)
    assert (count, problems) == (1, ())
    assert 'fr: {term: "halle"}' in words
    assert 'ja: {term: "市場会館"}' in words


VERSION_3 = """<?xml version="1.0"?>
<tbx style="dca" type="TBX-Basic" xml:lang="fr" xmlns="urn:iso:std:iso:30042:ed-2">
<text><body>
<conceptEntry id="c7"><langSec xml:lang="fr-FR"><termSec><term>neutralité  carbone</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="ja"><termSec><term>"脱炭素"</term></termSec></langSec></conceptEntry>
<conceptEntry id="c8"><langSec xml:lang="de"><termSec><term>Stadt</term></termSec></langSec></conceptEntry>
<conceptEntry id="circuits-courts"><langSec xml:lang="ja"><termSec><term>近距離流通</term></termSec></langSec></conceptEntry>
</body></text></tbx>
"""


def test_new_concepts_are_added_and_others_named() -> None:
    concepts = tbx.read(VERSION_3.encode(), "g.tbx", LANGUAGES)
    words, count, problems = tbx.added(concepts, GLOSSARY, LANGUAGES)
    assert (
        words
        == """
- id: c7
  terms:
    fr: {term: "neutralité carbone"}
    ja: {term: "\\"脱炭素\\""}
"""
    )
    assert count == 1
    assert [(p.rule, p.place) for p in problems] == [("exchange-term-differs", Place("g.tbx", 8))]


def test_what_is_no_tbx_is_refused() -> None:
    with pytest.raises(ActesError) as caught:
        tbx.read(b"<tmx/>", "g.tbx", LANGUAGES)
    assert caught.value.problems[0].rule == "exchange-tbx"
