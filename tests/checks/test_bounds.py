"""Law 9: no line makes the rules hang, whatever it repeats; one without end is named instead."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from pipeline.checks.model import Pair, Side
from pipeline.checks.rules.registry import LONGEST, MOST_NUMBERS, findings
from pipeline.checks.waivers import waivers
from tests.checks.mutation.register import FACTS
from tests.support.desk import read
from tests.support.nursery import REPOSITORY

UNITS = (
    "1", "0", "1 000 ", "1.000.", "1,000,", "1/", "1 + 1 = ", "1, ", "1~2", "1/1/2020", "10 h ", "1 % ", "1 € ",
    "一", "万", "1万2千3百", "二十", "数", "分の", "割", "合計1", "令和元年(", "1月1日から2日", "(月)", "第8回", "第3条(1)",
    "三隅薫", "薫三隅", "市長", "市", "ヴァ・", "ア", "約", "ない", "全て", "、。", "，", "ず、", "次回",
    "trois ", "quatre-vingt-", "vingt et un et ", "un tiers de ", "des dizaines de ", "21 et le ", "du 1 au 2 ",
    "1 janvier, ", "l’an 1 de l’ère Reiwa (", "ODD 1, ", "ODD 1 et 2 ", "article 3, a) ", "8es ", "XVI ", "X", "Aa ",
    "MISUMI ", "ville de ", "maire ", "ne ", "n’", "se tiendra à ", "Signataires ", "e\u0301", "e", "oe", "« ",
    "(", "[", "[a](", "{", "<!--", "<a ", "`", "`` ` ", "~~~\n", "|-", "| - ", ":-", " ", "\t", " \n", "\n", "> ",
    "*", "_", "^", "\\", "![", "[^1]", "[^1]: ", "[a]: b ", 'alt="', "http://a", "&nbsp;", "- 1\n", "| 1 |\n", "1１",
)  # fmt: skip
SIZE = LONGEST if os.environ.get("ACTES_LONG") else 2_500
SECONDS = 600 if os.environ.get("ACTES_LONG") else 120


def test_no_line_takes_long() -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"from tests.checks import test_bounds; test_bounds.run({SIZE})"],
        cwd=REPOSITORY, check=False, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == str(len(UNITS))


def run(size: int) -> None:
    """All rules on a line of each unit, in both languages; the number of lines is printed."""
    for unit in UNITS:
        line = unit * (size // len(unit))
        findings(Pair(Side(line, "fr"), Side(line, "ja"), FACTS))
    sys.stdout.write(str(len(UNITS)))


@pytest.mark.parametrize(
    "unit", ["1", "1 000 ", "100 ", "100.", "1.", "1,", "一", "一万", "3万", "XVI"]
)
def test_a_number_as_long_as_a_text_may_be_is_compared(unit: str) -> None:
    line = unit * (LONGEST // len(unit))
    findings(Pair(Side(line, "fr"), Side("1", "ja"), FACTS))
    findings(Pair(Side("1", "fr"), Side(line, "ja"), FACTS))


@pytest.mark.parametrize("unit", ["1", "一万", "([{", "1 000 ", "`", "<!-- waive "])
def test_a_megabyte_in_one_line_is_named_and_not_read(unit: str) -> None:
    line = unit * (1024**2 // len(unit))
    started = time.perf_counter()
    for pair in (Pair(Side(line, "fr"), Side("1", "ja")), Pair(Side("1", "fr"), Side(line, "ja"))):
        (finding,) = findings(pair)
        assert finding.rule == "check-too-long"
    assert time.perf_counter() - started < 1


def test_more_numbers_than_are_compared_are_not_passed_over_in_silence() -> None:
    table = "\n".join(f"- {number}" for number in range(10, 10 + MOST_NUMBERS + 1))
    assert len(table) < LONGEST
    (finding,) = findings(Pair(Side(table, "fr"), Side(table, "ja")))
    assert finding.rule == "check-too-long"


def test_a_waiver_as_long_as_a_file_is_read_at_once() -> None:
    started = time.perf_counter()
    (waiver,) = waivers(
        [read(f"---\ntitle: 港\n---\n\n<!-- waive 3fa91c02: a{' ' * 500_000}b -->\n")]
    )
    assert time.perf_counter() - started < 5
    assert waiver.reason == "a b"
