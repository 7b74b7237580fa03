"""Two branches of a text merged: passage by passage, value by value, conflicts whole.

Bodies are those of `quick_split`; git itself is at work in ``test_git.py``.
"""

from __future__ import annotations

import pytest

from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.matching import same
from pipeline.translation.merge.file import merged
from tests.support.desk import comment
from tests.support.workspace import block
from tests.translation.merging import BASE, PATH, TOOLS, A, B, C, merge, text


def bodies(ours: str, theirs: str, base: str = BASE) -> tuple[str, int]:
    """The body of the merged text, and the conflicts in it."""
    result = merge(text(base), text(ours), text(theirs))
    content = result.content.decode()
    return content.removeprefix(text("")), result.conflicts


# -- passages -----------------------------------------------------------------------------------


def test_different_passages_changed_side_by_side() -> None:
    one = BASE.replace("市は買う。", "市は購入する。")
    other = BASE.replace("生徒が食べる。", "生徒が味わう。")
    found, conflicts = bodies(one, other)
    assert conflicts == 0
    assert found.rstrip() == one.replace("生徒が食べる。", "生徒が味わう。").rstrip()


def test_neighbours_changed_in_their_comments_are_no_conflict() -> None:
    one = BASE.replace("<!-- edited", "<!-- approve")
    other = BASE.replace("市場が開く。", "市場が開かれる。").replace("<!-- machine", "<!-- approve")
    found, conflicts = bodies(one, other)
    assert conflicts == 0
    assert found.count("<!-- approve") == 2
    assert "市場が開かれる。" in found


def test_one_passage_with_different_words_of_two_persons_is_a_conflict_around_it() -> None:
    one = C.replace("生徒が食べる。", "児童が食べる。").replace("<!-- edited", "<!-- approve")
    other = C.replace("生徒が食べる。", "生徒が味わう。")
    found, conflicts = bodies(A + B + one, A + B + other)
    assert conflicts == 1
    expected = f"<<<<<<< ours\n{one.rstrip()}\n=======\n{other.rstrip()}\n>>>>>>> theirs\n"
    assert found.rstrip("\n") == (A + B + expected).rstrip("\n")


def test_a_machines_words_give_way_to_a_persons() -> None:
    again = comment("machine", "Le marché ouvre tôt.", "市場が早く開く。")
    person = B.replace("市場が開く。", "市が立つ。")
    for one, other in ((again, person), (person, again)):
        found, conflicts = bodies(A + one + C, A + other + C)
        assert conflicts == 0
        assert "市が立つ。" in found
        assert "市場が早く開く。" not in found


def test_an_approval_holds_against_a_machine_that_translated_again() -> None:
    again = comment("machine", "Le marché ouvre tôt.", "市場が早く開く。")
    approved = comment("reviewed", "Le marché ouvre.", "市場が開く。")
    for one, other in ((again, approved), (approved, again)):
        found, conflicts = bodies(A + one + C, A + other + C)
        assert conflicts == 0
        assert approved in found


def test_both_approve() -> None:
    settled = comment("reviewed", "Les élèves mangent.", "生徒が食べる。")
    typed = C.replace("<!-- edited", "<!-- approve")
    found, conflicts = bodies(A + B + settled, A + B + typed)
    assert conflicts == 0
    assert found.rstrip() == (A + B + settled).rstrip()


def test_an_approval_and_a_source_that_changed_meanwhile_are_both_told() -> None:
    approved = comment("reviewed", "Les élèves mangent.", "生徒が食べる。")
    news = block("now", "Les élèves mangent bien.") + block("proposal", "生徒がよく食べる。")
    stale = comment("stale", "Les élèves mangent.", "生徒が食べる。", news, marked=False)
    found, conflicts = bodies(A + B + approved, A + B + stale)
    assert conflicts == 0
    typed = C.replace("<!-- edited", "<!-- approve")
    assert bodies(A + B + stale, A + B + typed)[0].rstrip() == (A + B + typed).rstrip()
    mark = fingerprint("生徒が食べる。")
    assert f"<!-- stale\n{block('source', 'Les élèves mangent.')}{news}text: {mark}\n-->" in found


