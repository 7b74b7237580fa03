"""Markdown as rapporteurs write it, and what Actes makes of it.

Each file of `texts/` reads as documentation: why, the language, the input (a text's body), what a
book says of it (as Markdown, typography put right), and the problems that are reported.
``ACTES_GOLDEN=write`` writes the last two; read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from pipeline.errors import Problem, in_order
from pipeline.texts import allow, pandoc
from pipeline.texts.source import parse_source, readable
from pipeline.texts.typeset import typeset

CASES = sorted((Path(__file__).parent / "texts").glob("*.txt"))
_FORM = re.compile(
    r"\A(?P<why>.*?)\n%%% (?P<language>\w+)\n(?P<input>.*?)%%% gives\n(?P<output>.*?)"
    r"%%% reports\n(?P<problems>.*)\Z",
    re.DOTALL,
)
_TYPOGRAPHY = {"fr": "french", "ja": "japanese", "en": "plain"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case: Path) -> None:
    match = _FORM.match(case.read_bytes().decode("utf-8"))
    assert match, f"{case.name} is not of the form described above"
    output, problems = made_of(match["input"], match["language"])
    if os.environ.get("ACTES_GOLDEN") == "write":
        content = (
            f"{match['why']}\n%%% {match['language']}\n{match['input']}%%% gives\n{output}"
            f"%%% reports\n{problems}"
        )
        case.write_bytes(content.encode("utf-8"))
    assert (output, problems) == (match["output"], match["problems"])


def made_of(body: str, language: str) -> tuple[str, str]:
    """The body as Markdown again, after allow-list and typography, and the problems, in English."""
    path = f"sources/theme/text.{language}.md"
    source = parse_source(path, body.encode("utf-8"))
    parsed = pandoc.read_all({path: readable(source.body)})[path]
    if isinstance(parsed, Problem):
        return "", parsed.render("en") + "\n"
    found = allow.clean(parsed.blocks, path).problems
    if found:
        found = allow.clean(pandoc.read_with_positions(readable(source.body)), path).problems
    cleaned = allow.clean(parsed.blocks, path)
    blocks = [node for group in cleaned.blocks for node in group]
    document = pandoc.document(typeset(blocks, _TYPOGRAPHY[language]))
    output = pandoc.write(document, "markdown-smart-simple_tables", ["--wrap=none"])
    problems = "".join(f"{problem.render('en')}\n" for problem in in_order(found))
    return output.decode("utf-8").replace("\u00a0", "⍽").replace("\u202f", "⎵"), problems
