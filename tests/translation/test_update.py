"""The update, case by case: `tests/golden/update/NAME.txt` holds what was there and what becomes.

The machine of these tests translates ``X`` into ``⟦X⟧``. ``ACTES_GOLDEN=write`` writes the results
anew, to be read before they are kept.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from pipeline.texts import pandoc
from pipeline.texts.segments import Segment, split
from pipeline.texts.source import readable
from pipeline.translation.counterpart import State, pair
from pipeline.translation.decide import Proposal
from pipeline.translation.update import order_of, shown, update, wanted
from tests.support.workspace import block

CASES = sorted((Path(__file__).parent.parent / "golden" / "update").glob("*.txt"))
_PART = re.compile(r"^=== (?P<name>[a-z]+)\n", re.MULTILINE)


def segments(body: str) -> tuple[Segment, ...]:
    parsed = pandoc.read_all({"a": readable(body)})["a"]
    assert isinstance(parsed, pandoc.Parsed)
    return split(body, parsed)


def renewed(original: str, counterpart: str, order: str = "", retranslate: bool = False) -> str:
    """The counterpart's body after `actes translate` with the machine of these tests."""
    source, there = segments(original), segments(counterpart)
    asked = wanted(source, there, retranslate)
    proposals = {index: Proposal(f"⟦{shown(source[index])}⟧") for index in asked}
    return update(source, there, proposals, order)


@pytest.mark.parametrize("file", CASES, ids=[case.stem for case in CASES])
def test_update(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    head, *rest = _PART.split(text)
    parts = dict(zip(rest[::2], rest[1::2], strict=True))
    order = re.search(r"^order: (.*)$", head, re.MULTILINE)
    original, counterpart = (
        parts[name].rstrip("\n") + "\n" for name in ("original", "counterpart")
    )
    counterpart = counterpart if counterpart.strip() else ""
    becomes = renewed(original, counterpart, order[1] if order else "")
    if os.environ.get("ACTES_GOLDEN") == "write":
        kept = text[: text.index("=== becomes\n")]
        file.write_text(f"{kept}=== becomes\n{becomes}", encoding="utf-8")
    else:
        assert becomes == parts["becomes"]
    assert renewed(original, becomes) == becomes, "a second run changes nothing (law 4)"


def test_machine_text_whose_source_changed_waits_with_the_new_source_until_it_is_answered() -> None:
    """An engine that failed, or `--limit`: the translator sees why the text no longer answers."""
    was = renewed("Un marché ouvre.\n", "")
    source = segments("Deux marchés ouvrent.\n")
    waits = update(source, segments(was), {})
    assert waits == was.replace("text:", block("now", "Deux marchés ouvrent.") + "text:")
    assert update(source, segments(waits), {}) == waits
    assert wanted(source, segments(waits)) == (0,)
    assert renewed("Deux marchés ouvrent.\n", waits) == renewed("Deux marchés ouvrent.\n", "")
    assert renewed("Un marché ouvre.\n", waits) == was


def test_the_order_a_translator_chose_stays_when_a_stale_text_changes_once_more() -> None:
    one, two = "La ville ouvre un marché.", "Le transport reste faible."
    written = [
        f"<!-- edited\nsource: |\n  {text}\n-->\n人{n}\n" for n, text in enumerate((two, one))
    ]
    text = "\n".join(written)
    order = ""
    for change in (one, one.replace("un", "deux"), one.replace("un", "trois")):
        original = f"{change}\n\n{two}\n"
        text = renewed(original, text, order)
        order = order_of(segments(original))
        assert text.index("人0") < text.index("人1")


def test_a_passage_reads_the_same_whether_it_was_filled_at_once_or_later() -> None:
    source = segments("Un marché ouvre.\n\nTrois quais.\n")
    empty = update(source, segments(""), {})
    assert renewed("Un marché ouvre.\n\nTrois quais.\n", empty) == renewed(
        "Un marché ouvre.\n\nTrois quais.\n", ""
    )


@pytest.mark.parametrize("space", ["\n", "\u00a0", "  "])
def test_spaces_changed_in_a_source_change_no_comment(space: str) -> None:
    """Neither where words stand, nor where none came yet, nor where the source changed before."""
    source = segments("Un marché ouvre.\n\nTrois quais.\n")
    there = "<!-- edited\nsource: |\n  Un quai ouvre.\n-->\n人\n"
    before = update(source, segments(there), {})
    assert "now:" in before
    assert "missing" in before
    spaced = segments(f"Un marché{space}ouvre.\n\nTrois{space}quais.\n")
    assert update(spaced, segments(before), {}) == before


def test_a_note_within_a_box_or_a_list_is_translated_where_it_stands() -> None:
    """No comment comes to stand within what it would break, and nothing waits a second time."""
    blocks = (
        "Un[^a], deux[^b], trois[^c].",
        "::: encadré\nDedans.\n\n[^a]: Une note.\n\nEncore.\n:::",
        "- un\n\n  [^b]: Deux notes.\n\n- deux",
        "Terme\n: Sens",
        "[^c]: Trois notes.",
        "Mot\n: Autre sens",
    )
    original = "\n\n".join(blocks) + "\n"
    source = segments(original)
    becomes = update(source, (), {i: Proposal(shown(one)) for i, one in enumerate(source)}, "")
    found = pair(source, segments(becomes))
    assert [one.passage and one.passage.raw.strip() for one in found] == list(blocks)
    assert {one.state for one in found} == {State.MACHINE}
    assert renewed(original, becomes) == becomes
