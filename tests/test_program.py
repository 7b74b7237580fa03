"""What decides results besides the texts: packages and code, read faster than by the book."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as described
from pathlib import Path

import pytest

import pipeline
from pipeline import program


@pytest.mark.parametrize("name", ["pypandoc_binary", "typst", "pylopdf-fonts-jp", "ruamel.yaml"])
def test_versions_are_those_that_the_packages_describe(name: str) -> None:
    assert program.version(name) == described(name)


def test_a_package_that_is_not_there_has_no_version() -> None:
    with pytest.raises(PackageNotFoundError):
        program.version("no-such-package")


def test_a_digest_knows_content_names_and_endings(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "a.py").write_text("1")
    before = program.digest(tmp_path, (".py",))
    (tmp_path / "room" / "a.pyc").write_text("cache")
    assert program.digest(tmp_path, (".py",)) == before
    assert program.digest(tmp_path) != before
    (tmp_path / "room" / "a.py").rename(tmp_path / "room" / "b.py")
    assert program.digest(tmp_path, (".py",)) != before
    (tmp_path / "room" / "b.py").rename(tmp_path / "room" / "a.py")
    (tmp_path / "room" / "a.py").write_text("2")
    assert program.digest(tmp_path, (".py",)) != before


def test_tables_are_part_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_PACKAGE", tmp_path)
    (tmp_path / "fr.toml").write_text("words = ['un']")
    before = program.code.__wrapped__()
    (tmp_path / "fr.toml").write_text("words = ['deux']")
    assert program.code.__wrapped__() != before


def test_no_group_is_repeated_possessively() -> None:
    """Python before 3.11.5 matches `(…)*+` wrongly (CPython 106052); `(?>(…)*)` says the same."""
    modules = sorted(Path(pipeline.__file__).parent.rglob("*.py"))
    possessive = re.compile(r"(?<![\\(])\)[*+?]\+")
    assert possessive.search(r"(?:a|b)*+")
    assert [m.name for m in modules if possessive.search(m.read_text("utf-8"))] == []
