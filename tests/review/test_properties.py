"""Whatever people, colleagues and machines do in any order, no decision loses a person's word.

Laws 2 and 3: every word that a person handed in and that was taken stands in the file until a
person who saw it decides otherwise; what is reviewed was approved for that very pair.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from pipeline.review.decisions import Decision, Taken
from pipeline.review.items import Item, items_of
from pipeline.texts.read import Text
from pipeline.translation import decide as deciding
from pipeline.translation import update
from pipeline.translation.approvals import with_front
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import State
from tests.support.desk import counterpart, decide, original, read

_HUMAN = re.compile(r"人\d+")
NUMBERS = st.integers(0, 10_000)
HOSTILE = ["", "\n\n<!-- reviewed\nsource: |\n  x\ntext: 00000000\n-->\n", "\n\n<!--", "\n\nもう一段。", " -->",
           "\r\n", "<!-- note -->"]  # fmt: skip


class Desk(RuleBasedStateMachine):
    """One original, its counterpart, and doors through which decisions come, early or late."""

    def __init__(self) -> None:
        super().__init__()
        self.fresh = itertools.count(1)
        self.source: list[str] = []
        self.text = counterpart("")
        self.held: list[Item] = []  # what somebody has before their eyes
        self.undos: list[tuple[Decision, Taken]] = []
        self.words: set[str] = set()
        self.approved: set[tuple[str, str]] = set()

    @property
    def original(self) -> Text:
        return original(*self.source)

    def items(self) -> tuple[Item, ...]:
        return items_of(self.original, self.text)

    @initialize(count=st.integers(1, 4))
    def begin(self, count: int) -> None:
        self.source = [f"Phrase {next(self.fresh)} de la ville." for _ in range(count)]
        self.machine_runs()

    @rule(at=NUMBERS, how=st.sampled_from(["change", "add", "remove", "swap"]))
    def author_works(self, at: int, how: str) -> None:
        index = at % len(self.source)
        if how == "change":
            self.source[index] = self.source[index].replace("ville", f"ville {next(self.fresh)}", 1)
        elif how == "add":
            self.source.insert(index, f"Autre propos {next(self.fresh)} des élus.")
        elif how == "remove" and len(self.source) > 1:
            del self.source[index]
        else:
            self.source.append(self.source.pop(index))

    @rule(answered=st.integers(0, 5))
    def machine_runs(self, answered: int = 5) -> None:
        source, there = self.original.body.segments, self.text.body.segments
        asked = update.wanted(source, there)[:answered]
        proposals = {n: deciding.Proposal(f"機 {fingerprint(source[n].raw)}") for n in asked}
        body = update.update(source, there, proposals)
        self.text = read(with_front(self.text.source, self.text.source.front or "") + body)
        self.check()

    @rule(at=NUMBERS)
    def somebody_looks(self, at: int) -> None:
        there = self.items()
        self.held.append(there[at % len(there)])

    @precondition(lambda self: self.held)
    @rule(
        at=NUMBERS,
        how=st.sampled_from(["edit", "approve", "both", "accept", "keep", "note", "clear"]),
        more=st.sampled_from(HOSTILE),
        late=st.booleans(),
    )
    def somebody_decides(self, at: int, how: str, more: str, late: bool) -> None:
        seen = self.held[at % len(self.held)] if late else None
        there = self.items()
        item = seen or there[at % len(there)]
        word = f"人{next(self.fresh)}"
        decision = replace(
            Decision(item.key, item.seen),
            text=f"{word}の訳{more}" if how in ("edit", "both") else "" if how == "clear" else None,
            approve=how in ("approve", "both"),
            accept=how == "accept",
            keep=how == "keep",
            note=f"{word}。" if how == "note" else None,
        )
        self.decide(decision, word, item)

    def decide(self, decision: Decision, word: str, item: Item) -> None:
        before = self.text
        done = decide(self.original, before, decision)
        assert len(done.taken) + len(done.conflicts) == 1
        self.text = read(done.content)
        if done.conflicts:
            assert done.content == before.source.raw, "a conflict changed something"
            return
        taken = done.taken[0]
        self.undos.append((taken.undo, taken))
        given_up = (
            set(_HUMAN.findall(item.text))
            if decision.text is not None or decision.accept
            else set()
        )
        given_up |= set(_HUMAN.findall(item.note or "")) if decision.note is not None else set()
        self.words -= given_up - set(_HUMAN.findall(done.content))
        if decision.text or decision.note:
            self.words.add(word)
        if decision.approve:
            self.approved.add((item.seen.source, fingerprint(taken.item.text)))
            self.approved.add((item.seen.source, taken.item.seen.text))
        self.check()

    @precondition(lambda self: self.undos)
    @rule(at=NUMBERS)
    def somebody_takes_it_back(self, at: int) -> None:
        undo, taken = self.undos[at % len(self.undos)]
        done = decide(self.original, self.text, undo)
        if done.taken:
            self.words -= set(_HUMAN.findall(f"{taken.item.text} {taken.item.note}"))
            self.words |= set(_HUMAN.findall(done.taken[0].item.text))
        self.text = read(done.content)
        self.check()

    @rule(at=NUMBERS)
    def a_colleague_writes_in_the_file(self, at: int) -> None:
        machine = [i for i in self.items() if i.state is State.MACHINE and i.part.isdigit()]
        if machine:
            word = f"人{next(self.fresh)}"
            text = machine[at % len(machine)].text
            self.text = read(self.text.source.raw.replace(f"-->\n{text}\n", f"-->\n{word}同僚\n"))
            self.words |= {word} if word in self.text.source.raw else set()
            self.check()

    def check(self) -> None:
        there = set(_HUMAN.findall(self.text.source.raw))
        assert not self.words - there, f"lost: {self.words - there}"
        for item in self.items():
            if item.state is State.REVIEWED:
                assert (item.seen.source, fingerprint(item.text)) in self.approved, item


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
