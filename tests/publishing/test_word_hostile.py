"""Hostile words, pictures and reference documents, given to the Word writer."""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import ActesError
from pipeline.publishing.word import docx as word
from pipeline.publishing.word.parallel import docx as word_parallel
from pipeline.publishing.word.pictures import png_size
from pipeline.publishing.word.styles import full_tag, is_east_asian
from pipeline.publishing.word.xml import bookmark_name, quoted, w
from pipeline.texts import ast
from tests.publishing import word_books as books
from tests.publishing.parallel_books import declaration

HOSTILE = (
    '</w:t></w:r><w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText></w:r>',
    "]]><x/>",
    "<?actes 0?>",
    "<!-- --> & < > \" ' &amp;",
    '" w:anchor="x"><evil/>',
    "\x00\x01\x0b\x1f\ufffe",
    "a\tb\nc\rd",
    "\u202eabc\u2066",
    "𠮷野家 😀",
)


def made(book: books.Book, reference: Path = books.REFERENCE) -> dict[str, bytes]:
    content = word.docx(book, reference, books.raster, books.cake_png)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@given(st.text())
def test_quoted_words_stay_words(string: str) -> None:
    root = etree.fromstring(f'<a b="{quoted(string)}">{quoted(string)}</a>')
    assert len(root) == 0
    assert root.get("b") == (root.text or "")
    kept = re.sub("[\t\n\r]", " ", re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", string))
    assert (root.text or "") == kept


@given(st.text(min_size=1, max_size=80))
def test_bookmark_names_are_names(identifier: str) -> None:
    assert re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,39}", bookmark_name(identifier))


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_identifiers_never_share_a_bookmark(one: str, other: str) -> None:
    assert one == other or bookmark_name(one) != bookmark_name(other)


@pytest.mark.parametrize("string", HOSTILE)
def test_hostile_words_everywhere(string: str) -> None:
    """In every piece, label and attribute: no element, field or relationship of theirs."""
    hostile = {
        key: string if isinstance(value, str) and key != "other" else value
        for key, value in books.FR.items()
    }
    hostile["blocks"] = (
        *books.french_blocks(),
        ast.para([{"t": "Str", "c": string}]),
        books.figure(string, string, "sources/x/" + string),
        books.table(string, (string,), (string,)),
        books.box(string, books.para(string)),
        {"t": "CodeBlock", "c": [ast.EMPTY, string]},
        ast.header(3, [{"t": "Str", "c": string}], string),
        ast.para([ast.link([{"t": "Str", "c": string}], "#" + string)]),
        ast.para([books.spoken("x-" + string, "abc")]),
    )
    book = replace(
        books.french(),
        title=string, subject=string, author=string, keywords=(string,),
        labels=dict.fromkeys(books.LABELS_FR, string), pieces=books._pieces(hostile),
    )  # fmt: skip
    parts = made(book)
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(content)
            assert not list(root.iter(etree.ProcessingInstruction)), name
            assert not list(root.iter("evil", "x")), name
            for field in root.iter(w("instrText")):
                assert re.match(r" (TOC|PAGEREF|SEQ|STYLEREF|PAGE|NUMPAGES)\b", field.text or "")


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "file:///etc/passwd", "//host/share", "\\\\host\\share", "ftp://h/x",
     "https:x", "data:text/html,x", "http:///etc/passwd", ""],
)  # fmt: skip
def test_a_link_elsewhere_leaves_its_words_only(target: str) -> None:
    block = ast.para([ast.link(ast.text("mots"), target)])
    parts = made(books.with_blocks(books.french(), block))
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
    assert not [r for r in relations if r.get("TargetMode") == "External"]
    assert b"mots" in parts["word/document.xml"]
    assert b"<w:hyperlink r:id" not in parts["word/document.xml"]


@pytest.mark.parametrize("form", ["openxml", "html", "typst"])
def test_raw_code_in_a_text_is_shown_not_run(form: str) -> None:
    blocks = (
        {"t": "RawBlock", "c": [form, "<w:p><w:evil/></w:p><?actes 0?>"]},
        ast.para([{"t": "RawInline", "c": [form, "<w:evil/>"]}]),
    )
    parts = made(books.with_blocks(books.french(), *blocks))
    root = etree.fromstring(parts["word/document.xml"])
    assert not list(root.iter(w("evil")))
    assert b"&lt;w:evil/&gt;" in parts["word/document.xml"]


def test_a_style_cannot_be_named_by_a_text() -> None:
    block = ast.div([books.para("x")], ast.attr(custom_style="Title"))
    parts = made(books.with_blocks(books.french(), block))
    assert b'w:val="Title"' not in parts["word/document.xml"]


