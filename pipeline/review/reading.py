"""The texts of a workspace as a review needs them; what did not change comes from the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ActesError, Exit, Place, Problem, in_order
from pipeline.review.items import Item, items
from pipeline.texts.kept import kept
from pipeline.texts.read import read_texts
from pipeline.translation.works import Work, selected, works
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import Workspace, load


@dataclass(frozen=True)
class Reviewed:
    """The texts under review by key, and everything that is wrong with them."""

    workspace: Workspace
    works: Mapping[str, Work]
    problems: tuple[Problem, ...]

    def counterparts(self, languages: Sequence[str] = ()) -> Iterator[tuple[Work, str]]:
        """Every work with each language that it is translated into, of ``languages`` if given."""
        for work in self.works.values():
            for language in work.counterparts:
                if not languages or language in languages:
                    yield work, language

    def items(self, languages: Sequence[str] = ()) -> Iterator[Item]:
        """Every item, without remarks (`remarks.Inspector` gives them with theirs)."""
        for work, language in self.counterparts(languages):
            yield from items(work, language)


def read(
    root: Path, paths: Iterable[str] = (), progress: Callable[[int], None] = lambda _n: None
) -> Reviewed:
    """The texts that ``paths`` name (as for `works.selected`; none: all) and their counterparts.

    Raises ActesError as `load`, and ``path-unknown``.
    """
    workspace, wrong = load(root)
    files, misplaced = find_texts(root, workspace.event)
    wanted = selected(files, paths)
    cache = kept(workspace) if len(wanted) == len(files) else None
    reading = read_texts(workspace, wanted, cache, progress)
    grouped, unfit = works(wanted, reading.texts)
    problems = in_order([*wrong, *misplaced, *unfit, *reading.problems])
    return Reviewed(workspace, grouped, tuple(problems))


def expect_languages(workspace: Workspace, languages: Iterable[str]) -> None:
    """Raises ActesError ``language-unknown`` for a language that the event has not."""
    known = workspace.event.languages
    unknown = [tag for tag in languages if tag not in known]
    if unknown:
        values = {"languages": ", ".join(known)}
        place = Place("--lang")
        raise ActesError(
            [Problem("language-unknown", place, {"language": tag, **values}) for tag in unknown],
            Exit.USAGE,
        )
