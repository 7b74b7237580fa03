"""What was found in a workspace, of all its texts or of some: what was accepted, what is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass

from pipeline.checks.reported import Examined, Reported, with_waivers
from pipeline.checks.waivers import Waiver
from pipeline.errors import Place, Problem, Severity


@dataclass(frozen=True)
class Survey:
    """What was found, how many pairs were compared, and what is wrong with the waivers."""

    found: tuple[Reported, ...]
    pairs: int
    problems: tuple[Problem, ...]


def survey(
    examined: Iterable[Examined], wanted: Callable[[Examined], bool] = lambda _pair: True
) -> Survey:
    """What was found in those pairs of texts that are ``wanted``.

    A waiver of one that is not may stand in a file of one that is.
    """
    found: list[Reported] = []
    said: dict[Place, Waiver] = {}
    partly: set[str] = set()  # files that stand in a pair that was not looked at
    count = 0
    for pair in examined:
        if not wanted(pair):
            partly |= {*pair.paths}
            continue
        count += pair.compared
        said |= {waiver.place: waiver for waiver in pair.waivers}
        found += with_waivers(pair.found, pair.waivers)
    problems = list(_wrong(said.values(), {r.code for r in found}, partly))
    return Survey(tuple(found), count, tuple(problems))


def _wrong(said: Iterable[Waiver], known: Set[str], partly: Set[str]) -> Iterator[Problem]:
    """Waivers that cannot be read, and those of no finding in any pair of their file."""
    for waiver in said:
        if not waiver.code:
            yield Problem("check-waiver-form", waiver.place)
        elif waiver.code not in known and waiver.place.file not in partly:
            values = {"code": waiver.code}
            yield Problem("check-waiver-outdated", waiver.place, values, Severity.REMARK)
