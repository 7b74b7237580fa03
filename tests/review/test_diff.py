"""`actes diff`: what changed in source and translation, since the approval or since a commit."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from pipeline.columns import width
from pipeline.errors import ActesError
from pipeline.review.diff import terminal
from pipeline.review.diff.approved import approved_in
from pipeline.review.diff.changes import Changed
from pipeline.review.diff.lines import Piece, wrapped
from pipeline.review.diff.survey import Asked, Found, differences_of
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import State
from tests.review.event import MARKET, MARKET_BEFORE, MARKET_JA, make_event
from tests.support.git import commit
from tests.support.launch import command, environment
from tests.support.workspace import actes, put

ESSAI = ("eco/essai",)
JA = "sources/eco/essai.ja.md"
FR = "sources/eco/essai.fr.md"


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review half done and committed, then changed by an author and a translator."""
    root = make_event(tmp_path_factory.mktemp("diff"))
    commit(root, "2024-11-18", "sources")
    change(root / FR, "54 collectivités", "53 collectivités")
    change(root / FR, "La suite est prévue en 2026.", "")
    change(root / JA, "市は学校を応援している。", "市は学校を支援している。")
    change(root / JA, "title: 試行", "title: 初の試行")
    change(root / JA, MARKET_JA, f"<!-- 確認中 -->\n\n{MARKET_JA}")
    return root


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def found(root: Path, *states: State, since: str | None = None) -> Found:
    return differences_of(root, Asked(ESSAI, states, (), since))


def plain(changes: tuple[Changed, ...]) -> str:
    return "\n".join(terminal.lines(changes, terminal.View()))


# -- since the last approval --------------------------------------------------------------------


def test_every_passage_that_needs_a_person_shows_what_changed(event: Path) -> None:
    said = plain(found(event).changes)
    assert "source       La rencontre a réuni [-54-]{+53+} collectivités." in said
    assert "source       Le marché ouvre **[-deux-]{+trois+}** fois par semaine." in said
    assert "proposal     市場は週**[-2-]{+3+}**回開かれる。" in said
    assert "translation  市は学校を支援している。" in said


def test_a_remark_stands_beside_its_passage(event: Path) -> None:
    shown = plain(found(event, State.EDITED).changes).splitlines()
    assert shown[0] == f"{JA}:2  #title  edited, not approved"
    assert shown[3].startswith("  ✗ “Essai” beside “試行”: the name is not the register’s")


def test_what_was_approved_and_did_not_change_is_not_shown(event: Path) -> None:
    parts = {change.item.part for change in found(event).changes}
    assert "rapporteur.name" not in parts
    assert {"1", "2", "title"} <= parts


def test_words_that_changed_since_the_approval_come_from_the_history_if_there_is_one(
    tmp_path: Path,
) -> None:
    root = make_event(tmp_path)
    change(root / JA, "会議には54の自治体が集まった。", "会議には54の自治体が参加した。")
    change(root / JA, "title: 試行", "title: 初の試行")
    alone = plain(found(root).changes)
    assert "translation  会議には54の自治体が参加した。" in alone
    change(root / JA, "参加した。", "集まった。")
    change(root / JA, "初の試行", "試行")
    commit(root, "2024-11-18", "sources")
    change(root / JA, "集まった。", "参加した。")
    change(root / JA, "title: 試行", "title: 初の試行")
    commit(root, "2024-11-19", "sources")
    said = plain(found(root).changes)
    assert "translation  会議には54の自治体が[-集まった-]{+参加した+}。" in said
    assert "translation  {+初の+}試行" in said
    (root / ".git/HEAD").write_text("ref: refs/heads/perdue\n")
    assert plain(found(root).changes) == alone


def test_only_words_that_have_the_fingerprint_of_the_comment_are_taken_for_approved() -> None:
    forged = "---\ntitle: x\n---\n\n<!-- reviewed\nsource: |\n  Un.\ntext: 0badc0de\n-->\n一。\n"
    assert approved_in(forged.encode()) == {}
    assert approved_in(b"---\ntitle: [\n---\n") == approved_in(b"\xff") == {}
    true = forged.replace("0badc0de", fingerprint("一。")).replace("\n", "\r\n")
    assert list(approved_in(true.encode()).values()) == ["一。"]


# -- since a commit -----------------------------------------------------------------------------


def test_since_a_commit_both_texts_then_and_now(event: Path) -> None:
    said = plain(found(event, since="HEAD").changes)
    assert "translation  市は学校を[-応援-]{+支援+}している。" in said
    assert "translation  {+初の+}試行" in said
    assert "[-54-]{+53+}" in said
    assert MARKET not in said, "its words did not change, nor did its source"


def test_a_passage_that_is_gone_is_shown_as_it_was(tmp_path: Path) -> None:
    root = make_event(tmp_path)
    commit(root, "2024-11-18", "sources")
    text = (root / JA).read_text(encoding="utf-8")
    change(root / FR, MARKET + "\n\n", "")
    change(root / JA, text[text.index("<!-- stale") : text.index("<!-- machine")], "")
    said = plain(found(root, since="HEAD").changes)
    assert "#2  removed" in said
    assert f"source       [-{MARKET}-]" in said
    assert f"translation  [-{MARKET_JA}-]" in said


