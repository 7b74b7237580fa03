"""Law 2 and law 5: `actes translate` killed at any moment, over and over, while people work.

No file is torn, no word of a person lost, no answer that had come paid for again. `make test` kills
30 runs, `make test-long` 300; ACTES_KILLS says another number.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
from pathlib import Path

from tests.conftest import LONG
from tests.events.pretranslation import Event
from tests.support.workspace import put, summary

KILLS = int(os.environ.get("ACTES_KILLS", "300" if LONG else "30"))
A_ROUND = 10  # kills before a run that is let go on to its end
TEXTS, PARAGRAPHS = 3, 40  # of which half change: two requests of the engine


def _original(number: int, version: int) -> str:
    """A text of which every other paragraph changes from version to version."""
    lines = [
        f"La mesure {number}-{n} compte, version {version if n % 2 else 0}."
        for n in range(PARAGRAPHS)
    ]
    return summary(f"Bilan {number}", "\n\n".join(lines))


def _write(event: Event, version: int) -> None:
    for number in range(TEXTS):
        put(event.root / f"sources/eco/bilan-{number}.fr.md", _original(number, version))


def _counterparts(event: Event) -> dict[Path, str]:
    return {p: p.read_text("utf-8") for p in sorted(event.root.glob("sources/eco/*.ja.md"))}


def _killed(event: Event, run: str, seconds: float, alone: bool) -> bool:
    """Whether a run was killed after ``seconds``, before its end; ``alone``: the engine lives on."""
    process = event.start("translate", run=run)
    try:
        process.wait(seconds)
    except TimeoutError:
        process.kill()
        if not alone:
            for note in event.notes:
                if note["run"] == run:
                    _end(note["request"])
        return True
    return False


def _end(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    event = Event(tmp_path, {})
    _write(event, 0)
    event.meanwhile(slow=0.05)
    first = event.run("translate")
    assert first.code == 0, first.said
    took = first.seconds
    chance = random.Random(20241122)
    persons: list[str] = []
    killed: set[str] = set()
    for version in range(1, KILLS // A_ROUND + 1):
        _write(event, version)
        persons.append(_person(event, version, chance))
        put(event.root / "sources/eco/.bilan-0.ja.md.1.actes-tmp", "half a fi")  # of a killed run
        before = _counterparts(event)
        seen = [before]
        moments = sorted(chance.uniform(0.05, took) for _time in range(A_ROUND))
        for number, seconds in enumerate(moments):
            run = f"{version}.{number}"
            if _killed(event, run, seconds, alone=bool(number % 2)):
                killed.add(run)
            seen.append(_counterparts(event))
        told = event.run("translate")
        assert told.code == 0, told.said
        took = min(took, max(told.seconds, 0.5))
        after = _counterparts(event)
        for files in seen:
            for path, text in files.items():
                assert text in (before[path], after[path]), f"{path.name} is torn"
        for words in persons:
            assert sum(text.count(words) for text in after.values()) == 1, words
        assert not event.strays()
    assert event.run("translate").err.startswith("everything is up to date")
    assert len(killed) > KILLS // 5
    _nothing_was_paid_twice(event, killed)


def _person(event: Event, version: int, chance: random.Random) -> str:
    """Somebody rewrites a passage, which may be one that the author changes."""
    words = f"人の訳{version}。"
    path = f"sources/eco/bilan-{version % TEXTS}.ja.md"
    marks = [line for line in event.read(path).split("\n") if line.startswith("訳文：La mesure")]
    event.edit(path, chance.choice(marks), words)
    return words


def _nothing_was_paid_twice(event: Event, killed: set[str]) -> None:
    """Only a request that was under way when its run was killed may be sent again."""
    lost: set[int] = set()  # requests under way when their run was killed
    for run in killed:
        requests = [note["request"] for note in event.notes if note["run"] == run]
        lost |= set(requests[-1:])
    paid = [note["text"] for note in event.notes if note["request"] not in lost]
    assert len(paid) == len(set(paid))
