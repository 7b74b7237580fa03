"""TMX files from strangers: what is refused is refused by name, in little time and memory.

An attack that is a text is a file of `hostile/` (``CANARY`` stands for the path of a secret file);
one that is large is made here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import ActesError
from pipeline.translation.memory import tmx
from pipeline.translation.memory.desk import FOLDER, open_desk
from pipeline.translation.memory.tmx import read_tmx
from tests.support.workspace import actes, make_workspace, put

HOSTILE = Path(__file__).parent / "hostile"
CANARY = "CANARI-BLEU"
REFUSED = {
    "billion-laughs": "tmx-entities",
    "entity-file": "tmx-entities",
    "entity-parameter": "tmx-entities",
    "entity-undeclared": "tmx-xml",
    "wrong-root": "tmx-root",
    "one-language": "tmx-nothing",
    "other-languages": "tmx-nothing",
    "cut-off": "tmx-xml",
    "empty": "tmx-xml",
    "shift-jis": "tmx-encoding",
    "utf-7": "tmx-encoding",
    "nul": "tmx-xml",
    "comment-forged": "tmx-nothing",
}
GOOD = (
    '<tmx version="1.4"><header/><body><tu>'
    '<tuv xml:lang="fr"><seg>{}</seg></tuv><tuv xml:lang="ja"><seg>一</seg></tuv></tu></body></tmx>'
)


def test_every_attack_is_tried() -> None:
    assert {file.stem for file in HOSTILE.iterdir()} == set(REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_attack(name: str, tmp_path: Path) -> None:
    canary = put(tmp_path / "canary.txt", CANARY)
    content = (HOSTILE / f"{name}.tmx").read_bytes()
    content = content.replace(b"CANARY", canary.as_uri().encode())
    with pytest.raises(ActesError) as caught:
        read_tmx(content, "m.tmx", ("fr", "ja"))
    (problem,) = caught.value.problems
    assert problem.rule == REFUSED[name]
    assert problem.place.file == "m.tmx"
    assert CANARY not in problem.render("fr") + problem.render("ja") + problem.render("en")


def many(count: int, unit: str) -> str:
    return f'<tmx version="1.4"><header/><body>{unit * count}</body></tmx>'


LARGE: dict[str, tuple[Callable[[], str], str]] = {
    "text": (lambda: GOOD.format("a" * 11_000_000), "tmx-xml"),
    "attribute": (
        lambda: GOOD.format("").replace("<tu>", f'<tu a="{"b" * 11_000_000}">'),
        "tmx-xml",
    ),
    "attributes": (
        lambda: GOOD.format("").replace(
            "<tu>", "<tu " + " ".join(f"a{n}=''" for n in range(100_000)) + ">"
        ),
        "tmx-nothing",
    ),
    "depth": (lambda: GOOD.format("<hi>" * 50_000 + "</hi>" * 50_000), "tmx-too-much"),
    "elements": (lambda: GOOD.format('<ph x="1"/>' * 400_000), "tmx-too-much"),
    "notes": (lambda: GOOD.replace("<header/>", "<header>" + "<note/>" * 400_000), "tmx-too-much"),
    "long segment": (lambda: GOOD.format("a" * 10_001), "tmx-nothing"),
    "comments": (lambda: "<!-- -->" * 300_000 + "<!DOCTYPE tmx [" + GOOD, "tmx-entities"),
    "open comments": (lambda: "<!--" * 300_000, "tmx-xml"),
}


@pytest.mark.parametrize("name", LARGE)
def test_large(name: str) -> None:
    make, rule = LARGE[name]
    with pytest.raises(ActesError) as caught:
        read_tmx(make().encode(), "m.tmx", ("fr", "ja"))
    assert [problem.rule for problem in caught.value.problems] == [rule]


def test_too_many_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tmx, "MAX_UNITS", 1000)
    unit = '<tu><tuv xml:lang="fr"><seg>a</seg></tuv><tuv xml:lang="ja"><seg>b</seg></tuv></tu>'
    assert read_tmx(many(1000, unit).encode(), "m.tmx", ("fr", "ja")).units == 1000
    with pytest.raises(ActesError, match="tmx-too-much"):
        read_tmx(many(1002, unit).encode(), "m.tmx", ("fr", "ja"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_the_specification(encoding: str) -> None:
    """Also UTF-16 that says « UTF-16 », and a file that says nothing."""
    for declaration in ("", f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n'):
        content = (declaration + GOOD.format("été")).encode(encoding)
        assert [e.source for e in read_tmx(content, "m.tmx", ("fr", "ja")).entries] == ["été", "一"]


def test_hidden_characters_do_not_pass() -> None:
    tmx_ = read_tmx(GOOD.format("a\u202eb\u2066c").encode(), "m.tmx", ("fr", "ja"))
    assert tmx_.entries[0].source == "abc"


def test_a_bad_memory_is_named_and_the_others_serve(tmp_path: Path) -> None:
    """A link, a pipe, a sparse file of 200 MB, a damaged file: each is named; nothing hangs."""
    outside = put(tmp_path / "outside.tmx", GOOD.format(CANARY))
    root = make_workspace(tmp_path, files={f"{FOLDER}/good.tmx": GOOD.format("Bonjour")})
    put(root / FOLDER / "damaged.tmx", "<tmx>")
    (root / FOLDER / "link.tmx").symlink_to(outside)
    with (root / FOLDER / "sparse.tmx").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    os.mkfifo(root / FOLDER / "pipe.tmx")
    desk = open_desk(root)
    rules = {problem.place.file.rpartition("/")[2]: problem.rule for problem in desk.problems}
    assert rules == {
        "damaged.tmx": "tmx-xml",
        "link.tmx": "path-outside",
        "pipe.tmx": "not-a-file",
        "sparse.tmx": "file-too-large",
    }
    assert {entry.source for entry in desk.memory.entries()} == {"Bonjour", "一"}
    desk.memory.close()


def test_import_refuses_and_writes_nothing(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    bad = put(tmp_path / "laughs.tmx", (HOSTILE / "billion-laughs.tmx").read_bytes())
    outcome = actes(root, "memory", "import", str(bad))
    assert outcome.code == 1
    assert "laughs.tmx:2: " in outcome.err
    assert "[tmx-entities]" in outcome.err
    assert not (root / FOLDER).exists()


def test_pieces_are_read_without_the_network() -> None:
    """A document type elsewhere is not fetched: it is not even looked at."""
    content = '<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/x.dtd">' + GOOD.format("Un")
    assert read_tmx(content.encode(), "m.tmx", ("fr", "ja")).units == 1
