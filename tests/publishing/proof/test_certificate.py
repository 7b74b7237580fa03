"""`actes declaration certificate`: who agreed to which words, which differences were accepted."""

from __future__ import annotations

import hashlib
import json
import re
from functools import partial
from pathlib import Path

import pytest

from pipeline.declaration.fingerprints import fingerprint_of
from pipeline.publishing.build import build
from pipeline.publishing.jobs import Options
from pipeline.publishing.proof.page import plain
from tests.conftest import Actes
from tests.support.workspace import make_workspace, pdf_text

FR = """---
title: Déclaration d’essai
---

# Préambule {#preambule}

## Réunion {#reunion}

Nous sommes réunis à Ici.

# Engagements {#engagements}

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

## 水 {#eau}

13の自治体で水を守る。
"""
ON = ("--on", "2024-11-20")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {"declaration/declaration.fr.md": FR, "declaration/declaration.ja.md": JA}
    folder = tmp_path_factory.mktemp("certificate")
    return make_workspace(folder, texts=texts, formats=["pdf"])


@pytest.fixture
def declaration(root: Path, actes: Actes, monkeypatch: pytest.MonkeyPatch) -> Actes:
    monkeypatch.chdir(root)
    return partial(actes, "declaration")


@pytest.fixture
def agreed(root: Path, declaration: Actes) -> str:
    """Both sides have confirmed everything; the code of the difference that stands in clause eau."""
    for language, name in (("fr", "Camille Exemple"), ("ja", "見本花子")):
        assert declaration("confirm", "--all", "--language", language, "--as", name, *ON)[0] == 0
    code, _out, err = declaration("keep", "Texte adopté", "--adopted", "--as", "Secrétariat", *ON)
    assert code == 4
    assert "[check-number]" in err
    assert not (root / "sources/declaration/versions").exists()
    found = re.search(r"waive ([0-9a-f]+)", err) or re.search(r"\b([0-9a-f]{8})\b", err)
    assert found
    return found[1]


def test_a_contradiction_is_adopted_and_certified_only_with_a_reason(
    root: Path, declaration: Actes, agreed: str
) -> None:
    assert "[adopted-none]" in declaration("certificate")[2]
    text = root / "sources/declaration/declaration.ja.md"
    text.write_text(
        f"{JA}\n<!-- waive {agreed}: 町村合併により2024年から13 -->\n", encoding="utf-8"
    )
    # A waiver is no word of the clause: what was confirmed still holds.
    code, _out, err = declaration("keep", "Texte adopté", "--adopted", "--as", "Secrétariat", *ON)
    assert code == 0, err
    code, out, err = declaration("certificate")
    assert code == 0, err
    assert out.split() == [
        "build/declaration-certificate.pdf",
        "build/declaration-certificate.json",
    ]

    # JSON: every fact, and the digests that anybody can compute again.
    found = json.loads((root / "build/declaration-certificate.json").read_text(encoding="utf-8"))
    assert found["version"] == {
        "name": "texte-adopte", "title": "Texte adopté", "by": "Secrétariat", "on": "2024-11-20",
        "adopted": True,
    }  # fmt: skip
    clauses = {clause["id"]: clause for clause in found["clauses"]}
    assert list(clauses) == ["_title", "preambule", "reunion", "engagements", "eau"]
    eau = clauses["eau"]
    assert eau["texts"]["fr"] == fingerprint_of(
        "## Eau {#eau}\n\nL’eau est protégée dans 12 communes."
    )
    assert eau["confirmed"]["ja"] == {"by": "見本花子", "on": "2024-11-20"}
    assert [(w["rule"], w["one"], w["other"], w["reason"]) for w in eau["waived"]] == [
        ("check-number", "12", "13", "町村合併により2024年から13")
    ]
    assert "numbers" not in eau["passed"]
    assert set(clauses["reunion"]["passed"]) == set(found["rules"])
    for name, digest in found["files"].items():
        kept = root / "sources/declaration/versions/texte-adopte" / name
        assert hashlib.sha256(kept.read_bytes()).hexdigest() == digest
    name = "declaration-original-ja.pdf"
    assert build(root, Options(("declaration-original-ja",), (), final=True)).code == 0
    assert (
        hashlib.sha256((root / "build" / name).read_bytes()).hexdigest() == found["printed"][name]
    )

    # PDF: the same facts, each side in its language.
    words = plain(pdf_text(root / "build/declaration-certificate.pdf"))
    for said in (
        "Certificat de concordance", "照合証明書", eau["texts"]["fr"], eau["texts"]["ja"],
        "Confirmée (français) : Camille Exemple, 20 novembre 2024", "確認（日本語）：見本花子、2024年11月20日",
        "Écart admis (check-number : 12 ↔ 13). Motif : 町村合併により2024年から13", "容認された相違",
        f"Contrôles sans écart : {len(found['rules'])} sur {len(found['rules'])}",
        found["printed"]["declaration.pdf"],
    ):  # fmt: skip
        assert plain(said) in words, said

    # Nothing changed: the same bytes. A file of the version touched afterwards: no certificate.
    before = [(root / file).read_bytes() for file in out.split()]
    assert declaration("certificate")[0] == 0
    assert [(root / file).read_bytes() for file in out.split()] == before
    kept = root / "sources/declaration/versions/texte-adopte/sources/declaration/declaration.ja.md"
    kept.write_text(kept.read_text(encoding="utf-8").replace("13の", "12の"), encoding="utf-8")
    code, _out, err = declaration("certificate")
    assert code == 1
    assert "[version-altered]" in err
