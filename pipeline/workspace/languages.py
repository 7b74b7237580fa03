"""The data of each language: labels, fonts, typography, collation (``templates/languages``).

No language is known to the code: a table in the workspace's own `templates/languages/` is used
before the program's, so that organisers can correct a word or add a language.
"""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from pipeline import files
from pipeline.containment import is_inside
from pipeline.errors import ActesError, Place, Problem, stop
from pipeline.workspace.counters import Counter

_LARGEST = 256 * 1024
_SHORTEST = 0.05
_PACKAGE = Path(__file__).resolve().parent.parent


def program_templates() -> Path:
    """The program's templates: inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def template(root: Path, name: str) -> Path:
    """A template file: the workspace's own if it has one, else the program's."""
    own = root / "templates" / name
    if own.is_file() and not is_inside(root, own):
        raise stop("path-outside", f"templates/{name}")
    return own if own.is_file() else program_templates() / name


def typst_templates(root: Path) -> Path:
    """The folder whose ``typst/`` sets the books: the workspace's own, or the program's.

    What the workspace's lacks is the program's.
    """
    own = root / "templates"
    return own if any((own / "typst").glob("*.typ")) else program_templates()


@dataclass(frozen=True)
class Fonts:
    """Fonts and paragraph settings of a language (see ``Style`` of the book)."""

    body: tuple[str, ...]
    heading: tuple[str, ...]
    emphasis: tuple[str, ...]
    word_latin: str
    word_east_asian: str
    word_heading_latin: str
    word_heading_east_asian: str
    indent: str
    justify: bool
    word_latin_language: str = ""

    @property
    def of_pdf(self) -> tuple[str, ...]:
        """The families that the PDF asks for."""
        return tuple(dict.fromkeys((*self.body, *self.heading, *self.emphasis)))


@dataclass(frozen=True)
class Numbering:
    """How a declaration counts: sections, items by their depth; names of bracketed variants."""

    section: str
    items: tuple[str, ...]
    variants: tuple[str, ...]


@dataclass(frozen=True)
class Era:
    """How a language writes years of an era: in place of ``of`` in CLDR's patterns of dates.

    ``era`` and ``both`` are by the names of the settings; the ``first`` year has a name.
    """

    of: str
    first: str
    forms: Mapping[str, str]


@dataclass(frozen=True)
class LanguageTable:
    """Everything an edition needs to know of its language."""

    tag: str
    name: str
    typography: str
    collation: str
    locale: str
    fonts: Fonts
    labels: Mapping[str, str]
    preamble_ids: tuple[str, ...]  # ids of a declaration's section whose clauses have no number
    numbering: Numbering
    counts: str = "words"  # what length is counted in; "characters" where no space parts words
    length: float | None = None  # letters of a text, against the same in French; None: unknown
    script: str = "latin"  # of `typeset.SCRIPTS`: whose runs are marked in a text of another script
    era: Era | None = None  # years of an era may be written
    first_day: str = ""  # of a month, where it is not a plain number: « 1er »
    inflection: str = ""  # a Snowball stemmer's name, or "attached": a term is found within words

    def label(self, key: str, /, **values: object) -> str:
        """The words for ``key`` with its values filled in."""
        return self.labels[key].format_map(values)


@lru_cache(maxsize=8)
def _reference() -> Mapping[str, Any]:
    content = (program_templates() / "languages" / "en.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def _reference_labels() -> Mapping[str, str]:
    return dict(_reference()["labels"])


def _check_labels(labels: Mapping[str, str]) -> None:
    """A label may ask for the values that the English one has, as they are, and for no other.

    A format could otherwise look into a value, or fill a page with spaces. Raises ValueError.
    """
    for key, reference in _reference_labels().items():
        known = {name for _text, name, _form, _how in Formatter().parse(reference)}
        for _text, name, form, how in Formatter().parse(str(labels.get(key, ""))):
            if name not in known | {None} or form or how:
                raise ValueError(f"{key}: {{{name}}}")


def known_languages(root: Path) -> list[str]:
    """The languages that have a table, the workspace's or the program's."""
    folders = (root / "templates" / "languages", program_templates() / "languages")
    return sorted({file.stem for folder in folders for file in folder.glob("*.toml")})


@dataclass(frozen=True)
class Markup:
    """Words by which authors mark up a text: they may use those of any language.

    ``boxes`` name a fenced box, ``tables`` begin the legend of a table (« Table: … »).
    """

    boxes: frozenset[str]
    tables: frozenset[str]


def tables_as_written(root: Path) -> list[bytes]:
    """The files of all language tables that hold in the workspace ``root``.

    One that cannot be read is left out here, and reported when an edition needs it.
    """
    found: list[bytes] = []
    for tag in known_languages(root):
        with contextlib.suppress(ActesError):
            file = template(root, f"languages/{tag}.toml")
            found.append(files.read_bytes(file.parent, file, _LARGEST))
    return found


def markup_of(root: Path) -> Markup:
    """The words of all tables; those of one that is no table are left out."""
    boxes: set[str] = set()
    tables: set[str] = set()
    for content in tables_as_written(root):
        with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
            data = tomllib.loads(content.decode("utf-8"))
            boxes.update(map(str, data.get("boxes", ())))
            tables.add(str(data["labels"]["table"]))
    return Markup(frozenset(boxes), frozenset(tables - {""}))


@lru_cache(maxsize=1)
def own_markup() -> Markup:
    """The words of the program's own tables."""
    return markup_of(program_templates().parent)


