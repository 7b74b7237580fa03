"""What was found is kept, and as good as found anew: whatever a rule reads may change meanwhile."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import program
from pipeline.checks import examined
from pipeline.publishing import gather
from pipeline.texts import read
from pipeline.translation.fingerprint import fingerprint
from pipeline.workspace.languages import program_templates
from tests.conftest import Actes
from tests.support.workspace import counterpart, make_workspace, put, summary

FR = ("La Ville d’essai et Dominique Modèle reçoivent Valmerange.", "Le port compte 40 bateaux.")
JA = ("試行市と模範太郎がヴァルメランジュを迎える。", "港には40隻の船がある。")
DECLARATION = {
    "fr": "---\ntitle: Déclaration\n---\n\n# Préambule {#preambule}\n\n## Nous {#nous}\n\nRéunis.\n\n"
    "# Fin {#fin}\n\n## Engagements {#engagements}\n\nLes parties agissent, selon l’article 1.\n",
    "ja": "---\ntitle: 宣言\nreading: せんげん\n---\n\n# 前文 {#preambule}\n\n## 我々 {#nous}\n\n集った。\n\n"
    "# 末尾 {#fin}\n\n## 約束 {#engagements}\n\n当事者は、第1条に従い、行動する。\n",
}
PORT_FR, PORT_JA = "sources/eco/port.fr.md", "sources/eco/port.ja.md"
KEPT = "build/cache/findings.sqlite"
Change = Callable[[Path], object]


def translated(ja: tuple[str, str] = JA, of: str = "port") -> str:
    return counterpart(f"{of}.fr.md", "港", zip(FR, ja, strict=True), "Le port")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    declared = {f"declaration/declaration.{tag}.md": text for tag, text in DECLARATION.items()}
    texts = {f"eco/{name}.fr.md": summary("Le port", "\n\n".join(FR)) for name in ("port", "quai")}
    answers = {f"eco/{name}.ja.md": translated(of=name) for name in ("port", "quai")}
    return make_workspace(tmp_path, texts={**texts, **answers, **declared})


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first of each two texts that the rules were asked of."""
    found: list[str] = []
    whole = examined._examined

    def noting(beside: examined.Beside) -> examined.Examined:
        found.append(beside.texts[0].file.path)
        return whole(beside)

    monkeypatch.setattr(examined, "_examined", noting)
    return found


@pytest.fixture
def said(actes: Actes) -> Callable[..., str]:
    """All that a command says of a workspace."""
    return lambda root, *arguments: repr(actes(*arguments, "-C", root))


Said = Callable[..., str]


