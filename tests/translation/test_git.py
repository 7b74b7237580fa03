"""A team at work with git itself: two branches, `actes git-setup`, a merge.

One repository, one merge of all cases: each text is one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.drafts import git_words
from pipeline.drafts.team import unprepared
from pipeline.review.reading import read
from pipeline.translation.fingerprint import fingerprint
from tests.support.git import commit, git
from tests.support.workspace import Outcome, actes, block, counterpart, make_workspace, put, summary

SENTENCES = {
    "La ville achète des légumes.": "市は野菜を買う。",
    "Le marché ouvre deux fois par semaine.": "市場は週2回開かれる。",
    "Les élèves mangent à la cantine.": "生徒は食堂で食べる。",
}
FR, JA = list(SENTENCES), list(SENTENCES.values())
CASES = ("apart", "same", "approved", "moved", "source", "titles")


def ja(name: str) -> str:
    return f"sources/eco/{name}.ja.md"


def fr(name: str) -> str:
    return f"sources/eco/{name}.fr.md"


def edit(root: Path, path: str, *changes: tuple[str, str]) -> None:
    text = (root / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, (path, old)
        text = text.replace(old, new, 1)
    (root / path).write_text(text, encoding="utf-8")


def content(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The workspace in the middle of a merge, and what git said of it."""
    texts = {}
    for name in CASES:
        texts[f"eco/{name}.fr.md"] = summary(name.title(), "\n\n".join(SENTENCES))
        texts[f"eco/{name}.ja.md"] = counterpart(
            f"{name}.fr.md", f"題{name}", SENTENCES.items(), name.title()
        )
    root = make_workspace(tmp_path_factory.mktemp("team"), texts=texts)
    commit(root, "2024-11-18", "sources")
    done = actes(root, "git-setup")
    assert done.code == 0, done.said
    assert ".gitattributes" in done.out
    commit(root, "2024-11-18", ".gitattributes")
    passage = re.compile(r"<!-- reviewed\nsource: \| # \w+\n  Les élèves.*\Z", re.DOTALL)

    git(root, "checkout", "-qb", "hanako")
    edit(root, ja("apart"), ("市は野菜を買う。", "市は旬の野菜を買う。"))
    edit(root, ja("same"), (JA[1], "市場は毎週2回開く。"))
    edit(root, ja("approved"), (JA[0], "市は野菜を購入する。"), ("<!-- reviewed", "<!-- approve"))
    moved = passage.search(content(root, ja("moved")))
    assert moved is not None
    edit(root, ja("moved"), (f"\n{moved[0]}", ""), ("<!-- reviewed", f"{moved[0]}\n<!-- reviewed"))
    edit(root, fr("source"), ("deux fois", "trois fois"))
    edit(root, ja("titles"), ("題titles", "花子の題"))
    commit(root, "2024-11-19", "sources")

    git(root, "checkout", "-q", "main")
    edit(root, ja("apart"), (JA[2], "生徒は学校の食堂で食べる。"))
    edit(root, ja("same"), (JA[1], "市場は週に二度開かれる。"))
    edit(root, ja("approved"), (JA[2], "生徒は食堂で昼食をとる。"),
         (f"text: {fingerprint(JA[2])}", f"text: {fingerprint('生徒は食堂で昼食をとる。')}"))  # fmt: skip
    edit(root, ja("moved"), (JA[2], "生徒たちは食堂で食べる。"))
    edit(root, ja("source"), (JA[1], "市場は週に2回開かれる。"))
    edit(root, ja("titles"), ("題titles", "太郎の題"))
    commit(root, "2024-11-20", "sources")
    return root, git(root, "merge", "hanako", check=False)


def test_git_is_told_of_conflicts_and_of_nothing_else(team: tuple[Path, str]) -> None:
    root, said = team
    conflicts = git(root, "diff", "--name-only", "--diff-filter=U").split()
    assert conflicts == [ja("same"), ja("titles")]
    assert f"{ja('same')}: 1 passage(s) changed on both sides" in said


def test_passages_changed_side_by_side_are_both_there(team: tuple[Path, str]) -> None:
    text = content(team[0], ja("apart"))
    assert "市は旬の野菜を買う。" in text
    assert "生徒は学校の食堂で食べる。" in text


