"""What one would do without Actes: one merged file a language, through plain pandoc and Typst."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.publishing import fonts
from pipeline.texts.dialect import FORMAT
from pipeline.texts.pandoc import executable
from pipeline.workspace.languages import load_language, program_templates
from tests.benchmarks.generator import CITIES, LANGUAGES, THEMES, Summary
from tests.benchmarks.measure import NOTHING, Run, run

_COMPILE = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], "
    "font_paths=sys.argv[3:], ignore_system_fonts=True)"
)


@dataclass(frozen=True)
class Plain:
    """What each tool took for all languages, one after the other."""

    word: Run
    markup: Run
    pages: Run

    @property
    def whole(self) -> Run:
        """Everything, one after the other."""
        return self.word.then(self.markup).then(self.pages)


def merged(summaries: Iterable[Summary], language: str) -> str:
    """All summaries of a language in one Markdown file: themes, heads, bodies, notes made unique."""
    by_theme: dict[str, list[Summary]] = {theme: [] for theme in THEMES}
    for summary in summaries:
        by_theme[summary.theme].append(summary)
    parts: list[str] = []
    for theme, found in by_theme.items():
        parts.append(f"# {THEMES[theme][language]}")
        for summary in found:
            parts += _summary(summary, language)
    return "\n\n".join([*parts, ""])


def _summary(summary: Summary, language: str) -> Iterable[str]:
    """Headings one level further down, as in the proceedings."""
    yield f"## {summary.fields['title'][language]}"
    yield "\n".join(f"- {line}" for line in _head(summary, language))
    yield summary.fields["abstract"][language]
    for segment in summary.segments:
        text = segment[language].replace("[^1]", f"[^{summary.number}]")
        yield f"#{text}" if text.startswith("#") else text


def _head(summary: Summary, language: str) -> Iterable[str]:
    words = {name: value[language] for name, value in summary.fields.items()}
    yield ", ".join(CITIES[city][0][language] for city in summary.cities)
    for place in ("speakers.1", "speakers.2", "rapporteur"):
        yield f"{words[f'{place}.name']}, {words[f'{place}.role']}"
    yield ", ".join(words[f"keywords.{number}"] for number in (1, 2, 3))


def measure(summaries: Sequence[Summary], folder: Path) -> Plain:
    """Make the Word file and the PDF of each language, one after the other."""
    word, markup, pages = NOTHING, NOTHING, NOTHING
    for language in LANGUAGES:
        source = folder / f"merged.{language}.md"
        source.write_text(merged(summaries, language), encoding="utf-8")
        word = word.then(run(_pandoc(source, "docx", language, _word_options()), folder))
        body = load_language(folder, language).fonts.body
        stack = ", ".join(f'"{name}"' for name in body)
        header = folder / f"fonts.{language}.typ"
        header.write_text(f"#set text(font: ({stack},))\n", encoding="utf-8")
        options = [f"--include-in-header={header}", "--variable=papersize:a4"]
        markup = markup.then(run(_pandoc(source, "typst", language, options), folder))
        document, result = source.with_suffix(".typst"), source.with_suffix(".pdf")
        command = [sys.executable, "-c", _COMPILE, str(document), str(result)]
        pages = pages.then(run([*command, *map(str, fonts.folders())], folder))
    return Plain(word, markup, pages)


def _word_options() -> list[str]:
    return [f"--reference-doc={program_templates() / 'reference.docx'}"]


def _pandoc(source: Path, form: str, language: str, options: Sequence[str]) -> list[str]:
    output = source.with_suffix(f".{form}")
    return [
        executable(), str(source), f"--from={FORMAT}+east_asian_line_breaks", f"--to={form}", "--standalone", "--toc",
        f"--metadata=lang:{language}", *options, f"--output={output}",
    ]  # fmt: skip
