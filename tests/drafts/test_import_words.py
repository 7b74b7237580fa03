"""Words of a Word or ODT draft that pandoc does not see: taken over, or named."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph
from lxml import etree

from pipeline.drafts.odt_parts import described, settle_odt
from tests.drafts.test_import import PNG, RUBY, body, repacked
from tests.support.workspace import actes, make_workspace

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>En cadre.</w:t></w:r></w:p></w:txbxContent>"
DRAWN = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
    f"<wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def field(instruction: str, shown: str = "") -> str:
    """A field as Word writes it: its instruction, then what it shows."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    said = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    result = f"{mark.format('separate')}<w:r><w:t>{shown}</w:t></w:r>" if shown else ""
    return f"{mark.format('begin')}{said}{result}{mark.format('end')}"


def put(paragraph: Paragraph, xml: str) -> Paragraph:
    for element in parse_xml(f"<w:p {SPACES}>{xml}</w:p>"):
        paragraph._p.append(element)
    return paragraph


HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Entre nous.</w:t></w:r>"
SHOWN = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>Pour tous.</w:t></w:r>"
ENCLOSED = field(r" eq \o\ac(○,秘)")
READ = field(r' EQ \* jc2 \* "Font:MS" \* hps10 \o\ad(\s\up 9(きしもと),岸本)')
FRAME = '<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr><w:r><w:t>L</w:t></w:r>'


@pytest.mark.parametrize(
    ("xml", "shown", "said"),
    [
        (f"<w:r><w:t>Avant, </w:t></w:r>{DRAWN}<w:r><w:t>après.</w:t></w:r>",
         "Avant, après.\n\nEn cadre.", "En cadre. [office-text-box]"),
        ('<w:r><w:pict><v:shape><v:textpath string="Bienvenue"/></v:shape></w:pict></w:r>',
         "Bienvenue", "Bienvenue [office-text-box]"),
        ('<w:fldSimple w:instr=" DATE "><w:r><w:t>Le 5 octobre</w:t></w:r></w:fldSimple>',
         "Le 5 octobre", ""),
        (f"{field(' PAGEREF a ', '12')}{ENCLOSED}{READ}", "12秘岸本（きしもと）", "秘 [office-field]"),
        (f"{HIDDEN}{SHOWN}", "Pour tous.", "Entre nous. [office-hidden]"),
        ("<m:oMath><m:r><m:t>a</m:t></m:r><m:r><m:t>+b</m:t></m:r></m:oMath>",
         "`a + b`", "a + b [office-formula]"),
        (FRAME, "La ville.", ""),
        ('<w:fldSimple w:instr=" HYPERLINK &quot;https://a.example/&quot; "><w:r><w:t>plan</w:t></w:r>'
         "</w:fldSimple>", "[plan](https://a.example/)", ""),
        ('<w:customXml w:element="p"><w:customXmlPr/><w:r><w:t>Le soir</w:t></w:r></w:customXml>'
         '<w:bdo w:val="ltr"><w:r><w:t> venu</w:t><w:cr/><w:t>Dehors</w:t></w:r></w:bdo>',
         "Le soir venu\\\nDehors", ""),
    ],
)  # fmt: skip
def test_words_that_pandoc_drops_are_taken_over_or_named(
    tmp_path: Path, xml: str, shown: str, said: str
) -> None:
    document = Document()
    document.add_heading("Le soir", 1)
    put(document.add_paragraph(), xml)
    document.add_paragraph("a ville." if xml == FRAME else "Fin.")
    err, text = imported(document, tmp_path)
    assert text == (shown if xml == FRAME else f"{shown}\n\nFin.")
    assert said in err
    assert "✗" not in err


def imported(
    document: object, tmp_path: Path, *arguments: str, language: str = "fr"
) -> tuple[str, str]:
    """What `actes import` says of a document, and the body that it makes of it."""
    root = make_workspace(tmp_path / "event")
    path = tmp_path / "soir.docx"
    if hasattr(document, "save"):
        document.save(str(path))
    done = actes(root, "import", str(path), "--to", "eco", "--lang", language, *arguments)
    assert done.code == 0, done.err
    return done.err, body((root / f"sources/eco/soir.{language}.md").read_text(encoding="utf-8"))


