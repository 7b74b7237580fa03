"""Authors, translators and machines at work on metadata, in any order: the laws, whatever they do.

Every word has an origin that can be read in it: ``s12`` the author's, ``m12`` a machine's, ``p12q``
a person's. What a person wrote and did not delete must be in the file after every update.
"""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache
from typing import Any, cast

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pipeline.errors import ActesError
from pipeline.texts.metadata import Metadata, read_metadata
from pipeline.translation.fields import field_states, field_values, marker_of
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.front.render import rendered
from pipeline.translation.front.update import renewed, wanted
from pipeline.translation.marker import State
from pipeline.workspace.layout import Kind
from pipeline.workspace.yaml import parse

_PERSONS = re.compile(r"[pc]\d+q")
_ODD = st.sampled_from(
    ["", ": ", " #", "'", '"', "\n  ", "、", " « x »", "\u00a0!", "[", "{a}", "é"]
)
_PLACES = st.integers(0, 5)


@lru_cache(maxsize=8)
def read(front: str) -> Metadata:
    """The metadata of the counterpart, as every command reads it."""
    metadata, _document, problems = read_metadata(
        "sources/eco/m.ja.md", front, Kind.SUMMARY, cast("Any", None)
    )
    assert metadata is not None, [problem.render() for problem in problems]
    return metadata


