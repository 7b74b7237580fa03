"""`actes doctor`: what an organiser is told, and what is never done."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.drafts.begin import begin
from pipeline.drafts.new_text import Request, new_text
from pipeline.drafts.wishes import Wishes
from pipeline.errors import Exit
from pipeline.publishing import doctor, doctor_words
from pipeline.publishing.doctor import Health, Tool, World, connects, examine

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new workspace in French and Japanese."""
    begin(tmp_path, Wishes(["fr", "ja"], themes=["economie"]))
    return tmp_path


class Network:
    """A network that notes who was called."""

    def __init__(self, answers: bool = True) -> None:
        self.called: list[tuple[str, int]] = []
        self._answers = answers

    def __call__(self, host: str, port: int) -> bool:
        self.called.append((host, port))
        return self._answers


def look(root: Path, network: Network | None = None) -> Health:
    return examine(root, World(lambda _: None, network or Network(), lambda: None))


def words(health: Health) -> str:
    return "\n".join(doctor_words.lines(health))


def engine(root: Path, name: str, allowed: bool) -> None:
    file = root / "sources/event.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "  external_services: false",
        f"  engine: {json.dumps(name)}\n  external_services: {str(allowed).lower()}",
    )
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("interface", "verdict"),
    [("fr", "Actes peut fabriquer des éditions."), ("ja", "Actesはエディションを作成できる。"),
     ("en", "Actes can make editions.")],
)  # fmt: skip
def test_a_new_workspace_is_healthy(root: Path, actes: Run, interface: str, verdict: str) -> None:
    code, out, err = actes("doctor", "-C", str(root), lang=interface)
    assert code == 0
    assert err == ""
    assert out.splitlines()[-1] == verdict
    assert "pandoc 3." in out
    assert "Noto Serif JP ✓" in out
    assert "event.yaml: " in out  # where placeholders are left
    assert "✗" not in out


def test_it_counts_texts_problems_and_what_is_left_to_fill_in(root: Path) -> None:
    before = look(root).workspace
    new_text(root, Request("economie", "a", "fr"))
    new_text(root, Request("annexes", "b", "ja"))
    state = look(root).workspace
    assert before is not None
    assert state is not None
    assert state.texts == {"fr": 2, "ja": 2}
    assert {kind: count for kind, count in state.kinds.items() if count} == {
        "summary": 1, "annex": 1, "declaration": 1,
    }  # fmt: skip
    assert [problem.rule for problem in state.problems] == ["metadata-incomplete"] * 2
    # Title, date, rapporteur and body of the summary; title and body of the annex.
    assert len(state.placeholders) == len(before.placeholders) + 6


def test_outside_a_workspace_it_looks_at_the_installation(tmp_path: Path, actes: Run) -> None:
    code, out, _err = actes("doctor", "-C", str(tmp_path), lang="fr")
    assert code == 0
    assert "actes init" in out


def test_an_event_that_cannot_be_read(root: Path, actes: Run) -> None:
    (root / "sources/event.yaml").write_text("id: [", encoding="utf-8")
    code, out, _err = actes("doctor", "-C", str(root))
    assert code == Exit.PROBLEMS
    assert "[yaml-syntax]" in out