def test_a_picture_in_a_footnote_is_related_to_the_footnotes() -> None:
    image = {"t": "Image", "c": [ast.attr(alt="mot"), [], ["sources/a/images/b.svg", ""]]}
    block = ast.para([{"t": "Note", "c": [ast.para([image])]}])
    parts = made(books.with_blocks(books.french(), block))
    used = re.search(rb'r:embed="([^"]+)"', parts["word/footnotes.xml"])
    assert used
    assert used[1] in parts["word/_rels/footnotes.xml.rels"]
    assert used[1] not in parts["word/_rels/document.xml.rels"]


def test_a_rasteriser_that_gives_no_png_is_a_defect() -> None:
    with pytest.raises(ValueError, match="PNG"):
        png_size(b"<svg/>")


# -- the reference document ----------------------------------------------------------------------


def changed(change: dict[str, bytes | None], base: Path = books.REFERENCE) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(base) as source, zipfile.ZipFile(output, "w") as target:
        parts = {name: source.read(name) for name in source.namelist()}
        for name, content in {**parts, **change}.items():
            if content is not None:
                target.writestr(name, content)
    return output.getvalue()


def base_part(name: str) -> str:
    with zipfile.ZipFile(books.REFERENCE) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize(
    "content",
    [b"", b"not a zip", changed({"word/styles.xml": None}), changed({"word/styles.xml": b"<a"}),
     changed({"word/document.xml": None})],
)  # fmt: skip
def test_a_reference_that_is_none_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "reference.docx"
    path.write_bytes(content)
    with pytest.raises(ActesError) as error:
        made(books.french(), path)
    assert error.value.problems[0].rule == "reference-unreadable"
    assert error.value.problems[0].message("fr")


def test_an_organisers_styles_stand_and_the_missing_ones_are_added(tmp_path: Path) -> None:
    sheet = base_part("word/styles.xml")
    root = etree.fromstring(sheet.encode())
    for element in list(root.iter(w("style"))):
        name = element.find(w("name")).get(w("val"))
        if name.startswith(("Actes", "index", "toc")):
            root.remove(element)
        elif name == "heading 1":
            element.set(w("styleId"), "Titre1")
            element.find(f"{w('rPr')}/{w('sz')}").set(w("val"), "99")
        elif name == "Body Text":
            indent = etree.SubElement(element.find(w("pPr")), w("ind"))
            indent.set(w("firstLine"), "0")
    # A style of another name takes an id that one of ours would have.
    root.append(etree.fromstring(
        f'<w:style xmlns:w="{w("")[1:-1]}" w:type="paragraph" w:styleId="TOC1">'
        '<w:name w:val="Autre"/></w:style>'))  # fmt: skip
    path = tmp_path / "reference.docx"
    path.write_bytes(changed({"word/styles.xml": etree.tostring(root)}))
    parts = made(books.japanese(), path)
    after = etree.fromstring(parts["word/styles.xml"])
    ids = {s.find(w("name")).get(w("val")).lower(): s for s in after.iter(w("style"))}
    assert ids["heading 1"].find(f"{w('rPr')}/{w('sz')}").get(w("val")) == "99"
    assert ids["toc 1"].get(w("styleId")) == "ActesTOC1"
    assert ids["body text"].find(f"{w('pPr')}/{w('ind')}").get(w("firstLineChars")) is None
    assert "actes notice" in ids
    document = parts["word/document.xml"]
    assert b'w:pStyle w:val="Titre1"' in document
    assert b'w:pStyle w:val="ActesTOC1"' in document
    known = {s.get(w("styleId")) for s in after.iter(w("style"))}
    for name in ("pStyle", "rStyle", "tblStyle"):
        for used in etree.fromstring(document).iter(w(name)):
            assert used.get(w("val")) in known


def test_an_organisers_fonts_stand(tmp_path: Path) -> None:
    theme = base_part("word/theme/theme1.xml").replace('name="Actes"', 'name="Mairie"')
    theme = theme.replace('latin typeface="Cambria"', 'latin typeface="Marianne"')
    theme = theme.replace('ea typeface="MS Mincho"', 'ea typeface=""')
    path = tmp_path / "reference.docx"
    path.write_bytes(changed({"word/theme/theme1.xml": theme.encode()}))
    style = replace(books.JAPANESE, word_east_asian="Yu Mincho")
    parts = made(replace(books.japanese(), style=style), path)
    fonts = etree.fromstring(parts["word/styles.xml"]).find(f"{w('docDefaults')}//{w('rFonts')}")
    assert fonts.get(w("ascii")) == "Marianne"
    assert fonts.get(w("eastAsia")) == "Yu Mincho"


