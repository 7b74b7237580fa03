"""A Word or ODT draft as Markdown: pandoc reads it, the allow-list cleans it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.drafts.office_blocks import shaped
from pipeline.drafts.office_captions import pictured
from pipeline.drafts.office_changes import Change
from pipeline.drafts.office_headings import titled
from pipeline.drafts.office_lines import parted
from pipeline.drafts.office_pictures import as_picture, local, named_images
from pipeline.drafts.office_tables import laid_out
from pipeline.drafts.package import Tracked, open_package
from pipeline.drafts.plaintext.lines import ends_sentence, is_wide
from pipeline.drafts.plaintext.model import written
from pipeline.drafts.plaintext.sentences import sentences
from pipeline.errors import Place, Problem, Severity
from pipeline.texts import allow, ast, pandoc
from pipeline.texts.pandoc import Node
from pipeline.texts.typeset import outdent

_LONGEST_TITLE = 80
# Arrows and ticks of Wingdings (Word makes them of -->), as pandoc reads them and an ODT has them.
_SYMBOLS = str.maketrans(
    "\U0001f86a\U0001f868\U0001f869\U0001f86b\uf0e0\uf0df\uf0e1\uf0e2\uf0fc\uf0fb\uf0b7\uf0a7\uf0d8",
    "→←↑↓→←↑↓✔✘•▪➢",
)
_READERS = {".docx": "docx+styles", ".odt": "odt"}
_TITLES = frozenset({"Title", "Titre", "Titel", "表題", "Subtitle", "Sous-titre"})


@dataclass(frozen=True)
class OfficeDraft:
    """What a draft became: a title (may be empty), a body, its pictures by name, remarks."""

    title: str
    body: str
    images: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def import_office(
    content: bytes, file: str, suffix: str, slug: str, language: str, tracked: Tracked
) -> OfficeDraft:
    """Turn the bytes of ``file`` into Markdown.

    Pictures are named after ``slug`` and referred to as ``images/…``. Raises the errors of
    `open_package` and ``pandoc-failed``.
    """
    package = open_package(content, file, tracked, draft=True)
    meta, blocks = pandoc.read_office(package.content, _READERS[suffix.lower()], tracked)
    title, blocks = _title(meta, package.title, _unstyled(blocks))
    blocks = [*_before(meta), *blocks]
    problems = list(package.problems)
    changes = list(_spelt_out(blocks, package.described))
    blocks = laid_out([as_picture(block) for block in blocks], changes)
    blocks = parted(blocks, language, changes)
    blocks = pictured(blocks, language)
    images = named_images(blocks, package.media, slug, file, problems)
    cleaned = allow.clean(blocks, f"sources/import/{slug}.{language}.md")
    problems += [_in_file(problem, file) for problem in cleaned.problems]
    kept, guessed = shaped([node for group in cleaned.blocks for node in group], language)
    if not title:
        title, kept = titled(kept, guessed)
    problems += [_changed(change, file) for change in (*changes, *guessed)]
    kept = _headings_in_one_line(kept)
    _shift_headings(kept)
    ast.map_inlines(kept, lambda inlines: local(ast.apart(inlines), slug))
    _one_sentence_a_line(kept, language)
    body = pandoc.write(pandoc.document(kept), "commonmark_x-smart", ["--wrap=preserve"])
    return OfficeDraft(title, body.decode("utf-8"), images, tuple(problems))


def _changed(change: Change, file: str) -> Problem:
    values = {"words": change.words[:60]}
    return Problem(change.rule, Place(file), values, Severity.REMARK)


def _in_file(problem: Problem, file: str) -> Problem:
    return Problem(problem.rule, Place(file), problem.values, problem.severity)


def _unstyled(blocks: Sequence[Node]) -> list[Node]:
    """pandoc's ``docx+styles`` wraps everything in its style: only titles are kept apart."""
    result: list[Node] = []
    for block in blocks:
        if block["t"] == "Div":
            style = dict(block["c"][0][2]).get("custom-style", "")
            inner = _unstyled(block["c"][1])
            if style in _TITLES and len(inner) == 1 and inner[0]["t"] in ("Para", "Plain"):
                inner = [ast.header(0, inner[0]["c"])]
            result += inner
        else:
            for inlines in ast.inline_lists(block):
                inlines[:] = _plain_spans(_underlined(inlines))
            for blocks_inside in ast.block_lists(block):
                blocks_inside[:] = _unstyled(blocks_inside)
            result.append(_bare(block))
    return result


