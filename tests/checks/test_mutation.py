"""Planted errors: a sample of what ``python -m tests.benchmarks.checks`` measures in full."""

from __future__ import annotations

import os
from types import ModuleType

import pytest

from tests.checks.mutation import held_out, templates
from tests.checks.mutation.declarations import CHANGES, declarations, read_all
from tests.checks.mutation.generate import BLOCKING, CLAUSES, QUESTIONS, correct_pairs, mutants
from tests.checks.mutation.measure import Figures, measure
from tests.checks.mutation.written import written

SENTENCES = (templates, held_out)
PAIRS = 600 if os.environ.get("ACTES_LONG") else 55
SEED = 8


@pytest.fixture(scope="module", params=[*SENTENCES, None], ids=["made with", "held out", "written"])
def figures(request: pytest.FixtureRequest) -> Figures:
    if request.param is None:
        return measure(*written())
    module: ModuleType = request.param
    pairs = correct_pairs(module.TEMPLATES, PAIRS, SEED)
    assert len(pairs) == PAIRS
    return measure(pairs, mutants(pairs, SEED))


def test_errors_that_can_block_are_found(figures: Figures) -> None:
    assert figures.share(BLOCKING) >= 0.98, figures.missed


def test_errors_to_ask_about_are_found(figures: Figures) -> None:
    assert figures.share(QUESTIONS) >= 0.80, figures.missed


def test_correct_pairs_are_not_blocked(figures: Figures) -> None:
    assert figures.blocked <= 0.01 * figures.pairs, figures.alarms


def test_a_clause_that_one_text_lost_or_moved_is_found() -> None:
    pairs, errors = declarations(3, SEED)
    figures = measure(pairs, errors, read_all(pairs, errors))
    assert figures.planted.keys() == CHANGES.keys() == CLAUSES
    assert figures.found == figures.planted, figures.missed
    assert not figures.alarms


def test_the_generator_plants_every_class() -> None:
    planted: set[str] = set()
    for module in SENTENCES:
        planted |= {m.kind for m in mutants(correct_pairs(module.TEMPLATES, 120, SEED), SEED)}
    assert planted >= (BLOCKING | QUESTIONS) - {"length"}


def test_the_pairs_written_by_hand_are_many_and_none_twice() -> None:
    pairs, errors = written()
    assert len({pair.fr for pair in pairs}) == len(pairs) >= 500
    assert {error.kind for error in errors} == BLOCKING | QUESTIONS
    changed = {(error.fr, error.ja) for error in errors}
    assert len(changed) == len(errors)
    assert not changed & {(pair.fr, pair.ja) for pair in pairs}


@pytest.mark.long
def test_at_least_a_thousand_errors_in_five_hundred_pairs() -> None:
    pairs = [p for module in SENTENCES for p in correct_pairs(module.TEMPLATES, 300, SEED)]
    assert len({(p.fr, p.ja) for p in pairs}) >= 500
    assert sum(1 for _ in mutants(pairs, SEED)) >= 1000
