"""Every format gives back what it was given, and what another tool made of it."""

from __future__ import annotations

import io
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage import po, xliff, xliff2
from translate.storage.placeables import StringElem

from pipeline.errors import ActesError, Place
from pipeline.review.exchange.formats import FORMATS, Format, format_of
from pipeline.review.exchange.incoming import asked
from pipeline.review.exchange.rows import Bundle, Returned, Row, Standing
from pipeline.review.items import seen
from pipeline.translation.marker import State

EACH = pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
PATH = "sources/eco/marche.ja.md"


def row(part: str, source: str, text: str, state: State, **more: str) -> Row:
    marks = seen(source, text, more.get("proposal"), more.get("note"))
    place = Place("sources/eco/marche.fr.md", 12)
    return Row(f"{PATH}#{part}", place, source, text, marks, state, **more)


ROWS = (
    row("title", "Le marché", "市場", State.REVIEWED),
    row("1", "Le **marché** ouvre[^1] à [9 h](https://a.b/c?d=1&e=2).\nIl ferme à midi.",
        "**市場**は[9時](https://a.b/c?d=1&e=2)に開く[^1]。\n正午に閉まる。", State.MACHINE),
    row("2", "Le marché ouvre trois fois par semaine.", "市場は週2回開かれる。", State.STALE,
        source_then="Le marché ouvre deux fois par semaine.", proposal="市場は週3回開かれる。",
        note="à vérifier\navec la ville"),
    row("3", "=SOMME(A1) & <b>", "", State.MISSING),
    row("4", "- un\n- deux `a|b`", "- 一\n- 二 `a|b`", State.EDITED),
)  # fmt: skip
BUNDLE = Bundle(ROWS, "fr", "ja", "Rencontres")


def returned(form: Format, content: bytes) -> list[Returned]:
    found = form.read(content, "retour")
    assert found.problems == ()
    return list(found.rows)


def final(entry: Row, form: Format) -> Standing:
    """What a format says of a row that nobody touched: PO and spreadsheets know fewer states."""
    if form.name == "po" and entry.standing is Standing.DONE:
        return Standing.DRAFT
    if form.name == "xlsx" and entry.standing is not Standing.APPROVED:
        return Standing.DONE
    return entry.standing


@EACH
def test_what_nobody_touched_comes_back_as_it_went(form: Format) -> None:
    content = form.write(BUNDLE)
    found = form.read(content, "retour")
    assert found.count == len(ROWS)
    for sent, back in zip(ROWS, found.rows, strict=True):
        assert (back.key, back.seen, back.sent) == (sent.key, sent.seen, sent.standing)
        assert back.text == sent.text
        assert back.standing is final(sent, form)
        assert (back.note or "") == sent.note
        assert back.problem is None
        assert back.place.line or back.place.file


@EACH
def test_the_same_rows_give_the_same_bytes_at_any_time(form: Format) -> None:
    content = form.write(BUNDLE)
    time.sleep(1.1 if form.name == "xlsx" else 0)  # its library writes the second
    assert form.write(BUNDLE) == content


TEXTS = st.text(
    st.one_of(
        st.sampled_from("*_`[](){}<>&!^~\\\n\"' é市。#-1.=+@]]>｜"),
        st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Cn", "Co"]),
    ),
    max_size=60,
).map(str.strip)


@EACH
@settings(max_examples=60)
@given(sources=st.lists(st.tuples(TEXTS.filter(bool), TEXTS, TEXTS), min_size=1, max_size=4))
def test_any_words_come_back_letter_by_letter(
    form: Format, sources: list[tuple[str, str, str]]
) -> None:
    rows = tuple(
        row(str(number), source, text, State.EDITED if text else State.MISSING, note=note)
        for number, (source, text, note) in enumerate(sources)
    )
    back = returned(form, form.write(Bundle(rows, "fr", "ja", "t")))
    assert [found.text for found in back] == [sent.text for sent in rows]
    assert [found.note or "" for found in back] == [sent.note for sent in rows]


# -- what other tools see and change ------------------------------------------------------------


