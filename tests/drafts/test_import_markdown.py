"""`actes import` of a Markdown draft: it is Markdown already, and is left as it is."""

from __future__ import annotations

from pathlib import Path

from tests.support.workspace import actes, make_workspace

DRAFT = """\
---
title: Relier producteurs et cantines
keywords: [cantine]
---

# Un *titre*

Une ligne  avec **gras**, un [lien](https://exemple.org) et une note[^1].

| a | b |
|---|---|
| 1 | 2 |

[^1]: La note.
"""


def imported(tmp_path: Path, content: str | bytes) -> tuple[str, str]:
    root = make_workspace(tmp_path / "event")
    draft = tmp_path / "essai.md"
    draft.write_bytes(content.encode() if isinstance(content, str) else content)
    done = actes(root, "import", str(draft), "--to", "eco", "--lang", "fr")
    assert done.code == 0, done.err
    return (root / "sources/eco/essai.fr.md").read_text(encoding="utf-8"), done.err


def test_title_and_body_are_kept(tmp_path: Path) -> None:
    text, said = imported(tmp_path, DRAFT.replace("\n", "\r\n"))
    assert "title: Relier producteurs et cantines\n" in text
    assert text.endswith("\n---\n\n" + DRAFT.split("---\n\n", 1)[1])
    assert "essai.md:3:1: " in said  # what the new text's own head has to say again
    assert "[import-head]" in said


def test_without_a_head_the_only_first_heading_is_the_title(tmp_path: Path) -> None:
    text, said = imported(tmp_path, "# Un *titre*\n\n## Un point\n\nTexte.\n")
    assert "title: Un titre\n" in text
    assert text.endswith("\n---\n\n## Un point\n\nTexte.\n")
    assert "[import-head]" not in said


def test_what_the_allow_list_refuses_is_said_with_its_line(tmp_path: Path) -> None:
    text, said = imported(tmp_path, "Bonjour.\n\n<script>x</script>\n")
    assert "<script>x</script>" in text
    assert "essai.md:3: " in said
    assert "[raw-code]" in said
