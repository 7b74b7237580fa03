"""The comment above a translated segment: its grammar, read and written.

YAML after its first word (the design, « A counterpart is bilingual Markdown »), kept to plain
values and literal blocks so that a translator can read it, and a diff of it stays small.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipeline.translation.fingerprint import fingerprint


class State(StrEnum):
    """How far a translated segment may be trusted (the design's words)."""

    MISSING = "missing"
    MACHINE = "machine"
    EDITED = "edited"
    REVIEWED = "reviewed"
    STALE = "stale"


APPROVE = "approve"
"""The word a translator types where the state stands; the next command makes it ``reviewed``."""
ORPHAN = "orphan"
"""The word over a person's translation whose source is gone; such passages end the file."""
WORDS: tuple[str, ...] = (APPROVE, *(state.value for state in State), ORPHAN)
"""What may stand first in a marker, in capitals too."""

_COMMENT = re.compile(
    r"\A\s*<!--[ \t]*(?P<word>[A-Za-z]+)[ \t]*\r?\n(?P<yaml>.*?)-->\s*\Z", re.DOTALL
)
_BLOCKS = ("source", "now", "proposal", "remark", "note")
_KEY = re.compile(rf"(?P<key>{'|'.join(_BLOCKS)}|text|proposed):[ \t]*(?P<value>.*)")
_OURS = re.compile(r"^[ \t]*source[ \t]*:", re.MULTILINE)
_CLAIM = re.compile(
    rf"^(?P<key>source|now):[ \t]*(?:\|[-+]?)?[ \t]*(?P<block>.*?)"
    rf"(?=^(?:{'|'.join(_BLOCKS)}|text|proposed)[ \t]*[:：]|^-->|\Z)",
    re.DOTALL | re.MULTILINE,
)
_INDENT = re.compile(r"^ {1,2}", re.MULTILINE)
_FIRST_LINE = re.compile(r"\s*<!--[ \t]*[A-Za-z]+[ \t]*")
_NEXT = re.compile(r"(?<=\n)<!--")  # a comment that begins within another, which was not ended
_ESCAPES = re.compile(r"-->|--&(?=(?:amp;)*gt;)")
_ESCAPED = re.compile(r"--&(?:gt;|amp;(?=(?:amp;)*gt;))")


@dataclass(frozen=True)
class Marker:
    """What a comment says.

    ``word`` is the claimed state (or `APPROVE`, or `ORPHAN`); ``source`` the text the translation
    answers to; ``text`` the fingerprint of the translation that the claim is about; ``now`` what
    the source says since; ``proposal`` a machine's translation of that, and ``proposed`` its
    fingerprint, since a person may have corrected it there; ``note`` a person's words; ``remark``
    what the machine's translation lacks.
    """

    word: str
    source: str
    text: str = ""
    now: str | None = None
    proposal: str | None = None
    note: str | None = None
    remark: str | None = None
    proposed: str = ""

    @property
    def corrected(self) -> bool:
        """Whether a person changed the machine's proposal where it stands."""
        return bool(self.proposal) and fingerprint(self.proposal or "") != self.proposed

    @property
    def persons_note(self) -> str | None:
        """The note, with the proposal below it if a person corrected it (law 2)."""
        corrected = self.proposal if self.corrected and self.proposed else None
        return "\n\n".join(part for part in (self.note, corrected) if part) or None


@lru_cache(maxsize=1 << 12)
def parse_marker(comment: str) -> Marker | None:
    """The marker in an HTML comment, or None if the comment is none of ours (or is damaged).

    An update reads the same one when it pairs, when it asks and when it writes.
    """
    match = _COMMENT.match(comment)
    word = match["word"].lower() if match else ""
    if not match or word not in WORDS:
        return None
    values, wrong = _values(match["yaml"])
    if wrong is not None or "source" not in values:
        return None
    return Marker(
        word,
        values["source"],
        values.get("text", ""),
        values.get("now"),
        values.get("proposal"),
        values.get("note"),
        values.get("remark"),
        values.get("proposed", ""),
    )


def looks_ours(comment: str) -> bool:
    """Whether a comment that is not read as a marker was meant as one."""
    return bool(_OURS.search(comment))


def damaged_claim(comment: str) -> str | None:
    """The text that a comment which is not read as a marker answers to: what its ``now`` says, else
    its ``source``, where they can be made out, whatever became of the spaces before them."""
    said: dict[str, str] = {}
    for match in _CLAIM.finditer(_own(comment).replace("\r\n", "\n")):
        said.setdefault(match["key"], unescape(_INDENT.sub("", match["block"]).strip("\n")))
    return said.get("now") or said.get("source") or None


@dataclass(frozen=True)
class Fault:
    """Why a comment that was meant as a marker is not read as one: its first line that cannot be,
    counted from 0, and whether ``-->`` is lacking before it (``unended``)."""

    line: int
    unended: bool


def fault(comment: str) -> Fault:
    """What is wrong with a comment that `parse_marker` does not read."""
    own = _own(comment)
    unended = "-->" not in own
    first, _end, body = own.replace("\r\n", "\n").partition("\n")
    if not _FIRST_LINE.fullmatch(first) and not unended:
        return Fault(0, unended)
    _read, wrong = _values(body if unended else body.rpartition("-->")[0])
    if wrong is None:
        return Fault(body.count("\n") + 1 if unended else 0, unended)
    return Fault(wrong + 1, unended)


def _own(comment: str) -> str:
    """A comment without those that it took in because its end is lacking."""
    following = _NEXT.search(comment)
    return comment[: following.start()] if following else comment


def _values(body: str) -> tuple[Mapping[str, str], int | None]:
    """Keys with plain or literal-block values, and the number of the first line that is neither."""
    values: dict[str, str] = {}
    block: list[str] | None = None
    key = ""
    for number, line in enumerate(body.replace("\r\n", "\n").split("\n")):
        if block is not None and (line.startswith("  ") or not line.strip()):
            block.append(line[2:])
            values[key] = unescape("\n".join(block).strip("\n"))
            continue
        block = None
        if not line.strip():
            continue
        match = _KEY.fullmatch(line.rstrip())
        if not match or match["key"] in values:
            return values, number
        key = match["key"]
        if match["value"] in ("|", "|-", "|+"):
            block = []
            values[key] = ""
        else:
            values[key] = unescape(match["value"].strip().strip("\"'"))
    return values, None


def escape(text: str) -> str:
    """A text that cannot end the comment it stands in: ``-->`` as ``--&gt;``, that one escaped too.

    >>> escape("a --> b --&gt; c")
    'a --&gt; b --&amp;gt; c'
    """
    return _ESCAPES.sub(lambda match: "--&gt;" if match[0] == "-->" else "--&amp;", text)


def unescape(text: str) -> str:
    """The inverse of `escape`."""
    return _ESCAPED.sub(lambda match: "-->" if match[0] == "--&gt;" else "--&", text)


def render_marker(marker: Marker) -> str:
    """The comment for ``marker``, without a line end after it."""
    lines = [f"<!-- {marker.word}"]
    for key in ("source", "now", "proposal"):
        lines += _block(key, getattr(marker, key))
    lines += [f"proposed: {marker.proposed}"] if marker.proposal and marker.proposed else []
    lines += [f"text: {marker.text}"] if marker.text else []
    for key in ("remark", "note"):
        lines += _block(key, getattr(marker, key))
    return "\n".join([*lines, "-->"])


def _block(key: str, value: str | None) -> list[str]:
    if value is None:
        return []
    lines = escape(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [f"{key}: |", *(f"  {line}" if line else "" for line in lines)]
