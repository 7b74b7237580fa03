"""Fonts that an extra of Actes brings: used where they are, replaced and named where they are not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.publishing import extras, fonts
from pipeline.publishing.build import versions
from pipeline.workspace.languages import load_language, program_templates

ROOT = program_templates().parent
BODY = ("Libertinus Serif", "Noto Serif KR", "Noto Sans CJK JP")


def installed(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: object() if name in packages else None)


def test_without_the_extra_another_font_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch)
    stack = fonts.stack(BODY, "ko")
    assert not any("KR" in font for font in stack)
    assert stack[1] == '"Noto Sans CJK JP"'
    (extra,) = extras.lacking(BODY)
    assert (extra.name, extra.families) == ("ko", {"Noto Serif KR"})


def test_with_the_extra_its_font_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, "pylopdf_fonts_ko")
    monkeypatch.setattr(
        fonts, "coverage", lambda name: frozenset({0x3042} if "Noto" in name else ())
    )
    assert fonts.stack(BODY, "ko")[1:3] == ['"Noto Serif KR"', '"Noto Sans CJK JP"']
    assert extras.lacking(BODY) == []


def test_what_is_installed_decides_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another font is another book: a build notices that an extra came or went."""
    installed(monkeypatch)
    assert not any(name.startswith("pylopdf-fonts-ko") for name in versions())
    installed(monkeypatch, "pylopdf_fonts_ko")
    monkeypatch.setattr("pipeline.program.version", lambda name: "1")
    assert versions()["pylopdf-fonts-ko"] == "1"


def test_every_extra_is_one_of_the_package_and_pinned() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    pins = Path("constraints.txt").read_text().split()
    for extra in extras.EXTRAS:
        (package,) = project["optional-dependencies"][extra.name]
        assert package.replace("-", "_") == extra.package
        assert any(pin.startswith(f"{package}==") for pin in pins)
        assert package not in project["dependencies"]


@pytest.mark.parametrize(
    ("language", "family"), [("ko", "Noto Serif KR"), ("zh-Hans", "Noto Serif SC")]
)
def test_a_table_names_what_is_best_and_what_is_always_there(language: str, family: str) -> None:
    body = load_language(ROOT, language).fonts.body
    assert family in body
    assert fonts.coverage(body[-1])
