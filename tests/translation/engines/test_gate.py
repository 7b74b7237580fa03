"""Nothing leaves unless event.yaml names the engine and allows it; a confidential text never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ActesError, Exit
from pipeline.translation.engines import registry
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.keys import NAMES, Secret
from pipeline.translation.engines.protocol import Request
from pipeline.translation.paid import Paid
from pipeline.translation.sending import Job, estimate, send
from pipeline.workspace.translation_settings import ENGINES, Translation
from tests.translation.engines.scripted import Scripted, jobs

SILENT = {"keyring": lambda _service, _user: None}
EXTERNAL = sorted(set(ENGINES) - {"memory", "argos"})
ENVIRONMENT = {
    **dict.fromkeys(NAMES.values(), "abc"),
    "ACTES_ENGINE_COMMAND": "/bin/cat",
    "PATH": "/bin",
}


def settings(**values: object) -> Translation:
    return Translation.model_validate({"url": "https://t.example.org", **values})


def refused(call: object) -> tuple[str, Exit]:
    with pytest.raises(ActesError) as caught:
        call()  # type: ignore[operator]
    return caught.value.problems[0].rule, caught.value.code


@pytest.mark.parametrize("name", EXTERNAL)
def test_an_engine_needs_a_name_and_a_permission(name: str) -> None:
    def make(**values: object) -> Gated:
        return registry.engine(name, settings(**values), ENVIRONMENT, **SILENT)  # type: ignore[arg-type]

    other = "google" if name != "google" else "deepl"
    assert refused(make) == ("engine-not-named", Exit.REFUSED)
    assert refused(lambda: make(external_services=True)) == ("engine-not-named", Exit.REFUSED)
    assert refused(lambda: make(engine=other, external_services=True)) == (
        "engine-not-named",
        Exit.REFUSED,
    )
    assert refused(lambda: make(engine=name)) == ("engine-not-allowed", Exit.REFUSED)
    assert make(engine=name, external_services=True).traits.name == name


def test_permission_comes_before_any_key_is_looked_for() -> None:
    def never(_service: str, _user: str) -> str:
        raise AssertionError("the keyring was asked")

    rule, _code = refused(lambda: registry.engine("deepl", settings(engine="deepl"), {}, never))
    assert rule == "engine-not-allowed"


def test_no_engine_at_all_needs_nothing_and_sends_nothing() -> None:
    engine = registry.engine("memory", Translation(), {}, **SILENT)  # type: ignore[arg-type]
    sent = send(jobs("Un marché.", "Un secret."), engine)
    assert (sent.answers, sent.failures, sent.requests, sent.problems) == ({}, {}, 0, ())
    assert estimate(jobs("Un marché."), engine).characters == 0


@pytest.mark.parametrize(
    ("asked", "named", "expected"),
    [
        (None, None, "memory"),
        (None, "deepl", "deepl"),
        ("argos", "deepl", "argos"),
        ("google", "deepl", "google"),
    ],
)
def test_which_engine_is_meant(asked: str | None, named: str | None, expected: str) -> None:
    assert registry.chosen(settings(engine=named), asked) == expected


def test_engines_of_the_schema_are_those_of_the_registry() -> None:
    assert tuple(registry._MAKERS) == ENGINES
    for name in ENGINES:
        if name == "argos":
            continue  # not installed here
        allowed = settings(engine=name, external_services=True)
        engine = registry.engine(name, allowed, ENVIRONMENT, **SILENT)  # type: ignore[arg-type]
        assert engine.traits.local is (name in registry._LOCAL)


def test_an_unknown_engine_has_a_neighbour_and_is_not_repeated() -> None:
    with pytest.raises(ActesError) as caught:
        registry.engine("deeppl:SECRET", Translation(), {}, **SILENT)  # type: ignore[arg-type]
    words = caught.value.problems[0].render("en")
    assert "deepl" in words
    assert "SECRET" not in words


@pytest.mark.parametrize(
    ("name", "variable"), [("deepl", "DEEPL_API_KEY"), ("microsoft", "MICROSOFT_API_KEY")]
)
def test_a_key_comes_from_the_environment_or_the_keyring(name: str, variable: str) -> None:
    allowed = settings(engine=name, external_services=True)
    assert (
        refused(lambda: registry.engine(name, allowed, {}, lambda *_: None))[0]
        == "engine-key-missing"
    )
    assert registry.engine(name, allowed, {variable: "abc"}, lambda *_: None)
    asked: list[tuple[str, str]] = []
    assert registry.engine(name, allowed, {}, lambda *what: asked.append(what) or "abc")  # type: ignore[func-returns-value]
    assert asked == [("actes", variable)]


@pytest.mark.parametrize("key", ["clé secrète", "SECRET\nX: y", "秘密"])
def test_what_cannot_be_a_key_is_refused_unseen(key: str) -> None:
    allowed = settings(engine="deepl", external_services=True)
    with pytest.raises(ActesError) as caught:
        registry.engine("deepl", allowed, {"DEEPL_API_KEY": key}, lambda *_: None)
    assert caught.value.problems[0].rule == "engine-key-odd"
    assert key not in caught.value.problems[0].render("fr")


def test_a_secret_shows_itself_nowhere() -> None:
    import pickle

    secret = Secret("SECRET")
    assert "SECRET" not in f"{secret} {secret!r} {[secret]}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_a_price_of_event_yaml_is_the_price() -> None:
    allowed = settings(engine="google", external_services=True, price=12.5)
    assert registry.engine("google", allowed, {}).traits.price == 12.5


# -- confidential -------------------------------------------------------------------------------


def test_a_confidential_text_is_withheld_and_counted(tmp_path: Path) -> None:
    engine = Scripted()
    gate = Gated(engine, settings(engine="google", external_services=True))
    wanted = [*jobs("Un marché."), Job("2", "Un secret.", "fr", "ja", confidential=True)]
    assert estimate(wanted, gate).withheld == 1
    sent = send(wanted, gate)
    assert engine.texts == ["Un marché."]
    assert set(sent.answers) == {"1"}
    assert [problem.rule for problem in sent.problems] == ["engine-confidential"]


def test_the_gate_itself_holds_it_back_whoever_calls() -> None:
    engine = Scripted()
    gate = Gated(engine, settings(engine="google", external_services=True))
    request = Request(("Un secret.",), "fr", "ja", confidential=True)
    assert refused(lambda: gate.translate(request, 5)) == (
        "engine-confidential-refused",
        Exit.REFUSED,
    )
    assert engine.requests == []


def test_a_server_on_loopback_is_no_exception() -> None:
    allowed = settings(engine="libretranslate", external_services=True, url="http://127.0.0.1:5000")
    gate = registry.engine("libretranslate", allowed, {}, **SILENT)  # type: ignore[arg-type]
    assert estimate(jobs("Un secret.", confidential=True), gate).withheld == 1


def test_answers_to_confidential_texts_are_not_kept(tmp_path: Path) -> None:
    paid = Paid(tmp_path, tmp_path / "build/paid.db")
    engine = Scripted(local=True, name="argos")
    for _run in range(2):
        assert send(
            jobs("Un secret.", confidential=True), Gated(engine, Translation()), paid=paid
        ).answers
    assert engine.texts == ["Un secret."] * 2
    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"secret" not in written


def test_no_engine_is_used_around_its_gate() -> None:
    with pytest.raises(TypeError):
        send(jobs("Un marché."), Scripted())  # type: ignore[arg-type]
    gate = Gated(Scripted(), settings(engine="google", external_services=True))
    assert not [name for name in dir(gate) if "engine" in name and not name.startswith("_Gated__")]
