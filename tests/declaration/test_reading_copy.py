"""Copies to read out: large, readings over the names, and not a word more or less than the text."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pypdf
import pytest
from lxml import etree

from pipeline.declaration import desk
from pipeline.publishing.build import build
from pipeline.publishing.jobs import Options
from pipeline.publishing.proof import docx_text
from pipeline.publishing.proof.verify import Adopted, adopted_text, verify
from tests.support.workspace import REPOSITORY, docx_parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("reading") / "event"
    shutil.copytree(REPOSITORY / "sources/declaration", root / "sources/declaration")
    for name in ("event.yaml", "delegations.yaml", "glossary.yaml"):
        shutil.copy(REPOSITORY / "sources" / name, root / "sources" / name)
    build(root, Options(("declaration-reading",), ()))
    build(root, Options(("declaration-ja",), ("docx",)))
    return root / "build"


def readings(docx: Path) -> dict[str, str]:
    """The words of a Word file that stand under a reading, with it."""
    root = etree.fromstring(docx_parts(docx)["word/document.xml"])
    return {
        "".join(ruby.find(f"{W}rubyBase").itertext()): "".join(ruby.find(f"{W}rt").itertext())
        for ruby in root.iter(f"{W}ruby")
    }


def test_japanese_names_have_their_kana(folder: Path) -> None:
    found = readings(folder / "declaration-reading-ja.docx")
    assert found["静岡宣言"] == "しずおかせんげん"  # the title's own reading
    assert found["月上県"] == "つきがみけん"  # an authority of the register
    assert found["九条理恵子"] == "くじょうりえこ"  # a person
    assert found["姉妹都市提携"] == "しまいとしていけい"  # a term of the glossary
    assert found["県"] == "けん"  # of オート＝マレル県, whose kana need no reading
    assert not any(re.search("[ぁ-ヺ]", words) for words in found)


def test_the_french_copy_reads_japanese_names_in_latin_letters(folder: Path) -> None:
    found = readings(folder / "declaration-reading-fr.docx")
    assert found["青嶺市"] == "Aomine-shi"
    assert found["月上県"] == "Tsukigami-ken"
    assert found["白瀬川町"] == "Shirasegawa-chō"  # with marks of length
    assert not any(re.search("[ぁ-ヺ一-鿿]", reading) for reading in found.values())
    assert not any("クレール" in words for words in found)  # a French name is read as it is written
    text = docx_text.pages((folder / "declaration-reading-fr.docx").read_bytes(), "x")[0].raw
    assert "Ville d’Aomine, 青嶺市" in text


def test_the_name_of_who_signs_is_strong_and_its_reading_is_not(folder: Path) -> None:
    root = etree.fromstring(docx_parts(folder / "declaration-reading-ja.docx")["word/document.xml"])
    for ruby in root.iter(f"{W}ruby"):
        words, said = ruby.find(f"{W}rubyBase"), ruby.find(f"{W}rt")
        strong = [len(list(part.iter(f"{W}rStyle"))) for part in (words, said)]
        assert strong == [int("".join(words.itertext()) in ("九条理恵子", "沢渡健司", "風祭徹",
                          "田野倉茂", "荻沼千晴", "額田遥")), 0]  # fmt: skip


def test_a_reading_changes_no_word(folder: Path) -> None:
    copies = ("declaration-reading-ja.docx", "declaration-ja.docx")
    read, plain = (docx_text.pages((folder / name).read_bytes(), name)[0] for name in copies)
    assert sorted(read.raw.split()) == sorted(plain.raw.split())  # parties may stand abreast


@pytest.fixture(scope="module")
def kept(folder: Path) -> Adopted:
    root = folder.parent
    desk.keep_version(root, "Projet", "", "S", date(2024, 11, 20), False, lambda _now: ())
    return adopted_text(root, "projet")


@pytest.mark.parametrize("name", ["fr.pdf", "ja.pdf", "fr.docx", "ja.docx"])
def test_a_copy_to_read_out_is_proved_like_the_text(folder: Path, kept: Adopted, name: str) -> None:
    """Its readings are the register's own: they are no words of somebody else's."""
    verdict = verify(kept, folder / f"declaration-reading-{name}")
    assert (verdict.languages, verdict.differences) == ((name[:2],), ())


def test_it_is_large_and_no_name_is_broken(folder: Path) -> None:
    sizes: dict[float, int] = {}

    def weigh(text: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes[round(size, 1)] = sizes.get(round(size, 1), 0) + len(text)

    reader = pypdf.PdfReader(folder / "declaration-reading-ja.pdf")
    pages = [page.extract_text(visitor_text=weigh) for page in reader.pages]
    assert max(sizes, key=lambda size: sizes[size]) >= 15  # points
    lines = [line.replace(" ", "") for page in pages for line in page.split("\n")]
    for words in readings(folder / "declaration-reading-ja.docx"):
        assert any(words in line for line in lines), words


def test_a_reading_is_no_text_for_those_who_hear_the_page(folder: Path) -> None:
    """In the PDF it is an artifact: it is heard once, in the words."""
    reader = pypdf.PdfReader(folder / "declaration-reading-ja.pdf")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    said = "".join(words for page in reader.pages for words in spoken(page, reader))
    assert "姉妹都市提携" in said.replace(" ", "")
    assert "しまいとしていけい" not in said


def spoken(page: pypdf.PageObject, reader: pypdf.PdfReader) -> list[str]:
    """The words of a page that are no artifact."""
    heard: list[str] = []
    silent: list[bool] = []

    def follow(operator: bytes, operands: list[object], _cm: object, _tm: object) -> None:
        if operator in (b"BDC", b"BMC"):
            silent.append(operands[0] == "/Artifact")
        elif operator == b"EMC" and silent:
            silent.pop()

    def hear(text: str, *_how: object) -> None:
        if not any(silent):
            heard.append(text)

    page.extract_text(visitor_operand_before=follow, visitor_text=hear)
    return heard