def test_notes_of_both_are_kept_and_said_once() -> None:
    one = A.replace("text:", "text:", 1).replace("-->", "note: |\n  À revoir.\n-->")
    other = A.replace("-->", "note: |\n  確認する。\n-->")
    found, conflicts = bodies(one + B + C, other + B + C)
    assert conflicts == 0
    assert found.count("À revoir.") == found.count("確認する。") == 1
    assert bodies(one + B + C, one + B + C)[0].count("À revoir.") == 1


def test_a_corrected_proposal_of_the_other_side_goes_into_the_note() -> None:
    news = "now: |\n  Les élèves mangent bien.\nproposal: |\n  {}\nproposed: {}\n"
    mark = fingerprint("生徒がよく食べる。")
    base = comment(
        "stale", "Les élèves mangent.", "生徒が食べる。", news.format("生徒がよく食べる。", mark)
    )
    one = base.replace("生徒が食べる。\n\n", "児童が食べる。\n\n")
    other = base.replace("  生徒がよく食べる。", "  生徒が十分に食べる。")
    found, conflicts = bodies(A + B + one, A + B + other, A + B + base)
    assert conflicts == 0
    assert "児童が食べる。" in found
    assert "note: |\n  生徒が十分に食べる。" in found


def test_one_reorders_and_the_other_edits() -> None:
    for one, other in (
        (C + A + B, BASE.replace("生徒が食べる。", "生徒が味わう。")),
        (BASE.replace("生徒が食べる。", "生徒が味わう。"), C + A + B),
    ):
        found, conflicts = bodies(one, other)
        assert conflicts == 0
        assert found.rstrip() == (C.replace("生徒が食べる。", "生徒が味わう。") + A + B).rstrip()


def test_new_passages_of_both_stand_where_they_stood() -> None:
    new = comment("machine", "La forêt pousse.", "森が育つ。")
    other = comment("machine", "Le fleuve coule.", "川が流れる。")
    found, conflicts = bodies(A + new + B + C, A + B + other + C)
    assert conflicts == 0
    assert found.rstrip() == (A + new + B + other + C).rstrip()
    twice, conflicts = bodies(A + new + B + C, A + new + B + C)
    assert twice.count("森が育つ。") == 1


def test_a_passage_that_one_side_dropped_stays_if_a_person_changed_it_on_the_other() -> None:
    assert "生徒が食べる。" not in bodies(A + B, BASE)[0]
    found, conflicts = bodies(A + B, BASE.replace("生徒が食べる。", "生徒が味わう。"))
    assert conflicts == 0
    assert "生徒が味わう。" in found
    again = comment("machine", "Le marché ouvre tôt.", "市場が早く開く。")
    assert "市場" not in bodies(A + C, A + again + C)[0]


def test_a_damaged_comment_changed_on_both_sides_is_a_conflict() -> None:
    one = A.replace("text:", "texte :").replace("市は買う。", "市は購入する。")
    other = A.replace("市は買う。", "市が買う。")
    found, conflicts = bodies(one + B + C, other + B + C)
    assert conflicts == 1
    assert "市は購入する。" in found
    assert "市が買う。" in found


def test_an_approval_typed_over_other_words_does_not_reach_words_without_a_comment() -> None:
    bare = "市は野菜を購入する。\n\n"
    typed = A.replace("<!-- reviewed", "<!-- approve")
    found, conflicts = bodies(bare + B + C, typed + B + C)
    assert "<!-- approve" not in found or conflicts
    assert "市は野菜を購入する。" in found


def test_an_ordinary_comment_stays_whoever_wrote_the_words() -> None:
    asked = C.replace("-->\n", "-->\n<!-- 佐藤さんに確認 -->\n\n").replace(
        "<!-- edited", "<!-- approve"
    )
    other = C.replace("生徒が食べる。", "生徒が味わう。")
    for one, two in ((asked, other), (other, asked)):
        found, conflicts = bodies(A + B + one, A + B + two)
        assert conflicts == 0
        assert "生徒が味わう。" in found
        assert found.count("<!-- 佐藤さんに確認 -->") == 1


