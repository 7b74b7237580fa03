"""The walk of the allow-list: lists, places, attributes; the kinds of nodes are in their tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import Place, Problem, Severity
from pipeline.texts import ast, captions
from pipeline.texts.emphasis import ENTITY, SENTINEL
from pipeline.texts.pandoc import Node
from pipeline.workspace.characters import hidden, visible
from pipeline.workspace.languages import Markup

MAX_DEPTH = 40
MAX_CELLS = 5_000
SLUG = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
ANY = re.compile(r".*", re.DOTALL)
NO_KEYS: Mapping[str, re.Pattern[str]] = {}
_LONGEST = 60
_POSITION = re.compile(r"(?:[^;]*@)?([0-9]{1,7}):[0-9]")  # a text may say data-pos too


@dataclass
class Cleaner:
    """One walk over one text: what it has found so far, and where it is."""

    path: str
    body_line: int
    block_handlers: Mapping[str, Callable[[Cleaner, Any], list[Node]]]
    inline_handlers: Mapping[str, Callable[[Cleaner, Any], list[Node]]]
    markup: Markup
    line: int = 0
    depth: int = 0
    images: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    # -- places ---------------------------------------------------------------------------------

    def refuse(self, rule: str, severity: Severity = Severity.ERROR, **values: object) -> None:
        """Report something that was refused at the present place."""
        line = self.line + self.body_line if self.line else 0
        self.problems.append(Problem(rule, Place(self.path, line), values, severity))

    def note_position(self, attributes: ast.Attr) -> bool:
        """Remember where we are; whether the node is only a wrapper that carries a position."""
        pairs = dict(attributes[2])
        position = _POSITION.match(pairs.get("data-pos", ""))
        if position:
            self.line = int(position[1])
        return "wrapper" in pairs

    # -- lists ----------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        """Clean a block list; a legend becomes its table's caption."""
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH:
                self.refuse("text-too-deep")
                return []
            return captions.attach(
                [kept for block in blocks for kept in self.block(block)], self.markup.tables
            )
        finally:
            self.depth -= 1

    def inlines(self, inlines: Sequence[Node]) -> list[Node]:
        """Clean an inline list."""
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH:
                self.refuse("text-too-deep")
                return []
            return [kept for inline in ast.joined(inlines) for kept in self.inline(inline)]
        finally:
            self.depth -= 1

    def block(self, node: Node) -> list[Node]:
        """Clean one block: none, one or several remain."""
        handler = self.block_handlers.get(node["t"])
        if handler is None:
            self.refuse("markup-unknown", kind=node["t"])
            return []
        return handler(self, node.get("c"))

    def inline(self, node: Node) -> list[Node]:
        """Clean one inline."""
        handler = self.inline_handlers.get(node["t"])
        if handler is None:
            self.refuse("markup-unknown", kind=node["t"])
            return []
        return handler(self, node.get("c"))

    # -- attributes -----------------------------------------------------------------------------

    def attributes(self, attributes: ast.Attr, allowed: Mapping[str, re.Pattern[str]]) -> ast.Attr:
        """Only a plain id and the named keys; the rest is code in some writer (``typst:*``)."""
        identifier, classes, pairs = attributes
        kept = []
        for key, value in pairs:
            if key in ("data-pos", "wrapper"):
                continue
            if key in allowed and allowed[key].fullmatch(value):
                kept.append([key, self.string(value)])
            else:
                self.refuse("attribute-refused", key=short(key))
        if identifier and not SLUG.fullmatch(identifier):
            self.refuse("identifier-refused", id=short(identifier))
            identifier = ""
        unknown = [name for name in classes if name.lower() not in self.markup.boxes]
        for name in unknown:
            self.refuse("class-unknown", Severity.REMARK, name=short(name))
        return [identifier, ["box"] if len(unknown) < len(classes) else [], kept]

    def string(self, value: str) -> str:
        """A string without the marks of `emphasis`, and without hidden characters.

        Those of the file were taken out before it was read: what is found here was an entity.
        """
        plain = value.replace(SENTINEL, "").replace(ENTITY, "")
        shown = visible(plain)
        if shown != plain:
            for rule, code, _line, _column in hidden(plain):
                self.refuse(rule, code=code)
        return shown


def short(value: str) -> str:
    """A value on one line, as a message cites it."""
    single = " ".join(visible(value).split())
    return single if len(single) <= _LONGEST else f"{single[: _LONGEST - 1]}…"
