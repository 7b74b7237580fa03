"""Heads as people write them: each slip is said at its line, once, with what to write instead."""

from __future__ import annotations

import pytest

from pipeline.errors import ActesError, Severity, in_order
from pipeline.texts.metadata import read_metadata
from pipeline.texts.source import parse_source
from pipeline.workspace.layout import Kind
from pipeline.workspace.load import Workspace, load
from tests.support.workspace import make_workspace

REGISTER = """\
- id: valbourg
  name: {fr: Ville de Valbourg, ja: ヴァルブール市}
  country: FR
  kind: commune
- id: minatomachi
  name: {fr: Ville de Minatomachi, ja: 港町市}
  country: JP
  kind: commune
"""
USUAL = {
    "title": "title: Un titre",
    "session": 'session: {date: 2024-11-19, time: "09:30-11:00"}',
    "authorities": "authorities: [valbourg]",
    "rapporteur": "rapporteur: {name: Camille Roux}",
    "sdgs": "sdgs: [8]",
}
SLIPS = {
    # The punctuation of a word processor, of an input method, of another language.
    "title: “Halles : le pari”": ["2 yaml-value-colon"],
    "title: 'L'eau partagée'": ['2 yaml-after title: "…"'],
    "title: [Projet] Les halles": ['2 yaml-after title: "…"'],
    'title: "Les halles': ["2 yaml-open"],
    "title: & compagnie": ['2 yaml-sign title: "…"'],
    "title: - Halles": ['2 yaml-sign title: "…"'],
    "title:\u00a0Halles": ["2 yaml-odd-space title: …"],
    "title:　夜の市場": ["2 yaml-odd-space title: …"],
    "title：夜\nsdgs：[8]": ["2 yaml-wide-colon title: …", "3 yaml-wide-colon sdgs: …"],
    "title：夜\nkeywords:\n  - 訳：市場\n  - DX：推進": ["2 yaml-wide-colon title: …"],
    "rapporteur:\n\u3000name: 岸本渚": ["6 yaml-odd-indent"],
    "rapporteur: {name：岸本渚}": ["5 yaml-wide-colon name: …"],
    "rapporteur: {name:岸本渚}": ["5 yaml-tight-colon name: …"],
    "rapporteur: {name: Camille Roux": ["5 yaml-open"],
    "rapporteur: ｛name: 岸本渚｝": ["5 yaml-wide-bracket [ ] ou { }"],
    "rapporteur: {name: Roux, Camille}": ['5 yaml-comma "…, Camille"'],
    "session: {date: 2024-11-19、time: 9:30-11:00}": ["3 yaml-wide-comma"],
    "sdgs: [8]\nabstract: |\nUn résumé.": ["8 yaml-no-key"],
    # Dates, times and numbers in a person's own form.
    "session: {date: 19/11/2024, time: de 9h30 à 11h}": [
        "3 expected-date 2024-11-19", '3 expected-time "09:30-11:00"'
    ],
    "session: {date: ２０２４年１１月１９日, time: 9時30分～11時}": [
        "3 expected-date 2024-11-19", '3 expected-time "09:30-11:00"'
    ],
    "session: {date: 19 novembre 2024, time: 午後2時から3時}": ["3 expected-date", "3 expected-time"],
    "session: lundi matin": ["3 expected-mapping {date: …, time: …}"],
    "sdgs: ODD 8, ODD 11": ["6 expected-list [8, 11]"],
    "session: {date: 9999999999999999, time: 1h-2h3}": ["3 expected-date", "3 expected-time"],
    "sdgs: [ODD 8, 11.4]": ["6 expected-number 8", "6 expected-number 11"],
    # Names where identifiers are wanted, words where lists or lines are.
    "authorities: [Ville de Valbourg, 港町市]": [
        "4 authority-unknown valbourg", "4 authority-unknown minatomachi"
    ],
    "authorities: [valbourg、港町]": ["4 authority-unknown valbourg, minatomachi"],
    "authorities: [tours]": ["4 authority-unknown valbourg, minatomachi"],
    "authorities: ［valbourg、minatomachi］": ["4 expected-list [valbourg, minatomachi]"],
    "sdgs: [8]\ntheme: Économie": ["7 theme-unknown eco"],
    "sdgs: [8]\nkeywords: marchés, commerce": ["7 expected-list [marchés, commerce]"],
    "sdgs: [8]\nspeakers:\n  - Élise Martin": ["8 expected-mapping {name: Élise Martin}"],
    "sdgs: [8]\nspeakers:\n  ・湊はるか": ["7 expected-list [{name: …}]"],
    "rapporteur: Camille Roux": ["5 expected-mapping {name: Camille Roux}"],
    "Titre : Halles": ["2 key-unknown title"],
}  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """An event in French and Japanese with two authorities."""
    root = tmp_path_factory.mktemp("heads")
    return load(make_workspace(root, texts={"delegations.yaml": REGISTER}))[0]


