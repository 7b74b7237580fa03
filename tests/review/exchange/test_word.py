"""A Word file out to a translator and back, through Word's own marks and through LibreOffice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import ActesError, Place
from pipeline.proceedings.merge import style
from pipeline.publishing.word.exchange import docx
from pipeline.review.exchange import word
from pipeline.review.exchange.incoming import asked
from pipeline.review.exchange.rows import Bundle, Returned, Row, Standing
from pipeline.review.items import seen
from pipeline.translation.marker import State
from pipeline.workspace.languages import load_language, program_templates
from tests.support.office import edited

PATH = "sources/eco/marche.ja.md"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REFERENCE = program_templates() / "reference.docx"


def row(part: str, source: str, text: str, state: State, **more: str) -> Row:
    marks = seen(source, text, more.get("proposal"), more.get("note"))
    return Row(f"{PATH}#{part}", Place("x.fr.md", 1), source, text, marks, state, **more)


ROWS = (
    row("title", "Le marché", "市場", State.REVIEWED),
    row("1", "Le **marché** ouvre[^1].\nIl ferme à midi.", "**市場**は開く[^1]。\n正午に閉まる。",
        State.MACHINE),
    row("2", "Le marché ouvre trois fois.", "市場は週2回開く。", State.STALE,
        source_then="Le marché ouvre deux fois.", proposal="市場は週3回開く。", note="à vérifier"),
    row("3", "Une halle & <b>.", "", State.MISSING),
)  # fmt: skip


def made(rows: tuple[Row, ...] = ROWS) -> bytes:
    return docx(
        Bundle(rows, "fr", "ja", "Rencontres"), REFERENCE, style(load_language(Path(), "ja"))
    )


MADE = made()


def changed(change: Callable[[etree._Element], None], **parts: bytes) -> bytes:
    """The file after ``change`` of its document, with ``parts`` added (``comments`` …)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(MADE)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.removeprefix("word/").removesuffix(".xml") in parts:
                continue
            if name == "word/document.xml":
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root)
            new.writestr(name, content)
        for name, content in parts.items():
            new.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def cells(root: etree._Element, number: int) -> list[etree._Element]:
    """The cells of a row, 0 being the head."""
    return list(list(root.iter(f"{W}tr"))[number].iterchildren(f"{W}tc"))


def paragraph(cell: etree._Element) -> etree._Element:
    return next(cell.iter(f"{W}p"))


def fragment(code: str) -> etree._Element:
    return etree.fromstring(f'<x xmlns:w="{W[1:-1]}">{code}</x>')[0]


def back(content: bytes, **options: str) -> list[Returned]:
    return list(word.read(content, "r.docx", **options).rows)  # type: ignore[arg-type]


# -- as it went ---------------------------------------------------------------------------------


def test_what_nobody_touched_comes_back_and_asks_for_nothing() -> None:
    found = word.read(MADE, "r.docx")
    assert (found.count, found.problems, found.remarks) == (4, (), ())
    assert [back.text for back in found.rows] == [row.text for row in ROWS]
    assert [(b.key, b.seen, b.sent) for b in found.rows] == [
        (row.key, row.seen, row.standing) for row in ROWS
    ]
    assert asked(found, {PATH}, "r.docx").decisions == ()
    assert made() == MADE


WORDS = st.text(
    st.one_of(
        st.sampled_from("*_`[](){}<>&!\\\n\t\"' é市。-\u00a0\u202f"),
        st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp"]),
    ),
    max_size=50,
).map(lambda text: text.strip("\n\t "))


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3))
@settings(max_examples=40)
def test_any_words_come_back_letter_by_letter(texts: list[tuple[str, str]]) -> None:
    rows = tuple(
        row(str(number), text or "-", text, State.EDITED if text else State.MISSING, note=note)
        for number, (text, note) in enumerate(texts)
    )
    returns = word.read(made(rows), "r.docx")
    assert [p for p in asked(returns, {PATH}, "r").problems if p.rule == "exchange-source"] == []
    found = returns.rows
    assert [(b.text, (b.note or "").strip()) for b in found] == [
        (r.text.replace("\t", " "), r.note.replace("\t", " ").strip()) for r in rows
    ]


