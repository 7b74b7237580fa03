"""`actes declaration propose` with an engine: a first version, marked as a machine's, never more."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from pipeline.publishing.build import build
from pipeline.publishing.jobs import Options
from tests.conftest import Actes
from tests.support import machine
from tests.support.workspace import docx_text, make_workspace

CONSENT = "translation: {engine: command, external_services: true}\n"
FR = """---
title: Déclaration d’essai
---

# Engagements {#engagements}

## Suivi {#suivi}

Nous rendrons compte dans [deux ans]{#delai} [trois ans]{#delai-bis}.

## Eau {#eau}

L’eau est protégée[^1] dans 12 communes.

## Forêt {#foret}

La forêt [franco-japonaise]{original="ja: nippo-française"} est protégée (voir l’[](#eau)).

[^1]: Voir la charte de 2008.
"""
SILENT = """\
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if "communes" not in asked["text"]:
        print(json.dumps({"id": asked["id"], "text": "訳文：" + asked["text"]}), flush=True)
"""
TARGET = "sources/declaration/declaration.ja.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_workspace(tmp_path, texts={"declaration/declaration.fr.md": FR})
    event = made / "sources/event.yaml"
    event.write_text(event.read_text("utf-8") + CONSENT, "utf-8")
    monkeypatch.chdir(made)
    monkeypatch.setenv("ACTES_LANG", "en")
    monkeypatch.setenv("ACTES_ENGINE_COMMAND", f"{sys.executable} {machine.__file__}")
    monkeypatch.setenv(machine.LOG, str(tmp_path / "asked.jsonl"))
    return made


def asked(root: Path) -> list[str]:
    log = root.parent / "asked.jsonl"
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    return [json.loads(line)["text"] for line in lines]


def standing(declaration: Actes) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in json.loads(declaration("status", "--json")[1])["clauses"]}


def ids(root: Path) -> list[str]:
    lines = (root / TARGET).read_text("utf-8").splitlines()
    return [line.split("{#")[1].rstrip("}") for line in lines if line.startswith("#")]


def test_a_first_version_is_a_machine_s_and_agrees_nothing(root: Path, declaration: Actes) -> None:
    code, out, err = declaration("propose", "--language", "ja")
    assert code == 0, err
    assert [line.split(":")[0] for line in out.splitlines()] == [
        "engagements", "suivi", "eau", "foret",
    ]  # fmt: skip
    text = (root / TARGET).read_text("utf-8")
    assert "[deux ans]{#delai} [trois ans]{#delai-bis}" in text  # variants keep their ids
    assert "[](#eau)" in text
    assert "La forêt franco-japonaise est" in text  # how an original words it is each text's own
    assert "[^1]: 訳文：Voir la charte de 2008." in text
    stand = standing(declaration)
    assert [one["machine"] for one in stand.values()] == [["ja"]] * 5  # the title too
    assert not any(one["agreed"] or one["confirmed"] for one in stand.values())
    assert not (root / "sources/declaration/concordance.yaml").exists()

    # A draft says so above the title and each clause, in its column alone.
    assert build(root, Options(("declaration-ja", "declaration-fr"), ("docx",))).made
    words = docx_text(root / "build/declaration-ja.docx")
    assert words.count("要照合 · 機械翻訳・未確認") == 5
    assert "non relue" not in docx_text(root / "build/declaration-fr.docx")

    # A person's change makes a clause a person's; the machine's word says nothing of it any more.
    (root / TARGET).write_text(text.replace("12 communes", "12の自治体"), "utf-8")
    stand = standing(declaration)
    assert [key for key, one in stand.items() if not one["machine"]] == ["eau"]

    # Again: nothing is lacking, nothing is sent, and no word of a person is touched.
    sent, before = asked(root), (root / TARGET).read_bytes()
    code, out, err = declaration("propose", "--language", "ja")
    assert (code, out) == (0, "")
    assert "has every clause" in err
    assert asked(root) == sent
    assert (root / TARGET).read_bytes() == before


def test_what_a_language_lacks_is_put_at_its_place(root: Path, declaration: Actes) -> None:
    written = "---\ntitle: 試行宣言\n---\n\n# 約束 {#engagements}\n\n## 森 {#foret}\n\n森を守る。\n"
    (root / TARGET).write_bytes(written.replace("\n", "\r\n").encode())
    code, _out, err = declaration("propose", "--language", "ja", "--from", "fr")
    assert code == 0, err
    assert ids(root) == ["engagements", "suivi", "eau", "foret"]
    raw = (root / TARGET).read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    text = raw.decode().replace("\r\n", "\n")
    for paragraph in written.split("\n\n"):
        assert paragraph.strip() in text
    # The note that the new clause cites stands at the end of a clause that was there.
    assert text.index("[^1]: 訳文：") < text.index("## 森")
    stand = standing(declaration)
    assert [key for key, one in stand.items() if one["machine"]] == ["suivi", "eau"]


def test_what_an_engine_does_not_answer_waits(
    root: Path, declaration: Actes, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = root.parent / "silent.py"
    silent.write_text(SILENT, "utf-8")
    monkeypatch.setenv("ACTES_ENGINE_COMMAND", f"{sys.executable} {silent}")
    code, out, err = declaration("propose", "--language", "ja")
    assert code == 1
    assert "clauses that still wait for a text: 1" in err
    assert "eau" not in [line.split(":")[0] for line in out.splitlines()]
    assert ids(root) == ["engagements", "suivi", "foret"]

    monkeypatch.setenv("ACTES_ENGINE_COMMAND", f"{sys.executable} {machine.__file__}")
    assert declaration("propose", "--language", "ja")[0] == 0
    assert ids(root) == ["engagements", "suivi", "eau", "foret"]
    assert not any("forêt" in text for text in asked(root))  # answered once, paid for once


def test_without_consent_or_of_a_confidential_text_nothing_leaves(
    root: Path, declaration: Actes
) -> None:
    event, source = root / "sources/event.yaml", root / "sources/declaration/declaration.fr.md"
    event.write_text(event.read_text("utf-8").replace(CONSENT, ""), "utf-8")
    assert declaration("propose", "--language", "ja")[0] != 0
    event.write_text(event.read_text("utf-8") + CONSENT, "utf-8")
    source.write_text(FR.replace("\n---\n\n#", "\nconfidential: true\n---\n\n#", 1), "utf-8")
    code, _out, err = declaration("propose", "--language", "ja")
    assert code != 0
    assert "communes" not in err
    assert asked(root) == []
    assert not (root / TARGET).exists()


def test_a_clause_before_the_notes_does_not_bring_those_that_are_there(
    root: Path, declaration: Actes
) -> None:
    source, target = root / "sources/declaration/declaration.fr.md", root / TARGET
    assert declaration("propose", "--language", "ja")[0] == 0
    source.write_text(FR.replace("\n[^1]:", "\n## Sol {#sol}\n\nLe sol vit.\n\n[^1]:"), "utf-8")
    assert declaration("propose", "--language", "ja")[0] == 0
    assert "訳文：Le sol vit." in target.read_text("utf-8")
    assert target.read_text("utf-8").count("[^1]:") == 1


def test_of_two_texts_one_of_which_is_confidential_nothing_leaves(
    root: Path, declaration: Actes
) -> None:
    source, target = root / "sources/declaration/declaration.fr.md", root / TARGET
    assert declaration("propose", "--language", "ja")[0] == 0
    sent = len(asked(root))
    there = target.read_text("utf-8")
    target.write_text(there.replace("title:", "confidential: true\ntitle:", 1), "utf-8")
    source.write_text(FR.replace("\n[^1]:", "\n## Sol {#sol}\n\nLe sol CANARI.\n\n[^1]:"), "utf-8")
    code, out, err = declaration("propose", "--language", "ja")
    assert code != 0
    assert "CANARI" not in out + err
    assert len(asked(root)) == sent
