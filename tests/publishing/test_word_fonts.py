"""The Word writer: languages and fonts, of runs and of styles."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.publishing.word.xml import w
from tests.publishing.word_files import (
    file_of,
    in_style,
    part,
    runs_with,
    style,
)


def test_the_language_of_the_edition_is_the_default(language: str) -> None:
    lang = next(part(file_of(language), "word/styles.xml").iter(w("lang")))
    latin = {"fr": "fr-FR", "ja": "en-US"}[language]  # of digits too, which ja-JP breaks anywhere
    assert (lang.get(w("val")), lang.get(w("eastAsia"))) == (latin, "ja-JP")
    theme = part(file_of(language), "word/settings.xml").find(w("themeFontLang"))
    assert (theme.get(w("val")), theme.get(w("eastAsia"))) == (latin, "ja-JP")


@pytest.mark.parametrize("string", ["地産地消", "ちさんちしょう", "おいしい"])
def test_japanese_in_the_french_book(string: str) -> None:
    run = next(runs_with(part(file_of("fr")), string))
    lang = run.find(f"{w('rPr')}/{w('lang')}")
    assert (lang.get(w("val")), lang.get(w("eastAsia"))) == ("ja-JP", "ja-JP")
    assert run.find(f"{w('rPr')}/{w('rFonts')}").get(w("hint")) == "eastAsia"


def test_french_in_the_japanese_book() -> None:
    run = next(runs_with(part(file_of("ja")), "économie"))
    assert run.find(f"{w('rPr')}/{w('lang')}").get(w("val")) == "fr-FR"
    fonts = run.find(f"{w('rPr')}/{w('rFonts')}")
    assert fonts is None or fonts.get(w("hint")) is None


@pytest.mark.parametrize("string", ["かなのみの", "…という", "「重要」", "かなのみ"])
def test_kana_and_brackets_are_hinted_in_the_japanese_book(string: str) -> None:
    run = next(runs_with(part(file_of("ja")), string))
    assert run.find(f"{w('rPr')}/{w('rFonts')}").get(w("hint")) == "eastAsia"


def test_every_font_of_a_style_has_its_east_asian_one(language: str) -> None:
    sheet = part(file_of(language), "word/styles.xml")
    for fonts in sheet.iter(w("rFonts")):
        assert not [key for key in fonts.attrib if key.endswith(("asciiTheme", "eastAsiaTheme"))]
        assert fonts.get(w("eastAsia")) in ("MS Mincho", "MS Gothic")
    heading = style(file_of(language), "heading 1").find(f".//{w('rFonts')}")
    assert heading.get(w("eastAsia")) == "MS Gothic"
    default = sheet.find(f"{w('docDefaults')}//{w('rFonts')}")
    assert default.get(w("eastAsia")) == "MS Mincho"
    theme = part(file_of(language), "word/theme/theme1.xml")
    faces = [e.get("typeface") for e in theme.iter() if etree.QName(e).localname == "ea"]
    assert faces[:2] == ["MS Gothic", "MS Mincho"]


def test_latin_letters_among_gothic_ones_are_sans_serif() -> None:
    def faces(language: str, name: str) -> list[str | None]:
        fonts = style(file_of(language), name).find(f"{w('rPr')}/{w('rFonts')}")
        return [fonts.get(w(key)) for key in ("ascii", "hAnsi", "eastAsia")]

    assert faces("ja", "Strong") == ["Arial", "Arial", "MS Gothic"]
    assert faces("ja", "Actes Badge") == ["MS Gothic"] * 3  # its colour is of one height
    assert faces("fr", "Strong") == [None, None, "MS Gothic"]
    assert faces("fr", "Actes Badge") == ["Calibri", "Calibri", "MS Gothic"]


def test_words_are_divided_only_where_lines_are_of_one_length() -> None:
    content = file_of("fr")
    settings = part(content, "word/settings.xml")
    assert settings.find(w("consecutiveHyphenLimit")).get(w("val")) == "2"
    whole = f"{w('pPr')}/{w('suppressAutoHyphens')}"
    for name in ("heading 2", "Compact", "caption", "Block Text", "toc 2", "Actes Head Value"):
        assert style(content, name).find(whole) is not None, name
    assert style(content, "Body Text").find(whole) is None


def test_a_delegation_stays_together(language: str) -> None:
    delegates = in_style(part(file_of(language)), "ActesDelegate")
    leads = [p.find(f"{w('pPr')}/{w('keepNext')}").get(w("val")) for p in delegates]
    assert leads == ["1", "0"] * (len(delegates) // 2)


def test_japanese_paragraphs_begin_an_em_in() -> None:
    body = style(file_of("ja"), "Body Text").find(f"{w('pPr')}/{w('ind')}")
    assert body.get(w("firstLineChars")) == "100"
    assert style(file_of("fr"), "Body Text").find(f"{w('pPr')}/{w('ind')}") is None
    assert (
        part(file_of("ja"), "word/styles.xml").find(f"{w('docDefaults')}//{w('kinsoku')}")
        is not None
    )


def test_japanese_emphasis_is_gothic_and_upright() -> None:
    properties = next(runs_with(part(file_of("ja")), "強調")).find(w("rPr"))
    assert properties.find(w("rFonts")).get(w("eastAsia")) == "MS Gothic"
    assert properties.find(w("i")).get(w("val")) == "0"
