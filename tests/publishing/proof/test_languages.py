"""The proof holds for any languages, and as many as an event has; for notes too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.declaration import desk
from pipeline.publishing.build import build
from pipeline.publishing.jobs import Options
from pipeline.publishing.proof.page import Page
from pipeline.publishing.proof.verify import Adopted, adopted_text, verify
from tests.support.workspace import make_workspace

DAY = date(2024, 11, 20)
EVENT = """\
id: ufer
languages: [de, ja, en]
title: {de: Treffen der Ufer, ja: 両岸会議, en: Meeting of the banks}
dates: {start: 2024-11-18, end: 2024-11-20}
place: {de: Ufer, ja: 岸市, en: Bank}
organisers: [{de: Stadt Ufer, ja: 岸市, en: City of Bank}]
themes: [{id: wasser, title: {de: Wasser, ja: 水, en: Water}}]
colophon: {publisher: {de: Stadt Ufer, ja: 岸市, en: City of Bank}, date: 2024-12-02}
editions: {declaration: {formats: [docx, pdf]}}
"""
DELEGATIONS = """\
- id: ufer
  name: {de: Stadt Ufer, ja: ウーファー市, en: City of Ufer}
  country: DE
  kind: commune
  members:
    - {name: {de: Lena Muster, ja: レナ・ムスター, en: Lena Muster}, role: {de: Bürgermeisterin, ja: 市長, en: mayor}, signatory: true}
- id: kawabe
  name: {de: Stadt Kawabe, ja: 川辺市, en: City of Kawabe}
  country: JP
  kind: city
  members:
    - {name: {de: MIHON Hanako, ja: 見本花子, en: MIHON Hanako}, role: {de: Bürgermeisterin, ja: 市長, en: mayor}, signatory: true}
"""
TEXT = "---\ntitle: {}\n---\n\n# {} {{#p}}\n\n## {} {{#fluss}}\n\n{}\n\n1. {}\n2. {}\n\n[^1]: {}\n"
TEXTS = {
    "de": ("Erklärung der Ufer", "Pflichten", "Fluss",
           "Die Städte reinigen 12 Kilometer Fluss[^1] mit den Nachbarn.", "jedes Jahr;", "gemeinsam.",
           "Siehe die Charta von 2008."),
    "ja": ("岸宣言", "約束", "川", "両市は川を12キロメートル清掃する[^1]。隣人と共に。", "毎年。", "共同で。",
           "2008年の憲章を参照。"),
    "en": ("Declaration of the banks", "Commitments", "River",
           "The cities clean 12 kilometres of river[^1] with the neighbours.", "every year;", "together.",
           "See the charter of 2008."),
}  # fmt: skip


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Adopted]:
    texts = {f"declaration/declaration.{tag}.md": TEXT.format(*w) for tag, w in TEXTS.items()}
    texts |= {"event.yaml": EVENT, "delegations.yaml": DELEGATIONS, "glossary.yaml": "[]\n"}
    root = make_workspace(tmp_path_factory.mktemp("three"), texts=texts)
    for language in TEXTS:
        desk.confirm(root, (), language, "N", DAY)
    desk.keep_version(root, "Text", "", "S", DAY, True, lambda _now: ())
    build(root, Options(("declaration-original-en",), (), final=True))
    return root, adopted_text(root)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_an_original_in_three_languages_is_the_adopted_text(
    adopted: tuple[Path, Adopted], form: str
) -> None:
    root, text = adopted
    verdict = verify(text, root / f"build/declaration-original-en.{form}")
    assert (verdict.languages, verdict.differences) == (("de", "ja", "en"), ())


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        (lambda raw: raw.replace("Charta von 2008", "Charta von 2009"), "fluss"),
        (lambda raw: raw.replace("12 Kilometer", "13 Kilometer"), "fluss"),
        (lambda raw: raw.replace("with the neighbours", "without the neighbours"), "fluss"),
        (lambda raw: raw.replace("共同で", "単独で"), "fluss"),
        (lambda raw: raw.replace("gleichermaßen", "nicht"), "_closing"),
    ],
)
def test_a_word_changed_in_any_of_them_is_not(
    adopted: tuple[Path, Adopted], change: Callable[[str], str], clause: str
) -> None:
    _root, text = adopted
    words = [run.words for run in text.wordings[0]]
    assert text.on([Page("\n".join(words))]).complete
    found = text.on([Page(change("\n".join(words)))])
    assert [run.clause for run in found.missing] == [clause]
