"""A whole negotiation by its commands, as both sides and the secretariat type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Actes
from tests.support.workspace import make_workspace

FR = """---
title: Déclaration d’essai
---

# Préambule {#preambule}

## Réunion {#reunion}

Nous sommes réunis à Ici.

# Engagements {#engagements}

## Suivi {#suivi}

Nous rendrons compte dans [deux ans]{#delai} [trois ans]{#delai-bis}.

## Eau {#eau}

L’eau est protégée dans 12 communes.
"""
JA = """---
title: 試行宣言
---

# 前文 {#preambule}

## 会合 {#reunion}

我々は此処に集った。

# 約束 {#engagements}

## フォローアップ {#suivi}

[2年以内]{#delai}[3年以内]{#delai-bis}に報告する。

## 水 {#eau}

12の自治体で水を守る。
"""
ON = ("--on", "2024-11-20")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a declaration in both languages, and we are in it."""
    texts = {"declaration/declaration.fr.md": FR, "declaration/declaration.ja.md": JA}
    made = make_workspace(tmp_path, texts=texts)
    monkeypatch.chdir(made)
    return made


def text(root: Path, language: str) -> str:
    return (root / f"sources/declaration/declaration.{language}.md").read_text(encoding="utf-8")


def replace(root: Path, language: str, old: str, new: str) -> None:
    words = text(root, language)
    assert old in words
    path = root / f"sources/declaration/declaration.{language}.md"
    path.write_text(words.replace(old, new), encoding="utf-8")


def test_from_the_first_draft_to_the_adopted_text_and_one_digit_after_it(
    root: Path, declaration: Actes
) -> None:
    assert declaration("keep", "Projet 1", "--as", "Secrétariat", *ON)[0] == 0

    # A bracket stands in both texts: nothing can be adopted.
    code, _out, err = declaration("keep", "Trop tôt", "--adopted", "--as", "S", *ON)
    assert code == 4
    assert "[blocked-bracket]" in err
    assert "[blocked-concordance]" in err
    assert declaration("choose", "delai")[1].split() == [
        "sources/declaration/declaration.fr.md", "sources/declaration/declaration.ja.md",
    ]  # fmt: skip
    assert "compte dans deux ans." in text(root, "fr")
    assert "2年以内に報告する。" in text(root, "ja")

    # One side proposes an amendment; it is shown, then accepted.
    said = ("--author", "Délégation A", "--reason", "protéger davantage")
    path = declaration("amend", "eau", *said, *ON)[1].strip()
    file = root / path
    proposed = file.read_text(encoding="utf-8").replace(
        "protégée dans", "protégée et partagée dans"
    )
    file.write_text(proposed.replace("水を守る", "水を守り、分かち合う"), encoding="utf-8")
    code, out, _err = declaration("diff", "--amendment", "eau-1")
    assert "  L’eau est protégée {+et partagée +}dans 12 communes." in out
    assert "  12の自治体で水を守[-る-]{+り、分かち合う+}。" in out
    assert "1 open" not in text(root, "fr")
    assert declaration("accept", "eau-1", "--as", "Présidence", *ON)[0] == 0
    assert "protégée et partagée" in text(root, "fr")
    assert "分かち合う" in text(root, "ja")

    # It may be taken back, word for word, and accepted again.
    assert declaration("reject", "eau-1", "--as", "Présidence", *ON)[0] == 0
    assert "L’eau est protégée dans 12 communes.\n" in text(root, "fr")
    again = declaration("reject", "eau-1", "--as", "Présidence", *ON)
    assert again == (0, "", "the amendment eau-1 had been rejected already: nothing changed\n")
    assert declaration("accept", "eau-1", "--as", "Présidence", *ON)[0] == 0
    again = declaration("accept", "eau-1", "--as", "Présidence", *ON)
    assert again == (0, "", "the amendment eau-1 had been accepted already: nothing changed\n")

    # Each side confirms what it has read; a confirmation of one side agrees nothing.
    assert declaration("confirm", "--all", "--language", "fr", "--as", "A", *ON)[0] == 0
    assert declaration("keep", "x", "--adopted", "--as", "S", *ON)[0] == 4
    assert declaration("confirm", "--all", "--language", "ja", "--as", "代表", *ON)[0] == 0
    assert declaration("keep", "Texte adopté", "--adopted", "--as", "S", *ON)[0] == 0
    code, out, err = declaration("status")
    assert code == 0, err
    assert "○" not in out
    assert "texte-adopte" in out

    # One digit changed in one language afterwards is caught, and named.
    replace(root, "ja", "12の自治体", "13の自治体")
    code, out, err = declaration("status")
    assert code == 1
    (moved,) = [line for line in err.splitlines() if "[adopted-differs]" in line]
    assert "declaration.ja.md" in moved
    assert "“12” beside “13”" in err  # and it no longer says what the other text says
    waiting = [line for line in out.splitlines() if line.startswith("○")]
    assert [line.split()[1] for line in waiting] == ["eau"]
    code, out, _err = declaration("diff")
    assert "  [-12-]{+13+}の自治体で水を守り、分かち合う。" in out

    # The adopted text is still there, byte for byte.
    kept = root / "sources/declaration/versions/texte-adopte"
    found = [p for p in kept.rglob("declaration.ja.md") if "12の自治体" in p.read_text("utf-8")]
    assert len(found) == 1


def test_a_confirmation_typed_over_other_texts_does_not_count(
    root: Path, declaration: Actes
) -> None:
    declaration("choose", "delai-bis")
    declaration("confirm", "--all", "--language", "fr", "--as", "A", *ON)
    declaration("confirm", "--all", "--language", "ja", "--as", "B", *ON)
    replace(root, "fr", "trois ans", "quatre ans")
    code, out, _err = declaration("status")
    assert code == 0
    assert [line.split()[1] for line in out.splitlines() if line.startswith("○")] == ["suivi"]
    concordance = root / "sources/declaration/concordance.yaml"
    before = concordance.read_bytes()
    assert declaration("confirm", "suivi", "--language", "fr", "--as", "A", *ON)[0] == 0
    assert concordance.read_bytes() != before
    again = concordance.read_bytes()
    assert declaration("confirm", "suivi", "--language", "fr", "--as", "A", *ON)[0] == 0
    assert concordance.read_bytes() == again


def test_what_does_not_exist_is_said_with_the_nearest_name(root: Path, declaration: Actes) -> None:
    code, _out, err = declaration("confirm", "suivis", "--language", "fr", "--as", "A")
    assert code == 2
    assert "[clause-unknown]" in err
    assert "perhaps: suivi;" in err
    code, _out, err = declaration("confirm", "xyz", "--language", "fr", "--as", "A")
    assert "preambule" in err  # nothing like it: all are named
    # Of amendments there is none to name.
    assert declaration("accept", "eau-9", "--as", "A")[2].endswith("[amendment-unknown]\n")
    assert "[variant-unknown]" in declaration("choose", "delai-9")[2]
    assert "[version-none]" in declaration("rebuild", "projet-1")[2]
    assert "[version-none]" in declaration("diff")[2]
    assert declaration("keep", "Projet 1", "--as", "A")[0] == 0
    code, _out, err = declaration("rebuild", "projet1")
    assert code == 2
    assert "projet-1" in err
    assert "[clauses-or-all]" in declaration("confirm", "--language", "fr", "--as", "A")[2]
    assert "[name-wrong]" in declaration("confirm", "--all", "--language", "fr", "--as", " ")[2]


def test_a_machine_proposes_and_confirms_nothing(root: Path, declaration: Actes) -> None:
    (root / "sources/declaration/declaration.ja.md").unlink()
    code, _out, err = declaration("propose", "--language", "ja")
    assert code != 0  # event.yaml names no engine: nothing leaves
    assert not (root / "sources/declaration/declaration.ja.md").exists()
    assert err
