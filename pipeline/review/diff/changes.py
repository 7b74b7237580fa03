"""An item and what became of it: since somebody approved it, or since an earlier version. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.review.differences import differences
from pipeline.review.items import Item, Kind
from pipeline.review.spans import Change, Span
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import State
from pipeline.translation.matching import matched


@dataclass(frozen=True)
class Changed:
    """An item with its source and its words then (None: not known, empty: there were none).

    ``gone``: it was there, and is no longer; the item is then the one that was.
    """

    item: Item
    source_then: str | None = None
    text_then: str | None = None
    gone: bool = False

    @property
    def source(self) -> tuple[Span, ...]:
        """The source, from then to now."""
        return _between(self.source_then, "" if self.gone else self.item.source)

    @property
    def text(self) -> tuple[Span, ...]:
        """The translation, from then to now."""
        return _between(self.text_then, "" if self.gone else self.item.text)

    @property
    def proposal(self) -> tuple[Span, ...]:
        """The machine's proposal, beside the words that stand there."""
        wanted = self.item.proposal
        return _between(self.item.text or None, wanted) if wanted else ()


def _between(old: str | None, new: str) -> tuple[Span, ...]:
    if old is None:
        return (Span(Change.SAME, new),) if new else ()
    return differences(old, new)


def since_approval(item: Item) -> Changed:
    """What its comment knows of it: the source it answered, the words that were vouched for."""
    stale = item.state is State.STALE
    return Changed(item, item.source_then if stale else None, item.text_then if stale else None)


def since(before: Sequence[Item], now: Sequence[Item]) -> Iterator[Changed]:
    """Every item of a counterpart that is not as it was, those that are gone at the end.

    ``before`` and ``now`` are the items of two versions of one counterpart.
    """
    links = _linked(before, now)
    for place, item in enumerate(now):
        old = before[links[place]] if place in links else None
        changed = Changed(item, old.source if old else "", old.text if old else "")
        if old is None or not (_same(old.source, item.source) and _same(old.text, item.text)):
            yield changed
    left = set(range(len(before))) - set(links.values())
    for place in sorted(left):
        if before[place].text:
            yield Changed(before[place], before[place].source, before[place].text, gone=True)


def _linked(before: Sequence[Item], now: Sequence[Item]) -> dict[int, int]:
    """Values by their names and segments by what they say, as places in both lists."""
    links: dict[int, int] = {}
    for kind in Kind:
        old = [place for place, item in enumerate(before) if item.kind is kind]
        new = [place for place, item in enumerate(now) if item.kind is kind]
        found = matched(
            [before[place] for place in old], [now[place] for place in new], _KEYS[kind], _said
        )
        links |= {new[place]: old[other] for place, other in found.items()}
    return links


def _said(item: Item) -> str:
    return item.source or item.text


def _source(item: Item) -> str:
    return item.source.strip()


def _text(item: Item) -> str:
    return item.text.strip()


def _part(item: Item) -> str:
    return item.part


_KEYS = {
    Kind.VALUE: (_source, _part),
    Kind.SEGMENT: (_source, _text),
    Kind.ORPHAN: (_text,),
}


def _same(one: str, other: str) -> bool:
    return one == other or fingerprint(one) == fingerprint(other)


def needing(items: Iterable[Item], states: Sequence[State]) -> list[Item]:
    """The items that need a person; with ``states``, those in one of them."""
    if states:
        return [item for item in items if item.kind is not Kind.ORPHAN and item.state in states]
    return [item for item in items if item.waiting or item.kind is Kind.ORPHAN]
