"""What contradicts stops a final edition and an adoption; what was accepted, with a reason, does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.checks import examined
from pipeline.checks.model import Finding, Pair
from pipeline.checks.rules.registry import findings
from pipeline.translation.fingerprint import fingerprint
from tests.conftest import Actes
from tests.support.workspace import counterpart, docx_text, make_workspace, summary

FR = ("Le port compte 40 bateaux.", "La ville achète 12 hectares pour 3 M€.")
JA = ("港には40隻の船がある。", "市は12ヘクタールを3億ユーロで購入する。")
RIGHT = "市は12ヘクタールを300万ユーロで購入する。"
DECLARATION = {
    "declaration/declaration.fr.md": "---\ntitle: Déclaration\n---\n\n# Eau {#eau}\n\n## Rives {#rives}\n\n"
    "Les parties plantent 1 200 arbres avant le 1^er^ mai 2026.\n",
    "declaration/declaration.ja.md": "---\ntitle: 宣言\n---\n\n# 水 {#eau}\n\n## 岸辺 {#rives}\n\n"
    "当事者は、2026年5月1日までに1万2,000本の木を植える。\n",
}
WAIVER = "\n<!-- waive {}: 先方に確認済み -->\n"
DRAFT = "build/declaration-fr"
FINAL = ("build", "proceedings-ja", "--final", "--format", "docx")


@pytest.fixture
def actes(actes: Actes, monkeypatch: pytest.MonkeyPatch) -> Actes:
    """Type `actes …` in a workspace."""

    def there(root: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(root)
        return actes(*arguments)

    return there


def proceedings(folder: Path) -> Path:
    texts = {
        "eco/port.fr.md": summary("Le port", "\n\n".join(FR)),
        "eco/port.ja.md": counterpart("port.fr.md", "港", zip(FR, JA, strict=True), "Le port"),
    }
    return make_workspace(folder, texts=texts)


def accept(root: Path, path: str, said: str) -> None:
    """Write a waiver of the first finding that `actes check --json` printed."""
    text = root / path
    waiver = WAIVER.format(json.loads(said)[0]["code"])
    text.write_text(text.read_text(encoding="utf-8") + waiver, encoding="utf-8")


def test_a_translation_that_contradicts_its_original_is_not_printed_as_final(
    tmp_path: Path, actes: Actes
) -> None:
    root = proceedings(tmp_path)
    code, out, err = actes(root, *FINAL)
    assert (code, out) == (4, "")
    assert "sources/eco/port.fr.md:11: “3 M€” beside “3億ユーロ”" in err
    assert "[check-magnitude]" in err
    assert "[final-refused]" in err
    assert not list((root / "build").glob("*.docx"))

    accept(root, "sources/eco/port.ja.md", actes(root, "check", "--json")[1])
    code, out, err = actes(root, *FINAL)
    assert (code, out.split()) == (0, ["build/proceedings-ja.docx"]), err
    assert "accepted (check-magnitude) – 先方に確認済み" in err

    text = root / "sources/eco/port.fr.md"
    text.write_text(text.read_text(encoding="utf-8").replace("40", "41"), encoding="utf-8")
    code, _out, err = actes(root, *FINAL)
    assert code == 4
    assert "[blocked-segment]" in err  # stale: it answers to another source, and is not compared
    assert "[check-number]" not in err


def test_status_says_what_contradicts(tmp_path: Path, actes: Actes) -> None:
    root = proceedings(tmp_path)
    said = actes(root, "status")[1]
    assert "ja: contradictions between languages (actes check): 1\n" in said
    blocking = json.loads(actes(root, "status", "--json")[1])["blocking"]
    assert [p["rule"] for p in blocking["ja"]] == ["check-magnitude"]
    assert blocking["fr"] == []
    accept(root, "sources/eco/port.ja.md", actes(root, "check", "--json")[1])
    assert "contradictions" not in actes(root, "status")[1]


def test_status_asks_the_rules_once_of_each_pair(
    tmp_path: Path, actes: Actes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def counting(pair: Pair) -> tuple[Finding, ...]:
        asked.append((pair.one.raw, pair.other.raw))
        return findings(pair)

    monkeypatch.setattr(examined, "findings", counting)
    root = proceedings(tmp_path)
    text = root / "sources/eco/port.ja.md"
    ja = text.read_text(encoding="utf-8").replace(JA[1], RIGHT)
    text.write_text(ja.replace(fingerprint(JA[1]), fingerprint(RIGHT)), encoding="utf-8")
    assert "Nothing keeps a final edition" in actes(root, "status")[1]
    assert len(asked) == len(set(asked)) == 4  # two paragraphs, the title, the rapporteur
    assert "Nothing keeps a final edition" in actes(root, "status", "--history")[1]
    assert len(asked) == 4


def test_only_the_translations_that_are_printed_are_asked(tmp_path: Path, actes: Actes) -> None:
    root = proceedings(tmp_path)
    code, out, err = actes(root, "build", "proceedings-fr", "--final", "--format", "docx")
    assert (code, out.split()) == (0, ["build/proceedings-fr.docx"]), err
    assert "check-magnitude" not in err


def test_a_declaration_that_contradicts_itself_is_neither_adopted_nor_final(
    tmp_path: Path, actes: Actes
) -> None:
    root = make_workspace(tmp_path, texts=DECLARATION)
    for language in ("fr", "ja"):
        said = ("--language", language, "--as", "A", "--on", "2026-02-01")
        assert actes(root, "declaration", "confirm", "--all", *said)[0] == 0
    keep = ("declaration", "keep", "Texte adopté", "--adopted", "--as", "S", "--on", "2026-02-02")
    build = ("build", "declaration-fr", "--format", "docx")

    code, _out, err = actes(root, *build)
    assert code == 0  # a draft shows it, and is printed
    assert "· sources/declaration/declaration.fr.md:9: “1 200” beside “1万2,000”" in err
    first = (root / f"{DRAFT}.docx").rename(root / "first.docx")
    assert "Les textes se contredisent : 1 200 ≠ 1万2,000" in docx_text(first)
    code, _out, err = actes(root, "declaration", "status")
    assert code == 0
    assert "[check-magnitude]" in err
    for refused in (keep, (*build, "--final")):
        code, out, err = actes(root, *refused)
        assert (code, out) == (4, "")
        assert "[check-magnitude]" in err

    accept(root, "sources/declaration/declaration.ja.md", actes(root, "check", "--json")[1])
    assert actes(root, *build)[0] == 0
    assert "contredisent" not in docx_text(root / f"{DRAFT}.docx")
    assert actes(root, "declaration", "status")[1].count("○") == 0  # a waiver is no other text
    assert actes(root, *keep)[0] == 0
    code, out, err = actes(root, *build, "--final")
    assert (code, out.split()) == (0, ["build/declaration-fr.docx"]), err
    assert "先方に確認済み" in err
    # The draft has the adopted words, whatever was said of them before they were accepted.
    assert actes(root, "declaration", "verify", first.name)[0] == 0
