"""What a build is asked for, and the jobs it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.errors import Exit, Problem, stop

FORMATS = ("docx", "pdf")
Say = Callable[[str], None]
Job = Callable[[list[Problem]], bytes]
"""Makes one file; what it had to leave out of it is added to the list it is given."""


@dataclass(frozen=True)
class Options:
    """What to build: edition names (none: all), formats (none: event.yaml's), draft or final."""

    editions: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    final: bool = False


def wanted_editions(
    known: Iterable[str], asked: Sequence[str], default: Sequence[str]
) -> list[str]:
    """The editions asked for: a whole name, or a family (``proceedings``); ``default`` for none.

    Raises ActesError ``edition-unknown``.
    """
    names = list(known)
    if not asked:
        return list(default)
    chosen: list[str] = []
    for word in asked:
        matching = [name for name in names if name == word or name.startswith(f"{word}-")]
        if not matching:
            raise stop("edition-unknown", code=Exit.USAGE, name=word, known=", ".join(names))
        chosen += [name for name in matching if name not in chosen]
    return chosen