def _underlined(inlines: Sequence[Node]) -> Sequence[Node]:
    """A short paragraph that is all underlined, as typewriters made titles, is bold."""
    words = ast.plain_text(inlines).strip()
    lines = all(node["t"] in ("Underline", "Space") for node in inlines)
    short = 0 < len(words) <= _LONGEST_TITLE and not ends_sentence(words)
    return [ast.strong(inlines)] if lines and short else inlines


def _bare(node: Node) -> Node:
    """A node without the ids and styles that Word gave it."""
    if node["t"] in ("Header", "CodeBlock", "Link", "Table", "Figure", "Code"):
        node["c"][1 if node["t"] == "Header" else 0] = ["", [], []]
    return node


def _spelt_out(blocks: Sequence[Node], described: Mapping[str, str]) -> Iterator[Change]:
    """Formulas become code, and signs of a font of symbols those that every font has.

    What describes a picture becomes its alternative text, no caption.
    """
    for node in ast.walk(blocks):
        if node["t"] == "Math":
            formula = node["c"][1].strip()
            node["t"], node["c"] = "Code", [ast.EMPTY, formula]
            yield Change("office-formula", formula)
        elif node["t"] == "Image":
            words = ast.plain_text(node["c"][1]).strip() or described.get(node["c"][2][0], "")
            node["c"][0] = ["", [], [["alt", words]] if words else []]
            node["c"][1] = []
        elif node["t"] == "Str":
            node["c"] = node["c"].translate(_SYMBOLS)


def _plain_spans(inlines: Sequence[Node]) -> list[Node]:
    result: list[Node] = []
    for node in inlines:
        for inner in ast.inline_lists(node):
            inner[:] = _plain_spans(inner)
        for blocks in ast.block_lists(node):  # of a note
            blocks[:] = _unstyled(blocks)
        inside = node["t"] == "Link" and node["c"][2][0].startswith("#")
        if node["t"] == "Span" or inside:  # the places that links within the file lead to are gone
            result += node["c"][1]
        elif node["t"] in ("Underline", "SmallCaps"):
            result += node["c"]
        else:
            result.append(_bare(node))
    return result


def _title(meta: Mapping[str, Node], styled: str, blocks: list[Node]) -> tuple[str, list[Node]]:
    """The title, from the document's own Title paragraph, its properties or its first heading."""
    for index, block in enumerate(blocks[:3] if styled else ()):
        if " ".join(ast.plain_text([block]).split()) == styled:
            return styled, [*blocks[:index], *blocks[index + 1 :]]
    for index, block in enumerate(blocks[:3]):
        if block["t"] == "Header" and block["c"][0] == 0:
            rest = [b for i, b in enumerate(blocks) if i != index]
            _demote_titles(rest)
            return ast.plain_text(block["c"][2]).strip(), rest
    _demote_titles(blocks)
    stated = meta.get("title")
    if stated and stated["t"] == "MetaInlines":
        return ast.plain_text(stated["c"]).strip(), blocks
    tops = [b for b in blocks if b["t"] == "Header" and b["c"][0] == 1]
    if len(tops) == 1 and blocks[0] is tops[0]:
        return ast.plain_text(tops[0]["c"][2]).strip(), blocks[1:]
    return "", blocks


