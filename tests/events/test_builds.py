"""One build after another: what is listed is what was asked for, and nothing old passes as new."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline import files
from tests.support.run import actes
from tests.support.workspace import counterpart, make_workspace, summary


def workspace(tmp_path: Path) -> Path:
    return make_workspace(
        tmp_path,
        texts={
            "eco/essai.fr.md": summary("Essai", "Un paragraphe."),
            "eco/essai.ja.md": counterpart(
                "essai.fr.md", "試み", [("Un paragraphe.", "一つの段落。")], "Essai"
            ),
        },
    )


def built(root: Path, *arguments: str) -> tuple[int, list[str], str]:
    done = actes("build", "--format", "docx", *arguments, cwd=root)
    return done.returncode, done.stdout.split(), done.stderr


def test_a_final_is_made_again_after_a_draft_of_a_part_of_it(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    code, final, said = built(root, "proceedings", "--final")
    assert code == 0, said
    before = {name: (root / name).read_bytes() for name in final}
    assert built(root, "proceedings-ja", "--draft")[0] == 0
    assert (root / "build/proceedings-ja.docx").read_bytes() != before["build/proceedings-ja.docx"]
    code, again, said = built(root, "proceedings", "--final")
    assert (code, again) == (0, final)
    assert "nothing had changed" not in said
    assert {name: (root / name).read_bytes() for name in again} == before


def test_what_is_built_is_listed_whatever_was_built_meanwhile(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    first = built(root)
    built(root, "proceedings-fr")
    assert built(root)[:2] == first[:2]


def test_a_format_that_is_asked_for_is_made(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    event = root / "sources/event.yaml"
    event.write_text(event.read_text().replace("[docx, pdf]", "[docx]"))
    done = actes("build", "proceedings-fr", "--format", "pdf", cwd=root)
    assert done.stdout.split() == ["build/proceedings-fr.pdf"]


def test_an_edition_that_cannot_be_made_any_more_is_not_left_there(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    for language in ("fr", "ja"):
        text = f"---\ntitle: Déclaration\n---\n\n# A {{#a}}\n\n## B {{#b}}\n\nTexte {language}.\n"
        folder = root / "sources/declaration"
        folder.mkdir(exist_ok=True)
        (folder / f"declaration.{language}.md").write_text(text, encoding="utf-8")
    assert "build/declaration.docx" in built(root)[1]
    (root / "sources/declaration/declaration.ja.md").unlink()
    code, names, said = built(root)
    assert code == 1
    assert "declaration.ja.md" in said
    assert "build/declaration.docx" not in names
    assert not (root / "build/declaration.docx").exists()
    assert (
        "declaration.docx" not in json.loads((root / "build/manifest.json").read_text())["outputs"]
    )


def test_a_file_that_a_person_saved_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    """Law 2: a command writes over what it has read, never over what came after."""
    file = tmp_path / "a.md"
    file.write_text("read by the command")
    read = file.read_bytes()
    file.write_text("saved by a person")
    assert not files.write_bytes(tmp_path, file, b"settled", over=read)
    assert file.read_text() == "saved by a person"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