def test_what_changed_in_the_source_is_tracked_and_the_rest_is_protected() -> None:
    with zipfile.ZipFile(io.BytesIO(MADE)) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
        protection = etree.fromstring(archive.read("word/settings.xml")).find(
            f"{W}documentProtection"
        )
    source, text = cells(document, 3)[1:3]
    assert [t.text for t in source.iter(f"{W}delText")] == ["deux"]
    assert [t.text for i in source.iter(f"{W}ins") for t in i.iter(f"{W}t")] == ["trois"]
    assert protection is not None
    assert protection.get(f"{W}edit") == "readOnly"
    assert text.find(f".//{W}permStart") is not None
    assert source.find(f".//{W}permStart") is None
    remarks = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in cells(document, 3)[5]]
    assert [words for words in remarks if words] == [
        "marche #2", "原文に変更あり", "機械翻訳の案：", "市場は週3回開く。",
    ]  # fmt: skip
    languages = {lang.get(f"{W}val") for lang in source.iter(f"{W}lang")}
    assert languages == {"fr-FR"}
    assert {lang.get(f"{W}eastAsia") for lang in text.iter(f"{W}lang")} == {"ja-JP"}


# -- what Word makes of it ----------------------------------------------------------------------


def _track(root: etree._Element) -> None:
    """« 市場は週2回開く。» → « 市場は週3回開く。», tracked."""
    own = paragraph(cells(root, 3)[2])
    run = own.find(f"{W}r")
    own.replace(run, fragment("<w:r><w:t>市場は週</w:t></w:r>"))
    own.append(fragment('<w:del w:id="9" w:author="K"><w:r><w:delText>2</w:delText></w:r></w:del>'))
    own.append(fragment('<w:ins w:id="8" w:author="K"><w:r><w:t>3</w:t></w:r></w:ins>'))
    own.append(fragment("<w:r><w:t>回開く。</w:t></w:r>"))


def test_tracked_changes_are_accepted_or_refused_as_they_stand() -> None:
    content = changed(_track)
    assert back(content)[2].text == "市場は週3回開く。"
    assert back(content, tracked="reject")[2].text == "市場は週2回開く。"


def test_a_paragraph_that_was_joined_with_tracking_is_one_line() -> None:
    def join(root: etree._Element) -> None:
        properties = paragraph(cells(root, 2)[2]).find(f"{W}pPr")
        properties.append(fragment('<w:rPr><w:del w:id="7" w:author="K"/></w:rPr>'))

    assert back(changed(join))[1].text == "**市場**は開く[^1]。正午に閉まる。"
    assert back(changed(join), tracked="reject")[1].text == ROWS[1].text


def test_comments_become_notes_and_the_note_stays() -> None:
    def comment(root: etree._Element) -> None:
        paragraph(cells(root, 3)[2]).append(fragment('<w:r><w:commentReference w:id="4"/></w:r>'))

    said = (
        f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="4" w:author="Kaori">'
        "<w:p><w:r><w:t>voir avec la ville</w:t></w:r></w:p></w:comment></w:comments>"
    ).encode()
    (decision,) = asked(word.read(changed(comment, comments=said), "r"), {PATH}, "r").decisions
    assert decision.note == "à vérifier\nKaori : voir avec la ville"


def test_a_tick_approves_and_bold_given_by_hand_is_kept() -> None:
    def tick(root: etree._Element) -> None:
        paragraph(cells(root, 2)[3]).append(fragment("<w:r><w:t>x</w:t></w:r>"))
        bold = fragment("<w:r><w:rPr><w:b/></w:rPr><w:t>会館</w:t></w:r>")
        rest = fragment("<w:r><w:t>ひとつ</w:t></w:r>")
        paragraph(cells(root, 4)[2]).extend([bold, rest])

    found = back(changed(tick))
    assert found[1].standing is Standing.APPROVED
    assert found[3].text == "**会館**ひとつ"


def delete(row: etree._Element) -> None:
    """Delete a row as Word does while changes are tracked."""
    row.insert(0, fragment('<w:trPr><w:del w:id="6" w:author="K"/></w:trPr>'))
    for run in list(row.iter(f"{W}r")):
        parent = run.getparent()
        gone = fragment('<w:del w:id="61" w:author="K"/>')
        parent.replace(run, gone)
        gone.append(run)
        for words in run.iter(f"{W}t"):
            words.tag = f"{W}delText"


