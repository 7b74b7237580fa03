"""A confirmation vouches for one pair of texts, and concordance.yaml is patched line by line."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from pipeline.declaration.concordance import Confirmation, confirmed, parse
from pipeline.declaration.dossier import Dossier, blockers, standings
from pipeline.declaration.fingerprints import TITLE
from pipeline.declaration.marks import marked
from pipeline.errors import ActesError
from pipeline.proceedings.parallel import ParallelRow
from pipeline.workspace.languages import load_language
from tests.declaration.desk import FRENCH, JAPANESE, of
from tests.publishing.parallel_books import declaration
from tests.support.workspace import REPOSITORY

DAY = datetime.date(2024, 11, 20)
TEXTS = {"fr": FRENCH, "ja": JAPANESE}


def by(whole: Dossier, key: str, language: str, name: str) -> Confirmation:
    texts = {tag: prints[key] for tag, prints in whole.prints.items()}
    return Confirmation(key, language, name, DAY, texts)


def all_confirmed() -> str:
    whole = of(TEXTS)
    names = {"fr": "Claire Exemple", "ja": "例 花子"}
    new = [by(whole, key, tag, names[tag]) for key in whole.keys for tag in TEXTS]
    return confirmed("", new, whole.keys)


def agreed(whole: Dossier) -> list[str]:
    return [s.key for s in standings(whole) if s.agreed]


def test_the_file_reads_as_a_list_of_who_said_what() -> None:
    whole = of(TEXTS)
    text = confirmed("", [by(whole, "suivi", "fr", "Claire: « Exemple »")], whole.keys)
    text = confirmed(text, [by(whole, "circuits", "ja", "例 花子")], whole.keys)
    one, two = (whole.prints[tag]["circuits"] for tag in TEXTS)
    three, four = (whole.prints[tag]["suivi"] for tag in TEXTS)
    assert text == (
        "circuits:\n"
        f'  ja: {{by: "例 花子", on: 2024-11-20, texts: {{fr: "{one}", ja: "{two}"}}}}\n'
        "suivi:\n"
        '  fr: {by: "Claire: « Exemple »", on: 2024-11-20, '
        f'texts: {{fr: "{three}", ja: "{four}"}}}}\n'
    )


def test_a_clause_is_agreed_when_every_side_has_said_so() -> None:
    whole = of(TEXTS)
    half = confirmed("", [by(whole, "suivi", "fr", "A")], whole.keys)
    assert agreed(of(TEXTS, half)) == []
    both = confirmed(half, [by(whole, "suivi", "ja", "B")], whole.keys)
    assert agreed(of(TEXTS, both)) == ["suivi"]
    assert blockers(of(TEXTS, all_confirmed())) == []


def test_a_draft_says_which_clauses_wait_and_nothing_of_those_agreed() -> None:
    agreement = all_confirmed()
    now = of(TEXTS | {"ja": JAPANESE.replace("2026年", "2027年")}, agreement)
    rows = tuple(ParallelRow("clause", key, ((), ())) for key in now.keys if key != TITLE)
    book = replace(declaration(), rows=rows)
    sides = tuple(
        replace(side, labels=load_language(REPOSITORY, side.language).labels) for side in book.sides
    )
    draft = marked(replace(book, sides=sides), now)
    waiting = ("En attente de concordance", "要照合")
    assert draft.marks == ()  # of the title
    assert {row.id: row.marks for row in draft.rows if row.marks} == {"suivi": waiting}


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("fr", "2026", "2027"),
        ("ja", "2026年", "2027年"),
        ("fr", "[](#former)", "[](#circuits)"),
        ("ja", "## フォローアップ", "## 実施状況"),
    ],
)
def test_whatever_changes_on_either_side_puts_the_clause_back(
    language: str, old: str, new: str
) -> None:
    texts = {**TEXTS, language: TEXTS[language].replace(old, new)}
    whole = of(texts, all_confirmed())
    assert [s.key for s in standings(whole) if not s.agreed] == ["suivi"]
    [found] = blockers(whole)
    assert (found.rule, found.values["id"]) == ("blocked-concordance", "suivi")
    standing = next(s for s in standings(whole) if s.key == "suivi")
    assert [tag for tag in TEXTS if standing.changed(tag)] == [language]


def test_wrapping_and_comments_change_nothing() -> None:
    wrapped = FRENCH.replace("et du préambule", "et du\npréambule").replace(
        "## Suivi {#suivi}\n", "## Suivi {#suivi}\n\n<!-- à relire -->\n"
    )
    assert wrapped != FRENCH
    assert blockers(of({**TEXTS, "fr": wrapped}, all_confirmed())) == []


def test_the_title_is_agreed_like_a_clause() -> None:
    renamed = FRENCH.replace("Déclaration d’essai", "Déclaration d’Essai")
    whole = of({**TEXTS, "fr": renamed}, all_confirmed())
    assert [s.key for s in standings(whole) if not s.agreed] == ["_title"]


@pytest.mark.parametrize(
    "defined", ["[^a]: À Nancy.", "::: encadré\nOui.\n\n[^a]: À Nancy.\n:::", "- x\n\n  [^a]: À Nancy.\n\n- y"]
)  # fmt: skip
def test_a_note_that_is_defined_elsewhere_belongs_to_the_clause_that_cites_it(defined: str) -> None:
    noted = FRENCH.replace("depuis 2008.", "depuis 2008[^a].") + f"\n{defined}\n"
    whole = of({**TEXTS, "fr": noted})
    new = [by(whole, key, tag, "A") for key in whole.keys for tag in TEXTS]
    agreed_then = confirmed("", new, whole.keys)
    moved = of({**TEXTS, "fr": noted.replace("Nancy", "Tours")}, agreed_then)
    assert "histoire" in [s.key for s in standings(moved) if not s.agreed]


def test_a_merge_cannot_put_a_name_under_other_texts() -> None:
    """Each line stands for itself: one side's line with the other side's newer texts."""
    before = confirmed("", [by(of(TEXTS), "suivi", "fr", "A")], ["suivi"])
    texts = {**TEXTS, "ja": JAPANESE.replace("2026", "2027")}
    after = confirmed(before, [by(of(texts), "suivi", "ja", "B")], ["suivi"])
    [standing] = [s for s in standings(of(texts, after)) if s.key == "suivi"]
    assert (list(standing.confirmed), list(standing.lapsed)) == (["ja"], ["fr"])
    assert standing.waiting == ("fr",)


def test_what_people_wrote_in_the_file_stays() -> None:
    whole = of(TEXTS)
    text = "# relu à Nancy\nsuivi:   # à revoir\n  fr:   # demain\n\nancienne:\n  fr: {by: X}\n"
    after = confirmed(text, [by(whole, "suivi", "fr", "A")], whole.keys)
    lines = after.splitlines()
    assert [lines[0], lines[1], *lines[3:]] == [
        "# relu à Nancy", "suivi:   # à revoir", "", "ancienne:", "  fr: {by: X}",
    ]  # fmt: skip
    assert lines[2].startswith('  fr: {by: "A"')
    assert lines[2].endswith("}  # demain")


def test_confirming_again_changes_nothing() -> None:
    whole = of(TEXTS)
    once = all_confirmed()
    names = {"fr": "Claire Exemple", "ja": "例 花子"}
    again = [by(whole, key, tag, names[tag]) for key in whole.keys for tag in TEXTS]
    assert confirmed(once, again, whole.keys) == once


@pytest.mark.parametrize(
    "text",
    [
        "suivi: {fr: {by: X, on: 2024-11-20, texts: {}}}\n",
        "suivi:\n  fr:\n    by: X\n    on: 2024-11-20\n    texts: {}\n",
        "suivi:\n  fr: {by: X,\n    on: 2024-11-20, texts: {}}\n",
        "<<<<<<< HEAD\nsuivi:\n=======\nsuivi:\n>>>>>>> b\n",
        "- suivi\n",
        "suivi: &a\n  fr: *a\n",
        "suivi: !!python/object:os.system {}\n",
    ],
)
def test_what_cannot_be_patched_is_refused_and_left(text: str) -> None:
    with pytest.raises(ActesError):
        confirmed(text, [by(of(TEXTS), "suivi", "fr", "A")], ["suivi"])


@pytest.mark.parametrize(
    "line",
    [
        "  fr: {by: '', on: 2024-11-20, texts: {fr: %s, ja: %s}}",
        "  fr: {by: A, on: hier, texts: {fr: %s, ja: %s}}",
        "  fr: {on: 2024-11-20, texts: {fr: %s, ja: %s}}",
        "  fr: {by: A, on: 2024-11-20, texts: {fr: %s}} #%s",
        "  fr: {by: A, on: 2024-11-20, texts: {fr: %s, ja: %s}, note: oui}",
        "  fr: yes #%s%s",
    ],
)
def test_a_confirmation_that_is_none_counts_for_nothing(line: str) -> None:
    prints = of(TEXTS).prints
    text = "suivi:\n" + line % (prints["fr"]["suivi"], prints["ja"]["suivi"]) + "\n"
    [standing] = [s for s in standings(of(TEXTS, text)) if s.key == "suivi"]
    assert standing.confirmed == {}


def test_a_clause_that_is_gone_is_said_and_its_lines_stay() -> None:
    _, problems = parse("disparue:\n  fr:\n")
    assert problems == []
    assert [p.rule for p in of(TEXTS, "disparue:\n  fr:\n").problems] == ["concordance-unknown"]
