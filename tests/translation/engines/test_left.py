"""Whether a text has left: what an answer lost under way cost is said, and nothing else is (law 5)."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from pipeline.translation.engines.deepl import DeepL
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.google import Google
from pipeline.translation.engines.keys import Secret
from pipeline.translation.engines.libretranslate import LibreTranslate
from pipeline.translation.engines.pace import Pace
from pipeline.translation.engines.protocol import Engine, Failure
from pipeline.translation.sending import send
from tests.support import servers
from tests.support.servers import CERTIFICATE, Reply, Server
from tests.translation.engines.scripted import jobs

Gate = Callable[[Engine], Gated]
KEY = "key-of-the-tests"
TEXT = "Le marché ouvre."
MAKERS: dict[str, tuple[type[Server], Callable[[str], Engine]]] = {
    "google": (servers.Google, Google),
    "deepl": (servers.DeepL, lambda url: DeepL(Secret(KEY), address=url)),
    "libretranslate": (servers.LibreTranslate, LibreTranslate),
}
ENGINES = pytest.mark.parametrize("name", MAKERS)


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate of the stand-ins is one that this machine trusts."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))


@pytest.fixture
def once(pace: Pace) -> Pace:
    """The bounds of a run that asks once."""
    return Pace(seconds=2, attempts=1, clock=pace.clock, sleep=pace.sleep)


@pytest.fixture
def deaf() -> Iterator[str]:
    """A port that takes a connection, and ends it at the first byte that it hears."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()
        server.settimeout(0.05)

        def hang_up() -> None:
            while not over.is_set():
                try:
                    client, _address = server.accept()
                except TimeoutError:
                    continue
                with client:
                    client.recv(1)

        thread = threading.Thread(target=hang_up)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        over.set()
        thread.join()


@ENGINES
@pytest.mark.usefixtures("trusted")
def test_under_tls_texts_come_back_translated(name: str, gated: Gate, once: Pace) -> None:
    server, make = MAKERS[name]
    with server(tls=True) as running:
        sent = send(jobs(TEXT), gated(make(running.url)), pace=once)
    assert sent.answers == {"1": servers.translated(TEXT)}


@ENGINES
@pytest.mark.parametrize("place", ["status", "body"])
@pytest.mark.usefixtures("trusted")
def test_a_text_whose_answer_is_spoilt_under_tls_was_sent(
    name: str, place: str, gated: Gate, once: Pace
) -> None:
    server, make = MAKERS[name]
    with server(Reply(body=b"{" * 900, noise=place), tls=True) as running:
        sent = send(jobs(TEXT), gated(make(running.url)), pace=once)
    assert len(running.asked) == 1, "the service has the text, and may count it"
    assert sent.failures == {"1": Failure.CUT}
    assert (sent.requests, sent.characters, sent.received) == (1, len(TEXT), 0)


@ENGINES
def test_a_text_was_not_sent_to_a_service_whose_certificate_is_unknown(
    name: str, gated: Gate, once: Pace
) -> None:
    server, make = MAKERS[name]
    with server(tls=True) as running:
        sent = send(jobs(TEXT), gated(make(running.url)), pace=once)
    assert running.asked == []
    assert sent.failures == {"1": Failure.UNREACHABLE}
    assert (sent.requests, sent.characters) == (0, 0)


@ENGINES
def test_a_text_was_not_sent_where_the_handshake_ends_the_connection(
    name: str, gated: Gate, once: Pace, deaf: str
) -> None:
    _server, make = MAKERS[name]
    sent = send(jobs(TEXT), gated(make(f"https://{deaf}/")), pace=once)
    assert sent.failures == {"1": Failure.UNREACHABLE}
    assert (sent.requests, sent.characters) == (0, 0)


@ENGINES
def test_a_text_was_sent_where_the_connection_ends_after_it_began_to_be_read(
    name: str, gated: Gate, once: Pace, deaf: str
) -> None:
    _server, make = MAKERS[name]
    sent = send(jobs(TEXT), gated(make(f"http://{deaf}/")), pace=once)
    assert sent.failures == {"1": Failure.CUT}
    assert (sent.requests, sent.characters) == (1, len(TEXT))


@ENGINES
def test_a_text_was_not_sent_where_a_proxy_does_not_let_it_through(
    name: str, gated: Gate, once: Pace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy is asked for the way alone, and refuses it."""
    _server, make = MAKERS[name]
    with Server() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        sent = send(jobs(TEXT), gated(make("https://192.0.2.1/")), pace=once)
    assert proxy.asked == []
    assert sent.failures == {"1": Failure.UNREACHABLE}
    assert (sent.requests, sent.characters) == (0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take more than they are told to")
@ENGINES
def test_a_text_was_not_sent_where_connecting_takes_too_long(name: str, gated: Gate) -> None:
    """A full queue of connections: the machine is there and does not answer."""
    _server, make = MAKERS[name]
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen(0)
        address = busy.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        sent = send(
            jobs(TEXT),
            gated(make(f"http://127.0.0.1:{address[1]}/")),
            pace=Pace(seconds=0.3, attempts=1),
        )
        for one in waiting:
            one.close()
    assert sent.failures == {"1": Failure.UNREACHABLE}
    assert (sent.requests, sent.characters) == (0, 0)
