"""Filling the skeletons of new files (``templates/skeletons``, the workspace's own first).

A skeleton is the file itself with ``$name`` where a value goes. A line that is nothing but
``$name`` stands for any number of lines, none included; ``#@ key`` stands for the comments of that
key in ``guidance.toml``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any

from pipeline import files
from pipeline.errors import stop
from pipeline.workspace.languages import program_templates, template

FALLBACK = "en"
_LIMIT = 256 * 1024
_ALONE = re.compile(r"\$([a-z_]+)")
_COMMENT = re.compile(r"#@ ([a-z-]+)")
_PLAIN = re.compile(r"[^\W\d_](?:[\w ’'.()/-]*[\w’.)])?")
# Words that a YAML reader may take for something else than text.
_RESERVED = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


@dataclass(frozen=True)
class Skeletons:
    """The skeletons of a workspace (of the program, where the workspace has none)."""

    root: Path

    def text(self, name: str) -> str:
        """The skeleton ``name`` as it stands; the workspace's own is read as any file of it is."""
        file = template(self.root, f"skeletons/{name}")
        if not file.is_relative_to(self.root / "templates"):
            return file.read_text(encoding="utf-8")
        try:
            return files.read_bytes(self.root, file, _LIMIT).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise stop("not-utf8", f"templates/skeletons/{name}") from None

    def in_language(self, name: str, language: str) -> str:
        """The skeleton ``NAME.LANG.md`` for who writes in ``language``, else the English one."""
        for tag in (language, _primary(language), FALLBACK):
            if template(self.root, f"skeletons/{name}.{tag}.md").is_file():
                return self.text(f"{name}.{tag}.md")
        raise KeyError(name)

    def words(self, language: str) -> Mapping[str, str]:
        """The placeholder words of a language; the English ones where it has none."""
        tables: dict[str, dict[str, str]] = _data("words.toml")
        found = (tables.get(tag, {}) for tag in (FALLBACK, _primary(language), language))
        return {key: words for table in found for key, words in table.items()}

    def default_languages(self) -> tuple[str, ...]:
        """The languages of an event when none are given."""
        return tuple(_data("words.toml")["languages"])

    def guidance(self, key: str, languages: Iterable[str]) -> list[str]:
        """The lines of guidance for ``key`` in each of ``languages`` that has some."""
        entry: Mapping[str, str] = _data("guidance.toml")[key]
        spoken = [tag for tag in languages if tag in entry] or [FALLBACK]
        return [line for tag in spoken for line in entry[tag].strip().splitlines()]


@lru_cache(maxsize=2)
def _data(name: str) -> dict[str, Any]:
    """The program's own words: not for a workspace to replace."""
    file = program_templates() / "skeletons" / name
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _primary(language: str) -> str:
    return language.split("-", maxsplit=1)[0]


def fill(
    skeleton: str, values: Mapping[str, str], comments: Mapping[str, Sequence[str]] | None = None
) -> str:
    """The skeleton with its values.

    >>> fill("a: $a\\n$more\\nz\\n", {"a": "1", "more": ""})
    'a: 1\\nz\\n'
    """
    lines: list[str] = []
    for line in skeleton.splitlines():
        if alone := _ALONE.fullmatch(line):
            lines += values.get(alone[1], line).splitlines()
        elif comment := _COMMENT.fullmatch(line):
            lines += [f"# {words}" for words in (comments or {})[comment[1]]]
        else:
            lines.append(Template(line).safe_substitute(values))
    return "\n".join(lines) + "\n"


def comment_keys(skeleton: str) -> list[str]:
    """The keys of guidance that a skeleton asks for."""
    return [match[1] for line in skeleton.splitlines() if (match := _COMMENT.fullmatch(line))]


def scalar(value: str) -> str:
    """A string as YAML, in quotes unless it is as plain as can be.

    >>> scalar("Économie"), scalar("no"), scalar("[Titre]"), scalar("2024")
    ('Économie', '"no"', '"[Titre]"', '"2024"')
    """
    if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    return json.dumps(value, ensure_ascii=False)


def flow(values: Mapping[str, str]) -> str:
    """A mapping on one line: ``{fr: Société, ja: 社会}``."""
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in values.items()) + "}"


def block(values: Mapping[str, str], indent: int = 2) -> str:
    """A mapping on lines of its own, to stand right after a key's colon."""
    return "".join(f"\n{' ' * indent}{key}: {scalar(value)}" for key, value in values.items())


def one_line(words: str) -> str:
    """Words that fit into a comment: one line, nothing invisible."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
