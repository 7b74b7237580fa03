"""What the page hands in, as decisions: nothing of it is believed but what a person may say."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pipeline.review.decisions import Decision
from pipeline.review.items import Seen
from pipeline.review.web.asked import PER_PAGE
from pipeline.review.web.cards import seen_of


def decided(form: Mapping[str, str]) -> Decision | None:
    """The decision of a form; None where it is none.

    A proposal that is accepted and words that are kept are not approved by that: the person says so
    by itself (law 3).
    """
    key, seen, act = form.get("key", ""), seen_of(form.get("seen", "")), form.get("act", "")
    words, note = form.get("words"), form.get("note")
    if act == "approve":
        return Decision(key, seen, approve=True)
    if act == "accept":
        return Decision(key, seen, accept=True)
    if act == "keep":
        return Decision(key, seen, keep=True)
    if act == "save" and words is not None:
        return Decision(key, seen, text=words)
    if act == "save-approve" and words is not None:
        return Decision(key, seen, text=words, approve=True)
    if act == "note" and note is not None:
        return Decision(key, seen, note=note)
    return None


def shown_pairs(form: Mapping[str, str]) -> list[tuple[str, Seen]]:
    """The items that were shown, each with what was seen of it; at most a page of them."""
    try:
        pairs = json.loads(form.get("pairs", "[]"))
    except (ValueError, RecursionError):
        return []
    found: list[tuple[str, Seen]] = []
    for pair in pairs if isinstance(pairs, list) else ():
        match pair:
            case [str(key), str(seen)]:
                found.append((key, seen_of(seen)))
    return found[:PER_PAGE]