def test_nothing_hides_behind_a_picture_or_the_end_of_a_page(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Le soir", 1)
    run = document.add_paragraph("Avant. ").add_run()
    run.add_picture(io.BytesIO(PNG))
    run.add_text(" Après.")
    paragraph = document.add_paragraph("Une page.")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("Une autre.").bold = True
    _err, text = imported(document, tmp_path)
    assert text == (
        'Avant.\n![](images/soir-1.png){alt="soir-1.png"} Après.\n\nUne page.\n\n**Une autre.**'
    )


def test_what_describes_a_picture_is_no_caption(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Le soir", 1)
    document.add_picture(io.BytesIO(PNG))
    document.inline_shapes[0]._inline.docPr.set("descr", "Les halles vues du pont")
    document.add_paragraph("Figure 2 : la nuit")
    _err, text = imported(document, tmp_path)
    assert text == '![la nuit](images/soir-1.png){alt="Les halles vues du pont"}'


CONTENTS = f"{field(' TOC ')}".replace(
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Le soir</w:t><w:tab/><w:t>2</w:t></w:r>',
)


def test_tables_of_contents_are_named_and_made_anew(tmp_path: Path) -> None:
    document = Document()
    put(document.add_paragraph(), CONTENTS)
    document.add_paragraph("Le matin\t3")
    put(document.add_paragraph(), '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    listed = "<w:sdtContent><w:p><w:r><w:t>Sommaire</w:t></w:r></w:p></w:sdtContent>"
    document.add_paragraph("Fin.")._p.addnext(
        parse_xml(f"<w:sdt {SPACES}>{gallery}{listed}</w:sdt>")
    )
    err, text = imported(document, tmp_path)
    assert text == "Fin."
    assert "Le soir 2 Le matin 3" in err
    assert "Sommaire" in err


def test_arrows_and_ticks_are_those_of_every_font(tmp_path: Path) -> None:
    document = Document()
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0{}"/></w:r>'
    put(document.add_paragraph(), sign.format("E0") + sign.format("FC"))
    _err, text = imported(document, tmp_path)
    assert text == "→✔"


def test_what_describes_the_pictures_of_an_odt_is_found() -> None:
    spaces = (
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
        ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    frame = '<draw:frame><draw:image xlink:href="{}"/><svg:title>{}</svg:title><svg:desc>{}</svg:desc></draw:frame>'
    frames = [
        ("Pictures/1.png", "Halles", "Les halles\nle soir"),
        ("2.png", "Port", ""),
        ("3.png", "", ""),
    ]
    tree = etree.fromstring(f"<t {spaces}>{''.join(frame.format(*each) for each in frames)}</t>")
    assert described(tree) == {"Pictures/1.png": "Les halles le soir", "2.png": "Port"}


def test_notes_have_their_readings_and_no_styles(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Le soir", 1)
    document.add_paragraph("Une phrase.")
    document.save(str(tmp_path / "soir.docx"))
    note = (
        f'<w:footnotes {SPACES}><w:footnote w:id="2"><w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>'
        f"<w:r><w:t>De </w:t></w:r>{RUBY}</w:p></w:footnote></w:footnotes>"
    )
    with zipfile.ZipFile(tmp_path / "soir.docx") as archive:
        old, relations = (
            archive.read(name).decode()
            for name in ("word/document.xml", "word/_rels/document.xml.rels")
        )
    called = "<w:t>Une phrase.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    changes = {
        "word/document.xml": old.replace("<w:t>Une phrase.</w:t></w:r>", called),
        "word/_rels/document.xml.rels": relations.replace("</Relationships>", relation),
        "word/footnotes.xml": note,
    }
    repacked(tmp_path / "soir.docx", {name: part.encode() for name, part in changes.items()})
    err, text = imported(None, tmp_path)
    assert text == "Une phrase.[^1]\n\n[^1]: De 湊（みなと）"
    assert "✗" not in err


def test_words_beside_the_text_are_named(tmp_path: Path) -> None:
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Ne pas diffuser"
    section.footer.paragraphs[0].text = "Page 2 sur 4"
    document.add_paragraph("Une phrase.")
    document.save(str(tmp_path / "soir.docx"))
    chart = f"<c {SPACES}><a:p><a:r><a:t>Repas servis</a:t></a:r></a:p></c>".encode()
    repacked(tmp_path / "soir.docx", {"word/charts/chart1.xml": chart})
    err, text = imported(None, tmp_path)
    assert text == "Une phrase."
    assert "Ne pas diffuser [office-header]" in err
    assert "Repas servis [office-drawing]" in err
    assert "Page 2" not in err


def test_tracked_changes_are_counted(tmp_path: Path) -> None:
    who = 'w:id="1" w:author="R" w:date="2026-10-05T10:00:00Z"'
    changed = f"<w:del {who}><w:r><w:delText>dix</w:delText></w:r></w:del>"
    document = Document()
    put(
        document.add_paragraph("La ville "),
        f"{changed}<w:ins {who}><w:r><w:t>ouvre.</w:t></w:r></w:ins>",
    )
    accepted, text = imported(document, tmp_path)
    assert text == "La ville ouvre."
    assert "accepted: 2;" in accepted
    rejected, text = imported(document, tmp_path / "again", "--tracked-changes", "reject")
    assert text == "La ville dix"
    assert "rejected: 2" in rejected


def test_bold_paragraphs_and_lists_that_go_on_in_an_odt() -> None:
    names = {"text": "text", "style": "style", "office": "office", "fo": "xsl-fo-compatible"}
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in names.items()
    )
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    tree = etree.fromstring(
        f'<office:text {spaces}><office:automatic-styles><style:style style:name="P1" '
        'style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'
        '</office:automatic-styles><text:p text:style-name="P1">Les <text:s/>halles</text:p>'
        f'<text:list xml:id="a">{item.format("un")}</text:list><text:list>{item.format("dessous")}'
        f'</text:list><text:list text:continue-list="a">{item.format("deux")}</text:list></office:text>'
    )
    settle_odt(tree)
    text, style = f"{{{tree.nsmap['text']}}}", f"{{{tree.nsmap['style']}}}"
    dressed = tree.find(f"{text}p/{text}span")
    assert "".join(dressed.itertext()) == "Les halles"
    made = next(s for s in tree.iter(f"{style}style") if s.get(f"{style}family") == "text")
    assert made.get(f"{style}name") == dressed.get(f"{text}style-name")
    assert list(made[0].attrib.values()) == ["bold"]
    (listed,) = tree.findall(f"{text}list")
    assert ["".join(each.itertext()) for each in listed] == ["undessous", "deux"]


def test_what_pandoc_leaves_out_of_an_odt_is_read() -> None:
    names = {"text": "text", "table": "table", "style": "style", "office": "office"}
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in names.items()
    )
    libre = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
    tree = etree.fromstring(
        f'<office:text {spaces} xmlns:loext="{libre}"><style:style style:name="T9"><style:text-properties '
        'text:display="none"/></style:style><text:p>Le <text:date text:fixed="true">5 octobre</text:date>, '
        "<loext:content-control>oui</loext:content-control><text:span text:style-name='T9'>non</text:span>."
        "<text:note><text:note-body><text:list><text:list-item><text:p>noté</text:p></text:list-item>"
        "</text:list></text:note-body></text:note></text:p><table:table><table:table-cell><text:p>dehors"
        "</text:p><table:table><table:table-cell><text:p>dedans</text:p></table:table-cell></table:table>"
        "</table:table-cell></table:table></office:text>"
    )
    assert settle_odt(tree) == [("office-hidden", "non")]
    text, table = f"{{{tree.nsmap['text']}}}", f"{{{tree.nsmap['table']}}}"
    paragraph = tree.find(f"{text}p")
    assert [(e.tag, e.text) for e in paragraph[:2]] == [
        (f"{text}span", "5 octobre"), (f"{text}span", "oui")
    ]  # fmt: skip
    assert [p.text for p in tree.find(f".//{text}note-body")] == ["noté"]
    assert [p.text for p in tree.find(f".//{table}table-cell")] == ["dehors", "dedans"]
