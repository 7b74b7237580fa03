"""Pretranslation as its users live it: translate, edit, change the source, approve, build."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import machine
from tests.support.workspace import (
    Outcome,
    actes,
    command,
    environment,
    make_workspace,
    put,
    summary,
)

ORIGINAL = "sources/eco/marche.fr.md"
COUNTERPART = "sources/eco/marche.ja.md"
BODY = """\
## Ouverture

La ville ouvre un marché de 40 étals[^1].

- Les cantines y achètent leurs légumes.
- Les **transports** restent chers.

[^1]: Voir le [site](https://exemple.fr/marche).
"""
CONSENT = "translation: {engine: command, external_services: true}\n"


class Event:
    """A workspace with one text, an engine that is allowed, and what that engine was sent."""

    def __init__(self, folder: Path, consent: str = CONSENT, **metadata: str) -> None:
        text = summary("Le marché", BODY, **metadata)
        self.root = make_workspace(folder, texts={"eco/marche.fr.md": text}, formats=["docx"])
        event = self.root / "sources/event.yaml"
        event.write_text(event.read_text("utf-8") + consent, "utf-8")
        self.log = folder / "asked.jsonl"

    def run(self, *arguments: str, **env: str) -> Outcome:
        return actes(self.root, *arguments, **{"ACTES_ENGINE_COMMAND": self.engine, **env})

    @property
    def engine(self) -> str:
        return f"{sys.executable} {machine.__file__} {self.log}"

    @property
    def asked(self) -> list[str]:
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def read(self, path: str = COUNTERPART) -> str:
        return (self.root / path).read_text("utf-8")

    def edit(self, path: str, before: str, after: str) -> None:
        text = self.read(path)
        assert before in text
        put(self.root / path, text.replace(before, after, 1))


@pytest.fixture
def event(tmp_path: Path) -> Event:
    return Event(tmp_path)


def test_the_whole_cycle(event: Event) -> None:
    first = event.run("translate")
    assert first.code == 0, first.said
    assert COUNTERPART in first.out
    text = event.read()
    assert "訳文：La ville ouvre un marché de 40 étals[^1]." in text
    assert "- 訳文：Les **transports** restent chers." in text
    assert "[^1]: 訳文：Voir le [site](https://exemple.fr/marche)." in text
    assert text.count("<!-- machine\n") == 4

    event.edit(
        COUNTERPART,
        "訳文：La ville ouvre un marché de 40 étals[^1].",
        "市は40区画の市場を開く[^1]。",
    )
    event.edit(
        COUNTERPART, "<!-- machine\nsource: |\n  ## Ouv", "<!-- approve\nsource: |\n  ## Ouv"
    )
    event.edit(ORIGINAL, "40 étals", "45 étals")
    event.edit(ORIGINAL, "restent chers", "baissent")
    sent = len(event.asked)
    second = event.run("translate")
    assert second.code == 0, second.said
    assert len(event.asked) == sent + 2, "only the changed units are sent"
    text = event.read()
    assert "市は40区画の市場を開く[^1]。" in text, "a person's words stay"
    assert "now: |\n  La ville ouvre un marché de 45 étals[^1].\nproposal: |\n  訳文：" in text
    assert "<!-- reviewed\nsource: |\n  ## Ouverture" in text
    assert "- 訳文：Les **transports** baissent." in text

    refused = event.run("build", "--final", "proceedings-ja")
    assert refused.code == 4
    assert "blocked-segment" in refused.err

    event.edit(COUNTERPART, "市は40区画", "市は45区画")
    approved = event.run("approve", COUNTERPART)
    assert approved.code == 0, approved.said
    status = json.loads(event.run("status", "--json").out)
    assert status, "the state of the event is told"
    final = event.run("build", "--final", "proceedings-ja")
    assert final.code == 0, final.said


def test_nothing_changed_sends_and_writes_nothing(event: Event) -> None:
    event.run("translate")
    before, sent = event.read(), len(event.asked)
    times = (event.root / COUNTERPART).stat().st_mtime_ns
    again = event.run("translate")
    assert again.code == 0
    assert "up to date" in again.err
    assert (event.read(), len(event.asked)) == (before, sent)
    assert (event.root / COUNTERPART).stat().st_mtime_ns == times


def test_no_unit_is_paid_for_twice_when_the_counterpart_is_lost(event: Event) -> None:
    event.run("translate")
    text, sent = event.read(), len(event.asked)
    (event.root / COUNTERPART).unlink()
    assert event.run("translate").code == 0
    assert event.read() == text
    assert len(event.asked) == sent


def test_retranslate_replaces_only_what_nobody_touched(event: Event) -> None:
    event.run("translate")
    event.edit(COUNTERPART, "訳文：La ville ouvre", "市が開く：La ville ouvre")
    assert event.run("translate", "--retranslate-machine").code == 0
    assert "市が開く：La ville ouvre un marché de 40 étals[^1]." in event.read()


def test_a_dry_run_sends_and_writes_nothing(event: Event) -> None:
    told = event.run("translate", "--dry-run")
    assert told.code == 0
    assert "to be sent:" in told.out
    assert not event.asked
    assert not (event.root / COUNTERPART).exists()


def test_a_limit_is_kept_and_the_next_run_asks_only_for_the_rest(event: Event) -> None:
    event.run("translate", "--limit", "60")
    sent = event.asked
    assert sum(map(len, sent)) <= 60
    assert event.run("translate").code == 0
    assert len(event.asked) == len(set(event.asked))
    assert "<!-- missing" not in event.read()


@pytest.mark.parametrize("consent", ["", "translation: {engine: command}\n",
                                     "translation: {engine: google, external_services: true}\n"])  # fmt: skip
def test_without_consent_nothing_is_sent_or_written(tmp_path: Path, consent: str) -> None:
    event = Event(tmp_path, consent)
    refused = event.run("translate", "--engine", "command")
    assert refused.code == 4, refused.said
    assert not event.asked
    assert not (event.root / COUNTERPART).exists()


def test_a_confidential_text_never_leaves(tmp_path: Path) -> None:
    event = Event(tmp_path, confidential="true")
    told = event.run("translate")
    assert not event.asked
    assert "engine-confidential" in told.err
    assert "marché" not in told.said
    kept = b"".join(p.read_bytes() for p in (event.root / "build").rglob("*") if p.is_file())
    assert b"La ville ouvre" not in kept


def test_a_merge_conflict_leaves_the_file_alone(event: Event) -> None:
    event.run("translate")
    event.edit(COUNTERPART, "訳文：La ville", "<<<<<<< HEAD\n訳文：La ville")
    event.edit(COUNTERPART, "étals[^1].\n\n", "étals[^1].\n=======\n市。\n>>>>>>> autre\n\n")
    event.edit(ORIGINAL, "40 étals", "45 étals")
    before = event.read()
    told = event.run("translate")
    assert told.code == 1
    assert "merge-conflict" in told.err
    assert event.read() == before


@pytest.mark.parametrize("moment", [0.2, 0.45, 0.7])
def test_a_killed_run_loses_nothing(event: Event, moment: float) -> None:
    event.run("translate")
    event.edit(
        COUNTERPART, "訳文：La ville ouvre un marché", "市は市場を開く。La ville ouvre un marché"
    )
    event.edit(ORIGINAL, "40 étals", "45 étals")
    process = subprocess.Popen(
        command("translate"), cwd=event.root, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env=environment(ACTES_ENGINE_COMMAND=event.engine),
    )  # fmt: skip
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert event.run("translate").code == 0
    assert "市は市場を開く。La ville ouvre un marché" in event.read()
    strays = [p for p in event.root.rglob(".*") if p.name.endswith(".actes-tmp")]
    assert not strays


def test_two_runs_at_once_do_not_meet(event: Event) -> None:
    env = environment(ACTES_ENGINE_COMMAND=event.engine)
    both = [
        subprocess.Popen(command("translate"), cwd=event.root, stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        for _time in range(2)
    ]  # fmt: skip
    codes = sorted(process.wait() for process in both)
    assert codes in ([0, 0], [0, 5])
    assert len(event.asked) == len(set(event.asked))