@lru_cache(maxsize=16)
def box_word(tag: str) -> str:
    """The word by which an author of a language begins a box, in the program's own table."""
    with contextlib.suppress(ActesError):
        file = template(program_templates().parent, f"languages/{tag}.toml")
        data = tomllib.loads(files.read_bytes(file.parent, file, _LARGEST).decode("utf-8"))
        return str(next(iter(data.get("boxes", ())), "box"))
    return "box"


def _fonts(
    body: Iterable[str], heading: Iterable[str], emphasis: Iterable[str] = (), **word: Any
) -> Fonts:
    """``emphasis`` is for scripts without italics, by default in the fonts of headings."""
    return Fonts(tuple(body), tuple(heading), tuple(emphasis or heading), **word)


def _length(value: Any) -> float | None:
    """A length that texts can be compared by. Raises ValueError."""
    length = None if value is None else float(value)
    if length is not None and not _SHORTEST <= length <= 1 / _SHORTEST:
        raise ValueError(f"length: {value}")
    return length


def _numbering(data: Mapping[str, Any]) -> Numbering:
    """Patterns that can be counted by. Raises ValueError, KeyError or TypeError."""
    found = Numbering(str(data["section"]), tuple(data["items"]), tuple(data["variants"]))
    Counter(found.section)
    for pattern in found.items or ("",):
        Counter(pattern).list_style()
    return found


def _era(data: Mapping[str, Any] | None) -> Era | None:
    """Years of an era, of the one calendar that is known. Raises ValueError or KeyError."""
    if data is None:
        return None
    if data["calendar"] != "japanese":
        raise ValueError(f"era: {data['calendar']}")
    forms = {form: str(data[form]) for form in ("era", "both")}
    for form, words in forms.items():
        words.format(era="", year="", western="")
        if any(how or kind for _text, _name, how, kind in Formatter().parse(words)):
            raise ValueError(f"era: {form}")
    return Era(str(data["of"]), str(data["first"]), forms)


def load_language(root: Path, tag: str) -> LanguageTable:
    """The table of a language.

    Raises ActesError ``language-no-table``, ``language-table-wrong`` or, one problem a label,
    ``label-missing``: an edition never borrows words from another language (law 8).
    """
    file = template(root, f"languages/{tag}.toml")
    if not file.is_file():
        known = ", ".join(known_languages(root))
        values = {"language": tag, "known": known}
        raise ActesError([Problem("language-no-table", Place("sources/event.yaml"), values)])
    shown = f"templates/languages/{tag}.toml"
    try:
        own = file.is_relative_to(root / "templates")
        content = files.read_bytes(root, file, _LARGEST) if own else file.read_bytes()
        data = tomllib.loads(content.decode("utf-8"))
        table = LanguageTable(
            tag,
            str(data["name"]),
            str(data["typography"]),
            str(data["collation"]),
            str(data["locale"]),
            _fonts(**data["fonts"]),
            dict(data["labels"]),
            tuple(data.get("preamble_ids", _reference()["preamble_ids"])),
            _numbering(data.get("numbering", _reference()["numbering"])),
            str(data.get("counts", "words")),
            _length(data.get("length")),
            str(data.get("script", "latin")),
            _era(data.get("era")),
            str(data.get("first_day", "")),
            str(data.get("inflection", "")),
        )
        _check_labels(table.labels)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        values = {"reason": str(error)}
        raise ActesError([Problem("language-table-wrong", Place(shown), values)]) from None
    missing = sorted(_reference_labels().keys() - set(table.labels))
    if missing:
        raise ActesError([Problem("label-missing", Place(shown), {"key": k}) for k in missing])
    return table
