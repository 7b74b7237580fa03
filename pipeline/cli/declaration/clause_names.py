"""What a clause is called: the title and the closing formula have no id that says it."""

from __future__ import annotations

from pipeline.wording import say


def named(key: str) -> str:
    """A clause by its id; what has none of its own by what it is."""
    from pipeline.declaration.fingerprints import CLOSING, TITLE

    name = {TITLE: "clause-title", CLOSING: "clause-closing"}.get(key)
    return say(name) if name else key


def typed(key: str) -> str:
    """A clause by the id that a person types, and what it is where the id does not say."""
    return key if named(key) == key else f"{key} ({named(key)})"