def test_poedit_or_weblate_see_fuzzy_previous_and_context() -> None:
    file = polib.pofile(FORMATS["po"].write(BUNDLE).decode())
    stale = file[2]
    assert stale.msgctxt == f"{PATH}#2"
    assert "fuzzy" in stale.flags
    assert stale.previous_msgid == "Le marché ouvre deux fois par semaine."
    assert "市場は週3回開かれる。" in stale.comment
    assert file.metadata["Language"] == "ja"
    assert ["fuzzy" in entry.flags for entry in file] == [False, True, True, False, True]
    assert all("md-text" in entry.flags for entry in file)


def _po(content: bytes) -> bytes:
    file = polib.pofile(content.decode())
    file[1].flags.remove("fuzzy")
    file[3].msgstr = "和"
    file[4].tcomment = "un mot du traducteur"
    return str(file).encode()


def test_po_as_weblate_saves_it_comes_back() -> None:
    """Weblate writes PO by translate-toolkit, with a header of its own and lines wrapped anew."""
    store = po.pofile.parsestring(FORMATS["po"].write(BUNDLE))
    store.updateheader(
        add=True, last_translator="Kaori <k@example.org>", language_team="Japanese",
        po_revision_date="2026-10-05 12:00+0000", x_generator="Weblate 5.8",
        plural_forms="nplurals=1; plural=0;",
    )  # fmt: skip
    units = [unit for unit in store.units if not unit.isheader()]
    units[1].markfuzzy(False)
    units[2].target = "市場は週3回開かれる。"
    units[2].markfuzzy(False)
    units[2].prev_msgid = ""  # gone with « needs editing »
    units[3].target = "和\n和"
    units[3].markfuzzy(True)
    units[4].addnote("un mot du traducteur", origin="translator")
    found = FORMATS["po"].read(bytes(store), "retour.po")
    assert (found.count, found.problems) == (len(ROWS), ())
    assert [back.text for back in found.rows] == [
        ROWS[0].text, ROWS[1].text, "市場は週3回開かれる。", "和\n和", ROWS[4].text,
    ]  # fmt: skip
    assert [back.standing for back in found.rows] == [
        Standing.APPROVED, Standing.APPROVED, Standing.APPROVED, Standing.DRAFT, Standing.DRAFT,
    ]  # fmt: skip
    assert found.rows[4].note == "un mot du traducteur"
    assert [back.seen for back in found.rows] == [row.seen for row in ROWS]


