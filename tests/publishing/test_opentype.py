"""What is read of a font is what a library of fonts reads of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.publishing import fonts, opentype

FILES = [file for folder in fonts.folders() for file in sorted(folder.glob("*.[ot]tf"))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_names_and_characters(file: Path) -> None:
    from fontTools.ttLib import TTFont

    data = opentype.opened(file)
    with TTFont(file, lazy=True) as font:
        assert opentype.characters(data) == frozenset(font.getBestCmap())
        for number in (opentype.FAMILY, opentype.FULL_NAME, opentype.VERSION):
            assert opentype.names(data)[number] == font["name"].getDebugName(number)


@pytest.mark.parametrize("family", ["Libertinus Serif", *fonts.LAST_RESORT, *fonts.GOTHIC])
def test_the_fonts_of_every_book_are_found(family: str) -> None:
    assert set(map(ord, "AZaz09éœ—")) <= fonts.coverage(family)


def test_a_letter_that_no_font_has() -> None:
    families = ("Libertinus Serif", "Noto Serif JP", *fonts.GOTHIC, *fonts.LAST_RESORT)
    assert not any(0x13000 in fonts.coverage(family) for family in families)


@pytest.mark.parametrize("content", [b"", b"OTTO", b"OTTO\0\1" + bytes(60), bytes(200)])
def test_what_is_no_font_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(opentype.NotAFontError):
        opentype.names(content)
    with pytest.raises(opentype.NotAFontError):
        opentype.characters(content)
