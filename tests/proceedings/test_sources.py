"""What a whole workspace gives: the words of a built edition, and the problems that are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cache import Cache
from pipeline.proceedings.chapters import chapter_id
from pipeline.proceedings.collect import Collection, collect
from pipeline.proceedings.links import dangling_links
from pipeline.proceedings.lists import family_name_first
from pipeline.texts import ast
from pipeline.texts.read import read_texts
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.support.workspace import actes, docx_parts, docx_text, make_workspace, summary

EVENT = """\
id: essai
languages: [fr, ja]
title: {fr: Essai, ja: 試み}
dates: {start: 2024-11-18, end: 2024-11-21}
place: {fr: Ici, ja: 此処}
rooms: {salle-a: {fr: salle A, ja: 会議室}}
themes:
  - {id: eco, title: {fr: Économie, ja: 経済}}
  - {id: eco-locale, title: {fr: Économie locale, ja: 地域経済}}
  - {id: index, title: {fr: Indices, ja: 指標}}
colophon: {publisher: {fr: Nous, ja: 私たち}, date: 2025-03-14}
editions: {proceedings: {formats: [docx]}, declaration: {formats: [docx]}}
"""


def collection(root: Path) -> Collection:
    workspace, _problems = load(root)
    found, _misplaced = find_texts(root, workspace.event)
    return collect(workspace.event, found, read_texts(workspace, found).texts)[0]


def test_ids_of_chapters_never_meet(tmp_path: Path) -> None:
    names = ("eco/locale-x", "eco-locale/x", "index/authorities")
    texts = {f"{name}.fr.md": summary("Titre", "Un mot.") for name in names}
    root = make_workspace(tmp_path, texts={"event.yaml": EVENT, **texts})
    ids = [chapter_id(work) for work in collection(root).all]
    assert ids == ["eco--locale-x", "eco-locale--x", "index--authorities"]


def test_a_text_that_moves_takes_the_pictures_of_its_new_folder(tmp_path: Path) -> None:
    text = summary("Titre", "![Vue](images/vue.png)")
    root = make_workspace(tmp_path, texts={"event.yaml": EVENT, "eco/a.fr.md": text})
    workspace, _problems = load(root)
    cache = Cache(root, root / "build/cache/texts.sqlite", "1")

    def pictures() -> list[str]:
        found, _misplaced = find_texts(root, workspace.event)
        texts = read_texts(workspace, found, cache).texts.values()
        return [
            node["c"][2][0]
            for text in texts
            for group in text.body.blocks
            for node in ast.walk(group)
            if node["t"] == "Image"
        ]

    assert pictures() == ["sources/eco/images/vue.png"]
    (root / "sources/annexes").mkdir()
    (root / "sources/eco/a.fr.md").rename(root / "sources/annexes/a.fr.md")
    assert pictures() == ["sources/annexes/images/vue.png"]


def test_a_glossary_term_in_another_language_is_said_and_left_out(tmp_path: Path) -> None:
    glossary = (
        "- id: rencontre\n  terms: {fr: {term: rencontre}, ja: {term: 会議}, en: {term: m}}\n"
    )
    root = make_workspace(tmp_path, texts={"glossary.yaml": glossary}, formats=["docx"])
    done = actes(root, "build", "proceedings-fr")
    assert done.code == 1
    assert "[language-unknown]" in done.err
    assert "会議" in docx_text(root / "build/proceedings-fr.docx")


def test_a_broken_register_refuses_a_final_edition_in_words(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, texts={"delegations.yaml": "- id: [\n"}, formats=["docx"])
    done = actes(root, "build", "--final", "proceedings-fr")
    assert done.code == 4
    assert "[yaml-open]" in done.err


def test_the_register_says_the_region_and_the_twin(tmp_path: Path) -> None:
    register = """\
- id: tours
  name: {fr: Ville de Tours, ja: トゥール市}
  country: FR
  kind: commune
  region: {fr: Centre, ja: サントル}
  twin: takamatsu
- id: takamatsu
  name: {fr: Ville de Takamatsu, ja: 高松市}
  country: JP
  kind: city
"""
    root = make_workspace(tmp_path, texts={"delegations.yaml": register}, formats=["docx"])
    assert actes(root, "build", "proceedings-fr").code == 0
    text = docx_text(root / "build/proceedings-fr.docx")
    assert "Centre" in text
    assert "Partenaire" in text


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("山田 太郎", "山田 太郎"),
        ("山田　太郎", "山田　太郎"),
        ("楠木葵", "楠木葵"),
        ("김 철수", "김 철수"),
        ("エリーズ・モルヴァネック", "モルヴァネック、エリーズ"),
        ("Élise Morvannec", "Morvannec, Élise"),
        ("KUSUNOKI Aoi", "KUSUNOKI Aoi"),
    ],
)
def test_a_name_as_an_index_lists_it(name: str, listed: str) -> None:
    assert family_name_first(name) == listed


def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    body = """\
## Un point {#ici}

