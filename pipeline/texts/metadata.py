"""The YAML at the head of a text: what an original says, and what only a counterpart says."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

from pipeline.errors import Place, Problem, Severity
from pipeline.texts.names import named_authorities, unknown_names
from pipeline.workspace import yaml_slips
from pipeline.workspace.event import Goal
from pipeline.workspace.layout import Kind
from pipeline.workspace.load import Workspace
from pipeline.workspace.schema import (
    LONGEST_TEXT,
    Slug,
    Strict,
    Text,
    problem_at,
    validate,
)
from pipeline.workspace.yaml import Document, parse

_CLOCK = r"(\d{1,2})(?::(?=\d)|\s?h\s?)(\d{2})?"
_TIME = re.compile(rf"{_CLOCK}\s*[-–~〜]\s*{_CLOCK}", re.ASCII)
_CUT_TITLE = re.compile(r"^title:[ \t]+[^\s\"'#][^\n#]*[ \t](?P<rest>#[^\n]{0,60})", re.MULTILINE)
_LAST_HOUR, _LAST_MINUTE = 23, 59


def _time(value: str) -> str:
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", value).strip())
    if not match:
        raise PydanticCustomError("expected-time", "not a time", {"given": value})
    numbers = [int(part) for part in match.groups("0")]
    start, end = tuple(numbers[:2]), tuple(numbers[2:])
    if max(numbers[0], numbers[2]) > _LAST_HOUR or max(numbers[1], numbers[3]) > _LAST_MINUTE:
        raise PydanticCustomError("expected-time", "not a time", {"given": value})
    if end <= start:
        raise PydanticCustomError("times-order", "ends before it begins", {"given": value})
    return "{:02d}:{:02d}-{:02d}:{:02d}".format(*numbers)


def _keyword(value: Any) -> Any:
    return {"term": value} if value is None or isinstance(value, str) else value


def _in_counterpart(info: ValidationInfo) -> bool:
    return bool((info.context or {}).get("counterpart"))


def _awaited(value: Any, info: ValidationInfo) -> Any:
    """In a counterpart, no words where a translation is awaited; stripped words otherwise."""
    if value is None and _in_counterpart(info):
        return ""
    return value.strip() if isinstance(value, str) else value


def _there(value: str, info: ValidationInfo) -> str:
    if not value and not _in_counterpart(info):
        raise PydanticKnownError("string_too_short", {"min_length": 1})
    return value


Awaited = Annotated[
    str,
    BeforeValidator(_awaited),
    StringConstraints(max_length=LONGEST_TEXT),
    AfterValidator(_there),
]
"""Words that must be there; a counterpart may have ``""`` where its translation is awaited."""

Time = Annotated[str, AfterValidator(_time)]
"""``HH:MM-HH:MM``, local time of the event; 9h30-11h and full-width signs are read alike."""


class Session(Strict):
    """When and where a session took place."""

    date: datetime.date
    time: Time
    room: Slug | None = None


class Person(Strict):
    """A rapporteur, or (with ``authority``) a speaker."""

    name: Awaited
    reading: Text | None = None
    role: Text | None = None
    authority: Slug | None = None


class Keyword(Strict):
    """A keyword; ``reading`` in kana where it is sorted in Japanese."""

    model_config = ConfigDict(json_schema_extra={"bare": True})

    term: Awaited
    reading: Text | None = None


def _in_small_letters(word: object) -> object:
    """As in the comments: a telephone begins a word with a capital."""
    return word.lower() if isinstance(word, str) else word


MOST = 200  # items of a list: more than any session has, few enough to check one by one
Keywords = Annotated[
    tuple[Annotated[Keyword, BeforeValidator(_keyword)], ...], Field(max_length=MOST)
]
State = Annotated[
    Literal["missing", "machine", "edited", "reviewed", "stale", "approve"],
    BeforeValidator(_in_small_letters),
]
Fingerprint = Annotated[str, Field(pattern=r"^[0-9a-f]{8,32}$")]
Shown = Annotated[str, Field(pattern=r"^[0-9a-f]{8,32}( [0-9a-f]{8,32})?$")]


class FieldState(Strict):
    """What is known of one translated metadata value, as of a segment.

    ``shown`` holds the fingerprints of ``source`` and of ``now``, as Actes wrote them: what differs
    from them, a person wrote. Two are equal that say the same, with such marks or without.
    """

    state: State
    source: str
    text: Fingerprint | None = None
    now: str | None = None
    shown: Shown | None = None
    proposal: str | None = None
    proposed: Fingerprint | None = None
    note: str | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FieldState) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    @property
    def _said(self) -> tuple[str | None, ...]:
        return (
            self.state, self.source, self.text, self.now, self.proposal, self.proposed, self.note
        )  # fmt: skip


class Orphan(Strict):
    """A person's translation of a value that the original no longer has; it waits here."""

    source: str
    text: str
    reading: str | None = None
    note: str | None = None


