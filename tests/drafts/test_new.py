"""`actes new`: what a rapporteur finds in the new file, and what is refused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import files
from pipeline.drafts.begin import begin
from pipeline.drafts.listing import with_listed
from pipeline.drafts.new_text import Request, new_text
from pipeline.drafts.slots import Slot, free_slot
from pipeline.drafts.wishes import Wishes
from pipeline.errors import ActesError, Exit, Problem, Severity
from pipeline.texts.metadata import Metadata, read_metadata
from pipeline.texts.source import parse_source
from pipeline.workspace.languages import program_templates
from pipeline.workspace.layout import find_texts, kind_of
from pipeline.workspace.load import load
from tests.conftest import Actes

EVENT = """
id: test
languages: [fr, ja, de]
title: {fr: Titre, ja: 題, de: Titel}
dates: {start: 2026-10-05, end: 2026-10-06}
place: {fr: Nancy, ja: ナンシー, de: Nancy}
rooms:
  salle-a: {fr: salle A, ja: 会議室A, de: Saal A}
themes:
  - id: economie
    title: {fr: Économie, ja: 経済, de: Wirtschaft}
    subjects:
      - {id: circuits, label: {fr: Circuits courts, ja: 地産地消, de: Kurze Wege}}
  - {id: societe, title: {fr: Société, ja: 社会, de: Gesellschaft}}
