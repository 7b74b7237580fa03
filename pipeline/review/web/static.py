"""The review as one page to keep, print or send: nothing in it runs or is loaded."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from pipeline import files
from pipeline.errors import Exit, Problem, stop
from pipeline.review.web.asked import NEEDS, WHOLE, Asked
from pipeline.review.web.choices import progress
from pipeline.review.web.pages import FOLDER, render
from pipeline.review.web.reading import Reader, empty
from pipeline.review.web.sheets import Sheet, chosen_items, within
from pipeline.review.web.shelf import Shelf
from pipeline.workspace.characters import printable
from pipeline.workspace.languages import program_templates

_OURS = b'<meta name="generator" content="Actes">'
_HEAD = 2000  # bytes in which a page of ours says what it is
_LARGEST = 256 * 1024 * 1024


def write_static(
    shelf: Shelf, file: Path, language: str, whole: bool, confidential: bool
) -> tuple[int, list[Problem]]:
    """Write the page to ``file``: what needs a person, or the ``whole`` of the texts.

    Returns how many texts were left out because they are confidential, and the errors of texts
    that cannot be read. Only over a page of ours: raises ActesError ``review-taken`` (exit code 4),
    and as `files.write_bytes`.
    """
    sheets = [*shelf.read_everything()]
    shown = [sheet for sheet in sheets if confidential or not sheet.confidential]
    page = static_page(Reader(shelf.workspace), shown, language, whole)
    _write(file.absolute(), page.encode())
    problems = [problem for sheet in shown for problem in sheet.problems]
    return len(sheets) - len(shown), [*shelf.problems, *problems]


def static_page(reader: Reader, sheets: Sequence[Sheet], language: str, whole: bool) -> str:
    """The page's HTML. Its policy names its one style sheet by digest and allows nothing else."""
    style = _style()
    wanted = Asked(show=WHOLE if whole else NEEDS)
    pairs = chosen_items(within(sheets, wanted), wanted)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return render(
        "static.html",
        language,
        event=reader.title(language),
        style=style,
        digest=digest,
        progress=progress(sheets, language),
        groups=reader.groups(pairs, language),
        total=len(pairs),
        empty=empty(sheets, wanted, language),
        whole=whole,
    )


def _style() -> str:
    """The style sheet without the fonts that only the served page can load."""
    css = (program_templates() / FOLDER / "review.css").read_text(encoding="utf-8")
    head, _, rest = css.partition("@font-face")
    return head + rest[rest.index(":root") :]


def _write(file: Path, content: bytes) -> None:
    folder = file.parent
    there = file.exists() or file.is_symlink()
    if there and _OURS not in files.read_bytes(folder, file, _LARGEST)[:_HEAD]:
        raise stop("review-taken", printable(file.name), code=Exit.REFUSED)
    files.write_bytes(folder, file, content)
