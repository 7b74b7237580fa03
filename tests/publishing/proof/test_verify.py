"""`actes declaration verify`: the adopted text is known by its words, in whatever layout it stands.

One build of the sample's declaration; what is changed is changed in what was read from it.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from pipeline.cli.declaration.contradictions import contradictions
from pipeline.declaration import desk
from pipeline.publishing.build import build
from pipeline.publishing.jobs import Options
from pipeline.publishing.proof import docx_text, pdf_text
from pipeline.publishing.proof.coverage import Coverage
from pipeline.publishing.proof.page import Page, plain
from pipeline.publishing.proof.printed import Run
from pipeline.publishing.proof.verify import Adopted, adopted_text
from tests.conftest import Actes
from tests.support.workspace import REPOSITORY

DAY = date(2024, 11, 21)


@dataclass(frozen=True)
class Case:
    """The adopted text, the files made of it, and their pages."""

    root: Path
    text: Adopted
    pdf: Path
    docx: Path
    pages: Sequence[Page]

    def cover(self, pages: Sequence[Page]) -> Coverage:
        return self.text.on(pages)

    @property
    def runs(self) -> Sequence[Run]:
        return self.text.wordings[0]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    root = tmp_path_factory.mktemp("verify") / "workspace"
    (root / "sources/declaration").mkdir(parents=True)
    for name in ("event.yaml", "delegations.yaml", "glossary.yaml"):
        shutil.copy(REPOSITORY / "sources" / name, root / "sources" / name)
    for language in ("fr", "ja"):
        name = f"sources/declaration/declaration.{language}.md"
        shutil.copy(REPOSITORY / name, root / name)
    for language in ("fr", "ja"):
        desk.confirm(root, (), language, f"Signataire {language}", DAY)
    desk.keep_version(root, "Texte adopté", "", "Secrétariat", DAY, True, contradictions)
    build(root, Options(("declaration-original-ja",), (), final=True))
    pdf, docx = (root / f"build/declaration-original-ja.{form}" for form in ("pdf", "docx"))
    return Case(root, adopted_text(root), pdf, docx, pdf_text.pages(pdf.read_bytes(), "x.pdf"))


@pytest.fixture
def verify(case: Case, actes: Actes) -> Actes:
    return partial(actes, "declaration", "verify", "-C", str(case.root))


def changed(docx: Path, target: Path, change: Callable[[str], str]) -> Path:
    """A Word file whose text was changed, as somebody who opens it in Word can."""
    with zipfile.ZipFile(docx) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                words = content.decode()
                assert change(words) != words
                content = change(words).encode()
            new.writestr(name, content)
    return target


# -- what is the adopted text ---------------------------------------------------------------------


def test_what_was_printed_is_the_adopted_text(case: Case, verify: Actes) -> None:
    code, out, err = verify(case.pdf, case.docx)
    assert code == 0, err
    assert err == ""
    assert out.count("fr, ja") == 2
    assert out.count("SHA-256") == 2
    assert "Texte adopté" in out


def test_rows_broken_over_pages_are_found_whole(case: Case) -> None:
    """The sample has such rows, or this suite would not try what it says."""
    broken = [
        run for run in case.runs
        if not any(plain(run.words) in page.plain for page in case.pages)
    ]  # fmt: skip
    assert broken
    assert case.cover(case.pages) == Coverage(("fr", "ja"), (), ())


@pytest.mark.libreoffice
def test_a_pdf_that_an_office_program_made_is_the_adopted_text(
    case: Case, verify: Actes, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("soffice is not installed")
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", tmp_path, case.docx],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    code, _out, err = verify(tmp_path / "declaration-original-ja.pdf")
    assert code == 0, err


@pytest.mark.parametrize("language", ["fr", "ja"])
def test_a_copy_in_one_language_is_the_text_of_that_language(case: Case, language: str) -> None:
    words = [run.words for run in case.runs if run.language == language]
    found = case.cover([Page("\n".join(words[:20])), Page("\n".join(words[20:]))])
    assert found == Coverage((language,), (), ())


def test_columns_numbers_heads_and_feet_say_nothing(case: Case) -> None:
    """Text after text, clause after clause, other page numbers, numbered items: all the same."""
    lines = [f"{n}) {run.words}" if run.item else run.words for n, run in enumerate(case.runs)]
    title = "Déclaration de Shizuoka"
    pages = [
        Page("\n".join([title, *lines[begin : begin + 30], str(number)]))
        for number, begin in enumerate(range(0, len(lines), 30), 1)
    ]
    assert case.cover(pages) == Coverage(("fr", "ja"), (), ())


# -- what is not ----------------------------------------------------------------------------------


def test_no_digit_can_be_changed(case: Case) -> None:
    """Each digit of a clause, one after the other, in the PDF."""
    tried = 0
    for number, page in enumerate(case.pages):
        for match in list(re.finditer(r"\d", page.raw))[::3]:
            line = page.raw[page.raw.rfind("\n", 0, match.start()) + 1 :].split("\n")[0]
            if re.fullmatch(r"\d+ / \d+", line) or line[:2] == f"({match[0]}":
                continue  # numbers of pages and items, which the layout makes
            digit = "7" if match[0] != "7" else "8"
            raw = page.raw[: match.start()] + digit + page.raw[match.end() :]
            found = case.cover([*case.pages[:number], Page(raw), *case.pages[number + 1 :]])
            assert found.missing or found.left, line
            tried += 1
    assert tried > 15


def test_no_line_can_be_left_out_or_put_in(case: Case) -> None:
    for number, page in enumerate(case.pages[:4]):  # signatures stand on the last ones
        lines = page.raw.split("\n")
        for at in range(2, len(lines), 6):
            if re.fullmatch(r"\d+ / \d+|.*Paraphes.*|", lines[at]):
                continue  # what the layout makes may stand on a page or not
            one_less = Page("\n".join([*lines[:at], *lines[at + 1 :]]))
            more = "sauf avis contraire" if at % 2 else "modalité"
            one_more = Page("\n".join([*lines[:at], more, *lines[at:]]))
            for other in (one_less, one_more):
                found = case.cover([*case.pages[:number], other, *case.pages[number + 1 :]])
                assert found.missing or found.left, lines[at]


def test_another_title_is_another_text(case: Case) -> None:
    pages = [Page(page.raw.replace("静岡宣言", "静岡声明")) for page in case.pages]
    assert [run.clause for run in case.cover(pages).missing] == ["_title"]


def test_clauses_in_another_order_are_another_text(case: Case) -> None:
    words = [run.words for run in case.runs if run.language == "fr"]
    words[10], words[11] = words[11], words[10]
    assert case.cover([Page("\n".join(words))]).missing


def test_a_digit_changed_in_word_is_named_with_its_clause(
    case: Case, verify: Actes, tmp_path: Path
) -> None:
    other = changed(
        case.docx, tmp_path / "autre.docx",
        lambda xml: xml.replace("35自", "36自").replace("Fait à", "Signé à"),
    )  # fmt: skip
    code, out, err = verify(other, case.docx)
    assert "the clause “closing formula” (fr)" in err
    assert code == 1
    assert "autre.docx: the clause “collectivites-participantes” (ja)" in err
    assert "日本の[-35-]{+36+}自治体" in err
    assert "[verify-differs]" in err
    assert "autre.docx" not in out
    assert "declaration-original-ja.docx" in out


def test_what_tracking_inserted_or_hides_is_no_adopted_text(
    case: Case, verify: Actes, tmp_path: Path
) -> None:
    run = "<w:r><w:t xml:space='preserve'>, si possible</w:t></w:r>"
    place = re.compile(r"(ce qui suit\.</w:t></w:r>)")
    added = changed(
        case.docx, tmp_path / "suivi.docx",
        lambda xml: place.sub(rf"\1<w:ins w:id='1' w:author='X'>{run}</w:ins>", xml, count=1),
    )  # fmt: skip
    struck = changed(
        case.docx, tmp_path / "raye.docx",
        lambda xml: re.sub(
            r"<w:r>(?:(?!<w:r>).)*ce qui suit\.</w:t></w:r>",
            lambda run: f"<w:del w:id='2' w:author='X'>{run[0].replace('w:t', 'w:delText')}</w:del>",
            xml,
        ),
    )  # fmt: skip
    hidden = changed(
        case.docx, tmp_path / "cache.docx",
        lambda xml: place.sub(rf"\1{run.replace('<w:t', '<w:rPr><w:vanish/></w:rPr><w:t', 1)}", xml),
    )  # fmt: skip
    code, _out, err = verify(added, struck)
    assert code == 1
    assert (
        "suivi.docx: some words are not of the adopted text: , si possible [verify-foreign]" in err
    )
    assert "nearest clause: collectivites-participantes (fr)" in err
    assert "raye.docx: the clause “collectivites-participantes” (fr)" in err
    assert verify(hidden)[0] == 0  # nobody reads it


def opendocument() -> bytes:
    """A file of LibreOffice's own."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    return content.getvalue()


