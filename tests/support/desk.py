"""A counterpart beside its original, read without pandoc, for the tests of decisions."""

from __future__ import annotations

from pipeline.review.applying import apply
from pipeline.review.decisions import Applied, Decision
from pipeline.review.items import Item, items_of
from pipeline.texts.bodies import Body
from pipeline.texts.metadata import Metadata
from pipeline.texts.read import Text
from pipeline.texts.source import check_bounds, parse_source
from pipeline.translation.fingerprint import fingerprint
from pipeline.workspace.layout import Kind, TextFile
from pipeline.workspace.schema import validate
from pipeline.workspace.yaml import parse
from tests.support.quick import quick_split
from tests.support.workspace import block

PATH = "sources/eco/marche.ja.md"


def read(raw: str, language: str = "ja") -> Text:
    """A text from its content; raises ActesError as reading does."""
    path = f"sources/eco/marche.{language}.md"
    source = parse_source(path, raw.encode())
    check_bounds(source)
    document = parse(source.front or "", path, line_offset=1)
    given = document.value if isinstance(document.value, dict) else {}
    metadata, problems = validate(Metadata, document, {"counterpart": "translation" in given})
    assert metadata is not None, problems
    file = TextFile(path, "eco", "marche", language, Kind.SUMMARY)
    return Text(file, source, metadata, Body(quick_split(source.body), (), ()), ())


def original(*segments: str, title: str = "Marché") -> Text:
    """An original with some paragraphs."""
    body = "\n\n".join(segments)
    return read(f"---\ntitle: {title}\n---\n\n{body}\n", "fr")


def counterpart(body: str, title: str = "市場", claim: str = "") -> Text:
    """A counterpart with a title, what is said of it, and a body."""
    said = claim or f'{{state: machine, source: Marché, text: "{fingerprint(title)}"}}'
    head = f"title: {title}\ntranslation:\n  of: marche.fr.md\n  fields:\n    title: {said}\n"
    return read(f"---\n{head}---\n\n{body}")


def comment(word: str, source: str, words: str, more: str = "", marked: bool = True) -> str:
    """A passage."""
    mark = f"text: {fingerprint(words)}\n" if words and marked else ""
    return f"<!-- {word}\n{block('source', source)}{more}{mark}-->\n{words}\n\n"


def item(source: Text, text: Text, part: str) -> Item:
    """The item of that name."""
    return next(found for found in items_of(source, text) if found.part == part)


def decide(source: Text, text: Text, *decisions: Decision) -> Applied:
    """The decisions applied."""
    return apply(source, text, decisions, read)
