"""Languages and scripts of the runs pandoc wrote.

Word chooses between a run's Latin and East Asian font letter by letter; for signs that both know
(’ “ … ×) ``w:hint`` decides, and ``w:lang w:eastAsia`` decides between Japanese and Chinese shapes
(ISO/IEC 29500-1, 17.3.2.26 and 17.18.41). pandoc hints only runs that hold kanji and gives
``w:lang`` no East Asian language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from lxml import etree

from pipeline.publishing.scripts import is_east_asian
from pipeline.publishing.word.styles import full_tag
from pipeline.publishing.word.xml import put, w

_RUN, _TEXT, _PROPERTIES, _LANG = w("r"), w("t"), w("rPr"), w("lang")
_STYLE, _FONTS, _BOLD, _ITALIC, _HINT = w("rStyle"), w("rFonts"), w("b"), w("i"), w("hint")
_VALUE, _EAST = w("val"), w("eastAsia")
# Ideographs, kana, their punctuation, full-width forms.
_CJK = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
                  "\U00020000-\U0003ffff]")  # fmt: skip
_LATIN = re.compile("[A-Za-zÀ-ɏ]")
_LATIN_BEYOND_ASCII = re.compile("[À-ÖØ-öø-ɏ]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f\u00a0]")
_full_tag = lru_cache(maxsize=64)(full_tag)


class Runs:
    """Puts the runs of one edition right."""

    def __init__(self, language: str, styles: Mapping[str, str], gothic: str) -> None:
        self.tag, self.east = full_tag(language), is_east_asian(language)
        self.strong, self.emphasis = styles["strong"], styles["emphasis"]
        self.gothic = gothic

    def finish(self, root: etree._Element, done: Collection[etree._Element] = frozenset()) -> None:
        """Every run of a part but those that are ``done``."""
        for run in root.iter(_RUN):
            if done and run in done:
                continue
            properties = run[0] if len(run) and run[0].tag == _PROPERTIES else None
            if properties is not None:
                if self.east and _only_hinted(properties):
                    continue  # what most runs of a Japanese book are
                self._styles(properties)
            words = run.findtext(_TEXT)
            if words is None or (properties is None and words.isascii()):
                continue
            language = self._language(properties)
            if language is None and not self.east and not _CJK.search(words):
                continue
            self._script(run, properties, words, language)

    def _language(self, properties: etree._Element | None) -> str | None:
        """The language of a run when it has its own; its tag is completed."""
        lang = properties.find(_LANG) if properties is not None else None
        if properties is None or lang is None:
            return None
        language = lang.get(_VALUE, "")
        tag = _full_tag(language)
        if tag == self.tag:
            properties.remove(lang)
            return None
        lang.set(_VALUE, tag)
        if is_east_asian(language):
            lang.set(_EAST, tag)
        elif self.east:
            lang.set(_EAST, self.tag)
        return tag

    def _styles(self, properties: etree._Element) -> None:
        """Bold and italics as the styles « Strong » and « Emphasis », which an editor can set."""
        bold, italic = properties.find(_BOLD), properties.find(_ITALIC)
        if (bold is None and italic is None) or properties.find(_STYLE) is not None:
            return
        if bold is not None:
            put(properties, "rStyle", val=self.strong)
            dropped: tuple[str, ...] = ("b", "bCs")
        else:
            put(properties, "rStyle", val=self.emphasis)
            dropped = ("i", "iCs")
        for name in dropped:
            element = properties.find(w(name))
            if element is not None:
                properties.remove(element)

    def _script(
        self,
        run: etree._Element,
        properties: etree._Element | None,
        words: str,
        language: str | None,
    ) -> None:
        eastern = self.east if language is None else is_east_asian(language)
        has_cjk = _CJK.search(words) is not None
        if eastern:
            signs = _BEYOND_ASCII.search(words) and not _LATIN_BEYOND_ASCII.search(words)
            hinted = has_cjk or bool(signs)
        else:
            # A run of both scripts keeps its Latin apostrophes; kanji and kana need no hint.
            hinted = has_cjk and not _LATIN.search(words)
        if properties is None:
            if not hinted:
                return
            properties = etree.Element(_PROPERTIES)
            run.insert(0, properties)
        fonts = properties.find(_FONTS)
        if hinted:
            if fonts is None:
                fonts = put(properties, "rFonts")
            fonts.set(_HINT, "eastAsia")
        elif fonts is not None and fonts.attrib.pop(_HINT, "") and not fonts.attrib:
            properties.remove(fonts)
            fonts = None
        if has_cjk and language is None and not self.east and properties.find(_LANG) is None:
            default = put(properties, "lang")
            default.set(_VALUE, self.tag)
        if has_cjk and fonts is not None:
            self._upright(properties, fonts)

    def _upright(self, properties: etree._Element, fonts: etree._Element) -> None:
        """Emphasis of East Asian words is Gothic, never slanted (JLREQ 3.3.1)."""
        style, italic = properties.find(_STYLE), properties.find(_ITALIC)
        emphasised = style is not None and style.get(_VALUE) == self.emphasis
        if italic is not None or emphasised:
            fonts.set(_EAST, self.gothic)
            put(properties, "i", val="0")
            put(properties, "iCs", val="0")


def _only_hinted(properties: etree._Element) -> bool:
    return len(properties) == 1 and properties[0].get(_HINT) == "eastAsia"