class Metadatas(RuleBasedStateMachine):
    """``source`` is the original's metadata as data, ``front`` the counterpart's YAML."""

    def __init__(self) -> None:
        super().__init__()
        self.count = self.deeds = 0
        self.source: dict[str, Any] = {
            "title": "s0", "keywords": ["s1", "s2", "s3"],
            "speakers": [{"name": "s4", "role": "s5"}, {"name": "s6"}],
        }  # fmt: skip
        self.past: list[dict[str, Any]] = [self.source]
        self.front: str | None = None
        self.approved: set[tuple[str, str]] = set()

    @initialize(hands=st.lists(st.booleans(), min_size=7, max_size=7))
    def first(self, hands: list[bool]) -> None:
        """A machine translates everything, and a person some of it anew."""
        self.update(True, False, "")
        names = iter(hands)
        self.front = re.sub(
            r"(?m)^(title: |  - |  - \{name: |.* role: )m\d+m",
            lambda m: f"{m[1]}{self.word('p')}" if next(names, True) else m[0],
            self.front or "",
        )

    def word(self, origin: str, odd: str = "") -> str:
        self.count += 1
        return f"{origin}{self.count}{'q' if origin in 'pc' else ''}{odd}{origin}".strip()

    @property
    def original(self) -> Metadata:
        return Metadata.model_validate(self.source)

    def read(self) -> Metadata | None:
        return None if self.front is None else read(self.front)

    # -- the author -----------------------------------------------------------------------------

    def changed(self, **values: Any) -> None:
        self.source = {k: v for k, v in {**self.source, **values}.items() if v is not None}
        self.past.append(self.source)
        self.done()

    @rule(odd=_ODD, key=st.sampled_from(["title", "abstract"]), there=st.booleans())
    def author_says(self, odd: str, key: str, there: bool) -> None:
        self.changed(**{key: self.word("s", odd) if there or key == "title" else None})

    @rule(odd=_ODD, at=_PLACES, key=st.sampled_from(["keywords", "speakers"]), role=st.booleans())
    def author_adds(self, odd: str, at: int, key: str, role: bool) -> None:
        item: Any = self.word("s", odd)
        if key == "speakers":
            item = {"name": item, **({"role": self.word("s")} if role else {})}
        found = list(self.source.get(key, []))
        self.changed(**{key: [*found[:at], item, *found[at:]]})

    @rule(at=_PLACES, to=_PLACES, key=st.sampled_from(["keywords", "speakers"]), drop=st.booleans())
    def author_moves_or_removes(self, at: int, to: int, key: str, drop: bool) -> None:
        if found := list(self.source.get(key, [])):
            item = found.pop(at % len(found))
            self.changed(**{key: found if drop else [*found[:to], item, *found[to:]]})

    @rule(which=st.randoms(use_true_random=False))
    def author_goes_back(self, which: Any) -> None:
        self.source = which.choice(self.past)

    # -- the translator -------------------------------------------------------------------------

    def said(self) -> dict[str, Any]:
        return cast("dict[str, Any]", parse(self.front or "", "m.ja.md").value)

    def save(self, said: dict[str, Any], flow: bool) -> None:
        """As they write it: a line of JSON after each key, or as Actes does."""
        if flow:
            lines = (f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in said.items())
            self.front = "".join(lines)
        else:
            self.front = rendered(said)
        self.done()

    def done(self) -> None:
        """After every other thing that people do, the machine comes by."""
        self.deeds += 1
        if self.deeds % 2 == 0:
            self.update(self.deeds % 3 > 0, False, "")

    @rule(at=_PLACES, odd=_ODD, flow=st.booleans(), empty=st.booleans(), reading=st.booleans())
    def translator_writes(self, at: int, odd: str, flow: bool, empty: bool, reading: bool) -> None:
        said = self.said()
        new = "" if empty else self.word("p", odd)
        keywords = said.get("keywords", [])
        at = at % (len(keywords) + 2)
        if at < len(keywords) and reading and not empty:
            term = keywords[at] if isinstance(keywords[at], str) else keywords[at]["term"]
            keywords[at] = {"term": term, "reading": new}
        elif at < len(keywords):
            keywords[at] = new
        elif at == len(keywords):
            said["title"] = new
        elif not empty:
            said["keywords"] = [*keywords, new]
        self.save(said, flow)

    @rule(at=_PLACES, flow=st.booleans(), part=st.sampled_from(["name", "role", "reading"]))
    def translator_names(self, at: int, flow: bool, part: str) -> None:
        said = self.said()
        if speakers := said.get("speakers", []):
            speakers[at % len(speakers)][part] = self.word("p")
            self.save(said, flow)

    @rule(at=_PLACES, flow=st.booleans(), key=st.sampled_from(["proposal", "note"]))
    def translator_notes(self, at: int, flow: bool, key: str) -> None:
        said = self.said()
        claims = list(said["translation"].get("fields", {}).values())
        claims = [claim for claim in claims if key == "note" or key in claim]
        if claims:
            claims[at % len(claims)][key] = self.word("p")
            self.save(said, flow)

    @rule(
        at=_PLACES,
        flow=st.booleans(),
        key=st.sampled_from(["source", "now"]),
        unmarked=st.booleans(),
        form=st.sampled_from(["{} {}", "{}{}", "{}\n{}", "{1} {0}", "{1}\n{0}", "{1}"]),
    )
    def translator_types_into_what_is_shown(
        self, at: int, flow: bool, key: str, unmarked: bool, form: str
    ) -> None:
        said = self.said()
        claims = said["translation"].get("fields", {}).values()
        claims = [claim for claim in claims if key in claim]
        if claims:
            claim = claims[at % len(claims)]
            if unmarked:
                claim.pop("shown", None)
            claim[key] = form.format(claim[key], self.word("p"))
            self.save(said, flow)

    @rule(at=_PLACES, to=_PLACES, flow=st.booleans(), drop=st.booleans())
    def translator_moves_or_removes(self, at: int, to: int, flow: bool, drop: bool) -> None:
        said = self.said()
        if keywords := said.get("keywords", []):
            item = keywords.pop(at % len(keywords))
            keywords.insert(to, item) if not drop else None
            said = {k: v for k, v in said.items() if v}
            self.save({"title": "", **said}, flow)

    @rule(at=_PLACES)
    def translator_comments(self, at: int) -> None:
        lines = (self.front or "").splitlines(keepends=True)
        keys = [
            n for n, line in enumerate(lines) if re.match(r"(?: {4})?[a-z.0-9]+: ?[^|]*$", line)
        ]
        where = keys[at % len(keys)]
        indent = " " * (len(lines[where]) - len(lines[where].lstrip()))
        lines.insert(where, f"{indent}# {self.word('c')}\n")
        kept = "".join(lines)
        if parse(kept, "m.ja.md").value == self.said():  # it did not fall into a block of words
            self.front = kept

    @rule(at=_PLACES)
    def translator_approves(self, at: int) -> None:
        said, there = self.said(), self.read()
        claims = said["translation"].get("fields", {})
        values = field_values(there) if there else {}
        name = list(claims)[at % len(claims)]
        if values.get(name) and claims[name].get("source"):
            claims[name]["state"] = "approve"
            self.save(said, flow=False)

    def settle(self) -> None:
        """What is typed is for the pair that stands in the file when the next command runs."""
        there = self.read()
        claims = there.translation.fields if there and there.translation else {}
        for name, claim in claims.items():
            value = field_values(there).get(name) if there else ""
            if claim.state == "approve" and value:
                marker = marker_of(claim)
                answered = marker.now or marker.source
                self.approved.add((fingerprint(answered), fingerprint(value)))

    # -- the machine ----------------------------------------------------------------------------

    @rule(all_of_it=st.booleans(), retranslate=st.booleans(), odd=_ODD)
    def update(self, all_of_it: bool, retranslate: bool, odd: str) -> None:
        before = self.front or ""
        self.settle()
        names = list(wanted(self.original, self.read(), retranslate))
        proposals = {name: self.word("m", odd) for name in (names if all_of_it else names[::2])}
        try:
            self.front = self.renewed(proposals)
        except ActesError as error:
            assert {problem.rule for problem in error.problems} == {"front-too-large"}  # noqa: PT017
            return
        lost = set(_PERSONS.findall(before)) - set(_PERSONS.findall(self.front))
        assert not lost, f"lost {lost} from:\n{before}\nto:\n{self.front}"
        again = self.renewed({})
        assert again == self.front, f"law 4: from\n{before}\nto\n{self.front}\nto\n{again}"
        if all_of_it:
            assert not wanted(self.original, self.read())  # law 5

    def renewed(self, proposals: dict[str, str]) -> str:
        return renewed(
            self.front, "m.fr.md", self.original, self.read(), proposals, "0000abcd", "m.ja.md"
        )

    @invariant()
    def nothing_is_reviewed_that_nobody_approved(self) -> None:
        there = self.read()
        if there is None:
            return
        sources, values = field_values(self.original), field_values(there)
        for name, state in field_states(self.original, there).items():
            if state is State.REVIEWED:
                pair = (fingerprint(sources[name]), fingerprint(values[name]))
                assert pair in self.approved, name


TestMetadatas = Metadatas.TestCase
TestMetadatas.settings = settings(
    max_examples=1000 if os.environ.get("ACTES_LONG") else 50, stateful_step_count=25
)
