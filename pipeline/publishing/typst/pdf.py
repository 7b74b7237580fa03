"""A book as PDF, by Typst and the templates of ``templates/typst``.

`source` is pure: pieces in, Typst out. `pdf` lays the document, copies of the templates and the
checked images in a fresh folder and compiles there, in a process of its own.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.containment import expect_own
from pipeline.errors import ActesError, Problem
from pipeline.proceedings.book import Book, Cake, Style
from pipeline.publishing import fonts, images
from pipeline.publishing.scripts import is_east_asian
from pipeline.publishing.typst import run as typst_run
from pipeline.publishing.typst.book import Composition, compose
from pipeline.publishing.typst.cake import layers
from pipeline.publishing.typst.markup import array, ems, markup, quoted
from pipeline.publishing.typst.sides import draft_mark, house_of
from pipeline.publishing.typst.text import Picture
from pipeline.workspace.languages import load_language, program_templates

_CAKE_PPI = 300.0


def source(book: Book) -> str:
    """The whole Typst document of ``book``; it imports ``volume.typ`` beside it."""
    return _composition(book)[0].text


def pdf(book: Book, work: Path, templates: Path) -> bytes:
    """The book as PDF/UA-1 and PDF/A-2a, made in a fresh folder under ``work``.

    ``templates`` is the folder that holds ``typst/``. Raises ActesError: the rules of `images`,
    ``glyph-missing`` and those of `typst_run.run`.
    """
    composition, pictures = _composition(book)
    fonts.check(book, composition.text)
    return set_in_type(
        book, composition, house(book, composition.languages), pictures, work, templates
    )


def set_in_type(
    book: Book,
    composition: Composition,
    style: str,
    pictures: Mapping[str, bytes],
    work: Path | None,
    templates: Path,
) -> bytes:
    """Compile a composition with its ``house.typ`` and images, dated as ``book``."""
    files = {
        **_templates(templates),
        **pictures,
        "house.typ": style.encode(),
        typst_run.MAIN: composition.text.encode(),
    }
    moment = datetime.combine(date.fromisoformat(book.date), datetime.min.time(), UTC)
    job = typst_run.Job(files, timestamp=int(moment.timestamp()))
    return _in_fresh_folder(job, work, composition)


def figure_png(cake: Cake, style: Style) -> bytes:
    """The cake alone, from the same template, for writers that cannot draw it."""
    title = "".join(str(node.get("c", " ")) for node in cake.title if node["t"] in ("Str", "Space"))
    book = Book(
        style.language, title, "", "", (), "2000-01-01", draft=False, style=style, labels={},
        pieces=(),
    )  # fmt: skip
    main = (
        '#import "house.typ": house\n#import "cake.typ": drawing\n'
        "#set page(width: auto, height: auto, margin: 1mm)\n"
        "#set text(lang: house.lang, font: house.body, size: house.size, fallback: false)\n"
        f"#drawing({layers(cake)})\n"
    )
    files = {
        **_templates(program_templates()),
        "house.typ": house(book, ()).encode(),
        typst_run.MAIN: main.encode(),
    }
    job = typst_run.Job(files, form="png", ppi=_CAKE_PPI)
    return _in_fresh_folder(job, None, Composition(main, frozenset(), ()))


def house(book: Book, languages: Iterable[str], more: str = "") -> str:
    """``house.typ``: what the templates know of this edition, and the fonts of its languages.

    ``more`` is entries that a special edition adds.
    """
    style, eastern = book.style, is_east_asian(book.language)
    lang, _, region = book.language.partition("-")
    stacks = {tag: _stacks(tag, book) for tag in sorted({book.language, *languages})}
    values = {
        "lang": quoted(lang),
        "region": quoted(region) if len(region) == 2 else "none",  # noqa: PLR2004
        "eastern": str(eastern).lower(),
        "body": array(stacks[book.language][0]),
        "display": array(stacks[book.language][1]),
        "body-of": _dictionary({tag: array(found[0]) for tag, found in stacks.items()}),
        "display-of": _dictionary({tag: array(found[1]) for tag, found in stacks.items()}),
        "emphasis-of": _dictionary({tag: array(found[2]) for tag, found in stacks.items()}),
        "gothic": array(fonts.stack(fonts.GOTHIC, "ja")),
        "mono": array(fonts.stack(fonts.MONO, "en")),
        "body-weight": "400",
        "display-weight": "700" if eastern else "600",
        # JLREQ 2.4.2 and 3.1: a measure of whole characters, lines set apart by 0.5 to 1 of them.
        "size": "10pt" if eastern else "11pt",
        "measure": "400pt" if eastern else "140mm",
        "leading": "0.72em" if eastern else "0.36em",
        "gap": "0.95em",
        "indent": ems(style.indent),
        "justify": str(style.justify).lower(),
        "comma": quoted(book.labels.get("list-separator", ", ")),
        "title": f"[{markup(book.title)}]",
        "author": quoted(book.author),
        "subject": f"[{markup(book.subject)}]" if book.subject else "none",
        "keywords": array(map(quoted, book.keywords)),
        "date": _date(book.date),
        "page-of": array(f"[{markup(words)}]" for words in _around_numbers(book.labels)),
        "draft-mark": draft_mark(book) if book.draft else "none",
    }
    body = "".join(f"  {name}: {value},\n" for name, value in values.items())
    return f"#let house = (\n{body}{house_of(book)}{more})\n"


def _dictionary(entries: Mapping[str, str]) -> str:
    return "(" + "".join(f"{quoted(key)}: {value}, " for key, value in entries.items()) + ")"


def _stacks(tag: str, book: Book) -> list[list[str]]:
    """Fonts of a language for text, headings and what is stressed: the book's own, or those of the
    language's table."""
    own = {side.language: side.style for side in book.sides} | {book.language: book.style}
    style = own.get(tag, book.style)
    found = style.body_fonts, style.heading_fonts, style.emphasis_fonts
    if tag not in own:
        for known in dict.fromkeys((tag, tag.split("-", maxsplit=1)[0])):
            with suppress(ActesError):  # a language without a table keeps the fonts of the book
                table = load_language(program_templates().parent, known).fonts
                found = table.body, table.heading, table.emphasis
                break
    return [fonts.stack(names, tag) for names in found]


