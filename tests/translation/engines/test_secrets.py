"""A canary in the key and one in the text: neither sings, whatever fails (law 6)."""

from __future__ import annotations

import logging
import os
import shlex
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.translation.engines.command import VARIABLE, Command
from pipeline.translation.engines.deepl import DeepL
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.google import Google
from pipeline.translation.engines.keys import Secret
from pipeline.translation.engines.libretranslate import LibreTranslate
from pipeline.translation.engines.microsoft import Microsoft
from pipeline.translation.engines.mymemory import MyMemory
from pipeline.translation.engines.pace import Pace
from pipeline.translation.engines.protocol import Engine, EngineError, Request
from pipeline.translation.paid import Paid
from pipeline.translation.sending import Job, Sent, send
from tests.support.servers import Asked, FakeClock, Reply, Server, in_json

Gate = Callable[[Engine], Gated]
KEY = "CANARYKEY0123456789"
TEXT = "CANARYTEXT chante une phrase de onze mots dans un texte public."
CONFIDENTIAL = "CANARYSECRET chante dans un texte confidentiel."
CANARIES = ("CANARYKEY", "CANARYTEXT", "CANARYSECRET")

MAKERS: dict[str, Callable[[Server], Engine]] = {
    "google": lambda server: Google(server.address),
    "mymemory": lambda server: MyMemory("", server.address),
    "microsoft": lambda server: Microsoft(Secret(KEY), "", server.address),
    "deepl": lambda server: DeepL(Secret(KEY), address=server.address),
    "libretranslate": lambda server: LibreTranslate(server.address, Secret(KEY)),
}


def parrot(asked: Asked) -> str:
    """All that was asked, key and text included, as a server might repeat it."""
    return f"{asked.path}?{asked.query} {asked.headers} {asked.body.decode()}"


REPLIES: dict[str, Callable[[Asked], Reply]] = {
    **{
        f"status {status}": (
            lambda asked, status=status: in_json(
                {"message": parrot(asked), "error": {"code": 400000, "message": parrot(asked)}, "detail": parrot(asked)}, status
            )
        )
        for status in (301, 400, 401, 403, 404, 413, 418, 429, 456, 500, 503)
    },
    "no JSON": lambda asked: Reply(200, parrot(asked).encode()),
    "another JSON": lambda asked: in_json({"parrot": parrot(asked)}),
    "a list": lambda asked: in_json([parrot(asked)]),
    "a page": lambda asked: Reply(200, f"<html><title>{parrot(asked)}</title></html>".encode(), "text/html"),
    "cut": lambda asked: Reply(200, parrot(asked).encode(), cut=True),
    "slow": lambda asked: Reply(200, parrot(asked).encode(), slow=5),
    "a redirection": lambda asked: Reply(302, headers={"Location": f"http://x.invalid/?{KEY}&CANARYTEXT"}),
    "odd headers": lambda asked: Reply(429, headers={"Retry-After": KEY, "Content-Type": "CANARYTEXT"}),
}  # fmt: skip


@pytest.fixture
def everything_is_logged() -> Iterator[list[str]]:
    """Every logger that there is at DEBUG, and what they all say."""
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(self.format(record))
            said.append(repr(record.args))

    import deep_translator  # noqa: F401 - so that its loggers are there
    import deepl  # noqa: F401
    import requests  # noqa: F401

    ear = Ear(logging.DEBUG)
    names = ["", *logging.root.manager.loggerDict]
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    logging.root.addHandler(ear)
    yield said
    logging.root.removeHandler(ear)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def everything_of(error: BaseException) -> str:
    """All that an exception carries, and all that stand behind it."""
    parts: list[str] = ["".join(traceback.format_exception(error))]
    behind: BaseException | None = error
    while behind is not None:
        parts += [str(behind), repr(behind), repr(behind.args), repr(vars(behind))]
        behind = behind.__cause__ or behind.__context__
    return "\n".join(parts)


def everything_in(folder: Path) -> str:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return "".join(file.read_bytes().decode("utf-8", "replace") for file in files)


def everything_said(sent: Sent) -> str:
    rendered = [problem.render(tag) for problem in sent.problems for tag in ("fr", "ja", "en")]
    return "\n".join([*rendered, repr(sent.problems), repr(sent.failures)])


