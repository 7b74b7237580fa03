"""`actes exchange`: out to a translator's tool and back, with somebody at work meanwhile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polib
import pytest
from translate.storage import xliff, xliff2

from pipeline.review.reading import read
from pipeline.translation.fingerprint import fingerprint
from tests.conftest import Actes
from tests.support.workspace import block, make_workspace, summary

SOURCE = "Un marché **ouvert**.\n\nTrois halles.\n\nTrois ponts.\n\nQuatre rues."
FILE = "sources/eco/marche.ja.md"
HEAD = "---\ntitle: 市場\ntranslation:\n  of: marche.fr.md\n---\n\n"


def comment(word: str, source: str, words: str, more: str = "") -> str:
    mark = f"text: {fingerprint(words)}\n" if words else ""
    return f"<!-- {word}\n{block('source', source)}{more}{mark}-->\n{words}\n\n"


BODY = (
    comment("machine", "Un marché **ouvert**.", "**開いた**市場。")
    + comment("stale", "Deux halles.", "会館二つ。", block("now", "Trois halles."))
    + comment("edited", "Trois ponts.", "橋三つ。")
    + comment("missing", "Quatre rues.", "")
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a counterpart whose passages are in every state, and we are in it."""
    made = make_workspace(tmp_path, texts={"eco/marche.fr.md": summary("Marché", SOURCE)})
    (made / FILE).write_text(HEAD + BODY, encoding="utf-8")
    monkeypatch.chdir(made)
    return made


def _po(content: bytes) -> bytes:
    file = polib.pofile(content.decode())
    by_source = {entry.msgid: entry for entry in file}
    by_source["Un marché **ouvert**."].flags.remove("fuzzy")
    by_source["Trois halles."].msgstr = "会館三つ。"
    by_source["Quatre rues."].msgstr = "通り四つ。"
    return str(file).encode()


def _xliff_12(content: bytes) -> bytes:
    store = xliff.xlifffile.parsestring(content)
    for unit in store.units:
        if "marché" in unit.source:
            unit.markapproved()
        if unit.source in ("Trois halles.", "Quatre rues."):
            unit.target = {"T": "会館三つ。", "Q": "通り四つ。"}[unit.source[0]]
    next(u for u in store.units if u.source == "Quatre rues.").markapproved()
    return bytes(store)


def _xliff_21(content: bytes) -> bytes:
    store = xliff2.Xliff2File.parsestring(content)
    for unit in store.units:
        if "marché" in unit.source:
            unit.markapproved()
        if unit.source in ("Trois halles.", "Quatre rues."):
            unit.target = {"T": "会館三つ。", "Q": "通り四つ。"}[unit.source[0]]
    next(u for u in store.units if u.source == "Quatre rues.").markapproved()
    return bytes(store)


def _xlsx(content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    for row in range(3, sheet.max_row + 1):
        source = str(sheet[f"C{row}"].value)
        if "marché **" in source or source == "Quatre rues.":
            sheet[f"E{row}"] = "✓"
        if source in ("Trois halles.", "Quatre rues."):
            sheet[f"D{row}"] = {"T": "会館三つ。", "Q": "通り四つ。"}[source[0]]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "name", "edit"),
    [
        ("po", "fr-ja.po", _po),
        ("xliff", "fr-ja.xlf", _xliff_21),
        ("xliff-1.2", "fr-ja.1.2.xlf", _xliff_12),
        ("xlsx", "fr-ja.xlsx", _xlsx),
    ],
)
def test_a_file_goes_out_is_edited_and_comes_back(
    root: Path, actes: Actes, form: str, name: str, edit: Callable[[bytes], bytes]
) -> None:
    code, out, err = actes("exchange", "export", "--to", form, "--lang", "ja")
    assert (code, out.strip()) == (0, f"build/exchange/{name}"), err
    file = root / "build" / "exchange" / name

    assert actes("exchange", "import", str(file)) == (
        0, "", "the file changes nothing: nothing was written\n",
    )  # fmt: skip
    assert (root / FILE).read_text(encoding="utf-8") == HEAD + BODY

    file.write_bytes(edit(file.read_bytes()))
    meanwhile = BODY.replace("橋三つ。", "三つの橋。")  # a colleague, on another passage
    (root / FILE).write_text(HEAD + meanwhile, encoding="utf-8")
    code, out, err = actes("exchange", "import", str(file))
    assert (code, out.strip()) == (0, FILE), err
    assert err.startswith(f"{FILE}: rewritten #2 #4 · approved #1"), err
    assert "translations rewritten: 2, approved: " in err
    text = (root / FILE).read_text(encoding="utf-8")
    assert f"<!-- reviewed\n{block('source', 'Un marché **ouvert**.')}" in text
    assert f"<!-- reviewed\n{block('source', 'Quatre rues.')}" in text
    assert "三つの橋。" in text
    halles = text[text.index("Trois halles.") :]
    assert halles.index("会館三つ。") < halles.index("Trois ponts.")
    again = actes("exchange", "import", str(file))  # taken twice, it changes nothing more
    assert again == (0, "", "the file changes nothing: nothing was written\n")
    assert (root / FILE).read_text(encoding="utf-8") == text


