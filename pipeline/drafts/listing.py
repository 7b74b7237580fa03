"""Adding a name to a list of event.yaml, line by line, so that nothing else in it moves."""

from __future__ import annotations

import re

from pipeline.errors import ActesError
from pipeline.workspace import yaml


def with_listed(text: str, key: str, name: str) -> str | None:
    """``text`` with ``name`` at the end of its top-level list ``key``; None where that is not safe.

    >>> with_listed("preliminaries: [a]  # order\\n", "preliminaries", "b")
    'preliminaries: [a, b]  # order\\n'
    >>> with_listed("annexes:\\n  - a\\n\\nid: x\\n", "annexes", "b")
    'annexes:\\n  - a\\n  - b\\n\\nid: x\\n'
    """
    for attempt in (_flow, _block, _absent):
        changed = attempt(text, key, name)
        if changed is not None and _only_adds(text, changed, key, name):
            return changed
    return None


def _flow(text: str, key: str, name: str) -> str | None:
    match = re.search(rf"^{key}:[ \t]*\[([^\[\]#]*?)[\s,]*\]", text, re.MULTILINE)
    if not match:
        return None
    separator = ", " if match[1].strip() else ""
    return f"{text[: match.end(1)]}{separator}{name}{text[match.end(1) :]}"


def _block(text: str, key: str, name: str) -> str | None:
    match = re.search(rf"^{key}:[ \t]*\r?\n(?:([ \t]*- )[^\r\n]*(\r?\n))+", text, re.MULTILINE)
    if not match:
        return None
    return f"{text[: match.end()]}{match[1]}{name}{match[2]}{text[match.end() :]}"


def _absent(text: str, key: str, name: str) -> str | None:
    end = "\r\n" if "\r\n" in text else "\n"
    return f"{text}{'' if text.endswith(end) else end}{key}: [{name}]{end}"


def _only_adds(before: str, after: str, key: str, name: str) -> bool:
    """Whether the YAML says the same as before, and ``name`` in ``key``."""
    try:
        old, new = (yaml.parse(text.removeprefix("\ufeff"), "").value for text in (before, after))
    except ActesError:
        return False
    if not isinstance(old, dict) or not isinstance(new, dict):
        return False
    listed = [*(old.get(key) or ()), name]
    return new == {**old, key: listed}
