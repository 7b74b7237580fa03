"""`actes adopt`: a translation written by hand becomes a counterpart, or is refused as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import adopt_command
from pipeline.errors import ActesError
from pipeline.texts.metadata import Metadata
from pipeline.translation.adopt import file as adopt_file_module
from tests.support.desk import comment
from tests.support.workspace import actes, make_workspace, said, summary

FRENCH = "Premier paragraphe.\n\nDeuxième paragraphe, avec [un lien](https://a.example)."
JAPANESE = "第一段落。\n\n[リンク](https://a.example)のある第二段落。"
SPEAKERS = "[{name: Jean Exemple, role: maire, authority: ville}]"


def workspace(folder: Path, japanese: str | bytes, **metadata: str) -> Path:
    french = summary("L’eau", FRENCH, speakers=SPEAKERS, **metadata)
    return make_workspace(folder, texts={"eco/eau.fr.md": french, "eco/eau.ja.md": japanese})


def read(root: Path) -> str:
    return (root / "sources/eco/eau.ja.md").read_bytes().decode("utf-8")


def run(root: Path, *arguments: str) -> Outcome:
    """`actes adopt` in this process, confirmed beforehand."""
    done = CliRunner().invoke(adopt_command.command, ["-C", str(root), "--yes", *arguments])
    if isinstance(done.exception, ActesError):
        return Outcome(done.exception.code, "", [p.rule for p in done.exception.problems])
    assert done.exception is None, done.exception
    return Outcome(done.return_value or 0, done.output, [])


@dataclass(frozen=True)
class Outcome:
    code: int
    said: str
    rules: list[str]


def adopt_file(root: Path, *arguments: str) -> Outcome:
    return run(root, str(root / "sources/eco/eau.ja.md"), *arguments)


def refusal(root: Path, *arguments: str) -> tuple[int, list[str]]:
    """The exit code and the rules said; the file must be as it was."""
    before = read(root)
    outcome = adopt_file(root, *arguments)
    assert read(root) == before
    return outcome.code, outcome.rules


def test_the_head_gets_what_it_translates_and_loses_what_it_repeats(tmp_path: Path) -> None:
    head = (
        "title: 水 # 仮\n# 会議の情報\nsession:\n  date: 2024-11-19\n  time: 9h30-11h00\n  room: salle-a\n"
        "authorities: [ville]\nspeakers:\n  - name: 例ジャン\n    role: 市長\n    authority: ville\n"
        "sdgs: [11]\n"
    )
    root = workspace(tmp_path, f"---\n{head}---\n\n{JAPANESE}\n")
    outcome = adopt_file(root)
    assert outcome.code == 0, outcome.said
    assert read(root).split("---\n")[1] == (
        "title: 水 # 仮\n# 会議の情報\nspeakers:\n  - name: 例ジャン\n    role: 市長\n"
        "translation:\n  of: eau.fr.md\n  fields:\n"
        f"    title: {{state: edited, {said('L’eau', quoted=True)}}}\n"
        f"    speakers.1.name: {{state: edited, {said('Jean Exemple', quoted=True)}}}\n"
        f"    speakers.1.role: {{state: edited, {said('maire', quoted=True)}}}\n"
    )
    assert "session, authorities, sdgs, speakers.0.authority" in outcome.said


def test_the_pairs_are_shown_and_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path, f"---\ntitle: 水\n---\n\n{JAPANESE}\n")
    before = read(root)
    outcome = actes(root, "adopt", "sources/eco/eau.ja.md", "--dry-run")
    assert (outcome.code, read(root)) == (0, before)
    lines = outcome.out.splitlines()
    assert [line.split() for line in lines[1:5]] == [
        ["#title", "L’eau", "│", "水"],
        ["#speakers.1.name", "Jean", "Exemple", "│", "–"],
        ["#speakers.1.role", "maire", "│", "–"],
        ["#rapporteur.name", "Camille", "Exemple", "│", "–"],
    ]
    assert re.fullmatch(r" +10 +5 +\d+%  Premier paragraphe\. +│ 第一段落。", lines[5])
    assert len({line.index("│") for line in lines[1:3]}) == 1
    assert "Passages paired: 2; to check: 0;" in outcome.err


def test_a_text_without_a_head_takes_its_title_from_its_first_heading(tmp_path: Path) -> None:
    root = workspace(
        tmp_path, f"# 水: 未来へ\r\n\r\n{JAPANESE}\n".replace("\n", "\r\n").replace("\r\r", "\r")
    )
    assert adopt_file(root).code == 0
    text = read(root)
    assert text.startswith('---\r\ntitle: "水: 未来へ"\r\ntranslation:\r\n  of: eau.fr.md\r\n')
    assert "# 水" not in text.partition("---\r\n")[2]
    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize(
    "body", [JAPANESE, f"## 水\n\n{JAPANESE}", f"# [水](https://a.example)\n\n{JAPANESE}"]
)
def test_a_text_without_a_title_is_refused(tmp_path: Path, body: str) -> None:
    assert refusal(workspace(tmp_path, body)) == (4, ["adopt-no-title"])


@pytest.mark.parametrize(
    ("head", "rules"),
    [
        ("title: 水\nauthorities: []\n", ["adopt-key-differs"]),
        ("title: 水\nconfidential: true\ntheme: eco\n", ["adopt-key-differs"] * 2),
        ("title: 水\nsdgs: [11] # 要確認\n", ["adopt-key-remarked"]),
        ("{title: 水, sdgs: [11]}\n", ["adopt-head"]),
        ("title: 水\ntranslation: {of: autre.fr.md}\n", ["counterpart-of-wrong"]),
    ],
)
def test_a_head_that_says_otherwise_is_refused(tmp_path: Path, head: str, rules: list[str]) -> None:
    root = workspace(tmp_path, f"---\n{head}---\n\n{JAPANESE}\n")
    assert refusal(root) == (4, rules)


def test_a_counterpart_is_not_adopted_again(tmp_path: Path) -> None:
    root = workspace(
        tmp_path, f"---\ntitle: 水\ntranslation: {{of: eau.fr.md}}\n---\n\n{JAPANESE}\n"
    )
    assert adopt_file(root).code == 0
    assert f"fields: {{title: {{state: edited, {said('L’eau', quoted=True)}}}}}" in read(root)
    assert refusal(root) == (4, ["adopt-already"])


def test_comments_that_would_change_the_text_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the cause, the file is read again as it would be, and compared."""
    root = workspace(tmp_path, f"---\ntitle: 水\n---\n\n{JAPANESE}\n")
    swallowed = "".join(
        comment("edited", source, words, marked=False)
        for source, words in (("Un.", "一。"), ("Deux.", "- 二。"))
    ).rstrip()
    monkeypatch.setattr(adopt_file_module, "adopted", lambda *_: swallowed)
    assert refusal(root) == (4, ["adopt-unlike"])


