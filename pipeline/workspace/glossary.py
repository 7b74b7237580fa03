"""glossary.yaml: terms in every language, what must not be translated, forms to refuse."""

from __future__ import annotations

from pydantic import Field

from pipeline.workspace.schema import Localized, Slug, Strict, Text


class Form(Strict):
    """A term in one language.

    ``variants`` are other names of the same thing; ``accept`` are words that may render the term in
    a translation, though they mean other things too; ``refuse`` are words never to be written.
    """

    term: Text
    reading: Text | None = None
    variants: tuple[Text, ...] = ()
    accept: tuple[Text, ...] = ()
    refuse: tuple[Text, ...] = ()


class Term(Strict):
    """A concept of the glossary with its form in each language."""

    id: Slug
    terms: dict[str, Form] = Field(min_length=1)
    note: Localized | None = None
    translate: bool = True
