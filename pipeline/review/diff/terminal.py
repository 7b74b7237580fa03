"""Differences for a person at a terminal: in colour, or between marks where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.columns import padded, width
from pipeline.errors import Severity
from pipeline.review.diff.changes import Changed
from pipeline.review.diff.lines import Piece, wrapped
from pipeline.review.items import Kind
from pipeline.review.spans import Change, Span
from pipeline.wording import say
from pipeline.workspace.characters import visible

Paint = Callable[[str, str], str]
"""Gives a text the colours of a style: ``deleted``, ``inserted``, ``moved-from``, ``moved-to``,
``head`` or ``label``."""

_MARKS = {
    "deleted": ("[-", "-]"),
    "inserted": ("{+", "+}"),
    "moved-from": ("[~", "~]"),
    "moved-to": ("{~", "~}"),
}
_INDENT = 2
_NARROWEST = 24
_LABELS = ("source", "text", "proposal", "note")


@dataclass(frozen=True)
class View:
    """How to show it: places of a line (None: no line is broken), the colours (None: marks)."""

    columns: int | None = None
    paint: Paint | None = None


def lines(changes: Iterable[Changed], view: View) -> Iterator[str]:
    """Everything that `actes diff` shows, line by line."""
    for number, change in enumerate(changes):
        if number:
            yield ""
        yield from _change(change, view)


def _change(change: Changed, view: View) -> Iterator[str]:
    item = change.item
    state = f"diff-{'gone' if change.gone else 'orphan'}"
    known = say(state) if change.gone or item.kind is Kind.ORPHAN else say(f"state-{item.state}")
    yield _styled(f"{item.place}  #{item.part}  {known}", "head", view)
    names = {label: say(f"diff-{label}") for label in _LABELS}
    places = max(map(width, names.values())) + 2
    spans = {"source": change.source, "text": change.text, "proposal": change.proposal}
    for label, found in spans.items():
        yield from _entry(padded(names[label], places), _pieces(found, view), view)
    if item.note:
        yield from _entry(padded(names["note"], places), [Piece(visible(item.note))], view)
    for problem in item.remarks:
        mark = say("word-remark" if problem.severity is Severity.REMARK else "word-error")
        said = f"{visible(problem.message())} [{problem.rule}]"
        yield from _entry(padded(mark, width(mark) + 1), [Piece(said)], view)


def _pieces(spans: Sequence[Span], view: View) -> list[Piece]:
    pieces = []
    for span in spans:
        style, text = _style(span), visible(span.text)
        begin, end = ("", "") if view.paint else _MARKS.get(style, ("", ""))
        pieces.append(Piece(f"{begin}{text}{end}", style))
    return pieces


def inline(spans: Sequence[Span], paint: Paint | None = None) -> str:
    """Spans as they stand in a text of their own, line ends as they are."""
    view = View(paint=paint)
    return "".join(_styled(piece.text, piece.style, view) for piece in _pieces(spans, view))


def _style(span: Span) -> str:
    if span.change is Change.SAME:
        return ""
    if not span.move:
        return span.change.value
    return "moved-from" if span.change is Change.DELETED else "moved-to"


def _entry(label: str, pieces: Sequence[Piece], view: View) -> Iterator[str]:
    """A label and what it is of, beside it, on as many lines as that takes."""
    if not pieces:
        return
    places = _INDENT + width(label)
    room = None if view.columns is None else max(_NARROWEST, view.columns - places)
    head = " " * _INDENT + _styled(label, "label", view)
    for line in wrapped(pieces, room):
        yield f"{head}{''.join(_styled(piece.text, piece.style, view) for piece in line)}".rstrip()
        head = " " * places


def _styled(text: str, style: str, view: View) -> str:
    return view.paint(text, style) if view.paint and style else text
