"""`actes check` over a workspace: places, exit codes, waivers that hold for one pair only."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from pipeline.review import remarks
from pipeline.review.remarks import Inspector
from pipeline.texts.read import read_texts
from pipeline.translation.works import works
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.support.workspace import (
    DELEGATIONS,
    EVENT,
    REPOSITORY,
    actes,
    counterpart,
    make_workspace,
    summary,
)  # fmt: skip

FR = ("Le port compte 40 bateaux.", "La ville achète 12 hectares pour 3 M€.")
JA = ("港には40隻の船がある。", "市は12ヘクタールを3億ユーロで購入する。")
DECLARATION = {
    "fr": "---\ntitle: Déclaration\n---\n\n# Préambule {#preambule}\n\n## Nous {#nous}\n\nRéunis %s.\n\n"
    "# Fin {#fin}\n\n## Engagements {#engagements}\n\nLes parties s’engagent à agir, selon l’article %s.\n",
    "ja": "---\ntitle: 宣言\nreading: せんげん\n---\n\n# 前文 {#preambule}\n\n## 我々 {#nous}\n\n%sに集った。\n\n"
    "# 末尾 {#fin}\n\n## 約束 {#engagements}\n\n当事者は、第%s条に従い、行動することを約束する。\n",
}


def workspace(folder: Path, ja: tuple[str, str] = JA, note: str = "", **metadata: str) -> Path:
    translation = counterpart("port.fr.md", "港", zip(FR, ja, strict=True), "Le port")
    texts = {
        "eco/port.fr.md": summary("Le port", "\n\n".join(FR), **metadata),
        "eco/port.ja.md": f"{translation}\n{note}\n" if note else translation,
    }
    return make_workspace(folder, texts=texts)


def three_languages(yaml: str) -> str:
    both = re.sub(r"\{fr: ([^,}]+), ja:", r"{fr: \1, de: \1, ja:", yaml)
    return both.replace("[fr, ja]", "[fr, ja, de]")


def codes(root: Path) -> list[str]:
    return [found["code"] for found in json.loads(actes(root, "check", "--json").out)]


def test_a_difference_is_named_with_its_place_in_both_files(tmp_path: Path) -> None:
    said = actes(workspace(tmp_path), "check")
    assert said.code == 1
    assert re.search(
        r"sources/eco/port\.fr\.md:11: “3 M€” beside “3億ユーロ”: the order of magnitude differs "
        r"\(beside: sources/eco/port\.ja\.md:23; code [0-9a-f]{8}\) \[check-magnitude\]",
        said.err,
    ), said.err
    assert "1 to put right, 0 question(s), 0 accepted" in said.out


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "l’ordre de grandeur diffère"), ("ja", "桁が異なる")]
)
def test_it_speaks_the_language_of_its_reader(tmp_path: Path, language: str, words: str) -> None:
    assert words in actes(workspace(tmp_path), "check", ACTES_LANG=language).err


def test_texts_that_agree_give_code_0_and_change_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path, (JA[0], "市は12ヘクタールを300万ユーロで購入する。"))
    before = {p: p.read_bytes() for p in (root / "sources").rglob("*.md")}
    said = actes(root, "check")
    assert (said.code, said.err) == (0, "")
    assert "Nothing to report" in said.out
    assert {p: p.read_bytes() for p in before} == before


def test_questions_fail_only_when_strict(tmp_path: Path) -> None:
    root = workspace(
        tmp_path, ("港には40隻の船しかない。", "市は12ヘクタールを300万ユーロで購入する。")
    )
    assert actes(root, "check").code == 0
    assert actes(root, "check", "--strict").code == 1
    assert "[check-scope]" in actes(root, "check").err


def test_a_waiver_is_printed_with_its_reason_and_falls_when_a_text_changes(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (code,) = codes(root)
    text = root / "sources/eco/port.ja.md"
    written = text.read_text(encoding="utf-8")
    text.write_text(f"{written}\n<!-- waive {code}：金額は確認済み -->\n", encoding="utf-8")
    said = actes(root, "check")
    assert said.code == 0
    assert "金額は確認済み" in said.out
    assert "1 accepted" in said.out
    (found,) = json.loads(actes(root, "check", "--json").out)
    assert found["waived"] == "金額は確認済み"
    text.write_text(
        text.read_text(encoding="utf-8").replace("購入する。", "購入した。"), encoding="utf-8"
    )
    said = actes(root, "check")
    assert said.code == 1
    assert "[check-waiver-outdated]" in said.err
    assert "[check-magnitude]" in said.err


def test_the_review_shows_the_same_findings_under_the_same_codes(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    loaded, _problems = load(root)
    files, _misplaced = find_texts(root, loaded.event)
    grouped, _mismatched = works(files, read_texts(loaded, files).texts)
    shown = Inspector(loaded).items(grouped["eco/port"], "ja")
    remarks = [remark for item in shown for remark in item.remarks if "code" in remark.values]
    assert [remark.values["code"] for remark in remarks] == codes(root)


def test_the_review_asks_no_rule_where_nothing_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(tmp_path, (JA[0], "市は12ヘクタールを300万ユーロで購入する。"))
    loaded, _problems = load(root)
    files, _misplaced = find_texts(root, loaded.event)
    asked: list[object] = []
    monkeypatch.setattr(remarks, "findings", lambda pair: asked.append(pair) or ())

    def looked_at() -> int:
        grouped, _mismatched = works(files, read_texts(loaded, files).texts)
        del asked[:]
        Inspector(loaded).items(grouped["eco/port"], "ja")
        return len(asked)

    assert looked_at() == 4  # two paragraphs, the title, the rapporteur
    assert actes(root, "check").code == 0
    assert looked_at() == 0
    text = root / "sources/eco/port.ja.md"
    text.write_text(text.read_text(encoding="utf-8").replace("40隻", "41隻"), encoding="utf-8")
    assert looked_at() == 4
    assert actes(root, "check").code == 1
    assert looked_at() == 4


def test_a_waiver_in_a_text_of_three_languages_holds_for_one_of_its_pairs(tmp_path: Path) -> None:
    german = counterpart(
        "port.fr.md",
        "Hafen",
        zip(FR, ("Der Hafen hat 40 Boote.", "Die Stadt kauft 12 ha für 3 M€."), strict=True),
        "Le port",
    )
    texts = {
        "event.yaml": three_languages(EVENT % ("docx", "docx")),
        "delegations.yaml": three_languages(DELEGATIONS), "eco/port.fr.md": summary("Le port", "\n\n".join(FR)),
        "eco/port.ja.md": counterpart("port.fr.md", "港", zip(FR, JA, strict=True), "Le port"),
        "eco/port.de.md": german,
    }  # fmt: skip
    root = make_workspace(tmp_path, texts=texts)
    (code,) = codes(root)
    file = root / "sources/eco/port.fr.md"
    waiver = f"\n<!-- waive {code}: montant confirmé -->\n"
    file.write_text(file.read_text(encoding="utf-8") + waiver, encoding="utf-8")
    for arguments in (("check",), ("check", "sources/eco/port.de.md")):
        said = actes(root, *arguments)
        assert (said.code, said.err) == (0, ""), arguments


def test_a_waiver_without_a_reason_is_none(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (code,) = codes(root)
    said = actes(workspace(tmp_path, note=f"<!-- waive {code}: -->"), "check")
    assert said.code == 1
    assert "[check-waiver-form]" in said.err


def test_the_words_of_a_confidential_text_are_not_shown(tmp_path: Path) -> None:
    root = workspace(tmp_path, confidential="true")
    for said in (actes(root, "check"), actes(root, "check", "--json")):
        assert said.code == 1
        assert "M€" not in said.said
        assert "ユーロ" not in said.said
    assert "check-magnitude" in actes(root, "check").err


def test_a_path_that_names_no_text_is_said(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert actes(root, "check", "eco/prot").code == 2
    assert actes(root, "check", "eco/port").code == 1


def test_the_declaration_is_compared_clause_by_clause(tmp_path: Path) -> None:
    texts = {
        "declaration/declaration.fr.md": DECLARATION["fr"] % ("du 18 au 21 novembre 2024", 1),
        "declaration/declaration.ja.md": DECLARATION["ja"] % ("2024年11月18日から21日まで", 1),
    }
    root = make_workspace(tmp_path, texts=texts)
    said = actes(root, "check")
    assert (said.code, said.err) == (0, ""), said.err
    file = root / "sources/declaration/declaration.ja.md"
    wrong = DECLARATION["ja"] % ("2024年11月18日から20日まで", 7)
    file.write_text(wrong.replace("することを約束する", "するよう努める"), encoding="utf-8")
    said = actes(root, "check")
    assert said.code == 1
    for rule in ("check-date", "check-reference", "check-modality"):
        assert f"[{rule}]" in said.err
    file.write_text(
        wrong.partition("## 約束")[0].replace("宣言", "第8回会議宣言"), encoding="utf-8"
    )
    said = actes(root, "check")
    assert "declaration.fr.md:13: “engagements” beside “–”" in said.err
    assert "[check-clause-absent]" in said.err
    assert "declaration.fr.md:2: “–” beside “第8回会議”" in said.err  # the titles are compared too


def test_the_sample_event_says_the_same_in_both_languages(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "sources", tmp_path / "sources")
    said = actes(tmp_path, "check")
    assert said.code == 0, said.err


@pytest.mark.parametrize(
    ("fr", "ja", "said"),
    [
        (
            "« Le Phare »、à midi.",
            "正午に「灯台」で。",
            r"port\.fr\.md:9: “、”: “, \. \( \)” is expected",
        ),
        (
            "« Le Phare », à midi.",
            "正午に«灯台»で。",
            r"port\.ja\.md:16: “«”: “「」” is expected",
        ),
    ],
)
def test_a_sign_of_another_language_is_told_where_it_stands(
    tmp_path: Path, fr: str, ja: str, said: str
) -> None:
    """Named first and beside, nobody knew which of the two was written and which to write."""
    root = workspace(tmp_path, ja=(ja, JA[1]))
    path = root / "sources/eco/port.fr.md"
    path.write_text(path.read_text(encoding="utf-8").replace(FR[0], fr), encoding="utf-8")
    there = root / "sources/eco/port.ja.md"
    translation = counterpart("port.fr.md", "港", ((fr, ja), (FR[1], JA[1])), "Le port")
    there.write_text(translation, encoding="utf-8")
    assert re.search(said, actes(root, "check").err)
