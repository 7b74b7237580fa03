"""The metadata of a counterpart follows its original's; a person's words are never lost.

Each file of `golden/front/` reads as documentation: why, the original's metadata, the machine's
proposals, the counterpart's metadata, and what becomes of it. ``@[words]`` stands for the
fingerprint of the words, ``@[these|those]`` for those of both. ``ACTES_GOLDEN=write`` writes the last part; read the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pipeline.errors import ActesError
from pipeline.texts.metadata import FieldState, Metadata, read_metadata
from pipeline.texts.source import parse_source
from pipeline.translation.fields import field_states
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.front.update import renewed, wanted
from pipeline.translation.marker import State
from pipeline.workspace.layout import Kind
from pipeline.workspace.load import Workspace
from pipeline.workspace.yaml import parse
from tests.support.workspace import actes, docx_text, make_workspace, squeezed, summary

CASES = sorted((Path(__file__).parent.parent / "golden/front").glob("*.txt"))
_FORM = re.compile(
    r"\A(?P<why>.*?)\n%%% original\n(?P<original>.*?)%%% proposals\n(?P<proposals>.*?)"
    r"%%% counterpart\n(?P<counterpart>.*?)%%% gives\n(?P<result>.*)\Z",
    re.DOTALL,
)
_MARK = re.compile(r"@\[([^\]]*)\]")
_HEX = re.compile(r'"([0-9a-f]{8}(?: [0-9a-f]{8})?)"')
ORDER = "0000abcd"
WORKSPACE = Workspace(Path(), cast("Any", SimpleNamespace(themes=())), {}, ())
PATH = "sources/eco/m.ja.md"


def read(front: str | None) -> Metadata | None:
    """The metadata of a counterpart, as every command reads it."""
    if front is None:
        return None
    metadata, _document, problems = read_metadata(PATH, front, Kind.SUMMARY, WORKSPACE)
    assert metadata is not None, [problem.render() for problem in problems]
    return metadata


def original(yaml: str) -> Metadata:
    return Metadata.model_validate(parse(yaml, "sources/eco/m.fr.md").value)


def update(
    front: str | None, source: Metadata, proposals: dict[str, str], order: str = ORDER
) -> str:
    return renewed(front, "m.fr.md", source, read(front), proposals, order, PATH)


def _marks(match: re.Match[str]) -> str:
    return f'"{" ".join(fingerprint(words) for words in match[1].split("|"))}"'


def _claims(front: str) -> Iterable[FieldState]:
    there = read(front)
    return there.translation.fields.values() if there and there.translation else ()


# -- as documentation ---------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case: Path, newline: str) -> None:
    match = _FORM.match(case.read_text(encoding="utf-8"))
    assert match, f"{case.name} is not of the form described above"
    front = _MARK.sub(_marks, match["counterpart"]) or None
    front = front.replace("\n", newline) if front else None
    proposals = cast("dict[str, str]", parse(match["proposals"], "proposals").value or {})
    source = original(match["original"])
    result = update(front, source, proposals)
    assert result.count("\n") == result.count(newline) or front is None
    words = [word for found in _MARK.findall(match["counterpart"]) for word in found.split("|")]
    words += [words for claim in _claims(result) for words in (claim.source, claim.now) if words]
    known = {fingerprint(word): word for word in words if "\n" not in word}
    shown = _HEX.sub(
        lambda m: (
            f"@[{'|'.join(known[mark] for mark in m[1].split())}]"
            if known.keys() >= set(m[1].split())
            else m[0]
        ),
        result.replace("\r\n", "\n"),
    )
    if os.environ.get("ACTES_GOLDEN") == "write":
        case.write_text(case.read_text(encoding="utf-8")[: match.start("result")] + shown)
    assert shown == match["result"]
    assert update(result, source, {}) == result


# -- what is asked of an engine -----------------------------------------------------------------

COUNTERPART = f"""\
title: 水
translation:
  of: m.fr.md
  order: "{ORDER}"
  fields:
    title: {{state: reviewed, source: Eau, text: "{fingerprint("水")}"}}
    keywords.1: {{state: machine, source: sol, text: "{fingerprint("土")}"}}
    keywords.2: {{state: machine, source: forêt, text: "{fingerprint("森")}"}}
    keywords.3: {{state: missing, source: santé}}
  orphans: [{{source: air, text: 空気}}]
