"""Which files an event's editions are, and what each is made from."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.errors import ActesError, Place, Problem, Severity
from pipeline.proceedings.bilingual import bilingual
from pipeline.proceedings.blockers import blockers, waiting
from pipeline.proceedings.book import Book
from pipeline.proceedings.chapters import apart, chapter_id
from pipeline.proceedings.collect import Collection, collect
from pipeline.proceedings.links import dangling_links
from pipeline.proceedings.merge import merge
from pipeline.publishing.asked import is_of_declaration, languages_of
from pipeline.publishing.gather import Gathered
from pipeline.publishing.jobs import Job, Options, Say
from pipeline.publishing.rescue import ATTEMPTS, Rescue
from pipeline.texts import ast
from pipeline.texts.read import Reading, Text
from pipeline.translation.remarks import marker_problems
from pipeline.workspace.event import BilingualEdition
from pipeline.workspace.languages import LanguageTable, template, typst_templates
from pipeline.workspace.layout import DECLARATION, Kind
from pipeline.workspace.load import Workspace

_REQUIRED = frozenset({"metadata-incomplete"})  # a remark in a draft; a final needs it
Contradicted = Callable[[Gathered, Iterable[str]], list[Problem]]


@dataclass(frozen=True)
class Plan:
    """What a build will do.

    ``editions`` are jobs by file name, by edition: those of one edition share its book. ``names``
    are those of all the files asked for (some may have no job); then the ``problems`` found, and
    what is ``blocking`` a final edition.
    """

    editions: Mapping[str, Mapping[str, Job]]
    names: tuple[str, ...]
    problems: list[Problem]
    blocking: list[Problem]


def contradictions(
    gathered: Gathered, languages: Iterable[str], say: Say = lambda _words: None
) -> list[Problem]:
    """What the translations into ``languages`` contradict, by the rules: a final alone asks."""
    from pipeline.checks import told
    from pipeline.checks.kept import Findings
    from pipeline.texts.contents import contents_of, grouped

    event, texts = gathered.workspace.event, gathered.reading.texts
    collection, _mismatched = collect(event, gathered.found, texts)
    printed = {work.key for work in collection.all}
    groups = grouped(contents_of(gathered.found, texts))
    findings = Findings(gathered.workspace, say)
    entries = findings.of([groups[key] for key in groups if key in printed], gathered.reading)
    findings.save()
    pairs = [pair for entry in entries for pair in entry.pairs]
    return [problem for tag in languages for problem in told.of_translations(pairs, tag)]


def plan(
    gathered: Gathered, work: Path, options: Options, contradicted: Contradicted = contradictions
) -> Plan:
    """Plan the editions that ``options`` ask for, of what was ``gathered`` for them.

    ``contradicted`` says what the translations into languages contradict: the rules, or somebody
    who asked them already.
    """
    workspace, tables, reading = gathered.workspace, gathered.tables, gathered.reading
    event, root = workspace.event, workspace.root
    collection, mismatched = collect(event, gathered.found, reading.texts)
    problems = [*gathered.problems, *mismatched]
    problems += dangling_links(collection)
    problems += _remarks(collection)
    images, refused = _images(workspace, reading)
    problems += refused
    jobs: dict[str, Mapping[str, Job]] = {}
    blocking: list[Problem] = []
    ours: dict[str, Sequence[str]] = {}
    printed: dict[str, None] = {}  # the languages of all editions of the proceedings, each once
    for name, formats in gathered.wanted.items():
        if is_of_declaration(name):
            ours[name] = formats
            continue
        languages = languages_of(name, event)
        printed |= dict.fromkeys(languages)
        make = partial(_book, workspace, collection, tables, languages, options, images)
        rescue = Rescue(root, tables[languages[0]], _files(collection, languages))
        jobs[name] = _proceedings(name, make, formats, root, work, rescue)
    if ours and (root / "sources" / DECLARATION).is_dir():  # an event need not have one
        from pipeline.publishing import declaration

        made, found_wrong = declaration.jobs(
            workspace, reading, tables, not options.final, ours, work
        )
        jobs |= made
        problems += found_wrong
    kinds = {file.kind for file in gathered.found}
    if any(map(is_of_declaration, options.editions)) and Kind.DECLARATION not in kinds:
        there = f"sources/{DECLARATION}/{DECLARATION}.{event.languages[0]}.md"
        problems.append(Problem("declaration-none", Place(there)))
    names = (f"{name}.{form}" for name, formats in gathered.wanted.items() for form in formats)
    if options.final:
        for language in printed:
            blocking += blockers(collection, language)
        problems += contradicted(gathered, printed)
        blocking += [p for p in problems if p.severity is Severity.ERROR or p.rule in _REQUIRED]
        blocking += waiting(root, [text.source for text in reading.texts.values()])
    return Plan(jobs, tuple(dict.fromkeys(names)), problems, blocking)


def _remarks(collection: Collection) -> Iterable[Problem]:
    for work in collection.all:
        for counterpart in work.counterparts.values():
            yield from marker_problems(counterpart, work.original)


def _images(workspace: Workspace, reading: Reading) -> tuple[frozenset[str], list[Problem]]:
    """The images of all texts that may be printed, and what is wrong with the others."""
    from pipeline.publishing import images

    usable: set[str] = set()
    problems: list[Problem] = []
    for path in sorted({path for text in reading.texts.values() for path in text.body.images}):
        try:
            images.prepared(workspace.root, path)
        except ActesError as error:
            problems += [said for fault in error.problems for said in _shown(fault, path, reading)]
        else:
            usable.add(path)
    return frozenset(usable), problems


def _shown(problem: Problem, path: str, reading: Reading) -> list[Problem]:
    """What is wrong with an image; of one that is not there, in each text that shows it, where."""
    if problem.rule != "image-missing":
        return [problem]
    found = [text for text in reading.texts.values() if path in text.body.images]
    return [replace(problem, place=_first_showing(text, path)) for text in found]


def _first_showing(text: Text, path: str) -> Place:
    """Where a text first shows an image: the line of its name, or of the block where no line has it
    as it is (« mon%20port.png »)."""
    name = path.rpartition("/")[2]
    for segment, blocks in zip(text.body.segments, text.body.blocks, strict=True):
        images = (node["c"][2][0] for node in ast.walk(blocks) if node["t"] == "Image")
        if path in images:
            before, named, _ = segment.raw.partition(f"/{name}")
            line = text.source.body_line + segment.line + before.count("\n") * bool(named)
            return Place(text.file.path, line)
    return Place(text.file.path)


def _book(
    workspace: Workspace,
    collection: Collection,
    tables: Mapping[str, LanguageTable],
    languages: tuple[str, ...],
    options: Options,
    images: frozenset[str],
) -> Book:
    draft = not options.final
    if len(languages) == 1:
        return merge(workspace, collection, tables, languages[0], draft, images)
    first, second = (
        merge(workspace, collection, tables, tag, draft, images, apart) for tag in languages
    )
    asked = workspace.event.editions.bilingual or BilingualEdition()
    return bilingual(first, second, asked.layout == "facing")


def _proceedings(
    name: str,
    make: Callable[[], Book],
    formats: Sequence[str],
    root: Path,
    work: Path,
    rescue: Rescue,
) -> dict[str, Job]:
    """A job a format; both set the same book, which is merged once, when the first one runs."""
    once = _Once(make, rescue)
    makers: Mapping[str, Callable[[Book, Rescue], bytes]] = {
        "docx": lambda book, found: _word(book, root, found),
        "pdf": lambda book, found: _pdf(book, root, work / name, found),
    }

    def job(form: str) -> Job:
        return lambda left_out: makers[form](once(left_out), replace(rescue, problems=left_out))

    return {f"{name}.{form}": job(form) for form in formats}


class _Once:
    """A book that two threads may ask for and that is made once.

    What no font has a glyph for is left out of it, so that every format says the same.
    """

    def __init__(self, make: Callable[[], Book], rescue: Rescue) -> None:
        self._make = make
        self._rescue = replace(rescue, problems=[])
        self._lock = threading.Lock()
        self._book: Book | None = None

    def __call__(self, left_out: list[Problem]) -> Book:
        """The book; what was left out is added to the list."""
        with self._lock:
            if self._book is None:
                self._book = self._rescue.printable(self._make())
            left_out.extend(self._rescue.problems)
            return self._book


def _pdf(book: Book, root: Path, work: Path, rescue: Rescue) -> bytes:
    """The PDF; what alone keeps it from being set is left out of a draft (law 9)."""
    from pipeline.publishing.typst import pdf as typst

    for _ in range(ATTEMPTS):
        try:
            return typst.pdf(book, work, typst_templates(root))
        except ActesError as error:
            smaller = rescue.without(book, error)
            if smaller is None:
                raise
            book = smaller
    return typst.pdf(book, work, typst_templates(root))


def _files(collection: Collection, languages: Sequence[str]) -> dict[str, str]:
    """The file of each chapter (a file a language), by the chapter's id."""
    found: dict[str, str] = {}
    for work in collection.all:
        texts = [work.in_language(tag) or work.original for tag in languages]
        paths = dict.fromkeys(text.file.path for text in texts if text is not None)
        if paths:
            found[chapter_id(work)] = ", ".join(paths)
    return found


def _word(book: Book, root: Path, rescue: Rescue) -> bytes:
    from pipeline.publishing.album import Album
    from pipeline.publishing.typst import pdf as typst
    from pipeline.publishing.word import docx as word

    album = Album(root, book.images)
    return word.docx(
        book,
        template(root, "reference.docx"),
        rescue.pictures(album.picture) if book.draft else album.picture,
        lambda cake: typst.figure_png(cake, book.style),
    )
