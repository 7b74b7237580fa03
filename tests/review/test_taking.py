"""Decisions taken into the files of a workspace: through pandoc, over what was read and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import files
from pipeline.errors import ActesError, stop
from pipeline.review import taking
from pipeline.review.decisions import Decision
from pipeline.review.items import Item
from pipeline.review.reading import read
from pipeline.review.remarks import Inspector
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import State
from tests.support.desk import comment
from tests.support.workspace import make_workspace, said, summary

FILE = "sources/eco/marche.ja.md"
SOURCE = "Le [marché](https://a.org) ouvre 3 fois.\n\n- pain\n- lait\n\n```\ncode\n```\n\nFin de la rencontre."
LIST = "- パン\n- 牛乳"
HEAD = "---\ntitle: 市場\ntranslation:\n  of: marche.fr.md\n---\n\n"
BODY = (
    comment("machine", "Le [marché](https://a.org) ouvre 3 fois.", "市場は2回開かれる。")
    + comment("machine", "- pain\n- lait", LIST)
    + comment("machine", "```\ncode\n```", "```\ncode\n```")
    + comment("edited", "Fin de la rencontre.", "Fin de la rencontre.")
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    texts = {"eco/marche.fr.md": summary("Marché", SOURCE), "eco/marche.ja.md": HEAD + BODY}
    return make_workspace(tmp_path, texts=texts)


def there(root: Path) -> dict[str, Item]:
    return {item.part: item for item in read(root).items()}


def on(root: Path, part: str) -> Decision:
    item = there(root)[part]
    return Decision(item.key, item.seen)


def test_what_is_found_beside_each_item(root: Path) -> None:
    reviewed = read(root)
    inspector = Inspector(reviewed.workspace)
    ((work, language),) = reviewed.counterparts()
    found = {
        item.part: {remark.rule for remark in item.remarks}
        for item in inspector.items(work, language)
    }
    assert {"check-structure", "check-number"} <= found["1"]
    assert found["2"] == found["3"] == set()
    assert {"review-untranslated", "term-absent"} <= found["4"]
    items = inspector.items(work, language)
    assert all(remark.message("fr") and remark.message("ja") for i in items for remark in i.remarks)


def test_words_typed_among_what_is_shown_of_a_value_are_found_beside_it(root: Path) -> None:
    claim = f"  fields:\n    title: {{state: edited, {said('Marché')}}}\n---\n\n"
    typed = claim.replace("source: Marché", "source: Marché 要確認")
    (root / FILE).write_text(HEAD.replace("---\n\n", typed) + BODY)
    reviewed = read(root)
    ((work, language),) = reviewed.counterparts()
    found = {i.part: i for i in Inspector(reviewed.workspace).items(work, language)}["title"]
    assert "value-mixed" in {remark.rule for remark in found.remarks}
    assert (found.note, found.source_then) == ("要確認", "Marché")


def test_hostile_blocks_change_nothing_around_them(root: Path) -> None:
    words = ["市場。\n\n```\nopen", "::: box\n市場", "<div>\n市場", "a\n\n| b", "市場[^1]。\n\n[^1]: 注。", "x\n===\n\ny"]  # fmt: skip
    before = there(root)
    for text in words:
        report = taking.take(root, [replace(on(root, "1"), text=text, approve=True)])
        now = there(root)
        assert {part: now[part].text for part in "234"} == {p: before[p].text for p in "234"}
        for taken in report.taken:
            assert (taken.item.text, taken.item.state) == (text, State.REVIEWED)
        for conflict in report.conflicts:
            assert conflict.rule in ("review-breaks", "review-unreadable")


def test_decisions_reach_the_file(root: Path) -> None:
    approve = replace(on(root, "2"), approve=True)
    edit = replace(on(root, "title"), text="朝市", approve=True)
    report = taking.take(root, [approve, edit, Decision("sources/eco/rien.ja.md#1", approve.seen)])
    assert report.written == (FILE,)
    assert [conflict.rule for conflict in report.conflicts] == ["review-gone"]
    content = (root / FILE).read_text("utf-8")
    assert comment("reviewed", "- pain\n- lait", LIST) in content
    assert f'title: {{state: reviewed, {said("Marché")}, text: "{fingerprint("朝市")}"}}' in content
    assert taking.take(root, [approve]).written == ()


def test_what_is_saved_meanwhile_is_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor saves between our reading and our writing: the decision is looked at again."""
    approve, edit = replace(on(root, "2"), approve=True), replace(on(root, "1"), text="市は三回。")
    write: Callable[..., bool] = files.write_bytes
    saves = iter([("Fin de la rencontre.\n\n", "会議の終わり。\n\n"), ("市場は2回", "市場は三度")])

    def meanwhile(folder: Path, path: Path, content: bytes, over: bytes | None = None) -> bool:
        old, new = next(saves, ("", ""))
        text = path.read_text("utf-8")
        path.write_text(text.replace(f"-->\n{old}", f"-->\n{new}") if old else text, "utf-8")
        return write(folder, path, content, over=over)

    monkeypatch.setattr(files, "write_bytes", meanwhile)
    report = taking.take(root, [approve, edit])
    content = (root / FILE).read_text("utf-8")
    assert "会議の終わり。" in content
    assert "市場は三度" in content
    assert [taken.item.part for taken in report.taken] == ["2"]
    assert [conflict.rule for conflict in report.conflicts] == ["review-text-changed"]


def test_what_was_written_is_told_where_another_file_cannot_be(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = FILE.replace("marche", "pont")
    for path in (FILE, FILE.replace(".ja.", ".fr.")):
        content = (root / path).read_text("utf-8").replace("of: marche", "of: pont")
        (root / path.replace("marche", "pont")).write_text(content, "utf-8")
    write: Callable[..., bool] = files.write_bytes

    def full(folder: Path, path: Path, content: bytes, over: bytes | None = None) -> bool:
        if path == root / other:
            raise stop("file-unwritable", other, reason="disk full")
        return write(folder, path, content, over=over)

    monkeypatch.setattr(files, "write_bytes", full)
    approve = replace(on(root, "2"), key=f"{FILE}#2", approve=True)
    lost = replace(approve, key=f"{other}#2")
    report = taking.take(root, [lost, approve])
    assert report.written == (FILE,)
    assert [(c.rule, c.decision.path) for c in report.conflicts] == [("review-unwritten", other)]
    assert [problem.rule for problem in report.failed] == ["file-unwritable"]
    with pytest.raises(ActesError) as caught:
        taking.take(root, [lost])
    assert caught.value.problems[0].rule == "file-unwritable"
