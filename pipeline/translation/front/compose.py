"""What the YAML of a counterpart shall say: all that it says already, the new values put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.texts.metadata import FieldState, Metadata, Orphan
from pipeline.translation.front.items import LISTS, Held, known, name_of, parted
from pipeline.translation.front.plan import Match, Slot

_CLAIM = ("state", "note", "source", "now", "shown", "proposal", "proposed", "text")
"""A note stands below the state: if its line ``note:`` is deleted, YAML joins its words to a state
that is none then, and nothing is lost (law 2)."""
_ORPHAN = ("source", "text", "reading", "note")
_FIRST = ("title", "reading", "translation", "speakers", "rapporteur", "keywords", "abstract")
"""The order in which a new file says it: names before the long words."""

Plan = Mapping[str, Held]
"""Every value of the new counterpart by name, with what is said of it."""


@dataclass(frozen=True)
class Task:
    """What a counterpart shall hold: each value's place, the values, its original, the order."""

    found: Match
    plan: Plan
    of: str
    order: str


def composed(said: Mapping[str, Any], counterpart: Metadata | None, task: Task) -> dict[str, Any]:
    """The whole document; ``said`` is what it said before (empty for a new file)."""
    new = dict(said)
    for group, slots in task.found.slots.items():
        if group in LISTS:
            _put(new, group, _list(group, said.get(group) or [], slots, task.plan))
        elif group == "rapporteur":
            _put(new, group, _person(said.get(group), group, 0, task.plan))
        else:
            value = task.plan[group].value if group in task.plan else ""
            _put(new, group, _kept(said.get(group), value))
    new.setdefault("title", "")
    new["translation"] = _translation(said.get("translation") or {}, counterpart, task)
    if said:
        return new
    return {key: new[key] for key in _FIRST if key in new}


def _put(new: dict[str, Any], key: str, value: Any) -> None:
    """Say ``value``, or nothing where there is none; the title's place is kept."""
    if value or key == "title":
        new[key] = value
    elif new.get(key):
        del new[key]


def _kept(raw: str | None, value: str) -> str | None:
    """The value as it was written, where it is the same but for white space around it."""
    return raw if raw is not None and raw.strip() == value else value


def _list(
    group: str, raw: Sequence[Any], slots: Sequence[Slot], plan: Plan
) -> list[dict[str, Any] | str | None]:
    result: list[dict[str, Any] | str | None] = []
    for position, slot in enumerate(slots):
        old = raw[slot.index] if slot.index is not None else None
        if group == "keywords":
            result.append(_keyword(old, plan[name_of(group, position, "")]))
        else:
            result.append(_person(old, group, position, plan) or {"name": ""})
    return result


def _keyword(raw: Any, held: Held) -> dict[str, Any] | str | None:
    if isinstance(raw, dict):
        return _with_reading({**raw, "term": _kept(raw.get("term"), held.value)}, held)
    if held.reading:
        return {"term": held.value, "reading": held.reading}
    return _kept(raw, held.value)


def _person(raw: Any, group: str, position: int, plan: Plan) -> dict[str, Any] | None:
    """A speaker or rapporteur; None where neither name nor role is there, nor anything else."""
    name = plan.get(name_of(group, position, "name"), Held(""))
    role = plan.get(name_of(group, position, "role"), Held(""))
    new = dict(raw or {})
    if not (name.value or role.value or set(new) - {"name", "role"}):
        return None
    new = _with_reading({**new, "name": _kept(new.get("name"), name.value)}, name)
    if role.value:
        new["role"] = _kept(new.get("role"), role.value)
    elif new.get("role"):
        del new["role"]
    return new


def _with_reading(new: dict[str, Any], held: Held) -> dict[str, Any]:
    """With the reading that came back with an orphan, behind the words it is the reading of."""
    if not held.reading or new.get("reading"):
        return new
    first, *others = ((key, value) for key, value in new.items() if key != "reading")
    return dict([first, ("reading", held.reading), *others])


# -- what is said of them -----------------------------------------------------------------------


def _translation(
    raw: Mapping[str, Any], counterpart: Metadata | None, task: Task
) -> dict[str, Any]:
    said = counterpart.translation if counterpart else None
    new: dict[str, Any] = {"of": _kept(raw.get("of"), task.of)}
    order = task.order or (said.order if said else None)
    if order:
        new["order"] = order
    raw_fields = raw.get("fields") or {}
    fields = _fields(raw_fields, said.fields if said else {}, task.plan)
    if fields:
        new["fields"] = fields
    raw_orphans = dict(zip(said.orphans if said else (), raw.get("orphans") or (), strict=True))
    orphans = [raw_orphans.get(one) or _filled(one, _ORPHAN) for one in task.found.orphans]
    if orphans:
        new["orphans"] = orphans
    return new


def _fields(raw: Mapping[str, Any], said: Mapping[str, FieldState], plan: Plan) -> dict[str, Any]:
    """What is said of each value, in the order that is there as long as the names are the same."""
    claims = {name: held.claim for name, held in plan.items() if held.claim}
    written = {claim: raw[name] for name, claim in said.items()}
    names = (
        list(claims)
        if any(name not in said for name in claims)
        else [n for n in said if n in claims]
    )
    others = {name: raw[name] for name in said if not known(name)}
    return {
        name: written.get(claims[name]) or _claim(claims[name], raw.get(name)) for name in names
    } | others


def reclaimed(
    said: Mapping[str, Any], counterpart: Metadata, claims: Mapping[str, FieldState]
) -> dict[str, Any]:
    """The whole document with what is said of some values replaced, by name."""
    translation = dict(said.get("translation") or {})
    raw = dict(translation.get("fields") or {})
    there = counterpart.translation.fields if counterpart.translation else {}
    for name, claim in claims.items():
        if there.get(name) != claim:
            raw[name] = _claim(claim, raw.get(name))
    return {**said, "translation": {**translation, "fields": raw}}


def revalued(said: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """The whole document with some values replaced, by name; places before a new item are kept."""
    new = dict(said)
    for name, value in values.items():
        group, position, part = parted(name)
        if group in LISTS:
            empty: Any = {"name": ""} if part else ""
            found = list(new.get(group) or [])
            found += [empty] * (position + 1 - len(found))
            found[position] = _revalued(found[position], part or "term", value)
            new[group] = found
        elif part:
            new[group] = _revalued(new.get(group) or {"name": ""}, part, value)
        else:
            _put(new, group, _kept(new.get(group), value))
    return new


def _revalued(raw: Any, part: str, value: str) -> Any:
    """An item of a list, or a person, with one of its parts replaced."""
    if not isinstance(raw, dict):
        return _kept(raw, value)
    if part == "role" and not value:
        return {key: item for key, item in raw.items() if key != "role"}
    return {**raw, part: _kept(raw.get(part), value)}


def _claim(claim: FieldState, raw: Mapping[str, Any] | None) -> dict[str, str]:
    new = _filled(claim, _CLAIM)
    return {key: new[key] for key in raw} if raw and set(raw) == set(new) else new


def _filled(model: FieldState | Orphan, keys: Sequence[str]) -> dict[str, str]:
    """What a model says under ``keys``."""
    values = {key: getattr(model, key) for key in keys}
    return {key: value for key, value in values.items() if value is not None}
