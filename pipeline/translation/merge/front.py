"""The metadata of a counterpart from two branches, value by value, as passages are. Pure.

Where persons on both sides gave a value different words, both stand between git's marks, on lines
of their own: taking either gives back metadata that can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from pipeline.texts.metadata import FieldState, Metadata, Orphan
from pipeline.texts.segments import Segment, SegmentKind
from pipeline.translation.fields import claim_of, marker_of
from pipeline.translation.front.compose import Task, composed
from pipeline.translation.front.items import GROUPS, LISTS, Held, Item, items, name_of
from pipeline.translation.front.plan import Match, Slot
from pipeline.translation.front.update import written
from pipeline.translation.marker import Marker
from pipeline.translation.merge.body import disputed
from pipeline.translation.merge.passage import Conflict, Side, settle
from pipeline.translation.merge.sequence import Place, side_by_side
from pipeline.translation.passages import Passage
from pipeline.workspace.schema import validate
from pipeline.workspace.yaml import parse

_OWN = (*GROUPS, "reading", "translation")
"""Keys that are merged by what they mean; all others as they stand."""


@dataclass(frozen=True)
class Front:
    """The YAML of a branch, what it says, and that as metadata (None: it says nothing yet)."""

    text: str
    said: Mapping[str, Any]
    metadata: Metadata | None

    @property
    def orphans(self) -> tuple[Orphan, ...]:
        """Translations that wait for their value to come back."""
        translation = self.metadata.translation if self.metadata else None
        return translation.orphans if translation else ()

    def told(self, key: str) -> Any:
        """What stands under ``translation``."""
        return (self.said.get("translation") or {}).get(key)


NOTHING = Front("", {}, None)


def read_front(text: str, path: str) -> Front | None:
    """The YAML of a counterpart; None where it is none, or cannot be read as one.

    Raises ActesError as `workspace.yaml.parse`.
    """
    document = parse(text, path)
    if not isinstance(document.value, dict) or not document.value.get("translation"):
        return None
    metadata, _problems = validate(Metadata, document, {"counterpart": True})
    return Front(text, document.value, metadata) if metadata else None


def of_fronts(base: Front, ours: Front, theirs: Front, path: str) -> tuple[str, int]:
    """The YAML that says what both do, and how many values are in conflict.

    Raises ActesError as `front.update.written`.
    """
    values = {group: _merged(group, base, ours, theirs) for group in GROUPS}
    mine = _text(values, base, ours, theirs, path, True)
    other = _text(values, base, ours, theirs, path, False)
    conflicts = sum(value.disputed for found in values.values() for value in found)
    if mine == other:
        return mine, 0
    return _between_marks(mine, other), max(conflicts, 1)


# -- values -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Value:
    """An item of a group: its parts as ours and theirs want them, the same but for conflicts; what
    stands in our file (None: nothing), and whether it has a place in the list."""

    ours: Mapping[str, Held]
    theirs: Mapping[str, Held]
    there: Item | None
    placed: bool

    @property
    def disputed(self) -> int:
        """How many parts are in conflict."""
        return sum(self.ours[part] != self.theirs[part] for part in self.ours)

    def parts(self, as_ours: bool) -> Mapping[str, Held]:
        """The parts as one of both wants them."""
        return self.ours if as_ours else self.theirs

    def slot(self, as_ours: bool) -> Slot:
        """Its place: what stands in our file is kept, unless a reading in it is another."""
        there = self.there
        wanted = self.parts(as_ours)
        same = there and all(there.parts[p].reading == wanted[p].reading for p in there.parts)
        return Slot(there.index if there and same else None, ())


def _merged(group: str, base: Front, ours: Front, theirs: Front) -> list[_Value]:
    there = [items(side.metadata)[group] if side.metadata else () for side in (base, ours, theirs)]
    if group not in LISTS:
        alone = Place(*(next(iter(side), None) for side in there))
        return [_value(alone)] if any(there) else []
    first, mine, other = there
    found = side_by_side(first, mine, other, (_source, _now, _alone, _second), _likeness)
    merged = [_value(place) for place in found.places]
    return [value for value in merged if any(map(_says, value.ours.values())) or value.placed]


def _source(item: Item) -> str:
    head = item.head
    return head.claim.source if head and head.claim else ""


def _now(item: Item) -> str:
    head = item.head
    return (head.claim.now or "") if head and head.claim else ""


def _alone(item: Item) -> str:
    """What stands there, where nothing says what it translates."""
    head = item.head
    return head.value if head and not head.claim else ""


def _second(item: Item) -> str:
    return next((held.claim.source for held in list(item.parts.values())[1:] if held.claim), "")


def _likeness(item: Item) -> str:
    return _source(item) or (item.head.value if item.head else "")


def _says(held: Held) -> bool:
    return bool(held.value or held.claim or held.reading)


def _value(place: Place[Item]) -> _Value:
    sides = [side for side in (place.ours, place.theirs) if side]
    names = next((side.parts for side in (*sides, place.base) if side), {})
    ours: dict[str, Held] = {}
    theirs: dict[str, Held] = {}
    for part in names:
        held = (side.parts.get(part) if side else None for side in _three(place))
        ours[part], theirs[part] = _settled(Place(*held))
    words = any(held.value for held in (*ours.values(), *theirs.values()))
    kept = len(sides) == 2 or (place.base is None and bool(sides))  # noqa: PLR2004 - both sides
    placed = words or (kept and all(side.index is not None for side in sides))
    return _Value(ours, theirs, place.ours, placed)


def _three(place: Place[Item]) -> tuple[Item | None, Item | None, Item | None]:
    return place.base, place.ours, place.theirs


def _settled(place: Place[Held]) -> tuple[Held, Held]:
    """A value as ours and as theirs want it."""
    mine, other = place.ours or Held(""), place.theirs or Held("")
    outcome = settle(Place(_side(place.base), _side(place.ours), _side(place.theirs)))
    readings = _of_three(*(held.reading if held else "" for held in
                           (place.base, place.ours, place.theirs)))  # fmt: skip
    if isinstance(outcome, Conflict) or readings is None:
        return mine, other
    if outcome is None:
        return Held(""), Held("")
    claim = _as_said(outcome.marker, (mine, other)) if outcome.marker else None
    held = Held(outcome.side.passage.raw, claim, readings)
    return held, held


def _as_said(marker: Marker, sides: Iterable[Held]) -> FieldState:
    """What a marker says, as it stands on the side that says it."""
    claims = [held.claim for held in sides if held.claim]
    return next((claim for claim in claims if marker_of(claim) == marker), claim_of(marker))


def _side(held: Held | None) -> Side | None:
    """A value as a passage, for the rules that both share."""
    if held is None or not (held.value or held.claim):
        return None
    words = (Segment(SegmentKind.PARAGRAPH, held.value, "", 1, 0),) if held.value else ()
    marker = marker_of(held.claim) if held.claim else None
    return Side(Passage(marker, words, (0,) if words else ()))


def _of_three(base: Any, ours: Any, theirs: Any) -> Any:
    """What stands there when one side at most changed it; None where both did."""
    if theirs in (ours, base):
        return ours
    return theirs if ours == base else None


# -- writing ------------------------------------------------------------------------------------


def _text(
    values: Mapping[str, Sequence[_Value]],
    base: Front,
    ours: Front,
    theirs: Front,
    path: str,
    as_ours: bool,
) -> str:
    """Our YAML made to say what is agreed, and in conflicts what ours or theirs say."""
    slots: dict[str, tuple[Slot, ...]] = {}
    plan: dict[str, Held] = {}
    for group, found in values.items():
        placed = [value for value in found if value.placed]
        rest = [value for value in found if not value.placed]
        for position, value in enumerate([*placed, *rest]):
            for part, held in value.parts(as_ours).items():
                if _says(held):
                    plan[name_of(group, position, part)] = held
        slots[group] = tuple(value.slot(as_ours) for value in placed)
    said = _with_readings(_others(base, ours, theirs, as_ours), plan)
    order = _preferred((base.told("order"), ours.told("order"), theirs.told("order")), True)
    of = _preferred((base.told("of"), ours.told("of"), theirs.told("of")), as_ours)
    orphans = tuple(_orphans(base.orphans, ours.orphans, theirs.orphans))
    task = Task(Match(slots, orphans), _Plan(plan), str(of).strip(), order or "")
    return written(ours.text, ours.said, composed(said, ours.metadata, task), path)


class _Plan(dict[str, Held]):
    """What has no words and no claim is asked for too, where its neighbours stand."""

    def __missing__(self, name: str) -> Held:
        return Held("")


def _others(base: Front, ours: Front, theirs: Front, as_ours: bool) -> dict[str, Any]:
    """What ours says, with what only theirs changed among the keys that are not translated."""
    said = dict(ours.said)
    for key in dict.fromkeys((*ours.said, *theirs.said)):
        if key in _OWN:
            continue
        value = _preferred((base.said.get(key), ours.said.get(key), theirs.said.get(key)), as_ours)
        if value is None:
            said.pop(key, None)
        else:
            said[key] = value
    return said


def _preferred(three: tuple[Any, Any, Any], as_ours: bool) -> Any:
    """The value of the side that changed it; where both did, of the one that is asked for."""
    base, ours, theirs = three
    if theirs in (ours, base):
        return ours
    return theirs if ours == base or not as_ours else ours


def _with_readings(said: Mapping[str, Any], plan: Mapping[str, Held]) -> dict[str, Any]:
    """With the readings of the title and of the rapporteur, which stand beside them."""
    new = _with_reading(said, plan.get("title"))
    if isinstance(new.get("rapporteur"), dict):
        new["rapporteur"] = _with_reading(new["rapporteur"], plan.get("rapporteur.name"))
    return new


def _with_reading(said: Mapping[str, Any], held: Held | None) -> dict[str, Any]:
    """A mapping with the reading of a value, as it was written where it is the same."""
    reading, there = held.reading if held else "", said.get("reading")
    if not reading:
        return {key: value for key, value in said.items() if key != "reading"}
    same = isinstance(there, str) and there.strip() == reading
    return {**said, "reading": there if same else reading}


def _orphans(
    base: Sequence[Orphan], ours: Sequence[Orphan], theirs: Sequence[Orphan]
) -> Iterator[Orphan]:
    """Those of both sides, but for those that found their place on one."""
    yield from (one for one in ours if one in theirs or one not in base)
    yield from (one for one in theirs if one not in ours and one not in base)


def _between_marks(mine: str, other: str) -> str:
    """Two texts as one, the lines in which they differ between marks."""
    one, two = mine.splitlines(keepends=True), other.splitlines(keepends=True)
    parts = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        same = "".join(one[a:b])
        parts.append(same if tag == "equal" else disputed(same, "".join(two[c:d])))
    return "".join(parts)
