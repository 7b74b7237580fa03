"""Differences for a program; docs/diff.md says what the keys hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.review.diff.changes import Changed
from pipeline.review.items import Kind
from pipeline.review.spans import Span

Json = dict[str, Any]


def as_json(changes: Iterable[Changed], revision: str | None) -> Json:
    """All of them, since ``revision`` or else since the last approval."""
    return {"format": 1, "since": revision, "passages": [_passage(one) for one in changes]}


def _passage(change: Changed) -> Json:
    """An item, its texts then and now, and between them ``changes`` that joined are both."""
    item = change.item
    source, target = item.languages
    return {
        "path": item.path,
        "part": item.part,
        "line": item.place.line,
        "kind": item.kind.value,
        "state": "gone" if change.gone else _state(change),
        "confidential": item.confidential,
        "source": {
            "language": source,
            "then": change.source_then,
            "now": None if change.gone else item.source,
            "changes": [_span(span) for span in change.source],
        },
        "translation": {
            "language": target,
            "then": change.text_then,
            "now": None if change.gone else item.text,
            "changes": [_span(span) for span in change.text],
        },
        "proposal": item.proposal
        and {"text": item.proposal, "changes": [_span(span) for span in change.proposal]},
        "note": item.note,
        "remarks": [
            {"rule": problem.rule, "severity": problem.severity.value, "message": problem.message()}
            for problem in item.remarks
        ],
    }


def _state(change: Changed) -> str:
    return "orphan" if change.item.kind is Kind.ORPHAN else change.item.state.value


def _span(span: Span) -> Json:
    said: Json = {"change": span.change.value, "text": span.text}
    return said | {"move": span.move} if span.move else said