def _around_numbers(labels: Mapping[str, str]) -> tuple[str, str, str]:
    words = labels.get("page-of", "{page} / {pages}")
    before, _, rest = words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return before, between, after


def _date(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"


def _templates(templates: Path) -> dict[str, bytes]:
    """The program's templates, and in their place those that the workspace has of its own."""
    found = {file.name: file for file in sorted((program_templates() / "typst").glob("*.typ"))}
    if templates != program_templates():
        for file in sorted((templates / "typst").glob("*.typ")):
            expect_own(templates.parent, file)  # none may lead out of the workspace
            found[file.name] = file
    return {name: file.read_bytes() for name, file in found.items()}


def _composition(book: Book) -> tuple[Composition, dict[str, bytes]]:
    """The document, and the files of its images by their path in the folder."""
    pictures: dict[str, Picture] = {}
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path, real in book.images.items():
        try:
            found = images.checked(images.workspace_of(path, real), path)
        except ActesError as error:
            problems += error.problems
            continue
        name = f"images/{hashlib.sha256(found.content).hexdigest()[:20]}{found.suffix}"
        files[name] = found.content
        pictures[path] = Picture(name, found.height / found.width)
    if problems:
        raise ActesError(problems)
    return compose(book, pictures), files


def _in_fresh_folder(job: typst_run.Job, work: Path | None, composition: Composition) -> bytes:
    if work is not None:
        work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="typst-", dir=work))
    try:
        return typst_run.run(job, folder, composition.place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