def test_what_cannot_be_verified_is_said(verify: Actes, tmp_path: Path) -> None:
    blank = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(blank)
    for name, content, rule in (
        ("numerise.pdf", blank.getvalue(), "verify-without-words"),
        ("abime.pdf", b"%PDF-1.7\n" + bytes(range(256)), "verify-unreadable"),
        ("autre.docx", b"PK\x03\x04 nothing", "office-not-a-package"),
        ("photo.pdf", b"GIF89a", "verify-kind"),
        ("texte.odt", opendocument(), "verify-kind"),
    ):
        (tmp_path / name).write_bytes(content)
        code, out, err = verify(tmp_path / name)
        assert (code, out) == (1, "")
        assert f"[{rule}]" in err
        assert "Traceback" not in err


def test_what_is_laid_over_a_page_or_added_as_an_image_is_seen(
    case: Case, verify: Actes, tmp_path: Path
) -> None:
    typed = pypdf.PdfWriter(clone_from=case.pdf)
    note = DictionaryObject(
        {
            NameObject("/Actes"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Rect"): ArrayObject(map(FloatObject, (50, 50, 300, 80))),
            NameObject("/Contents"): TextStringObject("sauf accord contraire des parties"),
        }
    )
    page = typed.pages[1]
    page[NameObject("/Annots")] = ArrayObject([*page.get("/Annots", ()), typed._add_object(note)])
    typed.write(tmp_path / "note.pdf")
    code, _out, err = verify(tmp_path / "note.pdf")
    assert code == 1
    assert "sauf accord contraire des parties [verify-foreign]" in err

    longer = pypdf.PdfWriter(clone_from=case.pdf)
    longer.add_blank_page(595, 842)
    longer.write(tmp_path / "page.pdf")
    code, _out, err = verify(tmp_path / "page.pdf")
    assert code == 1
    assert f"(page {len(case.pages) + 1})" in err
    assert "[verify-bare-page]" in err


def test_an_extract_is_said_in_one_sentence(case: Case, verify: Actes, tmp_path: Path) -> None:
    within = r"(?:(?!</?w:p>).)*"
    other = changed(
        case.docx, tmp_path / "extrait.docx",
        lambda xml: re.sub(
            rf"<w:p>{within}(?:rappellent|constatent|forment un tout|vitalité|dès l’enfance){within}</w:p>",
            "<w:p/>", xml,
        ),
    )  # fmt: skip
    code, _out, err = verify(other)
    assert code == 1
    assert err.count("[verify-absent-many]") == 1
    assert "(fr): histoire-partagee, theme-general, odd, creation-et-patrimoine" in err
    assert "[verify-absent]" not in err


def test_a_file_made_to_keep_us_busy_is_given_up(case: Case, verify: Actes, tmp_path: Path) -> None:
    longest = max((run.words for run in case.runs), key=len)
    beginnings = " ".join(longest[:60] for _ in range(1500))
    body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{beginnings}</w:t></w:r></w:p></w:body></w:document>'
    with zipfile.ZipFile(tmp_path / "piege.docx", "w") as archive:
        archive.writestr("word/document.xml", body)
        archive.writestr("word/footer1.xml", body)
    began = time.monotonic()
    code, _out, err = verify(tmp_path / "piege.docx")
    assert code == 1
    assert "[verify-unreadable]" in err
    assert time.monotonic() - began < 30  # a second or two on a machine with nothing else to do


def test_what_a_file_says_reaches_the_terminal_without_its_hidden_characters(
    case: Case, verify: Actes, tmp_path: Path
) -> None:
    pages = [Page(f"{page.raw}\nsauf\x1b[2J avis\u202e contraire") for page in case.pages]
    left = [pages[one.page].words(one.begin, one.end) for one in case.cover(pages).left]
    assert left
    assert all(words.endswith("sauf[2J avis contraire") for words in left)


def test_another_text_is_not_this_one(case: Case) -> None:
    assert case.cover([Page("Procès-verbal de la séance du 21 novembre 2024.")]).languages == ()


def test_a_pdf_that_takes_too_long_is_given_up(case: Case) -> None:
    from pipeline.errors import ActesError

    with pytest.raises(ActesError, match="verify-unreadable"):
        pdf_text.pages(case.pdf.read_bytes(), "lent.pdf", seconds=0.01)


def test_readings_above_characters_are_no_words(case: Case) -> None:
    ruby = "<w:ruby><w:rt><w:r><w:t>しず</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>静</w:t></w:r></w:rubyBase></w:ruby>"
    body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>{ruby}</w:r><w:r><w:t>岡市</w:t></w:r></w:p></w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", body)
    assert [page.plain for page in docx_text.pages(buffer.getvalue(), "x.docx")] == ["静岡市"]
