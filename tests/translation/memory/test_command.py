"""`actes memory import`, `export`, `search`, as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.translation.memory.desk import open_desk
from tests.conftest import Actes as Typed
from tests.support.workspace import counterpart, make_workspace, put, reviewed, summary

PAIRS = [("Le marché ouvre deux fois par semaine.", "市場は週2回開かれる。")]
TMX = (
    '<tmx version="1.4"><header/><body><tu><tuv xml:lang="fr-FR"><seg>Bonjour à tous</seg></tuv>'
    '<tuv xml:lang="ja-JP"><seg>皆様、こんにちは</seg></tuv></tu></body></tmx>'
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    text = counterpart("marche.fr.md", "市場", PAIRS, "Marché")
    text += "\n" + reviewed("Un brouillon.", "下書き。", word="machine")
    body = f"{PAIRS[0][0]}\n\nUn brouillon."
    texts = {
        "eco/marche.fr.md": summary("Marché", body),
        "eco/marche.ja.md": text,
        "eco/secret.fr.md": summary("Secret", "Le prix secret.", confidential="true"),
        "eco/secret.ja.md": counterpart("secret.fr.md", "秘密", [("Le prix secret.", "秘密の値段。")], "Secret"),
    }  # fmt: skip
    return make_workspace(tmp_path, texts=texts)


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


Actes = Callable[..., Said]


@pytest.fixture
def actes(root: Path, actes: Typed, monkeypatch: pytest.MonkeyPatch) -> Actes:
    """The command, typed in the workspace."""
    monkeypatch.chdir(root)

    def typed(*arguments: str, language: str = "en") -> Said:
        return Said(*actes(*arguments, lang=language))

    return typed


def test_search(actes: Actes, root: Path) -> None:
    outcome = actes("memory", "search", "Le marché ouvre trois fois par semaine.")
    assert outcome.out == (
        "70 % · approved · beware: other numbers or dates · fr → ja · sources/eco/marche.ja.md:16\n"
        "    Le marché ouvre deux fois par semaine.\n"
        "    市場は週2回開かれる。\n"
    )
    assert outcome.code == 0


def test_search_in_japanese(actes: Actes, root: Path) -> None:
    outcome = actes("memory", "search", "Un brouillon !", language="ja")
    assert outcome.out.splitlines()[0] == "85 % · 機械翻訳 · fr → ja · sources/eco/marche.ja.md:23"


def test_search_as_json(actes: Actes, root: Path) -> None:
    outcome = actes("memory", "search", PAIRS[0][0], "--from", "fr", "--to", "ja", "--json")
    assert json.loads(outcome.out) == [
        {
            "score": 1.0,
            "likeness": "exact",
            "reusable": True,
            "differs": [],
            "state": "reviewed",
            "where": "sources/eco/marche.ja.md:16",
            "from": "fr",
            "to": "ja",
            "source": PAIRS[0][0],
            "target": PAIRS[0][1],
        }
    ]


def test_nothing_confidential_is_remembered(actes: Actes, root: Path) -> None:
    """Law 6: not found, not exported, not in the index; also when it becomes confidential later."""
    original = root / "sources/eco/secret.fr.md"
    public = original.read_text(encoding="utf-8").replace("confidential: true\n", "")
    closed = original.read_text(encoding="utf-8")
    put(original, public)
    assert "秘密の値段" in actes("memory", "search", "Le prix secret.").out
    other = open_desk(root).memory  # a command that has the index open all the while
    put(original, closed)
    outcome = actes("memory", "search", "Le prix secret.")
    assert (outcome.out, outcome.err) == ("", "nothing near in the memory\n")
    assert actes("memory", "export", "--state", "machine").code == 0
    assert "秘密" not in (root / "build/memory.tmx").read_text(encoding="utf-8")
    index = sorted((root / "build/cache").glob("memory.sqlite*"))
    assert not [file.name for file in index if "秘密の値段".encode() in file.read_bytes()]
    other.close()


def test_unknown_language(actes: Actes, root: Path) -> None:
    outcome = actes("memory", "search", "x", "--to", "de")
    assert outcome.code == 2
    assert "[memory-language]" in outcome.err


def test_export_keeps_what_is_approved(actes: Actes, root: Path) -> None:
    outcome = actes("memory", "export")
    assert (outcome.out, outcome.err) == ("build/memory.tmx\n", "3 translation units written\n")
    content = (root / "build/memory.tmx").read_text(encoding="utf-8")
    assert "週2回" in content
    assert "下書き" not in content
    assert actes("memory", "export", "--state", "machine").err.startswith("4 ")
    assert actes("memory", "export", "--to", "fr").err.startswith("0 ")


def test_export_replaces_only_exports(actes: Actes, root: Path, tmp_path: Path) -> None:
    mine = put(tmp_path / "mine.tmx", TMX)
    outcome = actes("memory", "export", str(mine))
    assert outcome.code == 4
    assert mine.read_text(encoding="utf-8") == TMX
    again = tmp_path / "again.tmx"
    assert [actes("memory", "export", str(again)).code for _ in range(2)] == [0, 0]


def test_import_serves_at_once(actes: Actes, root: Path, tmp_path: Path) -> None:
    file = put(tmp_path / "ancien.tmx", TMX)
    outcome = actes("memory", "import", str(file))
    assert (outcome.out, outcome.err) == (
        "sources/memory/ancien.tmx\n",
        "1 translation units added to the memory\n",
    )
    assert (root / "sources/memory/ancien.tmx").read_bytes() == TMX.encode()
    found = actes("memory", "search", "皆様、こんにちは").out.splitlines()
    assert found[0] == "100 % · TMX file · ja → fr · sources/memory/ancien.tmx:1"


def test_import_overwrites_nothing(actes: Actes, root: Path, tmp_path: Path) -> None:
    file = put(tmp_path / "ancien.tmx", TMX)
    actes("memory", "import", str(file))
    assert "nothing was changed" in actes("memory", "import", str(file)).err
    put(file, TMX.replace("Bonjour", "Bonsoir"))
    outcome = actes("memory", "import", str(file))
    assert outcome.code == 4
    assert "[memory-taken]" in outcome.err
    assert (root / "sources/memory/ancien.tmx").read_bytes() == TMX.encode()


def test_import_wants_tmx(actes: Actes, root: Path, tmp_path: Path) -> None:
    file = put(tmp_path / "ancien.xlsx", "x")
    assert "[memory-name]" in actes("memory", "import", str(file)).err
