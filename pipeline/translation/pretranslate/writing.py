"""A counterpart's whole file made anew, and written only over what it was made from (law 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline import files
from pipeline.errors import Place, stop
from pipeline.texts.read import Text, read_body
from pipeline.texts.segments import Segment, SegmentKind
from pipeline.texts.source import Source, unify_lines
from pipeline.translation import update
from pipeline.translation.adopt.pairing import adopted
from pipeline.translation.decide import Proposal
from pipeline.translation.front import update as front
from pipeline.translation.marker import escape
from pipeline.translation.own_words import squeezed
from pipeline.translation.passages import passages
from pipeline.translation.pretranslate.tasks import Task

_FIRST_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)")


def renewed(task: Task, segments: Mapping[int, Proposal], fields: Mapping[str, str]) -> str:
    """The content of the counterpart's file, with the proposals taken up where they are wanted.

    Raises ActesError as `front.renewed`, or ``translation-would-lose``: a person's words would not
    be in the result, which is a defect of Actes; nothing is then written.
    """
    source, there = task.original.body.segments, task.counterpart
    recorded = there.metadata.translation if there and there.metadata.translation else None
    order = recorded.order or "" if recorded else ""
    before = _body_segments(task)
    body = update.update(source, before, segments, order)
    changed = there is None or body != there.source.body
    mark = update.order_of(source) if changed or order else ""
    name = task.original.file.path.rpartition("/")[2]
    head = front.renewed(
        there.source.front if there else None,
        name,
        task.original.metadata,
        there.metadata if there else None,
        fields,
        mark,
        task.file.path,
    )
    if there is None:
        return f"---\n{head}---\n\n{body}"
    expect_all_words(there, before, body)
    return _head(there.source, head) + body


def _head(source: Source, front_matter: str) -> str:
    """The file down to its body, with other YAML between the dashes."""
    head = source.raw[: len(source.raw) - len(source.body)]
    dashes = _FIRST_LINE.match(head)
    assert dashes is not None and source.front is not None  # noqa: S101, PT018 - a counterpart
    return dashes[0] + front_matter + head[dashes.end() + len(source.front) :]


def _body_segments(task: Task) -> tuple[Segment, ...]:
    """The counterpart's segments; a text written by hand without any comment is adopted first."""
    there = task.counterpart
    if there is None:
        return ()
    found = passages(there.body.segments)
    if not found or any(passage.comment is not None for passage in found):
        return there.body.segments
    body = adopted(task.original.body.segments, there.body.segments)
    source = there.source
    head = source.raw[: len(source.raw) - len(source.body)]
    whole = Source(source.path, head + body, source.front, body, source.body_line)
    read, _problems = read_body(whole)
    return read.segments if read else there.body.segments


def expect_all_words(there: Text, before: Sequence[Segment], body: str) -> None:
    """Law 2, looked at once more before a counterpart is written: the words of a person, as
    translation, in an ordinary comment, in one that cannot be read, or as a note, are all in the
    new ``body``, whatever the white space.

    Raises ActesError ``translation-would-lose``.
    """
    kept = squeezed(body)
    for passage in passages(before):
        comment = before[passage.comment] if passage.comment is not None else None
        own = () if passage.machine_own else passage.segments
        others = [s for s in passage.segments if s.kind is SegmentKind.COMMENT]
        words = [(s.raw, s.line) for s in (*own, *others)]
        if comment and passage.damaged:
            words.append((comment.raw, comment.line))
        elif comment and passage.marker and passage.marker.persons_note:
            note = escape(passage.marker.persons_note)
            words += [(line, comment.line) for line in unify_lines(note).split("\n")]
        for lost, line in words:
            if squeezed(lost) not in kept:
                raise stop("translation-would-lose", _place(there, line))


def _place(there: Text, line: int) -> Place:
    return Place(there.file.path, there.source.body_line + line)


def write(root: Path, task: Task, content: str) -> bool | None:
    """Whether the file had to be written; None when somebody saved it meanwhile: nothing is.

    A new file is to be settled (see `files.settle`).
    """
    data = content.encode("utf-8")
    if task.counterpart is None:
        created = files.create_bytes(root, root / task.file.path, data, settled=False)
        return True if created else None
    before = task.counterpart.source.raw.encode("utf-8")
    if data == before:
        return False
    return True if files.write_bytes(root, root / task.file.path, data, over=before) else None