def test_which_original_is_asked_where_there_are_several(tmp_path: Path) -> None:
    event = (
        workspace(tmp_path, f"---\ntitle: 水\n---\n\n{JAPANESE}\n") / "sources/event.yaml"
    ).read_text()
    root = tmp_path / "workspace"
    event = event.replace("languages: [fr, ja]", "languages: [fr, ja, en]")
    event = re.sub(r"(\{|: \{)fr: ([^,}]*), ja: ([^}]*)\}", r"\1fr: \2, ja: \3, en: X}", event)
    (root / "sources/event.yaml").write_text(event)
    for name in ("delegations", "glossary"):
        (root / f"sources/{name}.yaml").unlink()
    english = summary("Water", "First paragraph.\n\nSecond, with [a link](https://a.example).")
    (root / "sources/eco/eau.en.md").write_text(english)
    assert refusal(root) == (1, ["adopt-originals"])
    assert refusal(root, "--of", "lac.fr.md") == (1, ["adopt-no-original"])
    assert adopt_file(root, "--of", "eau.en.md").code == 0
    assert "of: eau.en.md" in read(root)


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("sources/eco/lac.ja.md", "file-missing"),
        ("sources/event.yaml", "adopt-not-a-text"),
        ("sources/declaration/declaration.ja.md", "adopt-declaration"),
        ("sources/eco/seul.ja.md", "adopt-no-original"),
    ],
)
def test_what_is_no_translation_is_refused(tmp_path: Path, path: str, rule: str) -> None:
    root = make_workspace(
        tmp_path,
        texts={
            "declaration/declaration.ja.md": summary("宣言", "一。"),
            "eco/seul.ja.md": summary("水", "一。"),
        },
    )
    assert run(root, str(root / path)) == Outcome(1, "", [rule])


