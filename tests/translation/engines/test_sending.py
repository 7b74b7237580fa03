"""Sending: what is asked for, how often, when it stops, and what is kept whatever happens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.translation.engines import flight
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.pace import Pace
from pipeline.translation.engines.protocol import Engine, EngineError, Failure, Request
from pipeline.translation.paid import Paid
from pipeline.translation.sending import Job, Progress, estimate, send
from pipeline.workspace.translation_settings import Translation
from tests.conftest import LONG
from tests.support.servers import FakeClock, translated
from tests.translation.engines.scripted import Scripted, jobs, right, sentences

Gate = Callable[[Engine], Gated]


def failing(
    *failures: Failure, wait: float | None = None
) -> Callable[[Request], Sequence[str | None]]:
    """A script that fails in these ways, one a request, then answers."""
    left = list(failures)

    def script(request: Request) -> Sequence[str | None]:
        if left:
            raise EngineError(left.pop(0), wait)
        return right(request)

    return script


def rules(sent: object) -> list[str]:
    return sorted(problem.rule for problem in sent.problems)  # type: ignore[attr-defined]


def test_every_job_has_its_answer_with_its_own_white_space(gated: Gate, pace: Pace) -> None:
    engine = Scripted()
    sent = send(jobs("\u00a0Un marché.\u3000", "Une\nplace."), gated(engine), pace=pace)
    assert sent.answers == {"1": "\u00a0訳：Un marché.\u3000", "2": "訳：Une place."}
    assert engine.texts == ["Un marché.", "Une place."]
    assert sent.problems == ()


def test_the_same_text_is_sent_once_and_what_has_no_letters_never(gated: Gate, pace: Pace) -> None:
    engine = Scripted()
    sent = send(jobs("Un marché.", "Un marché.", "--- 40 % →"), gated(engine), pace=pace)
    assert engine.texts == ["Un marché."]
    assert sent.answers == {"1": "訳：Un marché.", "2": "訳：Un marché.", "3": "--- 40 % →"}


def test_a_text_that_is_too_long_goes_in_parts_and_comes_back_whole(
    gated: Gate, pace: Pace
) -> None:
    engine = Scripted(most_characters=20)
    sent = send(jobs("Il y a un marché. Il y a une place."), gated(engine), pace=pace)
    assert engine.texts == ["Il y a un marché.", "Il y a une place."]
    assert sent.answers == {"1": "訳：Il y a un marché.訳：Il y a une place."}


def test_no_more_requests_at_once_than_workers(gated: Gate, pace: Pace) -> None:
    meeting = threading.Barrier(3)

    def script(request: Request) -> Sequence[str | None]:
        meeting.wait(5)
        return right(request)

    engine = Scripted(script, workers=3, most_texts=1)
    sent = send(sentences(9), gated(engine), pace=pace)
    assert len(sent.answers) == 9
    assert engine.at_once == 3


@pytest.mark.parametrize(
    "failure", [Failure.BUSY, Failure.SERVER, Failure.TIMEOUT, Failure.UNREACHABLE]
)
def test_what_passes_is_tried_again_after_a_pause(
    gated: Gate, pace: Pace, clock: FakeClock, failure: Failure
) -> None:
    times = 1 if failure is Failure.TIMEOUT else 2
    engine = Scripted(failing(*[failure] * times), most_texts=1)
    sent = send(jobs("Un marché."), gated(engine), pace=pace)
    assert sent.answers == {"1": "訳：Un marché."}
    assert clock.slept == [1.0, 2.0][:times]
    assert sent.problems == ()


def test_a_service_is_given_the_time_it_asks_for(gated: Gate, pace: Pace, clock: FakeClock) -> None:
    send(jobs("Un marché."), gated(Scripted(failing(Failure.BUSY, wait=17.0))), pace=pace)
    assert clock.slept == [17.0]


def test_but_not_an_hour(gated: Gate, pace: Pace, clock: FakeClock) -> None:
    engine = Scripted(failing(Failure.BUSY, wait=3600.0))
    sent = send(sentences(10), gated(engine), pace=pace)
    assert clock.slept == []
    assert len(engine.requests) == 1
    assert rules(sent) == ["engine-ended-wait", "engine-failed-busy"]


@pytest.mark.parametrize(
    "failure", [Failure.SERVER, Failure.REFUSED, Failure.GARBAGE, Failure.PROGRAM]
)
@pytest.mark.parametrize("guilty", [0, 6, 12])
def test_the_text_that_breaks_a_request_is_found_and_the_others_translated(
    gated: Gate, pace: Pace, failure: Failure, guilty: int
) -> None:
    wanted = sentences(13)

    def script(request: Request) -> Sequence[str | None]:
        if wanted[guilty].text in request.texts:
            raise EngineError(failure)
        return right(request)

    sent = send(wanted, gated(Scripted(script, most_texts=50)), pace=pace)
    assert sent.failures == {wanted[guilty].id: failure}
    assert len(sent.answers) == 12
    assert rules(sent) == [f"engine-failed-{failure}"]


@pytest.mark.parametrize("count", [3, 5])
def test_too_few_or_too_many_answers_are_none(gated: Gate, pace: Pace, count: int) -> None:
    engine = Scripted(lambda request: ["市場。"] * (count if len(request.texts) > 1 else 1))
    sent = send(sentences(4), gated(engine), pace=pace)
    assert set(sent.answers.values()) <= {"市場。"}
    assert len(engine.requests[-1].texts) == 1, "cut until each text is alone"


@pytest.mark.parametrize(
    ("failure", "most"), [(Failure.KEY, 1), (Failure.QUOTA, 1), (Failure.BUSY, 15)]
)
def test_a_service_that_refuses_everything_is_left_alone_soon(
    gated: Gate, pace: Pace, failure: Failure, most: int
) -> None:
    engine = Scripted(failing(*[failure] * 1000), most_texts=1)
    sent = send(sentences(100), gated(engine), pace=pace)
    assert len(engine.requests) <= most
    assert sent.answers == {}
    assert any(rule.startswith("engine-ended-") for rule in rules(sent))


def test_an_engine_that_hangs_is_left_behind_and_what_came_is_there(gated: Gate) -> None:
    over = threading.Event()

    def script(request: Request) -> Sequence[str | None]:
        if "numéro 0 " not in request.texts[0]:
            over.wait(20)
        return right(request)

    engine = Scripted(script, most_texts=1, workers=2)
    bounds = Pace(seconds=0.1, attempts=1, failures=2, first_wait=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flight, "_GRACE", 0.1)
        sent = send(sentences(50), gated(engine), pace=bounds)
    over.set()
    assert list(sent.answers) == ["1"]
    assert set(sent.failures.values()) == {Failure.TIMEOUT}
    assert rules(sent) == ["engine-ended-failures", "engine-failed-timeout"]
    assert engine.stopped


def test_a_service_that_is_broken_is_named_so_though_the_run_ends_before_each_text_was_tried(
    gated: Gate, pace: Pace
) -> None:
    engine = Scripted(failing(*[Failure.SERVER] * 100))
    sent = send(sentences(100), gated(engine), pace=pace)
    assert sent.answers == {}
    assert rules(sent) == ["engine-ended-failures", "engine-failed-server"]
    [failed] = [problem for problem in sent.problems if problem.rule == "engine-failed-server"]
    assert failed.values["count"] == len(set(engine.texts)), "every text that was asked for"


@pytest.mark.parametrize("count", [1, 7, 100])
def test_a_service_that_never_answers_is_not_waited_for_again_and_again(
    gated: Gate, pace: Pace, count: int
) -> None:
    engine = Scripted(failing(*[Failure.TIMEOUT] * 100))
    sent = send(sentences(count), gated(engine), pace=pace)
    assert len(engine.requests) <= pace.failures, "each costs the whole time of a request"
    assert "engine-failed-timeout" in rules(sent)


def test_what_never_left_is_not_called_sent(gated: Gate, pace: Pace) -> None:
    engine = gated(Scripted(failing(*[Failure.UNREACHABLE] * 1000), price=20.0))
    sent = send(sentences(9), engine, pace=pace)
    assert (sent.characters, sent.received, sent.requests, sent.cost) == (0, 0, 0, 0.0)
    assert "engine-failed-unreachable" in rules(sent)


def test_what_was_sent_in_vain_is_told_apart(gated: Gate, pace: Pace) -> None:
    def script(request: Request) -> Sequence[str | None]:
        return [None, *right(request)[1:]]

    sent = send(sentences(4), gated(Scripted(script)), pace=pace)
    assert (sent.characters, sent.received) == (140, 105)


def test_the_whole_run_is_bounded_too(gated: Gate, pace: Pace, clock: FakeClock) -> None:
    def script(request: Request) -> Sequence[str | None]:
        clock.now += 30
        return right(request)

    engine = Scripted(script, most_texts=1)
    sent = send(sentences(50), gated(engine), pace=replace(pace, total=100, seconds=60))
    assert 1 <= len(sent.answers) <= 5
    assert rules(sent) == ["engine-ended-time"]


@pytest.mark.parametrize(
    ("answer", "failure"),
    [(None, "lost"), ("", "empty"), ("<html>502</html>", "garbage"), ("市" * 900, "length")],
)
def test_a_lying_engine_is_reported_by_text_and_left_in_the_end(
    gated: Gate, pace: Pace, answer: str | None, failure: str
) -> None:
    engine = Scripted(lambda request: [answer] * len(request.texts), most_texts=1)
    sent = send(sentences(100), gated(engine), pace=pace)
    assert sent.answers == {}
    assert set(sent.failures.values()) == {failure}
    assert len(engine.requests) == 20
    assert rules(sent) == ["engine-ended-hopeless", f"engine-failed-{failure}"]


def test_languages_that_are_not_offered_do_not_stop_the_others(gated: Gate, pace: Pace) -> None:
    def script(request: Request) -> Sequence[str | None]:
        if request.target == "xx":
            raise EngineError(Failure.LANGUAGE)
        return right(request)

    wanted = [
        Job(f"{tag}{n}", f"Le marché numéro {n}.", "fr", tag)
        for tag in ("xx", "ja")
        for n in range(9)
    ]
    engine = Scripted(script)
    sent = send(wanted, gated(engine), pace=pace)
    assert {id_[:2] for id_ in sent.answers} == {"ja"}
    assert len([request for request in engine.requests if request.target == "xx"]) == 1


@pytest.mark.parametrize("limit", [0, 39, 45, 200])
def test_no_character_is_sent_beyond_the_limit(gated: Gate, pace: Pace, limit: int) -> None:
    engine = Scripted(most_texts=50)
    sent = send(sentences(10), gated(engine), pace=pace, limit=limit)
    assert sum(map(len, engine.texts)) == sent.characters <= limit
    assert len(sent.answers) == min(10, limit // len(sentences(1)[0].text))
    assert ("engine-ended-limit" in rules(sent)) == (len(sent.answers) < 10)


def test_progress_and_cost_are_told(gated: Gate, pace: Pace) -> None:
    told: list[Progress] = []
    engine = gated(Scripted(price=20.0, most_texts=1))
    before = estimate(sentences(3), engine)
    sent = send(sentences(3), engine, pace=pace, on_progress=told.append)
    assert (before.texts, before.requests, before.to) == (3, 3, "ici")
    assert [progress.remaining for progress in told] == [70, 35, 0]
    assert told[-1].sent == before.characters == sent.characters == 105
    assert told[-1].cost == before.cost == sent.cost == pytest.approx(0.0021)


# -- kept ---------------------------------------------------------------------------------------


@settings(max_examples=500 if LONG else 25)
@given(st.lists(st.sampled_from(["ok", "none", "echo", "busy", "server", "short"]), max_size=30))
def test_whatever_an_engine_does_no_text_is_paid_for_twice(
    tmp_path_factory: pytest.TempPathFactory, script: list[str]
) -> None:
    clock = FakeClock()
    pace = Pace(clock=clock, sleep=clock.sleep, chance=lambda: 1.0)
    steps = list(script)
    root = tmp_path_factory.mktemp("paid")
    paid = Paid(root, root / "build" / "paid.db")
    given_back: list[str] = []

    def behave(request: Request) -> Sequence[str | None]:
        step = steps.pop(0) if steps else "ok"
        if step in ("busy", "server"):
            raise EngineError(Failure(step))
        if step == "short":
            return right(request)[1:]
        if step in ("none", "echo"):
            return [None if step == "none" else text for text in request.texts]
        given_back.extend(request.texts)
        return right(request)

    gate = Gated(Scripted(behave), Translation(engine="google", external_services=True))
    for _run in range(40):
        sent = send(sentences(6), gate, paid=paid, pace=pace)
        if len(sent.answers) == 6:
            break
    assert sent.answers == {job.id: translated(job.text) for job in sentences(6)}
    assert len(given_back) == len(set(given_back)) == 6
    again = send(sentences(6), gate, paid=paid, pace=pace)
    assert again.requests == again.characters == 0
    assert again.answers == sent.answers


def test_each_answer_is_on_the_disk_before_anyone_is_told(
    gated: Gate, pace: Pace, tmp_path: Path
) -> None:
    paid = Paid(tmp_path, tmp_path / "build/paid.db")
    engine = gated(Scripted(most_texts=1))
    kept: list[int] = []

    def on_answer(_id: str, _answer: str) -> None:
        kept.append(
            estimate(sentences(3), engine, paid=Paid(tmp_path, tmp_path / "build/paid.db")).kept
        )

    send(sentences(3), engine, paid=paid, pace=pace, on_answer=on_answer)
    assert kept == [1, 2, 3]


def test_ctrl_c_keeps_what_came_and_does_not_wait_for_the_rest(
    gated: Gate,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    press_ctrl_c: Callable[[], None],
) -> None:
    over = threading.Event()

    def script(request: Request) -> Sequence[str | None]:
        if "numéro 2 " in request.texts[0]:
            press_ctrl_c()
            over.wait(20)
        return right(request)

    engine = Scripted(script, most_texts=1)
    paid = Paid(tmp_path, tmp_path / "build/paid.db")
    monkeypatch.setattr(flight, "_LAST", 0.1)
    with pytest.raises(KeyboardInterrupt):
        send(sentences(9), gated(engine), paid=paid)
    over.set()
    assert engine.stopped
    assert estimate(sentences(9), gated(engine), paid=paid).kept == 2


def test_ctrl_c_keeps_the_answers_of_all_requests_that_still_come(
    gated: Gate, tmp_path: Path, press_ctrl_c: Callable[[], None]
) -> None:
    together = threading.Barrier(3)

    def script(request: Request) -> Sequence[str | None]:
        place = together.wait(20)
        if not place:
            press_ctrl_c()
        time.sleep(0.1 + 0.1 * place)
        return right(request)

    engine = Scripted(script, most_texts=1, workers=3)
    paid = Paid(tmp_path, tmp_path / "build/paid.db")
    with pytest.raises(KeyboardInterrupt):
        send(sentences(3), gated(engine), paid=paid)
    assert estimate(sentences(3), gated(engine), paid=paid).kept == 3


def test_a_term_that_changes_is_asked_for_again_and_others_are_not(
    gated: Gate, pace: Pace, tmp_path: Path
) -> None:
    paid = Paid(tmp_path, tmp_path / "build/paid.db")
    engine = Scripted(glossary=True)
    two = jobs("Un jumelage ancien.", "Un marché.")
    for word in ("姉妹都市", "姉妹都市提携"):
        send(two, gated(engine), paid=paid, pace=pace, terms={("fr", "ja"): [("jumelage", word)]})
    assert engine.texts == ["Un jumelage ancien.", "Un marché.", "Un jumelage ancien."]
    assert engine.requests[-1].terms == (("jumelage", "姉妹都市提携"),)
