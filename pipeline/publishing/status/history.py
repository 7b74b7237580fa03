"""How far the translations were at earlier times: counted anew from the texts of each commit.

Nothing is written down as time passes, so there is nothing that could be wrong: without a git
repository there is no history, and `build/` may be deleted at any time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

from pipeline.publishing.status.leaves import Leaves
from pipeline.texts.contents import Contents, grouped
from pipeline.texts.git import Commit, Repository, UnreadableError, files_at, repository
from pipeline.translation.status import Amounts, TextStatus, total
from pipeline.workspace.event import Event
from pipeline.workspace.layout import TextFile

MOST_POINTS = 30
_MOST_WORKS = 6_000  # works read for one look back, each different text counted once
_LAST_TIME = 4_102_444_800  # the year 2100: a commit may claim any date
Wanted = Callable[[TextStatus], bool]


@dataclass(frozen=True)
class Point:
    """The amounts by language at a commit; ``commit`` is empty for the files of now."""

    commit: str
    day: str
    amounts: Mapping[str, Amounts]


def history(
    root: Path, event: Event, leaves: Leaves, wanted: Wanted, say: Callable[[int], None]
) -> tuple[Point, ...]:
    """The points of the past, the oldest first; none without a repository that can be read."""
    with repository(root) as found:
        if found is None:
            return ()
        try:
            return tuple(_points(found, event, leaves, wanted, say))
        except (UnreadableError, ValueError):
            return ()


def by_language(texts: Iterable[TextStatus]) -> dict[str, Amounts]:
    """The amounts of texts added up by the language they are translated into."""
    parts: dict[str, list[Amounts]] = {}
    for text in texts:
        parts.setdefault(text.language, []).append(text.amounts)
    return {language: total(amounts) for language, amounts in parts.items()}


def _points(
    found: Repository, event: Event, leaves: Leaves, wanted: Wanted, say: Callable[[int], None]
) -> Iterable[Point]:
    commits = chosen(found.commits())
    versions = _within_bounds([(commit, files_at(found, event, commit.id)) for commit in commits])
    blobs = dict.fromkeys(blob for _c, files in versions for blob in files.values())
    contents = found.contents(list(blobs)) if blobs else {}
    for commit, files in reversed(versions):
        groups = grouped({file: contents.get(blob) for file, blob in files.items()})
        texts = _status(list(groups.values()), leaves, say)
        amounts = by_language(text for text in texts if wanted(text))
        yield Point(commit.id, day_of(commit), amounts)


def chosen(commits: Sequence[Commit]) -> list[Commit]:
    """At most `MOST_POINTS` commits, the latest first as given.

    All where they are few; else the last of each day, and of many days some, evenly apart, the
    first and the last among them.
    """
    if len(commits) <= MOST_POINTS:
        return list(commits)
    days = [commits[0], *(old for new, old in pairwise(commits) if day_of(old) != day_of(new))]
    if len(days) <= MOST_POINTS:
        return days
    last = len(days) - 1
    return [days[index * last // (MOST_POINTS - 1)] for index in range(MOST_POINTS)]


def day_of(commit: Commit) -> str:
    """The day on which a commit was made (UTC, ISO)."""
    time = min(max(commit.time, 0), _LAST_TIME)
    return datetime.fromtimestamp(time, UTC).date().isoformat()


def _within_bounds(
    versions: Sequence[tuple[Commit, dict[TextFile, str]]],
) -> list[tuple[Commit, dict[TextFile, str]]]:
    """As many of the latest versions as can be read in reasonable time; always the same ones."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for commit, files in versions:
        works: dict[str, list[str]] = {}
        for file, blob in sorted(files.items()):
            works.setdefault(file.key, []).append(f"{file.path}={blob}")
        seen |= {tuple(files) for files in works.values()}
        if len(seen) > _MOST_WORKS:
            break
        kept.append((commit, files))
    return kept


def _status(
    groups: Sequence[Contents], leaves: Leaves, say: Callable[[int], None]
) -> list[TextStatus]:
    """The status of older texts; those that are not known are read from a folder of copies."""
    with tempfile.TemporaryDirectory(prefix="actes-status-") as name:
        folder = Path(name)
        read = leaves.of(groups, folder, say, partial(_put, folder))
    return [text for leaf in read for text in leaf.texts]


def _put(folder: Path, group: Contents) -> None:
    for file, content in group.items():
        if content is not None:
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