def test_no_word_of_a_confidential_text_is_shown(tmp_path: Path) -> None:
    root = workspace(
        tmp_path, f"---\ntitle: 水\nconfidential: true\n---\n\n{JAPANESE}\n", confidential="true"
    )
    outcome = adopt_file(root)
    assert outcome.code == 0, outcome.said
    assert re.search(r"paragraphe|段落|example", outcome.said) is None


def test_what_was_saved_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = workspace(tmp_path, f"---\ntitle: 水\n---\n\n{JAPANESE}\n")
    file = root / "sources/eco/eau.ja.md"
    monkeypatch.setattr(adopt_command, "_is_terminal", lambda: True)

    def save_and_agree(*_: object, **__: object) -> bool:
        file.write_text("---\ntitle: 湖\n---\n\n保存した。\n", encoding="utf-8")
        return True

    monkeypatch.setattr(adopt_command.click, "confirm", save_and_agree)
    outcome = CliRunner().invoke(adopt_command.command, ["-C", str(root), str(file)])
    assert isinstance(outcome.exception, ActesError)
    assert outcome.exception.problems[0].rule == "adopt-changed"
    assert "保存した。" in file.read_text(encoding="utf-8")


def test_where_nobody_can_be_asked_the_pairs_are_shown_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    root = workspace(tmp_path, f"---\ntitle: 水\n---\n\n{JAPANESE}\n")
    before = read(root)
    outcome = actes(root, "adopt", "sources/eco/eau.ja.md")
    assert (outcome.code, read(root)) == (4, before)
    assert "Premier paragraphe." in outcome.out
    assert "[adopt-unconfirmed]" in outcome.err
    assert "--yes" in outcome.err
    again = actes(root, "adopt", "sources/eco/eau.ja.md", "--yes")
    assert (again.code, again.out.splitlines()[-1]) == (0, "sources/eco/eau.ja.md")
    assert "<!-- edited" in read(root)


def test_a_dry_run_writes_nothing_whatever_was_said_beforehand(tmp_path: Path) -> None:
    root = workspace(tmp_path, f"---\ntitle: 水\n---\n\n{JAPANESE}\n")
    before = read(root)
    assert adopt_file(root, "--dry-run").code == 0
    assert read(root) == before


def test_a_person_may_decline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = workspace(tmp_path, f"---\ntitle: 水\n---\n\n{JAPANESE}\n")
    before = read(root)
    monkeypatch.setattr(adopt_command, "_is_terminal", lambda: True)
    arguments = ["-C", str(root), str(root / "sources/eco/eau.ja.md")]
    assert (
        "Nothing was written."
        in CliRunner().invoke(adopt_command.command, arguments, input="n\n").output
    )
    assert read(root) == before


def test_metadata_says_what_only_an_original_says() -> None:
    from pipeline.texts.metadata import ORIGINAL_ONLY

    assert set(ORIGINAL_ONLY) <= set(Metadata.model_fields)
