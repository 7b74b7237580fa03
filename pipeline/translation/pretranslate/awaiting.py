"""Whether a counterpart awaits all its words: nobody, and no machine, has written any."""

from __future__ import annotations

import re

from pipeline.errors import ActesError
from pipeline.texts.footnotes import uncommented
from pipeline.texts.source import parse_source

_SAID_OF_IT = re.compile(r"^translation:\n(?>(?:(?: .*)?\n)*)", re.MULTILINE)
_NO_VALUE = re.compile(r'(?>(?:[a-z]+:|""|[-{}, \n])*)')


def awaits(content: str) -> bool:
    """Whether a file is a counterpart that holds what it is to translate, and nothing else.

    No sentence of it can help another text, then. Of what is written otherwise than by
    `translate`, it says no.

    >>> head = '---\\ntitle: ""\\ntranslation:\\n  of: a.fr.md\\n---\\n'
    >>> awaits(head + "<!-- missing -->\\n"), awaits(head + "<!-- missing -->\\nMot.\\n")
    (True, False)
    """
    try:
        source = parse_source("", content.encode("utf-8"))
    except ActesError:
        return False
    rest, count = _SAID_OF_IT.subn("", source.front or "")
    return count == 1 and bool(_NO_VALUE.fullmatch(rest)) and not uncommented(source.body).strip()
