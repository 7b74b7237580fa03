"""The table of rules in docs/checks.md is true: every rule, its weight, an example that raises it."""

from __future__ import annotations

import re

import pytest

from pipeline.checks import rates
from pipeline.checks.knowledge import knowledge
from pipeline.checks.model import WEIGHTS, Pair, Side
from pipeline.checks.rules.registry import findings
from pipeline.wording import say
from tests.checks.mutation.register import FACTS
from tests.support.nursery import REPOSITORY

PAGE = (REPOSITORY / "docs/checks.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(check-[a-z-]+)` \| (block|question) \| [^|]+ \| (.+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)
NO_EXAMPLE = "–"  # what an example in a table cannot show, and tests of its own do


def test_the_table_has_every_rule_with_its_weight() -> None:
    assert {rule: weight for rule, weight, _example in ROWS} == dict(WEIGHTS)
    assert len(ROWS) == len(WEIGHTS)


@pytest.mark.parametrize(
    ("rule", "example"), [(rule, shown) for rule, _weight, shown in ROWS if shown != NO_EXAMPLE]
)
def test_its_example_raises_each_rule(rule: str, example: str) -> None:
    one, other = example.replace("\\n", "\n").split(" ‖ ")
    found = findings(Pair(Side(one, "fr"), Side(other, "ja"), FACTS))
    assert rule in {finding.rule for finding in found}


def test_only_what_no_line_can_show_is_without_an_example() -> None:
    without = {rule for rule, _weight, shown in ROWS if shown == NO_EXAMPLE}
    assert without == {"check-clause-absent", "check-figure", "check-length", "check-too-long"}


@pytest.mark.parametrize("rule", WEIGHTS)
def test_each_rule_speaks_three_languages_and_names_both_places(rule: str) -> None:
    values = {"one": "UN", "other": "DEUX", "beside": "b.md:7", "code": "3fa91c02"}
    said = {say(rule, language, **values) for language in ("fr", "ja", "en")}
    assert len(said) == 3
    for words in said:
        assert all(value in words for value in values.values()), words


@pytest.mark.parametrize("language", ["fr", "ja"])
def test_words_that_are_looked_for_in_small_letters_are_written_in_them(language: str) -> None:
    known = knowledge(language)
    patterns = [p for bound in known.bounds.values() for p in (bound.before, bound.after)]
    patterns += [p for p in known._hints.values() if not p.flags & re.IGNORECASE]
    patterns += [p for form in rates._forms(language) for p in (form.head, form.tail)]
    patterns += [unit.pattern for unit in rates._each(language)]
    for pattern in patterns:
        plain = re.sub(r"\\.|\(\?-i:[^)]*\)|\[[^\]]*\]", "", pattern.pattern)
        assert plain == plain.lower(), re.findall("[A-ZÀ-Ý]+", plain)