def test_po_holds_for_gettext_itself(tmp_path: Path) -> None:
    gettext = shutil.which("msgfmt")
    if gettext is None:
        pytest.skip("gettext is not installed")
    file = tmp_path / "fr-ja.po"
    file.write_bytes(FORMATS["po"].write(BUNDLE))
    done = subprocess.run(
        [gettext, "--check-format", "--check-domain", "-o", tmp_path / "x.mo", file],
        capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")


def _toolkit_12(content: bytes) -> bytes:
    store = xliff.xlifffile.parsestring(content)
    store.units[1].markapproved()
    store.units[3].target = "和"
    store.units[3].markapproved()
    store.units[4].addnote("un mot du traducteur", origin="translator")
    return bytes(store)


def _toolkit_21(content: bytes) -> bytes:
    store = xliff2.Xliff2File.parsestring(content)
    units = list(store.units)
    units[1].markapproved()
    units[3].target = "和"
    units[3].markapproved()
    namespace = "{urn:oasis:names:tc:xliff:document:2.0}"
    notes = units[4].getunitelement().find(f"{namespace}notes")
    etree.SubElement(notes, f"{namespace}note").text = "un mot du traducteur"
    return bytes(store)


def _spreadsheet(content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    sheet["E4"] = "x"
    sheet["D6"], sheet["E6"] = "和", "oui"
    sheet["F7"] = "un mot du traducteur"
    sheet.move_range("A7:J7", rows=3)  # rows may be moved
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


EDITORS: dict[str, Callable[[bytes], bytes]] = {
    "po": _po, "xliff-1.2": _toolkit_12, "xliff": _toolkit_21, "xlsx": _spreadsheet,
}  # fmt: skip


@EACH
def test_an_independent_tool_approves_translates_and_comments(form: Format) -> None:
    back = returned(form, EDITORS[form.name](form.write(BUNDLE)))
    assert back[1].standing is Standing.APPROVED
    assert back[1].text == ROWS[1].text  # inline marks intact
    assert (back[3].text, back[3].standing) == ("和", Standing.APPROVED)
    assert back[4].note == "un mot du traducteur"
    assert [found.text for found in (back[0], back[2], back[4])] == [
        ROWS[0].text, ROWS[2].text, ROWS[4].text,
    ]  # fmt: skip


# -- what is refused ----------------------------------------------------------------------------


def test_segments_that_a_tool_cut_are_one_passage_again() -> None:
    """OmegaT, Okapi and their like cut a unit into sentences, and mark them in the old version."""
    new = etree.fromstring(FORMATS["xliff"].write(BUNDLE))
    space = "{urn:oasis:names:tc:xliff:document:2.0}"
    unit = new.find(f".//{space}unit[@id='u2']")
    whole = unit.find(f"{space}segment")
    unit.remove(whole)
    for state, name, words in (("final", "segment", "一。"), ("", "ignorable", "\n"),
                               ("translated", "segment", "二。")):  # fmt: skip
        piece = etree.SubElement(unit, f"{space}{name}")
        if state:
            piece.set("state", state)
        etree.SubElement(piece, f"{space}source").text = "\n" if name == "ignorable" else "Un."
        if name == "segment":
            etree.SubElement(piece, f"{space}target").text = words
    codes = unit.find(f"{space}notes/{space}note[@category='actes-codes']")
    codes.text = ""
    back = FORMATS["xliff"].read(etree.tostring(new), "retour.xlf").rows[1]
    assert (back.text, back.standing) == ("一。\n二。", Standing.DONE)  # not all of it is final

    old = etree.fromstring(FORMATS["xliff-1.2"].write(BUNDLE))
    space = "{urn:oasis:names:tc:xliff:document:1.2}"
    target = list(old.iter(f"{space}target"))[1]
    marked = etree.SubElement(target, f"{space}mrk", mtype="seg", mid="0")
    marked.text, target.text = target.text, None
    for child in list(target)[:-1]:
        marked.append(child)
    back = FORMATS["xliff-1.2"].read(etree.tostring(old), "retour.xlf").rows[1]
    assert (back.text, back.problem) == (ROWS[1].text, None)


def test_xliff_tells_a_tool_what_a_code_is_and_that_it_must_stay() -> None:
    namespace = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
    root = etree.fromstring(FORMATS["xliff"].write(BUNDLE))
    codes = root.xpath("//x:unit[2]//x:target/x:ph", namespaces=namespace)
    assert [code.get("disp") for code in codes] == [
        "**", "**", "[", "](https://a.b/c?d=1&e=2)", "[^1]",
    ]  # fmt: skip
    assert {(code.get("canDelete"), code.get("canCopy")) for code in codes} == {("no", "no")}


@pytest.mark.parametrize("name", ["xliff", "xliff-1.2"])
@pytest.mark.parametrize("damage", ["lost", "doubled", "unknown"])
def test_spoilt_codes_are_refused_with_their_place(name: str, damage: str) -> None:
    root = etree.fromstring(FORMATS[name].write(BUNDLE))
    targets = [e for e in root.iter() if etree.QName(e).localname == "target"]
    code = next(e for e in targets[1] if etree.QName(e).localname == "ph")
    if damage == "lost":
        targets[1].remove(code)
    elif damage == "doubled":
        targets[1].append(etree.fromstring(etree.tostring(code, with_tail=False)))
    else:
        code.set("id", "99")
    found = FORMATS[name].read(etree.tostring(root), "retour.xlf").rows[1]
    assert found.text is None
    assert found.problem is not None
    assert found.problem.rule == "exchange-codes"
    assert found.problem.place.line > 1


TOOLS = pytest.mark.parametrize(
    ("name", "store"), [("xliff", xliff2.Xliff2File), ("xliff-1.2", xliff.xlifffile)]
)


@TOOLS
def test_a_tool_that_shows_codes_gives_them_back_around_other_words(name: str, store: type) -> None:
    file = store.parsestring(FORMATS[name].write(BUNDLE))
    unit = list(file.units)[1]
    (rich,) = unit.rich_target
    for part in rich.sub:
        if str(part) == "9時":
            part.sub = ["10時半"]
    unit.rich_target = [rich]
    found = FORMATS[name].read(bytes(file), "retour.xlf").rows[1]
    assert found.problem is None
    assert found.text == ROWS[1].text.replace("9時", "10時半")


@TOOLS
def test_a_tool_that_knows_no_codes_is_refused_with_the_place_of_what_it_lost(
    name: str, store: type
) -> None:
    file = store.parsestring(FORMATS[name].write(BUNDLE))
    list(file.units)[1].rich_target = [StringElem(["市場は9時に開く。"])]
    found = FORMATS[name].read(bytes(file), "retour.xlf").rows[1]
    assert found.text is None
    assert found.problem is not None
    assert found.problem.rule == "exchange-codes"
    assert "[^1]" in str(found.problem.values["marks"])
    assert found.problem.place.line > 2


def test_an_original_corrected_in_a_spreadsheet_is_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(BUNDLE)))
    book.active["C3"] = "Le grand marché"
    out = io.BytesIO()
    book.save(out)
    found = asked(FORMATS["xlsx"].read(out.getvalue(), "r.xlsx"), {PATH}, "r.xlsx")
    assert found.decisions == ()
    assert [(p.rule, p.values["key"]) for p in found.problems] == [
        ("exchange-source", f"{PATH}#title")
    ]


