"""Makes ``reference.docx``, the Word styles: ``python templates/make_reference.py``.

It starts from pandoc's own reference document and replaces its styles by the sheet below. The bytes
are the same at every run. An organiser may replace the file by their own, or open it in Word and
change its styles; those it lacks are taken from here when an edition is built.

Fonts are written as theme fonts, and the theme's font scheme is called « Actes »: this tells the
writer to fill in the fonts of the edition's language. Choose other fonts in Word (Design, Fonts)
and the scheme takes another name: the writer then keeps the choice.
"""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline.texts.pandoc import executable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
FIXED = (1980, 1, 1, 0, 0, 0)
INK, GREY, RULE, PAPER = "1F2A44", "595959", "B8BCC6", "F4F5F8"

HEADS = (
    '<w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" '
    'w:hAnsiTheme="majorHAnsi" w:cstheme="majorBidi"/>'
)
BODY = (
    '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" '
    'w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>'
)
KEEP = "<w:keepNext/><w:keepLines/>"


def size(points: float) -> str:
    """A font size, for every script."""
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def colour(value: str) -> str:
    """A text colour."""
    return f'<w:color w:val="{value}"/>'


def space(before: int, after: int, line: int = 0) -> str:
    """Space around a paragraph, in twentieths of a point; ``line`` 240 is single."""
    leading = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{leading}/>'


def indent(left: int = 0, hanging: int = 0, right: int = 0) -> str:
    """Indents in twips; the first line of such a paragraph never has the language's own."""
    first = f'w:hanging="{hanging}"' if hanging else 'w:firstLine="0"'
    return f'<w:ind w:left="{left}" w:right="{right}" {first}/>'