def test_a_missing_tool_is_exit_code_3(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_pandoc", lambda: Tool("pandoc", False, True, ""))
    health = look(root)
    assert health.code == Exit.MISSING_TOOL
    assert "✗ pandoc" in words(health)


def test_optional_tools_are_optional(root: Path) -> None:
    assert look(root).code == Exit.OK


def test_a_language_whose_letters_no_font_has(root: Path) -> None:
    begin(root / "other", Wishes(["fr", "hi"], ["hi=सम्मेलन"]), with_table=True)
    health = look(root / "other")
    hindi = health.languages[1]
    assert "स" in hindi.without_glyph
    assert health.code == Exit.MISSING_TOOL
    assert hindi.untranslated
    assert not health.languages[0].untranslated


@pytest.mark.parametrize("tags", [["de", "es"], ["it", "pt-BR"], ["ko", "zh-Hans"], ["fr", "en"]])
def test_every_language_of_actes_can_be_printed(tmp_path: Path, tags: list[str]) -> None:
    begin(tmp_path, Wishes(tags))
    health = look(tmp_path)
    assert health.code == Exit.OK
    assert [its.language for its in health.languages] == tags
    assert not any(its.untranslated for its in health.languages)


# -- the engine ---------------------------------------------------------------------------------


def test_without_an_engine_nothing_is_tried(root: Path) -> None:
    network = Network()
    health = look(root, network)
    assert health.engine is None
    assert network.called == []


def test_an_engine_that_is_not_allowed_is_never_called(root: Path) -> None:
    engine(root, "google", allowed=False)
    network = Network()
    health = look(root, network)
    assert health.engine == doctor.EngineState("google", False, "translate.google.com", None)
    assert network.called == []
    assert "external_services: false" in words(health)


@pytest.mark.parametrize("answers", [True, False])
def test_an_allowed_engine_is_called_once_and_never_decides(root: Path, answers: bool) -> None:
    engine(root, "deepl", allowed=True)
    network = Network(answers)
    health = look(root, network)
    assert network.called == [("api.deepl.com", 443)]
    assert health.engine is not None
    assert health.engine.reachable is answers
    assert health.code == Exit.OK


@pytest.mark.parametrize("name", ["deepl:SECRET-KEY-123", "https://u:SECRET@host/", "127.0.0.1"])
def test_an_unknown_engine_is_neither_called_nor_shown(root: Path, name: str) -> None:
    engine(root, name, allowed=True)
    network = Network()
    health = look(root, network)
    assert network.called == []
    shown = words(health) + json.dumps(health.as_json())
    assert "SECRET" not in shown.upper().replace("SECRETARI", "")


@pytest.mark.parametrize("name", ["argos", "memory", "command"])
def test_an_engine_on_this_computer_is_known_and_not_called(root: Path, name: str) -> None:
    engine(root, name, allowed=True)
    network = Network()
    health = look(root, network)
    assert network.called == []
    assert f"engine {name}, without a server" in words(health)


def test_a_libretranslate_server_is_called_where_it_is(root: Path) -> None:
    engine(root, "libretranslate", allowed=True)
    event = root / "sources/event.yaml"
    event.write_text(event.read_text("utf-8") + "  url: http://traduire.example:5000\n", "utf-8")
    network = Network()
    look(root, network)
    assert network.called == [("traduire.example", 5000)]


def test_a_connection_carries_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        received: list[bytes] = []

        def answer() -> None:
            connection, _address = server.accept()
            with connection:
                received.append(connection.recv(1024))

        thread = threading.Thread(target=answer)
        thread.start()
        assert connects("127.0.0.1", server.getsockname()[1])
        thread.join(5)
    assert received == [b""]


def test_a_host_that_does_not_answer_costs_little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object, **_options: object) -> socket.socket:
        time.sleep(3)
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", never)
    begun = time.monotonic()
    assert not connects("example.invalid", 443, seconds=0.2)
    assert time.monotonic() - begun < 2.5


# -- JSON ---------------------------------------------------------------------------------------


def test_json_says_the_same_to_a_program(root: Path) -> None:
    new_text(root, Request("economie", "a", "fr"))
    environment = {**os.environ, "ACTES_LANG": "ja", "PYTHONPATH": str(Path.cwd())}
    answer = subprocess.run(
        [sys.executable, "-c", "from pipeline.cli.main import main; main()", "doctor", "--json",
         "-C", str(root)],
        capture_output=True, check=True, env=environment,
    )  # fmt: skip
    found = json.loads(answer.stdout)
    assert found["code"] == 0
    assert {tool["name"] for tool in found["tools"]} >= {"python", "pandoc", "typst"}
    assert found["workspace"]["texts"] == {"fr": 2, "ja": 1}
    assert found["workspace"]["problems"][0]["rule"] == "metadata-incomplete"
    assert [its["language"] for its in found["languages"]] == ["fr", "ja"]
    assert found["engine"] is None
