"""What remarks are about, in the few kinds that a translator chooses among."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.review.items import Item

OTHER = "other"
_SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "numbers": ("check-number", "check-magnitude", "check-unit", "check-approximation",
                "check-sum", "check-range", "check-currency", "check-percent", "check-goal",
                "check-edition"),
    "dates": ("check-date", "check-era", "check-weekday"),
    "names": ("check-name", "check-kind", "check-person", "check-host", "check-signatories",
              "check-party"),
    "meaning": ("check-modality", "check-negation", "check-scope"),
    "structure": ("check-structure", "check-order", "check-length", "check-reference"),
    "typography": ("check-typography",),
    "glossary": ("term-",),
    "untranslated": ("review-untranslated",),
    "marks": ("review-tags", "review-proposal-lacks"),
    "comment": ("marker-", "passage-", "proposal-"),
}  # fmt: skip
"""Each with what the names of its rules begin with."""


def subject(rule: str) -> str:
    """What a rule's remarks are about; `OTHER` for one that is in no list here.

    >>> subject("check-number-absent"), subject("term-missing"), subject("check-too-long")
    ('numbers', 'glossary', 'other')
    """
    found = (name for name, starts in _SUBJECTS.items() if rule.startswith(starts))
    return next(found, OTHER)


def subjects(item: Item) -> frozenset[str]:
    """What the remarks of an item are about."""
    return frozenset(subject(problem.rule) for problem in item.remarks)
