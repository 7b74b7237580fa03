"""Reading the three files that describe an event, all their problems at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pipeline import files
from pipeline.errors import ActesError, Place, Problem, in_order, stop
from pipeline.workspace import yaml
from pipeline.workspace.event import Delegation, Event, declared_languages
from pipeline.workspace.glossary import Term
from pipeline.workspace.layout import RESERVED
from pipeline.workspace.nearest import nearest
from pipeline.workspace.paths import DELEGATIONS, EVENT, GLOSSARY
from pipeline.workspace.schema import Strict, problem_at, validate

_LIMIT = 1024 * 1024  # which takes some ten seconds to parse, at worst
_MOST = 50  # problems listed for one file

Entry = TypeVar("Entry", bound=Strict)


@dataclass(frozen=True)
class Workspace:
    """An event with its register and glossary, and the folder they live in.

    ``refused`` are the authorities of the register that something is wrong with, None where the
    file cannot be read at all: it has been said.
    """

    root: Path
    event: Event
    delegations: Mapping[str, Delegation]
    glossary: tuple[Term, ...]
    refused: frozenset[str] | None = frozenset()

    @property
    def build(self) -> Path:
        """Where everything made goes; may be deleted at any time."""
        return self.root / "build"


def load(root: Path) -> tuple[Workspace, list[Problem]]:
    """The workspace at ``root`` and what is wrong with its register and glossary.

    Nothing can be done without a valid event.yaml: raises ActesError with the problems of all
    three files when it is not.
    """
    problems: list[Problem] = []
    event, languages = _load_event(root, problems)
    delegations, refused = _load_list(root, DELEGATIONS, Delegation, languages, problems)
    if event and refused is not None:
        known = [*(delegation.id for delegation in delegations), *refused]
        problems.extend(_precedence(root, event, known))
    terms, _refused = _load_list(root, GLOSSARY, Term, languages, problems)
    if event is None:
        raise ActesError(in_order(problems))
    register = {delegation.id: delegation for delegation in delegations}
    wrong = frozenset(refused) if refused is not None else None
    return Workspace(root, event, register, tuple(terms), wrong), problems


def read_document(root: Path, name: str) -> yaml.Document:
    """One of the three files as YAML with places; raises ActesError as `files` and `yaml` do."""
    content = files.read_bytes(root, root / name, _LIMIT)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise stop("not-utf8", Place(name, line)) from None
    return yaml.parse(text, name, limit=_LIMIT)


def _load_event(root: Path, problems: list[Problem]) -> tuple[Event | None, tuple[str, ...]]:
    try:
        document = read_document(root, EVENT)
    except ActesError as error:
        problems.extend(error.problems)
        return None, ()
    problems.extend(document.hidden)
    languages = declared_languages(document.value)
    event: Event | None
    event, found = validate(Event, document, {"languages": languages})
    found += _event_doubles(document)
    if event is not None:
        found += _event_meaning(event, document)
    problems.extend(found)
    return (None if found else event), languages


def _event_doubles(document: yaml.Document) -> Iterable[Problem]:
    """Identifiers given twice; looked for in the YAML itself, so that they are said at once."""
    value = document.value if isinstance(document.value, dict) else {}
    themes = _items(value.get("themes"))
    yield from _doubles(document, ("themes",), [_id(theme) for theme in themes])
    subjects = [
        (("themes", t, "subjects", s, "id"), _id(subject))
        for t, theme in enumerate(themes)
        for s, subject in enumerate(_items(theme.get("subjects") if isinstance(theme, dict) else 0))
    ]
    counts = Counter(identifier for _path, identifier in subjects)
    for path, identifier in subjects:
        if counts[identifier] > 1:
            yield problem_at(document, path, "id-duplicate", id=identifier)
    for key in ("languages", "preliminaries", "annexes"):
        yield from _doubles(document, (key,), [str(item) for item in _items(value.get(key))])


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _event_meaning(event: Event, document: yaml.Document) -> Iterable[Problem]:
    for index, theme in enumerate(event.themes):
        if theme.id in RESERVED:
            yield problem_at(document, ("themes", index, "id"), "id-reserved", id=theme.id)
    bilingual = event.editions.bilingual
    for name, languages in (
        ("proceedings", event.editions.proceedings.languages),
        ("bilingual", bilingual.languages if bilingual else ()),
    ):
        for index, language in enumerate(languages):
            if language not in event.languages:
                yield problem_at(
                    document,
                    ("editions", name, "languages", index),
                    "language-unknown",
                    language=language,
                    languages=", ".join(event.languages),
                )


def _precedence(root: Path, event: Event, known: Sequence[str]) -> Iterable[Problem]:
    """Authorities that event.yaml gives precedence and the register does not have."""
    for index, identifier in enumerate(event.declaration.precedence):
        if identifier not in known:
            path = ("declaration", "precedence", index)
            values = {"id": identifier, "nearest": nearest(identifier, known)}
            yield problem_at(read_document(root, EVENT), path, "authority-unknown", **values)


def _doubles(
    document: yaml.Document, path: yaml.Path, identifiers: Sequence[str]
) -> Iterable[Problem]:
    seen: set[str] = set()
    for index, identifier in enumerate(identifiers):
        if identifier and identifier in seen:
            deeper = (*path, index, "id")
            where = deeper if deeper in document.places else (*path, index)
            yield problem_at(document, where, "id-duplicate", id=identifier)
        seen.add(identifier)


def _load_list(
    root: Path, name: str, model: type[Entry], languages: tuple[str, ...], problems: list[Problem]
) -> tuple[list[Entry], list[str] | None]:
    """The valid entries of a list file, and the identifiers of the others, about which there is
    something in ``problems``; None for these where there is no list."""
    if not (root / name).exists() and not (root / name).is_symlink():
        return [], []
    try:
        document = read_document(root, name)
    except ActesError as error:
        problems.extend(error.problems)
        return [], None
    if not isinstance(document.value, list):
        if document.value is not None:
            problems.append(problem_at(document, (), "expected-list", key="", given=name))
            return [], None
        return [], []
    problems.extend(document.hidden)
    problems.extend(islice(_doubles(document, (), [_id(e) for e in document.value]), _MOST))
    entries: list[Entry] = []
    refused: list[str] = []
    wrong: list[Problem] = []
    below = _by_item(document)
    known = list(dict.fromkeys(_id(entry) for entry in document.value))
    for index, value in enumerate(document.value):
        part = yaml.Document(name, value, below.get(index, {}))
        entry, found = validate(model, part, {"languages": languages})
        wrong += found
        if entry is None:
            refused.append(_id(value))
        else:
            entries.append(entry)
            wrong += _entry_meaning(entry, document, index, languages, known)
        if len(wrong) > _MOST:
            wrong[_MOST:] = [Problem("problems-many", Place(name), {"limit": _MOST})]
            break
    problems.extend(wrong)
    return entries, refused


def _by_item(document: yaml.Document) -> dict[int, dict[yaml.Path, Place]]:
    """The places of a list's items, each item's by its own paths."""
    below: dict[int, dict[yaml.Path, Place]] = {}
    for path, place in document.places.items():
        if path:
            below.setdefault(int(path[0]), {})[path[1:]] = place
    return below


def _id(entry: Any) -> str:
    return str(entry.get("id") or "") if isinstance(entry, dict) else ""


def _entry_meaning(
    entry: Strict,
    document: yaml.Document,
    index: int,
    languages: tuple[str, ...],
    known: Sequence[str],
) -> Iterable[Problem]:
    if isinstance(entry, Delegation) and entry.twin and entry.twin not in known:
        yield problem_at(
            document, (index, "twin"), "authority-unknown",
            id=entry.twin, nearest=nearest(entry.twin, known),
        )  # fmt: skip
    if isinstance(entry, Term):
        for language in entry.terms:
            if languages and language not in languages:
                yield problem_at(
                    document, (index, "terms", language), "language-unknown",
                    language=language, languages=", ".join(languages),
                )  # fmt: skip
