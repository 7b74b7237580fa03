"""What a confirmation vouches for: the fingerprint of a clause in one language.

White space and wrapping do not change it, nor do comments; every word, mark and id does (law 3).
It is longer than that of a translated passage (64 bits): what it stands for is signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from pipeline.declaration.clauses import Clause, raw_clause
from pipeline.texts.read import Text
from pipeline.texts.segments import SegmentKind, definitions
from pipeline.translation.fingerprint import normalised

TITLE = "_title"
"""What the declaration's own title goes by among the clauses; no id begins with a low line."""
CLOSING = "_closing"
"""What the closing formula goes by where it is compared."""
LENGTH = 16
DEFINED = (SegmentKind.FOOTNOTE, SegmentKind.REFERENCE)


def fingerprint_of(words: str) -> str:
    """Sixteen hexadecimal digits for the normalised ``words``."""
    return hashlib.blake2b(normalised(words).encode("utf-8"), digest_size=LENGTH // 2).hexdigest()


def fingerprints(text: Text, found: Sequence[Clause]) -> Mapping[str, str]:
    """The fingerprint of the title and of each clause of a text, by key, in order."""
    result = {TITLE: fingerprint_of(text.metadata.title)}
    definitions = definitions_of(text)
    for clause in found:
        result[clause.key] = clause_fingerprint(raw_clause(text, found, clause), definitions)
    return result


def definitions_of(text: Text) -> list[str]:
    """The footnotes and link targets that a text defines, wherever they stand."""
    return [definition.raw for definition in definitions(text.body.segments)]


def clause_fingerprint(raw: str, definitions: Sequence[str]) -> str:
    """The fingerprint of a clause with those of a text's definitions that it cites."""
    whole = raw
    waiting = [definition for definition in definitions if definition.strip() not in raw]
    while cited := [d for d in waiting if cites(whole, d)]:
        whole = "\n\n".join([whole, *cited])
        waiting = [definition for definition in waiting if definition not in cited]
    return fingerprint_of(whole)


def cites(words: str, definition: str) -> bool:
    """Whether ``words`` cite what ``definition`` defines."""
    return label(definition) in words.casefold()


def label(definition: str) -> str:
    """What a definition is cited by: ``[^1]``."""
    return definition.lstrip().split("]", 1)[0].casefold() + "]"