_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def letterhead(extra: dict[str, bytes | None], kind: str = "header") -> bytes:
    """The reference document with a header, or footer, of its own."""
    root = {"header": "hdr", "footer": "ftr"}[kind]
    own = (
        f'<w:{root} xmlns:w="{w("")[1:-1]}"><w:p><w:r><w:t>Ville de X</w:t></w:r></w:p></w:{root}>'
    )
    types = base_part("[Content_Types].xml").replace(
        "</Types>",
        f'<Override PartName="/word/{kind}1.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.wordprocessingml.{kind}+xml"/></Types>',
    )
    relations = base_part("word/_rels/document.xml.rels").replace(
        "</Relationships>",
        f'<Relationship Id="rId90" Type="{_RELATIONSHIP}/{kind}" Target="{kind}1.xml"/>'
        "</Relationships>",
    )
    document = base_part("word/document.xml")
    document = re.sub(
        r"<w:sectPr( [^>]*)?>",
        lambda found: (
            f'<w:sectPr xmlns:r="{_RELATIONSHIP}"><w:{kind}Reference w:type="default" '
            'r:id="rId90"/>'
        ),
        document,
    )
    return changed(
        {
            "[Content_Types].xml": types.encode(),
            "word/_rels/document.xml.rels": relations.encode(),
            "word/document.xml": document.encode(),
            f"word/{kind}1.xml": own.encode(),
            **extra,
        }
    )


def test_an_organisers_footer_stands_and_takes_the_places_for_initials(tmp_path: Path) -> None:
    path = tmp_path / "reference.docx"
    path.write_bytes(letterhead({}, "footer"))
    with zipfile.ZipFile(io.BytesIO(word_parallel.docx(declaration(), path))) as archive:
        feet = {n: archive.read(n).decode() for n in archive.namelist() if "footer" in n}
    (own,) = (foot for foot in feet.values() if "Ville de X" in foot)
    assert own.index("Paraphes") < own.index("イニシャル") < own.index("Ville de X")
    assert not [name for name in feet if name.startswith("word/actes-footer")]


def test_an_organisers_header_stands_and_wears_the_draft_mark(tmp_path: Path) -> None:
    path = tmp_path / "reference.docx"
    path.write_bytes(letterhead({}))
    parts = made(books.french(), path)
    own = [c for n, c in parts.items() if b"Ville de X" in c and "header" in n]
    assert len(own) == 1
    assert b"PROJET" in own[0]
    assert not [name for name in parts if name.startswith("word/actes-header")]
    final = made(books.french(draft=False), path)
    assert b"PROJET" not in b"".join(c for n, c in final.items() if "header" in n)


def test_a_header_that_reaches_outside_is_refused(tmp_path: Path) -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONSHIP}/image" Target="file:///C:/logo.png" '
        'TargetMode="External"/></Relationships>'
    )
    path = tmp_path / "reference.docx"
    path.write_bytes(letterhead({"word/_rels/header1.xml.rels": relations.encode()}))
    with pytest.raises(ActesError) as error:
        made(books.french(), path)
    assert error.value.problems[0].rule == "reference-external"
    assert "logo.png" in error.value.problems[0].message("ja")


def test_an_attached_template_is_left_behind(tmp_path: Path) -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONSHIP}/attachedTemplate" '
        'Target="file:///C:/Normal.dotm" TargetMode="External"/></Relationships>'
    )
    path = tmp_path / "reference.docx"
    path.write_bytes(changed({"word/_rels/settings.xml.rels": relations.encode()}))
    assert b"Normal.dotm" not in b"".join(made(books.french(), path).values())


def test_the_reference_is_what_its_script_makes() -> None:
    script = books.REFERENCE.with_name("make_reference.py")
    spec = importlib.util.spec_from_file_location("make_reference", script)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.make() == books.REFERENCE.read_bytes()


@pytest.mark.parametrize(
    ("language", "tag", "east"),
    [("fr", "fr-FR", False), ("ja", "ja-JP", True), ("en", "en-US", False), ("pt-BR", "pt-BR", False),
     ("zh-Hans", "zh-CN", True), ("zh-Hant", "zh-TW", True), ("zh-TW", "zh-TW", True), ("ko", "ko-KR", True), ("xx", "xx", False)],
)  # fmt: skip
def test_language_tags(language: str, tag: str, east: bool) -> None:
    assert full_tag(language) == tag
    assert is_east_asian(language) is east
