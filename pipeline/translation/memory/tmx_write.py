"""Writing TMX 1.4b: the same entries give the same bytes, and other tools keep Markdown's marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from pipeline import __version__
from pipeline.translation.memory.entries import Entry
from pipeline.translation.memory.tmx import BEFORE, CREATOR
from pipeline.translation.memory.tmx_inline import MARKDOWN, pieces

STATE = "x-actes-state"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CARRIAGE = {"\r": "&#13;"}


def write_tmx(entries: Iterable[Entry]) -> bytes:
    """A TMX file of ``entries``, in their order, each unit once.

    No date is written, so that nothing but the entries decides the bytes. Characters that XML
    cannot hold are left out.
    """
    found = list(dict.fromkeys(entries))
    sources = {entry.source_language for entry in found}
    source = sources.pop() if len(sources) == 1 else "*all*"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        f"  <header creationtool={quoteattr(CREATOR)} creationtoolversion={quoteattr(__version__)}"
        f' segtype="paragraph" o-tmf="Markdown" adminlang="en" srclang={quoteattr(source)}'
        ' datatype="plaintext"/>',
        "  <body>",
        *(_unit(entry) for entry in found),
        "  </body>",
        "</tmx>",
        "",
    ]
    return "\n".join(lines).encode("utf-8")


def _unit(entry: Entry) -> str:
    properties = [f'      <prop type="{STATE}">{_text(entry.state)}</prop>']
    if entry.before:
        properties.append(f'      <prop type="{BEFORE}">{_text(entry.before)}</prop>')
    variants = [
        f"      <tuv xml:lang={quoteattr(language)}><seg>{_segment(text)}</seg></tuv>"
        for language, text in (
            (entry.source_language, entry.source),
            (entry.target_language, entry.target),
        )
    ]
    opening = f"    <tu srclang={quoteattr(entry.source_language)}>"
    return "\n".join([opening, *properties, *variants, "    </tu>"])


def _segment(unit: str) -> str:
    return "".join(
        f'<ph type="{MARKDOWN}">{_text(piece)}</ph>' if mark else _text(piece)
        for mark, piece in pieces(unit)
    )


def _text(text: str) -> str:
    return escape(_NO_XML.sub("", text), _CARRIAGE)