keywords: [土, もり, ""]
"""


def test_only_what_a_proposal_would_serve_is_asked_for() -> None:
    source = original("title: Eau\nkeywords: [sol, forêt, santé]")
    assert wanted(source, None) == {
        "title": "Eau", "keywords.1": "sol", "keywords.2": "forêt", "keywords.3": "santé",
    }  # fmt: skip
    there = read(COUNTERPART)
    assert wanted(source, there) == {"keywords.3": "santé"}
    assert wanted(source, there, retranslate=True) == {"keywords.1": "sol", "keywords.3": "santé"}
    changed = original("title: Eaux\nkeywords: [sols, forêts, santé, air]")
    assert wanted(changed, there) == {
        "title": "Eaux", "keywords.1": "sols", "keywords.2": "forêts", "keywords.3": "santé",
    }  # fmt: skip


def test_what_was_proposed_is_not_asked_for_again() -> None:
    source = original("title: Eaux\nkeywords: [sols, forêts]")
    proposals = {name: f"訳{name}" for name in wanted(source, read(COUNTERPART))}
    assert wanted(source, read(update(COUNTERPART, source, proposals))) == {}


def test_white_space_in_the_original_changes_nothing() -> None:
    source = original('title: "Eau "\nkeywords: ["sol\u00a0", " forêt", santé]')
    settled = update(COUNTERPART, original("title: Eau\nkeywords: [sol, forêt, santé]"), {})
    assert update(settled, source, {}) is settled


def test_a_machines_word_is_replaced_when_a_new_one_is_given() -> None:
    source = original("title: Eau\nkeywords: [sol, forêt, santé]")
    result = read(
        update(COUNTERPART, source, {"title": "別", "keywords.1": "土壌", "keywords.2": "別"})
    )
    assert result is not None
    assert result.title == "水"
    assert [keyword.term for keyword in result.keywords] == ["土壌", "もり", ""]


def test_the_states_are_those_of_the_fields() -> None:
    source = original("title: Eaux\nkeywords: [sol, forêt, santé]")
    result = read(update(COUNTERPART, source, {}))
    assert result is not None
    assert field_states(source, result) == {
        "title": State.STALE,
        "keywords.1": State.MACHINE,
        "keywords.2": State.EDITED,
        "keywords.3": State.MISSING,
    }


def test_a_persons_own_order_of_a_list_does_not_mix_up_what_is_said_of_it() -> None:
    source = original("title: Eau\nkeywords: [sol, forêt]")
    first = update(None, source, {"title": "水", "keywords.1": "土", "keywords.2": "森"})
    swapped = first.replace("  - 土\n  - 森\n", "  - 森\n  - 土\n")
    result = read(update(swapped, source, {}))
    assert result is not None
    assert [keyword.term for keyword in result.keywords] == ["土", "森"]
    assert set(field_states(source, result).values()) == {State.MACHINE}


def test_an_item_that_a_person_took_away_is_missing() -> None:
    source = original("title: Eau\nkeywords: [sol, forêt, santé]")
    first = update(
        None, source, {"title": "水", "keywords.1": "土", "keywords.2": "森", "keywords.3": "保健"}
    )
    result = read(update(first.replace("  - 土\n", ""), source, {}))
    assert result is not None
    assert [keyword.term for keyword in result.keywords] == ["", "森", "保健"]
    assert field_states(source, result)["keywords.2"] == State.MACHINE


@pytest.mark.parametrize("field", ["note: à voir avec Aoi", "reading: つち"])
def test_a_machines_word_that_leaves_takes_nothing_of_a_person_along(field: str) -> None:
    key, words = field.split(": ")
    front = COUNTERPART.replace(
        "[土,", "[{term: 土, reading: つち}," if key == "reading" else "[土,"
    )
    if key == "note":
        front = front.replace("source: sol,", f"source: sol, note: {words},")
    result = update(front, original("title: Eau\nkeywords: [forêt, santé]"), {})
    assert f"    - {{source: sol, text: 土, {key}: {words}}}\n" in result
    back = read(
        update(result, original("title: Eau\nkeywords: [forêt, sol, santé]"), {"keywords.2": "別"})
    )
    assert back is not None
    assert back.keywords[1].term == "土"
    assert back.translation is not None
    assert (back.keywords[1].reading, back.translation.fields["keywords.2"].note) == (
        (words, None) if key == "reading" else (None, words)
    )


def test_values_that_say_the_same_each_have_their_translation() -> None:
    source = original("title: Eau\nkeywords: [sol, sol]")
    first = update(None, source, {"title": "水", "keywords.1": "土", "keywords.2": "土壌"})
    edited = first.replace("  - 土\n", "  - 大地\n")
    result = read(update(edited, original("title: Eau\nkeywords: [air, sol, sol]"), {}))
    assert result is not None
    assert [keyword.term for keyword in result.keywords] == ["", "大地", "土壌"]


# -- places that are kept -----------------------------------------------------------------------


@pytest.mark.parametrize("yaml", ['title: ""', "title:", "title: 題\nkeywords: [a, '']",
                                  "title: 題\nrapporteur: {name: }"])  # fmt: skip
def test_only_a_counterpart_may_leave_a_place_empty(yaml: str) -> None:
    assert read(f"{yaml}\ntranslation: {{of: m.fr.md}}\n")
    metadata, _document, problems = read_metadata(
        "sources/eco/m.ja.md", f"{yaml}\n", Kind.ANNEX, WORKSPACE
    )
    assert metadata is None
    assert {problem.rule for problem in problems} <= {"value-empty", "expected-text"}


# -- what cannot be done ------------------------------------------------------------------------


def refused(front: str, source: Metadata, proposals: dict[str, str] | None = None) -> str:
    with pytest.raises(ActesError) as caught:
        update(front, source, proposals or {})
    return caught.value.problems[0].render("en")


def test_a_layout_that_cannot_be_kept_is_refused() -> None:
    said = refused("{title: 水, translation: {of: m.fr.md}}", original("title: Eau"))
    assert "sources/eco/m.ja.md:1: “title” in the head of the file cannot be updated" in said


def test_a_head_that_would_be_too_large_is_refused() -> None:
    long = "x" * 19_000
    front = update(
        None, original(f"title: Eau\nabstract: {long}"), {"title": "水", "abstract": long}
    )
    front = front.replace("\nabstract: x", "\nabstract: y")
    said = refused(front, original(f"title: Eau\nabstract: y{long}"), {"abstract": long})
    assert "would be larger than 64 KB" in said


@pytest.mark.parametrize(
    "hostile", ["\x00\x1b[2J", "a" + "\u0301" * 40, "\u202e", " \n ", "x" * 20_001]
)
def test_a_proposal_that_yaml_cannot_hold_is_none_or_cleaned(hostile: str) -> None:
    result = read(update(None, original("title: Eau"), {"title": hostile}))
    assert result is not None
    assert result.title in ("", "[2J")


@pytest.mark.parametrize("words", [
    "a: b", "#1", "- x", "[a]", "{b}", "l'eau", '"x"', "\\n", "yes", "null", "012", "2024-05-01", "*a", "&a", "!x",
    "a #b", "x:", "---", "...", "a\n\nb", "a\n  b\n c", "题：目", "a\u2028b", "a\u3000b", "% x", "@x", "`x`", "~",
    "a, b", "é\u0301", "𝄞", "😀", "a\n---\nb", "1e5", "12345678", "|", "> a", "? a", "a\n# b",
])  # fmt: skip
def test_any_words_can_stand_anywhere(words: str) -> None:
    source = Metadata.model_validate({
        "title": words, "keywords": [words], "abstract": words,
        "speakers": [{"name": words, "role": words}], "rapporteur": {"name": words},
    })  # fmt: skip
    names = wanted(source, None)
    front = update(None, source, dict.fromkeys(names, words))
    text = parse_source(PATH, f"---\n{front}---\n\nCorps.\n".encode())
    assert text.front == front
    there = read(front)
    assert there is not None
    assert set(field_states(source, there).values()) == {State.MACHINE}
    stale = update(front, source, dict.fromkeys(names, f"{words}!"))
    changed = source.model_copy(update={"title": f"{words} ?", "abstract": f"{words} ?"})
    again = read(
        update(
            stale.replace("state: machine", "state: edited"), changed, dict.fromkeys(names, words)
        )
    )
    assert again is not None
    assert again.title == f"{there.title}!"


def test_a_draft_says_where_a_translation_is_awaited(tmp_path: Path) -> None:
    more = {
        "keywords": "[eau, sol]",
        "speakers": "[{name: Aline Modèle, role: maire}, {name: Bruno}]",
    }
    text = summary("Marché", "Un.", **more)
    front = update(
        None, original(text.split("---\n")[1]), {"keywords.2": "土", "speakers.2.name": "ブルーノ"}
    )
    root = make_workspace(
        tmp_path,
        texts={"eco/m.fr.md": text, "eco/m.ja.md": f"---\n{front}---\n\n一。\n"},
        formats=["docx"],
    )
    done = actes(root, "build", "proceedings-ja", "--draft")
    assert done.code == 0, done.err
    printed = squeezed(docx_text(root / "build/proceedings-ja.docx"))
    assert "この箇所は未訳である" in printed
    assert "題名、キーワード、発表者、報告者" in printed
    assert "Aline" not in printed
    final = actes(root, "build", "proceedings-ja", "--final")
    assert final.code == 4
    assert "title" in final.err
