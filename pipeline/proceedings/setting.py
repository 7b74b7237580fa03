"""What every part of an edition needs: the workspace, the language, where texts are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.proceedings.book import Inlines
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.texts.typeset import tag_japanese, words
from pipeline.workspace.languages import LanguageTable
from pipeline.workspace.load import Workspace


@dataclass(frozen=True)
class Setting:
    """What every chapter of an edition needs: the workspace, the language, where works are."""

    workspace: Workspace
    table: LanguageTable
    tables: Mapping[str, LanguageTable]
    ids: Mapping[str, str]  # a text's path to its chapter's id
    draft: bool
    images: frozenset[str] = frozenset()  # those that may be printed

    @property
    def tags_japanese(self) -> bool:
        """Whether Japanese is another script in this edition, and must be said to be Japanese."""
        return self.table.collation != "kana" and "ja" in self.workspace.event.languages

    def words(self, string: str) -> Inlines:
        """A plain string as typeset inlines of the edition."""
        inlines = list(words(string, self.table.typography))
        self.mark_scripts(inlines)
        return tuple(inlines)

    def label(self, key: str, /, **values: object) -> Inlines:
        """The edition's words for ``key``."""
        return self.words(self.table.label(key, **values))

    def mark_scripts(self, inlines: list[Node]) -> None:
        """Tag Japanese runs in an edition of another script."""
        if self.tags_japanese:
            block = ast.plain(inlines)
            tag_japanese([block], "ja")
            inlines[:] = block["c"]
