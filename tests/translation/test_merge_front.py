"""Two branches of a text merged: its metadata, value by value."""

from __future__ import annotations

import re

import pytest

from pipeline.texts.metadata import Metadata
from pipeline.translation.fingerprint import fingerprint
from pipeline.workspace.schema import validate
from pipeline.workspace.yaml import parse
from tests.translation.merging import PATH, A, B, C, head, merge, text


def fronts(base: str, ours: str, theirs: str) -> tuple[str, int]:
    result = merge(text(A, base), text(A, ours), text(A, theirs))
    match = re.match(r"---\n(.*?)---\n", result.content.decode(), re.DOTALL)
    assert match is not None
    return match[1], result.conflicts


def said(front: str) -> Metadata:
    metadata, problems = validate(Metadata, parse(front, PATH), {"counterpart": True})
    assert metadata is not None, problems
    return metadata


def test_values_changed_side_by_side() -> None:
    base = head(more="abstract: 要旨\nkeywords:\n  - 水\n  - 森\n")
    one = base.replace("要旨", "概要")
    other = base.replace("- 森", "- 川").replace("title: 市場", "title: 朝市")
    found, conflicts = fronts(base, one, other)
    assert conflicts == 0
    assert found == one.replace("- 森", "- 川").replace("title: 市場", "title: 朝市")


def test_a_value_with_different_words_of_two_persons() -> None:
    base = head()
    found, conflicts = fronts(
        base,
        base.replace("title: 市場", "title: 朝市"),
        base.replace("title: 市場", "title: 青空市場"),
    )
    assert conflicts == 1
    assert "<<<<<<< ours\ntitle: 朝市\n=======\ntitle: 青空市場\n>>>>>>> theirs\n" in found
    for taken, words in (("ours", "朝市"), ("theirs", "青空市場")):
        assert said(resolved(found, taken)).title == words


def resolved(front: str, side: str) -> str:
    """What a person leaves who takes one side of every conflict."""
    pattern = r"<<<<<<< ours\n(.*?)=======\n(.*?)>>>>>>> theirs\n"
    number = 1 if side == "ours" else 2
    return re.sub(pattern, lambda match: match[number], front, flags=re.DOTALL)


def test_a_list_that_grew_on_one_side_and_was_approved_on_the_other() -> None:
    claim = "{{state: {}, source: {}, text: '{}'}}\n"
    water = claim.format("machine", "eau", fingerprint("水"))
    forest = claim.format("machine", "forêt", fingerprint("森"))
    base = head(more="keywords: [水]\n") + f"    keywords.1: {water}"
    grown = head(more="keywords: [森, 水]\n") + f"    keywords.1: {forest}    keywords.2: {water}"
    approved = base.replace(water, water.replace("machine", "reviewed"))
    for one, other in ((grown, approved), (approved, grown)):
        found, conflicts = fronts(base, one, other)
        assert conflicts == 0
        metadata = said(found)
        assert [word.term for word in metadata.keywords] == ["森", "水"]
        assert metadata.translation is not None
        states = {n: c.state for n, c in metadata.translation.fields.items()}
        assert states == {"title": "reviewed", "keywords.1": "machine", "keywords.2": "reviewed"}


def test_readings_speakers_and_orphans_of_both() -> None:
    base = head(more="reading: しじょう\nspeakers:\n  - {name: 楠木葵}\n  - {name: 森林太郎}\n")
    one = base.replace("しじょう", "いちば").replace("{name: 楠木葵}", "{name: 楠木葵, role: 部長}")
    other = base.replace("{name: 森林太郎}", "{name: 森林太郎, reading: もりりんたろう}")
    other += "  orphans:\n    - {source: pont, text: 橋}\n"
    found, conflicts = fronts(base, one, other)
    assert conflicts == 0
    metadata = said(found)
    assert metadata.reading == "いちば"
    assert [(p.name, p.role, p.reading) for p in metadata.speakers] == [
        ("楠木葵", "部長", None), ("森林太郎", None, "もりりんたろう")
    ]  # fmt: skip
    assert metadata.translation is not None
    assert [orphan.text for orphan in metadata.translation.orphans] == ["橋"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("reading: しじょう\n", "reading: いちば\n"),
        ("reading: しじょう\n", ""),
        ("", "reading: いちば\n"),
        (
            "keywords:\n  - {term: 水, reading: すい}\n",
            "keywords:\n  - {term: 水, reading: みず}\n",
        ),
        (
            "rapporteur: {name: 楠木葵, reading: くす}\n",
            "rapporteur: {name: 楠木葵, reading: くすのき}\n",
        ),
        ("rapporteur: {name: 楠木葵, reading: くす}\n", "rapporteur: {name: 楠木葵}\n"),
        ("rapporteur: {name: 楠木葵}\n", "rapporteur: {name: 楠木葵, reading: くすのき}\n"),
        ("authorities: [ville]\n", "authorities: [pref]\n"),
        ("authorities: [ville]\n", ""),
    ],
)
def test_what_stands_beside_a_value_is_taken_from_who_changed_it(before: str, after: str) -> None:
    base, changed = head(more=before), head(more=after)
    other = base.replace("title: 市場", "title: 朝市")
    expected = parse(changed.replace("title: 市場", "title: 朝市"), PATH).value
    for one, two in ((changed, other), (other, changed)):
        found, conflicts = fronts(base, one, two)
        assert conflicts == 0
        assert parse(found, PATH).value == expected


@pytest.mark.parametrize(
    ("before", "mine", "other"),
    [
        ("reading: あ\n", "reading: い\n", "reading: う\n"),
        ("keywords:\n  - {term: 水, reading: あ}\n", "keywords:\n  - {term: 水, reading: い}\n",
         "keywords:\n  - {term: 水, reading: う}\n"),
        ("authorities: [a]\n", "authorities: [b]\n", "authorities: [c]\n"),
    ],
)  # fmt: skip
def test_both_sides_of_what_both_changed_can_be_taken(before: str, mine: str, other: str) -> None:
    found, conflicts = fronts(head(more=before), head(more=mine), head(more=other))
    assert conflicts == 1
    for side, front in (("ours", mine), ("theirs", other)):
        assert parse(resolved(found, side), PATH).value == parse(head(more=front), PATH).value


def test_places_that_wait_for_their_words_stay() -> None:
    base = head(more="keywords:\n  - ''\n  - 水\n")
    found, conflicts = fronts(
        base, base.replace("水", "川"), base.replace("title: 市場", "title: 朝市")
    )
    assert conflicts == 0
    assert [word.term for word in said(found).keywords] == ["", "川"]


def test_an_orphan_that_found_its_place_on_one_side_is_not_brought_back() -> None:
    orphan = "  orphans:\n    - {source: pont, text: 橋}\n"
    base, placed = head() + orphan, head()
    for one, other in ((placed, base), (base.replace("市場\n", "朝市\n"), placed)):
        found, conflicts = fronts(base, one, other)
        assert conflicts == 0
        assert "橋" not in found


def test_the_digest_of_the_order_is_never_a_conflict() -> None:
    found, conflicts = fronts(
        head(order="0000aaaa"), head(order="0000bbbb"), head(order="0000cccc")
    )
    assert conflicts == 0
    assert "0000bbbb" in found


def test_a_counterpart_that_both_began() -> None:
    result = merge("", text(A + B), text(A + C))
    assert result.conflicts == 0
    assert all(
        words in result.content.decode()
        for words in ("市は買う。", "市場が開く。", "生徒が食べる。")
    )
