"""The typographic pass over the AST: rules of `typography`, ordinals, runs in another script.

Code and URLs are never touched. The words of a paragraph may be spread over bold, links and
footnote marks; they are joined to one string, edited, and written back where they came from.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Iterable, Sequence

from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.texts.typography import edits

_ORDINAL = re.compile(
    r"(?<![\w-])(?P<number>\d+|[IVXLC]+)(?P<ending>ers?|ères?|res?|nde?s?|èmes?|es?)(?![\w])"
)
_NUMBERED = re.compile(r"[\dIVXLC][ernè]")  # what every ordinal holds: quicker to look for
_ENDINGS = {"ère": "re", "ères": "res", "ème": "e", "èmes": "es"}
_NOT_ROMAN = frozenset("CDLM")  # « Ces », « Des », « Les », « Mes » are words
_HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = r"\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_WIDE = r"\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_BRACKETED = r"[「『【《〈（][^」』】》〉） ]*[」』】》〉）]"
SCRIPTS = {
    "japanese": re.compile(rf"[{_HAN}{_KANA}][{_WIDE}]*|{_BRACKETED}"),
    "han": re.compile(rf"[{_HAN}][{_WIDE}]*|{_BRACKETED}"),
    "hangul": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]+"),
}
"""Runs of a script that stands out in a text of another, by the name that language tables use."""


def stands_out(script: str, among: str) -> bool:
    """Whether runs of ``script`` can be told in a text that is written in ``among``."""
    shared = {"japanese", "han"}  # Chinese characters alone say nothing of their language
    return script in SCRIPTS and script != among and not {script, among} <= shared


def typeset(blocks: Iterable[Node], kind: str) -> list[Node]:
    """A copy of ``blocks`` with the typography ``kind`` (a language table's) put right."""
    return [_block(block, kind) for block in blocks]


def typeset_inlines(inlines: Sequence[Node], kind: str) -> list[Node]:
    """`typeset` of inlines."""
    return _block({"t": "Plain", "c": list(inlines)}, kind)["c"]  # type: ignore[no-any-return]


def words(string: str, kind: str) -> tuple[Node, ...]:
    """A plain string (metadata, a label) as typeset inlines."""
    return tuple(typeset_inlines(ast.text(string), kind))


def _block(node: Node, kind: str) -> Node:
    """A corrected copy of a block and everything in it."""
    # The quickest deep copy of plain data; without references (format 2) what stands twice in the
    # block, as an empty attribute does, is two things in the copy, which may be changed apart.
    copy: Node = marshal.loads(marshal.dumps(node, 2))  # noqa: S302 - what was just written
    _correct_within(copy, kind)
    return copy


def _correct_within(node: Node, kind: str) -> None:
    if node["t"] == "Para" and kind in _INDENTED:
        outdent(node["c"])
    for inlines in ast.inline_lists(node):
        _correct(inlines, kind)
        for inner in ast.walk(inlines):
            if inner["t"] == "Note":
                for block in inner["c"]:
                    _correct_within(block, kind)
    for blocks in ast.block_lists(node):
        for block in blocks:
            _correct_within(block, kind)


def outdent(inlines: Sequence[Node]) -> None:
    """Take away the space that an author begins a paragraph with: the page indents it already."""
    first = next(iter(_leaves(inlines)), None)
    if first is not None and first["t"] == "Str":
        first["c"] = first["c"].lstrip("\u3000")


_SPACES = ("Space", "SoftBreak")
_INDENTED = ("japanese", "chinese")  # typographies of authors who type 　 before a paragraph


def _correct(inlines: list[Node], kind: str) -> None:
    leaves = list(_leaves(inlines))
    string = "".join(_visible(leaf) for leaf in leaves)
    _write_back(leaves, string, kind)
    if kind == "french":
        _superscript_ordinals(inlines)


def _leaves(inlines: Sequence[Node]) -> Iterable[Node]:
    """The words and spaces in reading order; what must not be touched is one opaque mark."""
    for node in inlines:
        if node["t"] in ("Emph", "Strong", "Strikeout", "SmallCaps", "Underline"):
            yield from _leaves(node["c"])
        elif node["t"] in ("Span", "Link"):
            yield from _leaves(node["c"][1])
        else:
            yield node


def _visible(leaf: Node) -> str:
    if leaf["t"] == "Str":
        return str(leaf["c"])
    if leaf["t"] in _SPACES:
        return " "
    return "" if leaf["t"] in ("Note", "Superscript", "Subscript") else "\ufffc"


def _write_back(leaves: Sequence[Node], string: str, kind: str) -> None:
    found = edits(string, kind)
    if not found:
        return
    offset = 0
    pending = list(found)
    for leaf in leaves:
        text = _visible(leaf)
        start, end = offset, offset + len(text)
        offset = end
        pieces, last, changed = [], start, False
        while pending and (pending[0].start < end or (pending[0].start == pending[0].end == end)):
            edit = pending[0]
            pieces.append(string[last : max(last, edit.start)])
            if edit.start >= start:
                pieces.append(edit.new)
            last = max(last, min(edit.end, end))
            changed = True
            if edit.end > end:
                break  # goes on in the next leaf, which loses its part
            pending.pop(0)
        if changed and leaf["t"] in ("Str", *_SPACES):
            result = "".join([*pieces, string[last:end]])
            leaf.clear()
            leaf.update({"t": "Str", "c": result} if result != " " else ast.SPACE)


def _superscript_ordinals(inlines: list[Node]) -> None:
    """``8e`` → 8ᵉ as a superscript, wherever a word of the list has that form."""

    def change(nodes: list[Node]) -> list[Node]:
        result: list[Node] = []
        for node in nodes:
            ordinal = node["t"] == "Str" and _NUMBERED.search(node["c"])
            result += _split_ordinal(node["c"]) if ordinal else [node]
        return result

    _map_lists(inlines, change)


_UNSPLIT = ("Str", *_SPACES, "Note")


def _map_lists(inlines: list[Node], change: Callable[[list[Node]], list[Node]]) -> None:
    for node in inlines:
        if node["t"] not in _UNSPLIT:
            for inner in ast.inline_lists(node):
                _map_lists(inner, change)
    inlines[:] = change(inlines)


def _split_ordinal(word: str) -> list[Node]:
    parts: list[Node] = []
    last = 0
    for match in _ORDINAL.finditer(word):
        number, ending = match["number"], match["ending"]
        if not _is_ordinal(number, ending):
            continue
        if last < match.end("number"):
            parts.append({"t": "Str", "c": word[last : match.end("number")]})
        short = {"t": "Str", "c": _ENDINGS.get(ending, ending)}
        parts.append({"t": "Superscript", "c": [short]})
        last = match.end()
    if last < len(word) or not parts:
        parts.append({"t": "Str", "c": word[last:]})
    return parts


def _is_ordinal(number: str, ending: str) -> bool:
    """Whether these make an ordinal: 1er, 2e, Ier, XXIe, but not « Vers » or « Les »."""
    first = ending in ("er", "ers", "re", "res", "ère", "ères")
    if number.isdigit():
        return not first or number == "1"
    if first:
        return number == "I"
    return number not in _NOT_ROMAN and ending in ("e", "es", "ème", "èmes")


def tag_script(blocks: Iterable[Node], script: str, language: str) -> None:
    """Mark, in place, the runs of ``script`` in a text of another as being in ``language``.

    Readers' software needs it to speak them, and both writers to choose the right glyphs.
    """

    pattern = SCRIPTS[script]

    def change(nodes: list[Node]) -> list[Node]:
        result: list[Node] = []
        for node in nodes:
            latin = node["t"] != "Str" or node["c"].isascii()
            result += [node] if latin else _tagged(node["c"], pattern, language)
        return result

    ast.map_inlines(blocks, change)


def _tagged(word: str, pattern: re.Pattern[str], language: str) -> list[Node]:
    parts: list[Node] = []
    last = 0
    for match in pattern.finditer(word):
        if last < match.start():
            parts.append({"t": "Str", "c": word[last : match.start()]})
        parts.append(ast.span([{"t": "Str", "c": match[0]}], ast.attr(lang=language)))
        last = match.end()
    if last < len(word):
        parts.append({"t": "Str", "c": word[last:]})
    return parts
