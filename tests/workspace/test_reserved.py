"""No folder of texts is passed over in silence: the names that are no theme's are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.workspace.layout import RESERVED
from tests.support.workspace import EVENT, actes, make_workspace, summary


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_theme_cannot_have_a_reserved_name(tmp_path: Path, name: str) -> None:
    event = EVENT.replace("{id: eco,", f"{{id: {name},") % ("docx", "docx")
    texts = {"event.yaml": event, f"{name}/a.fr.md": summary("A", "Un mot.")}
    done = actes(make_workspace(tmp_path, texts=texts), "build")
    assert done.code == 1
    assert f"“{name}” is the name of a reserved folder [id-reserved]" in done.err


def test_the_names_are_those_of_folders_that_hold_no_theme() -> None:
    assert {"preliminaries", "annexes", "declaration", "images", "memory", "files"} == RESERVED
