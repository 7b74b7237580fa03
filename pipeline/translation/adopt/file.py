"""`actes adopt`: from the file that a person translated by hand to the counterpart it becomes.

Nothing is written here: what is found is shown first, then written over exactly what was read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import files
from pipeline.errors import ActesError, Exit, Place, stop
from pipeline.texts.bodies import Body
from pipeline.texts.metadata import read_metadata
from pipeline.texts.read import Text, read_body, read_texts
from pipeline.texts.segments import Segment, SegmentKind
from pipeline.texts.source import MAX_BYTES, Source, parse_source
from pipeline.translation.adopt.front import adopted_front, new_front
from pipeline.translation.adopt.pairing import Link, adopted, aligned
from pipeline.translation.fields import field_values
from pipeline.translation.marker import looks_ours
from pipeline.translation.passages import translatable
from pipeline.workspace.languages import load_language
from pipeline.workspace.layout import Kind, TextFile, find_texts
from pipeline.workspace.load import Workspace

_FIRST_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)")
_WORDS = r"[^\r\n*_\[\]<>`{}\\&]+?"
_TITLE = re.compile(rf"#[ \t]+(?P<atx>{_WORDS})(?:[ \t]+#+)?[ \t]*|(?P<line>{_WORDS})\s*\n=+[ \t]*")


@dataclass(frozen=True)
class Adoption:
    """What would be written, and what it is shown by.

    ``before`` is the file as it was read, ``after`` as it shall be. ``links`` pair ``original``'s
    segments with those of ``target``, whose body begins ``body_line`` lines into the file.
    ``values`` are those of the heads by name, the original's and the translation's, empty where one
    has none. ``dropped`` are the keys taken out of the head because the original says the same.
    """

    path: str
    before: bytes
    after: bytes
    original: Text
    target: tuple[Segment, ...]
    body_line: int
    links: tuple[Link, ...]
    values: tuple[tuple[str, str, str], ...]
    dropped: tuple[str, ...]

    @property
    def confidential(self) -> bool:
        """Whether no word of the texts may be shown (law 6)."""
        return self.original.metadata.confidential


def adoption(workspace: Workspace, path: Path, of: str = "") -> Adoption:
    """How the translation at ``path`` becomes the counterpart of the original beside it.

    ``of`` names the original's file where several could be. Raises ActesError: what `read_body`
    and the original say of broken texts, ``adopt-not-a-text``, ``adopt-declaration``,
    ``adopt-no-original``, ``adopt-originals``, ``adopt-empty``, and with exit code 4
    ``adopt-already``, ``adopt-no-title``, ``adopt-unlike`` and what `adopted_front` raises.
    """
    found, _misplaced = find_texts(workspace.root, workspace.event)
    file = _file(workspace, found, path)
    before = files.read_bytes(workspace.root, workspace.root / file.path, MAX_BYTES)
    source = parse_source(file.path, before)
    body = _body(source)
    original = _original(workspace, found, file, of)
    _expect_by_hand(source, body)
    head, target, dropped = _parts(workspace, file, source, body, original)
    links = aligned(original.body.segments, target, _ratio(workspace, original, file))
    after = head + adopted(original.body.segments, target, links)
    _expect_same_segments(file.path, after, target)
    return Adoption(
        file.path, before, after.encode("utf-8"), original, target, source.body_line, links,
        _values(workspace, file, after, original), dropped,
    )  # fmt: skip


# -- which files --------------------------------------------------------------------------------


def _file(workspace: Workspace, found: Sequence[TextFile], path: Path) -> TextFile:
    wanted = path.absolute().resolve()
    for file in found:
        if (workspace.root / file.path).resolve() == wanted:
            if file.kind is Kind.DECLARATION:
                raise stop("adopt-declaration", file.path)
            return file
    if not path.exists():
        raise stop("file-missing", path.as_posix())
    raise stop("adopt-not-a-text", path.as_posix())


def _original(workspace: Workspace, found: Sequence[TextFile], file: TextFile, of: str) -> Text:
    """The text beside ``file`` that it can be the translation of."""
    beside = [f for f in found if f.key == file.key and f.path != file.path]
    reading = read_texts(workspace, beside)
    candidates = [
        f for f in beside
        if f.path not in reading.texts or reading.texts[f.path].metadata.translation is None
    ]  # fmt: skip
    names = {f.path.rsplit("/", 1)[1]: f for f in candidates}
    wanted = Path(of).name if of else ""
    if not names or (of and wanted not in names):
        shown = ", ".join(names) or f"{file.name}.*.md"
        raise stop("adopt-no-original", file.path, expected=shown)
    if not of and len(names) > 1:
        raise stop("adopt-originals", file.path, names=", ".join(names), first=next(iter(names)))
    chosen = names[wanted or next(iter(names))]
    if chosen.path not in reading.texts:
        raise ActesError([p for p in reading.problems if p.place.file == chosen.path])
    return reading.texts[chosen.path]


def _ratio(workspace: Workspace, original: Text, file: TextFile) -> float | None:
    """Letters of the translation's language for one of the original's, where both are known."""
    tables = [load_language(workspace.root, tag) for tag in (original.file.language, file.language)]
    one, other = (table.length for table in tables)
    return other / one if one and other else None


# -- what is in them ----------------------------------------------------------------------------


def _body(source: Source) -> Body:
    body, problems = read_body(source)
    if body is None:
        raise ActesError(problems)
    return body


def _expect_by_hand(source: Source, body: Body) -> None:
    for segment in body.segments:
        if segment.kind is SegmentKind.COMMENT and looks_ours(segment.raw):
            place = Place(source.path, source.body_line + segment.line)
            raise stop("adopt-already", place, Exit.REFUSED)
    if not translatable(body.segments):
        raise stop("adopt-empty", source.path)


def _parts(
    workspace: Workspace, file: TextFile, source: Source, body: Body, original: Text
) -> tuple[str, tuple[Segment, ...], tuple[str, ...]]:
    """The whole new head, the segments of the body, and what was taken out of the head."""
    of = original.file.path.rsplit("/", 1)[1]
    if source.front is None:
        return (*_with_new_head(source, body, original, of), ())
    metadata, document, problems = read_metadata(file.path, source.front, file.kind, workspace)
    if metadata is None or document is None:
        raise ActesError(problems)
    made = adopted_front(source.front, document, metadata, original.metadata, of)
    whole = source.raw[: len(source.raw) - len(source.body)]
    dashes = _FIRST_LINE.match(whole)
    begin = dashes.end() if dashes else 0
    head = whole[:begin] + made.yaml + whole[begin + len(source.front) :]
    return head, body.segments, made.dropped


def _with_new_head(
    source: Source, body: Body, original: Text, of: str
) -> tuple[str, tuple[Segment, ...]]:
    """A head for a text that has none: its title is the first heading, which moves there.

    The heading also stays where the original has one of that level in its body.
    """
    segments = [s for s in body.segments if s.kind is not SegmentKind.LEADING]
    title = _title(segments[0])
    if not title:
        raise stop("adopt-no-title", Place(source.path, 1), Exit.REFUSED, of=of)
    kept = segments if _has_title(original.body) else segments[1:]
    eol = "\r\n" if "\r\n" in source.raw else "\n"
    mark = "\ufeff" if source.raw.startswith("\ufeff") else ""
    head = f"{mark}---{eol}{new_front(title, original.metadata, of, eol)}---{eol}{eol}"
    return head, tuple(kept)


def _title(segment: Segment) -> str:
    """The words of a heading of the first level; empty where it is more than words."""
    match = _TITLE.fullmatch(segment.raw.strip()) if segment.kind is SegmentKind.HEADING else None
    return (match["atx"] or match["line"]).strip() if match else ""


def _has_title(body: Body) -> bool:
    return any(
        segment.kind is SegmentKind.HEADING and bool(blocks) and blocks[0]["c"][0] == 1
        for segment, blocks in zip(body.segments, body.blocks, strict=True)
    )


def _values(
    workspace: Workspace, file: TextFile, after: str, original: Text
) -> tuple[tuple[str, str, str], ...]:
    """The values of both heads that are for translators, beside each other."""
    front = parse_source(file.path, after.encode("utf-8")).front
    metadata, _document, _problems = read_metadata(file.path, front, file.kind, workspace)
    theirs, ours = field_values(original.metadata), field_values(metadata) if metadata else {}
    return tuple((name, theirs.get(name, ""), ours.get(name, "")) for name in {**theirs, **ours})


def _expect_same_segments(path: str, after: str, target: Sequence[Segment]) -> None:
    """Law 2: the comments must have changed nothing else. Raises ActesError ``adopt-unlike``."""
    source = parse_source(path, after.encode("utf-8"))
    kinds = (SegmentKind.COMMENT, SegmentKind.LEADING)
    there = [
        segment for segment in _body(source).segments
        if not (segment.kind is SegmentKind.COMMENT and looks_ours(segment.raw))
    ]  # fmt: skip
    words = [[s for s in side if s.kind not in kinds] for side in (target, there)]
    for one, other in zip(*words, strict=False):
        if one.raw != other.raw:
            raise stop("adopt-unlike", Place(path, one.line), Exit.REFUSED)
    if len(words[0]) != len(words[1]):
        raise stop("adopt-unlike", Place(path), Exit.REFUSED)
