"""`actes import`: a draft of any kind becomes a text of the workspace, with its pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import files
from pipeline.drafts.markdown_draft import read_markdown
from pipeline.drafts.new_text import Request, new_text
from pipeline.drafts.office import import_office
from pipeline.drafts.package import Tracked
from pipeline.drafts.plaintext.model import Doubt, Repair
from pipeline.drafts.plaintext.repair import repair_plain_text
from pipeline.drafts.wishes import slug_of
from pipeline.errors import Exit, Place, Problem, Severity, stop
from pipeline.workspace.load import load

MAX_BYTES = 60 * 1024 * 1024
_MAX_PLAIN = 4 * 1024 * 1024
_OFFICE = (".docx", ".odt")
_MARKDOWN = (".md", ".markdown")
_PLAIN = (".txt", ".text", "")
_KANA = re.compile(r"[\u3041-\u30ff]")


@dataclass(frozen=True)
class Draft:
    """A draft read: its title, Markdown body, pictures by file name, and what there is to say."""

    title: str
    body: str
    images: dict[str, bytes]
    repairs: tuple[Repair, ...]
    doubts: tuple[Doubt, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Imported:
    """The text that was written, its pictures, and the draft; ``body_line`` precede the body."""

    path: Path
    images: tuple[Path, ...]
    draft: Draft
    body_line: int


def import_draft(root: Path, file: Path, request: Request, tracked: Tracked) -> Imported:
    """Import ``file`` as the text that ``request`` names (its name and language may be empty).

    Raises the errors of `new_text`, `open_package`, `read_markdown`, and ``import-kind``,
    ``import-name``, ``import-empty``, ``language-guess``, ``not-utf8``. Nothing is
    overwritten; on an error nothing is written.
    """
    suffix = file.suffix.lower()
    if suffix not in (*_OFFICE, *_MARKDOWN, *_PLAIN):
        raise stop("import-kind", file.name, suffix=suffix)
    limit = MAX_BYTES if suffix in _OFFICE else _MAX_PLAIN
    content = files.read_bytes(file.absolute().parent, file.absolute(), limit)
    workspace, _problems = load(root)
    name = request.name or slug_of(file.stem)
    if not name:
        raise stop("import-name", file.name, code=Exit.USAGE, name=file.stem)
    if suffix in _OFFICE:
        language = request.language or _only(workspace.event.languages, file)
        office = import_office(content, file.name, suffix, name, language, tracked)
        draft = Draft(office.title, office.body, dict(office.images), (), (), office.problems)
    else:
        text, problems = decode(content, file.name)
        language = request.language or guess_language(text, workspace.event.languages, file)
        if suffix in _MARKDOWN:
            title, body, wrong = read_markdown(text, file.name)
            draft = Draft(title, body, {}, (), (), (*problems, *wrong))
        else:
            plain = repair_plain_text(text, language)
            draft = Draft(plain.title, plain.body, {}, plain.repairs, plain.doubts, problems)
    if not draft.body.strip() and not draft.title:
        raise stop("import-empty", file.name)
    wanted = replace(
        request, name=name, language=language, title=request.title or draft.title or None
    )
    made = new_text(root, wanted, draft.body, draft.images)
    return Imported(made.path, made.pictures, draft, made.body_line)


def decode(content: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a plain file, whatever it was saved in.

    UTF-8 first; then UTF-16 by its mark; then what Windows programs of the two countries wrote
    (Shift_JIS where it is valid and has kana, else Windows-1252), which is reported.
    """
    encodings: Sequence[str] = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ()
    for encoding in ("utf-8-sig", *encodings, "cp932", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp932" and not _KANA.search(text):
            continue
        if encoding == "utf-8-sig":
            return text, ()
        values = {"encoding": encoding}
        return text, (Problem("import-encoding", Place(file), values, Severity.REMARK),)
    raise stop("not-utf8", file)


def guess_language(text: str, languages: Sequence[str], file: Path) -> str:
    """The language of a text among those of the event: Japanese by its kana, else the only other.

    Raises ActesError ``language-guess`` when two languages remain possible.
    """
    letters = sum(character.isalpha() for character in text) or 1
    japanese = len(_KANA.findall(text)) / letters > 0.15  # noqa: PLR2004 - a fifth at the least in prose
    possible = [tag for tag in languages if (tag.split("-")[0] == "ja") == japanese]
    return _only(possible or languages, file)


def _only(languages: Sequence[str], file: Path) -> str:
    if len(languages) == 1:
        return languages[0]
    raise stop("language-guess", file.name, code=Exit.USAGE, example=languages[0])