def _before(meta: Mapping[str, Node]) -> Iterable[Node]:
    """What pandoc takes out of the beginning of a Word file by its style, besides the title."""
    for key in ("subtitle", "author", "date", "abstract"):
        stated = meta.get(key)
        for value in stated["c"] if stated and stated["t"] == "MetaList" else [stated]:
            if value and value["t"] == "MetaInlines":
                yield ast.para(_plain_spans(value["c"]))
            elif value and value["t"] == "MetaBlocks":
                yield from _unstyled(value["c"])


def _demote_titles(blocks: Iterable[Node]) -> None:
    for block in blocks:
        if block["t"] == "Header":
            block["c"][0] = max(1, block["c"][0])


def _headings_in_one_line(blocks: Sequence[Node]) -> list[Node]:
    """Headings without line ends, and without those of no words, which only made space."""
    for node in ast.walk(blocks):
        if node["t"] == "Header":
            words = node["c"][2]
            for index, inner in enumerate(words):
                if inner["t"] == "LineBreak":
                    around = ast.plain_text([*words[:index][-1:], *words[index + 1 :][:1]])
                    wide = bool(around) and is_wide(around[0]) and is_wide(around[-1])
                    words[index] = {"t": "Str", "c": "\u3000"} if wide else ast.SPACE
    return [b for b in blocks if b["t"] != "Header" or ast.plain_text([b]).strip() or _held(b)]


def _held(block: Node) -> bool:
    return any(node["t"] in ("Image", "Note") for node in ast.walk([block]))


def _shift_headings(blocks: Sequence[Node]) -> None:
    """A body's headings begin at level 2, below its title, and leave out no level."""
    headers = [node for node in ast.walk(blocks) if node["t"] == "Header"]
    levels = sorted({header["c"][0] for header in headers})
    for header in headers:
        header["c"][0] = min(6, levels.index(header["c"][0]) + 2)
        header["c"][1] = ["", [], []]


def _one_sentence_a_line(blocks: Sequence[Node], language: str) -> None:
    """Break lines after sentences in paragraphs (not in headings, cells or terms)."""
    for node in blocks:
        if node["t"] == "Para":
            outdent(node["c"])
            node["c"][:] = _broken(node["c"], language)
        elif node["t"] in ("BlockQuote", "Div", "BulletList", "OrderedList"):
            for inner in ast.block_lists(node):
                _one_sentence_a_line(inner, language)


_OPAQUE = "\ufffc"


def _broken(inlines: Sequence[Node], language: str) -> list[Node]:
    """Top-level spaces between sentences become line ends; in Japanese one is put between them."""
    shown = [_shown(node) for node in inlines]
    string = "".join(shown)
    ends: set[int] = set()
    at = 0
    for part in sentences(written(string, 0), language)[:-1]:
        found = string.find(part.text, at)
        if found < 0:
            break
        at = found + len(part.text)
        ends.add(at)
    result: list[Node] = []
    offset = 0
    for node, text in zip(inlines, shown, strict=True):
        if node["t"] in ("Space", "SoftBreak"):
            result.append({"t": "SoftBreak"} if offset in ends else ast.SPACE)
        elif node["t"] == "Str":
            result += _cut(
                node["c"], sorted(e - offset for e in ends if offset < e < offset + len(text))
            )
            if offset + len(text) in ends and _wide(text[-1:]):
                result.append({"t": "SoftBreak"})
        else:
            result.append(node)
        offset += len(text)
    return result


def _cut(word: str, places: Sequence[int]) -> list[Node]:
    parts: list[Node] = []
    last = 0
    for place in places:
        parts += [{"t": "Str", "c": word[last:place]}, {"t": "SoftBreak"}]
        last = place
    return [*parts, {"t": "Str", "c": word[last:]}]


def _shown(node: Node) -> str:
    if node["t"] in ("Space", "SoftBreak"):
        return " "
    if node["t"] == "Str":
        return str(node["c"])
    return "" if node["t"] == "Note" else re.sub(r"\s", "_", ast.plain_text([node])) or _OPAQUE


def _wide(character: str) -> bool:
    return character in "。！？」』）"
