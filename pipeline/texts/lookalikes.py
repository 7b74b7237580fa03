"""What looks like Markdown and is none: signs of a word processor, a typewriter, another script.

They are printed as they are typed, and what was meant as items or rows one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.texts.segments import SegmentKind

_IN_PARAGRAPH = (  # the rule, the signs of which it needs one, what is looked for
    (
        "table-joined",
        "|｜",
        r"^[ \t]*(?:[|｜][ \t]*:?[-－—―ー]+|:?[-－—―ー]{2,}):?[ \t]*[|｜]"
        r"|^[ \t]*[|｜][^\n]*[|｜][ \t]*\n[ \t]*[|｜][^\n]*[|｜][ \t]*$",
    ),
    ("heading-without-space", "#＃", r"^(?:#{2,6}(?![#\t ]|$)|#(?![#\t 0-9]|$)|＃)"),
    (
        "heading-likely",
        "",
        r"\A[ \u3000]*(?:\*\*[^*\n]{2,60}\*\*|[■◆▼▲◇□][^\n。、・]{1,40}|【[^】\n]{1,40}】"
        r"|[0-9０-９]{1,2}[．、](?![0-9０-９])[^\n。、．]{1,40}|(?=[^\n]{0,60}[A-ZÀ-Þ]{4})"
        r"[^a-zß-ÿ.;!?\u2e80-\uffef\n]{6,70})[ \u3000]*\n*\Z",
    ),
    (
        "bullets-joined",
        "・•●○◦▪■◆－–—-*",
        r"^[ \t\u3000]*(?P<sign>[・•●○◦▪■◆－])[^\n]*\n[ \t\u3000]*(?P=sign)"
        r"|^[ \t]*(?P<dash>[–—])[^\n]*[;,][ \t]*\n[ \t]*(?P=dash)"
        r"|^[ \t]*(?P<glued>[-*])(?![-*\s])[^*\n]*[^\W\d][^*\n]*\n"
        r"[ \t]*(?P=glued)(?![-*\s])[^*\n]*[^\W\d]",
    ),
    ("columns-joined", "\t", r"^[^\n\t]*[^\s][ ]*\t[^\n]*\n[^\n\t]*[^\s][ ]*\t[ \t]*\S"),
    ("box-not-opened", ":：", r"^[ \t]*(?::{3,}|：{2,})"),
    (
        "link-apart",
        "(（",
        r"\][ \u3000]+\((?=https?:|www\.|mailto:)|[\]］][ \u3000]*（(?=https?[:：]|www\.)"
        r"|［[^\]］\n]*[\]］]\((?=https?:|www\.)|！\[[^\]\n]*\]\(",
    ),
    ("bold-wide", "＊", r"＊＊[^＊\n]+＊＊"),
    ("note-mark-wide", "［＾", r"［[\^＾][^\]］\n]{1,40}[\]］]|\[＾"),
    ("stars-taken", "*", r"\d\*[^*\s]{1,20}\*\d"),
)
_PATTERNS = tuple(
    (rule, frozenset(needs), re.compile(sought, re.MULTILINE))
    for rule, needs, sought in _IN_PARAGRAPH
)
_LONGEST_HEADING = 80
_HEAD = (
    r"[ \t\u3000]*(?:(?P<circled>[①-⑳])"
    r"|[（(]?(?P<number>[0-9０-９]{1,2})[)）.．、/°-](?![0-9０-９]))"
)
_NUMBER = re.compile(rf"^{_HEAD}[^\n]*\n?", re.MULTILINE)
_NUMBERED = re.compile(rf"\n{_HEAD}")  # the second line of two, which is soon found
_ITEM = r"(?:[-*+]|\(?\w{1,3}[.)])[ \t]"
_RUNS_ON = re.compile(
    rf"^[ \t]*{_ITEM}[^\n]*\n(?=[^\s>|#`~:<\[{{-])(?!{_ITEM})(?=\S)", re.MULTILINE
)

_GLUED = re.compile(rf"^[ \t]*{_ITEM}[^\n]*\n(?=[ \t]*[-*](?![-*\s\d])[^*\n]*$)", re.MULTILINE)


def lookalikes(kind: SegmentKind, words: str) -> Iterator[tuple[str, str]]:
    """The rules that a segment without a table breaks, once each, and what precedes the place.

    >>> list(lookalikes(SegmentKind.PARAGRAPH, "Trois villes :\\n1/ Valbourg\\n2/ Minatomachi\\n"))
    [('numbers-joined', 'Trois villes :\\n1/ Valbourg\\n')]
    """
    if kind is SegmentKind.PARAGRAPH:
        letters = set(words)
        short = len(words) <= _LONGEST_HEADING
        for rule, needs, pattern in _PATTERNS:
            likely = short if not needs else not letters.isdisjoint(needs)
            if likely and (found := pattern.search(words)):
                yield rule, words[: found.start()]
        if _NUMBERED.search(words):
            yield from _numbered(words)
    elif kind is SegmentKind.LIST:
        if found := _RUNS_ON.search(words):
            yield "list-runs-on", words[: found.end()]
        if found := _GLUED.search(words):
            yield "bullets-joined", words[: found.end()]
    elif kind is SegmentKind.CODE and words.lstrip("\n").startswith(("    ", "\t")):
        yield "code-indented", ""


def _numbered(words: str) -> Iterator[tuple[str, str]]:
    """Two lines that follow each other, and whose numbers do."""
    last, end = 0, -1
    for line in _NUMBER.finditer(words):
        number = ord(line["circled"]) - ord("①") + 1 if line["circled"] else int(line["number"])
        if line.start() == end and number == last + 1:
            yield "numbers-joined", words[: line.start()]
            return
        last, end = number, line.end()
