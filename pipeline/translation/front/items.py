"""The metadata values that are translated, in groups, and which answers which.

A list of the counterpart holds, at each place, the translation of what stands there in the
original: that is how a speaker finds their authority. When the original's list changes, its values
find their translations by the source that was recorded with them, not by their number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.texts.metadata import FieldState, Metadata, Person
from pipeline.translation.fields import marker_of, parted_claim
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import APPROVE, State

GROUPS: Mapping[str, tuple[str, ...]] = {
    "title": ("",),
    "abstract": ("",),
    "keywords": ("",),
    "speakers": ("name", "role"),
    "rapporteur": ("name", "role"),
}
"""The groups of values in their order, and the parts of one item; the first part names it."""
LISTS = ("keywords", "speakers")
_NAME = re.compile(
    r"(?P<group>title|abstract|keywords|speakers|rapporteur)"
    r"(?:\.(?P<number>[1-9]\d{0,3}))?(?:\.(?P<part>name|role))?"
)

Parts = Mapping[str, str]


@dataclass(frozen=True)
class Held:
    """A value of the counterpart (empty: missing), what is said of it, and its reading."""

    value: str
    claim: FieldState | None = None
    reading: str = ""

    @property
    def machine_own(self) -> bool:
        """Whether a machine wrote it and no person touched it, not even to add a reading."""
        claim = self.claim
        claimed = claim is not None and claim.state == State.MACHINE.value and not self.reading
        return claimed and claim is not None and claim.text == fingerprint(self.value)

    @property
    def extra(self) -> bool:
        """Whether it answers to nothing: a person added it."""
        return self.claim is None or not self.claim.source

    @property
    def persons(self) -> bool:
        """Whether anything of it is a person's (law 2)."""
        said = marker_of(self.claim) if self.claim else None
        words = said and (said.persons_note or (said.source and said.unmarked))
        return bool(words or self.reading or (self.value and not self.machine_own))


@dataclass(frozen=True)
class Item:
    """An item of a group in the counterpart: its place there (None: only claims are left)."""

    index: int | None
    parts: Mapping[str, Held]

    @property
    def head(self) -> Held | None:
        """The part that names it."""
        return next(iter(self.parts.values()), None)


def name_of(group: str, position: int, part: str) -> str:
    """The dotted name of a value: ``keywords.2``, ``speakers.1.role``, ``title``."""
    number = str(position + 1) if group in LISTS else ""
    return ".".join(filter(None, (group, number, part)))


def known(name: str) -> bool:
    """Whether ``name`` is the dotted name of a value that can be translated."""
    return _split(name) is not None


def parted(name: str) -> tuple[str, int, str]:
    """The group, place and part that a dotted name is made of; ValueError where it is none."""
    found = _split(name)
    if found is None:
        raise ValueError(name)
    return found


def _split(name: str) -> tuple[str, int, str] | None:
    match = _NAME.fullmatch(name)
    if not match:
        return None
    group, number, part = match["group"], match["number"], match["part"] or ""
    fits = part in GROUPS[group] and (group in LISTS) == bool(number)
    return (group, int(number or 1) - 1, part) if fits else None


# -- what stands there --------------------------------------------------------------------------


def originals(metadata: Metadata) -> Mapping[str, Sequence[Parts]]:
    """The original's values by group, item and part."""
    return {
        group: [{part: text for part, text in parts.items() if text} for parts, _reading in found]
        for group, found in _contents(metadata).items()
    }


def items(metadata: Metadata) -> Mapping[str, Sequence[Item]]:
    """The counterpart's items by group, each with what is said of it."""
    claims: dict[str, dict[int, dict[str, FieldState]]] = {group: {} for group in GROUPS}
    for name, claim in (metadata.translation.fields if metadata.translation else {}).items():
        if found := _split(name):
            group, position, part = found
            claims[group].setdefault(position, {})[part] = parted_claim(claim)
    return {
        group: _items(GROUPS[group], found, claims[group])
        for group, found in _contents(metadata).items()
    }


def _contents(metadata: Metadata) -> Mapping[str, Sequence[tuple[Parts, str]]]:
    abstract, rapporteur = metadata.abstract, metadata.rapporteur
    return {
        "title": [({"": metadata.title}, metadata.reading or "")],
        "abstract": [({"": abstract}, "")] if abstract else [],
        "keywords": [({"": word.term}, word.reading or "") for word in metadata.keywords],
        "speakers": [_person(person) for person in metadata.speakers],
        "rapporteur": [_person(rapporteur)] if rapporteur else [],
    }