def test_of_two_machines_the_one_that_answers_the_newer_source() -> None:
    noted = B.replace("-->", "note: |\n  急ぎ\n-->")
    again = comment("machine", "Le marché ouvre tôt.", "市場が早く開く。")
    for one, other in ((noted, again), (again, noted)):
        found, conflicts = bodies(A + one + C, A + other + C)
        assert conflicts == 0
        assert "市場が早く開く。" in found
        assert "市場が開く。" not in found
        assert "急ぎ" in found


def test_words_before_none() -> None:
    awaited = comment("missing", "Le marché ouvre.", "")
    changed = comment("missing", "Le marché ouvre tôt.", "")
    for one, other in ((changed, B), (B, changed)):
        found, conflicts = bodies(A + one + C, A + other + C, A + awaited + C)
        assert conflicts == 0
        assert "市場が開く。" in found
    person = comment("edited", "Le marché ouvre.", "市が立つ。", marked=False)
    for one, other in ((awaited, person), (person, awaited)):
        result = merge("", text(A + one), text(A + other))
        assert result.conflicts == 0
        assert "市が立つ。" in result.content.decode()
        assert result.content.decode().count("  Le marché ouvre.") == 1


def test_what_was_typed_into_a_damaged_comment_is_not_thrown_away() -> None:
    typed = A.replace("text:", "mot : voir avec Jean\ntext:")
    other = A.replace("市は買う。", "市が買う。")
    found, conflicts = bodies(typed + B + C, other + B + C)
    assert conflicts == 1
    assert "voir avec Jean" in found
    assert "市が買う。" in found


def test_new_passages_of_both_behind_the_same_one() -> None:
    new = comment("machine", "La forêt pousse.", "森が育つ。")
    other = comment("machine", "Le fleuve coule.", "川が流れる。")
    assert (
        bodies(A + new + B + C, A + other + B + C)[0].rstrip() == (A + new + other + B + C).rstrip()
    )


def test_a_passage_whose_source_moved_and_changed_is_the_one_that_the_other_side_approved() -> None:
    again = comment("machine", "Le marché ouvre tôt.", "市場が早く開く。")
    approved = B.replace("<!-- machine", "<!-- approve")
    found, conflicts = bodies(again + A + C, A + approved + C)
    assert conflicts == 0
    assert found.rstrip() == (approved + A + C).rstrip()


def test_passages_without_a_blank_line_between_keep_their_bytes_and_get_one_where_one_is_needed() -> (
    None
):
    tight = [passage.rstrip("\n") + "\n" for passage in (A, B, C)]
    edited = tight[2].replace("生徒が食べる。", "生徒が味わう。")
    base = "".join(tight)
    found, _conflicts = bodies(
        base.replace("市は買う。", "市は購入する。"), tight[0] + tight[1] + edited, base
    )
    assert found == tight[0].replace("市は買う。", "市は購入する。") + tight[1] + edited
    bare = "生徒は幸せである。\n"
    found, _conflicts = bodies(
        base.replace("市は買う。", "市は購入する。"), base + "\n" + bare, base
    )
    assert f"生徒が食べる。\n\n{bare}" in found


def test_words_that_lost_their_comments_do_not_slip_below_an_approval_of_others() -> None:
    typed = A.replace("<!-- reviewed", "<!-- approve")
    bare = "市は買う。\n\n市場が開く。\n\n"
    for one, other in ((typed + B, bare), (bare, typed + B)):
        found, conflicts = bodies(one, other, A + B)
        assert conflicts or found.startswith(bare)
        assert "<!-- approve" not in found or f"{typed}" in f"{found.rstrip()}\n\n"


