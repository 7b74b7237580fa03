"""The sample event, built whole: what an organiser holds in hand."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.support.workspace import REPOSITORY, actes, docx_text, pdf_pages, squeezed

LANGUAGES = ("fr", "ja")
OUTPUTS = [f"proceedings-{tag}.{form}" for tag in LANGUAGES for form in ("docx", "pdf")]
OUTPUTS += ["declaration.docx", "declaration.pdf"]


@pytest.fixture(scope="session")
def event(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample, built once."""
    root = tmp_path_factory.mktemp("event")
    shutil.copytree(REPOSITORY / "sources", root / "sources")
    done = actes(root, "build")
    assert done.code == 0, done.err
    assert done.out.split() == [f"build/{name}" for name in OUTPUTS]
    return root


def test_nothing_is_done_twice(event: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in (event / "build").glob("*.*")}
    done = actes(event, "build")
    assert done.code == 0
    assert "nothing had changed" in done.err
    assert {file: file.stat().st_mtime_ns for file in (event / "build").glob("*.*")} == before


def test_the_same_sources_give_the_same_bytes(event: Path, tmp_path: Path) -> None:
    """Law 10: another folder, time zone, locale, user and order of sets."""
    other = tmp_path / "été ③"
    other.mkdir()
    shutil.copytree(REPOSITORY / "sources", other / "sources")
    environment = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "HOME": str(tmp_path), "USER": "x",
                   "PYTHONHASHSEED": "7"}  # fmt: skip
    done = actes(other, "build", **environment)
    assert done.code == 0, done.err
    for name in [*OUTPUTS, "manifest.json"]:
        assert (other / "build" / name).read_bytes() == (event / "build" / name).read_bytes(), name


def test_the_manifest_names_every_input_and_output(event: Path) -> None:
    manifest = json.loads((event / "build" / "manifest.json").read_text())
    sources = {
        p.relative_to(event).as_posix() for p in (event / "sources").rglob("*") if p.is_file()
    }
    assert set(manifest["inputs"]) == sources
    assert set(manifest["outputs"]) == set(OUTPUTS)
    assert {"actes", "typst", "pypandoc_binary"} <= set(manifest["versions"])


def test_a_final_edition_is_refused_with_the_list(event: Path) -> None:
    done = actes(event, "build", "proceedings-ja", "--final")
    assert done.code == 4
    assert "sources/societe/numerique-inclusif.fr.md" in done.err
    assert "[blocked-missing]" in done.err
    assert "[final-refused]" in done.err


def test_a_missing_text_is_named_in_the_language_of_the_edition(event: Path) -> None:
    french = " ".join(pdf_pages(event / "build/proceedings-fr.pdf")).replace("\n", " ")
    assert "n’est pas encore disponible en français" in french
    japanese = squeezed("".join(pdf_pages(event / "build/proceedings-ja.pdf")))
    assert "本報告の日本語版は未着である" in japanese


@pytest.mark.parametrize("tag", LANGUAGES)
def test_word_and_pdf_say_the_same(event: Path, tag: str) -> None:
    """Every paragraph of the Word edition is in the PDF, page furniture aside."""
    printed = squeezed("".join(pdf_pages(event / f"build/proceedings-{tag}.pdf")))
    absent = [
        line
        for line in docx_text(event / f"build/proceedings-{tag}.docx").split("\n")
        if len(squeezed(line)) > 3 and not _page_numbers(line) and squeezed(line) not in printed
    ]
    paragraphs = docx_text(event / f"build/proceedings-{tag}.docx").count("\n")
    assert len(absent) <= paragraphs * 0.02, absent[:20]


def _page_numbers(line: str) -> bool:
    """A line of the contents or an index: its numbers differ between the two formats."""
    return bool(re.search(r"[\d…·]\s*$", line))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_word_of_another_language_among_the_labels(event: Path, tag: str) -> None:
    text = "\n".join(pdf_pages(event / f"build/proceedings-{tag}.pdf"))
    for word in ("Contents", "Figure 1:", "Table 1:", "Abstract", "Speakers", "Draft", "Index of"):
        assert word not in text


def test_the_french_book_is_set_as_french(event: Path) -> None:
    with zipfile.ZipFile(event / "build/proceedings-fr.docx") as archive:
        document = archive.read("word/document.xml").decode()
    words = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", document))
    assert not re.search(r"[^\s\u202f] ?[!?;](?=\s)", re.sub(r"\u202f[!?;]", "", words))
    assert not re.search(r"« |\s»", words.replace("«\u00a0", "").replace("\u00a0»", ""))
    assert '<w:vertAlign w:val="superscript"' in document or "Superscript" in document


def test_the_short_title_heads_pages_that_belong_to_no_theme(event: Path) -> None:
    heads = {page.partition("\n")[0] for page in pdf_pages(event / "build/proceedings-fr.pdf")}
    assert "8es Rencontres franco-japonaises" in heads
    assert "8es Rencontres franco-japonaises de la coopération décentralisée" not in heads


def test_the_order_is_the_programme(event: Path) -> None:
    """Parts in the event's order; summaries by session."""
    contents = next(page for page in pdf_pages(event / "build/proceedings-fr.pdf")
                    if page.startswith("Table des matières") or "Table des matières" in page[:60])  # fmt: skip
    titles = ["Avant-propos", "Programme", "Économie", "Relier producteurs", "Rendre le port",
              "Société", "Environnement", "Glossaire", "Index des collectivités"]  # fmt: skip
    places = [contents.index(title) for title in titles]
    assert places == sorted(places)
