"""Laws 2 to 5 of the update, under any sequence of what people, machines and git do."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from pipeline.texts import pandoc
from pipeline.texts.segments import split
from pipeline.texts.source import readable
from tests.properties.update_machine import UpdateMachine
from tests.support.quick import quick_split

# Shrinking a sequence takes minutes: only where somebody is looking for a bug.
PHASES = (
    list(Phase) if os.environ.get("ACTES_LONG") else [Phase.explicit, Phase.reuse, Phase.generate]
)
EXAMPLES = 3_000 if os.environ.get("ACTES_LONG") else 300


def test_no_sequence_of_events_loses_a_word() -> None:
    run_state_machine_as_test(
        UpdateMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            report_multiple_bugs=False,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )


@given(
    st.lists(st.sampled_from(["un mot\n", "\n", "<!-- a\nb: |\n\n  c\n-->\n", "x\ny\n", "\n\n"]))
)
@settings(max_examples=40, deadline=None)
def test_the_quick_splitter_splits_as_pandoc_does(parts: list[str]) -> None:
    body = "".join(parts)
    parsed = pandoc.read_all({"a": readable(body)})["a"]
    assert isinstance(parsed, pandoc.Parsed)
    assert quick_split(body) == split(body, parsed)
