"""Two branches of a counterpart, whatever was done on each: no word is lost, nothing is vouched for.

The metadata further down, with people of its own.

Authors, translators and machines are those of `update_machine`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import copy, deepcopy
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.front.render import rendered
from pipeline.translation.marker import APPROVE, State
from pipeline.translation.merge.body import Body, of_counterparts
from pipeline.translation.merge.front import Front, of_fronts, read_front
from pipeline.translation.passages import passages
from pipeline.workspace.yaml import parse
from tests.properties.update_machine import NUMBERS, UpdateMachine
from tests.support.quick import quick_split

_HUMAN = re.compile(r"人\d+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKS = re.compile(r"^(?:<{7} ours|={7}|>{7} theirs)$", re.MULTILINE)
WRITES = ("new", "more", "below", "nothing", "comment")
TYPES = ("approve", "note", "proposal", "forge")


def step(machine: UpdateMachine, draw: st.DataObject) -> None:
    """Something that somebody does on a branch."""
    at, to = draw.draw(NUMBERS), draw.draw(NUMBERS)
    what = draw.draw(st.sampled_from(["write", "write", "type", "type", "move", "spoil", "update",
                                      "add", "remove"]))  # fmt: skip
    if what == "write" and machine.text:
        machine.translator_writes(at, draw.draw(st.sampled_from(WRITES)))
    elif what == "type" and machine.text:
        machine.translator_types_in_the_comment(at, draw.draw(st.sampled_from(TYPES)))
    elif what == "move" and machine.text:
        machine.translator_moves_a_passage(at, to)
    elif what == "spoil" and machine.text:
        machine.translator_spoils_a_comment(
            at, draw.draw(st.sampled_from(["delete", "damage", "all"]))
        )
    elif what == "update" and machine.source:
        machine.author_changes(at, to, draw.draw(st.sampled_from(["little", "wholly"])))
        machine.machine_runs()
    elif what == "add":
        machine.author_adds(at, to, twin=False)
        machine.machine_runs()
    elif what == "remove" and machine.source:
        machine.author_removes(at)
        machine.machine_runs()


@st.composite
def branches(draw: st.DrawFn) -> tuple[str, UpdateMachine, UpdateMachine]:
    """A counterpart, and what became of it on two branches."""
    data = draw(st.data())
    root = UpdateMachine()
    root.begin(draw(st.integers(1, 5)), draw(NUMBERS))
    root.machine_runs()
    for _ in range(draw(st.integers(0, 3))):
        step(root, data)
    sides = []
    for _ in range(2):
        side = copy(root)
        side.source, side.written, side.approvals = (
            list(root.source),
            set(root.written),
            set(root.approvals),
        )
        for _ in range(draw(st.integers(0, 3))):
            step(side, data)
        sides.append(side)
    return root.text, sides[0], sides[1]


def merge(base: str, ours: str, theirs: str) -> Body:
    return of_counterparts(quick_split(base), quick_split(ours), quick_split(theirs))


def vouched(text: str) -> Iterator[tuple[str, str]]:
    """The pairs that a counterpart's comments vouch for."""
    for passage in passages(quick_split(text)):
        marker = passage.marker
        if marker and marker.word == APPROVE:
            yield fingerprint(marker.now or marker.source), fingerprint(passage.raw)
        elif marker and marker.word in (State.REVIEWED, State.STALE) and marker.text:
            yield fingerprint(marker.source), marker.text


@given(branches())
def test_no_word_of_either_side_is_lost(
    given_: tuple[str, UpdateMachine, UpdateMachine],
) -> None:
    base, ours, theirs = given_
    found = merge(base, ours.text, theirs.text)
    before = set(_HUMAN.findall(base))
    there = set(_HUMAN.findall(found.text))
    for side in (ours, theirs):
        new = set(_HUMAN.findall(side.text)) - before
        assert new <= there, f"lost: {new - there}"
    kept = before & set(_HUMAN.findall(ours.text)) & set(_HUMAN.findall(theirs.text))
    assert kept <= there, f"lost: {kept - there}"


@given(branches())
def test_nothing_is_vouched_for_that_nobody_vouched_for(
    given_: tuple[str, UpdateMachine, UpdateMachine],
) -> None:
    base, ours, theirs = given_
    found = merge(base, ours.text, theirs.text)
    if not found.conflicts:
        said = set(vouched(ours.text)) | set(vouched(theirs.text))
        assert set(vouched(found.text)) <= said


@given(branches())
def test_marks_of_a_conflict_stand_outside_comments(
    given_: tuple[str, UpdateMachine, UpdateMachine],
) -> None:
    base, ours, theirs = given_
    found = merge(base, ours.text, theirs.text)
    outside = _COMMENT.sub("", found.text)
    assert len(_MARKS.findall(outside)) == 3 * found.conflicts
    assert len(_MARKS.findall(found.text)) == 3 * found.conflicts


@given(branches())
def test_a_branch_alone_is_taken_as_it_is(
    given_: tuple[str, UpdateMachine, UpdateMachine],
) -> None:
    base, ours, _theirs = given_
    for one, other in ((ours.text, base), (base, ours.text), (ours.text, ours.text)):
        found = merge(base, one, other)
        assert found.conflicts == 0
        assert found.text.strip("\n") == ours.text.strip("\n")


