"""The one writer: atomic, contained, quiet when nothing changes."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pipeline import files
from pipeline.errors import ActesError, Exit


def test_writing_the_same_again_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b.txt"
    assert files.write_text(tmp_path, file, "un")
    before = file.stat().st_mtime_ns, file.stat().st_ino
    assert not files.write_text(tmp_path, file, "un")
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before
    assert files.write_text(tmp_path, file, "deux")
    assert [path.name for path in file.parent.iterdir()] == ["b.txt"]


def test_what_is_written_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the power fails, a file is there as it was or as it shall be; then so is its name."""
    file = tmp_path / "a.txt"
    file.write_text("before")
    seen: list[tuple[bool, str]] = []

    def synced(descriptor: int) -> None:
        seen.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), file.read_text()))

    monkeypatch.setattr(os, "fsync", synced)
    files.write_text(tmp_path, file, "after")
    assert seen == [(False, "before"), (True, "after")]


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x"])
def test_nothing_is_written_or_read_outside(tmp_path: Path, name: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    for attempt in (
        lambda: files.write_text(root, Path(name), "x"),
        lambda: files.read_bytes(root, Path(name), 10),
    ):
        with pytest.raises(ActesError) as caught:
            attempt()
        assert caught.value.problems[0].rule == "path-outside"


def test_links_that_lead_outside_are_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret").write_text("secret")
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "folder").symlink_to(tmp_path)
    for name in ("link", "folder/secret"):
        with pytest.raises(ActesError) as caught:
            files.read_bytes(root, root / name, 100)
        assert caught.value.problems[0].rule == "path-outside"


def test_pipes_do_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ActesError) as caught:
        files.read_bytes(tmp_path, tmp_path / "pipe", 100)
    assert caught.value.problems[0].rule == "not-a-file"


def test_size_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 11)
    with pytest.raises(ActesError) as caught:
        files.read_bytes(tmp_path, tmp_path / "big", 10)
    assert caught.value.problems[0].rule == "file-too-large"


def test_one_command_at_a_time_and_leftovers_are_swept(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    leftover = tmp_path / "sources" / ".a.md.123.actes-tmp"
    leftover.write_text("x")
    with files.locked(tmp_path, tmp_path / "build"):
        assert not leftover.exists()
        with (
            pytest.raises(ActesError) as caught,
            files.locked(tmp_path, tmp_path / "build"),
        ):
            pass
    assert caught.value.code is Exit.BUSY
