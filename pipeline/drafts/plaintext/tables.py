"""What differs between languages when plain text is repaired: data only, keyed by language.

Sources: the Imprimerie nationale's *Lexique des règles typographiques* for French
no-break spaces and ordinals; JIS X 4051 for Japanese brackets and stops; glyphs of the Wingdings
font as they come out of PDF extraction (`l` is ●) for bullets.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from pipeline.texts.sentences import base

T = TypeVar("T")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Bullets that nobody takes for anything else; a private-use character followed by a space too.
SURE_BULLETS = "◯●•▪■□◆◇◦➢➤►▶✓✔‣⁃・･▸◎○❑❖➔"
# Signs that are also dashes or stars within a sentence: a space must follow.
DASH_BULLETS = "-–—*+·−－"
# Letters that the Wingdings and Courier bullets become. A language in which one of them is a word
# (« o » in Portuguese, « u » in Spanish) leaves it out.
LETTER_BULLETS: Mapping[str, str] = MappingProxyType(
    {"fr": "lnoquvwØü", "en": "lnoquvwØü", "ja": "lnoquvwØü", "": "lnqØ"}
)
# In Japanese these often head a section rather than an item.
HEADING_SIGNS = "■◆◎□◇○◯〇●"

# Words that head a division when a number follows them.
DIVISION_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fr": ("chapitre", "partie", "section", "annexe", "titre", "article", "atelier", "axe"),
        "en": ("chapter", "part", "section", "annex", "title", "article", "workshop"),
        "": (),
    }
)

# Words that a number follows in the caption of a picture (those of "" in every language: programs
# write them, too); an abbreviation may have its full stop.
CAPTION_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fr": ("image", "illustration", "schéma", "carte", "graphique", "diagramme", "croquis"),
        "en": ("image", "illustration", "diagram", "map", "chart", "graph", "plate"),
        "ja": ("図", "図表", "写真", "画像", "グラフ", "地図", "イラスト"),
        "de": ("abbildung", "abb", "bild", "grafik", "karte", "diagramm", "schaubild"),
        "es": ("figura", "imagen", "gráfico", "gráfica", "mapa", "ilustración", "esquema"),
        "it": ("figura", "immagine", "grafico", "mappa", "illustrazione", "schema", "cartina"),
        "pt": ("figura", "imagem", "gráfico", "mapa", "ilustração", "esquema"),
        "ko": ("그림", "사진", "도표", "지도"),
        "zh": ("图", "圖", "图表", "圖表", "照片", "图片", "地图", "地圖"),
        "": ("figure", "fig", "photo", "foto"),
    }
)

# Words that begin or go on with a thing or an action, and are no name nor follow one: articles and
# their like, in all languages that write initials.
SMALL_WORDS = _words(
    "le la les l’ l' un une des du de d’ d' au aux ce cet cette ces il elle on nous en dans par sur"
    " pour avec sans the a an of in on for by with to we it this these how what der die das den dem"
    " ein eine einen el los las un una unos del al il lo gli uno dei della delle o os um uma do da"
)

# A line that announces footnotes.
NOTE_HEADINGS = frozenset(
    {"notes", "note", "notes de bas de page", "footnotes", "注", "注釈", "脚注", "註"}
)

# « Page 3 sur 12 » and its like, said outright.
PAGE_WORDS = r"(?:page|p\.|seite|ページ|頁|第)"

# First members of compounds: with one of them before a hyphen at the end of a line, the hyphen is
# kept if the second member is a word of the text by itself.
COMPOUND_FIRST: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "fr": _words(
            "co ex mi avant sous contre entre grand vis éco auto inter multi pluri socio bien mal"
            " pré post anti ultra haut bas porte garde chef tout"
        ),
        "en": _words(
            "co ex half semi pre post anti multi inter mid over long short high low cross"
        ),
        "": frozenset({"co", "non", "ex", "semi", "anti", "vice"}),
    }
)
# First members that begin hardly any plain word: the hyphen is kept without more evidence.
COMPOUND_SURE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "fr": _words(
            "franco nippo semi demi quasi non vice celui celle celles ceux rendez arrière nord sud"
            " saint sainte après peut"
        ),
        "en": frozenset({"non", "self", "well", "vice"}),
        "": frozenset(),
    }
)
# Second members that only follow a true hyphen (« peut-elle », « eux-mêmes »).
COMPOUND_LAST: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "fr": _words("il elle ils elles on nous vous je tu ce ci là même mêmes t-il t-elle t-on"),
        "": frozenset(),
    }
)

LIGATURES: Mapping[str, str] = MappingProxyType(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)

STOPS = ".!?…。！？．"


def look_up(table: Mapping[str, T], language: str) -> T:
    """Return a table's entry for the language, or its entry for every other language."""
    return table.get(base(language), table[""])
