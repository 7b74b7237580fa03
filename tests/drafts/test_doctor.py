"""`actes doctor`: what an organiser is told, and what is never done."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
import types
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.drafts.begin import begin
from pipeline.drafts.new_text import Request, new_text
from pipeline.drafts.wishes import Wishes
from pipeline.errors import Exit
from pipeline.publishing.doctor import examine as doctor
from pipeline.publishing.doctor import words as doctor_words
from pipeline.publishing.doctor.engine import EngineState, Outside, Way, goes_through_a_proxy
from pipeline.publishing.doctor.examine import Health, Tool, World, connects, examine
from pipeline.publishing.extras import lacking
from pipeline.workspace.translation_settings import ENGINES
from tests.conftest import Actes


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


def look(
    root: Path,
    network: Network | None = None,
    environment: Mapping[str, str] | None = None,
    proxied: bool = False,
) -> Health:
    outside = Outside(
        network or Network(), environment or {}, lambda *_: None, lambda *_: proxied
    )  # fmt: skip
    return examine(root, World(lambda _: None, lambda: None, outside))


def found(health: Health) -> EngineState:
    assert health.engine is not None
    return health.engine


def words(health: Health) -> str:
    return "\n".join(doctor_words.lines(health))


def engine(root: Path, name: str, allowed: bool, more: str = "") -> None:
    file = root / "sources/event.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "  external_services: false",
        f"  engine: {json.dumps(name)}\n  external_services: {str(allowed).lower()}{more}",
    )
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("interface", "verdict"),
    [("fr", "Actes peut fabriquer des éditions."), ("ja", "Actesはエディションを作成できる。"),
     ("en", "Actes can make editions.")],
)  # fmt: skip
def test_a_new_workspace_is_healthy(root: Path, actes: Actes, interface: str, verdict: str) -> None:
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


def test_outside_a_workspace_it_looks_at_the_installation(tmp_path: Path, actes: Actes) -> None:
    code, out, _err = actes("doctor", "-C", str(tmp_path), lang="fr")
    assert code == 0
    assert "actes init" in out


def test_an_event_that_cannot_be_read(root: Path, actes: Actes) -> None:
    (root / "sources/event.yaml").write_text("id: [", encoding="utf-8")
    code, out, _err = actes("doctor", "-C", str(root))
    assert code == Exit.PROBLEMS
    assert "[yaml-open]" in out


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
    assert [bool(its.extras) for its in health.languages] == [
        bool(lacking(font.name for font in its.pdf_body)) for its in health.languages
    ]
    for extra, families in (pair for its in health.languages for pair in its.extras):
        assert f"{families}: pip install 'actes[{extra}]'" in words(health)


# -- the engine ---------------------------------------------------------------------------------


def test_without_an_engine_nothing_is_tried(root: Path) -> None:
    network = Network()
    health = look(root, network)
    assert health.engine is None
    assert network.called == []


@pytest.mark.parametrize("name", ["google", "deepl", "microsoft", "mymemory", "command"])
def test_an_engine_that_is_not_allowed_is_never_called(root: Path, name: str) -> None:
    engine(root, name, allowed=False)
    network = Network()

    def keyring(*_asked: str) -> str:
        raise AssertionError("no key is looked for")

    health = examine(root, World(lambda _: None, lambda: None, Outside(network, {}, keyring)))
    assert health.engine == EngineState(name, allowed=False)
    assert network.called == []
    assert "external_services: false" in words(health)


@pytest.mark.parametrize(
    ("name", "host"),
    [("google", "translate.google.com"), ("deepl", "api.deepl.com"),
     ("microsoft", "api.cognitive.microsofttranslator.com"),
     ("mymemory", "api.mymemory.translated.net")],
)  # fmt: skip
@pytest.mark.parametrize("answers", [True, False])
def test_an_allowed_engine_is_called_once_and_never_decides(
    root: Path, name: str, host: str, answers: bool
) -> None:
    engine(root, name, allowed=True)
    network = Network(answers)
    health = look(root, network, {"DEEPL_API_KEY": "a-key", "MICROSOFT_API_KEY": "a-key"})
    assert network.called == [(host, 443)]
    assert found(health).reachable is answers
    assert found(health).ready is answers
    assert health.code == Exit.OK
    assert f"{host} {'answers' if answers else 'does not answer'}" in words(health)


def test_a_free_key_of_deepl_goes_to_the_free_host(root: Path) -> None:
    engine(root, "deepl", allowed=True)
    network = Network()
    look(root, network, {"DEEPL_API_KEY": "a-key:fx"})
    assert network.called == [("api-free.deepl.com", 443)]


@pytest.mark.parametrize(
    ("name", "variable"), [("deepl", "DEEPL_API_KEY"), ("microsoft", "MICROSOFT_API_KEY")]
)
def test_a_key_is_found_and_never_shown(root: Path, name: str, variable: str) -> None:
    engine(root, name, allowed=True)
    health = look(root, environment={variable: "SECRET-KEY-123"})
    assert found(health).key is True
    shown = words(health) + json.dumps(health.as_json()) + repr(health)
    assert "SECRET" not in shown
    assert "key found" in shown


def test_a_key_that_is_missing_is_named_and_nothing_is_called(root: Path) -> None:
    engine(root, "deepl", allowed=True)
    network = Network()
    health = look(root, network)
    assert network.called == []
    assert found(health).key is False
    assert not found(health).ready
    assert "[engine-key-missing]" in words(health)
    assert "DEEPL_API_KEY" in words(health)
    assert health.code == Exit.OK


def test_an_extra_that_is_not_installed_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "deepl", None)
    engine(root, "deepl", allowed=True)
    network = Network()
    health = look(root, network, {"DEEPL_API_KEY": "a-key"})
    assert network.called == []
    assert "pip install 'actes[deepl]'" in words(health)
    assert health.code == Exit.OK


def test_behind_a_proxy_no_host_is_called(root: Path) -> None:
    engine(root, "google", allowed=True)
    network = Network()
    health = look(root, network, proxied=True)
    assert network.called == []
    assert "translate.google.com is reached through a proxy" in words(health)


def test_a_proxy_of_this_computer_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("all_proxy", "http_proxy", "https_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("https_proxy", "http://user:SECRET@proxy.example:3128")
    monkeypatch.setenv("no_proxy", "intranet.example")
    assert goes_through_a_proxy("https", "api.deepl.com")
    assert not goes_through_a_proxy("http", "api.deepl.com")
    assert not goes_through_a_proxy("https", "intranet.example")


@pytest.mark.parametrize("name", ["deepl:SECRET-KEY-123", "https://u:SECRET@host/", "127.0.0.1"])
def test_an_unknown_engine_is_neither_called_nor_shown(root: Path, name: str) -> None:
    engine(root, name, allowed=True)
    network = Network()
    health = look(root, network)
    assert network.called == []
    shown = words(health) + json.dumps(health.as_json())
    assert "SECRET" not in shown.upper().replace("SECRETARI", "")


def test_the_memory_alone_calls_nobody(root: Path) -> None:
    engine(root, "memory", allowed=False)
    network = Network()
    health = look(root, network)
    assert network.called == []
    assert found(health).ready
    assert "✓ translation: engine memory, allowed" in words(health)


def test_the_program_of_the_organiser_is_found_and_not_started(root: Path, tmp_path: Path) -> None:
    program = tmp_path / "traduire"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n", encoding="utf-8")
    program.chmod(0o755)
    engine(root, "command", allowed=True)
    network = Network()
    health = look(root, network, {"ACTES_ENGINE_COMMAND": f"{program} --token SECRET"})
    assert found(health).ready
    assert "program found: traduire" in words(health)
    assert "SECRET" not in words(health) + json.dumps(health.as_json())
    assert network.called == []
    assert not (tmp_path / "started").exists()


def test_a_program_that_is_not_named_or_not_there(root: Path) -> None:
    engine(root, "command", allowed=True)
    assert "[engine-command-missing]" in words(look(root))
    there = look(root, environment={"ACTES_ENGINE_COMMAND": "/nowhere/traduire"})
    assert "[engine-command-unknown]" in words(there)


def test_the_models_of_argos_are_told_for_each_pair(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = {("fr", "en"), ("en", "ja"), ("en", "fr")}

    def language(code: str) -> types.SimpleNamespace:
        return types.SimpleNamespace(
            code=code, get_translation=lambda to: object() if (code, to.code) in pairs else None
        )

    package, settings, translate = map(types.ModuleType, ("a", "s", "t"))
    translate.get_installed_languages = lambda: [language(c) for c in ("en", "fr", "ja")]  # type: ignore[attr-defined]
    package.settings, package.translate = settings, translate  # type: ignore[attr-defined]
    for name, module in (("", package), (".settings", settings), (".translate", translate)):
        monkeypatch.setitem(sys.modules, f"argostranslate{name}", module)
    engine(root, "argos", allowed=False)
    network = Network()
    health = look(root, network)
    assert found(health).ways == (Way("fr", "ja", 2), Way("ja", "fr", 0))
    assert "fr → ja: two models, by way of English" in words(health)
    assert "· translation: engine argos" in words(health)
    pairs.add(("ja", "fr"))
    assert "ja → fr: a direct model" in words(look(root))
    assert found(look(root)).ready
    assert network.called == []


def test_argos_that_is_not_installed_is_an_extra(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "argostranslate", None)
    engine(root, "argos", allowed=False)
    assert "pip install 'actes[argos]'" in words(look(root))


@pytest.mark.parametrize(
    ("url", "called"),
    [("http://traduire.example:5000", ("traduire.example", 5000)),
     ("https://traduire.example/api", ("traduire.example", 443)),
     ("http://[::1]:5000", ("::1", 5000))],
)  # fmt: skip
def test_a_libretranslate_server_is_called_where_it_is(
    root: Path, url: str, called: tuple[str, int]
) -> None:
    engine(root, "libretranslate", allowed=True, more=f"\n  url: {json.dumps(url)}")
    network = Network()
    health = look(root, network)
    assert network.called == [called]
    assert found(health).key is False
    assert found(health).ready


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_that_event_yaml_may_name_is_told_in_json(root: Path, name: str) -> None:
    url = "\n  url: http://127.0.0.1:5000" if name == "libretranslate" else ""
    engine(root, name, allowed=True, more=url)
    told = json.loads(json.dumps(look(root).as_json()))["engine"]
    assert told["name"] == name
    assert told["ready"] is (told["problem"] is None and all(w["models"] for w in told["ways"]))


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
