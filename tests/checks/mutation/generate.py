"""Pairs from templates, and mutants: the same pair with one error on one side."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.checks.mutation.values import KINDS, Value

_SLOT = re.compile(r"\{([a-z]+)(?:\.[0-9])?\}")
BLOCKING = frozenset(
    {
        "number", "magnitude", "number-word", "approximation", "currency", "percent", "unit",
        "date", "era", "weekday", "range", "sum", "goal", "edition", "reference", "dangling",
        "name", "kind", "person", "structure", "host", "signatories", "party-order",
        "number-absent", "date-absent", "impossible-date",
    }
)  # fmt: skip
QUESTIONS = frozenset(
    {"modality", "negation", "scope", "typography", "length", "order", "name-absent"}
)
CLAUSES = frozenset(
    {
        "clause-dropped", "clause-emptied", "clauses-merged", "clause-renamed", "ids-exchanged",
        "clause-moved",
    }
)  # fmt: skip
"""What `declarations` plants; all of it can block."""


@dataclass(frozen=True)
class Correct:
    """A pair that says the same, and what its slots hold."""

    fr: str
    ja: str
    template: tuple[str, str]
    values: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Mutant:
    """A pair with one planted error of a class."""

    kind: str
    fr: str
    ja: str


def correct_pairs(templates: Sequence[tuple[str, str]], count: int, seed: int) -> list[Correct]:
    """So many different pairs, the templates in turn."""
    rng = random.Random(seed)
    found: dict[tuple[str, str], Correct] = {}
    for turn in range(count * 20):
        if len(found) == count:
            break
        pair = _filled(templates[turn % len(templates)], rng)
        found.setdefault((pair.fr, pair.ja), pair)
    return list(found.values())


def _filled(template: tuple[str, str], rng: random.Random) -> Correct:
    slots = dict.fromkeys(match[0] for match in _SLOT.finditer(template[0] + template[1]))
    values = tuple((slot, KINDS[_SLOT.fullmatch(slot)[1]](rng)) for slot in slots)  # type: ignore[index]
    return Correct(
        _fill(template[0], values, "fr"), _fill(template[1], values, "ja"), template, values
    )


def _fill(words: str, values: Iterable[tuple[str, Value]], side: str) -> str:
    for slot, value in values:
        words = words.replace(slot, getattr(value, side))
    return words[:1].upper() + words[1:] if side == "fr" else words


def mutants(pairs: Iterable[Correct], seed: int) -> Iterator[Mutant]:
    """Every error that the values and the form of each pair allow."""
    rng = random.Random(seed)
    for pair in pairs:
        yield from _of_values(pair)
        yield from _of_form(pair, rng)


def _of_values(pair: Correct) -> Iterator[Mutant]:
    for index, (slot, value) in enumerate(pair.values):
        others = (*pair.values[:index], *pair.values[index + 1 :])
        for kind, side, wrong in value.errors:
            changed = Value(wrong, value.ja) if side == "fr" else Value(value.fr, wrong)
            yield _mutant(kind, pair, ((slot, changed), *others))
        if value.twin:
            kind, fr, ja = value.twin
            yield _mutant(kind, pair, ((slot, Value(fr, ja)), *others))


def _mutant(kind: str, pair: Correct, values: Sequence[tuple[str, Value]]) -> Mutant:
    return Mutant(
        kind, _fill(pair.template[0], values, "fr"), _fill(pair.template[1], values, "ja")
    )


_UNACCENTED = str.maketrans("éèêëàâîïôùûçÉÈÀ", "eeeeaaiiouucEEA")


def _of_form(pair: Correct, rng: random.Random) -> Iterator[Mutant]:
    items = [line for line in pair.ja.split("\n") if re.match(r"- |\d\. |\| [^年:]", line)]
    if len(items) > 2:
        gone = rng.choice(items[1:])
        yield Mutant("structure", pair.fr, pair.ja.replace("\n" + gone, ""))
        if any(re.search("[0-9]", item) for item in items):
            swapped = _swap(pair.ja, items[0], items[1])
            if swapped != pair.ja and items[0][:3] != "1. ":
                yield Mutant("order", pair.fr, swapped)
    if "[^1]" in pair.ja:
        yield Mutant("structure", pair.fr, pair.ja.replace("[^1]", ""))
    if "« " in pair.fr:
        yield Mutant("typography", pair.fr.replace("«", "≪").replace("»", "≫"), pair.ja)
        yield Mutant("typography", pair.fr, pair.ja.replace("「", "≪").replace("」", "≫"))
    if len(re.findall("[éèêàç]", pair.fr)) > 3:
        yield Mutant("typography", pair.fr.translate(_UNACCENTED), pair.ja)
    if pair.ja.count("、") and rng.random() < 0.4:
        yield Mutant("typography", pair.fr, pair.ja.replace("、", "，", 1))


def _swap(text: str, one: str, two: str) -> str:
    """The values of two items, exchanged; what they are about stays."""
    a, b = re.split("：", one), re.split("：", two)
    if len(a) == 2 and len(b) == 2:
        return text.replace(one, f"{a[0]}：{b[1]}").replace(two, f"{b[0]}：{a[1]}")
    return text
