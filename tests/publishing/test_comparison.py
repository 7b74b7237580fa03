"""What changed since the last approval, side by side, as people get it: Word, PDF, any language."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

from tests.conftest import Actes
from tests.support.git import commit, git
from tests.support.workspace import (
    counterpart,
    docx_parts,
    docx_text,
    make_workspace,
    pdf_text,
    reviewed,
    squeezed,
    summary,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SOURCE = (
    "La halle ouvre **trois** soirs.\n\nLes écoles y achètent #[local]# $à 12 €$.\n\n"
    "La ville aide.\n\nLa suite viendra."
)
STALE = (
    "<!-- stale\nsource: |\n  La halle ouvre **deux** soirs.\nnow: |\n"
    "  La halle ouvre **trois** soirs.\nproposal: |\n  会館は**3**晩開く。\n-->\n会館は**2**晩開く。\n"
)
JAPANESE = "\n".join(
    [
        counterpart("halle.fr.md", "夜の会館", [], "La halle"),
        STALE,
        reviewed("Les écoles y achètent #[local]# $à 12 €$.", "学校は地元で買う。", "machine"),
        "<!-- edited\nsource: |\n  La ville aide.\n-->\n市が支える。\n",
        "<!-- missing\nsource: |\n  La suite viendra.\n-->\n",
        reviewed("Un passage retiré.", "消えた段落。"),
    ]
)
FRENCH = "\n".join(
    [
        counterpart("kawa.ja.md", "La rivière", [], "川"),
        "<!-- stale\nsource: |\n  川の水質は53地点で測る。\nnow: |\n  川の水質は54地点で測る。\n-->\n"
        "La qualité de l’eau est mesurée en 53 points.\n",
    ]
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with texts out of French and out of Japanese, and one that is secret."""
    return make_workspace(
        tmp_path_factory.mktemp("comparison"),
        texts={
            "eco/halle.fr.md": summary("La halle", SOURCE),
            "eco/halle.ja.md": JAPANESE,
            "eco/kawa.ja.md": summary("川", "川の水質は54地点で測る。"),
            "eco/kawa.fr.md": FRENCH,
            "eco/secret.fr.md": summary("Secret", "Un canari.", confidential="true"),
            "eco/secret.ja.md": counterpart(
                "secret.fr.md", "秘密", [("Un serin.", "カナリア。")], "Secret"
            ),
        },
    )


@pytest.fixture
def compare(root: Path, actes: Actes, monkeypatch: pytest.MonkeyPatch) -> Actes:
    """Export the comparison of the workspace."""
    monkeypatch.chdir(root)
    return partial(actes, "exchange", "export", "--to", "comparison")


