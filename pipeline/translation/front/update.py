"""The metadata of a counterpart made to answer its original's, without losing a person's word.

A pure function of the old YAML, the original's metadata and the machine's proposals (laws 2 to 4).
Where a translation is awaited, the title, a person's name and an item of a list stand as ``""``:
the place is kept, `field_states` calls it missing, and nothing falls back to the other language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.errors import ActesError, Place, stop
from pipeline.texts.metadata import FieldState, Metadata
from pipeline.translation.decide import asks
from pipeline.translation.fields import field_values
from pipeline.translation.front.compose import Plan, Task, composed, reclaimed, revalued
from pipeline.translation.front.items import Held, known, name_of
from pipeline.translation.front.kept import expect_all_words
from pipeline.translation.front.plan import Match, decided, match
from pipeline.translation.front.render import rendered
from pipeline.translation.front.yaml import rewritten
from pipeline.workspace import characters
from pipeline.workspace.schema import LONGEST_TEXT, validate
from pipeline.workspace.yaml import MAX_BYTES, parse


def wanted(
    original: Metadata, counterpart: Metadata | None, retranslate: bool = False
) -> Mapping[str, str]:
    """The values of the original that need a machine's proposal, by name: what they say.

    Those that are missing, those of a machine whose source changed, and those of a person whose
    source changed and for which no proposal stands there. With ``retranslate`` also those of a
    machine that nobody touched.
    """
    return {
        answer.name: answer.source
        for answer in match(original, counterpart).answers
        if asks(answer.source, answer.passage, retranslate)
    }


def renewed(
    front: str | None,
    of: str,
    original: Metadata,
    counterpart: Metadata | None,
    proposals: Mapping[str, str],
    order: str,
    path: str = "",
) -> str:
    """The new YAML between a counterpart's dashes.

    ``front`` is the old one and ``counterpart`` what it says, both None for a new file; ``of`` is
    the name of the original's file, ``proposals`` are machine translations by name of the
    original's values, ``order`` is kept as ``translation.order`` (empty: what stands there stays).
    ``path`` is the counterpart's own, for messages. The same text where nothing changed.

    Raises ActesError ``front-unpatchable`` for YAML whose layout cannot be kept,
    ``front-too-large`` beyond what `workspace.yaml` reads, ``translation-would-lose`` where a
    person's words would not be in the result (a defect of Actes), and the problems of a result that
    is no valid metadata.
    """
    if (front is None) != (counterpart is None):
        raise ValueError("the YAML and what it says are given together")
    found = match(original, counterpart)
    plan = _plan(found, {name: _clean(text) for name, text in proposals.items()})
    if counterpart and front is not None and _stands(plan, found, counterpart, of, order):
        return front
    said: dict[str, Any] = {}
    if front is not None:
        said = dict(parse(front, path).value or {})  # type: ignore[arg-type]
    new = composed(said, counterpart, Task(found, plan, of, order))
    if counterpart:
        expect_all_words(counterpart, new, path)
    return written(front, said, new, path)


def with_claims(
    front: str, counterpart: Metadata, claims: Mapping[str, FieldState], path: str
) -> str:
    """The YAML with what is said of some values replaced, by name; nothing else moves.

    Raises ActesError as `renewed`.
    """
    said = dict(parse(front, path).value or {})  # type: ignore[arg-type]
    return written(front, said, reclaimed(said, counterpart, claims), path)


def with_values(
    front: str,
    counterpart: Metadata,
    values: Mapping[str, str],
    claims: Mapping[str, FieldState],
    path: str,
) -> str:
    """The YAML with some values and what is said of them replaced, by name; nothing else moves.

    Raises ActesError as `renewed`.
    """
    said = dict(parse(front, path).value or {})  # type: ignore[arg-type]
    new = reclaimed(revalued(said, values), counterpart, claims)
    return written(front, said, new, path)


def _clean(proposal: str) -> str:
    """A proposal as YAML can hold it; empty where it cannot."""
    text = characters.visible(characters.compose_accents(proposal)).strip()
    fits = len(text) <= LONGEST_TEXT and not characters.ACCENTS.search(text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if fits else ""


# -- deciding -----------------------------------------------------------------------------------


def _plan(found: Match, proposals: Mapping[str, str]) -> Plan:
    """Every value of the new counterpart by name, with what is said of it."""
    plan: dict[str, Held] = {}
    for group, slots in found.slots.items():
        for position, slot in enumerate(slots):
            for answer in slot.answers:
                plan[answer.name] = decided(answer, proposals.get(answer.name, ""))
            for part, held in slot.extras.items():
                plan[name_of(group, position, part)] = held
    return plan


def _stands(plan: Plan, found: Match, counterpart: Metadata, of: str, order: str) -> bool:
    """Whether the counterpart says already what it shall say."""
    translation = counterpart.translation
    if translation is None or translation.of != of or (order and translation.order != order):
        return False
    claims = {name: held.claim for name, held in plan.items()}
    said = {name: claim for name, claim in translation.fields.items() if known(name)}
    if said != claims or translation.orphans != found.orphans:
        return False
    before = {name: value for name, value in field_values(counterpart).items() if value}
    return _in_place(found, counterpart) and before == {
        name: held.value for name, held in plan.items() if held.value
    }


def _in_place(found: Match, counterpart: Metadata) -> bool:
    """Whether every item of a list stands where it shall stand."""
    lists = {"keywords": counterpart.keywords, "speakers": counterpart.speakers}
    return all(
        [slot.index for slot in found.slots[group]] == list(range(len(items)))
        for group, items in lists.items()
    )


def written(front: str | None, said: Mapping[str, Any], new: Mapping[str, Any], path: str) -> str:
    """The YAML that says ``new``, checked by reading it."""
    text = rendered(new) if front is None else rewritten(front, said, new)
    if text is None:
        raise stop("front-unpatchable", Place(path, 1), key=next(iter(said), ""))
    if len(text) > MAX_BYTES:
        raise stop("front-too-large", path, limit=MAX_BYTES // 1024)
    try:
        document = parse(text, path, line_offset=1)
    except ActesError as error:
        raise stop("front-unpatchable", error.problems[0].place, key="translation") from error
    if document.value != new:
        there: Mapping[str, Any] = document.value if isinstance(document.value, dict) else {}
        key = next((key for key in {**new, **there} if new.get(key) != there.get(key)), "")
        raise stop("front-unpatchable", document.place((key,)), key=key)
    metadata, problems = validate(Metadata, document, {"counterpart": True})
    if metadata is None:
        raise ActesError(problems)
    return text
