"""The HTML of the page, from templates that escape whatever they are given."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from pipeline.wording import say
from pipeline.workspace.languages import program_templates

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = "review"
_SHORTCUTS = (
    (("n",), "page-next"),
    (("j", "k"), "page-key-step"),
    (("a",), "page-approve"),
    (("p",), "page-accept"),
    (("m",), "page-keep"),
    (("e",), "page-key-edit"),
    (("Ctrl+⏎",), "page-save"),
    (("Ctrl+Shift+⏎",), "page-save-approve"),
    (("Esc",), "page-cancel"),
    (("c",), "page-leave-note"),
    (("A",), "page-approve-shown"),
    (("u",), "page-undo"),
    (("/",), "page-search"),
    (("f",), "page-key-filters"),
    (("?",), "page-key-help"),
)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(program_templates() / FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, language: str, **values: Any) -> str:
    """The template ``name`` with ``values``, its sentences in ``language``."""
    return (
        _environment()
        .get_template(name)
        .render(language=language, say=partial(_said, language), **values)
    )


def shortcuts(language: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The keys and what they do."""
    return tuple((keys, say(key, language)) for keys, key in _SHORTCUTS)


def _said(language: str, key: str, **values: object) -> str:
    return say(key, language, **values)
