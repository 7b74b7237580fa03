"""What a confirmation vouches for: the fingerprint of a clause in one language.

White space and wrapping do not change it, nor do comments; every word, mark and id does (law 3).
It is longer than that of a translated passage (64 bits): what it stands for is signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from pipeline.declaration.clauses import Clause, raw_clause
from pipeline.texts.read import Text
from pipeline.texts.segments import Segment, SegmentKind
from pipeline.translation.fingerprint import normalised

TITLE = "_title"
"""What the declaration's own title goes by among the clauses; no id begins with a low line."""
LENGTH = 16
_DEFINED = (SegmentKind.FOOTNOTE, SegmentKind.REFERENCE)


def fingerprint_of(words: str) -> str:
    """Sixteen hexadecimal digits for the normalised ``words``."""
    return hashlib.blake2b(normalised(words).encode("utf-8"), digest_size=LENGTH // 2).hexdigest()


def fingerprints(text: Text, found: Sequence[Clause]) -> Mapping[str, str]:
    """The fingerprint of the title and of each clause of a text, by key, in order."""
    result = {TITLE: fingerprint_of(text.metadata.title)}
    definitions = [s for s in text.body.segments if s.kind in _DEFINED]
    for clause in found:
        raw = raw_clause(text, found, clause)
        result[clause.key] = fingerprint_of(_with_definitions(raw, definitions))
    return result


def _with_definitions(raw: str, definitions: Sequence[Segment]) -> str:
    """A clause with the notes and targets that it cites, wherever in the file they are defined."""
    whole = raw
    waiting = [segment for segment in definitions if segment.raw not in raw]
    while cited := [s for s in waiting if _label(s) in whole.casefold()]:
        whole = "\n\n".join([whole, *(segment.raw for segment in cited)])
        waiting = [segment for segment in waiting if segment not in cited]
    return whole


def _label(segment: Segment) -> str:
    return segment.raw.lstrip().split("]", 1)[0].casefold() + "]"
