"""`actes approve`: what a person approves is the pair that the file shows, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.translation import approve_files
from pipeline.translation.fingerprint import fingerprint
from tests.conftest import Actes
from tests.support.workspace import actes, block, make_workspace, said, summary

SOURCE = "Un marché.\n\nDeux halles.\n\nTrois ponts.\n\nQuatre rues."
FILE = "sources/eco/marche.ja.md"
HEAD = f"""\
---
title: 市場 # court
translation:
  of: marche.fr.md
  fields:
    title: {{state: machine, {said("Marché")}, text: "{fingerprint("市場")}"}}
    rapporteur.name: {{state: edited, {said("Camille Exemple")}}}
rapporteur: {{name: カミーユ}}
---

"""


def comment(word: str, source: str, words: str, more: str = "") -> str:
    mark = f"text: {fingerprint(words)}\n" if words else ""
    return f"<!-- {word}\n{block('source', source)}{more}{mark}-->\n{words}\n\n"


BODY = (
    comment("machine", "Un marché.", "市場一つ。")
    + comment(
        "stale",
        "Deux salles.",
        "会館二つ。",
        block("now", "Deux halles.") + block("proposal", "別の訳"),
    )
    + comment("edited", "Trois ponts.", "橋三つ。")
    + comment("missing", "Quatre rues.", "")
)


def workspace(
    tmp_path: Path, body: str = BODY, newline: str = "\n", source: str = SOURCE
) -> tuple[Path, Path]:
    root = make_workspace(tmp_path, texts={"eco/marche.fr.md": summary("Marché", source)})
    file = root / FILE
    file.write_bytes((HEAD + body).replace("\n", newline).encode())
    return root, file


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


Approve = Callable[..., Done]


@pytest.fixture
def approve(actes: Actes, monkeypatch: pytest.MonkeyPatch) -> Approve:
    """Type `actes approve …` in a folder."""

    def run(root: Path, *paths: str) -> Done:
        monkeypatch.chdir(root)
        return Done(*actes("approve", *(paths or (FILE,))))

    return run


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_whole_file_is_approved_but_for_what_nobody_translated(
    approve: Approve, tmp_path: Path, newline: str
) -> None:
    root, file = workspace(tmp_path, newline=newline)
    done = approve(root)
    assert done.out == f"{FILE}: approved #title #rapporteur.name #1-3\n"
    assert "#4 is not translated yet" in done.err
    assert done.code == 1
    reviewed = (
        HEAD.replace("state: machine", "state: reviewed").replace(
            f"{{state: edited, {said('Camille Exemple')}}}",
            f'{{state: reviewed, {said("Camille Exemple")}, text: "{fingerprint("カミーユ")}"}}',
        )
        + comment("reviewed", "Un marché.", "市場一つ。")
        + comment("reviewed", "Deux halles.", "会館二つ。")
        + comment("reviewed", "Trois ponts.", "橋三つ。")
        + comment("missing", "Quatre rues.", "")
    )
    assert file.read_bytes().decode() == reviewed.replace("\n", newline)


def test_what_is_approved_can_be_printed_as_final_and_is_not_approved_twice(
    approve: Approve, tmp_path: Path
) -> None:
    root, file = workspace(
        tmp_path, BODY.rpartition("<!--")[0], source=SOURCE.rpartition("\n\n")[0]
    )
    assert approve(root).code == 0
    final = actes(root, "build", "proceedings-ja", "--format", "pdf", "--final")
    assert final.code == 0, final.err
    before = file.read_bytes()
    again = approve(root)
    assert (again.code, again.out) == (0, "")
    assert "nothing to approve" in again.err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("named", "states"),
    [
        ("#1", ["reviewed", "stale", "edited", "missing"]),
        ("#1-2", ["reviewed", "reviewed", "edited", "missing"]),
        ("#1,3", ["reviewed", "stale", "reviewed", "missing"]),
        ("#title", ["machine", "stale", "edited", "missing"]),
        ("#3-4", ["machine", "stale", "reviewed", "reviewed"]),
    ],
)
def test_only_what_was_named_is_approved(
    approve: Approve, tmp_path: Path, named: str, states: list[str]
) -> None:
    root, file = workspace(tmp_path)
    done = approve(root, f"{FILE}{named}")
    assert done.code == 0, done.err
    text = file.read_text(encoding="utf-8")
    assert [line.split()[1] for line in text.splitlines() if line.startswith("<!-- ")] == states
    assert ("title: {state: reviewed" in text) == (named == "#title")
    assert "remains to be approved" in done.err
    again = approve(root, f"{FILE}{named}")
    assert (again.code, file.read_text(encoding="utf-8")) == (0, text)


def test_values_of_a_group_are_approved_together(approve: Approve, tmp_path: Path) -> None:
    root, _file = workspace(tmp_path)
    assert approve(root, f"{FILE}#rapporteur").out == f"{FILE}: approved #rapporteur.name\n"


def test_an_absence_is_approved_only_by_its_number(approve: Approve, tmp_path: Path) -> None:
    root, file = workspace(tmp_path)
    assert approve(root, f"{FILE}#4").out == f"{FILE}: approved #4\n"
    vouched = f"<!-- reviewed\n{block('source', 'Quatre rues.')}text: {fingerprint('')}\n-->"
    assert vouched in file.read_text(encoding="utf-8")


OUTDATED = comment("stale", "Un marché neuf.", "市場一つ。", block("now", "Un marché vert."))
MACHINE = comment("machine", "Un marché neuf.", "市場一つ。")
BY_HAND = "市場一つ。\n\n"
DAMAGED = "<!-- reviewd\nsource: |\n  Un marché.\n-->\n市場一つ。\n\n"
REST = comment("edited", "Deux halles.", "会館二つ。")


@pytest.mark.parametrize(
    ("body", "named", "said"),
    [
        (OUTDATED, "#1", "does not show what the original says now"),
        (MACHINE, "#1", "does not show what the original says now"),
        (BY_HAND, "#1", "does not show what the original says now"),
        (DAMAGED, "#1", "does not show what the original says now"),
        (REST, "#1", "#1 is not translated yet"),
        (REST, "#9", "“#9” means nothing here: passages go from 1 to 4"),
        (REST, "#2-9", "“#2-9” means nothing here"),
        (REST, "#0", "“#0” means nothing here"),
        (REST, "#subtitle", "the head has title, rapporteur.name"),
        (REST, "#", "means nothing here"),
        (REST, "#1-", "“#1-” means nothing here"),
    ],
)
def test_what_the_file_does_not_show_is_refused_and_nothing_is_written(
    approve: Approve, tmp_path: Path, body: str, named: str, said: str
) -> None:
    root, file = workspace(tmp_path, body)
    before = file.read_bytes()
    done = approve(root, f"{FILE}#title", f"{FILE}{named}")
    assert done.code == 4
    assert said in done.err
    assert "nothing was approved" in done.err
    assert done.out == ""
    assert file.read_bytes() == before


def test_words_whose_source_is_gone_are_not_approved(approve: Approve, tmp_path: Path) -> None:
    root, file = workspace(tmp_path, BODY + comment("orphan", "Cinq tours.", "塔五つ。"))
    done = approve(root)
    assert done.code == 1
    assert "is no longer in the original" in done.err
    assert f"<!-- orphan\n{block('source', 'Cinq tours.')}" in file.read_text(encoding="utf-8")


def test_a_value_that_only_the_translation_has_is_not_approved(
    approve: Approve, tmp_path: Path
) -> None:
    root, file = workspace(tmp_path)
    file.write_text(HEAD.replace("rapporteur: {", "keywords: [水]\nrapporteur: {") + BODY)
    done = approve(root, f"{FILE}#keywords.1")
    assert done.code == 4
    assert "#keywords.1 is only in the translation" in done.err


@pytest.mark.parametrize(
    "path", ["sources", "sources/eco", "sources/*/*.ja.md", "sources/eco/marche.*.md"]
)
def test_a_folder_or_a_pattern_means_the_translations_in_it(
    approve: Approve, tmp_path: Path, path: str
) -> None:
    root, _file = workspace(tmp_path)
    assert approve(root, path).out == f"{FILE}: approved #title #rapporteur.name #1-3\n"


@pytest.mark.parametrize(
    ("path", "code", "said"),
    [
        ("sources/eco/marche.fr.md", 4, "this text is no translation"),
        ("sources/eco/marche.fr.md#1", 4, "this text is no translation"),
        ("sources/eco/autre.ja.md", 1, "no text of the event at this place"),
        ("../marche.ja.md", 1, "no text of the event at this place"),
        ("sources/event.yaml", 1, "no text of the event at this place"),
        ("/dev/zero", 1, "no text of the event at this place"),
        ("x" * 5000, 1, "no text of the event at this place"),
        ("", 1, "no text of the event"),
    ],
)
def test_other_paths_are_refused(
    approve: Approve, tmp_path: Path, path: str, code: int, said: str
) -> None:
    root, file = workspace(tmp_path)
    before = file.read_bytes()
    done = approve(root / "sources/eco" if not path else root, path)
    assert (done.code, file.read_bytes()) == (code, before), done.err
    assert said in done.err


def test_a_translation_whose_original_is_broken_is_not_approved(
    approve: Approve, tmp_path: Path
) -> None:
    root, file = workspace(tmp_path)
    (root / "sources/eco/marche.fr.md").write_text("---\ntitle: [\n---\n")
    before = file.read_bytes()
    done = approve(root)
    assert done.code == 4
    assert "sources/eco/marche.fr.md" in done.err
    assert file.read_bytes() == before


def test_no_word_of_a_confidential_text_is_printed(approve: Approve, tmp_path: Path) -> None:
    root, _file = workspace(tmp_path)
    (root / "sources/eco/marche.fr.md").write_text(summary("Marché", SOURCE, confidential="true"))
    said = (done := approve(root)).out + done.err
    assert not any(word in said for word in ("ponts", "橋", "市場", "Camille", "カミーユ"))


def test_what_somebody_saved_meanwhile_is_not_written_over(
    approve: Approve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file = workspace(tmp_path)
    judge = approve_files.approve

    def slowly(*arguments: Any) -> Any:
        file.write_text("sauvé entre-temps", encoding="utf-8")
        return judge(*arguments)

    monkeypatch.setattr(approve_files, "approve", slowly)
    done = approve(root)
    assert done.code == 4
    assert "somebody saved the file meanwhile" in done.err
    assert file.read_text(encoding="utf-8") == "sauvé entre-temps"