def test_what_each_approved_stays_approved(team: tuple[Path, str]) -> None:
    text = content(team[0], ja("approved"))
    assert f"<!-- approve\n{block('source', 'La ville achète des légumes.')}" in text
    third = {item.part: item.state for item in read(team[0], ("eco/approved",)).items()}["3"]
    assert third == "reviewed"


def test_one_moved_what_the_other_edited(team: tuple[Path, str]) -> None:
    text = content(team[0], ja("moved"))
    order = [text.index(words) for words in ("生徒たちは食堂で食べる。", JA[0], JA[1])]
    assert order == sorted(order)
    assert JA[2] not in text


def test_the_source_of_one_and_the_translation_of_the_other(team: tuple[Path, str]) -> None:
    root, _said = team
    assert "trois fois" in content(root, fr("source"))
    assert "市場は週に2回開かれる。" in content(root, ja("source"))
    states = {item.part: item.state for item in read(root, ("eco/source",)).items()}
    assert (states["1"], states["2"], states["3"]) == ("reviewed", "stale", "reviewed")


def test_a_conflict_stands_around_whole_passages_and_is_named_with_its_line(
    team: tuple[Path, str],
) -> None:
    root, _said = team
    text = content(root, ja("same"))
    ours, theirs = "市場は週に二度開かれる。", "市場は毎週2回開く。"
    comment = f"<!-- reviewed\n{block('source', FR[1])}text: {fingerprint(JA[1])}\n-->"
    assert (
        f"<<<<<<< ours\n{comment}\n{ours}\n=======\n{comment}\n{theirs}\n>>>>>>> theirs\n"
    ) in text
    line = text[: text.index("<<<<<<<")].count("\n") + 1
    done = actes(root, "status", "eco/same")
    assert done.code == 1
    assert f"{ja('same')}:{line}: a merge by git was left unfinished here" in done.err


def test_the_metadata_of_a_conflict_can_be_settled_by_taking_a_side(team: tuple[Path, str]) -> None:
    text = content(team[0], ja("titles"))
    assert "<<<<<<< ours\ntitle: 太郎の題\n=======\ntitle: 花子の題\n>>>>>>> theirs\n" in text
    assert text.count("<<<<<<<") == 1


def test_after_a_person_settled_it_git_and_every_command_go_on(team: tuple[Path, str]) -> None:
    root, _said = team
    before = {name: content(root, ja(name)) for name in ("same", "titles")}
    for name, text in before.items():
        pattern = r"<<<<<<< ours\n(.*?)=======\n.*?>>>>>>> theirs\n"
        put(root / ja(name), re.sub(pattern, r"\1", text, flags=re.DOTALL))
    states = [item.state for item in read(root, ("eco/same",)).items()]
    assert states.count("edited") == 1
    for name, text in before.items():
        put(root / ja(name), text)


def test_word_differences_of_git_are_those_of_readers(team: tuple[Path, str]) -> None:
    root, _said = team
    said = git(root, "diff", "--word-diff", "HEAD~1", "HEAD", "--", ja("apart"))
    assert "生徒は{+学校の+}食堂で食べる。" in said


# -- setting it up ------------------------------------------------------------------------------


def plain(tmp_path: Path) -> Path:
    root = make_workspace(tmp_path)
    git(root, "init", "-q", "-b", "main")
    return root


def test_set_up_again_changes_nothing(tmp_path: Path) -> None:
    root = plain(tmp_path)
    put(root / ".gitattributes", "*.png binary")
    assert actes(root, "git-setup").code == 0
    attributes, config = content(root, ".gitattributes"), (root / ".git/config").read_bytes()
    assert attributes.startswith("*.png binary\n# Actes: ")
    done = actes(root, "git-setup")
    assert (done.code, done.out) == (0, "")
    assert "set up already" in done.err
    assert content(root, ".gitattributes") == attributes
    assert (root / ".git/config").read_bytes() == config


def test_a_clone_that_nobody_set_up_is_told_of_by_doctor(tmp_path: Path) -> None:
    root = plain(tmp_path)
    assert unprepared(root) == []
    assert actes(root, "git-setup").code == 0
    assert unprepared(root) == []
    commit(root, "2024-11-18", "sources", ".gitattributes")
    git(root, "clone", "-q", ".", "../clone")
    said = actes(tmp_path / "clone", "doctor").out
    assert "not set to merge translations passage by passage [git-not-set-up]" in said
    assert "type “actes git-setup” once in this clone" in said


