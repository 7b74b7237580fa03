"""A typed `approve` becomes `reviewed` for the pair as it stands, and nothing else moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.texts.metadata import Metadata
from pipeline.texts.source import parse_source
from pipeline.translation.approvals import settled
from pipeline.translation.fields import field_states
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import State
from pipeline.translation.typed import TYPED
from pipeline.workspace.schema import validate
from pipeline.workspace.yaml import parse
from tests.support.workspace import actes, block, make_workspace, summary

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
    done = actes(root, "build", "proceedings-ja", "--format", "pdf", "--final")
    assert "approval recorded: sources/eco/marche.ja.md" in done.err
    assert done.code == 0, done.err
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
    again = actes(root, "build", "proceedings-ja", "--format", "pdf", "--final")
    assert "nothing had changed" in again.err
    assert counterpart.read_text(encoding="utf-8") == text


def test_who_approves_a_stale_passage_approves_what_it_shows_now(tmp_path: Path) -> None:
    root, counterpart = workspace(
        tmp_path,
        f"<!-- approve\nsource: |\n  {OLD}\nnow: |\n  {SOURCE}\n{block('proposal', 'x')}-->",
    )
    assert actes(root, "build", "proceedings-ja", "--format", "pdf", "--final").code == 0
    assert "proposal" not in counterpart.read_text(encoding="utf-8")


def test_an_approval_of_a_source_that_has_moved_on_is_no_review(tmp_path: Path) -> None:
    root, counterpart = workspace(tmp_path, f"<!-- approve\nsource: |\n  {OLD}\n-->", "\r\n")
    done = actes(root, "build", "proceedings-ja", "--format", "pdf", "--final")
    assert done.code == 4
    assert "the original has changed since" in done.err
    raw = counterpart.read_bytes().decode()
    assert "<!-- reviewed\r\n" in raw
    assert "\n" not in raw.replace("\r\n", "")


def test_words_written_after_the_approval_are_not_approved(tmp_path: Path) -> None:
    root, counterpart = workspace(tmp_path, f"<!-- approve\nsource: |\n  {SOURCE}\n-->")
    assert actes(root, "build", "proceedings-ja", "--format", "pdf", "--final").code == 0
    counterpart.write_text(counterpart.read_text().replace("週3回", "週2回"))
    done = actes(root, "build", "proceedings-ja", "--format", "pdf", "--final")
    assert done.code == 4
    assert "edited, not approved" in done.err


# -- values of the head, however they are written -----------------------------------------------

MARK, OF, THEN = fingerprint("市場"), fingerprint("Marché"), fingerprint("Vieux")


@pytest.mark.parametrize(
    ("typed", "settled_"),
    [
        ("{state: approve, source: Marché, text: null}", "{state: reviewed, source: Marché, text: @}"),
        ("{state: approve, source: Marché, text: ~}", "{state: reviewed, source: Marché, text: @}"),
        ("{text: '00000000', state: approve, source: Marché}",
         "{text: @, state: reviewed, source: Marché}"),
        ("{text: 0000000000000000, state: approve, source: Marché}",
         "{text: @, state: reviewed, source: Marché}"),
        ("{state: Approve, source: Marché}", "{state: reviewed, text: @, source: Marché}"),
        ('{state: "approve", source: Marché}', "{state: reviewed, text: @, source: Marché}"),
        ("{state : approve, source: Marché}", "{state : reviewed, text: @, source: Marché}"),
        ('{"state": approve, source: Marché}', '{"state": reviewed, text: @, source: Marché}'),
        ('{"state":"approve","source":"Marché"}', '{"state":reviewed, text: @,"source":"Marché"}'),
        ("\n      state:\n        approve # vu\n      source: Marché",
         "\n      state:\n        reviewed # vu\n      text: @\n      source: Marché"),
        ("\n      text:\n      state: approve # vu\n      source: Marché",
         "\n      text: @\n      state: reviewed # vu\n      source: Marché"),
        ("\n      state: |-\n        approve\n      source: Marché",
         "\n      state: reviewed\n      text: @\n      source: Marché"),
        (f"{{state: approve, source: Vieux, now: Marché, shown: {THEN} {OF}, proposal: X, proposed: {fingerprint('X')}}}",
         f'{{state: reviewed, text: @, source: "Marché", shown: "{OF}"}}'),
        (f"{{state: approve, source: Vieux, now: Marché, shown: {THEN} {OF}, proposal: X}}",
         f'{{state: reviewed, text: @, source: "Marché", shown: "{OF}", proposal: X}}'),
        (f"{{now: Marché, state: approve, shown: {THEN} {OF}, source: Vieux}}",
         f'{{state: reviewed, text: @, shown: "{OF}", source: "Marché"}}'),
        ("{state: approve, source: Vieux, now: Marché}",
         "{state: reviewed, note: Vieux, source: Marché, text: @}"),
        (f"\n      state: approve\n      source: |-\n        Vieux\n      now: |-\n        Marché\n      shown: {THEN} {OF}\n      note: vu",
         f'\n      state: reviewed\n      text: @\n      source: "Marché"\n      shown: "{OF}"\n      note: vu'),
        (f"{{state: approve, source: Vieux, now: Marché, shown: {fingerprint('Vieux')} {OF}}}",
         f'{{state: reviewed, text: @, source: "Marché", shown: "{OF}"}}'),
        (f"\n      state: approve\n      source: Vieux\n      now: Marché # vu\n      shown: {THEN} {OF}",
         f'\n      state: reviewed\n      text: @\n      source: "Marché"\n      now: Marché # vu\n      shown: "{OF}"'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_value_is_settled_where_it_stands(typed: str, settled_: str, newline: str) -> None:
    def file(value: str) -> str:
        head = f"title: 市場\ntranslation:\n  of: m.fr.md\n  fields:\n    title: {value}\n# fin\n"
        return f"\ufeff---\n{head}---\n\n".replace("\n", newline)

    source = parse_source("sources/eco/m.ja.md", file(typed).encode())
    document = parse(source.front or "", source.path)
    metadata, problems = validate(Metadata, document)
    assert metadata is not None, problems
    assert TYPED.search(source.raw.encode())
    assert settled(source, (), metadata) == file(settled_.replace("@", f'"{MARK}"'))
    again = Metadata.model_validate(
        parse(
            parse_source(source.path, settled(source, (), metadata).encode()).front or "", "x"
        ).value
    )
    assert field_states(Metadata(title="Marché"), again) == {"title": State.REVIEWED}


def test_words_typed_among_what_a_value_shows_are_its_note_when_it_is_approved() -> None:
    typed = f"{{state: approve, source: Marché（朝市）, shown: {OF}}}"
    front = f"title: 市場\ntranslation:\n  of: m.fr.md\n  fields:\n    title: {typed}\n"
    source = parse_source("sources/eco/m.ja.md", f"---\n{front}---\n\n".encode())
    metadata = Metadata.model_validate(parse(front, source.path).value)
    claim = f'{{state: reviewed, note: "（朝市）", source: Marché, shown: "{OF}", text: "{MARK}"}}'
    assert settled(source, (), metadata) == source.raw.replace(typed, claim)


def test_an_approval_that_could_not_be_settled_is_no_review() -> None:
    claim = {"state": "approve", "source": "Marché"}
    translation = {"of": "m.fr.md", "fields": {"title": claim}}
    own = Metadata.model_validate({"title": "市場", "translation": translation})
    assert field_states(Metadata(title="Marché"), own) == {"title": State.EDITED}
    assert field_states(Metadata(title="Autre"), own) == {"title": State.STALE}


def test_the_next_build_settles_any_spelling(tmp_path: Path) -> None:
    root, counterpart = workspace(tmp_path, f"<!-- Approve\nsource: |\n  {SOURCE}\n-->")
    text = counterpart.read_text(encoding="utf-8")
    text = text.replace("{state: approve, source: Marché}", '{"state" : "approve", source: Marché}')
    counterpart.write_text(text.replace("      state: approve", "      state: 'approve'"))
    done = actes(root, "build", "proceedings-ja", "--format", "pdf", "--final")
    assert done.code == 0, done.err
    assert '{"state" : reviewed, text: "' in counterpart.read_text(encoding="utf-8")
    again = actes(root, "build", "proceedings-ja", "--format", "pdf", "--final")
    assert "approval recorded" not in again.err
