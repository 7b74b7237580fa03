"""`actes review` as a command: what it refuses, and the page that it writes to send."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.support.launch import actes
from tests.support.workspace import counterpart, make_workspace, summary

PAIR = ("Le marché ouvre.", "市場が開く。")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {
        "eco/marche.fr.md": summary("Marché", PAIR[0]),
        "eco/marche.ja.md": counterpart("marche.fr.md", "市場", [PAIR], "Marché"),
    }
    return make_workspace(tmp_path_factory.mktemp("command"), texts=texts)


def test_an_unknown_language_is_refused_with_those_there_are(root: Path) -> None:
    done = actes(root, "review", "--no-open", "--to", "de")
    assert done.code == 2
    assert "fr, ja" in done.err


def test_a_path_without_texts_is_refused(root: Path) -> None:
    done = actes(root, "review", "nowhere", "--no-open")
    assert (done.code, "nowhere" in done.err) == (2, True)


def test_a_port_that_is_taken_is_refused(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = actes(root, "review", "--no-open", "--port", port)
    assert (done.code, port in done.err, "--port" in done.err) == (2, True, True)


def test_a_page_is_written_over_a_page_of_ours_and_over_nothing_else(root: Path) -> None:
    page, other = root / "page.html", root / "other.html"
    other.write_text("mine", encoding="utf-8")
    assert actes(root, "review", "--static", "page.html", "--lang", "fr").out == "page.html\n"
    assert "Tout est relu ici" in page.read_text(encoding="utf-8")
    assert actes(root, "review", "--static", "page.html", "--all").code == 0
    assert PAIR[1] in page.read_text(encoding="utf-8")
    done = actes(root, "review", "--static", "other.html")
    assert (done.code, other.read_text(encoding="utf-8")) == (4, "mine")


def test_where_nothing_was_translated_the_page_says_how_to_begin(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, texts={"eco/seul.fr.md": summary("Seul", "Un mot.")})
    assert actes(root, "review", "--static", "page.html").code == 0
    assert "actes translate" in (root / "page.html").read_text(encoding="utf-8")