def _person(person: Person) -> tuple[Parts, str]:
    return {"name": person.name, "role": person.role or ""}, person.reading or ""


def _items(
    names: Sequence[str],
    found: Sequence[tuple[Parts, str]],
    claims: Mapping[int, Mapping[str, FieldState]],
) -> list[Item]:
    """Items with their claims; a claim whose item a person took away is an item without a place."""
    number_of = _numbers(found, claims)
    result = []
    for index, (parts, reading) in enumerate(found):
        said = claims.get(number_of.get(index, -1), {})
        readings = {names[0]: reading}
        result.append(
            Item(index, {p: Held(parts[p], said.get(p), readings.get(p, "")) for p in names})
        )
    lost = [number for number in claims if number not in number_of.values()]
    result += [
        Item(None, {p: Held("", claims[number].get(p)) for p in names}) for number in sorted(lost)
    ]
    return result


def _numbers(
    found: Sequence[tuple[Parts, str]], claims: Mapping[int, Mapping[str, FieldState]]
) -> dict[int, int]:
    """Under which number the claims of each item stand: a person may have moved items by hand.

    The words that a claim vouches for decide; where they are gone, the place. A typed approval is
    for what stands in its place.
    """
    marks = [{part: fingerprint(text) for part, text in parts.items()} for parts, _reading in found]

    def fits(index: int, number: int) -> bool:
        said = claims.get(number, {})
        if any(claim.state == APPROVE for claim in said.values()):
            return index == number
        parts = [part for part, claim in said.items() if claim.text == marks[index][part]]
        return any(found[index][0][part] for part in parts)

    chosen = {index: index for index in range(len(found)) if fits(index, index)}
    for index in range(len(found)):
        if index not in chosen:
            free = [number for number in claims if number not in chosen.values()]
            match = next((number for number in free if fits(index, number)), None)
            if match is not None:
                chosen[index] = match
    for index in range(len(found)):
        if index not in chosen and index in claims and index not in chosen.values():
            chosen[index] = index
    return chosen


# -- which answers which ------------------------------------------------------------------------


def paired(
    group: str, sources: Sequence[Parts], there: Sequence[Item]
) -> tuple[list[Item | None], list[Item]]:
    """For every item of the original the one that answers it, and the others."""
    links = _links(sources, there) if group in LISTS else _single(sources, there)
    answers = [there[links[position]] if position in links else None
               for position in range(len(sources))]  # fmt: skip
    return answers, [item for index, item in enumerate(there) if index not in links.values()]


def _single(sources: Sequence[Parts], there: Sequence[Item]) -> dict[int, int]:
    return {0: 0} if sources and there else {}


def _links(sources: Sequence[Parts], there: Sequence[Item]) -> dict[int, int]:
    """Places in the original and in ``there`` that belong together: by the recorded source, by
    what the source was last seen to say, by the other part, then by order in the gaps."""
    links: dict[int, int] = {}
    for first, now in ((True, False), (True, True), (False, False)):
        waiting: dict[str, list[int]] = {}
        for position, parts in enumerate(sources):
            if position not in links and (text := _text(parts, first)):
                waiting.setdefault(fingerprint(text), []).append(position)
        for index, item in enumerate(there):
            recorded = _text(_recorded(item, now), first)
            places = waiting.get(fingerprint(recorded), []) if recorded else []
            if places and index not in links.values():
                links[places.pop(0)] = index
    return links | _in_gaps(len(sources), there, links)


def _text(parts: Parts, first: bool) -> str:
    """The part that names an item, or the other one."""
    texts = list(parts.values())
    return "".join(texts[:1] if first else texts[1:])


def _recorded(item: Item, now: bool) -> Parts:
    """What the original said when the item was last seen to answer it, or what it said since."""
    claims = {part: held.claim for part, held in item.parts.items()}
    return {
        part: ((claim.now or "") if now else claim.source) if claim else ""
        for part, claim in claims.items()
    }


def _in_gaps(count: int, there: Sequence[Item], links: Mapping[int, int]) -> dict[int, int]:
    position_of = {index: position for position, index in links.items()}
    found: dict[int, int] = {}
    for index, item in enumerate(there):
        known_extra = item.head is not None and item.head.claim is not None and item.head.extra
        if index in position_of or item.index is None or known_extra:
            continue
        after = max((p for i, p in position_of.items() if i < index), default=-1)
        before = min((p for i, p in position_of.items() if i > index), default=count)
        free = (p for p in range(after + 1, before) if p not in links and p not in found)
        choice = next(free, None)
        if choice is not None:
            found[choice] = index
            position_of[index] = choice
    return found
