"""The progress of an event's translations as a drawing: SVG, the same bytes for the same facts.

Each state has a pattern besides its colour, each bar says its figures (``title``), and the whole is
described in words (``desc``), so that neither colour nor sight is needed.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pipeline import files
from pipeline.columns import cut, width
from pipeline.errors import ActesError, Exit, Place, Problem, stop
from pipeline.publishing.status.history import Point
from pipeline.publishing.status.overview import Overview
from pipeline.translation.marker import State
from pipeline.translation.status import STATES, Amount, Amounts, by_theme
from pipeline.workspace.characters import visible
from pipeline.workspace.languages import program_templates, template

_WIDE, _MARGIN, _LABEL, _FIGURE = 960, 24, 300, 60
_ROW, _BAR = 26, 16
_PLOT, _GAP, _FEWEST = 150, 4, 12  # columns are no wider than if there were this many
_LARGEST = 256 * 1024
_FALLBACK = "en"
_PLACES = 34  # of a theme in a label
_COLOURS: Mapping[State, tuple[str, str]] = {
    State.REVIEWED: ("#1b6e4b", ""),
    State.EDITED: ("#3f7cac", "M0 8L8 0M-2 2L2 -2M6 10L10 6"),
    State.MACHINE: ("#d9a441", "M0 4H8"),
    State.STALE: ("#c2543d", "M0 0L8 8M0 8L8 0"),
    State.MISSING: ("#ffffff", "M2 2h1v1h-1zM6 6h1v1h-1z"),
}
_INK, _LINE = "#222222", "#777777"


@dataclass(frozen=True)
class Words:
    """The words of a drawing and the language they are in."""

    language: str
    said: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.said[key]


def words(root: Path, language: str) -> Words:
    """The words in ``language``; in English, marked as such, where there is no table for it.

    Raises ActesError as `files.read_bytes` does, or ``language-table-wrong``.
    """
    known = tomllib.loads((program_templates() / "status.toml").read_text(encoding="utf-8"))
    own = template(root, "status.toml")
    if own.is_relative_to(root):
        known |= _own(root, own)
    given = known.get(language)
    if not isinstance(given, dict) or not known[_FALLBACK].keys() <= given.keys():
        return Words(_FALLBACK, known[_FALLBACK])
    return Words(language, {str(key): str(value) for key, value in given.items()})


def _own(root: Path, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(files.read_bytes(root, file, _LARGEST).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        place = Place("templates/status.toml")
        raise stop("language-table-wrong", place, reason=str(error)) from None


def target(root: Path, path: str) -> Path:
    """Where a drawing asked for as ``path`` goes: into `build/`, and nowhere else.

    Raises ActesError ``status-svg-place`` (exit code 2).
    """
    build = root / "build"
    full = Path(os.path.normpath(root / path))
    if full.suffix != ".svg" or not full.is_relative_to(build):
        raise stop("status-svg-place", code=Exit.USAGE, path=path)
    return full


def write(root: Path, path: Path, overview: Overview, language: str | None) -> bool:
    """Draw into ``path``; whether anything had to be written (law 4).

    Raises ActesError ``language-unknown`` (exit code 2), or as `files.write_bytes` does.
    """
    languages = overview.event.languages
    if language is not None and language not in languages:
        values = {"language": language, "languages": ", ".join(languages)}
        raise ActesError([Problem("language-unknown", Place("--lang"), values)], Exit.USAGE)
    said = words(root, language or languages[0])
    return files.write_bytes(root, path, draw(overview, said))


def draw(overview: Overview, said: Words) -> bytes:
    """The drawing, in the language of ``said``; theme titles in it too, where they exist."""
    rows = list(_rows(overview, said))
    parts = [_text(_MARGIN, 40, said["title"], size=22, weight="bold"), *_legend(said)]
    parts += [_text(_MARGIN, 100, f"{said['themes']} – {said['counted']}", weight="bold")]
    parts += _bars(rows, said, top=116)
    bottom = 116 + _ROW * len(rows)
    for language in overview.languages:
        those = [(p, p.amounts[language]) for p in overview.history or () if language in p.amounts]
        if those:
            name = f"{said['history']} → {language} – {said['counted']}"
            parts += [_text(_MARGIN, bottom + 36, name, weight="bold")]
            parts += _plot(those, said, top=bottom + 52)
            bottom += 52 + _PLOT + 24
    return _document(bottom + _MARGIN, said, parts, _description(rows, said))


# -- the facts ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    label: str
    amounts: Amounts


def _rows(overview: Overview, said: Words) -> Iterable[_Row]:
    for (folder, language), amounts in by_theme(overview.texts).items():
        title = cut(" ".join(_title(overview, folder, said).split()), _PLACES)
        yield _Row(f"{title} → {language}", amounts)


def _title(overview: Overview, folder: str, said: Words) -> str:
    for theme in overview.event.themes:
        if theme.id == folder:
            known = theme.title
            return visible(known.get(said.language) or known[overview.event.languages[0]])
    return said[folder]


def _units(amounts: Amounts) -> int:
    return sum(amount.units for amount in amounts.values())


def _figures(amounts: Amounts, said: Words) -> str:
    counts = ((state, amounts.get(state, Amount()).units) for state in STATES)
    return ", ".join(f"{said[state]} {count}" for state, count in counts if count)


def _description(rows: Iterable[_Row], said: Words) -> str:
    """Every figure in words, for who cannot see the bars."""
    return "\n".join(f"{row.label}: {_figures(row.amounts, said)}" for row in rows)


# -- the shapes ---------------------------------------------------------------------------------


def _legend(said: Words) -> Iterable[str]:
    left = _MARGIN
    for state in STATES:
        yield _box(left, 60, 14, 14, state)
        yield _text(left + 20, 72, said[state], size=13)
        left += 40 + 8 * width(said[state])


def _bars(rows: Sequence[_Row], said: Words, top: int) -> Iterable[str]:
    """A bar a row, all on one scale."""
    most = max((_units(row.amounts) for row in rows), default=0)
    room = _WIDE - 2 * _MARGIN - _LABEL - _FIGURE
    for number, row in enumerate(rows):
        y = top + _ROW * number
        yield _text(_MARGIN + _LABEL - 10, y + 13, row.label, size=13, anchor="end")
        yield f"<g><title>{_safe(f'{row.label}: {_figures(row.amounts, said)}')}</title>"
        left = float(_MARGIN + _LABEL)
        for state in STATES:
            wide = row.amounts.get(state, Amount()).units * room / most if most else 0.0
            if wide:
                yield _box(left, y, wide, _BAR, state)
            left += wide
        yield "</g>"
        yield _text(left + 6, y + 13, str(_units(row.amounts)), size=12)


def _plot(points: Sequence[tuple[Point, Amounts]], said: Words, top: int) -> Iterable[str]:
    """A column a moment, the oldest first; the days of the first and the last below."""
    most = max(_units(amounts) for _point, amounts in points)
    step = (_WIDE - 2 * _MARGIN) / max(len(points), _FEWEST)
    for number, (point, amounts) in enumerate(points):
        x, y = _MARGIN + step * number, float(top + _PLOT)
        moment = point.day or said["now"]
        yield f"<g><title>{_safe(f'{moment}: {_figures(amounts, said)}')}</title>"
        for state in STATES:
            tall = amounts.get(state, Amount()).units * _PLOT / most if most else 0.0
            y -= tall
            if tall:
                yield _box(x, y, step - _GAP, tall, state)
        yield "</g>"
    last = _MARGIN + step * len(points) - _GAP
    first_day, last_day = (point.day or said["now"] for point in (points[0][0], points[-1][0]))
    yield _text(_MARGIN, top + _PLOT + 16, first_day, size=12)
    if len(points) > 1:
        yield _text(max(last, 260.0), top + _PLOT + 16, last_day, size=12, anchor="end")


def _box(x: float, y: float, wide: float, tall: float, state: State) -> str:
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{wide:.2f}" height="{tall:.2f}" '
        f'fill="url(#{state.value})" stroke="{_LINE}" stroke-width="0.5"/>'
    )


def _text(
    x: float, y: float, words: str, size: int = 15, weight: str = "normal", anchor: str = "start"
) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size}" font-weight="{weight}" '
        f'text-anchor="{anchor}">{_safe(words)}</text>'
    )


def _safe(words: str) -> str:
    return escape(visible(words))


def _pattern(state: State) -> str:
    colour, path = _COLOURS[state]
    ink = "#ffffff" if state is not State.MISSING else _INK
    drawn = f'<path d="{path}" stroke="{ink}" stroke-width="1.2" fill="none"/>' if path else ""
    return (
        f'<pattern id="{state.value}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{colour}"/>{drawn}</pattern>'
    )


def _document(height: int, said: Words, parts: Iterable[str], description: str) -> bytes:
    language = quoteattr(said.language)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{height}" '
        f'viewBox="0 0 {_WIDE} {height}" role="img" aria-labelledby="title desc" '
        f'lang={language} xml:lang={language} font-family="sans-serif" fill="{_INK}">',
        f'<title id="title">{_safe(said["title"])}</title>',
        f'<desc id="desc">{_safe(description)}</desc>',
        f"<defs>{''.join(_pattern(state) for state in STATES)}</defs>",
        f'<rect width="{_WIDE}" height="{height}" fill="#ffffff"/>',
        *parts,
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")
