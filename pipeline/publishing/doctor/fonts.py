"""The fonts of an event's languages, in PDF and in Word, and whether they are there."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.errors import ActesError
from pipeline.publishing import fonts, opentype
from pipeline.publishing.extras import lacking
from pipeline.workspace.event import Event
from pipeline.workspace.languages import LanguageTable, load_language

_REFERENCE = "en"


@dataclass(frozen=True)
class Font:
    """A font family. ``found`` is None where it cannot be known; ``source`` is what carries it."""

    name: str
    found: bool | None
    source: str = ""


@dataclass(frozen=True)
class LanguageFonts:
    """The fonts of a language, in order of preference.

    ``without_glyph`` are characters of its labels and titles that no font of the PDF has;
    ``untranslated`` tells a table that is still an English copy; ``extras`` would bring fonts that
    are not installed (the extra's name, and its fonts).
    """

    language: str
    pdf_body: tuple[Font, ...]
    pdf_heading: tuple[Font, ...]
    word: tuple[Font, ...]
    without_glyph: str
    untranslated: bool
    problem: str = ""
    extras: tuple[tuple[str, str], ...] = ()

    @property
    def printable(self) -> bool:
        """Whether an edition in the language can be set."""
        faces = (*self.pdf_body, *self.pdf_heading)
        return not self.problem and not self.without_glyph and any(font.found for font in faces)


def fonts_of(root: Path, event: Event, tag: str, system: frozenset[str] | None) -> LanguageFonts:
    """The fonts of the language ``tag``; ``system`` are the families of the system, if known."""
    try:
        table = load_language(root, tag)
        carried = dict(_carried())
    except ActesError as error:
        return LanguageFonts(tag, (), (), (), "", False, error.problems[0].message())
    return LanguageFonts(
        tag,
        _pdf(table.fonts.body, carried),
        _pdf(table.fonts.heading, carried),
        tuple(_word(table, system)),
        _without_glyph(table, _printed(event, table)),
        _is_copy(root, table),
        extras=tuple(
            (extra.name, ", ".join(sorted(extra.families))) for extra in lacking(table.fonts.of_pdf)
        ),
    )


def _pdf(names: Iterable[str], carried: Mapping[str, str]) -> tuple[Font, ...]:
    return tuple(Font(name, bool(fonts.coverage(name)), carried.get(name, "")) for name in names)


def _word(table: LanguageTable, system: frozenset[str] | None) -> Iterable[Font]:
    its = table.fonts
    names = (
        its.word_latin,
        its.word_east_asian,
        its.word_heading_latin,
        its.word_heading_east_asian,
    )
    for name in dict.fromkeys(names):
        yield Font(name, None if system is None else name in system)


@lru_cache(maxsize=1)
def _carried() -> tuple[tuple[str, str], ...]:
    """Every family of the PDF with what carries it and the version of the font itself."""
    found: dict[str, str] = {}
    for folder in fonts.folders():
        for file in sorted(folder.glob("*.[ot]tf")):
            data = opentype.opened(file)
            its = opentype.names(data).get(opentype.VERSION, "").removeprefix("Version ")
            package = folder.name.replace("_", "-")
            found[opentype.family(data)] = f"{its.split(';')[0]}, {_with_version(package)}"
    for family in ("Libertinus Serif", *fonts.LAST_RESORT):
        if fonts.coverage(family):
            found.setdefault(family, _with_version("typst"))
    return tuple(found.items())


def _with_version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


def _printed(event: Event, table: LanguageTable) -> Iterable[str]:
    """What every edition in the language prints: its labels, the event's titles."""
    yield from table.labels.values()
    localized = [event.title, event.place, *event.organisers, *event.rooms.values()]
    localized += [theme.title for theme in event.themes]
    yield from (words[table.tag] for words in localized if table.tag in words)


def _without_glyph(table: LanguageTable, texts: Iterable[str]) -> str:
    names = (*table.fonts.of_pdf, *fonts.LAST_RESORT)
    known = frozenset().union(*(fonts.coverage(name) for name in dict.fromkeys(names)))
    wanted = {c for text in texts for c in text if c.isprintable() and not c.isspace()}
    return "".join(sorted(c for c in wanted if ord(c) not in known))


def _is_copy(root: Path, table: LanguageTable) -> bool:
    """Whether most labels of a table that is not English are still the English words."""
    if table.tag.split("-")[0] == _REFERENCE:
        return False
    reference = load_language(root, _REFERENCE).labels
    wordy = [key for key, words in reference.items() if _wordy(words)]
    same = sum(table.labels[key] == reference[key] for key in wordy)
    return same > len(wordy) / 2


def _wordy(label: str) -> bool:
    """Whether a label says something itself, apart from its values."""
    return any(
        letter.isalpha() for words, *_rest in string.Formatter().parse(label) for letter in words
    )
