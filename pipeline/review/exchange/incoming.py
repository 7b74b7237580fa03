"""What a returned file asks for: decisions, and what is wrong with the file. Pure.

Whatever tool it went through, a row says which item it is, what was seen when it left, and what it
says now. What it does not change asks for nothing (law 4); what became final in the tool is
approved, for exactly the pair that was sent (law 3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.errors import ActesError, Exit, Place, Problem, Severity, stop
from pipeline.review.decisions import Decision
from pipeline.review.exchange.rows import Returned, Returns, Standing
from pipeline.translation.approve import ranges
from pipeline.translation.fingerprint import fingerprint


@dataclass(frozen=True)
class Asked:
    """Decisions in the order of the file, and what a person should know of the other rows."""

    decisions: tuple[Decision, ...]
    problems: tuple[Problem, ...] = ()


def asked(
    returns: Returns, known: Collection[str], path: str, approve: bool = True, partial: bool = False
) -> Asked:
    """The decisions that ``returns`` asks for.

    ``known`` are the counterparts' files. Rows that are missing, doubled, unknown or spoilt are all
    named, and the file is refused whole: ActesError with ``exchange-missing`` (or, by number,
    ``exchange-missing-rows``), ``exchange-doubled``, ``exchange-unknown``,
    ``exchange-unknown-row``, ``exchange-codes``, ``exchange-formula``, ``exchange-day``; and
    ``exchange-no-rows`` for a file without any. With ``partial`` they are left out, and named all
    the same. Without ``approve`` nothing is approved.
    """
    if not returns.rows:
        raise stop("exchange-no-rows", path, Exit.REFUSED)
    wrong = [*returns.problems, *_wrong(returns, known, path)]
    if wrong and not partial:
        raise ActesError(wrong, Exit.REFUSED)
    counts = Counter(row.key for row in returns.rows)
    sound = [
        row
        for row in returns.rows
        if row.problem is None and counts[row.key] == 1 and _file(row.key) in known
    ]
    decisions = [found for row in sound if (found := _decision(row, approve))]
    return Asked(tuple(decisions), (*wrong, *returns.remarks, *_remarks(sound)))


def _file(key: str) -> str:
    return key.partition("#")[0]


def _wrong(returns: Returns, known: Collection[str], path: str) -> Iterator[Problem]:
    counts = Counter(row.key for row in returns.rows)
    for row in returns.rows:
        if row.problem is not None:
            yield row.problem
        if _file(row.key) not in known:
            yield Problem("exchange-unknown", row.place, {"key": row.key[:200]})
        if counts[row.key] > 1:
            yield Problem("exchange-doubled", row.place, {"key": row.key[:200]})
    missing = (returns.count or 0) - len(counts) - len(returns.problems)
    if missing > 0 and returns.absent:
        numbers = ranges(map(str, returns.absent)).replace("#", "")
        values = {"rows": numbers, "count": returns.count}
        yield Problem("exchange-missing-rows", Place(path), values)
    elif missing > 0:
        values = {"missing": missing, "count": returns.count}
        yield Problem("exchange-missing", Place(path), values)


def _decision(row: Returned, approve: bool) -> Decision | None:
    """What a row asks for; None where it asks for nothing."""
    text = row.text if row.text is not None and _rewritten(row) else None
    rises = row.standing is Standing.APPROVED and row.sent is not Standing.APPROVED
    note = row.note if row.note is not None and _mark(row.note) != row.seen.note else None
    if text is None and note is None and not (rises and approve):
        return None
    # Whoever rewrites a translation has the source before their eyes: that is what it answers.
    return Decision(
        row.key,
        row.seen,
        text=text,
        keep=text is not None,
        approve=rises and approve,
        note=note,
        source=row.source,
    )


def _rewritten(row: Returned) -> bool:
    """Whether it says other words; an empty cell says none."""
    return bool(row.text and row.text.strip()) and _mark(row.text) != row.seen.text


def _mark(text: str | None) -> str:
    return fingerprint(text) if text and text.strip() else ""


def _remarks(rows: Sequence[Returned]) -> Iterator[Problem]:
    """What a tool seems to ask for and does not get: nothing is emptied or taken back by a file."""
    for row in rows:
        lowered = row.sent is Standing.APPROVED and row.standing is not Standing.APPROVED
        if row.text is not None and not row.text.strip() and row.seen.text:
            yield Problem("exchange-emptied", row.place, {"key": row.key}, Severity.REMARK)
        elif lowered and not _rewritten(row):
            yield Problem("exchange-lowered", row.place, {"key": row.key}, Severity.REMARK)
        if row.source is not None and _mark(row.source) != row.seen.source:
            yield Problem("exchange-source", row.place, {"key": row.key}, Severity.REMARK)