@pytest.mark.parametrize("revision", ["main", "@", "première", "2024-11-19", "HEAD~0"])
def test_a_revision_by_any_of_its_names(event: Path, revision: str) -> None:
    subprocess.run(["git", "tag", "-f", "première"], cwd=event, check=True, capture_output=True)
    assert found(event, since=revision).changes == found(event, since="HEAD").changes


@pytest.mark.parametrize(
    "revision", ["nulle-part", "HEAD~7", "--upload-pack=x", "../../HEAD", "2001-01-01", "", "a b"]
)
def test_a_revision_that_git_does_not_know(event: Path, revision: str) -> None:
    with pytest.raises(ActesError) as error:
        found(event, since=revision)
    assert [problem.rule for problem in error.value.problems] == ["diff-revision"]


def test_without_git_there_is_no_revision(tmp_path: Path) -> None:
    root = make_event(tmp_path)
    assert found(root).changes
    with pytest.raises(ActesError) as error:
        found(root, since="HEAD")
    assert [problem.rule for problem in error.value.problems] == ["diff-no-history"]


def test_nothing_changed_since_now(tmp_path: Path) -> None:
    root = make_event(tmp_path)
    commit(root, "2024-11-18", "sources")
    assert found(root, since="HEAD").changes == ()
    put(root / "sources/eco/neuf.fr.md", (root / FR).read_text(encoding="utf-8"))
    put(
        root / "sources/eco/neuf.ja.md",
        (root / JA).read_text(encoding="utf-8").replace("essai", "neuf"),
    )
    new = differences_of(root, Asked((), (), (), "HEAD")).changes
    assert {change.item.path for change in new} == {"sources/eco/neuf.ja.md"}
    assert all(change.source_then == "" for change in new)


# -- the command --------------------------------------------------------------------------------


def test_json_joins_to_both_texts(event: Path) -> None:
    done = actes(event, "diff", "eco/essai", "--state", "stale", "--json")
    assert done.code == 0, done.said
    said = json.loads(done.out)
    assert (said["format"], said["since"]) == (1, None)
    entries = said["passages"]
    assert {entry["part"] for entry in entries} == {"1", "2"}
    market = next(entry for entry in entries if entry["part"] == "2")
    source = market["source"]
    assert (source["then"], source["now"]) == (MARKET_BEFORE, MARKET)
    changes = source["changes"]
    assert "".join(c["text"] for c in changes if c["change"] != "inserted") == MARKET_BEFORE
    assert "".join(c["text"] for c in changes if c["change"] != "deleted") == MARKET
    assert market["proposal"]["text"] == "市場は週**3**回開かれる。"


def test_confidential_texts_stay_out_of_files_and_programs(event: Path) -> None:
    for arguments in ((), ("--json",)):
        done = actes(event, "diff", "eco/secret", *arguments)
        assert "内密の計画" not in done.said
        assert "confidential texts left out: 1 passage(s)" in done.err
        assert "内密の計画" in actes(event, "diff", "eco/secret", "--confidential", *arguments).out
    assert "内密の計画" in on_a_terminal(event, "diff", "eco/secret")


def on_a_terminal(root: Path, *arguments: str, **env: str) -> str:
    """What a command writes to a terminal of forty columns."""
    ours, theirs = pty.openpty()
    environ = environment(COLUMNS="40", TERM="xterm", **env)
    process = subprocess.Popen(
        command(*arguments), cwd=root, env=environ, stdout=theirs, stderr=subprocess.DEVNULL
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            read = os.read(ours, 65_536)
        except OSError:
            break
        if not read:
            break
        said += read
    os.close(ours)
    process.wait()
    return said.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours_and_lines_that_fit(event: Path) -> None:
    said = on_a_terminal(event, "diff", "eco/essai", ACTES_LANG="ja")
    assert "\x1b[31m\x1b[9m54\x1b[0m\x1b[32m\x1b[4m53\x1b[0m" in said
    bare = re.sub(r"\x1b\[\d+m", "", said)
    assert "[-" not in bare
    lines = [line for line in bare.splitlines() if not line.startswith("sources/")]
    assert max(map(width, lines)) <= 40
    without = on_a_terminal(event, "diff", "eco/essai", NO_COLOR="1")
    assert "[-54-]{+53+}" in without
    assert "\x1b" not in without


# -- lines --------------------------------------------------------------------------------------


def test_no_line_begins_with_what_closes_and_none_is_too_wide() -> None:
    text = "「市場」は、週に（約）3回開かれる。 La ville, 40 % des repas, produit.\n次の行"
    for room in range(8, 30):
        lines = ["".join(p.text for p in line) for line in wrapped([Piece(text)], room)]
        assert not [line for line in lines if line[:1] in "、。」）"]
        assert max(map(width, lines)) <= max(room, 8)
        assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_what_only_moved_has_marks_of_its_own() -> None:
    from pipeline.review.differences import differences

    old = "La ville achète des repas locaux. Le marché ouvre trois fois."
    new = "Le marché ouvre trois fois. La ville achète des repas locaux."
    view = terminal.View()
    marked = "".join(piece.text for piece in terminal._pieces(differences(old, new), view))
    assert "[~" in marked
    assert "{~" in marked
    assert "{+" not in marked
