"""A typed `approve` becomes `reviewed` for the pair as it stands, and nothing else moves."""

from __future__ import annotations

from pathlib import Path

from pipeline.translation.fingerprint import fingerprint
from tests.support.run import actes
from tests.support.workspace import make_workspace, summary

SOURCE = "Le marché ouvre trois fois par semaine."
OLD = "Le marché ouvre deux fois par semaine."
TRANSLATION = "市場は週3回開かれる。"


def workspace(tmp_path: Path, comment: str, newline: str = "\n") -> tuple[Path, Path]:
    root = make_workspace(tmp_path, texts={"eco/marche.fr.md": summary("Marché", SOURCE)})
    counterpart = root / "sources/eco/marche.ja.md"
    head = (
        "---\ntitle: 市場\nreading: しじょう\ntranslation:\n  of: marche.fr.md\n  fields:\n"
        "    title: {state: approve, source: Marché}\n"
        "    rapporteur.name:\n      state: approve\n      source: Camille Exemple\n"
        '      text: "00000000"\nrapporteur: {name: カミーユ}\n---\n\n'
    )
    text = f"{head}{comment}\n{TRANSLATION}\n"
    counterpart.write_bytes(text.replace("\n", newline).encode())
    return root, counterpart


def test_an_approval_is_settled_by_the_next_build(tmp_path: Path) -> None:
    root, counterpart = workspace(
        tmp_path, f"<!-- approve\nsource: |\n  {SOURCE}\nnote: |\n  Vu.\n-->"
    )
    done = actes("build", "proceedings-ja", "--format", "pdf", "--final", cwd=root)
    assert "approval recorded: sources/eco/marche.ja.md" in done.stderr
    assert done.returncode == 0, done.stderr
    text = counterpart.read_text(encoding="utf-8")
    assert (
        f"<!-- reviewed\nsource: |\n  {SOURCE}\ntext: {fingerprint(TRANSLATION)}\n"
        f"note: |\n  Vu.\n-->\n{TRANSLATION}\n"
    ) in text
    assert f'title: {{state: reviewed, text: "{fingerprint("市場")}", source: Marché}}' in text
    assert (
        f'      state: reviewed\n      source: Camille Exemple\n      text: "{fingerprint("カミーユ")}"'
        in text
    )
    again = actes("build", "proceedings-ja", "--format", "pdf", "--final", cwd=root)
    assert "nothing had changed" in again.stderr
    assert counterpart.read_text(encoding="utf-8") == text


def test_who_approves_a_stale_passage_approves_what_it_shows_now(tmp_path: Path) -> None:
    root, counterpart = workspace(
        tmp_path,
        f"<!-- approve\nsource: |\n  {OLD}\nnow: |\n  {SOURCE}\nproposal: |\n  x\n-->",
    )
    assert actes("build", "proceedings-ja", "--format", "pdf", "--final", cwd=root).returncode == 0
    assert "proposal" not in counterpart.read_text(encoding="utf-8")


def test_an_approval_of_a_source_that_has_moved_on_is_no_review(tmp_path: Path) -> None:
    root, counterpart = workspace(tmp_path, f"<!-- approve\nsource: |\n  {OLD}\n-->", "\r\n")
    done = actes("build", "proceedings-ja", "--format", "pdf", "--final", cwd=root)
    assert done.returncode == 4
    assert "the original has changed since" in done.stderr
    raw = counterpart.read_bytes().decode()
    assert "<!-- reviewed\r\n" in raw
    assert "\n" not in raw.replace("\r\n", "")


def test_words_written_after_the_approval_are_not_approved(tmp_path: Path) -> None:
    root, counterpart = workspace(tmp_path, f"<!-- approve\nsource: |\n  {SOURCE}\n-->")
    assert actes("build", "proceedings-ja", "--format", "pdf", "--final", cwd=root).returncode == 0
    counterpart.write_text(counterpart.read_text().replace("週3回", "週2回"))
    done = actes("build", "proceedings-ja", "--format", "pdf", "--final", cwd=root)
    assert done.returncode == 4
    assert "edited, not approved" in done.stderr
