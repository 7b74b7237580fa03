"""Waivers: a person accepts one finding, with a reason, in either of the two texts.

Written as a comment on its own: ``<!-- waive 3fa91c02: reason -->``. The code is made of the rule,
what was found and the fingerprints of both texts: it vouches for this pair only (law 3). If either
text changes the code does, and the waiver no longer holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.checks.model import Finding, Pair
from pipeline.errors import Place
from pipeline.texts.segments import SegmentKind
from pipeline.translation.fingerprint import LENGTH, fingerprint

if TYPE_CHECKING:
    from pipeline.texts.read import Text

_COMMENT = re.compile(r"<!--\s*waive\b(.*?)-->", re.DOTALL)
_WAIVER = re.compile(rf"\s+([0-9a-f]{{{LENGTH}}})\s*[:：]\s*(\S.*)", re.DOTALL)


@dataclass(frozen=True)
class Waiver:
    """A waiver where it stands; ``code`` is "" where it cannot be read or gives no reason."""

    code: str
    reason: str
    place: Place


def code_of(finding: Finding, pair: Pair) -> str:
    """What a waiver of ``finding`` must name, for ``pair`` as it stands."""
    parts = (
        finding.rule, finding.one, finding.other, fingerprint(pair.one.raw),
        fingerprint(pair.other.raw),
    )  # fmt: skip
    digest = hashlib.blake2b("\0".join(parts).encode("utf-8"), digest_size=LENGTH // 2)
    return digest.hexdigest()


def waivers(texts: Iterable[Text]) -> list[Waiver]:
    """The waivers that people wrote in ``texts``."""
    found: list[Waiver] = []
    for text in texts:
        for segment in text.body.segments:
            if segment.kind is not SegmentKind.COMMENT:
                continue
            for match in _COMMENT.finditer(segment.raw):
                line = (
                    text.source.body_line + segment.line + segment.raw.count("\n", 0, match.start())
                )
                said = _WAIVER.fullmatch(match[1])
                code, reason = (said[1], " ".join(said[2].split())) if said else ("", "")
                found.append(Waiver(code, reason, Place(text.file.path, line)))
    return found