def test_without_a_repository(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    done = actes(root, "git-setup", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert done.code == 2
    assert "git init" in done.err
    assert not (root / ".gitattributes").exists()


def test_branches_that_were_merged_crosswise_before(tmp_path: Path) -> None:
    """git then merges their two beginnings first, where they were in conflict."""
    texts = {
        "eco/a.fr.md": summary("A", "\n\n".join(SENTENCES)),
        "eco/a.ja.md": counterpart("a.fr.md", "題", SENTENCES.items(), "A"),
    }
    root = make_workspace(tmp_path, texts=texts)
    commit(root, "2024-11-18", "sources")
    assert actes(root, "git-setup").code == 0
    commit(root, "2024-11-18", ".gitattributes")
    for name, words in (("hanako", "市は野菜を購入する。"), ("taro", "市は野菜を仕入れる。")):
        git(root, "checkout", "-qb", name, "main")
        edit(root, ja("a"), (JA[0], words))
        commit(root, "2024-11-19", "sources")
    git(root, "tag", "first", "hanako")
    for name, other in (("hanako", "taro"), ("taro", "first")):
        git(root, "checkout", "-q", name)
        assert "CONFLICT" in git(root, "merge", other, check=False)
        git(root, "checkout", "hanako" if name == "taro" else "--ours", "--", ja("a"))
        commit(root, "2024-11-20", "sources")
    edit(root, ja("a"), (JA[1], "市場は毎週2回開く。"))
    commit(root, "2024-11-20", "sources")
    git(root, "checkout", "-q", "hanako")
    edit(root, ja("a"), (JA[2], "生徒は学校の食堂で食べる。"))
    commit(root, "2024-11-20", "sources")
    said = git(root, "merge", "--no-edit", "taro")
    assert "changed on both sides" not in said
    text = content(root, ja("a"))
    assert "<<<<<<<" not in text
    for words in ("市は野菜を購入する。", "市場は毎週2回開く。", "生徒は学校の食堂で食べる。"):
        assert words in text


def test_once_the_program_is_gone_git_merges_by_lines(tmp_path: Path) -> None:
    root = plain(tmp_path)
    put(root / ja("a"), "un\n")
    assert actes(root, "git-setup").code == 0
    config = (root / ".git/config").read_bytes()
    put(root / ".git/config", re.sub(rb"\S+/actes\b", b"/nulle/part/actes", config))
    commit(root, "2024-11-18", "sources", ".gitattributes")
    git(root, "checkout", "-qb", "b")
    put(root / ja("a"), "deux\n")
    commit(root, "2024-11-19", "sources")
    git(root, "checkout", "-q", "main")
    put(root / ja("a"), "trois\n")
    commit(root, "2024-11-20", "sources")
    git(root, "merge", "b", check=False)
    assert content(root, ja("a")).startswith("<<<<<<<")


@pytest.mark.parametrize("language", ["C", "C.UTF-8"])
def test_an_expression_is_chosen_that_the_system_reads(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    assert git_words.choose("git") in git_words.EXPRESSIONS


def test_no_expression_is_better_than_one_that_tears_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(git_words, "EXPRESSIONS", ("[", "[[:alnum:]]+|[^[:space:]]"))
    assert git_words.choose("git") is None


def driver(folder: Path, base: bytes, ours: bytes, theirs: bytes) -> Outcome:
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        put(folder / name, text)
    return actes(folder, "merge-driver", "base", "ours", "theirs", "sources/eco/x.ja.md")


def test_the_driver_writes_over_ours_alone(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    done = driver(folder, b"a\nb\nc\n", b"A\nb\nc\n", b"a\nb\nC\n")
    assert (done.code, done.said) == (0, "")
    assert (folder / "ours").read_bytes() == b"A\nb\nC\n"
    assert sorted(file.name for file in folder.iterdir()) == ["base", "ours", "theirs"]
    done = driver(folder, b"a\n", b"b\n", b"\xff\n")
    assert done.code == 1
    assert (folder / "ours").read_bytes() == b"<<<<<<< ours\nb\n=======\n\xff\n>>>>>>> theirs\n"


def test_the_driver_is_not_listed(tmp_path: Path) -> None:
    said = actes(make_workspace(tmp_path), "--help").out
    assert "git-setup" in said
    assert "merge-driver" not in said