def edge(side: str, tint: str, eighths: int = 4, gap: int = 4) -> str:
    """One border."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{gap}" w:color="{tint}"/>'


def borders(*edges: str) -> str:
    """The borders of a paragraph."""
    return f"<w:pBdr>{''.join(edges)}</w:pBdr>"


def tabs(*stops: tuple[str, int, str]) -> str:
    """Tab stops: alignment, position, leader."""
    inner = "".join(f'<w:tab w:val="{a}" w:leader="{c}" w:pos="{b}"/>' for a, b, c in stops)
    return f"<w:tabs>{inner}</w:tabs>"


RIGHT, CENTRE = '<w:jc w:val="right"/>', '<w:jc w:val="center"/>'
LEFT = '<w:jc w:val="left"/>'
BOLD = "<w:b/><w:bCs/>"
# Mincho has no bold of its own: bold East Asian letters are Gothic.
STRONG = '<w:rFonts w:eastAsiaTheme="majorEastAsia"/>' + BOLD
TEXT_WIDTH, COLUMN = 9070, 4252
FRAME = borders(*(edge(side, RULE, 4, 6) for side in ("top", "left", "bottom", "right", "between")))
BAR = borders(edge("left", RULE, 24, 10))

# Name, based on, next, paragraph properties (in the schema's order), run properties. Names in
# lower case are Word's built-in ones: it shows them in the editor's own language.
PARAGRAPHS: tuple[tuple[str, str, str, str, str], ...] = (
    ("Body Text", "Normal", "", space(0, 120, 288), ""),
    ("First Paragraph", "Body Text", "Body Text", "", ""),
    ("Compact", "Normal", "", space(20, 20) + LEFT, ""),
    ("List Paragraph", "Normal", "", space(0, 120, 276) + "<w:contextualSpacing/>", ""),
    ("Title", "Normal", "Subtitle", KEEP + space(3400, 240, 252) + LEFT,
     HEADS + BOLD + colour(INK) + size(30)),
    ("Subtitle", "Normal", "Body Text", KEEP + space(0, 360, 264) + LEFT,
     HEADS + colour(GREY) + size(16)),
    ("Author", "Normal", "", space(0, 60) + LEFT, HEADS + colour(INK) + size(12)),
    ("Date", "Normal", "Author", space(240, 480) + LEFT, HEADS + colour(INK) + size(13)),
    ("Abstract Title", "Normal", "Abstract",
     KEEP + borders(edge("top", RULE, 4, 8)) + space(240, 40), HEADS + BOLD + colour(GREY)
     + size(9.5)),
    ("Abstract", "Normal", "Body Text", borders(edge("bottom", RULE, 4, 10))
     + space(0, 400, 276) + indent(), ""),
    ("Bibliography", "Normal", "", "", ""),
    ("heading 1", "Normal", "Body Text", KEEP + borders(edge("bottom", RULE, 6, 8))
     + space(0, 480, 252) + LEFT + '<w:outlineLvl w:val="0"/>', HEADS + BOLD + colour(INK)
     + size(24)),
    ("heading 2", "Normal", "Body Text", KEEP + space(480, 200, 252) + LEFT
     + '<w:outlineLvl w:val="1"/>', HEADS + BOLD + colour(INK) + size(17)),
    ("heading 3", "Normal", "Body Text", KEEP + space(360, 120, 252) + LEFT
     + '<w:outlineLvl w:val="2"/>', HEADS + BOLD + colour(INK) + size(13)),
    ("heading 4", "Normal", "Body Text", KEEP + space(280, 80) + LEFT
     + '<w:outlineLvl w:val="3"/>', HEADS + BOLD + colour(INK) + size(11.5)),
    ("heading 5", "Normal", "Body Text", KEEP + space(240, 60) + LEFT
     + '<w:outlineLvl w:val="4"/>', HEADS + BOLD + colour(GREY) + size(10.5)),
    ("heading 6", "Normal", "Body Text", KEEP + space(200, 60) + LEFT
     + '<w:outlineLvl w:val="5"/>', HEADS + colour(GREY) + size(10.5)),
    ("heading 7", "heading 6", "Body Text", '<w:outlineLvl w:val="6"/>', ""),
    ("heading 8", "heading 6", "Body Text", '<w:outlineLvl w:val="7"/>', ""),
    ("heading 9", "heading 6", "Body Text", '<w:outlineLvl w:val="8"/>', ""),
    ("Block Text", "Normal", "Body Text", BAR + space(40, 160, 276) + indent(567, 0, 567)
     + LEFT, colour("3A3F4C")),
    ("footnote text", "Normal", "", space(0, 40) + indent(284, 284), size(9)),
    ("Footnote Block Text", "footnote text", "", indent(454, 0, 227), ""),
    ("Source Code", "Normal", "", '<w:shd w:val="clear" w:color="auto" w:fill="F4F5F8"/>'
     + space(80, 160) + LEFT, ""),
    ("Definition Term", "Normal", "Definition", KEEP + space(120, 20) + LEFT, STRONG),
    ("Definition", "Normal", "Definition Term", space(0, 120, 276) + indent(454), ""),
    ("caption", "Normal", "Body Text", "<w:keepLines/>" + space(80, 320) + LEFT,
     HEADS + colour(GREY) + size(9.5)),
    ("Table Caption", "caption", "Compact", KEEP + space(280, 100), ""),
    ("Image Caption", "caption", "Body Text", "", ""),
    ("Figure", "Normal", "caption", "", ""),
    ("Captioned Figure", "Figure", "caption", "<w:keepNext/>" + space(240, 40) + CENTRE, ""),
    ("TOC Heading", "Normal", "toc 1", KEEP + borders(edge("bottom", RULE, 6, 8))
     + space(0, 360) + LEFT, HEADS + BOLD + colour(INK) + size(22)),
    ("toc 1", "Normal", "", "<w:keepLines/>" + tabs(("right", TEXT_WIDTH, "none")) + space(150, 50)
     + LEFT, HEADS + BOLD + colour(INK) + size(11)),
    ("toc 2", "Normal", "", "<w:keepLines/>" + tabs(("right", TEXT_WIDTH, "dot")) + space(0, 60)
     + '<w:ind w:left="340"/>' + LEFT, ""),
    ("toc 3", "Normal", "", "<w:keepLines/>" + tabs(("right", TEXT_WIDTH, "dot")) + space(0, 40)
     + '<w:ind w:left="680"/>' + LEFT, size(9.5)),
    ("index heading", "Normal", "index 1", KEEP + space(240, 60), HEADS + BOLD + colour(INK)
     + size(12)),
    ("index 1", "Normal", "", "<w:keepLines/>" + tabs(("right", COLUMN, "dot")) + space(0, 30)
     + indent(170, 170) + LEFT, size(9.5)),
    ("header", "Normal", "", borders(edge("bottom", RULE, 4, 4))
     + tabs(("right", TEXT_WIDTH, "none")) + space(0, 0), HEADS + colour(GREY) + size(8.5)),
    ("footer", "Normal", "", tabs(("right", TEXT_WIDTH, "none")) + space(0, 0) + CENTRE,
     HEADS + colour(GREY) + size(9)),
    ("Actes Cover Draft", "Normal", "Title",
     borders(*(edge(side, "9A3412", 6, 6) for side in ("top", "left", "bottom", "right")))
     + indent(142, 0, 4800) + LEFT, HEADS + BOLD + colour("9A3412") + size(11)),
    ("Actes Motto", "Normal", "Body Text", space(0, 480, 276) + LEFT, colour(GREY) + size(13)),
    ("Actes Colophon Title", "Normal", "Actes Colophon", KEEP + space(5200, 160) + LEFT,
     HEADS + BOLD + colour(INK) + size(12)),
    ("Actes Colophon", "Normal", "", space(0, 80, 276) + LEFT, size(9.5)),
    ("Actes Part Overline", "Normal", "heading 1", KEEP + space(3800, 160) + LEFT,
     HEADS + colour(GREY) + size(13)),
    ("Actes Part Subtitle", "Normal", "Body Text", space(0, 360, 276) + LEFT,
     HEADS + colour(GREY) + size(13)),
    ("Actes Head Label", "Normal", "", space(40, 40) + LEFT, HEADS + BOLD + colour(GREY)
     + size(9.5)),
    ("Actes Head Value", "Normal", "", space(40, 40) + LEFT, ""),
    ("Actes Badges", "Normal", "Abstract Title",
     "<w:keepLines/>" + space(160, 160, 336) + LEFT, ""),
    ("Actes Notice", "Normal", "Body Text",
     "<w:keepLines/>" + FRAME + f'<w:shd w:val="clear" w:color="auto" w:fill="{PAPER}"/>'
     + space(200, 200, 276) + indent(142, 0, 142) + LEFT, ""),
    ("Actes Box Title", "Normal", "Actes Box", KEEP + space(60, 80) + LEFT,
     HEADS + BOLD + colour(INK) + size(11)),
    ("Actes Box", "Normal", "", space(0, 80, 276), ""),
    ("Actes Standing", "Normal", "Body Text", "<w:keepNext/>" + space(160, 40) + LEFT,
     HEADS + BOLD + colour("9A3412") + size(8.5)),
    ("Actes Draft Mark", "Normal", "", space(0, 60) + CENTRE,
     HEADS + BOLD + colour("9A3412") + size(9)),
    ("Actes Credit", "caption", "Body Text", space(0, 240), size(8.5)),
    ("Actes Section", "Normal", "Body Text", KEEP + space(360, 120) + LEFT
     + '<w:outlineLvl w:val="1"/>', HEADS + BOLD + colour(INK) + size(13)),
    ("Actes Authority", "Normal", "Actes Delegate", KEEP + space(160, 20) + LEFT, STRONG),
    ("Actes Authority Detail", "Normal", "Actes Delegate", "<w:keepNext/>" + space(0, 20)
     + LEFT, colour(GREY) + size(9.5)),
    ("Actes Delegate", "Normal", "", "<w:keepLines/>" + tabs(("left", 3742, "none"))
     + space(0, 20) + indent(3742, 3402) + LEFT, ""),
    ("Actes Equivalent", "Normal", "Definition", KEEP + space(0, 20) + indent(454) + LEFT,
     colour(GREY)),
    ("Actes Lines", "Normal", "Body Text", space(60, 160, 276) + indent(340) + LEFT, ""),
    ("Actes Separator", "Normal", "Body Text", borders(edge("bottom", RULE, 4, 1))
     + space(120, 240) + indent(3402, 0, 3402), size(4)),
    ("Actes Spacer", "Normal", "", '<w:spacing w:before="0" w:after="200" w:line="20" '
     'w:lineRule="exact"/>', size(1)),
    ("Actes Section End", "Normal", "", '<w:spacing w:before="0" w:after="0" w:line="20" '
     'w:lineRule="exact"/>', size(1)),
)  # fmt: skip

# Name, based on, run properties.
CHARACTERS: tuple[tuple[str, str, str], ...] = (
    ("Body Text Char", "Default Paragraph Font", ""),
    ("Strong", "Default Paragraph Font", STRONG),
    ("Emphasis", "Default Paragraph Font", "<w:i/><w:iCs/>"),
    ("Verbatim Char", "Default Paragraph Font",
     '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:eastAsiaTheme="majorEastAsia" '
     'w:cs="Consolas"/>' + size(9.5)),
    ("Section Number", "Default Paragraph Font", ""),
    ("footnote reference", "Default Paragraph Font", '<w:vertAlign w:val="superscript"/>'),
    ("Hyperlink", "Default Paragraph Font", colour("1D4E89") + '<w:u w:val="single"/>'),
    ("page number", "Default Paragraph Font", ""),
    ("Actes Badge", "Default Paragraph Font", HEADS + BOLD + size(9)),
    ("Actes Delegate Name", "Default Paragraph Font", ""),
)  # fmt: skip

CELL = (
    '<w:tblCellMar><w:top w:w="{0}" w:type="dxa"/><w:left w:w="{1}" w:type="dxa"/>'
    '<w:bottom w:w="{0}" w:type="dxa"/><w:right w:w="{1}" w:type="dxa"/></w:tblCellMar>'
)
# Name, table properties, conditional formatting.
TABLES: tuple[tuple[str, str, str], ...] = (
    ("Table", '<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>'
     + edge("top", INK, 8, 0) + edge("bottom", INK, 8, 0) + edge("insideH", RULE, 4, 0)
     + "</w:tblBorders>" + CELL.format(40, 100),
     f'<w:tblStylePr w:type="firstRow"><w:rPr>{HEADS}{BOLD}{colour(INK)}</w:rPr><w:tcPr>'
     f'<w:tcBorders>{edge("bottom", INK, 6, 0)}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>'
     "</w:tblStylePr>"),
    ("Actes Head", '<w:tblInd w:w="0" w:type="dxa"/>' + CELL.format(0, 60), ""),
    ("Actes Box Frame", '<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>'
     + "".join(edge(side, RULE, 4, 0) for side in ("top", "left", "bottom", "right"))
     + "</w:tblBorders>" + CELL.format(100, 200),
     f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{PAPER}"/></w:tcPr>'),
)  # fmt: skip

DEFAULTS = f"""<w:docDefaults xmlns:w="{W}"><w:rPrDefault><w:rPr>{BODY}{size(10.5)}
<w:lang w:val="fr-FR" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:widowControl/><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE/><w:autoSpaceDN/>
<w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"""

PAGE = f"""<w:sectPr xmlns:w="{W}"><w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1701" w:right="1418" w:bottom="1588" w:left="1418" w:header="794" w:footer="737"
 w:gutter="0"/></w:sectPr>"""

BUILT_IN = {"Normal", "Body Text", "Title", "Subtitle", "Date", "Bibliography", "Block Text",
            "List Paragraph", "TOC Heading", "Strong", "Emphasis", "Hyperlink", "page number",
            "footnote text", "footnote reference", "caption", "index heading", "index 1", "header",
            "footer", *(f"heading {n}" for n in range(1, 10)),
            *(f"toc {n}" for n in range(1, 4))}  # fmt: skip


def ragged(properties: str) -> str:
    """Paragraph properties: words are not divided where lines are not of one length."""
    divided = "<w:spacing "
    whole = f"<w:suppressAutoHyphens/>{divided}"
    return properties.replace(divided, whole, 1) if LEFT in properties else properties


def identifier(name: str) -> str:
    """A style's id, as Word makes it: the name without spaces, each word with a capital."""
    if name.startswith("toc "):
        return name.replace("toc ", "TOC")
    return "".join(word[0].upper() + word[1:] for word in name.split(" "))


