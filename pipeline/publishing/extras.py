"""Fonts that a language table may name first, and that not everybody wants to download.

Each is a package of its own, which an extra of Actes brings: ``pip install 'actes[ko]'``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.util import find_spec


@dataclass(frozen=True)
class Extra:
    """An extra by its name, its package as it is imported, and the families in it."""

    name: str
    package: str
    families: frozenset[str]

    @property
    def is_installed(self) -> bool:
        """Whether the package is there."""
        return find_spec(self.package) is not None


EXTRAS = (
    Extra("ko", "pylopdf_fonts_ko", frozenset({"Noto Serif KR", "Noto Sans KR"})),
    Extra("zh", "pylopdf_fonts_zh_cn", frozenset({"Noto Serif SC", "Noto Sans SC"})),
    Extra("zh-hant", "pylopdf_fonts_zh_tw", frozenset({"Noto Serif TC", "Noto Sans TC"})),
)


def lacking(families: Iterable[str]) -> list[Extra]:
    """The extras that would bring some of ``families`` and are not installed, with only those."""
    wanted = frozenset(families)
    return [
        replace(extra, families=extra.families & wanted)
        for extra in EXTRAS
        if extra.families & wanted and not extra.is_installed
    ]