def tables(file: Path) -> list[list[list[tuple[str, str]]]]:
    """The tables of a Word file: rows of cells, each its words and those that are underlined."""
    document = etree.fromstring(docx_parts(file)["word/document.xml"])
    return [
        [[_cell(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        for table in document.iter(f"{W}tbl")
    ]


def _cell(cell: etree._Element) -> tuple[str, str]:
    runs = list(cell.iter(f"{W}r"))
    words = ["".join(t.text or "" for t in run.iter(f"{W}t")) for run in runs]
    lined = [w for w, run in zip(words, runs, strict=True) if run.find(f"{W}rPr/{W}u") is not None]
    return "".join(words), "".join(lined)


def test_word_and_pdf_show_after_on_the_left_before_on_the_right(
    root: Path, compare: Actes
) -> None:
    code, out, err = compare("--lang", "ja", "--on", "2026-10-05")
    assert code == 0, err
    files = [root / line for line in out.split()]
    assert [file.name for file in files] == ["fr-ja-comparison.docx", "fr-ja-comparison.pdf"]
    word, pdf = docx_text(files[0]), squeezed(pdf_text(files[1]))
    for words in (
        "新旧対照表",
        "試行会議",
        "フランス語から日本語への翻訳",
        "2026年10月5日現在",
        "下線の部分は改正部分",
    ):
        assert words in word
        assert words in pdf

    (rows,) = tables(files[0])
    cells = [(after, before) for after, before, _said in rows]
    assert [(after[0], before[0]) for after, before in cells[:1]] == [("改正後", "改正前")]
    assert cells[1:] == [
        (("La halle ouvre trois soirs.", "trois"), ("La halle ouvre deux soirs.", "deux")),
        (("会館は3晩開く。", "3"), ("会館は2晩開く。", "2")),
        (("Les écoles y achètent #local# $à 12 €$.",) * 2, ("（新設）",) * 2),
        (("学校は地元で買う。",) * 2, ("（新設）",) * 2),
        (("市が支える。", ""), ("（改正前の文は記録なし）", "")),
        (("La suite viendra.",) * 2, ("（新設）",) * 2),
        (("（削る）",) * 2, ("Un passage retiré.",) * 2),
        (("（削る）",) * 2, ("消えた段落。",) * 2),
    ]
    said = [remark[0] for _after, _before, remark in rows[1:]]
    assert said[0] == "1 · 原文（フランス語）"
    assert said[1] == "1 · 訳文（日本語）機械翻訳・未確認"  # law 8: a proposal is no approved text
    assert said[5] == "4 · 原文（フランス語）この箇所は未訳である"
    assert said[-1] == "訳文（日本語）"
    for after, before in cells:
        assert squeezed(after[0]) in pdf
        assert squeezed(before[0]) in pdf
    assert "夜の会館" in word
    assert "canari" not in word + pdf
    assert "[exchange-confidential]" in err
    assert PdfReader(files[1]).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_any_language_may_be_the_one_that_is_read(root: Path, compare: Actes) -> None:
    code, out, err = compare("--lang", "fr", "--out", "revue.docx")
    assert (code, out.strip()) == (0, "revue.docx"), err
    (rows,) = tables(root / "revue.docx")
    assert [cell[0] for cell in rows[0]] == ["Texte modifié", "Texte antérieur", "Remarques"]
    assert rows[1][:2] == [
        ("川の水質は54地点で測る。", "54"), ("川の水質は53地点で測る。", "53"),
    ]  # fmt: skip
    assert rows[2][0] == ("(traduction non encore modifiée)", "")
    assert rows[2][1] == ("La qualité de l’eau est mesurée en 53 points.", "")
    document = docx_parts(root / "revue.docx")["word/document.xml"].decode()
    assert 'w:val="ja-JP"' in document
    assert "La rivière" in document


def test_the_same_sources_give_the_same_bytes_and_no_date_of_today(
    root: Path, compare: Actes
) -> None:
    compare("--lang", "ja")
    made = [root / f"build/exchange/fr-ja-comparison{form}" for form in (".docx", ".pdf")]
    first = [file.read_bytes() for file in made]
    compare("--lang", "ja")
    assert [file.read_bytes() for file in made] == first
    assert "現在" not in docx_text(made[0])
    commit(root, "2026-10-06", "sources")
    compare("--lang", "ja", "--out", "b.docx")
    assert "2026年10月6日現在" in docx_text(root / "b.docx")


def test_what_cannot_be_compared_is_said(root: Path, compare: Actes) -> None:
    code, _out, err = compare("--lang", "ja", "--out", "revue.odt")
    assert code == 2
    assert "[comparison-suffix]" in err
    code, _out, err = compare("--lang", "ja", "--state", "reviewed", "sources/eco/kawa.ja.md")
    assert code == 1
    assert "[exchange-nothing]" in err
    assert not re.search(r"Traceback", err)


def test_a_comparison_is_to_be_read_and_is_refused_when_it_comes_back(
    compare: Actes, actes: Actes
) -> None:
    compare("--lang", "fr", "--out", "revue.docx")
    code, _out, err = actes("exchange", "import", "revue.docx")
    assert code == 4
    assert "[exchange-no-rows]" in err


def test_since_a_version_in_git_shows_what_people_wrote_and_took_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, actes: Actes
) -> None:
    pairs = [("Un pont.", "橋がある。"), ("Deux rues.", "通り二つ。")]
    root = make_workspace(
        tmp_path,
        texts={
            "eco/pont.fr.md": summary("Le pont", "Un pont.\n\nDeux rues."),
            "eco/pont.ja.md": counterpart("pont.fr.md", "橋", pairs, "Le pont"),
        },
    )
    commit(root, "2026-10-05", "sources")
    git(root, "tag", "v1")
    pairs = [("Un pont.", "石橋がある。")]
    (root / "sources/eco/pont.fr.md").write_text(summary("Le pont", "Un pont."))
    changed = counterpart("pont.fr.md", "橋", pairs, "Le pont")
    (root / "sources/eco/pont.ja.md").write_text(changed, encoding="utf-8")
    monkeypatch.chdir(root)
    code, _out, err = actes("exchange", "export", "--to", "comparison", "--lang", "ja",
                            "--since", "v1", "--out", "v1.docx")  # fmt: skip
    assert code == 0, err
    assert "版「v1」以降の変更" in docx_text(root / "v1.docx")
    (rows,) = tables(root / "v1.docx")
    assert [(after, before) for after, before, _said in rows[1:]] == [
        (("石橋がある。", "石橋"), ("橋がある。", "橋")),
        (("（削る）",) * 2, ("Deux rues.",) * 2),
        (("（削る）",) * 2, ("通り二つ。",) * 2),
    ]