def style(kind: str, name: str, based_on: str, following: str, properties: str) -> str:
    """The XML of one style."""
    own = "" if name in BUILT_IN else ' w:customStyle="1"'
    default = ' w:default="1"' if name == "Normal" else ""
    parts = [f'<w:style w:type="{kind}"{default}{own} w:styleId="{identifier(name)}">',
             f'<w:name w:val="{name}"/>']  # fmt: skip
    if based_on:
        parts.append(f'<w:basedOn w:val="{identifier(based_on)}"/>')
    if following:
        parts.append(f'<w:next w:val="{identifier(following)}"/>')
    hidden = "" if kind == "table" else "<w:qFormat/>"
    return "".join([*parts, hidden, properties, "</w:style>"])


def stylesheet(original: bytes) -> bytes:
    """The styles part: pandoc's frame, our sheet."""
    root = etree.fromstring(original)
    latent = root.find(f"{{{W}}}latentStyles")
    for child in list(root):
        root.remove(child)
    root.append(etree.fromstring(DEFAULTS))
    if latent is not None:
        root.append(latent)
    sheet = [style("paragraph", "Normal", "", "", "")]
    sheet.append(
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
    )
    sheet.append(
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name '
        'w:val="Normal Table"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        + CELL.format(0, 108) + "</w:tblPr></w:style>"
    )  # fmt: skip
    sheet.append(
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        "<w:semiHidden/></w:style>"
    )
    for name, based_on, following, paragraph, run in PARAGRAPHS:
        properties = f"<w:pPr>{ragged(paragraph)}</w:pPr><w:rPr>{run}</w:rPr>"
        sheet.append(style("paragraph", name, based_on, following, properties))
    for name, based_on, run in CHARACTERS:
        sheet.append(style("character", name, based_on, "", f"<w:rPr>{run}</w:rPr>"))
    for name, table, conditional in TABLES:
        properties = f"<w:tblPr>{table}</w:tblPr>{conditional}"
        sheet.append(style("table", name, "Normal Table", "", properties).replace(
            'w:val="NormalTable"', 'w:val="TableNormal"'))  # fmt: skip
    for xml in sheet:
        root.append(etree.fromstring(xml.replace("<w:style ", f'<w:style xmlns:w="{W}" ', 1)))
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def theme(original: bytes) -> bytes:
    """The theme, with a font scheme that the writer may fill in."""
    root = etree.fromstring(original)
    scheme = next(root.iter(f"{{{A}}}fontScheme"))
    scheme.set("name", "Actes")
    for kind, latin, east in (("majorFont", "Calibri", "MS Gothic"),
                              ("minorFont", "Cambria", "MS Mincho")):  # fmt: skip
        fonts = scheme.find(f"{{{A}}}{kind}")
        assert fonts is not None  # noqa: S101 - the schema asks for both
        for child in list(fonts):
            fonts.remove(child)
        for tag, face in (("latin", latin), ("ea", east), ("cs", "")):
            etree.SubElement(fonts, f"{{{A}}}{tag}", typeface=face)
        etree.SubElement(fonts, f"{{{A}}}font", script="Jpan", typeface=east)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def body(original: bytes) -> bytes:
    """pandoc's sample text, which shows the styles when the file is opened, on an A4 page."""
    root = etree.fromstring(original)
    document = root[0]
    document.remove(document[-1])
    document.append(etree.fromstring(PAGE))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


CHANGES = {"word/styles.xml": stylesheet, "word/theme/theme1.xml": theme, "word/document.xml": body}


def make() -> bytes:
    """The reference document."""
    command = [executable(), "--print-default-data-file", "reference.docx"]
    original = subprocess.run(command, capture_output=True, check=True).stdout
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as source, zipfile.ZipFile(output, "w") as target:
        for name in sorted(source.namelist()):
            if name.endswith("/"):
                continue
            content = source.read(name)
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            target.writestr(entry, CHANGES.get(name, bytes)(content))
    return output.getvalue()


if __name__ == "__main__":
    Path(__file__).with_name("reference.docx").write_bytes(make())
