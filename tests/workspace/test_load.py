"""event.yaml, delegations.yaml and glossary.yaml: every problem at once, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ActesError
from pipeline.workspace.load import load
from pipeline.workspace.nearest import nearest

GOOD = """\
id: essai
languages: [fr, ja]
title: {fr: Essai, ja: 試み}
dates: {start: 2024-11-18, end: 2024-11-21}
place: {fr: Ici, ja: ここ}
themes:
  - id: economie
    title: {fr: Économie, ja: 経済}
colophon:
  publisher: {fr: Nous, ja: 私たち}
  date: 2025-01-01
"""


def workspace(root: Path, event: str = GOOD, delegations: str = "", glossary: str = "") -> Path:
    sources = root / "sources"
    sources.mkdir()
    (sources / "event.yaml").write_text(event, encoding="utf-8")
    if delegations:
        (sources / "delegations.yaml").write_text(delegations, encoding="utf-8")
    if glossary:
        (sources / "glossary.yaml").write_text(glossary, encoding="utf-8")
    return root


def problems(root: Path) -> list[str]:
    try:
        _workspace, found = load(root)
    except ActesError as error:
        found = list(error.problems)
    return [problem.render("fr").replace("\n    → ", " → ") for problem in found]


def test_a_good_workspace_has_no_problem(tmp_path: Path) -> None:
    assert problems(workspace(tmp_path)) == []


def test_every_problem_of_every_file_at_once(tmp_path: Path) -> None:
    event = """\
id: Essai 8
languages: [fr, ja]
titre: {fr: Essai, ja: 試み}
dates: {start: 2024-11-21, end: 2024-11-18}
place: {fr: Ici}
thèmes: []
themes:
  - id: economie
    title: {fr: Économie, ja: 経済}
    colour: bleu
  - id: economie
    title: {fr: Économie, ja: 経済, de: Wirtschaft}
colophon:
  publisher: {fr: Nous, ja: 私たち}
  date: hier
declaration: {closing: sined}
"""
    delegations = """\
- id: tours
  name: {fr: Ville de Tours, ja: トゥール市}
  country: France
  kind: commune
- id: tours
  name: {fr: Ville de Tours, ja: トゥール市}
  country: FR
  kind: commune
  twin: takamatu
- id: takamatsu
  name: {fr: Ville de Takamatsu, ja: 高松市}
  country: JP
  kind: city
"""
    assert (
        "\n".join(problems(workspace(tmp_path, event, delegations)))
        == """\
sources/delegations.yaml:3:3: « France » n’est pas un pays : FR, JP… [expected-country]
sources/delegations.yaml:5:3: l’identifiant « tours » est donné deux fois [id-duplicate]
sources/delegations.yaml:9:3: la collectivité « takamatu » n’est pas dans delegations.yaml [authority-unknown] → peut-être : takamatsu
sources/event.yaml:1:1: « Essai 8 » n’est pas un identifiant [expected-slug] → des minuscules sans accent, des chiffres et des traits d’union : circuits-courts
sources/event.yaml:3:1: la clé « titre » n’est pas connue [key-unknown] → vouliez-vous dire : title ?
sources/event.yaml:4:28: l’événement finit (2024-11-18) avant de commencer (2024-11-21) [dates-order]
sources/event.yaml:5:1: il manque la version : ja [language-missing] → donnez ce texte dans chaque langue de l’événement
sources/event.yaml:6:1: la clé « thèmes » n’est pas connue [key-unknown] → vouliez-vous dire : themes ?
sources/event.yaml:10:5: « bleu » n’est pas une couleur comme #1f4e79 [expected-colour]
sources/event.yaml:11:5: l’identifiant « economie » est donné deux fois [id-duplicate]
sources/event.yaml:12:5: la langue « de » n’est pas l’une de celles de l’événement (fr, ja) [language-unknown] → corrigez-la, ou ajoutez-la à « languages » dans event.yaml
sources/event.yaml:15:3: « date » attend une date comme 2024-11-19, et non « hier » [expected-date]
sources/event.yaml:16:15: « closing » ne peut pas être « sined » [expected-one-of] → choisissez parmi : signed, adopted, read, none"""
    )


@pytest.mark.parametrize(
    ("yaml", "rule"),
    [
        ("a: &x [1]\nb: *x\n", "yaml-anchor"),
        ("a: !!python/object:os.system x\n", "yaml-tag"),
        ("id: a\nid: b\n", "yaml-duplicate-key"),
        ("a: " + "[" * 40 + "]" * 40 + "\n", "yaml-too-deep"),
        ("a: [1\n", "yaml-open"),
        ("a: 1\n---\nb: 2\n", "yaml-several-documents"),
        ("a:\tb\n  c: d\n", "yaml-syntax"),
        ("\t- x\n", "yaml-tab"),
        ("id:a\ntitle: b\n", "yaml-tight-colon"),
        ("title: Un : deux\n", "yaml-value-colon"),
        ("title: “Un : deux”\n", "yaml-value-colon"),
        ("a: b\nc: [d: [e\n", "yaml-open"),
        ("", "expected-mapping"),
        ("- a\n", "expected-mapping"),
    ],
)
def test_yaml_is_bounded(tmp_path: Path, yaml: str, rule: str) -> None:
    with pytest.raises(ActesError) as caught:
        load(workspace(tmp_path, yaml))
    assert rule in {problem.rule for problem in caught.value.problems}
    assert all(p.place.file == "sources/event.yaml" for p in caught.value.problems)


def test_a_good_delegation_survives_a_bad_neighbour(tmp_path: Path) -> None:
    delegations = """\
- id: bad
- id: tours
  name: {fr: Tours, ja: トゥール市}
  country: FR
  kind: commune
"""
    loaded, found = load(workspace(tmp_path, delegations=delegations))
    assert list(loaded.delegations) == ["tours"]
    assert {problem.place.line for problem in found} == {1}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("thème", "theme"), ("Titre", "title"), ("mots-clés", "keywords"), ("キーワード", "keywords"),
     ("auhtorities", "authorities"), ("xyz", "")],
)  # fmt: skip
def test_the_nearest_right_word(typed: str, meant: str) -> None:
    assert nearest(typed, ["theme", "title", "keywords", "authorities"]) == meant


def test_decomposed_accents_of_names_are_composed(tmp_path: Path) -> None:
    """A name typed on one system and the same name typed on another are one name."""
    decomposed = GOOD.replace("{fr: Ici, ja: ここ}", "{fr: E\u0301pinal, ja: か\u3099}")
    loaded, found = load(workspace(tmp_path, decomposed))
    assert not found
    assert loaded.event.place == {"fr": "Épinal", "ja": "が"}