def said(workspace: Workspace, head: str) -> list[str]:
    """What is said of a head: line, rule and hint."""
    path = "sources/eco/a.fr.md"
    try:
        source = parse_source(path, f"---\n{head}\n---\n\nTexte.\n".encode())
        problems = read_metadata(path, source.front, Kind.SUMMARY, workspace)[2]
    except ActesError as error:
        problems = list(error.problems)
    return [
        f"{problem.place.line} {problem.rule} {problem.hint('fr')}"
        for problem in in_order(problems)
        if problem.severity is Severity.ERROR
    ]


@pytest.mark.parametrize("line", SLIPS)
def test_a_slip_is_said_once_with_what_to_write(workspace: Workspace, line: str) -> None:
    key = line.split(":", maxsplit=1)[0].split("：", maxsplit=1)[0]
    changed = {"Titre ": "title"}.get(key, key)
    head = "\n".join((USUAL | {changed: line}).values())
    if "：" in line and changed == "title":  # the last line of it stands in the place of another
        head = "\n".join(text for name, text in (USUAL | {changed: line}).items() if name != "sdgs")
    found = said(workspace, head)
    assert len(found) == len(SLIPS[line])
    for sentence, expected in zip(found, SLIPS[line], strict=True):
        place, rule, *hint = expected.split(" ", 2)
        assert sentence.startswith(f"{place} {rule}")
        assert "".join(hint) in sentence


def test_a_title_cut_by_a_comment_is_said(workspace: Workspace) -> None:
    heads = {
        "title: Halle # 3": 1,
        'title: "Halle # 3"': 0,
        "title: Le lot n#3\nsdgs: [8] # à voir": 0,
    }
    for head, count in heads.items():
        problems = read_metadata("sources/eco/a.fr.md", head, Kind.PRELIMINARY, workspace)[2]
        found = [problem for problem in problems if problem.rule == "title-cut"]
        assert [(p.place.line, p.values["words"]) for p in found] == [(2, "# 3")] * count


@pytest.mark.parametrize(
    "register", [REGISTER.replace("FR", "Frankreich"), REGISTER + "- name: [\n", "rien\n"]
)
def test_an_authority_that_the_register_says_wrongly_is_not_said_to_be_unknown(
    tmp_path_factory: pytest.TempPathFactory, register: str
) -> None:
    texts = {"delegations.yaml": register}
    root = make_workspace(tmp_path_factory.mktemp("register"), texts=texts)
    read, problems = load(root)
    assert len(problems) == 1
    assert said(read, "\n".join(USUAL.values())) == []


def test_a_key_of_ones_own_below_translation_hides_nothing_else(workspace: Workspace) -> None:
    front = "title: 題\ntheme: eco\ntranslation: {of: a.fr.md, relu: oui}\nsdgs: [8]\n"
    _metadata, _document, problems = read_metadata(
        "sources/eco/a.ja.md", front, Kind.SUMMARY, workspace
    )
    assert [(p.place.line, p.rule) for p in in_order(problems)] == [
        (3, "metadata-of-original"), (4, "key-unknown"), (5, "metadata-of-original"),
    ]  # fmt: skip


def test_a_word_for_translation_does_not_make_a_counterpart(workspace: Workspace) -> None:
    front = "title: Un titre\nauthorities: [valborg]\ntranslation: non\n"
    _metadata, _document, problems = read_metadata(
        "sources/eco/a.fr.md", front, Kind.SUMMARY, workspace
    )
    assert {p.rule for p in problems} == {"authority-unknown", "expected-mapping"}
