"""`actes init`: what an organiser finds in the new folder, and what is refused."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.drafts import listing, placeholders, skeleton, slots, wishes
from pipeline.drafts.begin import begin
from pipeline.drafts.wishes import Wishes, canonical
from pipeline.errors import ActesError, Exit
from pipeline.texts.source import parse_source
from pipeline.workspace import layout, yaml
from pipeline.workspace.event import Delegation
from pipeline.workspace.glossary import Term
from pipeline.workspace.languages import known_languages, load_language, program_templates
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from pipeline.workspace.schema import validate
from tests.conftest import Actes

LANGUAGES = known_languages(Path("/nowhere"))
INTERFACE = ("fr", "ja", "en")


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def assert_valid(folder: Path) -> None:
    """Nothing is wrong with the workspace, not even a remark."""
    workspace, problems = load(folder)
    texts, misplaced = find_texts(folder, workspace.event)
    assert problems == []
    assert misplaced == []
    assert {text.language for text in texts} == set(workspace.event.languages)
    for tag in workspace.event.languages:
        load_language(folder, tag)


def test_a_new_workspace_is_valid_and_holds_what_was_asked(tmp_path: Path, actes: Actes) -> None:
    folder = tmp_path / "Rencontres 9"
    code, out, err = actes(
        "init", str(folder), "--languages", "fr,ja",
        "--title", "9es Rencontres", "--title", "ja=第9回日仏自治体交流会議",
        "--theme", "economie", "--theme", "societe",
        "--start", "2026-10-05", "--end", "2026-10-08",
        lang="fr",
    )  # fmt: skip
    assert code == 0
    assert_valid(folder)
    event = load(folder)[0].event
    assert event.id == "rencontres-9"
    assert event.title == {"fr": "9es Rencontres", "ja": "第9回日仏自治体交流会議"}
    assert [theme.id for theme in event.themes] == ["economie", "societe"]
    assert (str(event.dates.start), str(event.dates.end)) == ("2026-10-05", "2026-10-08")
    assert event.translation.engine is None
    assert not event.translation.external_services
    for name in ("preliminaries", "economie", "societe", "annexes", "declaration", "memory"):
        assert (folder / "sources" / name).is_dir()
    assert not (folder / "README.md").exists()
    assert "sources/event.yaml" in out
    assert "actes new economie" in err


@pytest.mark.parametrize("interface", INTERFACE)
def test_it_says_what_to_do_next_in_the_language_of_the_person(
    tmp_path: Path, actes: Actes, interface: str
) -> None:
    _code, _out, err = actes("init", str(tmp_path / "e"), lang=interface)
    words = {"fr": "est prêt", "ja": "用意ができた", "en": "is ready"}
    assert words[interface] in err
    assert "{" not in err


def test_comments_guide_in_the_languages_of_the_event(tmp_path: Path) -> None:
    begin(tmp_path / "a", Wishes(["ja", "fr"]))
    event = (tmp_path / "a/sources/event.yaml").read_text(encoding="utf-8")
    assert "読者の目に触れる語句" in event
    assert "Tout texte destiné à être lu" in event
    assert "Every text that people" not in event
    begin(tmp_path / "b", Wishes(["ko", "de"]))
    event = (tmp_path / "b/sources/event.yaml").read_text(encoding="utf-8")
    assert "독자가 읽게 될 모든 문구" in event
    assert "Jeder Text, den jemand lesen wird" in event
    assert "Every text that people" not in event
    assert "[Titel der Veranstaltung]" in event
    assert "[행사 이름]" in event


def test_declarations_have_the_same_clauses_in_every_language(tmp_path: Path) -> None:
    begin(tmp_path, Wishes(["fr", "ja", "pt-BR"], themes=["preamble", "closing"]))
    ids = []
    for tag in ("fr", "ja", "pt-BR"):
        file = tmp_path / f"sources/declaration/declaration.{tag}.md"
        source = parse_source(file.name, file.read_bytes())
        ids.append([line.split("{#")[1].strip("}") for line in source.body.splitlines()
                    if line.startswith("#")])  # fmt: skip
    assert ids[0] == ids[1] == ids[2]
    assert len(ids[0]) == len(set(ids[0])) == 8


@pytest.mark.parametrize(
    ("name", "model"), [("delegations.yaml", Delegation), ("glossary.yaml", Term)]
)
def test_the_commented_examples_are_valid_once_uncommented(
    tmp_path: Path, name: str, model: type
) -> None:
    begin(tmp_path, Wishes(["fr", "ja"]))
    lines = (tmp_path / "sources" / name).read_text(encoding="utf-8").splitlines()
    start = lines.index("#") + 1
    example = "\n".join(line.removeprefix("# ") for line in lines[start:])
    document = yaml.parse(example, name)
    assert isinstance(document.value, list)
    for entry in document.value:
        value, problems = validate(model, yaml.Document(name, entry), {"languages": ("fr", "ja")})
        assert problems == []
        assert value is not None


def test_examples_of_event_yaml_may_replace_the_empty_values(tmp_path: Path) -> None:
    begin(tmp_path, Wishes(["fr", "ja"]))
    file = tmp_path / "sources/event.yaml"
    text = file.read_text(encoding="utf-8")
    rooms = next(line for line in text.splitlines() if line.startswith("# rooms:"))
    subjects = next(line for line in text.splitlines() if line.startswith("# subjects:"))
    text = text.replace("\nrooms: {}", f"\n{rooms.removeprefix('# ')}")
    text = text.replace("subjects: []", subjects.removeprefix("# "))
    file.write_text(text, encoding="utf-8")
    event = load(tmp_path)[0].event
    assert list(event.rooms) == ["room-a"]
    assert event.themes[0].subjects[0].id == "subject-a"


# -- refusals -----------------------------------------------------------------------------------


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, actes: Actes) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    code, _out, err = actes("init", str(tmp_path), lang="fr")
    assert code == Exit.REFUSED
    assert "n’est pas vide" in err
    assert "notes.txt" in err
    assert everything(tmp_path) == {"notes.txt": b"mine"}


def test_init_twice_changes_nothing(tmp_path: Path, actes: Actes) -> None:
    actes("init", str(tmp_path / "e"))
    before = everything(tmp_path / "e")
    code, _out, _err = actes("init", str(tmp_path / "e"), "--theme", "other")
    assert code == Exit.REFUSED
    assert everything(tmp_path / "e") == before


def test_a_fresh_git_repository_counts_as_empty(
    tmp_path: Path, actes: Actes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert actes("init", ".")[0] == 0
    assert_valid(tmp_path)


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ActesError) as error:
        begin(tmp_path / "file", Wishes(["fr", "ja"]))
    assert error.value.code == Exit.REFUSED
    assert (tmp_path / "file").read_text() == "mine"


def test_everything_wrong_is_said_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    wrong = Wishes(
        ["fr", "french", "xx", "fr"], ["de=Tagung", "a\nb"], ["Économie", "経済", "annexes"],
        "2026-02-30", "demain",
    )  # fmt: skip
    with pytest.raises(ActesError) as error:
        begin(tmp_path / "e", wrong)
    assert error.value.code == Exit.USAGE
    assert {problem.rule for problem in error.value.problems} == {
        "language-tag", "language-no-table", "language-table-option", "id-duplicate",
        "language-unknown", "words-wrong", "slug-wrong", "expected-slug", "id-reserved",
        "expected-date",
    }  # fmt: skip
    assert not (tmp_path / "e").exists()


@pytest.mark.parametrize("interface", INTERFACE)
def test_problems_are_said_in_words(tmp_path: Path, actes: Actes, interface: str) -> None:
    code, _out, err = actes(
        "init", str(tmp_path / "e"), "--languages", "fr,xx", "--theme", "Économie",
        "--start", "2026-02-02", "--end", "2026-02-01", lang=interface,
    )  # fmt: skip
    assert code == Exit.USAGE
    assert "--with-table" in err
    assert "templates/languages/xx.toml" in err
    assert ": economie" in err or "：economie" in err
    assert "[dates-order]" in err


@pytest.mark.parametrize("languages", [[""], ["fr"], ["fr", "fr"]])
def test_two_languages_are_needed(tmp_path: Path, languages: list[str]) -> None:
    with pytest.raises(ActesError) as error:
        begin(tmp_path / "e", Wishes(languages))
    assert "languages-too-few" in {problem.rule for problem in error.value.problems}


def test_a_language_without_table_gets_one_to_translate(tmp_path: Path, actes: Actes) -> None:
    code, out, err = actes("init", str(tmp_path / "e"), "--languages", "fr,nl", "--with-table")
    assert code == 0
    assert "templates/languages/nl.toml" in out
    assert "still in English" in err
    assert_valid(tmp_path / "e")
    file = tmp_path / "e/templates/languages/nl.toml"
    assert file.read_text(encoding="utf-8").startswith("# À TRADUIRE")
    table = load_language(tmp_path / "e", "nl")
    assert (table.name, table.locale) == ("Nederlands", "nl")
    assert table.labels == load_language(tmp_path, "en").labels


# -- any languages ------------------------------------------------------------------------------

_anything = st.sampled_from(LANGUAGES) | st.from_regex(r"[a-z]{2,3}(-[A-Z]{2})?", fullmatch=True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    languages=st.lists(_anything, min_size=2, max_size=4, unique=True),
    themes=st.lists(
        st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True).filter(
            lambda theme: wishes.is_slug(theme) and theme not in layout.RESERVED
        ),
        max_size=3,
        unique=True,
    ),
    title=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(
        lambda words: words.isprintable() and words.strip() and "=" not in words
    ),
)
def test_any_languages_themes_and_title_make_a_valid_workspace(
    tmp_path_factory: pytest.TempPathFactory,
    languages: list[str],
    themes: list[str],
    title: str,
) -> None:
    folder = tmp_path_factory.mktemp("event") / "new"
    begin(folder, Wishes(languages, [title], themes), with_table=True)
    assert_valid(folder)
    event = load(folder)[0].event
    assert event.languages == tuple(languages)
    assert event.title[languages[0]] == title.strip()


@pytest.mark.parametrize(
    ("typed", "tag"), [("FR", "fr"), ("pt_br", "pt-BR"), ("ZH-hans", "zh-Hans")]
)
def test_tags_are_put_into_their_usual_spelling(typed: str, tag: str) -> None:
    assert canonical(typed) == tag


# -- language tables ----------------------------------------------------------------------------


def placeholders_of(label: str) -> set[str]:
    return {name for _text, name, _form, _how in string.Formatter().parse(label) if name}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_table_says_all_that_the_english_one_says(tag: str) -> None:
    folder = program_templates() / "languages"
    table = tomllib.loads((folder / f"{tag}.toml").read_text(encoding="utf-8"))
    reference = tomllib.loads((folder / "en.toml").read_text(encoding="utf-8"))
    assert list(table["labels"]) == list(reference["labels"])
    eastern = set() if table["script"] == "latin" else {"word_latin_language", "emphasis"}
    assert set(table["fonts"]) == set(reference["fonts"]) | eastern
    for key, label in reference["labels"].items():
        # « 9 h », 9時: a whole hour may do without its minutes.
        allowed = {"minute"} if key == "time-whole" else set()
        missing = placeholders_of(label) ^ placeholders_of(table["labels"][key])
        assert missing <= allowed, key


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_has_fonts_and_a_locale(tag: str) -> None:
    from babel import Locale

    from pipeline.publishing import fonts

    table = load_language(Path("/nowhere"), tag)
    assert Locale.parse(table.locale).language == tag.split("-", maxsplit=1)[0]
    names = (*table.fonts.of_pdf, *fonts.LAST_RESORT)
    known = frozenset().union(*(fonts.coverage(name) for name in names))
    letters = {c for label in table.labels.values() for c in label if not c.isspace()}
    assert {c for c in letters if ord(c) not in known} == set()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_has_placeholder_words_that_are_recognised(tag: str) -> None:
    tables = tomllib.loads((program_templates() / "skeletons/words.toml").read_text("utf-8"))
    assert list(tables[tag]) == list(tables["en"])
    titles = {"preamble", "parties", "commitments", "closing", "next"}
    for key, words in tables[tag].items():
        assert placeholders.is_placeholder(words) == (key not in titles), key


def test_every_language_has_guidance() -> None:
    guidance = tomllib.loads((program_templates() / "skeletons/guidance.toml").read_text("utf-8"))
    for entry in guidance.values():
        assert set(entry) == set(LANGUAGES)


def test_examples_in_docstrings() -> None:
    import doctest

    for module in (listing, placeholders, skeleton, slots, wishes):
        failed, _tried = doctest.testmod(module)
        assert failed == 0, module.__name__
