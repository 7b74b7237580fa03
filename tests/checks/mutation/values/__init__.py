"""What fills the slots of a template, by the name of the slot."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.checks.mutation.values.counted import (
    approximate,
    count,
    interval,
    measure,
    million,
    money,
    percent,
    points,
    total,
    word,
)
from tests.checks.mutation.values.dated import clock, date, period, weekday, year
from tests.checks.mutation.values.named import authority, host, parties, person
from tests.checks.mutation.values.numbered import article, edition, goal, target
from tests.checks.mutation.values.value import Error, Value
from tests.checks.mutation.values.worded import denial, mode, scope

__all__ = ["KINDS", "Error", "Value"]

KINDS: dict[str, Callable[[random.Random], Value]] = {
    "count": count, "million": million, "word": word, "approximate": approximate, "money": money,
    "percent": percent, "points": points, "year": year, "date": date, "weekday": weekday,
    "period": period, "interval": interval, "total": total, "clock": clock, "measure": measure,
    "goal": goal, "target": target, "edition": edition, "article": article,
    "authority": authority, "person": person, "mode": mode, "denial": denial, "scope": scope,
    "host": host, "parties": parties,
}  # fmt: skip
