"""What a person asks of `actes init`, and everything that is wrong with it, at once."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import ActesError, Exit, Place, Problem
from pipeline.workspace import likely
from pipeline.workspace.layout import RESERVED

MAX_SLUG = 60
MAX_WORDS = 500
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")  # those of titles: « X », 第3分科会　経済
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Wishes:
    """The options of `actes init`, as typed."""

    languages: Sequence[str]
    titles: Sequence[str] = ()
    themes: Sequence[str] = ()
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class Beginning:
    """What a new workspace is made of: wishes without a fault. Titles by language."""

    languages: tuple[str, ...]
    titles: Mapping[str, str]
    themes: tuple[str, ...]
    start: datetime.date | None
    end: datetime.date | None


def granted(wishes: Wishes, with_table: Iterable[str]) -> tuple[Beginning, list[Problem]]:
    """The wishes understood, and all their problems; ``with_table`` are the known languages."""
    problems: list[Problem] = []
    languages = tuple(canonical(tag) for tag in wishes.languages if tag.strip())
    problems += _languages(languages, list(with_table))
    titles, wrong = _titles(wishes.titles, languages)
    problems += wrong
    problems += _themes(wishes.themes)
    start, end = (_date(value, option, problems) for value, option in
                  ((wishes.start, "--start"), (wishes.end, "--end")))  # fmt: skip
    start, end = start or end, end or start
    if start and end and end < start:
        values = {"start": start, "end": end}
        problems.append(Problem("dates-order", Place("--end"), values))
    return Beginning(languages, titles, tuple(wishes.themes), start, end), problems


def canonical(tag: str) -> str:
    """A language tag in its usual spelling.

    >>> canonical("PT_br"), canonical("zh-hans"), canonical("fr ")
    ('pt-BR', 'zh-Hans', 'fr')
    """
    first, *others = tag.strip().replace("_", "-").split("-")
    script = 4
    return "-".join(
        [first.lower(), *(o.title() if len(o) == script else o.upper() for o in others)]
    )


def is_slug(value: str) -> bool:
    """Whether a value can be an identifier and the name of a file."""
    return len(value) <= MAX_SLUG and _SLUG.fullmatch(value) is not None


def slug_of(words: str) -> str:
    """The identifier nearest to ``words``; empty where no letter of it can stand in one."""
    return likely.slug(words, MAX_SLUG)


def slug_problem(given: str, place: str, bare: str | None = None) -> Problem:
    """What to say of a value that cannot be an identifier; ``bare``: its name alone."""
    near = slug_of(given if bare is None else bare)
    if near:
        return Problem("slug-wrong", Place(place), {"given": shortened(given), "nearest": near})
    return Problem("expected-slug", Place(place), {"given": shortened(given)})


def shortened(value: str) -> str:
    """A value fit to be shown in a message."""
    limit = 60
    return value if len(value) <= limit else f"{value[: limit - 1]}…"


def words_problem(words: str, place: str) -> Problem | None:
    """What is wrong with words that are to stand in a file, if anything."""
    if not words.strip():
        return Problem("value-empty", Place(place), {"key": "title"})
    if len(words) > MAX_WORDS or not _SPACES.sub("", words).isprintable():
        return Problem("words-wrong", Place(place), {"given": shortened(words), "limit": MAX_WORDS})
    return None


def refuse(problems: Iterable[Problem], code: Exit = Exit.USAGE) -> None:
    """Raise the problems, if there are any."""
    found = list(problems)
    if found:
        raise ActesError(found, code)


def _languages(languages: Sequence[str], known: Sequence[str]) -> Iterable[Problem]:
    place = Place("--languages")
    if len(set(languages)) < 2:  # noqa: PLR2004 - proceedings in one language need no Actes
        yield Problem("languages-too-few", place, {"known": ", ".join(known)})
    for tag, count in Counter(languages).items():
        if not _TAG.fullmatch(tag):
            yield Problem("language-tag", place, {"given": shortened(tag)})
        elif tag not in known:
            values = {"language": tag, "known": ", ".join(known)}
            yield Problem("language-no-table", place, values)
            yield Problem("language-table-option", place, {"tag": tag})
        if count > 1:
            yield Problem("id-duplicate", place, {"id": shortened(tag)})


def _titles(
    given: Sequence[str], languages: Sequence[str]
) -> tuple[Mapping[str, str], list[Problem]]:
    """Titles by language: ``ja=題名`` says its own, another goes to the first without one."""
    titles: dict[str, str] = {}
    problems: list[Problem] = []
    for text in given:
        head, equals, tail = text.partition("=")
        tag = canonical(head) if equals else ""
        named = tag in languages
        if equals and not named and _TAG.fullmatch(tag):
            values = {"language": tag, "languages": ", ".join(languages)}
            problems.append(Problem("language-unknown", Place("--title"), values))
            continue
        free = next((language for language in languages if language not in titles), "")
        language, words = (tag, tail.strip()) if named else (free, text.strip())
        problem = words_problem(words, "--title")
        if problem:
            problems.append(problem)
        elif language and language not in titles:
            titles[language] = words
        elif languages:
            problems.append(Problem("title-twice", Place("--title"), {"given": shortened(words)}))
    return titles, problems


def _themes(themes: Sequence[str]) -> Iterable[Problem]:
    place = Place("--theme")
    for theme, count in Counter(themes).items():
        if not is_slug(theme):
            yield slug_problem(theme, "--theme")
        elif theme in RESERVED:
            yield Problem("id-reserved", place, {"id": theme})
        if count > 1:
            yield Problem("id-duplicate", place, {"id": shortened(theme)})


def _date(value: str | None, option: str, problems: list[Problem]) -> datetime.date | None:
    if value is None:
        return None
    found = date_of(value)
    if found is None:
        values = {"key": option, "given": shortened(value)}
        problems.append(Problem("expected-date", Place(option), values))
    return found


def date_of(value: str) -> datetime.date | None:
    """A date such as 2024-11-19, or None."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None