# -- metadata -----------------------------------------------------------------------------------

Said = dict[str, Any]
PATH = "sources/eco/marche.ja.md"


def head(count: int) -> Said:
    """Metadata that a machine translated, with some keywords and speakers."""
    values = {"title": "題", **{f"keywords.{n}": f"語{n}" for n in range(1, count + 1)},
              **{f"speakers.{n}.name": f"名{n}" for n in range(1, count + 1)}}  # fmt: skip
    claims = {
        name: {"state": "machine", "source": f"Source {name}", "text": fingerprint(value)}
        for name, value in values.items()
    }
    return {
        "title": "題",
        "keywords": [f"語{n}" for n in range(1, count + 1)],
        "speakers": [{"name": f"名{n}"} for n in range(1, count + 1)],
        "translation": {"of": "marche.fr.md", "fields": claims},
    }


def rewrite(said: Said, draw: st.DrawFn, fresh: Iterator[int]) -> None:
    """Something that somebody does to the metadata."""
    word = f"人{next(fresh)}"
    fields, keywords, speakers = said["translation"]["fields"], said["keywords"], said["speakers"]
    what = draw(st.sampled_from(["title", "keyword", "name", "role", "reading", "approve", "note",
                                 "grow", "shrink", "orphan"]))  # fmt: skip
    at = draw(NUMBERS)
    if what == "title":
        said["title"] = word
    elif what == "keyword" and keywords:
        keywords[at % len(keywords)] = word
    elif what in ("name", "role", "reading") and speakers:
        speakers[at % len(speakers)] = {**speakers[at % len(speakers)], what: word}
    elif what == "approve":
        name = sorted(fields)[at % len(fields)]
        fields[name] = {**fields[name], "state": "approve"}
    elif what == "note":
        name = sorted(fields)[at % len(fields)]
        fields[name] = {**fields[name], "note": word}
    elif what == "grow":  # as an update does, in the place that the original gives it
        place = at % (len(keywords) + 1)
        claims = [fields.pop(f"keywords.{n}", None) for n in range(1, len(keywords) + 1)]
        keywords.insert(place, "新語")
        claims.insert(
            place, {"state": "machine", "source": f"Neuf {word[1:]}", "text": fingerprint("新語")}
        )
        fields |= {f"keywords.{n}": claim for n, claim in enumerate(claims, 1) if claim}
    elif what == "shrink" and keywords:
        place = at % len(keywords)
        claims = [fields.pop(f"keywords.{n}", None) for n in range(1, len(keywords) + 1)]
        if _HUMAN.search(f"{keywords[place]}{claims[place]}"):
            orphan = {"source": "Ancien", "text": f"{keywords[place]} {claims[place]}"}
            said["translation"].setdefault("orphans", []).append(orphan)
        del keywords[place], claims[place]
        fields |= {f"keywords.{n}": claim for n, claim in enumerate(claims, 1) if claim}
    elif what == "orphan":
        said["translation"].setdefault("orphans", []).append({"source": "Perdu", "text": word})


@st.composite
def heads(draw: st.DrawFn) -> tuple[Said, Said, Said]:
    """The metadata of a counterpart, and what became of it on two branches."""
    fresh = count(1)
    base = head(draw(st.integers(0, 3)))
    for _ in range(draw(st.integers(0, 2))):
        rewrite(base, draw, fresh)
    sides = [deepcopy(base), deepcopy(base)]
    for side in sides:
        for _ in range(draw(st.integers(0, 3))):
            rewrite(side, draw, fresh)
    return base, sides[0], sides[1]


def front(said: Said) -> Front:
    found = read_front(rendered(said), PATH)
    assert found is not None
    return found


@given(heads())
def test_no_value_of_either_side_is_lost(given_: tuple[Said, Said, Said]) -> None:
    base, ours, theirs = map(front, given_)
    text, conflicts = of_fronts(base, ours, theirs, PATH)
    there, before = set(_HUMAN.findall(text)), set(_HUMAN.findall(base.text))
    for side in (ours, theirs):
        new = set(_HUMAN.findall(side.text)) - before
        assert new <= there, f"lost: {new - there}"
    assert len(_MARKS.findall(text)) % 3 == 0
    assert bool(_MARKS.search(text)) == bool(conflicts)
    if not conflicts:
        assert read_front(text, PATH) is not None


@given(heads())
def test_metadata_changed_on_one_branch_alone_is_taken_as_it_is(
    given_: tuple[Said, Said, Said],
) -> None:
    base, ours, _theirs = map(front, given_)
    assert of_fronts(base, ours, base, PATH) == (ours.text, 0)
    assert of_fronts(base, ours, ours, PATH) == (ours.text, 0)
    text, conflicts = of_fronts(base, base, ours, PATH)
    value = parse(text, PATH).value
    assert isinstance(value, dict)
    assert conflicts == 0
    assert _filled(value) == _filled(ours.said)


def _filled(said: Mapping[str, Any]) -> Said:
    """Without lists that hold nothing, which say nothing."""
    return {key: value for key, value in said.items() if value}
