"""The sample declaration from both sides' drafts to the originals, the certificate and the proof."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Actes
from tests.support.workspace import REPOSITORY

ON = ("--on", "2024-11-20")
FOLDER = "sources/declaration"
FR, JA = f"{FOLDER}/declaration.fr.md", f"{FOLDER}/declaration.ja.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample's event and declaration, and we are in it."""
    made = tmp_path / "event"
    shutil.copytree(REPOSITORY / FOLDER, made / FOLDER)
    for name in ("event.yaml", "delegations.yaml", "glossary.yaml"):
        shutil.copy(REPOSITORY / "sources" / name, made / "sources" / name)
    replace(
        made / "sources/event.yaml",
        "declaration: {formats: [docx, pdf]}",
        "declaration: {formats: [pdf]}",
    )
    monkeypatch.chdir(made)
    return made


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_the_sample_from_draft_to_proof(root: Path, actes: Actes) -> None:  # noqa: PLR0915 - one story
    fr, ja = root / FR, root / JA

    # Draft by each side, with words that are still discussed.
    verb = "s’engagent à réduire les déchets à la source"
    replace(
        fr,
        verb,
        "[s’engagent à]{#dechets} [s’efforcent de]{#dechets-bis} réduire les déchets à la source",
    )
    replace(
        ja, "食品ロスの削減に取り組むことを約束する。",
        "食品ロスの削減に取り組む[ことを約束する]{#dechets}[よう努める]{#dechets-bis}。",
    )  # fmt: skip
    assert actes("declaration", "keep", "Projet 1", "--as", "Secrétariat", *ON)[0] == 0
    code, _out, err = actes("build", "declaration-original-fr", "--final")
    assert code == 4
    assert "[blocked-bracket]" in err
    assert actes("declaration", "choose", "dechets")[0] == 0

    # A proposal of amendment, shown in both languages, accepted.
    said = ("--author", "Délégation de Shirasegawa", "--reason", "rendre l’engagement vérifiable")
    path = root / actes("declaration", "amend", "suivi", *said, *ON)[1].strip()
    replace(
        path,
        "lors des Rencontres suivantes",
        "dans un délai de 2 ans, lors des Rencontres suivantes",
    )
    replace(path, "次回の会議において報告する", "2年以内に、次回の会議において報告する")
    code, _out, err = actes("declaration", "keep", "x", "--adopted", "--as", "S", *ON)
    assert code == 4
    assert "[blocked-amendment]" in err
    out = actes("declaration", "diff", "--amendment", "suivi-1")[1]
    assert "rendre compte, {+dans un délai de 2 ans, +}lors des Rencontres" in out
    assert "を、{+2年以内に、+}次回の会議" in out
    assert actes("declaration", "accept", "suivi-1", "--as", "Présidence", *ON)[0] == 0

    # Confirmed clause by clause; one side alone agrees nothing.
    clauses = [one["id"] for one in status(actes)]
    for some in (clauses[:1], clauses[1:]):
        by = ("--language", "fr", "--as", "C. Exemple", *ON)
        assert actes("declaration", "confirm", *some, *by)[0] == 0
    assert not any(one["agreed"] for one in status(actes))
    assert (
        actes("declaration", "confirm", *clauses, "--language", "ja", "--as", "見本花子", *ON)[0]
        == 0
    )
    assert all(one["settled"] for one in status(actes))

    # Adopted; the originals built, the certificate made, both proved.
    code, _out, err = actes(
        "declaration", "keep", "Texte adopté", "--adopted", "--as", "Secrétariat", *ON
    )
    assert code == 0, err
    code, out, err = actes("build", "declaration-original-fr", "declaration-original-ja", "--final")
    assert code == 0, err
    originals = sorted(out.split())
    assert originals == ["build/declaration-original-fr.pdf", "build/declaration-original-ja.pdf"]
    assert actes("declaration", "certificate")[0] == 0
    certificate = json.loads((root / "build/declaration-certificate.json").read_text("utf-8"))
    assert [one["id"] for one in certificate["clauses"]] == clauses
    assert all(set(one["confirmed"]) == {"fr", "ja"} for one in certificate["clauses"])
    assert {f"build/{n}": d for n, d in certificate["printed"].items() if "original" in n} == {
        name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in originals
    }
    code, out, err = actes("declaration", "verify", *originals)
    assert (code, err) == (0, "")
    assert out.count("fr, ja") == 2

    # One digit changed in one language afterwards.
    replace(ja, "2年以内に", "3年以内に")
    code, out, err = actes("declaration", "status")
    assert code == 1
    assert f"{JA}: " in err
    assert "[adopted-differs]" in err
    assert [line.split()[1] for line in out.splitlines() if line.startswith("○")] == ["suivi"]
    code, _out, err = actes("build", "declaration-original-ja", "--final")
    assert code == 4
    assert "[blocked-concordance]" in err
    assert "beside “3年”: this number has no match" in err
    assert "[-2-]{+3+}年以内に" in actes("declaration", "diff")[1]
    assert actes("build", "declaration-ja", "--format", "docx")[0] in (0, 1)
    code, out, err = actes("declaration", "verify", "build/declaration-ja.docx", originals[0])
    assert code == 1
    assert "build/declaration-ja.docx: the clause “suivi” (ja)" in err
    assert "{+3+}年以内に" in err
    assert originals[0] in out  # what was adopted is still what was adopted


def status(actes: Actes) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(actes("declaration", "status", "--json")[1])[
        "clauses"
    ]
    return found
