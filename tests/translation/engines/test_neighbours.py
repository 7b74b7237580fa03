"""What goes to DeepL together: paragraphs that stand together, each with the words around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.translation.engines import deepl
from tests.conftest import Actes
from tests.support import servers
from tests.support.workspace import EVENT, make_workspace, summary

CONSENT = "translation: {engine: deepl, external_services: true}\n"
COUNT = 30
PARAGRAPHS = [
    f"Le quartier numéro {n} [compte](https://exemple.fr/{n}) ses arbres avec `outil{n}`, "
    "plante des haies, ouvre ses cours aux enfants du voisinage et publie chaque printemps "
    "ce que les habitants ont vu pousser le long des rues."
    for n in range(COUNT)
]
FILE = "sources/eco/arbres.fr.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A long text, a short one and a confidential one, and we are among them."""
    made = make_workspace(
        tmp_path,
        texts={
            "event.yaml": EVENT % ("pdf", "pdf") + CONSENT,
            "eco/arbres.fr.md": summary("Les arbres", "\n\n".join(PARAGRAPHS)),
            "eco/port.fr.md": summary("Le port", "Un bateau.\n\nDeux quais."),
            "eco/secret.fr.md": summary("Secret", "Un canari.\n\nUn serin.", confidential="true"),
        },
    )
    monkeypatch.chdir(made)
    monkeypatch.setenv("DEEPL_API_KEY", "key-of-the-tests")
    return made


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[servers.DeepL]:
    with servers.DeepL() as running:
        monkeypatch.setattr(deepl, "DeepL", partial(deepl.DeepL, address=running.url))
        yield running


def requests(server: servers.DeepL) -> list[dict[str, Any]]:
    """What was asked since the last look."""
    found = [asked.json for asked in server.asked if asked.path == "/v2/translate"]
    server.asked.clear()
    return found


def test_a_long_text_goes_in_few_requests_each_with_the_words_around(
    root: Path, server: servers.DeepL, actes: Actes
) -> None:
    code, _out, err = actes("translate", "--to", "ja")
    assert code == 0, err
    asked = requests(server)
    trees = [one for one in asked if "quartier" in one["context"]]
    assert (len(trees), len(asked)) == (2, 3)
    assert sum(len(one["text"]) for one in trees) == COUNT + 2  # the title, who wrote it
    sent = [text for one in asked for text in one["text"]]
    assert len(sent) == len(set(sent)), "paid twice"
    for one in trees:
        numbers = [n for n in range(COUNT) if any(f"numéro {n} " in text for text in one["text"])]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        around = range(max(numbers[0] - 1, 0), numbers[-1])
        assert all(f"quartier numéro {n} compte ses arbres" in one["context"] for n in around)
        assert "bateau" not in one["context"]
    said = "".join(text + one["context"] for one in asked for text in one["text"])
    for kept in ("exemple.fr", "outil", "canari", "serin", "Secret"):
        assert kept not in said

    assert actes("translate", "--to", "ja")[0] == 0
    assert requests(server) == []

    text = root / FILE
    text.write_text(text.read_text("utf-8").replace("numéro 7 ", "numéro 7 bis "), "utf-8")
    assert actes("translate", "--to", "ja")[0] == 0
    (one,) = requests(server)
    assert len(one["text"]) == 1
    assert "numéro 7 bis" in one["text"][0]
    assert one["context"].startswith("Le quartier numéro 6 compte ses arbres avec")
    assert "\n" not in one["context"]
