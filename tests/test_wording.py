"""The catalogue of messages: complete in three languages, and used."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

from pipeline.wording import INTERFACE_LANGUAGES, catalogue, interface_language

PIPELINE = Path(__file__).parent.parent / "pipeline"
PAGES = PIPELINE.parent / "templates" / "review"
CODE = "\n".join(
    file.read_text(encoding="utf-8")
    for file in (*sorted(PIPELINE.rglob("*.py")), *sorted(PAGES.glob("*.html")))
)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_every_sentence_is_complete(key: str) -> None:
    entry = catalogue()[key]
    assert set(entry) == set(INTERFACE_LANGUAGES)
    assert all(text.strip() for text in entry.values())
    assert fields(entry["fr"]) == fields(entry["ja"]) == fields(entry["en"])


def test_every_entry_is_found_as_toml_reads_it() -> None:
    whole: dict[str, object] = {}
    for file in sorted((PIPELINE / "messages").glob("*.toml")):
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
        hints = {
            f"{key}.hint": entry.pop("hint") for key, entry in entries.items() if "hint" in entry
        }
        assert not whole.keys() & entries.keys(), f"{file.name} repeats an entry"
        whole |= entries | hints
    assert catalogue() == whole


def test_every_rule_in_the_code_has_its_sentence() -> None:
    pattern = r"(?:stop|Problem|problem_at|refuse|_CustomError|CustomError)\(\s*(?:document,[^\"]*?)?\"([a-z0-9-]+)\""
    rules = set(re.findall(pattern, CODE)) - {
        "session",
        "themes",
        "theme",
        "editions",
        "terms",
        "twin",
    }
    assert rules - set(catalogue()) == set()


def test_every_sentence_is_used() -> None:
    quoted = set(re.findall(r"(?<=[\"'])[\w.-]+(?=[\"'])", CODE))
    keys = {key for key in catalogue() if not key.endswith(".hint")}
    assert [key for key in sorted(keys - quoted) if not _built(key)] == []


def _built(key: str) -> bool:
    """Whether the code composes the key: ``f"help-{name}"``."""
    parts = key.split("-")
    prefixes = ("-".join(parts[:count]) for count in range(1, len(parts)))
    return any(f"f{quote}{prefix}-{{" in CODE for prefix in prefixes for quote in "\"'")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"ACTES_LANG": "ja", "LANG": "fr_FR.UTF-8"}, "ja"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LC_ALL": "ja_JP.UTF-8", "LANG": "fr_FR"}, "ja"),
        ({"LANG": "de_DE"}, "en"),
        ({}, "en"),
    ],
)
def test_interface_language(environment: dict[str, str], language: str) -> None:
    assert interface_language(environment) == language
