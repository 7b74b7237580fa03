"""The lists at the end of a book, as calls of the template: register, index, glossary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.proceedings.book import (
    DelegationEntry,
    Glossary,
    Index,
    IndexEntry,
    Inlines,
    Register,
)
from pipeline.publishing.typst.markup import array, markup, quoted
from pipeline.publishing.typst.text import Setter


def register(register: Register, setter: Setter) -> str:
    """The authorities by country, each with its delegates."""
    groups = (
        ", ".join([setter.displayed(country), *(_delegation(entry, setter) for entry in entries)])
        for country, entries in register.groups
    )
    return "\n".join(f"#register-group({group})" for group in groups)


def _delegation(entry: DelegationEntry, setter: Setter) -> str:
    delegates = array(
        f"({setter.content(delegate.name)}, {setter.content(delegate.role)})"
        for delegate in entry.delegates
    )
    return f"({setter.displayed(entry.name)}, {setter.content(entry.detail)}, {delegates})"


def index(index: Index, setter: Setter) -> str:
    """Terms under their letter or kana row, with the ids of their chapters."""
    sections = (
        ", ".join([f"[{markup(letter)}]", *(_entry(entry, setter) for entry in entries)])
        for letter, entries in index.sections
    )
    return _in_two_columns(f"#index-section({section})" for section in sections)


def _entry(entry: IndexEntry, setter: Setter) -> str:
    chapters = array(quoted(chapter) for chapter in entry.chapters)
    return f"({setter.content(entry.term)}, {chapters})"


def glossary(glossary: Glossary, setter: Setter) -> str:
    """Terms, their forms in the other languages, their definitions."""
    return _in_two_columns(
        f"#glossary-entry({setter.displayed(entry.term)}, "
        f"{array(_equivalent(tag, words, setter) for tag, words in entry.equivalents)}, "
        f"{setter.content(entry.note)})"
        for entry in glossary.entries
    )


def _equivalent(tag: str, words: Inlines, setter: Setter) -> str:
    setter.shared.languages.add(tag)
    return f"in-body({quoted(tag)})[{replace(setter, language=tag).inlines(words)}]"


def _in_two_columns(calls: Iterable[str]) -> str:
    lines = "\n".join(calls)
    return f"#two-columns[\n{lines}\n]"
