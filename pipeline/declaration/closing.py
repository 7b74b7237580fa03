"""How a declaration ends: the formula of its conclusion, who signs it and in which order."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.declaration.alternat import PARTY
from pipeline.proceedings import wording
from pipeline.proceedings.book import Blocks, Inlines
from pipeline.proceedings.parallel import Party, Signatory
from pipeline.proceedings.setting import Setting
from pipeline.texts import ast
from pipeline.workspace.event import Delegation, Event, Member
from pipeline.workspace.load import Workspace

_TWO = 2
_LANGUAGES = _NAME = "\ufffc"


def formula(setting: Setting, languages: Sequence[str]) -> Blocks:
    """Form, place, date, and that the texts in ``languages`` are equally authentic.

    The languages are marked as naming their parties: an original begins with its holder's.
    """
    event, table = setting.workspace.event, setting.table
    number = "two" if len(languages) == _TWO else "all"
    words = table.label(
        f"closing-{event.declaration.closing}",
        place=_place(event, table.tag),
        date=wording.long_date(_day(event), table, event.declaration.calendar),
        languages=_LANGUAGES,
        texts=table.labels[f"texts-{number}"],
        copies=table.label(f"copies-{number}", count=len(languages)),
    )
    named = [
        [ast.span(list(setting.words(_in_language(tag, setting))), ast.attr(**{PARTY: tag}))]
        for tag in languages
    ]
    before, _, after = words.partition(_LANGUAGES)
    listed = wording.joined(named, table)
    return (ast.para([*setting.words(before), *listed, *setting.words(after)]),)


def _in_language(tag: str, setting: Setting) -> str:
    return setting.table.label("in-language", language=wording.language_name(tag, setting.table))


def _place(event: Event, language: str) -> str:
    return (event.declaration.place or event.place)[language]


def _day(event: Event) -> datetime.date:
    return event.declaration.date or event.dates.end


def signatures_title(setting: Setting) -> Inlines:
    """What stands above the names: of who signs, or of who was there."""
    signed = is_signed(setting.workspace.event)
    return setting.label("signatures" if signed else "representatives")


def is_signed(event: Event) -> bool:
    """Whether lines to sign on, and places for initials, are printed."""
    return event.declaration.closing in ("signed", "none")


def parties(workspace: Workspace, settings: Mapping[str, Setting]) -> Iterable[Party]:
    """Those who sign by country, in the order of the languages that the countries speak.

    Within a party, the authorities that event.yaml gives precedence come first, then the others as
    delegations.yaml lists them.
    """
    signing = [
        (delegation, member)
        for delegation in sorted(workspace.delegations.values(), key=_precedence(workspace.event))
        for member in delegation.members
        if member.signatory
    ]
    languages = list(settings)
    found = [
        Party(
            next((tag for tag in languages if wording.speaks(code, tag)), ""),
            tuple(s.words(wording.country(code, s.table)) for s in settings.values()),
            tuple(_signatory(d, m, settings) for d, m in signing if d.country == code),
        )
        for code in dict.fromkeys(delegation.country for delegation, _member in signing)
    ]
    ranks = {language: rank for rank, language in enumerate(languages)}
    return sorted(found, key=lambda party: ranks.get(party.language, len(ranks)))


def _precedence(event: Event) -> Callable[[Delegation], int]:
    first = event.declaration.precedence
    ranks = {identifier: rank for rank, identifier in enumerate(first)}
    return lambda delegation: ranks.get(delegation.id, len(ranks))


def _signatory(
    delegation: Delegation, member: Member, settings: Mapping[str, Setting]
) -> Signatory:
    return Signatory(tuple(tuple(_lines(delegation, member, s)) for s in settings.values()))


def _lines(delegation: Delegation, member: Member, setting: Setting) -> Iterable[Inlines]:
    """Name, title and authority in the order that the language has them."""
    tag = setting.table.tag
    for line in setting.table.labels["signatory"].split("\n"):
        words = line.format(name=_NAME, role=member.role[tag], authority=delegation.name[tag])
        before, named, after = words.partition(_NAME)
        name = [ast.strong(setting.words(member.name[tag]))] if named else []
        yield (*setting.words(before), *name, *setting.words(after))
