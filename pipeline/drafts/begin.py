"""`actes init`: a new, empty, valid workspace for any event in any languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import files
from pipeline.drafts import placeholders
from pipeline.drafts.skeleton import FALLBACK, Skeletons, block, comment_keys, fill, flow, scalar
from pipeline.drafts.wishes import Beginning, Wishes, granted, slug_of
from pipeline.errors import ActesError, Exit, Place, Problem
from pipeline.workspace.languages import (
    LanguageTable,
    known_languages,
    load_language,
    program_templates,
)
from pipeline.workspace.layout import ANNEXES, DECLARATION, PRELIMINARIES
from pipeline.workspace.paths import DELEGATIONS, EVENT, GLOSSARY

COLOURS = ("#8a4b12", "#7a2248", "#1f5c3f", "#1f4e79", "#5b3a7a", "#4a5a1f")
# What may already stand in the folder of a new workspace: it was not put there by its organiser.
_HARMLESS = frozenset({".git", ".DS_Store", "Thumbs.db", "desktop.ini"})
_THEMES = ("theme-1",)
_UNKNOWN_TABLE = "language-no-table"


@dataclass(frozen=True)
class Begun:
    """A new workspace: its folder, its files, the language tables that are to be translated."""

    folder: Path
    files: tuple[str, ...]
    tables: tuple[str, ...]
    themes: tuple[str, ...]
    languages: tuple[str, ...]


def begin(folder: Path, wishes: Wishes, with_table: bool = False) -> Begun:
    """Make a workspace in ``folder``.

    Raises ActesError with everything that is wrong: ``folder-not-empty`` (exit code 4), or rules of
    `wishes` (2). Nothing is written then. ``event.yaml``, which makes a folder a workspace, is
    written last.
    """
    folder = folder.absolute()
    skeletons = Skeletons(folder)
    known = known_languages(folder)
    if not wishes.languages:
        wishes = Wishes(skeletons.default_languages(), wishes.titles, wishes.themes,
                        wishes.start, wishes.end)  # fmt: skip
    beginning, problems = granted(wishes, known)
    if with_table:
        problems = [p for p in problems if p.rule not in (_UNKNOWN_TABLE, "language-table-option")]
    occupied = _occupied(folder)
    if problems or occupied:
        raise ActesError([*occupied, *problems], Exit.REFUSED if occupied else Exit.USAGE)
    new = tuple(tag for tag in beginning.languages if tag not in known)
    content = contents(beginning, slug_of(folder.name) or "event", skeletons, new)
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted(content, key=lambda name: (name == EVENT, name)):
        files.write_text(folder, folder / name, content[name])
    themes = beginning.themes or _THEMES
    return Begun(folder, tuple(sorted(content)), new, themes, beginning.languages)


def _occupied(folder: Path) -> list[Problem]:
    if folder.is_symlink() or folder.exists():
        if not folder.is_dir():
            return [Problem("folder-not-folder", Place(folder.as_posix()))]
        there = sorted(e.name for e in folder.iterdir() if e.name not in _HARMLESS)
        if there:
            values = {"name": there[0], "count": len(there)}
            return [Problem("folder-not-empty", Place(folder.as_posix()), values)]
    return []


def contents(
    beginning: Beginning, identifier: str, skeletons: Skeletons, new_tables: tuple[str, ...] = ()
) -> Mapping[str, str]:
    """The files of a new workspace by path; ``new_tables`` are languages without a table."""
    languages = beginning.languages
    tables = {
        tag: load_language(skeletons.root, FALLBACK if tag in new_tables else tag)
        for tag in languages
    }
    words = {tag: skeletons.words(tag) for tag in languages}
    themes = beginning.themes or _THEMES
    titles = [
        {
            tag: _bracketed(table.label("part", number=number), words[tag])
            for tag, table in tables.items()
        }
        for number, _theme in enumerate(themes, 1)
    ]
    made = {
        ".gitignore": "/build/\n",
        EVENT: _event(
            beginning, identifier, skeletons, words, dict(zip(themes, titles, strict=True))
        ),
        DELEGATIONS: _commented("delegations.yaml", skeletons, words),
        GLOSSARY: _commented("glossary.yaml", skeletons, words),
        **{
            f"sources/{folder}/.gitkeep": ""
            for folder in (PRELIMINARIES, *themes, ANNEXES, "memory")
        },
    }
    for tag in languages:
        path = f"sources/{DECLARATION}/{DECLARATION}.{tag}.md"
        made[path] = _declaration(tag, tables[tag], words[tag], themes, titles, skeletons)
    for tag in new_tables:
        made[f"templates/languages/{tag}.toml"] = _table(tag, skeletons, languages)
    return made


def _bracketed(label: str, words: Mapping[str, str]) -> str:
    """A label between the brackets of its language: a placeholder."""
    return f"{words['term'][0]}{label}{words['term'][-1]}"


def _each(words: Mapping[str, Mapping[str, str]], key: str) -> dict[str, str]:
    return {tag: of[key] for tag, of in words.items()}


def _comments(skeletons: Skeletons, name: str, languages: tuple[str, ...]) -> dict[str, list[str]]:
    keys = comment_keys(skeletons.text(name))
    return {key: skeletons.guidance(key, languages) for key in keys}


def _event(
    beginning: Beginning,
    identifier: str,
    skeletons: Skeletons,
    words: Mapping[str, Mapping[str, str]],
    themes: Mapping[str, Mapping[str, str]],
) -> str:
    start, end = (day or placeholders.DATE for day in (beginning.start, beginning.end))
    lines = []
    for number, (theme, title) in enumerate(themes.items()):
        colour = COLOURS[number % len(COLOURS)]
        lines += [f"  - id: {scalar(theme)}", f"    title: {flow(title)}",
                  f'    colour: "{colour}"', "    subjects: []"]  # fmt: skip
    values = {
        "id": scalar(identifier),
        "languages": ", ".join(scalar(tag) for tag in beginning.languages),
        "title": block(_each(words, "event-title") | dict(beginning.titles)),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "published": placeholders.DATE.isoformat(),
        "themes": "\n".join(lines),
        **{key: flow(_each(words, key)) for key in ("place", "organiser", "room", "subject")},
    }
    comments = _comments(skeletons, "event.yaml", beginning.languages)
    return fill(skeletons.text("event.yaml"), values, comments)


def _commented(name: str, skeletons: Skeletons, words: Mapping[str, Mapping[str, str]]) -> str:
    """A register or glossary with nothing in it but an example in comments."""
    forms = [f"#     {tag}: {{term: {scalar(of['term'])}}}" for tag, of in words.items()]
    values = {key: flow(_each(words, key)) for key in ("authority", "member", "role")}
    comments = _comments(skeletons, name, tuple(words))
    return fill(skeletons.text(name), {**values, "forms": "\n".join(forms)}, comments)


def _declaration(
    tag: str,
    table: LanguageTable,
    words: Mapping[str, str],
    themes: tuple[str, ...],
    titles: list[dict[str, str]],
    skeletons: Skeletons,
) -> str:
    """A declaration: preamble, a section a theme, an end; the same ids in each language."""
    sections = [
        f"# {title[tag]} {{#theme-{theme}}}\n\n"
        f"## {words['commitments']} {{#commitments-{theme}}}\n\n{words['commitments-text']}"
        for theme, title in zip(themes, titles, strict=True)
    ]
    guidance = "\n".join(["<!--", *skeletons.guidance("declaration-head", [tag]), "-->"])
    values = {
        "title": scalar(table.label("declaration")),
        "guidance": guidance,
        "themes": "\n\n".join(sections),
        **{key.replace("-", "_"): value for key, value in words.items() if key != "title"},
    }
    return fill(skeletons.text("declaration.md"), values)


def _table(tag: str, skeletons: Skeletons, languages: tuple[str, ...]) -> str:
    """The English language table under the name of another language, marked as to be translated."""
    text = (program_templates() / "languages" / f"{FALLBACK}.toml").read_text(encoding="utf-8")
    name, locale = _name_and_locale(tag)
    text = re.sub(r"(?m)\A(?:#.*\n)+", "", text)
    text = re.sub(r"(?m)^name = .*$", lambda _: f'name = "{name}"', text, count=1)
    if locale:
        text = re.sub(r"(?m)^locale = .*$", lambda _: f'locale = "{locale}"', text, count=1)
    head = skeletons.guidance("table-head", languages)
    return "".join(f"# {line}\n" for line in head) + text


def _name_and_locale(tag: str) -> tuple[str, str]:
    """A language's name for itself and its locale, from CLDR; the bare tag where it has none."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag, ""
    return locale.get_display_name() or tag, str(locale)
