"""Whether a given PDF or Word file is the text that was adopted, clause by clause.

The file is compared with what the adopted version prints, by its words alone: nothing is read from
the workspace's texts of today, and nothing is believed that the file says of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import files
from pipeline.checks import told
from pipeline.declaration.alternat import Alternat, one_text, original
from pipeline.declaration.dossier import Dossier
from pipeline.declaration.marks import Contradicted, possible
from pipeline.declaration.parallel import parallel
from pipeline.declaration.reading_copy import reading_copy
from pipeline.declaration.versions import Version, digest
from pipeline.errors import ActesError, stop
from pipeline.publishing.proof import docx_text, pdf_text
from pipeline.publishing.proof.coverage import Coverage, cover
from pipeline.publishing.proof.kept import Kept, opened
from pipeline.publishing.proof.page import Page, plain
from pipeline.publishing.proof.printed import Run, around, runs
from pipeline.publishing.proof.sheets import Piece, TooMuchError
from pipeline.workspace.event import Event
from pipeline.workspace.languages import load_language

MAX_BYTES = 64 * 1024 * 1024
_ALIKE = 55.0


@dataclass(frozen=True)
class Adopted:
    """A version that was kept, and all that it prints.

    ``wordings`` are the runs of its text as the working text and each party's original print them:
    they may name the parties in another order; then as copies to read out print it, with readings.
    ``around`` is what else stands on their pages.
    """

    version: Version
    confidential: bool
    wordings: tuple[tuple[Run, ...], ...]
    around: tuple[str, ...]

    def on(self, pages: Sequence[Page]) -> Coverage:
        """The text found on pages, in the wording that is most like them."""
        found: list[Coverage] = []
        for wording in self.wordings:
            found.append(cover(wording, self.around, pages))
            if found[-1].complete:
                break
        return min(found, key=lambda one: one.amiss)


@dataclass(frozen=True)
class Difference:
    """Words of a clause as adopted and as the file has them; "" on the side that lacks them.

    Words that are of no clause have nothing adopted, and the clause beside which they stand.
    """

    clause: str
    language: str
    adopted: str
    found: str


@dataclass(frozen=True)
class Verdict:
    """What a file was found to be: its digest, the languages it has, how it differs."""

    path: Path
    digest: str
    languages: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Whether the file is the adopted text, in at least one language and with nothing else."""
        return bool(self.languages) and not self.differences


def adopted_text(root: Path, name: str | None = None) -> Adopted:
    """What the adopted version prints, or that of the name or title given.

    Raises ActesError as `kept.opened`.
    """
    kept = opened(root, name)
    tables = {tag: load_language(kept.folder, tag) for tag in kept.workspace.event.languages}
    book, problems = parallel(kept.workspace, kept.dossier.texts, tables, draft=False)
    if book is None:
        raise ActesError(problems)
    originals = {
        turn.holder: original(book, turn) for turn in _alternats(kept.workspace.event, kept.dossier)
    }
    copies = [
        reading_copy(one_text(one, tag), kept.workspace, tables[tag])
        for tag, one in originals.items()
    ]
    wordings = [_in_order(runs(one), kept.dossier.languages) for one in (book, *originals.values())]
    wordings += [tuple(runs(copy, readings=True)) for copy in copies]
    beside = [words for one in (book, *originals.values(), *copies) for words in around(one)]
    beside += possible(book, kept.dossier, _contradicted(kept))
    hidden = kept.dossier.confidential
    return Adopted(
        kept.version, hidden, tuple(dict.fromkeys(wordings)), tuple(dict.fromkeys(beside))
    )


def _contradicted(kept: Kept) -> Contradicted:
    """What a draft may have said of its clauses, before it was accepted."""
    texts = kept.dossier.texts
    return told.by_clause(told.compared(kept.workspace, texts), texts, accepted=True)


def _alternats(event: Event, dossier: Dossier) -> Iterable[Alternat]:
    settings = event.declaration
    for holder in dossier.texts:
        yield Alternat(holder, event.languages, settings.alternat, settings.columns)


def _in_order(found: Sequence[Run], languages: Sequence[str]) -> tuple[Run, ...]:
    """Text after text, in the event's order, so that two wordings of them are compared alike."""
    return tuple(sorted(found, key=lambda run: languages.index(run.language)))


def verify(text: Adopted, path: Path) -> Verdict:
    """Compare a file with the adopted text.

    Raises ActesError ``verify-kind`` for what is neither PDF nor Word, ``verify-unreadable``,
    ``verify-without-words`` (a scan), ``verify-bare-page``, and as `files.read_bytes` and
    `docx_text.pages`.
    """
    place = path.resolve()
    content = files.read_bytes(place.parent, place, MAX_BYTES)
    pages = _pages(content, path)
    if not any(page.plain for page in pages):
        raise stop("verify-without-words", path.as_posix())
    bare = [number for number, page in enumerate(pages, 1) if not page.plain and _is_pdf(content)]
    if bare:  # an image, perhaps, of words that nobody adopted
        raise stop("verify-bare-page", path.as_posix(), pages=", ".join(map(str, bare)))
    try:
        found = text.on(pages)
    except TooMuchError:
        raise stop("verify-unreadable", path.as_posix()) from None
    differences = _differences(found.missing, found.left, pages) if found.languages else ()
    return Verdict(path, digest(content), found.languages, tuple(differences))


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _pages(content: bytes, path: Path) -> list[Page]:
    """Told by what the file begins with, whatever it is called."""
    if _is_pdf(content):
        return pdf_text.pages(content, path.as_posix())
    if content.startswith(b"PK\x03\x04"):
        return docx_text.pages(content, path.as_posix())
    raise stop("verify-kind", path.as_posix())


def _differences(
    missing: Sequence[Run], left: Sequence[Piece], pages: Sequence[Page]
) -> Iterable[Difference]:
    """Each run that was not found beside the words most like it, then the words of no clause."""
    pieces = list(left)
    for run in missing:
        at, piece = _most_like(run, pieces, pages)
        if piece is None:
            yield Difference(run.clause, run.language, run.words, "")
            continue
        rest = [replace(pieces[at], end=piece.begin), replace(pieces[at], begin=piece.end)]
        pieces[at : at + 1] = [one for one in rest if one.begin < one.end]
        words = pages[piece.page].words(piece.begin, piece.end)
        yield Difference(run.clause, run.language, run.words, words)
    for piece in pieces:
        words = pages[piece.page].words(piece.begin, piece.end)
        if any(map(str.isalnum, words)):
            clause, language = (n.clause, n.language) if (n := piece.near) else ("", "")
            yield Difference(clause, language, "", words)


def _most_like(
    run: Run, pieces: Sequence[Piece], pages: Sequence[Page]
) -> tuple[int, Piece | None]:
    """The part of a piece that is most like a run; none where nothing is like it."""
    from rapidfuzz import fuzz

    wanted = plain(run.words)
    best: tuple[float, int, Piece | None] = (_ALIKE, 0, None)
    for number, piece in enumerate(pieces):
        words = pages[piece.page].plain[piece.begin : piece.end]
        score = fuzz.ratio(wanted, words)
        if score > best[0]:
            best = (score, number, piece)
        part = fuzz.partial_ratio_alignment(wanted, words) if len(words) > len(wanted) else None
        if part is not None and part.score > max(best[0], score):
            begin, end = piece.begin + part.dest_start, piece.begin + part.dest_end
            best = (part.score, number, Piece(piece.page, begin, end))
    return best[1], best[2]
