"""The lists at the end of a book, as blocks for Word: register, index, glossary."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.proceedings.book import DelegationEntry, Glossary, Index, Register
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.marks import Leads
from pipeline.publishing.word.text import Setter
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_KEPT_DELEGATES = 12  # a larger delegation may be turned


def register(register: Register, setter: Setter) -> Iterable[Node]:
    """The authorities by country, each with its delegates."""
    for country, delegations in register.groups:
        yield ast.styled("Actes Section", setter.inlines(country))
        for entry in delegations:
            yield from _delegation(entry, setter)


def _delegation(entry: DelegationEntry, setter: Setter) -> Iterable[Node]:
    yield ast.styled("Actes Authority", setter.inlines(entry.name))
    if entry.detail:
        yield ast.styled("Actes Authority Detail", setter.inlines(entry.detail))
    together = len(entry.delegates) <= _KEPT_DELEGATES
    for number, delegate in enumerate(entry.delegates, 1):
        leads = setter.marks.inline(Leads(together and number < len(entry.delegates)))
        name = ast.span(setter.inlines(delegate.name), ast.attr(custom_style="Actes Delegate Name"))
        role = [x.inline(x.TAB), *setter.inlines(delegate.role)] if delegate.role else []
        yield ast.styled("Actes Delegate", [leads, name, *role])


def index(index: Index, setter: Setter) -> Iterable[Node]:
    """Terms under their letter or kana row, with the pages of their chapters."""
    comma = setter.labels.get("list-separator", ", ")
    for letter, entries in index.sections:
        yield ast.styled("Index Heading", ast.text(letter))
        for entry in entries:
            pages = x.TAB + x.run(comma).join(
                f'<w:hyperlink w:anchor="{x.quoted(x.bookmark_name(chapter))}" w:history="1">'
                f"{x.page_reference(chapter)}</w:hyperlink>"
                for chapter in entry.chapters
            )
            yield ast.styled("Index 1", [*setter.inlines(entry.term), x.inline(pages)])


def glossary(glossary: Glossary, setter: Setter) -> Iterable[Node]:
    """Terms, their forms in the other languages, their definitions."""
    for entry in glossary.entries:
        yield ast.styled("Definition Term", setter.inlines(entry.term))
        for language, words in entry.equivalents:
            spoken = ast.span(setter.inlines(words), ast.attr(lang=language))
            last = not entry.note and (language, words) == entry.equivalents[-1]
            free = [setter.marks.inline(Leads(False))] if last else []
            yield ast.styled("Actes Equivalent", [*free, spoken])
        if entry.note:
            yield ast.styled("Definition", setter.inlines(entry.note))