def test_what_changed_on_both_sides_is_a_conflict_and_changes_nothing(
    root: Path, actes: Actes
) -> None:
    actes("exchange", "export", "--to", "po", "--lang", "ja")
    file = root / "build" / "exchange" / "fr-ja.po"
    file.write_bytes(_po(file.read_bytes()))
    meanwhile = HEAD + BODY.replace("会館二つ。", "二つの会館。")
    (root / FILE).write_text(meanwhile, encoding="utf-8")
    code, _out, err = actes("exchange", "import", str(file))
    assert code == 1
    assert "[review-text-changed]" in err
    text = (root / FILE).read_text(encoding="utf-8")
    assert "二つの会館。" in text
    assert "会館三つ。" not in text
    assert "通り四つ。" in text  # the other rows are taken, and counted


@pytest.mark.parametrize("form", ["docx", "po", "xliff", "xliff-1.2", "xlsx"])
def test_words_for_a_source_that_has_changed_again_are_taken_and_still_to_be_updated(
    root: Path, actes: Actes, form: str
) -> None:
    """The author works on while the file is away: what came back answers what was sent."""
    actes("exchange", "export", "--to", form, "--lang", "ja", "--state", "stale")
    (file,) = (root / "build/exchange").iterdir()
    file.write_bytes(_edited(file.read_bytes(), form, "会館二つ。", "会館三つ。"))
    newer = SOURCE.replace("Trois halles.", "Cinq halles.")
    (root / "sources/eco/marche.fr.md").write_text(summary("Marché", newer), encoding="utf-8")
    body = BODY.replace(
        block("now", "Trois halles."), block("now", "Cinq halles.")
    )  # as `actes translate` leaves it
    (root / FILE).write_text(HEAD + body, encoding="utf-8")
    code, _out, err = actes("exchange", "import", str(file))
    assert code == 0, err
    found = (root / FILE).read_text("utf-8")
    assert f"<!-- edited\n{block('source', 'Trois halles.')}-->\n会館三つ。" in found
    states = {item.part: item.state for item in read(root).items(["ja"])}
    assert states["2"] == "stale"


def _edited(content: bytes, form: str, old: str, new: str) -> bytes:
    """The file with other words, inside its parts where it is a package."""
    if form not in ("docx", "xlsx"):
        return content.replace(old.encode(), new.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name).replace(old.encode(), new.encode())
            letters = old.encode("ascii", "xmlcharrefreplace")  # as openpyxl writes them
            after.writestr(name, part.replace(letters, new.encode()))
    return out.getvalue()


def test_a_confidential_text_is_left_out(root: Path, actes: Actes) -> None:
    secret = summary("Secret", "Un canari.", confidential="true")
    (root / "sources/eco/secret.fr.md").write_text(secret, encoding="utf-8")
    (root / "sources/eco/secret.ja.md").write_text(
        "---\ntitle: 秘密\ntranslation: {of: secret.fr.md}\n---\n\n"
        + comment("machine", "Un canari.", "カナリア。"),
        encoding="utf-8",
    )
    code, _out, err = actes("exchange", "export", "--to", "po", "--lang", "ja")
    assert code == 0
    assert "sources/eco/secret.ja.md" in err
    assert "[exchange-confidential]" in err
    assert "canari" not in (root / "build/exchange/fr-ja.po").read_text(encoding="utf-8")