class TranslationOf(Strict):
    """The mark of a counterpart: its original, and the states of its metadata values.

    ``order`` is a digest of the order of the original's segments at the last update.
    """

    of: Text
    order: Fingerprint | None = None
    fields: dict[str, FieldState] = {}
    orphans: tuple[Orphan, ...] = ()


class Metadata(Strict):
    """Front matter of any text; a counterpart uses only what a translator may say."""

    title: Awaited
    theme: Slug | None = None
    session: Session | None = None
    authorities: Annotated[tuple[Slug, ...], Field(max_length=MOST)] = ()
    speakers: Annotated[tuple[Person, ...], Field(max_length=MOST)] = ()
    rapporteur: Person | None = None
    subjects: Annotated[tuple[Slug, ...], Field(max_length=MOST)] = ()
    sdgs: Annotated[tuple[Goal, ...], Field(max_length=MOST)] = ()
    keywords: Keywords = ()
    abstract: Text | None = None
    confidential: bool = False
    reading: Text | None = None
    translation: TranslationOf | None = None


ORIGINAL_ONLY = ("theme", "session", "authorities", "subjects", "sdgs", "confidential")
_SUMMARY_NEEDS = ("session", "authorities", "rapporteur", "sdgs")


def read_metadata(
    path: str, front: str | None, kind: Kind, workspace: Workspace
) -> tuple[Metadata | None, Document | None, list[Problem]]:
    """The metadata of a text, its YAML with places, and everything that is wrong with it.

    May raise ActesError for YAML that is no YAML (rules of `workspace.yaml`).
    """
    if front is None:
        return None, None, [Problem("metadata-missing", Place(path, 1))]
    document = parse(front, path, line_offset=1)
    if not isinstance(document.value, dict):
        slips = yaml_slips.slips(front, path, 1)  # no colon of it was read as one, perhaps
        return None, document, slips or [Problem("metadata-missing", Place(path, 1))]
    counterpart = isinstance(document.value.get("translation"), dict)
    context = {"counterpart": counterpart}
    metadata, problems = validate(Metadata, document, context)
    problems += _cut_titles(front, path)
    # Those that stand in the file as they are were reported with the file's other characters.
    problems += [p for p in document.hidden if _character(p) not in front]
    if counterpart:
        problems += _counterpart(document, kind)
    else:
        strangers = list(unknown_names(document, path.split("/")[1], workspace))
        said = {problem.place for problem in strangers}
        problems = [p for p in problems if p.rule != "expected-slug" or p.place not in said]
        problems += strangers
        if metadata is not None:
            problems += _meaning(metadata, document, kind, workspace)
    return metadata, document, problems


def _cut_titles(front: str, path: str) -> Iterable[Problem]:
    """A title that YAML ends at « # », where a comment begins."""
    cut = _CUT_TITLE.search(front) if "#" in front else None
    if cut:
        place = Place(
            path, front.count("\n", 0, cut.start()) + 2, cut.start("rest") - cut.start() + 1
        )
        yield Problem("title-cut", place, {"words": cut["rest"].strip()}, Severity.REMARK)


def _character(problem: Problem) -> str:
    return chr(int(str(problem.values["code"])[2:], 16))


def _meaning(
    metadata: Metadata, document: Document, kind: Kind, workspace: Workspace
) -> Iterable[Problem]:
    if kind is Kind.SUMMARY:
        for key in _SUMMARY_NEEDS:
            if not getattr(metadata, key):
                place = document.place(())
                yield Problem("metadata-incomplete", place, {"key": key}, Severity.REMARK)
    yield from _session(metadata, document, workspace)


def _counterpart(document: Document, kind: Kind) -> Iterable[Problem]:
    """What an original says of itself is not said again, where it could contradict it."""
    if kind is Kind.DECLARATION:
        yield Problem("declaration-translation", document.place(("translation",)))
    value: Mapping[str, Any] = document.value  # type: ignore[assignment]
    for key in ORIGINAL_ONLY:
        if key in value:
            rule = "confidential-misplaced" if key == "confidential" else "metadata-of-original"
            yield Problem(rule, document.place((key,)), {"key": key})
    for path, _authority in named_authorities({"speakers": value.get("speakers")}):
        yield problem_at(document, path, "metadata-of-original", key="authority")


def _session(metadata: Metadata, document: Document, workspace: Workspace) -> Iterable[Problem]:
    session, event = metadata.session, workspace.event
    if session is None:
        return
    if not event.dates.start <= session.date <= event.dates.end:
        yield problem_at(
            document, ("session", "date"), "date-outside",
            date=session.date, start=event.dates.start, end=event.dates.end,
        )  # fmt: skip
