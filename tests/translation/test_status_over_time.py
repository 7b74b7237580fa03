"""`actes status --history` and `--svg`: what git kept, and the drawing of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from pipeline.errors import ActesError
from pipeline.publishing.status import svg as status_svg
from pipeline.publishing.status.history import MOST_POINTS, chosen
from pipeline.texts import git as status_git
from pipeline.translation.marker import State
from pipeline.translation.status import STATES
from tests.support.git import commit
from tests.support.workspace import (
    make_workspace,
    put,
)
from tests.translation.statuses import SVG, look, shown, texts


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, texts=texts())


@pytest.fixture
def past(root: Path) -> Path:
    commit(root, "2024-11-18", "sources/event.yaml", "sources/eco/marche.fr.md")
    commit(root, "2024-11-19", "sources/eco/marche.ja.md")
    return root


def test_history_is_counted_from_the_commits(past: Path) -> None:
    points = look(past, history=True).history
    assert points is not None
    assert [point.day for point in points] == ["2024-11-18", "2024-11-19", ""]
    reviewed_then = [point.amounts["ja"][State.REVIEWED].units for point in points]
    assert reviewed_then == [0, 3, 3]
    assert "fr" not in points[1].amounts  # the Japanese text was not there yet
    assert points[2].amounts["fr"][State.MISSING].units == 3


def test_history_also_from_packed_objects_and_a_shallow_clone(past: Path, tmp_path: Path) -> None:
    before = look(past, history=True).history
    subprocess.run(["git", "gc", "-q"], cwd=past, check=True)
    assert look(past, history=True).history == before
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth", "1", past.as_uri(), clone], check=True)
    days = [point.day for point in look(clone, history=True).history or ()]
    assert days == ["2024-11-19"]


def test_the_configuration_of_a_repository_runs_nothing(past: Path, tmp_path: Path) -> None:
    trap = put(tmp_path / "trap", "#!/bin/sh\ntouch $(dirname $0)/sprung\n")
    trap.chmod(0o755)
    os.mkfifo(tmp_path / "pipe")
    put(
        past / ".git/config",
        f"[core]\n\tfsmonitor = {trap}\n\tpager = {trap}\n\thooksPath = {tmp_path}\n\tsshCommand = {trap}\n"
        f"[include]\n\tpath = {tmp_path / 'pipe'}\n"  # whoever reads this waits for ever
        f"[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {trap}\n"
        f'[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\turl = ext::{trap}\n\tpromisor = true\n',
    )
    assert len(look(past, history=True).history or ()) == 3
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("damage", ["alternates", "outside", "head", "objects", "worktree"])
def test_a_repository_that_leads_outside_or_is_torn_gives_no_history(
    past: Path, damage: str
) -> None:
    git = past / ".git"
    if damage == "alternates":
        put(git / "objects/info/alternates", "/elsewhere/objects\n")
    elif damage == "outside":
        (git / "objects").rename(past.parent / "objects")
        (git / "objects").symlink_to(past.parent / "objects")
    elif damage == "head":
        put(git / "HEAD", "ref: refs/../../../secret\n")
    elif damage == "objects":
        for file in (git / "objects").rglob("??????????*"):
            file.chmod(0o644)
            file.write_bytes(b"torn")
    else:
        git.rename(past.parent / "elsewhere")
        put(git, f"gitdir: {past.parent / 'elsewhere'}\n")
    found = look(past, history=True)
    assert found.history == ()
    assert "No history" in shown(found)


def test_without_git_there_is_only_the_present(root: Path) -> None:
    assert look(root, history=True).history == ()
    assert look(root).history is None


def test_of_many_commits_some_days_with_the_first_and_the_last() -> None:
    day = 86_400
    commits = [status_git.Commit(f"{n:040x}", n * day // 2) for n in range(400, 0, -1)]
    some = chosen(commits)
    assert len(some) == MOST_POINTS
    assert some[0] == commits[0]
    assert some[-1].time // day == 0
    assert some == sorted(some, key=lambda commit: -commit.time)
    assert chosen(commits[:5]) == commits[:5]
    chosen([status_git.Commit("0" * 40, 10**18 * n) for n in range(40)])  # a date that is none


# -- the drawing --------------------------------------------------------------------------------


def test_the_drawing_says_its_figures_in_the_language_asked_for(past: Path) -> None:
    found = look(past, history=True)
    drawing = status_svg.draw(found, status_svg.words(past, "ja"))
    tree = etree.fromstring(drawing)
    assert tree.get("role") == "img"
    assert tree.get("lang") == "ja"
    assert tree.findtext(f"{SVG}title") == "翻訳の進捗"
    lines = (tree.findtext(f"{SVG}desc") or "").split("\n")
    assert lines == [
        "経済 → fr: 未訳 3",
        "経済 → ja: 承認済み 3, 編集済み・未承認 1, 機械翻訳 1, 要更新（原文に変更あり） 1, 未訳 1",
    ]
    assert {pattern.get("id") for pattern in tree.iter(f"{SVG}pattern")} == set(STATES)
    days = [text.text for text in tree.iter(f"{SVG}text")]
    assert "2024-11-18" in days
    assert "現在" in days


def test_bars_are_as_long_as_their_figures(root: Path) -> None:
    tree = etree.fromstring(status_svg.draw(look(root), status_svg.words(root, "fr")))
    bars = [
        {box.get("fill"): float(box.get("width", "0")) for box in group.iter(f"{SVG}rect")}
        for group in tree.iter(f"{SVG}g")
    ]
    one = bars[1]["url(#stale)"]
    assert bars[1]["url(#reviewed)"] == pytest.approx(3 * one, abs=0.02)
    assert bars[0]["url(#missing)"] == pytest.approx(3 * one, abs=0.02)


def test_the_drawing_is_the_same_bytes_in_any_folder(past: Path, tmp_path: Path) -> None:
    first = status_svg.draw(look(past, history=True), status_svg.words(past, "fr"))
    other = tmp_path / "elsewhere"
    subprocess.run(["cp", "-r", past, other], check=True)
    subprocess.run(["rm", "-r", other / "build"], check=True)
    assert status_svg.draw(look(other, history=True), status_svg.words(other, "fr")) == first


def test_the_drawing_stays_in_build(root: Path) -> None:
    for path in ("sources/event.svg", "../a.svg", "build/a.txt", "/tmp/a.svg", "build/../a.svg"):
        with pytest.raises(ActesError) as refused:
            status_svg.target(root, path)
        assert refused.value.problems[0].rule == "status-svg-place"
    found, target = look(root), status_svg.target(root, "build/plots/a.svg")
    assert status_svg.write(root, target, found, None)
    assert not status_svg.write(root, target, found, "fr")  # the event's first language; law 4


def test_a_language_without_words_is_drawn_in_english_and_says_so(root: Path) -> None:
    assert status_svg.words(root, "vi").language == "en"
    table_of = "".join(f'{key} = "{key}-vi"\n' for key in status_svg.words(root, "en").said)
    put(root / "templates/status.toml", f"[vi]\n{table_of}")
    assert status_svg.words(root, "vi")["title"] == "title-vi"
