"""event.yaml and delegations.yaml: what an event is, and who takes part in it."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline.workspace.schema import Localized, Slug, Strict, Text
from pipeline.workspace.translation_settings import Translation

_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")
Goal = Annotated[int, Field(ge=1, le=17)]
Format = Literal["docx", "pdf"]


def _language(value: str) -> str:
    if not _LANGUAGE.match(value):
        raise PydanticCustomError("language-tag", "not a language tag", {"given": value})
    return value


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise PydanticCustomError("expected-colour", "not a colour", {"given": value})
    return value


def _country(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise PydanticCustomError("expected-country", "not a country", {"given": value})
    return value


Country = Annotated[str, AfterValidator(_country)]
"""ISO 3166-1, two letters."""
Language = Annotated[str, AfterValidator(_language)]
"""A language tag (BCP 47: ``fr``, ``ja``, ``pt-BR``), as in the names of texts."""
Colour = Annotated[str, AfterValidator(_colour)]


def _two(languages: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(languages)) != 2:  # noqa: PLR2004 - a side each
        raise PydanticCustomError("expected-two-languages", "not two languages")
    return languages


class Period(Strict):
    """First and last day of the event."""

    start: datetime.date
    end: datetime.date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError(
                "dates-order",
                "dates in the wrong order",
                {"start": self.start.isoformat(), "end": self.end.isoformat(), "at": ("end",)},
            )
        return self


class Subject(Strict):
    """A subject that the framing note proposes for a theme."""

    id: Slug
    label: Localized


class Theme(Strict):
    """A theme of the event: a part of the proceedings and a folder of `sources/`."""

    id: Slug
    title: Localized
    subtitle: Localized | None = None
    colour: Colour = "#1f4e79"
    subjects: tuple[Subject, ...] = ()


class Layer(Strict):
    """A layer of the SDG wedding cake, from the base up."""

    id: Slug
    title: Localized
    colour: Colour
    goals: tuple[Goal, ...]


class Cake(Strict):
    """The SDG « wedding cake »: a title, a credit line, layers from the base up."""

    title: Localized
    credit: Localized
    layers: tuple[Layer, ...]


class Colophon(Strict):
    """Who publishes the proceedings, when and under what terms."""

    publisher: Localized
    date: datetime.date
    licence: Localized | None = None
    notice: Localized | None = None


class Edition(Strict):
    """An edition to build: its formats and, for the proceedings, its languages."""

    formats: tuple[Format, ...] = ("docx", "pdf")
    languages: tuple[Language, ...] = ()


class BilingualEdition(Edition):
    """The proceedings in two languages side by side, the first two of the event's where unsaid."""

    languages: Annotated[tuple[Language, ...], AfterValidator(_two)] = ()
    layout: Literal["columns", "facing"] = "columns"


class Editions(Strict):
    """What `actes build` makes by default; a bilingual edition only where it is named here."""

    proceedings: Edition = Edition()
    bilingual: BilingualEdition | None = None
    declaration: Edition = Edition()


class Declaration(Strict):
    """How the joint declaration is closed and printed.

    ``numbering``: ``articles`` counts clauses through the whole text, ``outline`` in each section.
    ``closing`` is the form in which it was concluded; ``place`` and ``date`` are of that act, by
    default the event's place and last day; ``calendar`` is what years are counted by, in languages
    that have eras. ``precedence`` names authorities in the order of protocol, before all others.

    ``alternat``: each original names its holder first in the whole text (``large``), or in the
    opening and closing formulas alone (``small``); its columns begin with the holder's language, or
    keep the event's order.
    """

    numbering: Literal["articles", "outline"] = "articles"
    closing: Literal["signed", "adopted", "read", "none"] = "signed"
    place: Localized | None = None
    date: datetime.date | None = None
    calendar: Literal["western", "era", "both"] = "western"
    precedence: tuple[Slug, ...] = ()
    alternat: Literal["large", "small"] = "large"
    columns: Literal["holder", "event"] = "holder"


class Event(Strict):
    """event.yaml."""

    id: Slug
    languages: Annotated[tuple[Language, ...], Field(min_length=2)]
    title: Localized
    short_title: Localized | None = None
    motto: Localized | None = None
    dates: Period
    place: Localized
    organisers: tuple[Localized, ...] = ()
    rooms: dict[Slug, Localized] = {}
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    preliminaries: tuple[Slug, ...] = ()
    annexes: tuple[Slug, ...] = ()
    goals: Cake | None = None
    colophon: Colophon
    editions: Editions = Editions()
    declaration: Declaration = Declaration()
    translation: Translation = Translation()

    def theme(self, identifier: str) -> Theme:
        """The theme of that id; KeyError if there is none."""
        for theme in self.themes:
            if theme.id == identifier:
                return theme
        raise KeyError(identifier)


class Member(Strict):
    """A person of a delegation."""

    name: Localized
    reading: Text | None = None
    role: Localized
    signatory: bool = False


class Delegation(Strict):
    """An authority that takes part, and its delegates.

    ``index_name`` is how an index lists it (« Tours (ville de) »), ``reading`` its kana.
    """

    id: Slug
    name: Localized
    index_name: Localized | None = None
    reading: Text | None = None
    country: Country
    kind: Slug
    region: Localized | None = None
    twin: Slug | None = None
    members: tuple[Member, ...] = ()


def declared_languages(value: Any) -> tuple[str, ...]:
    """The languages an unvalidated event.yaml declares, for checking its strings against."""
    languages = value.get("languages") if isinstance(value, dict) else None
    if isinstance(languages, list):
        return tuple(language for language in languages if isinstance(language, str))
    return ()
