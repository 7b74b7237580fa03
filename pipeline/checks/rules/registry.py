"""All rules, in the order of the report, and what they find in one pair of texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.checks.model import Finding, Pair, Rule, Side
from pipeline.checks.reading import reading
from pipeline.checks.rules.dates import dates, eras
from pipeline.checks.rules.hosts import next_host
from pipeline.checks.rules.mentions import editions, goals, references
from pipeline.checks.rules.names import kinds, known_names
from pipeline.checks.rules.numbers import numbers
from pipeline.checks.rules.people import people
from pipeline.checks.rules.structure import length, order, structure
from pipeline.checks.rules.sums import sums
from pipeline.checks.rules.typography import typography
from pipeline.checks.rules.wording import modality, negation, scope

RULES: Mapping[str, Rule] = {
    "numbers": numbers, "sums": sums, "dates": dates, "eras": eras, "goals": goals,
    "editions": editions, "references": references, "structure": structure, "order": order,
    "length": length, "names": known_names, "kinds": kinds, "people": people, "hosts": next_host,
    "modality": modality, "negation": negation, "scope": scope, "typography": typography,
}  # fmt: skip


LONGEST = 20_000
MOST_NUMBERS = 500
"""Characters and numbers of a segment that rules are run on: their time is bounded (law 9)."""


@lru_cache(maxsize=4096)
def findings(pair: Pair) -> tuple[Finding, ...]:
    """What the rules find in ``pair``, each once; nothing where a side has no words.

    Of a pair beyond all measure only that it is one. Headings, roles and names come again in many
    texts: what was found in such a pair is remembered.

    >>> from pipeline.checks.model import Side
    >>> [f.rule for f in findings(Pair(Side("10 000 habitants", "fr"), Side("15万人", "ja")))]
    ['check-number']
    """
    if any(_too_long(side) for side in pair.sides):
        return (Finding("check-too-long", str(len(pair.one.raw)), str(len(pair.other.raw))),)
    if not pair.one.text.strip() or not pair.other.text.strip():
        return ()
    found = [finding for rule in RULES.values() for finding in rule(pair)]
    return tuple(dict.fromkeys(found))


def _too_long(side: Side) -> bool:
    return len(side.raw) > LONGEST or len(reading(side.text, side.language).counted) > MOST_NUMBERS


def passed(pair: Pair) -> tuple[str, ...]:
    """The names of the rules that find nothing; none where a text is too long to be examined."""
    if max(len(side.raw) for side in pair.sides) > LONGEST:
        return ()
    return tuple(name for name, rule in RULES.items() if not any(True for _ in rule(pair)))
