"""`actes import`: Word, ODT and pasted text become clean Markdown, and hostile files are refused."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.shared import Mm
from lxml import etree

from pipeline.drafts import word_parts
from pipeline.drafts.plaintext.repair import repair_plain_text
from pipeline.texts import pandoc
from tests.support.workspace import actes, make_workspace, put

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WHO = 'w:id="1" w:author="Relecteur" w:date="2024-11-20T10:00:00Z"'


def word(path: Path) -> Path:
    """A draft as a rapporteur sends it: title, headings, lists, table, picture, tracked changes."""
    document = Document()
    document.add_heading("Relier producteurs et cantines", 0)
    document.add_heading("Ce qui a changé", 1)
    first = document.add_paragraph("La ville achète ")
    first._p.append(parse_xml(f"<w:del {W} {WHO}><w:r><w:delText>trente</w:delText></w:r></w:del>"))
    first._p.append(parse_xml(f"<w:ins {W} {WHO}><w:r><w:t>quarante</w:t></w:r></w:ins>"))
    first.add_run(" repas. M. Dupont l’a dit. ")
    first.add_run("Fin").bold = True
    first.add_run(".")
    for item in ("un", "deux"):
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(2, 2)
    for number, cell in enumerate(table._cells):
        cell.text = f"cellule {number}"
    row = table.add_row()
    row.cells[0].text, row.cells[1].text = "ajoutée", "par un relecteur"
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:ins {W} {WHO}/>"))
    document.add_picture(io.BytesIO(PNG), width=Mm(20))
    document.save(str(path))
    return path


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00"))
    + chunk(b"IEND", b"")
)


def imported(root: Path, *arguments: str) -> str:
    done = actes(root, "import", *arguments)
    assert done.code == 0, done.err
    return (root / done.out.split()[0]).read_text(encoding="utf-8")


def body(text: str) -> str:
    return text.split("\n---\n", 1)[1].strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "event")


def test_a_word_draft(root: Path, tmp_path: Path) -> None:
    text = imported(
        root, str(word(tmp_path / "Circuits courts.docx")), "--to", "eco", "--lang", "fr"
    )
    assert "title: Relier producteurs et cantines\n" in text
    assert body(text) == (
        "## Ce qui a changé\n\n"
        "La ville achète quarante repas.\nM. Dupont l’a dit.\n**Fin**.\n\n"
        "- un\n- deux\n\n"
        "| cellule 0 | cellule 1        |\n|-----------|------------------|\n"
        "| cellule 2 | cellule 3        |\n"
        "| ajoutée   | par un relecteur |\n\n"
        '![](images/circuits-courts-1.png){alt="circuits-courts-1.png"}'
    )
    assert (root / "sources/eco/images/circuits-courts-1.png").read_bytes() == PNG


def test_a_captioned_picture_is_a_picture_in_markdown(root: Path, tmp_path: Path) -> None:
    document = Document()
    document.add_picture(io.BytesIO(PNG), width=Mm(20))
    document.add_paragraph("Figure 1 : les halles", style="Caption")
    document.save(str(tmp_path / "halles.docx"))
    done = actes(root, "import", str(tmp_path / "halles.docx"), "--to", "eco", "--lang", "fr")
    assert "image-without-alternative" not in done.err
    text = (root / "sources/eco/halles.fr.md").read_text(encoding="utf-8")
    assert text.endswith("\n![les halles](images/halles-1.png)\n")
    assert "<figure>" not in text


@pytest.mark.parametrize(
    ("tag", "typed", "title"),
    [
        ("fr", "Compte rendu : « Économie »", '"Compte rendu\u00a0: «\u00a0Économie\u00a0»"'),
        ("ja", "第3分科会　経済", '"第3分科会　経済"'),
    ],
)
def test_a_title_has_the_spaces_of_its_language(
    root: Path, tmp_path: Path, tag: str, typed: str, title: str
) -> None:
    put(tmp_path / "note.txt", f"{typed}\n\nUne phrase, ville de 市。\n\nUne autre.\n")
    text = imported(root, str(tmp_path / "note.txt"), "--to", "eco", "--lang", tag)
    assert f"\ntitle: {title}\n" in text


def test_a_name_that_can_be_none_asks_for_one(root: Path, tmp_path: Path) -> None:
    put(tmp_path / "報告.txt", "一つの文。\n")
    done = actes(root, "import", str(tmp_path / "報告.txt"), "--to", "eco", "--lang", "ja")
    assert done.code == 2
    assert "報告.txt" in done.err
    assert "--name" in done.err


RUBY = (
    f"<w:r {W}><w:ruby><w:rt><w:r><w:t>みなと</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>湊</w:t></w:r></w:rubyBase></w:ruby></w:r>"
)
BOX = (
    f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>枠の中の文</w:t></w:r></w:p><w:sdt><w:sdtContent><w:p><w:r><w:t>枠の続き</w:t></w:r></w:p>"
    "</w:sdtContent></w:sdt></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def habits(path: Path) -> Path:
    """A Japanese draft that shows to the eye alone what it is."""
    document = Document()
    document.add_paragraph("夜の市場", style="Title")
    document.add_paragraph("第3分科会", style="Subtitle")
    document.add_heading("背景", 1)
    document.add_paragraph("　発表者は")._p.append(parse_xml(RUBY))
    document.paragraphs[-1].add_run("氏である。")
    document.paragraphs[-1]._p.append(parse_xml(BOX))
    document.add_comment(document.paragraphs[-1].runs, text="要確認", author="岸本")
    document.add_paragraph().add_run("三つの理由").bold = True
    for typed in ("・騒音", "・道路", "①まず", "②次に", "■まとめ", "１．経緯", "港町市の例。",
                  "9:30\t開会", "10:00\t討論"):  # fmt: skip
        document.add_paragraph(typed)
    table = document.add_table(3, 3)
    for number, cell in enumerate(table._cells):
        cell.text = f"c{number}"
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("表1　市場", style="Caption")
    document.save(str(path))
    return path


def test_what_a_draft_shows_to_the_eye_alone_is_kept_and_said(root: Path, tmp_path: Path) -> None:
    draft = str(habits(tmp_path / "yoru.docx"))
    done = actes(root, "import", draft, "--to", "eco", "--lang", "ja", ACTES_LANG="ja")
    assert done.code == 0
    assert body((root / "sources/eco/yoru.ja.md").read_text(encoding="utf-8")) == (
        "第3分科会\n\n## 背景\n\n発表者は湊（みなと）氏である。\n\n枠の中の文\n\n枠の続き\n\n"
        "### 三つの理由\n\n- 騒音\n- 道路\n\n(1) まず\n(2) 次に\n\n### まとめ\n\n"
        "### １．経緯\n\n港町市の例。\n\n9:30 開会\n\n10:00 討論\n\n"
        "| c0    | c1 c2 |     |\n|-------|-------|-----|\n"
        "| c3 c6 | c4    | c5  |\n|       | c7    | c8  |\n\n: 市場"
    )
    for said in ("岸本のコメントは取り込まない：要確認", "湊（みなと）", "枠の中の文", "三つの理由",
                 "・騒音", "①まず", "■まとめ", "１．経緯", "列を揃えていたタブ", "c1"):  # fmt: skip
        assert said in done.err


SHOWN = """■ Les halles^[Une note.] [plan](https://a.example)

Le soir.

【Le *quai*】^[Une autre.]

La nuit.

Tableau 2 : les prix

+-------+----------------------------+
| Halle | Vendu                      |
+=======+============================+
| nord  | - pain^[Bis.]              |
|       | - [vin](https://b.example) |
+-------+----------------------------+

: Table 1 : les ventes

| A | B |
|---|---|
| 1 | 2 |

Tableau 1 montre les ventes.

| A | B |
|---|---|
| 1 | 2 |

表1によると、来場者は300人である。
"""


def test_what_is_put_in_form_keeps_its_notes_links_and_numbers(root: Path, tmp_path: Path) -> None:
    draft = tmp_path / "soir.docx"
    command = [pandoc.executable(), "-f", "markdown", "-t", "docx", "-o", str(draft)]
    subprocess.run(command, input=SHOWN.encode(), check=True)
    text = body(imported(root, str(draft), "--to", "eco", "--lang", "fr"))
    for kept in ("## Les halles[^1] [plan](https://a.example)\n", "## Le *quai*[^2]\n",
                 "pain[^3] [vin](https://b.example)", "\nTableau 2 : les prix\n", "\n: les ventes\n",
                 "\nTableau 1 montre les ventes.\n", "\n表1によると、来場者は300人である。\n"):  # fmt: skip
        assert kept in text


def test_a_sentence_that_begins_with_a_figure_is_no_caption(root: Path, tmp_path: Path) -> None:
    document = Document()
    document.add_picture(io.BytesIO(PNG), width=Mm(20))
    document.add_paragraph("図1によると、来場者は300人である。")
    document.add_picture(io.BytesIO(PNG), width=Mm(20))
    document.add_paragraph("図2　夜の市場")
    document.save(str(tmp_path / "yoru.docx"))
    text = imported(root, str(tmp_path / "yoru.docx"), "--to", "eco", "--lang", "ja")
    assert "\n図1によると、来場者は300人である。\n" in text
    assert "![夜の市場](images/" in text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("A. Dupont parle.|B. Durand répond.", "A. Dupont parle.\n\nB. Durand répond."),
        ("C. Roux parle.|D. Martin répond.", "C. Roux parle.\n\nD. Martin répond."),
        ("A. Ouvrir la rue|B. Fermer la place", "A.  Ouvrir la rue\nB.  Fermer la place"),
        ("a) un|b) deux", "a)  un\nb)  deux"),
        ("(1) un|(2) deux", "(1) un\n(2) deux"),
        ("3) un|4) deux", "3)  un\n4)  deux"),
    ],
)
def test_letters_and_numbers_stay_what_was_typed(
    root: Path, tmp_path: Path, typed: str, shown: str
) -> None:
    document = Document()
    document.add_heading("Ce qui a été dit", 1)
    document.add_heading("Le matin", 2)
    for line in typed.split("|"):
        document.add_paragraph(line)
    document.add_paragraph("Le soir tombe.")
    document.save(str(tmp_path / "dit.docx"))
    text = body(imported(root, str(tmp_path / "dit.docx"), "--to", "eco", "--lang", "fr"))
    assert text == f"## Le matin\n\n{shown}\n\nLe soir tombe."


def test_initials_in_a_pasted_text_are_no_list() -> None:
    pasted = "La ville est là.\n\nA. Dupont parle.\n\nB. Durand répond.\n\nLe soir tombe.\n"
    text = repair_plain_text(pasted, "fr").body
    assert "\n\nA. Dupont parle.\n\nB. Durand répond.\n\n" in text


def test_bold_captions_are_no_headings(root: Path, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph().add_run("Tableau 1 – Les prix").bold = True
    document.add_table(2, 2).cell(0, 0).text = "Halle"
    document.add_picture(io.BytesIO(PNG), width=Mm(20))
    document.add_paragraph().add_run("Figure 1 – Les halles").bold = True
    document.add_paragraph("Le soir tombe.")
    document.save(str(tmp_path / "halles.docx"))
    text = body(imported(root, str(tmp_path / "halles.docx"), "--to", "eco", "--lang", "fr"))
    assert "\n: Les prix\n" in text
    assert "\n![Les halles](images/halles-1.png)\n" in text
    assert "#" not in text


def test_readings_boxes_and_comments_of_an_odt_are_settled_too() -> None:
    names = {"text": "text", "draw": "drawing", "office": "office"}
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in names.items()
    )
    tree = etree.fromstring(
        f"<office:text {spaces}><text:p>発表者は<text:ruby><text:ruby-base>湊</text:ruby-base>"
        "<text:ruby-text>みなと</text:ruby-text></text:ruby>氏<office:annotation><text:p>要確認</text:p>"
        "</office:annotation>である。<draw:custom-shape><text:h>枠</text:h><text:list>"
        "<text:list-item><text:p>項目</text:p></text:list-item></text:list></draw:custom-shape>"
        "<draw:rect><text:p>次の枠</text:p></draw:rect></text:p>"
        "<text:h>題<draw:rect><text:p>題の枠</text:p></draw:rect></text:h>"
        "<draw:frame><draw:text-box><text:p>頁の枠</text:p></draw:text-box></draw:frame></office:text>"
    )
    problems = word_parts.settle([tree], [tree], word_parts.ODT, "a.odt")
    assert ["".join(map(str, line.itertext())) for line in tree] == [
        "発表者は湊（みなと）氏である。", "枠", "項目", "次の枠", "題", "題の枠", "", "頁の枠"
    ]  # fmt: skip
    assert [(p.rule, p.values["words"]) for p in problems] == [
        ("office-comment", "要確認"), ("office-ruby", "湊（みなと）"), ("office-text-box", "枠 項目"),
        ("office-text-box", "次の枠"), ("office-text-box", "題の枠"), ("office-page-box", "頁の枠"),
    ]  # fmt: skip


def test_every_comment_is_named_and_what_is_in_the_text_is_counted(
    root: Path, tmp_path: Path
) -> None:
    document = Document()
    for number in range(25):
        run = document.add_paragraph("La ville. ").add_run()
        text = f"remarque {number} " + "longue " * 20 + f"fin {number}."
        document.add_comment(run, text=text, author="Camille")
        document.paragraphs[-1]._p.append(parse_xml(RUBY))
    document.save(str(tmp_path / "avis.docx"))
    draft = str(tmp_path / "avis.docx")
    done = actes(root, "import", draft, "--to", "eco", "--lang", "fr", ACTES_LANG="fr")
    for number in range(25):
        assert f"fin {number}." in done.err
    assert done.err.count("[office-ruby]") == 20
    assert "… et 5 de plus du même genre" in done.err


def test_tracked_changes_can_be_rejected_rows_too(root: Path, tmp_path: Path) -> None:
    draft = str(word(tmp_path / "essai.docx"))
    text = imported(root, draft, "--to", "eco", "--lang", "fr", "--tracked-changes", "reject")
    assert "La ville achète trente repas." in text
    assert "ajoutée" not in text


def test_nothing_is_overwritten(root: Path, tmp_path: Path) -> None:
    draft = str(word(tmp_path / "essai.docx"))
    before = imported(root, draft, "--to", "eco", "--lang", "fr")
    again = actes(root, "import", draft, "--to", "eco", "--lang", "fr")
    assert again.code == 4
    assert (root / "sources/eco/essai.fr.md").read_text(encoding="utf-8") == before


@pytest.mark.libreoffice
def test_an_odt_draft(root: Path, tmp_path: Path) -> None:
    draft = word(tmp_path / "essai.docx")
    subprocess.run(
        [shutil.which("soffice") or "soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}",
         "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(draft)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = imported(root, str(tmp_path / "essai.odt"), "--to", "eco", "--lang", "fr")
    assert "title: Relier producteurs et cantines\n" in text
    assert "M. Dupont l’a dit.\n**Fin**." in text
    assert "images/essai-1.png" in text


def test_a_pasted_text_with_its_list_of_repairs(root: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(
        "NOTE\n\nUne premiere ligne coupee par la\nmise en page du document, qui\nse poursuit ici.\n"
        "\nl premier point\nl second point,suite\n",
        encoding="utf-8",
    )
    done = actes(root, "import", str(tmp_path / "note.txt"), "--to", "preliminaries")
    assert done.code == 0, done.err
    text = (root / "sources/preliminaries/note.fr.md").read_text(encoding="utf-8")
    assert "- premier point\n- second point, suite" in text
    assert "coupee par la mise en page du document, qui se poursuit ici." in text
    for rule in ("[line-join]", "[bullet]", "[missing-space]"):
        assert rule in done.err


@pytest.mark.parametrize(
    ("content", "language"),
    [
        ("これは下書きである。\n次の文である。\n".encode("cp932"), "ja"),
        ("Une idée été.\n".encode("cp1252"), "fr"),
    ],
)
def test_texts_saved_by_old_programs(
    root: Path, tmp_path: Path, content: bytes, language: str
) -> None:
    (tmp_path / "memo.txt").write_bytes(content)
    done = actes(root, "import", str(tmp_path / "memo.txt"), "--to", "eco")
    assert done.code == 0, done.err
    assert "[import-encoding]" in done.err
    assert (root / f"sources/eco/memo.{language}.md").exists()


def repacked(
    path: Path, changes: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in {**parts, **changes}.items():
            archive.writestr(name, content)
    return path


def test_a_zip_bomb_is_refused(root: Path, tmp_path: Path) -> None:
    draft = repacked(word(tmp_path / "bomb.docx"), {"word/media/x.png": bytes(80 * 1024 * 1024)})
    done = actes(root, "import", str(draft), "--to", "eco", "--lang", "fr")
    assert done.code == 1
    assert "bomb.docx" in done.err
    assert "[office-bomb]" in done.err
    assert not list((root / "sources/eco").glob("bomb*"))


def test_external_relationships_are_named_and_not_followed(root: Path, tmp_path: Path) -> None:
    draft = word(tmp_path / "outside.docx")
    with zipfile.ZipFile(draft) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    extra = (
        '<Relationship Id="rId99" TargetMode="External" Target="http://127.0.0.1:9/secret" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    repacked(
        draft,
        {"word/_rels/document.xml.rels": relations.replace("</Relationships>", extra).encode()},
    )
    done = actes(root, "import", str(draft), "--to", "eco", "--lang", "fr")
    assert done.code == 0, done.err
    assert "http://127.0.0.1:9/secret" in done.err
    assert "[office-external]" in done.err


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.docx", b"not a zip", "office-not-a-package"),
        ("a.docx", b"PK\x03\x04 broken", "office-not-a-package"),
        ("a.pdf", b"%PDF-1.7", "import-kind"),
        ("a.txt", b"", "import-empty"),
        ("a.txt", b"\x81\x8d\xff", "not-utf8"),
    ],
)
def test_what_cannot_be_imported(
    root: Path, tmp_path: Path, name: str, content: bytes, rule: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = actes(root, "import", str(tmp_path / name), "--to", "eco", "--lang", "fr")
    assert done.code == 1
    assert f"[{rule}]" in done.err
    assert "Traceback" not in done.err
