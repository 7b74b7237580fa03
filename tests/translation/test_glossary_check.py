"""`actes glossary check`, as an organiser meets it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.workspace import actes, counterpart, make_workspace, summary

GLOSSARY = """\
- id: marche
  terms:
    fr: {term: marché, refuse: [market]}
    ja: {term: 市場, refuse: [マルシェ]}
- id: village
  terms: {fr: {term: village}, ja: {term: 村}}
"""
FRENCH = "Le marché ouvre.\nLe village vient."


def texts(french: str, japanese: str, **metadata: str) -> dict[str, str]:
    pairs = [(french, japanese)]
    return {
        "glossary.yaml": GLOSSARY,
        "eco/a.fr.md": summary("Le marché", french, **metadata),
        "eco/a.ja.md": counterpart("a.fr.md", "市場", pairs, "Le marché"),
    }


def test_texts_that_follow_the_glossary_have_nothing_said_of_them(tmp_path: Path) -> None:
    done = actes(make_workspace(tmp_path, texts=texts(FRENCH, "市場が開く。\n村が来る。")),
                 "glossary", "check")  # fmt: skip
    assert (done.code, done.err) == (0, "")
    assert "Nothing to report" in done.out


def test_each_finding_has_its_line_and_what_to_write(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, texts=texts(FRENCH, "人が来る。\nマルシェが開く。"))
    done = actes(root, "glossary", "check")
    assert done.code == 0, "findings are remarks"
    lines = (root / "sources/eco/a.ja.md").read_text(encoding="utf-8").splitlines()
    first, second = lines.index("人が来る。") + 1, lines.index("マルシェが開く。") + 1
    assert f"a.ja.md:{first}: the original says “village”; neither “村” nor" in done.err
    assert f"a.ja.md:{second}: “マルシェ” is to be avoided: the glossary wants “市場”" in done.err
    assert actes(root, "glossary", "check", "--strict").code == 1


def test_words_to_avoid_are_said_of_originals_too(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, texts=texts("Le market ouvre.", "朝に開く。"))
    err = actes(root, "glossary", "check").err
    assert "a.fr.md:9: “market” is to be avoided" in err


def test_json_and_paths(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, texts=texts("Le market ouvre.", "開く。"))
    found = json.loads(actes(root, "glossary", "check", "--json", "sources/eco").out)
    assert [(f["rule"], f["file"], f["line"], f["found"], f["wanted"]) for f in found] == [
        ("term-refused", "sources/eco/a.fr.md", 9, "market", "marché")
    ]
    assert json.loads(actes(root, "glossary", "check", "--json", "sources/eco/a.ja.md").out) == []
    wrong = actes(root, "glossary", "check", "sources/nowhere")
    assert (wrong.code, "[glossary-no-text]" in wrong.err) == (2, True)


def test_metadata_is_examined_too(tmp_path: Path) -> None:
    made = texts(FRENCH, "市場と村。")
    made["eco/a.fr.md"] = summary("Le market", FRENCH)
    err = actes(make_workspace(tmp_path, texts=made), "glossary", "check").err
    assert "sources/eco/a.fr.md:2: “market” is to be avoided" in err


def test_of_a_confidential_text_only_the_places_are_told(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, texts=texts(FRENCH, "マルシェ。", confidential="true"))
    done = actes(root, "glossary", "check")
    assert "[term-confidential]" in done.err
    assert not any(word in done.said for word in ("マルシェ", "village", "村", "市場"))
    said = actes(root, "glossary", "check", "--json").said
    assert "term-confidential" in said
    assert "village" not in said


def test_a_glossary_that_contradicts_itself(tmp_path: Path) -> None:
    made = texts(FRENCH, "市場と村。")
    made["glossary.yaml"] = GLOSSARY + (
        "- id: autre\n  terms:\n    fr: {term: Marché}\n    ja: {term: 町, refuse: [村]}\n"
        "- id: seul\n  terms: {fr: {term: seul}}\n"
    )
    err = actes(make_workspace(tmp_path, texts=made), "glossary", "check").err
    assert "glossary.yaml:9:10: “Marché” is already the term of the entry “marche”" in err
    assert "“村” is to be avoided here, but the entry “village” proposes it" in err
    assert "the entry “seul” has no term in: ja" in err


def test_texts_that_cannot_be_read_are_said_and_the_others_examined(tmp_path: Path) -> None:
    made: dict[str, str | bytes] = {**texts("Le market ouvre.", "開く。"), "eco/b.fr.md": b"\xff"}
    done = actes(make_workspace(tmp_path, texts=made), "glossary", "check")
    assert done.code == 1
    assert "[not-utf8]" in done.err
    assert "[term-refused]" in done.err


def test_the_sample_follows_its_glossary_but_where_an_editor_would_look() -> None:
    """Judged by hand: an official note kept as it was received, and a heading that says « 3 »."""
    root = Path(__file__).resolve().parents[2]
    found = json.loads(actes(root, "glossary", "check", "--json").out)
    assert [(f["file"].split("/")[-1], f["rule"], f["found"]) for f in found] == [
        ("note-de-cadrage.fr.md", "term-refused", "décarbonisation"),
        ("politiques-familiales.ja.md", "term-absent", "crèches"),
    ]
