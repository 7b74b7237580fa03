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
from pipeline.translation.decide import Proposal
from pipeline.translation.update import shown, update, wanted

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