def replaced(path: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


def numbered_from_the_first_section(root: Path) -> None:
    """A table of the workspace's own in which no section is a preamble: there are two articles."""
    table = (program_templates() / "languages/fr.toml").read_text(encoding="utf-8")
    put(root / "templates/languages/fr.toml", table.replace('"preambule"', '"avant-propos"'))


# All that a rule can read, and all that it reads it through.
CHANGES: dict[str, Change] = {
    "an original": replaced(PORT_FR, "40 bateaux", "41 bateaux"),
    "its metadata": replaced(PORT_FR, "title: Le port", "title: Le port 2"),
    "a translation": lambda root: put(
        root / PORT_JA, translated((JA[0], JA[1].replace("40", "400")))
    ),
    "a title": lambda root: put(
        root / PORT_JA,
        translated().replace("title: 港", "title: 第3港").replace(fingerprint("港"), fingerprint("第3港")),
    ),
    "a state": replaced(PORT_JA, "Le port compte 40 bateaux.", "Le port compte 4 bateaux."),
    "what is confidential": lambda root: [
        put(root / PORT_JA, translated((JA[0], JA[1].replace("40", "400")))),
        replaced(PORT_FR, "sdgs:", "confidential: true\nsdgs:")(root),
    ],
    "a waiver": lambda root: put(root / PORT_JA, f"{translated()}\n<!-- waive 00000000: 確認 -->\n"),
    "the declaration": replaced("sources/declaration/declaration.ja.md", "第1条", "第2条"),
    "the register": replaced("sources/delegations.yaml", "ja: 試行市", "ja: 試交市"),
    "a delegate": replaced("sources/delegations.yaml", "ja: 模範太郎", "ja: 模範次郎"),
    "the event's place": replaced(
        "sources/event.yaml", "{fr: Ici, ja: 此処}", "{fr: Valmerange, ja: ヴァルメロンジュ}"
    ),
    "a day of the event": replaced("sources/event.yaml", "start: 2024-11-18", "start: 2024-11-20"),
    "the event's themes": replaced("sources/event.yaml", "rooms: {salle-a", "rooms: {salle-b"),
    "a text that is gone": lambda root: (root / PORT_JA).unlink(),
    "a text that is broken": lambda root: put(root / PORT_JA, b"\xff"),
    "a text more": lambda root: put(root / "sources/eco/phare.ja.md", translated(of="phare")),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_a_rule_reads_is_read_anew(root: Path, change: Change, said: Said) -> None:
    before = said(root, "check"), said(root, "status")
    change(root)
    after = [said(root, "check"), said(root, "check", "--json"), said(root, "status")]
    assert after[0] != before[0] or after[2] != before[1]
    shutil.rmtree(root / "build")
    assert [said(root, "status"), said(root, "check", "--json"), said(root, "check")] == after[::-1]


def test_a_table_by_itself_changes_what_is_found(root: Path, said: Said) -> None:
    replaced("sources/declaration/declaration.fr.md", "article 1", "article 2")(root)
    replaced("sources/declaration/declaration.ja.md", "第1条", "第2条")(root)
    assert "[check-reference]" in said(root, "check")
    numbered_from_the_first_section(root)
    assert "[check-reference]" not in said(root, "check")


def test_the_first_language_of_the_event_is_told_first(root: Path, said: Said) -> None:
    replaced("sources/declaration/declaration.ja.md", "第1条", "第2条")(root)
    assert ": “article 1” beside “第2条”" in said(root, "check")
    replaced("sources/event.yaml", "[fr, ja]", "[ja, fr]")(root)
    assert ": “第2条” beside “article 1”" in said(root, "check")


def test_nothing_changed_nothing_is_asked_or_read(
    root: Path, said: Said, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = said(root, "check")
    assert sorted(asked) == [
        "sources/declaration/declaration.fr.md",
        PORT_FR,
        "sources/eco/quai.fr.md",
    ]
    kept_file = (root / KEPT).read_bytes()
    with monkeypatch.context() as nobody:
        nobody.setattr(read, "read_texts", None)  # whoever reads a text fails
        assert said(root, "check") == first
    assert "contradictions" not in said(root, "status")
    assert said(root, "build", "proceedings-ja", "--final", "--format", "docx").startswith("(0")
    assert len(asked) == 3
    assert (root / KEPT).read_bytes() == kept_file


def test_only_what_changed_is_asked(root: Path, said: Said, asked: list[str]) -> None:
    said(root, "status")
    assert len(asked) == 3
    put(root / PORT_JA, translated((JA[0], JA[1].replace("40", "400"))))
    del asked[:]
    assert "check-magnitude" in said(root, "check", "eco/port")
    assert asked == [PORT_FR]
    assert "check-magnitude" in said(root, "check")
    assert "contradictions between languages (actes check): 1" in said(root, "status")
    final = said(root, "build", "proceedings-ja", "--final", "--format", "docx")
    assert final.startswith("(4")
    assert "[check-magnitude]" in final
    assert asked == [PORT_FR]


def test_what_no_rule_reads_asks_none(root: Path, said: Said, asked: list[str]) -> None:
    said(root, "check")
    del asked[:]
    replaced("sources/event.yaml", "Rencontre d’essai", "Rencontres d’essai")(root)
    replaced("sources/event.yaml", "salle-a", "salle-b")(root)
    replaced("sources/glossary.yaml", "かいぎ", "かいぎい")(root)
    assert "[room-unknown]" in said(root, "check")
    assert not asked


@pytest.mark.parametrize("what", ["code", "version"])
def test_another_program_asks_again(
    root: Path, said: Said, asked: list[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    said(root, "check")
    monkeypatch.setattr(program, what, lambda *_: "another")
    del asked[:]
    said(root, "check")
    assert len(asked) == 3


def as_no_database(root: Path) -> None:
    for file in (root / "build/cache").glob("findings.sqlite*"):
        file.unlink()
    (root / KEPT).write_bytes(b"SQLite format 3\0 and no more")


def as_link(root: Path) -> None:
    as_no_database(root)
    (root / KEPT).unlink()
    (root / KEPT).symlink_to(put(root.parent / "elsewhere", b""))


def edited(change: Callable[[bytes], bytes]) -> Change:
    def torn(root: Path) -> None:
        with contextlib.closing(sqlite3.connect(root / KEPT)) as there, there:
            for key, value in list(there.execute("SELECT key, value FROM entries")):
                there.execute("UPDATE entries SET value = ? WHERE key = ?", (change(value), key))

    return torn


def _exchanged(root: Path) -> None:
    """Each work has what was found in another."""
    with contextlib.closing(sqlite3.connect(root / KEPT)) as there, there:
        rows = list(there.execute("SELECT key, value FROM entries ORDER BY key"))
        for (key, _value), (_key, value) in zip(rows, rows[1:] + rows[:1], strict=True):
            there.execute("UPDATE entries SET value = ? WHERE key = ?", (value, key))


FOREIGN: dict[str, Change] = {
    "no database": as_no_database,
    "a link": as_link,
    "torn": edited(lambda value: value[: len(value) // 2]),
    "another shape": edited(lambda _value: json.dumps({"pairs": 3}).encode()),
    "another rule": edited(lambda value: value.replace(b"check-magnitude", b"check-nothing")),
    "of another work": _exchanged,
}  # fmt: skip


@pytest.mark.parametrize("change", FOREIGN.values(), ids=FOREIGN)
def test_what_is_no_entry_of_ours_is_not_believed(root: Path, change: Change, said: Said) -> None:
    for name in ("port", "quai"):
        wrong = translated((JA[0], JA[1].replace("40", "400")), name)
        put(root / f"sources/eco/{name}.ja.md", wrong)
    first = said(root, "check")
    change(root)
    assert said(root, "check") == first


def test_what_was_saved_while_it_was_read_is_not_kept(
    root: Path, said: Said, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read.read_texts

    def late(*arguments: Any, **options: Any) -> object:
        with contextlib.suppress(AssertionError):
            replaced(PORT_FR, "40 bateaux", "41 bateaux")(root)
        return whole(*arguments, **options)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(read, "read_texts", late)
        assert "12 passages" in said(root, "check")  # the other answers to another source
    del asked[:]
    replaced(PORT_FR, "41 bateaux", "40 bateaux")(root)
    assert "Nothing to report" in said(root, "check")
    assert asked == [PORT_FR]


def test_what_was_broken_while_it_was_read_is_not_kept(
    root: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root / PORT_JA, translated((JA[0], JA[1].replace("40", "400"))))
    whole, good = read.read_texts, (root / PORT_JA).read_bytes()

    def late(*arguments: Any, **options: Any) -> object:
        put(root / PORT_JA, b"\xff")
        return whole(*arguments, **options)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(read, "read_texts", late)
        assert "[not-utf8]" in said(root, "check")
    put(root / PORT_JA, good)
    assert "[check-magnitude]" in said(root, "check")


def test_a_final_edition_is_asked_about_the_texts_that_it_prints(
    root: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(root, "check")
    good, whole = (root / PORT_JA).read_bytes(), gather.read_texts
    put(root / PORT_JA, translated((JA[0], JA[1].replace("40", "400"))))

    def early(*arguments: Any, **options: Any) -> object:
        reading = whole(*arguments, **options)
        put(root / PORT_JA, good)
        return reading

    monkeypatch.setattr(gather, "read_texts", early)
    final = said(root, "build", "proceedings-ja", "--final", "--format", "docx")
    assert "[check-magnitude]" in final