def test_a_row_that_was_cut_and_pasted_with_tracking_only_moved() -> None:
    def move(root: etree._Element) -> None:
        row = list(root.iter(f"{W}tr"))[2]
        pasted = etree.fromstring(etree.tostring(row))
        pasted.insert(0, fragment('<w:trPr><w:ins w:id="62" w:author="K"/></w:trPr>'))
        last = paragraph(list(pasted.iter(f"{W}tc"))[3])
        last.append(fragment("<w:r><w:t>✓</w:t></w:r>"))
        row.getparent().append(pasted)
        delete(row)

    found = word.read(changed(move), "r.docx")
    assert (found.problems, found.remarks) == ((), ())
    (decision,) = asked(found, {PATH}, "r.docx").decisions
    assert (decision.key, decision.approve) == (f"{PATH}#1", True)
    refused = word.read(changed(move), "r.docx", "reject")
    assert asked(refused, {PATH}, "r.docx").decisions == ()
    assert refused.rows[1].text == ROWS[1].text


def test_mangled_styles_change_no_words() -> None:
    def mangle(root: etree._Element) -> None:
        for run in root.iter(f"{W}r"):
            looks = run.find(f"{W}rPr")
            for look in ("<w:b/>", "<w:i/>", '<w:color w:val="FF0000"/>', '<w:rStyle w:val="X"/>'):
                looks.append(fragment(look))
            for words in list(run.iter(f"{W}t")):  # one run a letter, as after many corrections
                for letter in (words.text or "")[1:]:
                    other = etree.fromstring(etree.tostring(words))
                    other.text = letter
                    run.append(other)
                words.text = (words.text or "")[:1]
        for properties in root.iter(f"{W}pPr"):
            properties.find(f"{W}pStyle").set(f"{W}val", "Titre7")

    found = word.read(changed(mangle), "r.docx")
    assert [b.text for b in found.rows] == [row.text for row in ROWS]
    assert asked(found, {PATH}, "r.docx").decisions == ()


def test_an_original_that_somebody_corrects_in_the_file_is_told_and_not_taken() -> None:
    def correct(root: etree._Element) -> None:
        cell = paragraph(cells(root, 3)[1])
        cell.append(fragment('<w:ins w:id="3" w:author="K"><w:r><w:t> Non.</w:t></w:r></w:ins>'))

    for tracked in ("accept", "reject"):
        found = asked(word.read(changed(correct), "r.docx", tracked), {PATH}, "r.docx")
        assert found.decisions == ()
        assert [(p.rule, p.values["key"]) for p in found.problems] == [
            ("exchange-source", f"{PATH}#2")
        ]


