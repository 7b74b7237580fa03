"""Lists that were typed sign by sign, as lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.drafts.office_captions import PARAGRAPHS, without
from pipeline.drafts.office_changes import Change
from pipeline.drafts.plaintext.openers import LISTED, Opener, are_lettered, letter_bullets, opener
from pipeline.drafts.plaintext.tables import HEADING_SIGNS
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_UNWRITTEN = ("kana", "kanas")  # numbers that Markdown does not know
_GLUED = re.compile(r"[-–—](?=[^\W\d_])")  # -halles
_ALONE = 2  # fewer items may be titles

Item = tuple[Node, Opener]


def listed(blocks: Sequence[Node], language: str, changes: list[Change]) -> list[Node]:
    """Paragraphs that follow each other with the same sign, or with numbers that do, as a list.

    What stands with another sign between two items of a list is a list within the first.
    """
    result: list[Node] = []
    run: list[Item] = []
    texts = [ast.plain_text([block]).strip() for block in blocks if block["t"] in PARAGRAPHS]
    letters = letter_bullets(texts, language)
    for block in blocks:
        found = _opener(block, language, letters)
        if found:
            run.append((block, found))
        else:
            result += [*_lists(run, changes), block]
            run = []
    return [*result, *_lists(run, changes)]


def _opener(block: Node, language: str, letters: frozenset[str]) -> Opener | None:
    words = ast.plain_text([block]).strip() if block["t"] in PARAGRAPHS else ""
    if _GLUED.match(words):
        return Opener("bullet", "glued", 0, 1, sure=False)
    found = opener(words, language, letters)
    if found is None or not found.length:
        return None
    return found if found.kind == "bullet" or found.style in LISTED else None


def _lists(run: Sequence[Item], changes: list[Change], *, within: bool = False) -> list[Node]:
    """Paragraphs with signs as lists, and those that make none as they are.

    ``within`` an item one alone is a list too: « 2. Loyers », « - des petits », « 3. Livrer ».
    """
    result: list[Node] = []
    at = 0
    while at < len(run):
        items = [at + index for index in _items(run[at:])]
        words = [ast.plain_text([run[item][0]]).strip() for item in items]
        style, value = run[at][1].style, run[at][1].value
        enough = len(items) >= _ALONE or (within and run[at][1].kind == "bullet")
        if not enough or (style == "upper" and not are_lettered(words, value)):
            result.append(run[at][0])
            at += 1
            continue
        if not within:
            changes.append(Change("office-list", words[0]))
        ends = [*items[1:], items[-1] + 1]
        inner = [
            _lists(run[item + 1 : end], changes, within=True)
            for item, end in zip(items, ends, strict=True)
        ]
        result.append(_list([run[item] for item in items], inner, words[0]))
        at = items[-1] + 1
    return result


def _items(run: Sequence[Item]) -> list[int]:
    """The places of the items of the list that the first paragraph of a run begins."""
    items = [0]
    apart = _sign(run[0]) in HEADING_SIGNS  # ■ heads what is below it
    for index in range(1, len(run)):
        last, found = run[items[-1]][1], run[index][1]
        if (last.kind, last.style) != (found.kind, found.style):
            if apart:
                break
            continue
        if found.kind != "bullet" and found.value != last.value + 1:
            break
        items.append(index)
    return items


def _sign(item: Item) -> str:
    return ast.plain_text([item[0]]).strip()[:1]


def _list(items: Sequence[Item], inner: Sequence[Sequence[Node]], words: str) -> Node:
    first = items[0][1]
    cut = first.style not in _UNWRITTEN  # a letter that Markdown cannot count with stays
    texts = [without(b["c"], found.length) if cut else b["c"] for b, found in items]
    made = [[ast.plain(text), *below] for text, below in zip(texts, inner, strict=True)]
    if first.kind == "bullet" or not cut:
        return {"t": "BulletList", "c": made}
    return {"t": "OrderedList", "c": [[first.value, *_counted(first, words)], made]}


def _counted(first: Opener, words: str) -> list[Node]:
    """How a list counts and sets off its numbers, as its first item was typed: a), (1), A."""
    typed = words[: first.length].strip()
    letters = {
        "alpha": "LowerAlpha",
        "alphas": "LowerAlpha",
        "alphaslash": "LowerAlpha",
        "upper": "UpperAlpha",
    }
    within = typed[0] in "(（" or first.style == "circled"
    behind = "OneParen" if typed[-1] in ")）/" else "Period"
    return [{"t": letters.get(first.style, "Decimal")}, {"t": "TwoParens" if within else behind}]


def tighten(node: Node) -> None:
    """Items of one paragraph stand close together, as they did on the page."""
    items = node["c"] if node["t"] == "BulletList" else node["c"][1]
    if all(sum(block["t"] in PARAGRAPHS for block in item) == 1 for item in items):
        for item in items:
            item[:] = [ast.plain(b["c"]) if b["t"] == "Para" else b for b in item]
