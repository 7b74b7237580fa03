"""The synthetic events of the benchmark are valid: what is measured is a build without problems."""

from __future__ import annotations

from pathlib import Path

from pipeline.proceedings.blockers import blockers
from pipeline.proceedings.collect import collect
from pipeline.texts.read import read_texts
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.benchmarks.generator import LANGUAGES, write_event


def test_a_generated_event_is_whole_and_reviewed(tmp_path: Path) -> None:
    write_event(tmp_path, 4)
    workspace, problems = load(tmp_path)
    found, misplaced = find_texts(tmp_path, workspace.event)
    reading = read_texts(workspace, found)
    collection, mismatched = collect(workspace.event, found, reading.texts)
    assert [*problems, *misplaced, *reading.problems, *mismatched] == []
    assert len(reading.texts) == 8
    assert [blocked for tag in LANGUAGES for blocked in blockers(collection, tag)] == []


def test_generating_twice_gives_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_event(tmp_path / name, 2)
    contents = [
        {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*.*")}
        for root in (tmp_path / "one", tmp_path / "two")
    ]
    assert contents[0] == contents[1]
