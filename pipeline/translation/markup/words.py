"""Words as Markdown: what an engine says is words, and must be read as nothing else."""

from __future__ import annotations

import re

from pipeline.workspace.characters import visible

_ACTIVE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|\s|\Z)|[`\[\]{]|(?<!\s)[*_~^]|[*_~^](?!\s)|<(?=[A-Za-z/!?])|&(?=#?\w+;)"
)
_BETWEEN = re.compile(r"(?<=[^\W_])_+(?=[^\W_])")
_ENDS = re.compile(r"[\r\n\u2028\u2029]+")


def escaped(words: str) -> str:
    """``words`` as Markdown that is read as them: no emphasis, link, code, HTML, entity, new block.

    Characters that no reader sees are left out; lines are kept, blank ones are not.

    >>> escaped("[a](http://b) *c* 2 * 3 <b> snake_case")
    '\\\\[a\\\\](http://b) \\\\*c\\\\* 2 * 3 \\\\<b> snake_case'
    """
    text = _single_ends(visible(words))
    inside = {place for match in _BETWEEN.finditer(text) for place in range(*match.span())}
    return _ACTIVE.sub(lambda match: match[0] if match.start() in inside else f"\\{match[0]}", text)


def _single_ends(text: str) -> str:
    first, *more = _ENDS.split(text)
    if not more:
        return text
    *middle, last = more
    lines = [first.rstrip(), *(line.strip() for line in middle), last.lstrip()]
    return "\n".join(line for line in lines if line)
