"""Each rule by examples: what agrees, and what does not and under which name it is reported."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.model import WEIGHTS, Facts, Finding, Pair, Side, Weight
from pipeline.checks.rules.registry import findings
from tests.checks.mutation.register import DELEGATIONS
from tests.support.nursery import REPOSITORY

FACTS = Facts(DELEGATIONS, articles=12)


def found(fr: str, ja: str) -> tuple[Finding, ...]:
    return findings(Pair(Side(fr, "fr"), Side(ja, "ja"), FACTS))


FOLDER = Path(__file__).parent
ROW = re.compile(r"(?:= |≠ (?P<rule>\S+) )(?P<fr>.+?) ‖ (?P<ja>.+)", re.DOTALL)


def read_rows() -> dict[str, list[tuple[str, str, str]]]:
    """The cases of ``rows.txt`` by check: rule ("" where both say the same), French, Japanese."""
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for line in (FOLDER / "rows.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            rows[line.removeprefix("## ")] = []
        elif line and not line.startswith("# "):
            match = ROW.fullmatch(line.replace("\\n", "\n"))
            assert match, f"this line is no case: {line}"
            rows[list(rows)[-1]].append((match["rule"] or "", match["fr"], match["ja"]))
    return rows


ROWS = read_rows()
CASES = [case for cases in ROWS.values() for case in cases]


def test_every_check_has_cases_on_both_sides() -> None:
    assert [name.split()[0] for name in ROWS] == [str(number) for number in range(1, 20)]
    for name, cases in ROWS.items():
        assert len([rule for rule, _fr, _ja in cases if not rule]) >= 6, name
        assert len([rule for rule, _fr, _ja in cases if rule]) >= 5, name


@pytest.mark.parametrize(("fr", "ja"), [(fr, ja) for rule, fr, ja in CASES if not rule])
def test_what_says_the_same_raises_nothing(fr: str, ja: str) -> None:
    assert found(fr, ja) == ()
    assert findings(Pair(Side(ja, "ja"), Side(fr, "fr"), FACTS)) == ()


@pytest.mark.parametrize(("rule", "fr", "ja"), [case for case in CASES if case[0]])
def test_what_differs_is_reported_under_its_name_whichever_side_is_first(
    rule: str, fr: str, ja: str
) -> None:
    turned = findings(Pair(Side(ja, "ja"), Side(fr, "fr"), FACTS))
    assert rule in {finding.rule for finding in found(fr, ja)}
    assert rule in {finding.rule for finding in turned}


def test_only_doubtful_rules_are_questions() -> None:
    asked = {rule for rule, _fr, _ja in CASES if rule and WEIGHTS[rule] is Weight.QUESTION}
    assert asked == {
        "check-modality", "check-negation", "check-scope", "check-typography", "check-order",
        "check-name-absent",
    }  # fmt: skip


def test_a_list_is_compared_item_by_item() -> None:
    fr = "- Nantes : 40 %\n- Lyon : 60 %"
    rules = {f.rule for f in found(fr, "- ナント：60％\n- リヨン：40％")}
    assert rules == {"check-order"}
    assert found(fr, "- ナント：40％\n- リヨン：60％") == ()
    assert {f.rule for f in found(fr, "- ナント：40％")} >= {
        "check-structure",
        "check-number-absent",
    }


def test_a_party_that_is_missing_from_the_list_of_signatories() -> None:
    fr = "Signataires :\n\n- Ville de Valombre\n- Ville de Hinatake\n- Région Armoise"
    ja = "署名者：\n\n- ヴァロンブル市\n- 日向岳市\n- アルモワーズ地域圏"
    assert found(fr, ja) == ()
    assert "check-signatories" in {f.rule for f in found(fr, ja.replace("- 日向岳市\n", ""))}


def test_lines_of_both_sides_are_named() -> None:
    (finding,) = found("Un mot.\nIl y a 40 ports.", "一言。\n\n港は41ある。")
    assert (finding.rule, finding.at) == ("check-number", (1, 2))


def test_a_language_without_a_table_is_read_by_its_figures() -> None:
    def rules(de: str, ja: str) -> set[str]:
        return {f.rule for f in findings(Pair(Side(de, "de"), Side(ja, "ja")))}

    assert rules("Die Stadt hat 38.000 Einwohner.", "人口は3万8,000人である。") == set()
    assert rules("Die Stadt hat 38.000 Einwohner.", "人口は3万9,000人である。") == {"check-number"}
    assert rules("Es sind 1,5 Millionen.", "150万人である。") == set()
    assert rules("Es sind 12 Orte.", "14か所である。") == {"check-number"}
    assert rules("Um 9.30 Uhr.", "午前9時30分に。") == {"check-figure"}  # right, for all we know
    assert rules("Am 21. November 2024 kam niemand.", "2024年11月21日には誰も来なかった。") == set()
    assert rules("Am 22. November 2024 kam niemand.", "2024年11月21日には誰も来なかった。")
    assert rules(
        "Alle dreißig Schulen müssen 2 Bäume pflanzen.", "30校全てが木を2本植えなければならない。"
    ) == {
        "check-figure"  # dreißig is not known: it is asked, and blocks nothing
    }


NATURAL = (FOLDER / "mutation" / "written_natural.txt").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize(("fr", "ja"), [tuple(line.split(" ‖ ")) for line in NATURAL])
def test_sentences_as_officials_write_them_raise_nothing(fr: str, ja: str) -> None:
    assert found(fr, ja) == ()


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_is_too_odd_to_be_compared(one: str, other: str) -> None:
    assert isinstance(found(one, other), tuple)


@given(
    st.text(alphabet="un de d'ODD8e第回条年月日時0123456789万億.,%€円-~ \n|*[]()`", max_size=120)
)
def test_a_text_agrees_with_itself(text: str) -> None:
    for language in ("fr", "ja"):
        side = Side(text, language)
        rules = {f.rule for f in findings(Pair(side, side))}
        alone = {"check-era", "check-date-impossible", "check-weekday", "check-sum", "check-person"}
        assert rules <= alone | {"check-typography"}


def test_a_segment_beyond_all_measure_is_said_and_not_read() -> None:
    (finding,) = found("1 " * 20_000, "1")
    assert finding.rule == "check-too-long"


def test_words_that_deny_in_two_ways_are_told_apart_alike_on_any_machine() -> None:
    """« Plafonné » and « pas plus de » share 上限: in what order they are looked for decides."""
    asked = (
        "import sys; from tests.checks.test_each_rule import found; "
        "sys.stdout.write(ascii(found('pas plus de plafonné pas plus de.', '上限、ない、禁止。')))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", asked], cwd=REPOSITORY, check=True, capture_output=True,
            text=True, env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "8")
    }  # fmt: skip
    assert len(said) == 1
