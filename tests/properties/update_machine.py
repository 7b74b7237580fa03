"""Authors, translators, machines and merges at work on one text and its counterpart, in any order.

What every run of the machine must keep is checked after each step:
no word of a person is lost (law 2), nothing is reviewed that nobody approved for that very pair
(law 3), a second run changes nothing and asks for nothing (laws 4 and 5).
"""

from __future__ import annotations

import itertools
import re
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from pipeline.translation import counterpart as counterparts
from pipeline.translation import decide, update
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import State, parse_marker, render_marker
from pipeline.translation.merge.body import of_counterparts
from pipeline.translation.passages import passages
from tests.support.quick import quick_split

_WORDS = ["la ville", "un marché", "les élèves", "le fleuve", "deux quais", "la charte", "un pont",
          "les aînés", "le quartier", "des rizières", "la forêt", "une école"]  # fmt: skip
_MARK = re.compile(r" # [0-9a-f]{8}$")
_HUMAN = re.compile(r"人\d+")
_CONFLICTED = re.compile(r"^<{7} ours\n(.*?)^={7}\n(.*?)^>{7} theirs\n", re.DOTALL | re.MULTILINE)
_CONFLICT = re.compile(r"^(<{7}|>{7}|={7})", re.MULTILINE)
NUMBERS = st.integers(0, 10_000)


