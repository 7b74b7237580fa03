"""What a new file says where only a person can know, and finding it again.

Words between brackets (``[Titre du texte]``, ［題名］) and the 1st of January 2000: valid, so that
a draft can be built at once, and never to be taken for the real thing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from pipeline.errors import Place
from pipeline.workspace.yaml import Document, Path

DATE = datetime.date(2000, 1, 1)
_BRACKETED = re.compile(r"\s*(?:\[[^\[\]\n]+\]|［[^［］\n]+］)\s*")


def is_placeholder(value: str) -> bool:
    """Whether a value still waits for a person.

    >>> is_placeholder("[Titre du texte]"), is_placeholder("［題名］"), is_placeholder("2000-01-01")
    (True, True, True)
    >>> is_placeholder("La carotte [extrait]")
    False
    """
    return value.strip() == DATE.isoformat() or _BRACKETED.fullmatch(value) is not None


def in_document(document: Document) -> list[Place]:
    """The places of the values of a YAML document that still wait, in order."""
    return sorted(
        {
            document.place(path)
            for path, value in _scalars(document.value, ())
            if is_placeholder(value)
        }
    )


def in_body(body: str, file: str, first_line: int) -> list[Place]:
    """The lines of a Markdown body that still wait; ``first_line`` precede it in the file."""
    lines = enumerate(body.splitlines(), first_line + 1)
    return [Place(file, number) for number, line in lines if _BRACKETED.fullmatch(line)]


def _scalars(value: object, path: Path) -> Iterable[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _scalars(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _scalars(inner, (*path, index))
