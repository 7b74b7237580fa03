"""What every part of an edition needs: the workspace, the language, where texts are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.proceedings.book import Inlines
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.texts.typeset import stands_out, tag_script, words
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

    @cached_property
    def scripts(self) -> Mapping[str, str]:
        """The scripts that stand out in this edition, each with the event's language in it."""
        found: dict[str, str] = {}
        for tag in self.workspace.event.languages:
            script = self.tables[tag].script
            alone = all(stands_out(script, other) for other in found)
            if stands_out(script, self.table.script) and alone:
                found[script] = tag
        return found

    def words(self, string: str) -> Inlines:
        """A plain string as typeset inlines of the edition."""
        block = ast.plain(words(string, self.table.typography))
        self.mark_scripts([block])
        return tuple(block["c"])

    def label(self, key: str, /, **values: object) -> Inlines:
        """The edition's words for ``key``."""
        return self.words(self.table.label(key, **values))

    def mark_scripts(self, blocks: Sequence[Node]) -> None:
        """Say, in place, of runs in another script which language they are in."""
        for script, tag in self.scripts.items():
            tag_script(blocks, script, tag)
