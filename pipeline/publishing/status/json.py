"""`actes status --json`: stable keys, the same in every language (documented in docs/status.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.errors import Place, Problem
from pipeline.publishing.status.history import Point
from pipeline.publishing.status.overview import Overview
from pipeline.translation.status import STATES, Amount, Amounts, TextStatus, by_theme, tasks, total

FORMAT = 1


def as_json(overview: Overview) -> dict[str, Any]:
    """Everything of an overview, as objects that `json` can write."""
    texts = overview.texts
    return {
        "format": FORMAT,
        "event": overview.event.id,
        "languages": list(overview.languages),
        "total": {
            language: _amounts(total(text.amounts for text in texts if text.language == language))
            for language in overview.languages
        },
        "themes": [
            {"folder": folder, "language": language, "states": _amounts(amounts)}
            for (folder, language), amounts in by_theme(texts).items()
        ],
        "texts": [_text(text) for text in texts],
        "tasks": {
            task.value: [
                {"text": text.key, "language": text.language, "count": count}
                for text, count in items
            ]
            for task, items in tasks(texts).items()
        },
        "declaration": dict(overview.declaration),
        "blocking": {
            language: [_problem(problem) for problem in problems]
            for language, problems in overview.blocking.items()
        },
        "history": None if overview.history is None else [_point(p) for p in overview.history],
        "problems": [_problem(problem) for problem in overview.problems],
    }


def _amounts(amounts: Amounts) -> dict[str, dict[str, int]]:
    return {state.value: _amount(amounts.get(state, Amount())) for state in STATES}


def _amount(amount: Amount) -> dict[str, int]:
    return {
        "segments": amount.segments,
        "values": amount.values,
        "words": amount.words,
        "characters": amount.characters,
    }


def _text(text: TextStatus) -> dict[str, Any]:
    return {
        "text": text.key,
        "folder": text.folder,
        "language": text.language,
        "source": text.source,
        "original": text.original,
        "path": text.path,
        "readable": text.readable,
        "states": _amounts(text.amounts),
        "damaged": _places(text.damaged),
        "orphans": _places(text.orphans),
        "approvals": _places(text.approvals),
        "notes": [{**_place(note.place), "note": note.words} for note in text.notes],
    }


def _places(places: Iterable[Place]) -> list[dict[str, Any]]:
    return [_place(place) for place in places]


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line}


def _problem(problem: Problem) -> dict[str, Any]:
    values: Mapping[str, str] = {name: str(value) for name, value in problem.values.items()}
    return {
        "rule": problem.rule,
        **_place(problem.place),
        "severity": problem.severity.value,
        "values": dict(values),
    }


def _point(point: Point) -> dict[str, Any]:
    languages = {language: _amounts(amounts) for language, amounts in point.amounts.items()}
    return {"commit": point.commit or None, "day": point.day or None, "languages": languages}
