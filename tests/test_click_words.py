"""What click says is said in the language of the interface, and nothing of it is forgotten."""

from __future__ import annotations

import ast
import contextlib
import inspect
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click import core, decorators, exceptions, formatting, parser, types

from pipeline.cli.main import COMMANDS, main
from pipeline.cli.main import actes as group
from tests.support.launch import environment
from tests.support.nursery import REPOSITORY
from tests.support.workspace import actes

WORDS = tomllib.loads((REPOSITORY / "pipeline/cli/click.toml").read_text(encoding="utf-8"))
# What only a programmer's mistake, a prompt or a type that no command has brings up.
UNHEARD = {
    "Aborted!", "Do you want to continue?", "Confirm the action without prompting.",
    "Value must be an iterable.", "Name '{name}' defined twice",
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead?"
    " Did you mean to pass '--{name}'?",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Invalid start character for option ({option})", "{value!r} is not a valid UUID.",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
}  # fmt: skip


def said() -> Iterator[str]:
    """Every sentence that click passes through gettext where commands and their errors are made."""
    for module in (core, decorators, exceptions, formatting, parser, types):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                count = {"_": 1, "ngettext": 2}.get(node.func.id, 0)
                for argument in node.args[:count]:
                    if isinstance(argument, ast.Constant):
                        yield str(argument.value)


def test_every_sentence_of_click_is_there() -> None:
    assert set(said()) - UNHEARD <= set(WORDS)


@pytest.mark.parametrize("words", WORDS)
def test_a_sentence_keeps_its_fields(words: str) -> None:
    for language in ("fr", "ja"):
        assert fields(WORDS[words][language]) <= fields(words)
        assert (WORDS[words][language].count("%(") == words.count("%(")) == 1 or "%(" not in words


def fields(words: str) -> set[tuple[str, str | None]]:
    return {(name, how) for _text, name, _form, how in string.Formatter().parse(words) if name}


@pytest.mark.parametrize(("language", "arguments", "expected"), [
    ("fr", ("new",), "Erreur : Il manque l’argument 'THÈME'."),
    ("ja", ("new",), "エラー：引数が足りない 'テーマ'."),
    ("fr", ("bild",), "Erreur : La commande 'bild' n’existe pas."),
    ("ja", ("build", "--finl"), "エラー：'--finl'というオプションはない。 '--final'のことか。"),
    ("fr", ("translate", "--limit", "-1"), "Valeur impossible pour '--limit' : -1 est hors de l’intervalle x>=0."),
    ("fr", ("translate", "--limit", "x"), "'x' n’est pas un nombre qui convienne."),
    ("ja", ("exchange", "export", "--to", "doc"), "'doc'は'docx'"),
    ("fr", ("status", "-C", "nulle-part"), "Dossier 'nulle-part' introuvable."),
    ("en", ("bild",), "Error: No such command 'bild'."),
])  # fmt: skip
def test_a_wrong_command_line_is_explained(
    tmp_path: Path, language: str, arguments: tuple[str, ...], expected: str
) -> None:
    told = actes(tmp_path, *arguments, ACTES_LANG=language)
    assert told.code == 2
    assert expected in told.err


HELP = {
    "fr": """\
Utilisation : actes translate [OPTIONS] [CHEMIN]...
…
Options :
  --to LANGUE              traduire seulement vers cette langue
…
  --limit NOMBRE           n’envoyer pas plus que ce nombre de caractères
                           [x>=0]
…
  -h, --help               Affiche cette aide.
""",
    "ja": """\
使い方： actes translate [オプション] [パス]...
…
オプション：
  --to 言語                   この言語への翻訳だけを行う
  --engine エンジン           使用する翻訳エンジン。event.yamlで指定したもの、
                              または何も送信しないmemoryかargos
…
  -h, --help                  この説明を表示する。
""",
}


@pytest.mark.parametrize("language", HELP)
def test_a_help_page_is_in_one_language_and_its_columns_are_even(
    tmp_path: Path, language: str
) -> None:
    shown = actes(tmp_path, "translate", "--help", ACTES_LANG=language).out
    at = 0
    for part in HELP[language].split("…\n"):
        at = shown.index(part, at)


@pytest.mark.parametrize("language", ["fr", "ja"])
def test_no_help_page_speaks_english(language: str) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", "from tests.test_click_words import pages; pages()"],
        cwd=REPOSITORY, env=environment(ACTES_LANG=language), check=True, capture_output=True,
    ).stdout.decode()  # fmt: skip
    assert shown.count("--help") >= len(COMMANDS)
    for words in (
        "Usage",
        "Options:",
        "Commands",
        "Show ",
        "DIRECTORY",
        "INTEGER",
        " FILE",
        "TEXT ",
    ):
        assert words not in shown


def pages() -> None:
    """Print the help of every command, in one process."""
    for command in commands():
        with contextlib.suppress(SystemExit):
            main([*command, "--help"])


def commands() -> Iterator[tuple[str, ...]]:
    """The names of all commands, with those that are below another."""
    context = click.Context(group)
    for name in COMMANDS:
        yield (name,)
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from ((name, below) for below in command.list_commands(context))