Bons : [x](#ici), [x](b.fr.md), [x](../index/c.fr.md#la), [x](https://exemple.org), [x](casse.fr.md).

::: {.encadre #boite}
Une boîte.
:::

Encore bons : [x](#boite), [x](b.fr.md#un-point).

[là](inexistant.fr.md)

[ici](#nulle-part)

- [ailleurs](../index/c.fr.md#rien)
"""
    texts = {
        "event.yaml": EVENT,
        "eco/a.fr.md": summary("A", body),
        "eco/b.fr.md": summary("B", "## Un point {#un-point}\n\n[a](a.fr.md#ici)"),
        "eco/casse.fr.md": "---\ntitle: [\n---\n",
        "index/c.fr.md": summary("C", "## Là {#la}"),
    }
    found = collection(make_workspace(tmp_path, texts=texts))
    problems = [(str(p.place), p.rule, p.values["target"]) for p in dangling_links(found)]
    assert problems == [
        ("sources/eco/a.fr.md:19", "link-dangling", "inexistant.fr.md"),
        ("sources/eco/a.fr.md:21", "link-dangling", "#nulle-part"),
        ("sources/eco/a.fr.md:23", "link-dangling", "../index/c.fr.md#rien"),
    ]


def test_a_link_leads_to_a_heading_a_box_and_another_text(tmp_path: Path) -> None:
    body = (
        '## Un point {#ici}\n\n::: {.encadre #boite title="Boîte"}\nUne boîte.\n:::\n\n'
        "[un](#ici) [deux](#boite) [trois](../eco-locale/x.fr.md#la)"
    )
    texts = {
        "event.yaml": EVENT,
        "eco/locale-x.fr.md": summary("A", body),
        "eco-locale/x.fr.md": summary("B", "## Là {#la}"),
    }
    root = make_workspace(tmp_path, texts=texts)
    assert actes(root, "build", "proceedings-fr").code == 0
    xml = docx_parts(root / "build/proceedings-fr.docx")["word/document.xml"].decode()
    for words in ("un", "deux", "trois"):
        before = xml[: xml.index(f">{words}</w:t>")]
        anchor = before.rpartition('w:anchor="')[2].partition('"')[0]
        assert f'w:name="{anchor}"' in xml


def test_what_a_rapporteur_cannot_see_is_said_where_it_stands(tmp_path: Path) -> None:
    shown = "![Vue](images/vue-absente.png)\n![Vue](images/absente.png)\n\n![Vue](images/une%20vue.png)\n\nMot."
    texts = {
        "eco/a.fr.md": summary("Un", f"Mot, absente.png.\n\n{shown}"),
        "eco/b.fr.md": summary("Deux", "Mot.", session='{date: 2024-11-31, time: "09:30-11:00"}'),
        "eco/c.fr.md.txt": summary("Trois", "Mot."),
        "eco/suite/d.fr.md": summary("Quatre", "Mot."),
    }
    root = make_workspace(tmp_path, texts=texts, formats=["docx"])
    done = actes(root, "build", "proceedings-fr")
    assert done.code == 1
    line = texts["eco/a.fr.md"].split("![Vue]")[0].count("\n") + 1
    for beyond, name in enumerate(("vue-absente.png", "absente.png", "", "une vue.png")):
        said = f"sources/eco/a.fr.md:{line + beyond}: the image sources/eco/images/{name} "
        assert (said in done.err) == bool(name)
    assert "✗ sources/eco/suite/d.fr.md: " in done.err
    for rule in ("[image-missing]", "[date-impossible]", "[text-name]", "[text-misplaced]"):
        assert rule in done.err


def test_a_draft_that_nobody_imported_is_said_with_what_to_do(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, texts={"eco/a.fr.md": summary("Un", "Mot.")}, formats=["docx"])
    drafts = ("eco/Compte rendu.DOCX", "eco/notes.txt", "x.odt")
    others = ("eco/programme.pdf", "eco/vieux.doc", "declaration/texte.docx")
    silent = (
        "eco/~$mpte rendu.docx",
        "eco/.~lock.a.docx#",
        "eco/a.fr.md~",
        "eco/vue.png",
        "eco/.DS_Store",
    )
    for name in (*drafts, *others, *silent):
        (root / "sources" / name).parent.mkdir(exist_ok=True)
        (root / "sources" / name).write_bytes(b"x")
    for command in (["status"], ["check"], ["build", "proceedings-fr"]):
        done = actes(root, *command)
        assert done.code == 0
        assert done.err.count("-unread]\n") == len(drafts) + len(others)
        assert 'actes import "sources/eco/Compte rendu.DOCX" --to eco;' in done.err
        for name in (*drafts, *others):
            assert done.err.count(f"· sources/{name}: ") == 1
