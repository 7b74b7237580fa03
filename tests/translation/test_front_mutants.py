"""Bugs planted in the update of metadata, one at a time: the laws must see every one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from pipeline.translation import decide, marker
from pipeline.translation.front import items, plan, update
from pipeline.translation.front.items import Held
from pipeline.translation.front.yaml import _Writer
from pipeline.translation.marker import Marker, State
from tests.translation.test_front_laws import Metadatas

_filled, _returned, _person = decide._filled, plan._returned, items._person


def _without_note(said: Marker, source: str, proposal: decide.Proposal | None) -> decide.Outcome:
    return _filled(replace(said, note=None), source, proposal)


def _without_its_note(held: Held, source: str, waiting: Any) -> Held:
    new = _returned(held, source, waiting)
    lost = new.claim.model_copy(update={"note": None}) if new.claim else None
    return replace(new, claim=lost)


MUTANTS: dict[str, tuple[Any, str, Any]] = {
    "words typed into what Actes shows go with it": (marker, "parted", lambda words, mark: (words, "")),
    "notes go with the machine's value": (decide, "_filled", _without_note),
    "what has no place any more is dropped": (plan._Waiting, "add", lambda self, held: None),
    "the word alone makes a value the machine's": (
        Held, "machine_own", property(lambda held: bool(held.claim and held.claim.state == "machine"))
    ),
    "what is typed is approved whatever it is for": (
        update, "decided",
        lambda answer, proposal: Held(answer.held.value or proposal, plan.claim_of(
            Marker(State.REVIEWED, answer.source, plan.fingerprint(answer.held.value or proposal))))
    ),
    "a corrected proposal is replaced": (Marker, "corrected", property(lambda said: False)),
    "comments go with what is written anew": (_Writer, "_comments", lambda *rest: []),
    "an orphan returns without its note": (plan, "_returned", _without_its_note),
    "a reading is the machine's too": (items, "_person", lambda person: (_person(person)[0], "")),
    "every value is asked for again": (update, "asks", lambda *rest: True),
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("name", MUTANTS)
def test_the_laws_see_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, attribute, by = MUTANTS[name]
    monkeypatch.setattr(owner, attribute, by)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Metadatas,
            settings=settings(
                max_examples=1000,
                stateful_step_count=25,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
