"""Reading a file: encodings, line ends, accents, bounds."""

from __future__ import annotations

import pytest

from pipeline.errors import ActesError
from pipeline.texts.source import (
    check_bounds,
    hidden_characters,
    parse_source,
    readable,
)
from pipeline.workspace.characters import compose_accents


def test_decomposed_accents_are_composed_and_ideographs_kept() -> None:
    assert compose_accents("E\u0301cole か\u3099") == "École が"
    assert compose_accents("\ufa19\u793e") == "\ufa19\u793e"  # a compatibility ideograph of a name


def test_lines_do_not_move() -> None:
    body = "a\r\n\rb\nc**「d」**e\n"
    assert readable(body).count("\n") == 4


def test_bad_bytes_are_named_with_their_line() -> None:
    with pytest.raises(ActesError) as caught:
        parse_source("sources/a.fr.md", b"un\ndeux \xe9\n")
    [problem] = caught.value.problems
    assert (problem.rule, str(problem.place)) == ("not-utf8", "sources/a.fr.md:2")


def test_an_open_head_is_an_error() -> None:
    with pytest.raises(ActesError) as caught:
        parse_source("a.fr.md", b"---\ntitle: a\n\ntexte\n")
    assert caught.value.problems[0].rule == "front-matter-open"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n---\ntitle: a\n---\n", 2),
        ("－－－\ntitle: a\n－－－\n", 1),
        ("title: a\nspeakers:\n  - b\n---\n", 1),
        ("Contexte : enjeux\n---\n\nUn.\n", 0),
        ("a: " + "\n    " * 30_000, 0),
    ],
)
def test_a_head_that_is_not_where_it_must_be_is_said(text: str, line: int) -> None:
    try:
        found = (0, parse_source("a.fr.md", text.encode()).front)
    except ActesError as error:
        found = (error.problems[0].place.line, error.problems[0].rule)
    assert found == ((line, "front-matter-lost") if line else (0, None))


@pytest.mark.parametrize("body", ["*" * 200, "> " * 40 + "a", "- " * 40 + "a", "[" * 100])
def test_runs_that_choke_readers_are_refused(body: str) -> None:
    with pytest.raises(ActesError) as caught:
        check_bounds(parse_source("a.fr.md", f"---\ntitle: a\n---\n\n{body}\n".encode()))
    [problem] = caught.value.problems
    assert (problem.rule, problem.place.line) == ("text-too-deep", 5)


def test_hidden_characters_have_a_place() -> None:
    source = parse_source("a.fr.md", "ab\ncd\u202eef\n".encode())
    [problem] = hidden_characters(source)
    assert (problem.rule, problem.place.line, problem.place.column) == ("character-bidi", 2, 3)
    assert problem.values == {"code": "U+202E"}


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> autre\n", 2),
        ("<<<<<<< HEAD\r\nb\r\n=======\r\n>>>>>>> autre\r\n", 1),
        (">>>>>>> une citation au septième degré\n", 0),
        ("<<<<<<< sans fin\n", 0),
        ("<<<<<<<< huit\n>>>>>>>> huit\n", 0),
    ],
)
def test_a_merge_that_nobody_settled_is_named(body: str, line: int) -> None:
    source = parse_source("a.fr.md", body.encode())
    if not line:
        check_bounds(source)
        return
    with pytest.raises(ActesError) as stopped:
        check_bounds(source)
    [problem] = stopped.value.problems
    assert (problem.rule, problem.place.line) == ("merge-conflict", line)