def test_line_ends_of_our_side_and_blank_lines_stay() -> None:
    ours = text(BASE.replace("市は買う。", "市は購入する。")).replace("\n", "\r\n")
    theirs = text(BASE.replace("生徒が食べる。", "生徒が味わう。"))
    result = merge(text(BASE), ours, theirs)
    assert result.conflicts == 0
    expected = ours.replace("生徒が食べる。", "生徒が味わう。")
    assert result.content.decode().rstrip() == expected.rstrip()


def test_twins_find_each_other_in_their_order_wherever_they_stand() -> None:
    assert same(["a", "b", "a"], ["b", "a", "a"], [str]) == {0: 1, 1: 0, 2: 2}
    assert same(["", "a"], ["a", ""], [str]) == {0: 1}


# -- other texts, and what cannot be read -------------------------------------------------------

ORIGINAL = "---\ntitle: Marché\n---\n\nLa ville achète.\nElle paie.\n\n<!-- à revoir -->\n\nLe marché ouvre.\n"


def test_an_original_is_merged_by_lines_and_its_conflicts_stand_around_blocks() -> None:
    one = ORIGINAL.replace("Elle paie.", "Elle paie bien.")
    other = ORIGINAL.replace("Le marché ouvre.", "Le marché ferme.")
    result = merge(ORIGINAL, one, other)
    assert (result.content.decode(), result.conflicts) == (
        one.replace("Le marché ouvre.", "Le marché ferme."), 0,
    )  # fmt: skip
    result = merge(ORIGINAL, one, ORIGINAL.replace("Elle paie.", "Elle paie tôt."))
    assert result.conflicts == 1
    assert (
        "<<<<<<< ours\nLa ville achète.\nElle paie bien.\n=======\n"
        "La ville achète.\nElle paie tôt.\n>>>>>>> theirs\n"
    ) in result.content.decode()


def test_a_new_block_is_not_glued_to_the_one_before() -> None:
    base = "---\ntitle: Marché\n---\n\nUn.\n\nDeux.\n# Trois\n"
    one = base.replace("Un.", "Premier.")
    other = base.replace("Un.", "Unique.").replace("Deux.\n", "Deux.\n\nNeuf.\n\n")
    result = merge(base, one, other)
    assert result.conflicts == 1
    assert "Deux.\n\nNeuf.\n\n# Trois" in result.content.decode()


def test_a_block_deleted_on_one_side_and_changed_on_the_other() -> None:
    one = ORIGINAL.replace("La ville achète.\nElle paie.\n\n", "")
    other = ORIGINAL.replace("Elle paie.", "Elle paie tôt.")
    result = merge(ORIGINAL, one, other)
    assert result.conflicts == 1
    assert (
        "<<<<<<< ours\n=======\nLa ville achète.\nElle paie tôt.\n>>>>>>> theirs\n"
        in result.content.decode()
    )


def test_a_translation_that_both_sides_adopted() -> None:
    plain = "---\ntitle: 市場\n---\n\n市は買う。\n\n生徒が食べる。\n"
    result = merge(plain, text(A + C), text(A + C.replace("<!-- edited", "<!-- approve")))
    assert result.conflicts == 0
    assert result.content.decode().count("生徒が食べる。") == 1


def test_marks_stand_around_a_comment_that_both_changed() -> None:
    result = merge(
        ORIGINAL, ORIGINAL.replace("à revoir", "relu"), ORIGINAL.replace("à revoir", "lu")
    )
    assert (
        "<<<<<<< ours\n<!-- relu -->\n=======\n<!-- lu -->\n>>>>>>> theirs\n"
        in result.content.decode()
    )


@pytest.mark.parametrize(
    "broken",
    ["---\ntitle: [\n---\n\nx\n", "sans métadonnées\n", "---\nsans fin\n", "---\ntitle: \xe9"],
)
def test_what_cannot_be_read_stands_whole_beside_the_other(broken: str) -> None:
    ours = broken.encode("latin-1" if broken.endswith("\xe9") else "utf-8")
    result = merged(text(BASE).encode(), ours, text(A + B).encode(), PATH, TOOLS)
    assert result.conflicts == 1
    assert result.content.startswith(b"<<<<<<< ours\n" + ours)
    assert text(A + B).encode() in result.content
