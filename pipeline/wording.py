"""The sentences Actes says to people, in the language of whoever is at the keyboard.

Every sentence lives in ``pipeline/messages/*.toml``, French, Japanese and English side by side, so
that a translator can correct one without reading Python. Keys are stable: for an error the key is
the rule name that the documentation cites.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

INTERFACE_LANGUAGES = ("fr", "ja", "en")
_SIGNS = {"fr": str.maketrans({",": "\u202f", ".": ","})}  # elsewhere as in English
_MESSAGES = Path(__file__).parent / "messages"
_HEAD = re.compile(r"^\[([\w.-]+)\]$", re.MULTILINE)


def interface_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language to speak: ``ACTES_LANG``, else the locale (POSIX order), else English.

    Returns one of `INTERFACE_LANGUAGES`.
    """
    for variable in ("ACTES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = environment.get(variable, "")[:2].lower()
        if wanted in INTERFACE_LANGUAGES:
            return wanted
        if environment.get(variable):
            break
    return "en"


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every key with its text by interface language; a hint stands under ``KEY.hint``."""
    return {key: _entry(key) for key in _written()}


@cache
def _entry(key: str) -> Mapping[str, str]:
    """One entry, parsed when it is asked for: a command says a few sentences of a thousand."""
    return tomllib.loads(_written()[key])


@cache
def _written() -> Mapping[str, str]:
    """Every key with its entry as TOML, cut at its lines ``[key]`` (a test reads them whole)."""
    files = (file.read_text(encoding="utf-8") for file in sorted(_MESSAGES.glob("*.toml")))
    parts = _HEAD.split("\n".join(files))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def say(key: str, language: str | None = None, /, **values: object) -> str:
    """The sentence ``key`` in ``language`` (default: the interface language), filled with values.

    Raises KeyError for an unknown key: a missing sentence is a defect of Actes, not of the input.
    """
    return _entry(key)[language or interface_language()].format_map(values)


@cache
def language_name(tag: str, language: str) -> str:
    """What the language ``tag`` is called in ``language`` (CLDR); the tag where that is not known.

    >>> language_name("ja", "fr"), language_name("pt-BR", "fr")
    ('japonais', 'portugais brésilien')
    """
    from babel import Locale

    names = Locale.parse(language).languages
    return str(names.get(tag.replace("-", "_"), names.get(tag.partition("-")[0], tag)))


def number(value: float, decimals: int = 0) -> str:
    """A number as people write it in the interface language: 13,218.50, or 13 218,50 in French."""
    return f"{value:,.{decimals}f}".translate(_SIGNS.get(interface_language(), {}))


def has(key: str) -> bool:
    """Whether the catalogue knows ``key`` (used for optional hints)."""
    return key in _written()
