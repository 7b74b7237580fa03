"""The `translation:` part of event.yaml: every problem at its place, and no key repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ActesError
from pipeline.workspace.load import load
from pipeline.workspace.translation_settings import Translation
from tests.workspace.test_load import GOOD, workspace

HEAD = GOOD.count("\n") + 1


def loaded(tmp_path: Path, *lines: str) -> Translation:
    text = GOOD + "translation:\n" + "".join(f"  {line}\n" for line in lines)
    return load(workspace(tmp_path, text))[0].event.translation


def problems(tmp_path: Path, *lines: str) -> list[tuple[str, int, int]]:
    with pytest.raises(ActesError) as caught:
        loaded(tmp_path, *lines)
    found = caught.value.problems
    assert not any(
        "SECRET" in problem.render(tag) for problem in found for tag in ("fr", "ja", "en")
    )
    return [(p.rule, p.place.line - HEAD, p.place.column) for p in found]


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    found = loaded(
        tmp_path, "engine: libretranslate", "external_services: true", "url: http://localhost:5000/api",
        "formality: more", "price: 17,50", "region: francecentral", "email: nous@example.org",
    )  # fmt: skip
    assert found.price == 17.5
    assert found.url == "http://localhost:5000/api"


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("engine: deeepl", "engine-unknown"),
        ("engine: deepl:SECRET-KEY", "engine-unknown"),
        ("url: SECRET", "engine-url-wrong"),
        ("url: ftp://t.example.org", "engine-url-wrong"),
        ("url: https://", "engine-url-wrong"),
        ('url: "https://[::1"', "engine-url-wrong"),
        ("url: https://t.example.org:99999", "engine-url-wrong"),
        ("url: https://user:SECRET@t.example.org", "engine-url-secret"),
        ("url: https://t.example.org/?api_key=SECRET", "engine-url-secret"),
        ("formality: polite", "expected-one-of"),
        ("price: SECRET", "engine-price-wrong"),
        ("price: -1", "engine-price-wrong"),
        ("price: nan", "engine-price-wrong"),
        ("region: 0SECRET0", "engine-region-wrong"),
        ("email: SECRET", "engine-email-wrong"),
        ("moteur: google", "key-unknown"),
        ("api_key: SECRET", "engine-key-in-event"),
        ("deepl_key: SECRET", "engine-key-in-event"),
        ("DEEPL_API_KEY: SECRET", "engine-key-in-event"),
        ("token: SECRET", "engine-key-in-event"),
        ("password: SECRET", "engine-key-in-event"),
        ("clé: SECRET", "engine-key-in-event"),
        ("キー: SECRET", "engine-key-in-event"),
    ],
)
def test_each_problem_has_its_place(tmp_path: Path, line: str, rule: str) -> None:
    assert problems(tmp_path, line) == [(rule, 1, 3)]


def test_all_at_once(tmp_path: Path) -> None:
    assert problems(tmp_path, "engine: gogle", "url: x", "price: x") == [
        ("engine-unknown", 1, 3), ("engine-url-wrong", 2, 3), ("engine-price-wrong", 3, 3),
    ]  # fmt: skip


def test_libretranslate_wants_its_server(tmp_path: Path) -> None:
    assert problems(tmp_path, "engine: libretranslate") == [("engine-url-missing", 1, 3)]


def test_a_name_that_is_nearly_right_is_proposed(tmp_path: Path) -> None:
    with pytest.raises(ActesError) as caught:
        loaded(tmp_path, "engine: libre-translate")
    assert "libretranslate?" in caught.value.problems[0].render("en")