preliminaries: []  # dans l’ordre
colophon: {publisher: {fr: P, ja: P, de: P}, date: 2026-12-01}
"""
DELEGATIONS = """
- id: nancy
  name: {fr: Ville de Nancy, ja: ナンシー市, de: Stadt Nancy}
  country: FR
  kind: commune
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with two themes, a room and an authority."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/event.yaml").write_text(EVENT.lstrip(), encoding="utf-8")
    (tmp_path / "sources/delegations.yaml").write_text(DELEGATIONS.lstrip(), encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def _in_the_workspace(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands are typed in the workspace."""
    monkeypatch.chdir(root)


def read(root: Path, path: str) -> tuple[Metadata, list[Problem], str]:
    """A new text as the build reads it: metadata, problems, body."""
    source = parse_source(path, (root / path).read_bytes())
    _sources, folder, name = path.split("/")
    kind = kind_of(folder, name.split(".")[0])
    metadata, _document, problems = read_metadata(path, source.front, kind, load(root)[0])
    assert metadata is not None
    return metadata, problems, source.body


def rules(error: pytest.ExceptionInfo[ActesError]) -> list[str]:
    return [problem.rule for problem in error.value.problems]


def test_a_summary_is_filled_from_the_event(root: Path, actes: Actes) -> None:
    code, out, err = actes("new", "economie", "circuits-courts", "--lang", "ja", lang="ja")
    assert code == 0
    assert out == "sources/economie/circuits-courts.ja.md\n"
    assert "2026-10-05" in err
    text = (root / out.strip()).read_text(encoding="utf-8")
    assert "#   nancy: ナンシー市" in text
    assert "#   circuits: 地産地消" in text
    assert "#   salle-a: 会議室A" in text
    assert "この説明は印刷されない" in text
    metadata, problems, body = read(root, out.strip())
    assert metadata.theme == "economie"
    assert metadata.session is not None
    assert (str(metadata.session.date), metadata.session.room) == ("2026-10-05", "salle-a")
    assert metadata.title == "［題名］"
    assert body.rstrip().endswith("［ここから本文を書く。］")
    # Only a person can know these two.
    assert [(p.rule, p.values["key"]) for p in problems] == [
        ("metadata-incomplete", "authorities"), ("metadata-incomplete", "sdgs"),
    ]  # fmt: skip


def test_a_summary_with_all_options_has_no_problem_at_all(root: Path, actes: Actes) -> None:
    code, out, _err = actes(
        "new", "economie", "marches", "--lang", "fr", "--title", "« Marchés » : l’oral, a=b",
        "--date", "2026-10-06", "--time", "14h00-15h30", "--room", "salle-a",
        "--authority", "nancy", "--sdg", "11", "--sdg", "17",
    )  # fmt: skip
    assert code == 0
    metadata, problems, _body = read(root, out.strip())
    assert problems == []
    assert metadata.title == "« Marchés » : l’oral, a=b"
    assert metadata.session is not None
    assert metadata.session.time == "14:00-15:30"
    assert metadata.authorities == ("nancy",)
    assert metadata.sdgs == (11, 17)


def test_guidance_is_in_the_language_that_one_writes_in(root: Path, actes: Actes) -> None:
    _code, out, _err = actes("new", "economie", "wege", "--lang", "de")
    text = (root / out.strip()).read_text(encoding="utf-8")
    assert "Diese Hinweise werden nicht gedruckt" in text
    assert "[Titel des Textes]" in text
    assert "#   nancy: Stadt Nancy" in text


def test_every_language_with_a_table_has_its_skeletons() -> None:
    """The same places to fill in, and the box that its own table knows."""

    def places(name: str) -> list[str]:
        return re.findall(r"\$[a-z]+|^#?[a-z]+:", (skeletons / name).read_text("utf-8"), re.M)

    skeletons = program_templates() / "skeletons"
    tables = sorted((program_templates() / "languages").glob("*.toml"))
    assert tables
    for tag, table in ((file.stem, tomllib.loads(file.read_text("utf-8"))) for file in tables):
        for kind in ("summary", "text"):
            assert places(f"{kind}.{tag}.md") == places(f"{kind}.en.md"), tag
        said = (skeletons / f"summary.{tag}.md").read_text("utf-8")
        assert any(f"::: {box}" in said for box in table["boxes"]), tag


@pytest.mark.parametrize("language", ["fr", "ja", "de"])
def test_guidance_is_never_printed(root: Path, language: str) -> None:
    from pipeline.texts.ast import plain_text, walk
    from pipeline.texts.read import read_texts

    for folder in ("economie", "preliminaries"):
        new_text(root, Request(folder, f"texte-{language}", language))
    workspace, _problems = load(root)
    found, misplaced = find_texts(root, workspace.event)
    assert misplaced == []
    reading = read_texts(workspace, found)
    assert {problem.rule for problem in reading.problems} == {"metadata-incomplete"}
    for text in reading.texts.values():
        paragraphs = [block for blocks in text.body.blocks for block in blocks]
        assert len(paragraphs) == 1
        assert list(walk(paragraphs))
        assert plain_text(paragraphs[0]["c"]).startswith(("[", "［"))


@pytest.mark.parametrize("language", ["fr", "ja", "de"])
def test_the_commented_examples_are_valid_once_uncommented(root: Path, language: str) -> None:
    request = Request("economie", "a", language, authorities=["nancy"], goals=[11])
    file = new_text(root, request).path
    lines = file.read_text(encoding="utf-8").splitlines()
    keys = ("#speakers:", "#  - {", "#abstract:", "#  ")
    assert sum(line.startswith(keys) for line in lines) >= 4
    text = "\n".join(
        line[1:] if line.startswith(keys) and not line.startswith("#   ") else line
        for line in lines
    )
    file.write_text(text, encoding="utf-8")
    metadata, problems, _body = read(root, file.relative_to(root).as_posix())
    assert problems == []
    assert metadata.speakers[0].authority == "nancy"
    assert metadata.abstract


def test_a_new_text_waits_while_another_command_works(root: Path) -> None:
    with files.locked(root, root / "build"), pytest.raises(ActesError) as error:
        new_text(root, Request("economie", "a", "fr"))
    assert error.value.code == Exit.BUSY


def test_sessions_follow_one_another(root: Path) -> None:
    made = [new_text(root, Request("economie", f"texte-{n}", "fr")).slot for n in range(9)]
    slots = [slot for slot in made if slot is not None]
    assert len(set(slots[:8])) == 8
    assert slots[:8] == sorted(slots[:8])
    assert str(slots[4].date) == "2026-10-06"
    assert slots[8].room is None  # both days are full: another room is needed


def test_a_proposed_session_overlaps_no_other(root: Path) -> None:
    new_text(root, Request("economie", "a", "fr", time="09:00-10:00", room="salle-a"))
    new_text(root, Request("economie", "b", "fr", time="09:30-10:30", room="salle-a"))
    event = load(root)[0].event
    slot = free_slot(event, [Slot(event.dates.start, "09:00-10:00", "salle-a")], time="09:30-10:30")
    assert slot.date == event.dates.end


def test_an_organiser_may_have_their_own_skeleton(root: Path) -> None:
    own = root / "templates/skeletons/summary.fr.md"
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: $title\n---\n\n$own\n\n## Contexte\n\n$text\n", encoding="utf-8")
    file = new_text(root, Request("economie", "a", "fr", "Le titre, 2024")).path
    expected = (
        '---\ntitle: "Le titre, 2024"\n---\n\n$own\n\n## Contexte\n\n[Le texte commence ici.]\n'
    )
    assert file.read_text(encoding="utf-8") == expected


def test_an_own_skeleton_reads_nothing_outside(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("outside") / "secret"
    secret.write_text("secret")
    (root / "templates/skeletons").mkdir(parents=True)
    (root / "templates/skeletons/summary.fr.md").symlink_to(secret)
    with pytest.raises(ActesError) as error:
        new_text(root, Request("economie", "a", "fr"))
    assert rules(error) == ["path-outside"]
    assert not (root / "sources/economie/a.fr.md").exists()


# -- refusals -----------------------------------------------------------------------------------


def test_an_existing_text_is_never_overwritten(root: Path, actes: Actes) -> None:
    file = root / "sources/economie/a.fr.md"
    file.parent.mkdir()
    file.write_text("mine", encoding="utf-8")
    code, _out, err = actes("new", "economie", "a", "--lang", "fr", lang="fr")
    assert code == Exit.REFUSED
    assert "existe déjà" in err
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_second_original_in_another_language_is_refused(root: Path, actes: Actes) -> None:
    actes("new", "economie", "a", "--lang", "fr")
    code, _out, err = actes("new", "economie", "a", "--lang", "ja", lang="ja")
    assert code == Exit.REFUSED
    assert "a.fr.md" in err
    assert not (root / "sources/economie/a.ja.md").exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("economi", "economie"), ("Économie", "economie"), ("経済", "economie"),
     ("society", "societe"), ("annexe", "annexes")],
)  # fmt: skip
def test_a_mistyped_theme_gets_the_nearest(root: Path, typed: str, meant: str) -> None:
    with pytest.raises(ActesError) as error:
        new_text(root, Request(typed, "a", "fr"))
    assert rules(error) == ["theme-unknown"]
    assert error.value.problems[0].values["nearest"] == meant


def test_everything_wrong_is_said_at_once(root: Path) -> None:
    request = Request("econ", "Les Circuits.fr.md", "", "", "2026-11-05", "9h", "salle-b",
                      ["nanci"], [18])  # fmt: skip
    with pytest.raises(ActesError) as error:
        new_text(root, request)
    assert error.value.code == Exit.USAGE
    assert rules(error) == [
        "theme-unknown", "slug-wrong", "language-needed", "value-empty", "date-outside",
        "expected-time", "room-unknown", "authority-unknown", "expected-range",
    ]  # fmt: skip
    near = {p.rule: p.values["nearest"] for p in error.value.problems if "nearest" in p.values}
    assert near == {"theme-unknown": "economie", "slug-wrong": "les-circuits",
                    "room-unknown": "salle-a", "authority-unknown": "nancy"}  # fmt: skip
    assert not (root / "sources/econ").exists()


@pytest.mark.parametrize("interface", ["fr", "ja", "en"])
def test_problems_are_said_in_words(actes: Actes, interface: str) -> None:
    code, _out, err = actes("new", "economi", "Mon Texte", lang=interface)
    assert code == Exit.USAGE
    assert "economie" in err
    assert "mon-texte" in err
    assert "[language-needed]" in err


def test_outside_a_workspace(tmp_path: Path, actes: Actes) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "sources/event.yaml").unlink()
    code, _out, err = actes("new", "a", "b", "--lang", "fr", "-C", str(tmp_path / "elsewhere"))
    assert code == Exit.PROBLEMS
    assert "actes init" in err


def test_a_link_out_of_the_workspace_is_not_followed(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / "sources/economie").symlink_to(outside)
    with pytest.raises(ActesError) as error:
        new_text(root, Request("economie", "a", "fr"))
    assert rules(error) == ["path-outside"]
    assert list(outside.iterdir()) == []


# -- preliminaries and annexes ------------------------------------------------------------------


def test_a_preliminary_is_listed_in_event_yaml(root: Path, actes: Actes) -> None:
    code, out, err = actes("new", "preliminaries", "avant-propos", "--lang", "fr", lang="fr")
    assert code == 0
    assert "event.yaml" in err
    metadata, problems, _body = read(root, out.strip())
    assert problems == []
    assert metadata.title == "[Titre du texte]"
    event = (root / "sources/event.yaml").read_text(encoding="utf-8")
    expected = EVENT.lstrip().replace("preliminaries: []", "preliminaries: [avant-propos]")
    assert event == expected
    actes("new", "annexes", "methode", "--lang", "ja")
    assert load(root)[0].event.annexes == ("methode",)
    assert find_texts(root, load(root)[0].event)[1] == []


def test_an_introduction_is_no_summary(root: Path) -> None:
    made = new_text(root, Request("economie", "introduction", "ja"))
    assert made.slot is None
    assert "session" not in made.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nlist: []\n", "a: 1\nlist: [new]\n"),
        ("list: [x, y]   # why\n", "list: [x, y, new]   # why\n"),
        ("list: [\n  x,\n  y,\n]\n", "list: [\n  x,\n  y, new,\n]\n"),
        ("list:\n  - x # one\nb: 2\n", "list:\n  - x # one\n  - new\nb: 2\n"),
        ("list:\n- x\r\n", "list:\n- x\r\n- new\r\n"),
        ("a: 1", "a: 1\nlist: [new]\n"),
    ],
)
def test_a_list_grows_and_nothing_else_moves(before: str, after: str) -> None:
    assert with_listed(before, "list", "new") == after


@pytest.mark.parametrize("text", ["list: &a [x]\n", "list: words\n", "list: [", "- a\n"])
def test_a_list_that_cannot_be_patched_safely_is_left_to_a_person(text: str) -> None:
    assert with_listed(text, "list", "new") is None


# -- any name -----------------------------------------------------------------------------------


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    name=st.text(max_size=80) | st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True),
    title=st.none() | st.text(max_size=60),
    language=st.sampled_from(["fr", "ja", "de"]),
)
def test_any_name_and_title_make_a_readable_text_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, title: str | None, language: str
) -> None:
    root = tmp_path_factory.mktemp("event")
    begin(root, Wishes(["fr", "ja", "de"], themes=["economie"]))
    before = {path for path in root.rglob("*") if path.is_file()}
    try:
        made = new_text(root, Request("economie", name, language, title))
    except ActesError as error:
        assert error.code == Exit.USAGE  # noqa: PT017 - most examples are not refused
        added = {p for p in root.rglob("*") if p.is_file()} - before
        assert {path.name for path in added} <= {".lock"}
        return
    path = made.path.relative_to(root).as_posix()
    assert path == f"sources/economie/{name}.{language}.md"
    if name != "introduction":
        metadata, problems, _body = read(root, path)
        assert title is None or metadata.title == title.strip()
        serious = {p.rule for p in problems if p.severity is Severity.ERROR}
        assert serious <= {"metadata-incomplete"}
