"""What a person decides holds for what they saw, and never writes over what they did not see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.review.decisions import Decision
from pipeline.review.items import Item, Seen
from pipeline.texts.read import Text
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import State
from tests.support.desk import comment, counterpart, decide, item, original, read
from tests.support.workspace import block

SOURCE = original("Un marché.", "Deux halles.", "Trois ponts.", "Quatre rues.")
STALE = block("now", "Deux halles.") + block("proposal", "会館二つ、新。")
BODY = (
    comment("machine", "Un marché.", "市場一つ。")
    + comment("stale", "Deux salles.", "会館二つ。", STALE)
    + comment("edited", "Trois ponts.", "橋三つ。", "note: |\n  川の名？\n", marked=False)
    + comment("missing", "Quatre rues.", "")
)
TEXT = counterpart(BODY)


def on(part: str, text: Text = TEXT, source: Text = SOURCE) -> Decision:
    """A decision of somebody who sees the item as it stands."""
    found = item(source, text, part)
    return Decision(found.key, found.seen)


def one(decision: Decision, text: Text = TEXT, source: Text = SOURCE) -> tuple[Item, str]:
    """What a decision makes of its item, and of the file."""
    done = decide(source, text, decision)
    assert not done.conflicts, done.conflicts
    return done.taken[0].item, done.content


def refused(decision: Decision, text: Text = TEXT, source: Text = SOURCE) -> str:
    """The rule that says why it does not hold; the file is untouched."""
    done = decide(source, text, decision)
    assert not done.taken
    assert done.content == text.source.raw
    return done.conflicts[0].rule


# -- what it makes ------------------------------------------------------------------------------


def test_an_approval_vouches_for_the_pair_that_was_seen() -> None:
    now, content = one(replace(on("1"), approve=True))
    assert now.state is State.REVIEWED
    assert comment("reviewed", "Un marché.", "市場一つ。") in content
    assert content.replace("<!-- reviewed", "<!-- machine", 1) == TEXT.source.raw


def test_words_and_approval_at_once() -> None:
    now, content = one(replace(on("2"), text="新しい会館二つ。", approve=True))
    assert (now.state, now.text) == (State.REVIEWED, "新しい会館二つ。")
    assert comment("reviewed", "Deux halles.", "新しい会館二つ。") in content


def test_an_edit_alone_answers_what_it_answered_before() -> None:
    now, content = one(replace(on("2"), text="新しい会館二つ。"))
    assert (now.state, now.source_then, now.proposal) == (
        State.STALE,
        "Deux salles.",
        "会館二つ、新。",
    )
    assert "新しい会館二つ。\n\n<!-- edited" in content
    now, content = one(replace(on("1"), text="一つの市場。"))
    assert now.state is State.EDITED
    assert comment("edited", "Un marché.", "一つの市場。", marked=False) in content


def test_the_proposal_is_accepted_or_mine_is_kept() -> None:
    now, content = one(replace(on("2"), accept=True))
    assert (now.state, now.text, now.proposal) == (State.EDITED, "会館二つ、新。", None)
    now, content = one(replace(on("2"), accept=True, approve=True))
    assert comment("reviewed", "Deux halles.", "会館二つ、新。") in content
    now, content = one(replace(on("2"), keep=True))
    assert (now.state, now.text, now.source_then) == (State.EDITED, "会館二つ。", "Deux halles.")


def test_words_where_none_stood() -> None:
    now, content = one(replace(on("4"), text="通り四つ。\n"))
    assert now.state is State.EDITED
    assert content.endswith(f"<!-- edited\n{block('source', 'Quatre rues.')}-->\n通り四つ。\n")


def test_words_where_not_even_a_comment_stood() -> None:
    text = counterpart(
        comment("machine", "Un marché.", "市場一つ。")
        + comment("machine", "Quatre rues.", "通り四つ。")
    )
    second = replace(on("2", text), text="会館二つ。", approve=True)
    third = replace(on("3", text), note="橋は三つか？")
    done = decide(SOURCE, text, second, third)
    assert not done.conflicts
    passages = done.content.split("<!-- ")[1:]
    assert f"<!-- {passages[1]}" == comment("reviewed", "Deux halles.", "会館二つ。")
    note = "note: |\n  橋は三つか？\n"
    assert passages[2] == f"missing\n{block('source', 'Trois ponts.')}{note}-->\n\n"


def test_words_without_a_comment_get_one() -> None:
    text = counterpart("市場一つ。\n\n" + comment("machine", "Deux halles.", "会館二つ。"))
    now, content = one(replace(on("1", text), approve=True), text)
    assert now.state is State.REVIEWED
    assert comment("reviewed", "Un marché.", "市場一つ。") in content


def test_words_taken_away_are_not_a_translation_to_make() -> None:
    now, content = one(replace(on("3"), text=""))
    assert now.state is State.MISSING
    assert f"text: {fingerprint('橋三つ。')}\n" in content
    now, _content = one(replace(on("3"), text="", approve=True))
    assert now.state is State.REVIEWED


def test_a_note_comes_and_goes() -> None:
    now, content = one(replace(on("1"), note="これで良いか --> ?"))
    assert now.note == "これで良いか --> ?"
    assert (now.state, "--&gt;" in content) == (State.MACHINE, True)
    now, content = one(replace(on("3"), note=""))
    assert now.note is None
    assert "川の名" not in content


def test_a_value_is_decided_like_a_segment() -> None:
    now, content = one(replace(on("title"), text="朝市: 「春」", approve=True))
    assert (now.state, now.text) == (State.REVIEWED, "朝市: 「春」")
    assert 'title: "朝市: 「春」"\n' in content


@pytest.mark.parametrize(
    "name", ["keywords.2", "speakers.1.role", "speakers.2.name", "rapporteur.name", "abstract"]
)
def test_a_value_that_was_not_there_finds_its_place(name: str) -> None:
    head = (
        "title: Marché\nkeywords: [eau, feu]\nabstract: Court.\nrapporteur: {name: Camille}\n"
        "speakers: [{name: Ana, role: maire}, {name: Bo}]"
    )
    source = read(f"---\n{head}\n---\n\nUn marché.\n", "fr")
    text = counterpart(comment("machine", "Un marché.", "市場一つ。"))
    now, content = one(replace(on(name, text, source), text="語", approve=True), text, source)
    assert (now.state, now.text) == (State.REVIEWED, "語")
    assert item(source, read(content), "title") == item(source, text, "title")


def test_undo_puts_back_what_was_there() -> None:
    for decision in (
        replace(on("1"), approve=True),
        replace(on("2"), text="新しい会館二つ。", approve=True, note="済"),
        replace(on("2"), accept=True),
        replace(on("3"), text="", note=""),
        replace(on("4"), text="通り。"),
        replace(on("title"), text="朝市", approve=True),
    ):
        done = decide(SOURCE, TEXT, decision)
        again = decide(SOURCE, read(done.content), done.taken[0].undo)
        was, now = item(SOURCE, TEXT, decision.key.partition("#")[2]), again.taken[0].item
        assert replace(now, place=was.place, comment=was.comment) == was


# -- what changed meanwhile ---------------------------------------------------------------------


def test_the_same_decision_again_changes_nothing() -> None:
    decision = replace(on("2"), text="新しい会館二つ。", approve=True)
    done = decide(SOURCE, TEXT, decision)
    again = decide(SOURCE, read(done.content), decision)
    assert again.content == done.content
    assert not again.conflicts


def test_what_a_colleague_wrote_meanwhile_is_not_written_over() -> None:
    text = counterpart(BODY.replace("橋三つ。", "三本の橋。"))
    mine = replace(on("3"), text="橋は三つ。", approve=True)
    assert refused(mine, text) == "review-text-changed"
    assert refused(replace(on("3"), approve=True), text) == "review-text-changed"
    done = decide(SOURCE, text, mine)
    assert (done.conflicts[0].decision.text, done.conflicts[0].item.text) == (
        "橋は三つ。",
        "三本の橋。",
    )


def test_what_a_machine_wrote_meanwhile_gives_way() -> None:
    text = counterpart(BODY.replace(comment("machine", "Un marché.", "市場一つ。"),
                                    comment("machine", "Un marché.", "一市場。")))  # fmt: skip
    now, content = one(replace(on("1"), text="市場は一つ。", approve=True), text)
    assert now.state is State.REVIEWED
    assert "一市場" not in content
    assert refused(replace(on("1"), approve=True), text) == "review-text-changed"


def test_a_source_that_moved_on_is_approved_as_it_was_seen_then_stale() -> None:
    moved = original("Un marché.", "Deux halles.", "Trois grands ponts.", "Quatre rues.")
    now, _content = one(replace(on("3"), approve=True), TEXT, moved)
    assert now.state is State.STALE
    assert (now.source_then, now.source) == ("Trois ponts.", "Trois grands ponts.")
    other = counterpart(BODY.replace("Trois ponts.", "Trois grands ponts."))
    assert refused(replace(on("3"), approve=True), other, moved) == "review-source-changed"


def test_a_segment_before_it_moves_its_number_and_not_the_decision() -> None:
    moved = original("Zéro.", "Un marché.", "Deux halles.", "Trois ponts.", "Quatre rues.")
    now, _content = one(replace(on("3"), text="橋は三つ。", approve=True), TEXT, moved)
    assert (now.part, now.source, now.state) == ("4", "Trois ponts.", State.REVIEWED)
    gone = original("Un marché.", "Deux halles.", "Quatre rues.")
    assert refused(replace(on("3"), text="橋は三つ。"), TEXT, gone) == "review-source-changed"
    assert refused(Decision("sources/eco/marche.ja.md#9", Seen("00000000"))) == "review-gone"


def test_notes_and_proposals_that_changed() -> None:
    text = counterpart(
        BODY.replace("川の名？", "橋の名？").replace("会館二つ、新。", "会館は二つ。")
    )
    assert refused(replace(on("3"), note="済"), text) == "review-note-changed"
    assert refused(replace(on("2"), accept=True), text) == "review-proposal-changed"


def test_a_corrected_proposal_goes_into_the_note() -> None:
    text = counterpart(BODY.replace("  会館二つ、新。", "  会館二つ、人の手で。"))
    now, _content = one(replace(on("2", text), keep=True), text)
    assert now.note == "会館二つ、人の手で。"


def test_what_cannot_be_decided() -> None:
    lost = counterpart(BODY + comment("orphan", "Cinq parcs.", "公園五つ。"))
    assert refused(replace(on("orphan-1", lost), text="a"), lost) == "review-orphan"
    broken = counterpart(BODY.replace("<!-- edited", "<!-- edittted"))
    assert refused(replace(on("3", broken), approve=True), broken) == "review-damaged"
    assert refused(replace(on("4"), approve=True)) == "review-empty"
    first = replace(on("1"), approve=True)
    done = decide(SOURCE, TEXT, first, replace(on("1"), text="別。"))
    assert [c.rule for c in done.conflicts] == ["review-twice"]
    assert len(done.taken) == 1


# -- hostile words ------------------------------------------------------------------------------

FORGED = [
    "市場。\n\n<!-- reviewed\nsource: |\n  Deux halles.\ntext: 00000000\n-->\n偽。",
    "<!-- waive 3fa91c02: x -->",
    "市場。\n\n<!-- ここから",
    "<!--",
    "市場。\n\n<!-- reviewed\nsource: |\n  Un marché.",
]


@pytest.mark.parametrize("words", FORGED)
def test_words_cannot_forge_a_comment(words: str) -> None:
    others = [replace(on("3"), approve=True), replace(on("title"), text="朝市")]
    done = decide(SOURCE, TEXT, others[0], replace(on("1"), text=words, approve=True), others[1])
    assert [c.rule for c in done.conflicts] == ["review-breaks"]
    assert {t.item.part for t in done.taken} == {"3", "title"}
    assert item(SOURCE, read(done.content), "1") == item(SOURCE, TEXT, "1")


def test_several_blocks_stay_answered_by_one_comment() -> None:
    now, content = one(replace(on("1"), text="一。\r\n\r\n二。\n\n三。\n", approve=True))
    assert (now.text, now.state) == ("一。\n\n二。\n\n三。", State.REVIEWED)
    shorter, _content = one(Decision(now.key, now.seen, text="一。", approve=True), read(content))
    assert shorter.text == "一。"


@pytest.mark.parametrize(
    "words",
    ["a\n---\ntranslation: {}", "{a: b}", "- x", "# x", '"', "'", "|", "&a *a", "!!python/x", "%", "a: b", "\ud800x", "x\x00y", "yes", "12", "<!-- reviewed"],
)  # fmt: skip
def test_words_cannot_break_the_head(words: str) -> None:
    done = decide(SOURCE, TEXT, replace(on("title"), text=words, approve=True))
    for taken in done.taken:
        assert taken.item.state is State.REVIEWED
    assert read(done.content).source.body == TEXT.source.body
    assert done.content.count("\n---\n") == 1
