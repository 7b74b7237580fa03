"""One build after another: what is listed is what was asked for, and nothing old passes as new."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

from pipeline import files
from tests.support.workspace import (
    actes,
    counterpart,
    docx_text,
    make_workspace,
    pdf_pages,
    squeezed,
    summary,
)


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
    done = actes(root, "build", "--format", "docx", *arguments)
    return done.code, done.out.split(), done.err


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
    done = actes(root, "build", "proceedings-fr", "--format", "pdf")
    assert done.out.split() == ["build/proceedings-fr.pdf"]


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


def test_what_no_font_can_print_is_left_out_of_word_as_of_the_pdf(tmp_path: Path) -> None:
    """Word and PDF say the same, also when only one of them is asked for."""
    texts = {
        "eco/essai.fr.md": summary("Essai", "Un paragraphe."),
        "eco/signe.fr.md": summary("Signe", "Le signe 𓀀 de l’homme."),
    }
    root = make_workspace(tmp_path, texts=texts)
    for forms in (["docx"], ["pdf"]):
        arguments = [part for form in forms for part in ("--format", form)]
        done = actes(root, "build", "proceedings-fr", *arguments)
        assert "[glyph-missing]" in done.err
        assert "sources/eco/signe.fr.md" in done.err
    word = docx_text(root / "build/proceedings-fr.docx")
    pages = "".join(pdf_pages(root / "build/proceedings-fr.pdf"))
    for words in (squeezed(word), squeezed(pages)):
        assert "Unparagraphe." in words
        assert "del’homme" not in words
        assert "sources/eco/signe.fr.md" in words


FOREIGN = {
    "es": "actes résumé séance glossaire éditeur proceedings abstract session speaker draft 報告 会議",
    "ko": "actes résumé glossaire proceedings abstract session draft actas borrador 報告 会議 要旨",
}


def test_an_event_in_other_languages_prints_theirs_alone(tmp_path: Path) -> None:
    """Spanish and Korean: no label of another language, and Korean titles in a Spanish book."""
    root = tmp_path / "event"
    begun = actes(tmp_path,
        "init", str(root), "--languages", "es,ko", "--title", "Encuentro", "--title", "ko=시험 모임",
        "--theme", "agua", "--start", "2025-05-01", "--end", "2025-05-03",
    )  # fmt: skip
    assert begun.code == 0, begun.err
    for slug, language in (("pozo", "es"), ("uju", "ko")):
        assert actes(root, "new", "agua", slug, "--lang", language).code == 0
    done = actes(root, "build")
    assert done.code == 0, done.err
    assert find_spec("pylopdf_fonts_ko") or "pip install 'actes[ko]'" in done.err
    for language, foreign in FOREIGN.items():
        sheet = (
            ZipFile(root / f"build/proceedings-{language}.docx").read("word/styles.xml").decode()
        )
        assert re.findall(r'w:eastAsia="([a-z]+-\w+)"', sheet) == ["ko-KR"]  # not Japanese
        assert set(re.findall(r'w:eastAsia="([A-Z][\w ]+)"', sheet)) == {"Batang", "Malgun Gothic"}
        word = docx_text(root / f"build/proceedings-{language}.docx").lower()
        pages = "".join(pdf_pages(root / f"build/proceedings-{language}.pdf")).lower()
        for printed in (word, pages):
            assert [w for w in foreign.split() if re.search(rf"\b{w}\b", printed)] == []


def test_a_declaration_that_is_not_there_is_not_said_to_be_unchanged(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, texts={"eco/a.fr.md": summary("Titre", "Un mot.")})
    said = actes(root, "build", "declaration", "--format", "docx")
    assert said.code == 1
    assert "declaration.fr.md" in said.err
    assert "[declaration-none]" in said.err
    assert actes(root, "build", "--format", "docx").code == 0, "an event need not have one"