def test_nothing_to_do_is_said(root: Path, actes: Actes) -> None:
    code, _out, err = actes("exchange", "export", "--to", "po", "--lang", "fr")
    assert code == 1
    assert "[exchange-nothing]" in err
    code, _out, err = actes("exchange", "export", "--to", "po", "--lang", "xx")
    assert code == 2
    assert "[language-unknown]" in err


def test_the_glossary_goes_out_and_new_terms_come_in(root: Path, actes: Actes) -> None:
    code, out, _err = actes("exchange", "export", "--to", "tbx")
    assert (code, out.strip()) == (0, "build/exchange/glossary.tbx")
    file = root / "build/exchange/glossary.tbx"
    added = file.read_text(encoding="utf-8").replace(
        "</body>",
        '<termEntry id="halle"><langSet xml:lang="fr"><tig><term>halle</term></tig></langSet>'
        '<langSet xml:lang="ja"><tig><term>市場会館</term></tig></langSet></termEntry></body>',
    )
    (root / "back.tbx").write_text(added, encoding="utf-8")
    before = (root / "sources/glossary.yaml").read_text(encoding="utf-8")
    code, _out, err = actes("exchange", "import", "back.tbx")
    assert code == 0, err
    after = (root / "sources/glossary.yaml").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip())
    assert 'ja: {term: "市場会館"}' in after
    assert actes("glossary", "check")[0] == 0


@pytest.mark.parametrize("form", ["docx", "comparison", "po", "tmx", "tbx"])
def test_sources_are_no_place_for_an_exchange_file(root: Path, actes: Actes, form: str) -> None:
    name = "a.docx" if form == "comparison" else f"a.{form}"
    there = f"build/../sources/eco/{name}"
    code, _out, err = actes("exchange", "export", "--to", form, "--lang", "ja", "--out", there)
    assert code == 2
    assert "[exchange-place]" in err
    assert not (root / "sources/eco" / name).exists()


def test_the_memory_goes_out_and_comes_in_as_tmx(root: Path, actes: Actes) -> None:
    (root / FILE).write_text(HEAD + BODY.replace("<!-- edited", "<!-- reviewed"), encoding="utf-8")
    code, out, err = actes("exchange", "export", "--to", "tmx", "--lang", "ja")
    assert (code, out.strip()) == (0, "build/exchange/memory.tmx"), err
    assert "橋三つ。" in (root / "build/exchange/memory.tmx").read_text(encoding="utf-8")
    code, out, err = actes("exchange", "import", "build/exchange/memory.tmx")
    assert (code, out.strip()) == (0, "sources/memory/memory.tmx"), err
    code, _out, err = actes("exchange", "export", "--to", "tmx", "sources/eco")
    assert code == 2
    assert "tmx is of all texts" in err


def test_a_file_without_any_passage_is_refused(root: Path, actes: Actes) -> None:
    (root / "vide.po").write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    code, _out, err = actes("exchange", "import", "vide.po")
    assert code == 4
    assert "[exchange-no-rows]" in err


@pytest.mark.parametrize("form", ["docx", "comparison", "xliff", "xliff-1.2", "po", "xlsx"])
def test_what_no_format_can_hold_in_an_earlier_source_is_left_out(
    root: Path, actes: Actes, form: str
) -> None:
    hostile = BODY.replace("  Deux halles.", "  Deux\x08 \u202ehalles\ufffe.")
    (root / FILE).write_text(HEAD + hostile, encoding="utf-8")
    _code, out, err = actes("exchange", "export", "--to", form, "--lang", "ja")
    assert "defect" not in err
    assert all((root / line).stat().st_size for line in out.split())
    assert out


def test_a_remark_names_no_places_beside_the_two_texts(root: Path, actes: Actes) -> None:
    """In Word's narrow column, the path and the code of each filled a page."""
    text = (root / FILE).read_text(encoding="utf-8").replace("橋三つ。", "橋四つ。")
    (root / FILE).write_text(text, encoding="utf-8")
    assert actes("exchange", "export", "--to", "xlsx", "--lang", "ja")[0] == 0
    sheet = openpyxl.load_workbook(root / "build/exchange/fr-ja.xlsx").worksheets[0]
    told = [str(row[6]) for row in sheet.iter_rows(values_only=True) if row[6]]
    assert any("四" in words or "4" in words for words in told)
    assert not [words for words in told if "sources/" in words]
