"""How a declaration is closed: its formula in every form and language, dates, who signs, who not."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from pipeline.declaration import closing
from pipeline.proceedings import wording
from pipeline.proceedings.setting import Setting
from pipeline.publishing.word.xml import w
from pipeline.texts import ast
from pipeline.workspace.languages import load_language, program_templates
from pipeline.workspace.load import Workspace, load
from tests.publishing.parallel_books import declaration, pages, parts, pdf, tree, words_of
from tests.support.workspace import EVENT, make_workspace


def workspace(folder: Path, settings: str = "", languages: str = "fr, ja") -> Workspace:
    """A workspace with settings of the declaration, in other languages if asked for."""
    event = EVENT % ("docx", "docx")
    for tag in languages.split(", "):
        if tag not in ("fr", "ja"):
            event = event.replace("{fr: ", f"{{{tag}: Aa, fr: ")
    event = event.replace("[fr, ja]", f"[{languages}]") + f"declaration: {{{settings}}}\n"
    empty = {"delegations.yaml": "[]\n", "glossary.yaml": "[]\n"}
    return load(make_workspace(folder, texts={"event.yaml": event, **empty}))[0]


def said(found: Workspace, language: str) -> str:
    """The closing formula in a language."""
    languages = found.event.languages
    tables = {tag: load_language(found.root, tag) for tag in languages}
    setting = Setting(found, tables[language], tables, {}, draft=False)
    plain = ast.plain_text(closing.formula(setting, languages))
    return plain.replace("\u00a0", " ").strip()


@pytest.mark.parametrize(("form", "french", "japanese"), [
    ("signed", "Fait à Ici, le 21 novembre 2024, en double exemplaire, en français et en japonais, "
               "les deux textes faisant également foi.",
     "2024年11月21日、此処において、ひとしく正文であるフランス語及び日本語により"
     "本書2通を作成し、署名した。"),
    ("adopted", "Adoptée à Ici, le 21 novembre 2024, en français et en japonais, "
                "les deux textes faisant également foi.",
     "2024年11月21日、此処において、ひとしく正文であるフランス語及び日本語により"
     "この宣言を採択した。"),
    ("read", "Lue publiquement à Ici, le 21 novembre 2024, en français et en japonais, "
             "les deux textes faisant également foi.",
     "2024年11月21日、此処において、ひとしく正文であるフランス語及び日本語により"
     "この宣言を朗読した。"),
])  # fmt: skip
def test_each_form_says_place_date_and_that_both_texts_are_authentic(
    form: str, french: str, japanese: str, tmp_path: Path
) -> None:
    found = workspace(tmp_path, f"closing: {form}")
    assert (said(found, "fr"), said(found, "ja")) == (french, japanese)


def test_the_act_may_have_a_place_and_a_day_of_its_own(tmp_path: Path) -> None:
    found = workspace(
        tmp_path, "place: {fr: Nancy, ja: ナンシー市}, date: 2025-01-01, calendar: era"
    )
    assert said(found, "fr").startswith("Fait à Nancy, le 1er janvier 2025, ")
    assert said(found, "ja").startswith("令和7年1月1日、ナンシー市において、")


def test_three_texts_are_all_authentic(tmp_path: Path) -> None:
    found = workspace(tmp_path, languages="fr, ja, de")
    whole = "en 3 exemplaires, en français, en japonais et en allemand, tous les textes"
    assert whole in said(found, "fr")
    assert "フランス語、日本語及びドイツ語により" in said(found, "ja")
    assert "auf Französisch, auf Japanisch und auf Deutsch, wobei alle Wortlaute" in said(
        found, "de"
    )


@pytest.mark.parametrize(("day", "calendar", "expected"), [
    ("2019-04-30", "era", "平成31年4月30日"),
    ("2019-05-01", "era", "令和元年5月1日"),
    ("2019-05-01", "both", "令和元年（2019年）5月1日"),
    ("2019-05-01", "western", "2019年5月1日"),
])  # fmt: skip
def test_eras_begin_on_their_day(day: str, calendar: str, expected: str, tmp_path: Path) -> None:
    date = datetime.date.fromisoformat(day)
    assert wording.long_date(date, load_language(tmp_path, "ja"), calendar) == expected
    french = load_language(tmp_path, "fr")
    assert wording.long_date(date, french, calendar) == wording.long_date(date, french)


def test_a_range_of_days_in_an_era(tmp_path: Path) -> None:
    first, last = datetime.date(2024, 11, 18), datetime.date(2024, 11, 21)
    japanese = load_language(tmp_path, "ja")
    assert wording.date_range(first, last, japanese, "era") == "令和6年11月18日～21日"


def to_sign(document: etree._Element) -> int:
    """How many lines there are to sign on."""
    styles = [style.get(w("val")) for style in document.iter(w("pStyle"))]
    return styles.count("ActesParallelToSign")


def test_nobody_signs_what_was_adopted_or_read(tmp_path: Path) -> None:
    book = replace(declaration(), initials=())
    document = tree(book)
    assert "SAWATARI" in words_of(document)
    assert not any("イニシャル".encode() in part for part in parts(book).values())
    assert (to_sign(tree(declaration())), to_sign(document)) == (3, 0)
    text = "".join(pages(pdf(book, tmp_path)))
    assert "SAWATARIKenji" in text
    assert "イニシャル" not in text


def test_precedence_for_an_authority_that_is_not_there_is_said(tmp_path: Path) -> None:
    event = EVENT % ("docx", "docx") + "declaration: {precedence: [ville, villle]}\n"
    _found, problems = load(make_workspace(tmp_path, texts={"event.yaml": event}))
    (problem,) = problems
    assert (problem.rule, problem.values["id"]) == ("authority-unknown", "villle")
    assert problem.values["nearest"] == "ville"
    assert problem.place.line == event.count("\n")


def test_every_language_table_closes_a_declaration(tmp_path: Path) -> None:
    """No table leaves a formula without its place, its date or its languages."""
    for file in sorted((program_templates() / "languages").glob("*.toml")):
        table = load_language(tmp_path, file.stem)
        for form in ("signed", "adopted", "read"):
            words = table.label(
                f"closing-{form}", place="(p)", date="(d)", languages="(l)",
                texts=table.labels["texts-two"], copies=table.labels["copies-two"],
            )  # fmt: skip
            assert [words.count(part) for part in ("(p)", "(d)", "(l)")] == [1, 1, 1], file.name


def test_places_for_initials_are_a_table_in_every_footer_but_no_cover() -> None:
    found = parts(declaration())
    feet = [etree.fromstring(found[name]) for name in found if "actes-footer" in name]
    assert feet
    assert all(len(list(foot.iter(w("tbl")))) == 1 for foot in feet)