def test_readings_above_letters_are_left_out_and_footnotes_are_said_to_be() -> None:
    def write(root: etree._Element) -> None:
        paragraph(cells(root, 4)[2]).append(fragment(
            "<w:r><w:ruby><w:rt><w:r><w:t>かいかん</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>会館"
            "</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        ))  # fmt: skip
        paragraph(cells(root, 2)[2]).append(fragment('<w:r><w:footnoteReference w:id="2"/></w:r>'))

    found = word.read(changed(write), "r.docx")
    assert found.rows[3].text == "会館"
    assert [(p.rule, p.values["key"]) for p in found.remarks] == [
        ("exchange-not-words", f"{PATH}#1")
    ]


def test_rows_may_be_moved_removed_and_added_with_tracking() -> None:
    def shuffle(root: etree._Element) -> None:
        table = next(root.iter(f"{W}tbl"))
        rows = list(table.iterchildren(f"{W}tr"))
        table.append(rows[1])  # moved to the end
        delete(rows[2])
        added = fragment(
            '<w:tr><w:trPr><w:ins w:id="5" w:author="K"/></w:trPr>'
            + "<w:tc><w:p><w:r><w:t>neuf</w:t></w:r></w:p></w:tc>" * 6
            + "</w:tr>"
        )
        table.append(added)

    found = word.read(changed(shuffle), "r.docx")
    assert [back.key.partition("#")[2] for back in found.rows] == ["2", "3", "title", "1"]
    assert [problem.rule for problem in found.remarks] == [
        "exchange-row-added",
        "exchange-row-removed",
    ]
    assert asked(found, {PATH}, "r.docx").decisions == ()  # and it is not refused


def test_a_number_that_is_gone_or_doubled_refuses_the_file() -> None:
    def spoil(root: etree._Element) -> None:
        for run in list(paragraph(cells(root, 1)[0]).iter(f"{W}r")):
            run.getparent().remove(run)
        rows = list(root.iter(f"{W}tr"))
        rows[3].addnext(etree.fromstring(etree.tostring(rows[3])))

    with pytest.raises(ActesError) as caught:
        asked(word.read(changed(spoil), "r.docx"), {PATH}, "r.docx")
    assert {problem.rule for problem in caught.value.problems} == {
        "exchange-unknown-row", "exchange-doubled",
    }  # fmt: skip


def test_rows_that_are_missing_are_named_by_their_numbers() -> None:
    def cut(root: etree._Element) -> None:
        for row in list(root.iter(f"{W}tr"))[2:4]:
            row.getparent().remove(row)

    found = word.read(changed(cut), "r.docx")
    with pytest.raises(ActesError) as caught:
        asked(found, {PATH}, "r.docx")
    (problem,) = caught.value.problems
    assert (problem.rule, problem.values) == ("exchange-missing-rows", {"rows": "2-3", "count": 4})
    assert asked(found, {PATH}, "r.docx", partial=True).problems == (problem,)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", MADE[:900]])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(ActesError) as caught:
        word.read(content, "r.docx")
    assert caught.value.problems[0].rule == "exchange-word"


# -- through LibreOffice ------------------------------------------------------------------------

EDITS = """
doc.RecordChanges = True
text = table.getCellByName("C3")
cursor = text.createTextCursor()
cursor.gotoEnd(False)
cursor.goLeft(1, False)
cursor.goLeft(2, True)
cursor.setString("店する")
note = doc.createInstance("com.sun.star.text.textfield.Annotation")
note.Author = "Kaori"
note.Content = "à voir avec la ville"
cell = table.getCellByName("C4")
cell.insertTextContent(cell.createTextCursor(), note, False)
table.getCellByName("D4").setString("x")
table.Rows.insertByIndex(5, 1)
table.getCellByName("C6").setString("誰のものでもない行")
doc.RecordChanges = False
table.getCellByName("C5").setString("会館。")
whole = table.getCellByName("C5").createTextCursor()
whole.gotoEnd(True)
whole.CharWeight = 150
whole.CharColor = 255
doc.RecordChanges = True
doc.CurrentController.select(table.getCellByName("A2"))
dispatcher.executeDispatch(frame, ".uno:DeleteRows", "", 0, Array())
"""


@pytest.mark.libreoffice
def test_edited_and_saved_by_libreoffice_it_comes_back(tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(changed(_track))
    content = edited(tmp_path / "r.docx", EDITS)
    found = word.read(content, "r.docx")
    assert found.problems == ()
    assert [problem.rule for problem in found.remarks] == [
        "exchange-row-added",
        "exchange-row-removed",
    ]
    rows = [found.rows[-1], *found.rows[:-1]]  # the one that was deleted comes last
    assert [b.key for b in rows] == [row.key for row in ROWS]
    assert [b.seen for b in rows] == [row.seen for row in ROWS]
    assert [b.text for b in rows] == [
        None, "**市場**は開く[^1]。\n正午に閉店する。", "市場は週3回開く。", "会館。",
    ]  # fmt: skip
    assert rows[2].note == "à vérifier\nKaori : à voir avec la ville"
    assert rows[2].standing is Standing.APPROVED
    refused = word.read(content, "r.docx", "reject").rows
    assert [b.text for b in refused] == ["市場", ROWS[1].text, "市場は週2回開く。", "会館。"]
    wanted = [d.key.partition("#")[2] for d in asked(found, {PATH}, "r.docx").decisions]
    assert wanted == ["1", "2", "3"]
