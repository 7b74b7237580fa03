"""The Markdown of texts: CommonMark with some of pandoc's extensions, and which of them one needs.

pandoc reads the name of every extension anew with each text and tries each at every line, which
took longer than the text itself. An extension without any of its marks in a body changes nothing
there, and is not asked for.
"""

from __future__ import annotations

import re

_BASE = "commonmark"
_LINE = r"\n"
_SPACE = r"[^\S\n]"  # within a line: a search through blank lines would begin anew at each
_BEFORE = rf"{_LINE}(?:{_SPACE}|>|[-+*:~](?=\s)|\[\^[^\]\s]+\]:|\(?[\w#@]+[.)](?=\s))*"
_MARKS = tuple(
    (name, re.compile(mark))
    for name, mark in (
        ("attributes", r"\{"),
        ("bracketed_spans", r"\{"),
        ("definition_lists", rf"{_LINE}(?:{_SPACE}|>)*[:~]"),
        ("fancy_lists", rf"{_BEFORE}(?:\(|#[.)]|[^\W\d_]+[.)])"),
        ("fenced_divs", ":::"),
        ("footnotes", r"\[\^"),
        ("implicit_figures", r"!\["),
        ("pipe_tables", r"\|"),
        ("strikeout", "~"),
        ("subscript", "~"),
        ("superscript", r"\^"),
    )
)

FORMAT = _BASE + "".join(f"+{name}" for name, _mark in _MARKS)
"""Everything that a text may use, as pandoc is told."""


def dialect(body: str) -> str:
    """The format that reads ``body`` as `FORMAT` does, with no extension that it has no mark of.

    The lines of ``body`` end with ``\\n``.

    >>> dialect("Un mot[^1].\\n\\n[^1]: Une note.\\n")
    'commonmark+footnotes+superscript'
    """
    lines = f"\n{body}"  # each with its beginning, which is soon found
    return _BASE + "".join(f"+{name}" for name, mark in _MARKS if mark.search(lines))