class UpdateMachine(RuleBasedStateMachine):
    """One original, one counterpart, and what people did to them."""

    def __init__(self) -> None:
        super().__init__()
        self.fresh = itertools.count(1)
        self.source: list[str] = []
        self.text = ""
        self.order = ""
        self.written: set[str] = set()  # the words of people that must be there
        self.approvals: set[tuple[str, str]] = set()

    # -- authors --------------------------------------------------------------------------------

    def sentence(self, seed: int) -> str:
        words = [_WORDS[(seed + n * (1 + seed // 12)) % len(_WORDS)] for n in range(4)]
        return f"{next(self.fresh)} {' '.join(words)}."

    @initialize(count=st.integers(1, 5), seed=NUMBERS)
    def begin(self, count: int, seed: int) -> None:
        self.source = [self.sentence(seed + n) for n in range(count)]

    @rule(at=NUMBERS, seed=NUMBERS, twin=st.booleans())
    def author_adds(self, at: int, seed: int, twin: bool) -> None:
        new = self.source[seed % len(self.source)] if twin and self.source else self.sentence(seed)
        self.source.insert(at % (len(self.source) + 1), new)

    @precondition(lambda self: self.source)
    @rule(at=NUMBERS)
    def author_removes(self, at: int) -> None:
        del self.source[at % len(self.source)]

    @precondition(lambda self: self.source)
    @rule(at=NUMBERS, to=NUMBERS)
    def author_moves(self, at: int, to: int) -> None:
        moved = self.source.pop(at % len(self.source))
        self.source.insert(to % (len(self.source) + 1), moved)

    @precondition(lambda self: self.source)
    @rule(at=NUMBERS, seed=NUMBERS, how=st.sampled_from(["little", "wholly", "spaces", "undo"]))
    def author_changes(self, at: int, seed: int, how: str) -> None:
        index = at % len(self.source)
        text = self.source[index]
        if how == "little":
            self.source[index] = text.replace(".", f" et {_WORDS[seed % len(_WORDS)]}.", 1)
        elif how == "wholly":
            self.source[index] = self.sentence(seed)
        elif how == "spaces":
            self.source[index] = text.replace(" ", "\n" if seed % 2 else "\u00a0", 1)
        else:
            claims = [p.marker.source for p in passages(quick_split(self.text)) if p.marker]
            self.source[index] = claims[seed % len(claims)] if claims else text

    @precondition(lambda self: len(self.source) > 1)
    @rule(at=NUMBERS)
    def author_joins(self, at: int) -> None:
        index = at % (len(self.source) - 1)
        self.source[index : index + 2] = ["\n".join(self.source[index : index + 2])]

    @precondition(lambda self: self.source)
    @rule(at=NUMBERS)
    def author_parts(self, at: int) -> None:
        index = at % len(self.source)
        self.source[index : index + 1] = self.source[index].split("\n", 1)

    # -- machines -------------------------------------------------------------------------------

    def run(self, text: str, answered: int = 10_000) -> str:
        """A whole run of the machine, which answers only the first few."""
        source = quick_split("\n\n".join(self.source))
        asked = update.wanted(source, quick_split(text))
        proposals = {
            index: decide.Proposal(f"機 {fingerprint(source[index].raw)}")
            for index in asked[:answered]
        }
        return update.update(source, quick_split(text), proposals, self.order)

    def order_now(self) -> str:
        return update.order_of(quick_split("\n\n".join(self.source)))

    @rule()
    def machine_runs(self) -> None:
        before = self.approved_now()
        self.text = self.run(self.text)
        self.order = self.order_now()
        self.approvals |= before
        self.check()
        assert self.run(self.text) == self.text, "a second run changed something"
        source = quick_split("\n\n".join(self.source))
        assert update.wanted(source, quick_split(self.text)) == (), "it would be paid for twice"

    @rule(answered=st.integers(0, 2))
    def machine_is_stopped(self, answered: int) -> None:
        before = self.approved_now()
        self.text = self.run(self.text, answered)
        self.order = self.order_now()
        self.approvals |= before
        self.check()
        assert self.run(self.text, 0) == self.text, "a run that is given nothing changed something"

    @precondition(lambda self: self.text)
    @rule(at=NUMBERS)
    def two_machines_and_an_editor(self, at: int) -> None:
        """A run is at work when a person saves: it may not write over that, and begins again."""
        stale = self.run(self.text)
        saw = self.text
        self.translator_writes(at, NEW)
        if saw == self.text:
            self.text = stale
        else:
            self.machine_runs()

    def approved_now(self) -> set[tuple[str, str]]:
        """The pairs for which somebody typed `approve`, as the file shows them now."""
        found = set()
        for passage in passages(quick_split(self.text)):
            marker = passage.marker
            if marker and marker.word == "approve":
                answered = marker.now or marker.source
                found.add((fingerprint(answered), fingerprint(passage.raw)))
        return found

    def check(self) -> None:
        lost = self.written - set(_HUMAN.findall(self.text))
        assert not lost, f"words of people were lost: {lost}"
        for passage in passages(quick_split(self.text)):
            assert "-->" not in passage.raw, "a comment ended in the middle of its words"

    @invariant()
    def nothing_is_reviewed_by_itself(self) -> None:
        source = quick_split("\n\n".join(self.source))
        for found in counterparts.pair(source, quick_split(self.text)):
            if found.state is State.REVIEWED and found.source is not None and found.passage:
                vouched = fingerprint(source[found.source].raw), fingerprint(found.passage.raw)
                assert vouched in self.approvals, "reviewed, but nobody approved that pair"

    # -- translators ----------------------------------------------------------------------------

    def edit(self, at: int, change: object) -> None:
        """Change the passage at a place; every word of a person that is taken away is forgiven."""
        segments = list(quick_split(self.text))
        there = passages(segments)
        if there:
            change(segments, there[at % len(there)])  # type: ignore[operator]
            self.text = "".join(s.raw + s.after for s in segments)
        self.written &= set(_HUMAN.findall(self.text))

    @precondition(lambda self: self.text)
    @rule(at=NUMBERS, how=st.sampled_from(["new", "more", "below", "nothing", "comment"]))
    def translator_writes(self, at: int, how: str) -> None:
        word = f"人{next(self.fresh)}"

        def change(segments: list, passage: object) -> None:
            texts = [n for n in passage.indices if segments[n].kind != "comment"]
            if not texts:
                if passage.comment is None or how == "nothing":
                    return
                comment = segments[passage.comment]
                segments[passage.comment] = replace(
                    comment, raw=comment.raw.rstrip("\n") + f"\n{word}\n", after="\n"
                )
                return
            first = segments[texts[0]]
            raw = {
                "new": f"{word}\n",
                "more": first.raw.rstrip("\n") + f" {word}\n",
                "below": first.raw.rstrip("\n") + f"\n\n{word}\n",
                "nothing": "",
                "comment": f"<!-- {word} -->\n\n" + first.raw,
            }[how]
            for number in texts if how in ("new", "nothing") else ():
                segments[number] = replace(segments[number], raw="", after="")
            segments[texts[0]] = replace(first, raw=raw, after=first.after or "\n")

        self.edit(at, change)
        if word in self.text:
            self.written.add(word)

    @precondition(lambda self: self.text)
    @rule(at=NUMBERS, what=st.sampled_from(["approve", "approve", "note", "proposal", "forge"]))
    def translator_types_in_the_comment(self, at: int, what: str) -> None:
        word = f"人{next(self.fresh)}"

        def change(segments: list, passage: object) -> None:
            marker = passage.marker
            if marker is None:
                return
            if what == "approve":
                marker = replace(marker, word="approve")
            elif what == "forge":
                marker = replace(marker, word="reviewed")
                # over the very words that the fingerprint is of, it is an approval
                self.approvals.add((fingerprint(marker.source), marker.text))
            elif what == "note":
                note = f"{marker.note} {word} -->" if marker.note else f"{word} -->"
                marker = replace(marker, note=note)
            elif marker.proposal:
                marker = replace(marker, proposal=f"{marker.proposal} {word}")
            comment = segments[passage.comment]
            assert parse_marker(comment.raw)
            segments[passage.comment] = replace(comment, raw=render_marker(marker) + "\n")

        self.edit(at, change)
        if word in self.text:
            self.written.add(word)

    @precondition(lambda self: self.text)
    @rule(
        at=NUMBERS,
        line=NUMBERS,
        how=st.sampled_from(["below", "above", "behind", "within"]),
        unmarked=st.booleans(),
    )
    def translator_writes_into_what_actes_shows(
        self, at: int, line: int, how: str, unmarked: bool
    ) -> None:
        """Words between the lines of ``source:``, ``now:`` or a proposal, or on one of them, whose
        fingerprint may be gone."""
        word = f"人{next(self.fresh)}"

        def change(lines: list[str]) -> None:
            shown = [n for n, text in enumerate(lines) if text.startswith("  ")]
            if shown:
                number = shown[line % len(shown)]
                text = lines[number]
                lines[number] = {
                    "below": f"{text}\n  {word}",
                    "above": f"  {word}\n{text}",
                    "behind": f"{text} {word}",
                    "within": f"{text[:5]} {word} {text[5:]}",
                }[how]
            if unmarked:
                lines[:] = [_MARK.sub("", text) for text in lines]

        self.change_comment(at, change)
        if word in self.text:
            self.written.add(word)

    @precondition(lambda self: self.text)
    @rule(at=NUMBERS, line=NUMBERS)
    def translator_deletes_a_line_of_a_comment(self, at: int, line: int) -> None:
        """Any line that holds no word of theirs: ``note:`` above their words, often."""

        def change(lines: list[str]) -> None:
            others = [n for n in range(1, len(lines) - 1) if not _HUMAN.search(lines[n])]
            notes = [n for n in others if lines[n].startswith("note:")]
            if others:
                del lines[(notes or others)[line % len(notes or others)]]

        self.change_comment(at, change)

    def change_comment(self, at: int, change: Callable[[list[str]], None]) -> None:
        """Change the lines of a comment that Actes wrote."""

        def changed(segments: list, passage: object) -> None:
            if passage.marker is not None:
                comment = segments[passage.comment]
                lines = comment.raw.rstrip("\n").split("\n")
                change(lines)
                segments[passage.comment] = replace(comment, raw="\n".join(lines) + "\n")

        self.edit(at, changed)

    @precondition(lambda self: self.text)
    @rule(at=NUMBERS, how=st.sampled_from(["delete", "damage", "all"]))
    def translator_spoils_a_comment(self, at: int, how: str) -> None:
        def change(segments: list, passage: object) -> None:
            if passage.comment is None:
                return
            comment = segments[passage.comment]
            if how == "damage":
                raw = comment.raw.replace("text:", "texte :", 1).replace("<!-- ", "<!-- x", 1)
                segments[passage.comment] = replace(comment, raw=raw)
                return
            gone = [passage.comment, *(passage.indices if how == "all" else ())]
            for number in gone:
                segments[number] = replace(segments[number], raw="", after="")

        self.edit(at, change)

    @precondition(lambda self: self.text)
    @rule(at=NUMBERS, how=st.sampled_from(["delete", "damage"]))
    def translator_writes_and_slips(self, at: int, how: str) -> None:
        """New words, and the comment above them spoilt in the same sitting."""
        self.translator_writes(at, NEW)
        self.translator_spoils_a_comment(at, how)

    @precondition(lambda self: self.text)
    @rule(at=NUMBERS, to=NUMBERS)
    def translator_moves_a_passage(self, at: int, to: int) -> None:
        segments = quick_split(self.text)
        there = passages(segments)
        chunks = [
            "".join(
                segments[n].raw + segments[n].after
                for n in ([p.comment] if p.comment is not None else []) + list(p.indices)
            ).rstrip("\n") + "\n\n"
            for p in there
        ]  # fmt: skip
        if chunks:
            moved = chunks.pop(at % len(chunks))
            chunks.insert(to % (len(chunks) + 1), moved)
            self.text = "".join(chunks)

    # -- git ------------------------------------------------------------------------------------

    @precondition(lambda self: self.text)
    @rule(one=NUMBERS, other=NUMBERS, seed=NUMBERS)
    def two_branches_are_merged(self, one: int, other: int, seed: int) -> None:
        """Another translator's branch, a run of the machine on it, and a merge by git."""
        base, before = self.text, set(self.written)
        self.translator_writes(one, "more")
        ours, mine = self.text, self.written
        self.text, self.written = base, set(before)
        self.translator_writes(other, "more")
        self.approvals |= self.approved_now()
        self.text = self.run(self.text)
        self.check()
        theirs = self.written
        merged = _merge(base, ours, self.text)
        if _CONFLICT.search(merged):  # the person settles it: one side's file, as it was
            merged, self.written = (ours, mine) if seed % 2 else (self.text, theirs)
        else:
            self.written = (mine | theirs) - (before - mine) - (before - theirs)
        self.text = merged

    @precondition(lambda self: self.text)
    @rule(one=NUMBERS, other=NUMBERS, ours=st.booleans(), how=st.sampled_from(["more", "new"]))
    def two_branches_are_merged_by_passages(
        self, one: int, other: int, ours: bool, how: str
    ) -> None:
        """The same, merged as git does once `actes git-setup` was called."""
        base, before = self.text, set(self.written)
        self.translator_writes(one, how)
        here, mine = self.text, self.written
        self.text, self.written = base, set(before)
        self.translator_writes(other, "more")
        self.approvals |= self.approved_now()
        self.text = self.run(self.text)
        self.check()
        sides = (quick_split(text) for text in (base, here, self.text))
        merged = of_counterparts(*sides)
        theirs, self.text = self.written, merged.text
        self.written = (mine | theirs) - (before - mine) - (before - theirs)
        self.check()
        if merged.conflicts:  # the person settles them: the passages of one side
            self.text = _CONFLICTED.sub(lambda match: match[1 if ours else 2], merged.text)
            self.written &= set(_HUMAN.findall(self.text))


NEW = "new"


def _merge(base: str, ours: str, theirs: str) -> str:
    """What `git merge-file` makes of three versions."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for file, content in zip(files, (ours, base, theirs), strict=True):
            file.write_text(content, encoding="utf-8")
        found = subprocess.run(
            ["git", "merge-file", "-p", *map(str, files)], capture_output=True, check=False
        )
    return found.stdout.decode("utf-8")
