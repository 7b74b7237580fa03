"""Habits of people who type: structure shown by signs, bold or soft returns alone, made plain."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from docx import Document

from pipeline.drafts.office_blocks import shaped
from pipeline.drafts.plaintext.repair import repair_plain_text
from pipeline.texts import ast
from tests.drafts.test_import import PNG
from tests.drafts.test_import_words import imported


def drafted(lines: str) -> object:
    """A document: « | » ends a paragraph, « / » a line, ** is bold, __ underlined, ! a picture."""
    document = Document()
    for line in lines.split("|"):
        paragraph = document.add_paragraph()
        for index, typed in enumerate(line.split("/")):
            if index:
                paragraph.runs[-1].add_break()
            run = paragraph.add_run(
                "" if typed == "!" else typed.strip("*_") if typed[:2] in ("**", "__") else typed
            )
            if typed == "!":
                run.add_picture(io.BytesIO(PNG))
            run.bold = typed.startswith("**") or None
            run.underline = typed.startswith("__") or None
    return document


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        # line ends within a paragraph
        ("Il y a :/- le bruit/- le vent|Fin.", "Il y a :\n\n- le bruit\n- le vent\n\nFin."),
        ("1. Ouvrir/2. Fermer|Fin.", "1.  Ouvrir\n2.  Fermer\n\nFin."),
        ("**Le bruit**/Il est fort.|Fin.", "Il est fort.\n\nFin."),
        ("Mairie/12, place des Halles|Fin.", "Mairie\\\n12, place des Halles\n\nFin."),
        ("Une phrase/coupée à la main.|Fin.", "Une phrase coupée à la main.\n\nFin."),
        ("Un.//Deux.|Fin.", "Un.\n\nDeux.\n\nFin."),
        ("Ville/-----/Suite.|Fin.", "Ville\n\n-----\n\nSuite.\n\nFin."),
        ("夜。/　昼。|Fin.", "夜。\n\n昼。\n\nFin."),
        # lists
        ("1. Ouvrir|- le soir|2. Fermer|Fin.", "1.  Ouvrir\n    - le soir\n2.  Fermer\n\nFin."),
        ("-halles|-loyers|Fin.", "- halles\n- loyers\n\nFin."),
        ("1° ouvrir|2° fermer|Fin.", "1.  ouvrir\n2.  fermer\n\nFin."),
        ("o halles|o loyers|Fin.", "- halles\n- loyers\n\nFin."),
        ("〇 騒音|○道路|Fin.", "- 騒音\n- 道路\n\nFin."),
        ("〇歳児の保育|〇歳児の食事|Fin.", "〇歳児の保育\n\n〇歳児の食事\n\nFin."),
        # headings
        ("Fin.|1) Ici|Un.|2) Là|Deux.", "Fin.\n\n## 1) Ici\n\nUn.\n\n## 2) Là\n\nDeux."),
        ("Fin.|1) Ici|Un.", "Fin.\n\n1\\) Ici\n\nUn."),
        ("Fin.|__Ici__|Un.", "Fin.\n\n## Ici\n\nUn."),
        ("Fin.|**Le bruit :**|Un.", "Fin.\n\n## Le bruit :\n\nUn."),
        ("Fin.|Ⅰ　総論|文。|Ⅱ　各論|文。", "Fin.\n\n## Ⅰ　総論\n\n文。\n\n## Ⅱ　各論\n\n文。"),
        # pictures: captions below, above, on one side alone
        ("!|Figure 1 : un|!|Figure 2 : deux", "![un](images/soir-1.png)\n\n![deux](images/soir-2.png)"),
        ("Figure 1 : un|!|Figure 2 : deux|!", "![un](images/soir-1.png)\n\n![deux](images/soir-2.png)"),
        ("!|▲Photo 1 : un", "![un](images/soir-1.png)"),
        ("!/Figure 1 : un", "![un](images/soir-1.png)"),
    ],
)  # fmt: skip
def test_what_is_shown_by_habit_is_made_plain(tmp_path: Path, typed: str, body: str) -> None:
    _err, text = imported(
        drafted(typed), tmp_path, language="ja" if "文" in typed or "〇" in typed else "fr"
    )
    assert text == body


def test_headings_are_one_line_and_hold_words(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Fin.")
    heading = document.add_heading("Les halles", 2)
    heading.runs[0].add_break()
    heading.add_run("le soir")
    document.add_heading("", 2)
    document.add_paragraph("Un.")
    _err, text = imported(document, tmp_path)
    assert text == "Fin.\n\n## Les halles le soir\n\nUn."


@pytest.mark.parametrize(
    ("language", "pasted", "body"),
    [
        ("ja", "○岸本課長　承知した。\n○湊市長　お願いする。", "○岸本課長　承知した。\n\n○湊市長　お願いする。"),
        ("ja", "日時：令和８年１０月５日（月）\n場所：市民会館", "日時：令和８年１０月５日（月）\n\n場所：市民会館"),
        ("ja", "【質疑】\nＱ：騒音は。", "## 【質疑】\n\nＱ：騒音は。"),
        ("fr", "1/ ouvrir\n2/ fermer", "1) ouvrir\n2) fermer"),
    ],
)  # fmt: skip
def test_habits_in_a_pasted_text(language: str, pasted: str, body: str) -> None:
    first = "市場は夜に開く。" if language == "ja" else "La ville est là."
    assert repair_plain_text(f"{first}\n\n{pasted}\n", language).body == f"{first}\n\n{body}\n"


def test_the_head_of_a_mail_is_no_title_and_a_caption_has_no_note() -> None:
    mail = repair_plain_text("De : Camille <c@a.example>\nObjet : halles\n\nUne phrase.\n", "fr")
    assert mail.title == ""
    caption = repair_plain_text("市場は夜に開く。\n\n表１　来場者\n\n市場は夜に開く。\n", "ja")
    assert [doubt.rule for doubt in caption.doubts] == []


def test_kinds_of_headings_stand_within_each_other(tmp_path: Path) -> None:
    typed = "Fin.|**Les halles**|Un.|1.1. Le soir|Deux.|1.2. Le matin|Trois.|**Le port**|Quatre."
    err, text = imported(drafted(typed), tmp_path)
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads == ["## Les halles", "### 1.1. Le soir", "### 1.2. Le matin", "## Le port"]
    assert err.count("[office-heading]") == 4


def test_a_first_bold_line_is_the_title(tmp_path: Path) -> None:
    err, text = imported(drafted("5 octobre 2026|**Les halles**|Un.|**Le port**|Deux."), tmp_path)
    assert text == "5 octobre 2026\n\nUn.\n\n## Le port\n\nDeux."
    assert "Les halles [office-title]" in err
    head = (tmp_path / "event/workspace/sources/eco/soir.fr.md").read_text(encoding="utf-8")
    assert "\ntitle: Les halles\n" in head


def test_tables_that_only_place_words_are_undone(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Fin.")
    box = document.add_table(1, 1).cell(0, 0)
    box.paragraphs[0].add_run("À retenir").bold = True
    box.add_paragraph("Un.")
    document.add_paragraph("Deux.")
    columns = document.add_table(1, 2)
    for number in range(2):
        columns.cell(0, number).text = f"Colonne {number}."
        columns.cell(0, number).add_paragraph("- bruit")
        columns.cell(0, number).add_paragraph("- vent")
    document.add_paragraph("Trois.")
    data = document.add_table(2, 2)
    data.cell(0, 0).text = "Halle"
    data.cell(1, 0).text = "nord\nsud"
    err, text = imported(document, tmp_path)
    columns_shown = "Colonne 0.\n\n- bruit\n- vent\n\nColonne 1.\n\n- bruit\n- vent\n\n"
    assert text.startswith(
        'Fin.\n\n::: {.encadré title="À retenir"}\nUn.\n:::\n\nDeux.\n\n'
        + columns_shown
        + "Trois.\n\n"
    )
    assert "| nord sud |" in text
    for rule in ("office-box", "office-layout", "office-cell"):
        assert f"[{rule}]" in err


def test_ten_thousand_bold_lines_take_seconds() -> None:
    bold = [ast.para([ast.strong(ast.text(f"Titre {number}"))]) for number in range(10_000)]
    text = ast.para(ast.text("Un texte."))
    began = time.monotonic()
    kept, _changes = shaped([block for line in bold for block in (line, text)], "fr")
    assert time.monotonic() - began < 15  # seconds; they took 35 when each was held against all
    assert sum(block["t"] == "Header" for block in kept) == 10_000


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ("9 h\tOuverture|10 h\tAtelier", "office-tabs"),
        ("氏名　　　　所属|岸本　　　　港町市", "office-spaces"),
        ("•\thalles|•\tloyers", ""),
        ("\tUn retrait.|\tUn autre.", ""),
    ],
)
def test_columns_of_tabs_and_spaces_are_said(tmp_path: Path, lines: str, rule: str) -> None:
    err, _text = imported(drafted(f"Fin.|{lines}|Fin."), tmp_path)
    assert [name for name in ("office-tabs", "office-spaces") if name in err] == [rule][: len(rule)]