@EACH
def test_what_nobody_touched_asks_for_nothing_and_nothing_is_said_of_it(form: Format) -> None:
    found = asked(form.read(form.write(BUNDLE), "retour"), {PATH}, "retour")
    assert (found.decisions, found.problems) == ((), ())


def test_a_cell_that_became_a_date_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(BUNDLE)))
    book.active["D4"] = datetime(2024, 11, 21)
    book.active["D5"] = 54  # typed as digits, it stays those digits
    out = io.BytesIO()
    book.save(out)
    found = FORMATS["xlsx"].read(out.getvalue(), "retour.xlsx").rows
    assert found[1].problem is not None
    assert found[1].problem.rule == "exchange-day"
    assert found[2].text == "54"


def test_a_cell_that_computes_is_no_translation() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(BUNDLE)))
    assert book.active["C6"].data_type == "s"  # the source that begins with « = »
    book.active["D4"] = '=HYPERLINK("http://a.b","市")'
    out = io.BytesIO()
    book.save(out)
    found = FORMATS["xlsx"].read(out.getvalue(), "retour.xlsx").rows[1]
    assert found.text is None
    assert found.problem is not None
    assert found.problem.rule == "exchange-formula"


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0">&b;</xliff>'
)
HOSTILE = [
    ("a.xlf", BOMB, "exchange-doctype"),
    ("a.xlf", b"\n" * 5000 + b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "exchange-doctype"),
    ("a.xlf", b"<xliff>" * 5000, "exchange-xml"),
    ("a.xlf", b"\xff\xfe\x00", "exchange-xml"),
    ("a.po", b"\xff\xfe\x00", "exchange-encoding"),
    ("a.po", b'msgid "a\nmsgstr', "exchange-po"),
    ("a.xlsx", b"PK\x03\x04", "exchange-package"),
    ("a.xlsx", b"no zip", "exchange-package"),
    ("a.exe", b"MZ", "exchange-format"),
]


@pytest.mark.parametrize(("name", "content", "rule"), HOSTILE)
def test_hostile_files_are_refused_by_name(name: str, content: bytes, rule: str) -> None:
    with pytest.raises(ActesError) as caught:
        format_of(name, content[:4096]).read(content, name)
    assert caught.value.problems[0].rule == rule
    assert caught.value.problems[0].place.file == name


def test_a_po_file_that_is_a_path_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.po"
    secret.write_bytes(FORMATS["po"].write(BUNDLE))
    with pytest.raises(ActesError) as caught:
        FORMATS["po"].read(str(secret).encode(), "a.po")
    assert caught.value.problems[0].rule == "exchange-po"
