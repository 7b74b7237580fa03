"""The comment above a translated segment: its grammar, read and written.

YAML after its first word (the design, « A counterpart is bilingual Markdown »), kept to plain
values and literal blocks so that a translator can read it, and a diff of it stays small. A block
that Actes wrote carries its fingerprint (``source: | # 5d20c1aa``, to YAML a comment), so that what
a person wrote into it is told from it, and kept (law 2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from pipeline.translation.fingerprint import LENGTH, fingerprint
from pipeline.translation.own_words import parted


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
_SOURCES = ("source", "now")
_MADE = (*_SOURCES, "proposal", "remark")
_KEY = re.compile(rf"(?P<key>{'|'.join(_BLOCKS)}|text|proposed):[ \t]*(?P<value>.*)")
_OPENING = re.compile(rf"\|[-+]?(?:[ \t]+#[ \t]*(?P<mark>[0-9a-f]{{{LENGTH}}}))?")
_MARK = re.compile(r"(?:[0-9a-f]{8,32})?")
_OURS = re.compile(r"^[ \t]*source[ \t]*:", re.MULTILINE)
_CLAIM = re.compile(
    rf"^(?P<key>source|now):[ \t]*(?:{_OPENING.pattern})?[ \t]*(?P<block>.*?)"
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
    fingerprint, since a person may have corrected it there; ``note`` a person's words, wherever in
    the comment they stood (``mixed``: in what Actes shows there); ``remark`` what the machine's
    translation lacks; ``unmarked`` what stands as the source, then and now, without a fingerprint:
    nobody can tell whether a person wrote in it.
    """

    word: str
    source: str
    text: str = ""
    now: str | None = None
    proposal: str | None = None
    note: str | None = None
    remark: str | None = None
    proposed: str = ""
    mixed: bool = field(default=False, compare=False)
    unmarked: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def corrected(self) -> bool:
        """Whether a person changed the machine's proposal where it stands."""
        return bool(self.proposal) and fingerprint(self.proposal or "") != self.proposed

    @property
    def persons_note(self) -> str | None:
        """The note, with the proposal below it if a person corrected it (law 2)."""
        return _together(self.note, self.proposal if self.corrected else None)

    def following(self, old: Marker, source: str) -> Marker:
        """This marker, which takes the place of ``old`` beside ``source``: unmarked words that are
        not the source's and find no place here go into the note (law 2), the others stay unmarked.
        """
        doubtful = {words for words in old.unmarked if fingerprint(words) != fingerprint(source)}
        there = doubtful & {self.source, self.now}
        note = _together(self.note, *sorted(doubtful - there))
        return replace(self, note=note, unmarked=self.unmarked | there) if doubtful else self


@lru_cache(maxsize=1 << 12)
def parse_marker(comment: str) -> Marker | None:
    """The marker in an HTML comment, or None if the comment is none of ours (or is damaged).

    An update reads the same one when it pairs, when it asks and when it writes.
    """
    match = _COMMENT.match(comment)
    word = match["word"].lower() if match else ""
    if not match or word not in WORDS:
        return None
    read = _read(match["yaml"])
    if read.wrong is not None or "source" not in read.values:
        return None
    return marker_saying(word, read.values, read.marks)


def marker_saying(word: str, said: Mapping[str, str], marks: Mapping[str, str]) -> Marker:
    """The marker that says ``said`` by key, what a person wrote among it in its note.

    ``marks`` are the fingerprints of what Actes wrote under ``source``, ``now``, ``proposal`` and
    ``remark``, where they are known.
    """
    values, written = dict(said), []
    for key in ("source", "now", "remark"):  # a corrected proposal stays where it was corrected
        if key in marks and key in values:
            values[key], persons = parted(values[key], marks[key])
            written.append(persons)
    if "remark" not in marks:  # no remark of Actes': somebody took it for a note
        written.append(values.pop("remark", ""))
    return Marker(
        word,
        values["source"],
        values.get("text", ""),
        values.get("now"),
        values.get("proposal"),
        _together(values.get("note"), *written),
        values.get("remark"),
        marks.get("proposal", values.get("proposed", "")),
        mixed=any(written),
        unmarked=frozenset(values[key] for key in _SOURCES if key in values and key not in marks),
    )


def _together(*words: str | None) -> str | None:
    """Several of a person's words as one note, nothing said twice."""
    return "\n\n".join(dict.fromkeys(part for part in words if part)) or None


def looks_ours(comment: str) -> bool:
    """Whether a comment that is not read as a marker was meant as one."""
    return bool(_OURS.search(comment))


def damaged_claim(comment: str) -> str | None:
    """The text that a comment which is not read as a marker answers to: what its ``now`` says, else
    its ``source``, where they can be made out, whatever became of the spaces before them."""
    said: dict[str, str] = {}
    for match in _CLAIM.finditer(_own(comment).replace("\r\n", "\n")):
        block = unescape(_INDENT.sub("", match["block"]).strip("\n"))
        said.setdefault(match["key"], parted(block, match["mark"])[0] if match["mark"] else block)
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
    wrong = _read(body if unended else body.rpartition("-->")[0]).wrong
    if wrong is None:
        return Fault(body.count("\n") + 1 if unended else 0, unended)
    return Fault(wrong + 1, unended)


def _own(comment: str) -> str:
    """A comment without those that it took in because its end is lacking."""
    following = _NEXT.search(comment)
    return comment[: following.start()] if following else comment


@dataclass(frozen=True)
class _Read:
    """Keys with plain or literal-block values, the fingerprints of blocks that carry one, and the
    number of the first line that is neither."""

    values: Mapping[str, str]
    marks: Mapping[str, str]
    wrong: int | None = None


def _read(body: str) -> _Read:
    values: dict[str, str] = {}
    marks: dict[str, str] = {}
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
            return _Read(values, marks, number)
        key = match["key"]
        opening = _OPENING.fullmatch(match["value"])
        if opening and key in _BLOCKS:
            block = []
            values[key] = ""
            if opening["mark"] and key in _MADE:
                marks[key] = opening["mark"]
            continue
        values[key] = unescape(match["value"].strip().strip("\"'"))
        if key in ("text", "proposed") and not _MARK.fullmatch(values[key]):
            return _Read(values, marks, number)
    return _Read(values, marks)


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
    for key, value in (("source", marker.source), ("now", marker.now)):
        lines += _block(key, value, "" if value in marker.unmarked else fingerprint(value or ""))
    lines += _block("proposal", marker.proposal, marker.proposed)
    lines += [f"text: {marker.text}"] if marker.text else []
    lines += _block("remark", marker.remark, fingerprint(marker.remark or ""))
    lines += _block("note", marker.note, "")
    return "\n".join([*lines, "-->"])


def _block(key: str, value: str | None, mark: str) -> list[str]:
    if value is None:
        return []
    lines = escape(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    opening = f"{key}: | # {mark}" if mark else f"{key}: |"
    return [opening, *(f"  {line}" if line else "" for line in lines)]
