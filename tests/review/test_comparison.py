"""What changed, side by side, before it is written: what each cell says, in every language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import Place
from pipeline.review.comparison import Cell, Comparison, Run, Subject, compare
from pipeline.review.diff.changes import Changed, since, since_approval
from pipeline.review.items import Item, Kind
from pipeline.texts.segments import SegmentKind
from pipeline.translation.marker import State
from pipeline.workspace.languages import known_languages, load_language

PATH = "sources/eco/marche.ja.md"


def item(source: str, text: str, state: State, target: str = "ja", **more: str) -> Item:
    places = Place(PATH, 9), Place("sources/eco/marche.fr.md", 9)
    return Item(
        PATH, "3", Kind.SEGMENT, SegmentKind.PARAGRAPH, ("fr", target), state, *places, source, text,
        **more,
    )  # fmt: skip


def compared(*changes: Changed, language: str = "ja", day: date | None = None) -> Comparison:
    subject = Subject("Rencontres", {PATH: Run("市場", "ja")}, day=day)
    return compare(changes, subject, load_language(Path(), language))


def sides(change: Changed) -> list[tuple[str, str]]:
    """Each row's cells, what is marked in square brackets."""
    (part,) = compared(change).parts
    return [(shown(row.after), shown(row.before)) for row in part.rows]


def shown(cell: Cell) -> str:
    return "".join(f"[{run.words}]" if run.marked else run.words for run in cell)


def test_marks_that_did_not_change_are_left_out_and_others_are_shown() -> None:
    stale = item(
        "## Un **mot** et [deux](https://a.b/1)[^1].", "語。", State.STALE,
        source_then="## Un **mot** et [trois](https://a.b/1)[^1].", proposal="言葉。",
    )  # fmt: skip
    assert sides(since_approval(stale)) == [
        ("Un mot et [deux][^1].", "Un mot et [trois][^1]."),
        ("[言葉]。", "[語]。"),
    ]
    cited = item("Voir [](#eau), **3**.", "", State.MISSING)
    assert sides(since_approval(cited))[0][0] == "[Voir [](#eau), **3**.]"
    linked = item("Un [lien](https://a.b/2).", "リンク。", State.STALE,
                  source_then="Un [lien](https://a.b/1).")  # fmt: skip
    after, before = sides(since_approval(linked))[0]
    assert "https://a.b/" in after
    assert after != before


def test_words_that_a_person_changed_since_are_shown_before_the_machines_proposal() -> None:
    mine = item("Deux.", "弐つ。", State.STALE, source_then="Un.", proposal="二つ。")
    assert sides(Changed(mine, "Un.", "一つ。"))[1] == ("[弐]つ。", "[一]つ。")
    assert sides(Changed(mine, "Un.", "弐つ。"))[1] == ("[二]つ。", "[弐]つ。")


def test_a_passage_that_is_gone_is_told_once() -> None:
    was = item("Un.", "一つ。", State.REVIEWED)
    left = replace(was, part="orphan-1", kind=Kind.ORPHAN, source="", source_then="Un.")
    gone = [("[（削る）]", "[Un.]"), ("[（削る）]", "[一つ。]")]
    assert sides(since_approval(left)) == gone
    (part,) = compared(*since([was], [left])).parts
    assert [(shown(row.after), shown(row.before)) for row in part.rows] == gone


def test_what_nobody_could_see_is_no_change() -> None:
    same = item("Un  mot.", "語。", State.REVIEWED)
    assert compared(Changed(same, "Un\nmot.", "語。")).parts == ()


@pytest.mark.parametrize("language", known_languages(Path()))
def test_every_language_has_its_words(language: str) -> None:
    items = [
        item("Un.", "1", State.STALE, language, source_then="Deux."),
        item("Trois.", "", State.MISSING, language),
        item("Quatre.", "4", State.EDITED, language),
    ]
    changes = [since_approval(found) for found in items]
    found = compared(*changes, language=language, day=date(2026, 10, 5))
    (part,) = found.parts
    words = [found.title, *found.lead, *found.heads]
    words += [remark for row in part.rows for remark in row.remarks]
    words += [run.words for row in part.rows for run in (*row.after, *row.before)]
    assert all(words)
    assert not any("{" in said for said in words)
    assert len(found.lead) == 4
    assert "2026" in found.lead[2]