def jobs() -> list[Job]:
    return [
        Job("public", TEXT, "fr", "ja", ("Une place.", TEXT)),
        Job("confidential", CONFIDENTIAL, "fr", "ja", confidential=True),
    ]


@pytest.mark.parametrize("reply", REPLIES)
@pytest.mark.parametrize("name", MAKERS)
def test_nothing_sings(
    name: str,
    reply: str,
    gated: Gate,
    tmp_path: Path,
    everything_is_logged: list[str],
    capfd: pytest.CaptureFixture[str],
) -> None:
    clock = FakeClock()
    bounds = Pace(seconds=0.2, attempts=2, failures=2, sleep=clock.sleep, clock=clock)
    paid = Paid(tmp_path, tmp_path / "build/paid.db")
    with Server(answer=REPLIES[reply]) as server:
        engine = MAKERS[name](server)
        sent = send(jobs(), gated(engine), paid=paid, pace=bounds)
        left = "".join(parrot(asked) for asked in server.asked)
        with pytest.raises(EngineError) as caught:
            engine.translate(Request((TEXT,), "fr", "ja"), 0.2)
    assert sent.answers == {}
    assert set(sent.failures) == {"public"}
    assert "CANARYTEXT" in left, "the test would prove nothing"
    assert "CANARYSECRET" not in left
    heard = [
        *everything_is_logged, *capfd.readouterr(), everything_of(caught.value),
        everything_said(sent), everything_in(tmp_path), repr(engine), repr(vars(engine)), repr(sent),
    ]  # fmt: skip
    assert [song for song in CANARIES for noise in heard if song in noise] == []


@pytest.mark.parametrize("name", MAKERS)
def test_nothing_sings_when_nobody_is_there(
    name: str, gated: Gate, everything_is_logged: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    clock = FakeClock()
    with Server() as server:
        engine = MAKERS[name](server)
    bounds = Pace(seconds=1, attempts=2, failures=1, sleep=clock.sleep, clock=clock)
    sent = send(jobs(), gated(engine), pace=bounds)
    with pytest.raises(EngineError) as caught:
        engine.translate(Request((TEXT,), "fr", "ja"), 1)
    heard = [
        *everything_is_logged,
        *capfd.readouterr(),
        everything_of(caught.value),
        everything_said(sent),
    ]
    assert [song for song in CANARIES for noise in heard if song in noise] == []


@pytest.mark.parametrize(
    "program",
    ["sys.stderr.write(text)", "print(text)", "sys.stderr.write(text); sys.exit(1)", "raise ValueError(text)",
     "sys.stderr.write(text); os.kill(os.getpid(), 9)", "sys.stderr.write(text); time.sleep(30)"],
)  # fmt: skip
def test_a_program_that_talks_is_not_heard(
    program: str,
    gated: Gate,
    tmp_path: Path,
    everything_is_logged: list[str],
    capfd: pytest.CaptureFixture[str],
) -> None:
    whole = f"import os, sys, time\ntext = sys.stdin.read()\n{program}"
    words = shlex.join([sys.executable, "-c", whole])
    engine = Command({VARIABLE: f"{words} --key={KEY}", "PATH": os.environ["PATH"]})
    paid = Paid(tmp_path, tmp_path / "build/paid.db")
    sent = send(jobs(), gated(engine), paid=paid, pace=Pace(seconds=0.7, attempts=1, failures=1))
    assert set(sent.failures) == {"public"}
    heard = [
        *everything_is_logged, *capfd.readouterr(), everything_said(sent), everything_in(tmp_path),
        repr(engine.traits),
    ]  # fmt: skip
    assert [song for song in CANARIES for noise in heard if song in noise] == []


def test_no_password_of_netrc_goes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text(
        f"machine 127.0.0.1 login me password {KEY}\n", encoding="utf-8"
    )
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("google", "mymemory"):
        with Server(Reply(500)) as server, pytest.raises(EngineError):
            MAKERS[name](server).translate(Request((TEXT,), "fr", "ja"), 2)
        assert "authorization" not in server.asked[0].headers
