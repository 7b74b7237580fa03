"""A text as it stands in its file, and the normalised copy that pandoc reads.

The file is kept exactly (law 1). What pandoc gets has the same lines, so that a position in its
answer is a position in the file.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from pipeline.errors import Place, Problem, stop
from pipeline.texts import footnotes
from pipeline.texts.emphasis import mark_east_asian_emphasis
from pipeline.texts.shadowed import uncovered
from pipeline.workspace import characters

MAX_BYTES = 512 * 1024
MAX_LINES = 20_000
MAX_WORD = 5_000  # letters without a space where a line could break (a PDF string holds 32,767)
MAX_QUOTE_DEPTH = 12
MAX_INDENT = 80
MAX_RUN = 60

_FRONT = re.compile(
    r"\A\ufeff?---[ \t]*(?P<eol>\r\n|\n|\r)(?P<yaml>.*?)(?:\A|(?<=[\r\n]))(?:---|\.\.\.)"
    r"[ \t]*(?:\r\n|\n|\r|\Z)",
    re.DOTALL,
)
_DASHES = "[-–—―ー－]"
_LOST = re.compile(  # a head below an empty line, between other dashes, or without its first line
    rf"\A\ufeff?(?P<before>\s*)(?:{_DASHES}{{2,}}[ \t]*\n\s*\w+ ?[:：]"
    rf"|(?:[a-z]+[:：].*\n(?:[ \t].*\n)*)+{_DASHES}{{3,}}[ \t]*(?:\n|\Z))"
)
_WORD = re.compile(rf"[!-\u02ff]{{{MAX_WORD}}}")
_RUN = re.compile(rf"([*_~^\[\]<>`!(])\1{{{MAX_RUN},}}")
_QUOTES = re.compile(rf"^[ \t]*(?:>[ \t]*){{{MAX_QUOTE_DEPTH + 1},}}", re.MULTILINE)
_BULLETS = re.compile(
    rf"^[ \t]*(?:(?:[-+*]|\d{{1,9}}[.)])[ \t]+){{{MAX_QUOTE_DEPTH},}}", re.MULTILINE
)
_INDENT = re.compile(rf"^[ \t]{{{MAX_INDENT},}}(?:[-+*>]|\d+[.)])", re.MULTILINE)
_OURS = re.compile(r"^<{7}(?:[ \t].*)?$", re.MULTILINE)
_THEIRS = re.compile(r"^>{7}(?:[ \t].*)?$", re.MULTILINE)
# Attributes of a block above a line that only looks empty: pandoc's reader stops there.
_ATTRIBUTES = re.compile(r"^([ \t>]*\{.*\}[ \t]*\n)([ \t>]*[ \t])$", re.MULTILINE)
_NESTED = re.compile(r"(?:\[[^\[\]\n]?){40}|(?:\([^()\n]?){60}")
_FEWEST = (("[", 40), ("(", 60))  # brackets without which nothing is nested so deep


@dataclass(frozen=True)
class Source:
    """The content of a text's file.

    ``raw`` is the whole file; ``front`` the YAML between the dashes (None without front matter);
    ``body`` is everything after it and begins ``body_line`` lines (0-based) into the file.
    """

    path: str
    raw: str
    front: str | None
    body: str
    body_line: int

    @property
    def digest(self) -> str:
        """A digest of the exact content."""
        return hashlib.blake2b(self.raw.encode("utf-8"), digest_size=16).hexdigest()


def parse_source(path: str, content: bytes) -> Source:
    """Decode a file and set its front matter apart.

    Raises ActesError ``not-utf8`` with the line of the first bad byte, ``front-matter-open``,
    or ``front-matter-lost`` for one that is not where, or not between the dashes, that it must be.
    """
    try:
        raw = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise stop("not-utf8", Place(path, line)) from None
    match = _FRONT.match(raw)
    if match is None:
        if re.match(r"\ufeff?---[ \t]*[\r\n]", raw):
            raise stop("front-matter-open", Place(path, 1))
        lost = _LOST.match(unify_lines(raw))
        if lost:
            raise stop("front-matter-lost", Place(path, lost["before"].count("\n") + 1))
        return Source(path, raw, None, raw.removeprefix("\ufeff"), 0)
    head = raw[: match.end()]
    return Source(path, raw, match["yaml"], raw[match.end() :], _lines(head))


def _lines(text: str) -> int:
    return len(re.findall(r"\r\n|\n|\r", text))


def unify_lines(text: str) -> str:
    """The text with ``\\n`` as its only line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def readable(body: str) -> str:
    """The body as pandoc shall read it: same lines, harmless characters, marks made explicit.

    The last line is ended: pandoc reads a code fence that closes at the very end as words, too.
    """
    text = characters.compose_accents(unify_lines(body))
    text = text if not text or text.endswith("\n") else f"{text}\n"
    text = _ATTRIBUTES.sub(lambda found: found[1] + found[2].rstrip(), text)
    return mark_east_asian_emphasis(uncovered(characters.visible(text)))


def hidden_characters(source: Source) -> list[Problem]:
    """Characters that no reader sees and that are left out of every output, with their places."""
    text = unify_lines(source.raw).removeprefix("\ufeff")
    return [
        Problem(rule, Place(source.path, line, column), {"code": code})
        for rule, code, line, column in characters.hidden(text)
    ]


def check_bounds(source: Source) -> None:
    """Refuse what makes a Markdown reader run for minutes, before pandoc sees it (law 9).

    Raises ActesError ``text-too-large``, ``text-too-many-lines``, ``merge-conflict`` (a merge by
    git that nobody settled: which words are meant is for a person to say), ``text-accents``,
    ``text-word-too-long``,
    ``text-too-deep`` or ``footnote-loop`` with the line.
    """
    if len(source.raw.encode("utf-8")) > MAX_BYTES:
        raise stop("text-too-large", source.path, limit=MAX_BYTES // 1024)
    if _lines(source.raw) > MAX_LINES:
        raise stop("text-too-many-lines", source.path, limit=MAX_LINES)
    conflict = _conflict(unify_lines(source.raw))
    if conflict:
        raise stop("merge-conflict", Place(source.path, conflict))
    pile = characters.ACCENTS.search(source.raw)
    if pile:
        raise stop("text-accents", Place(source.path, _lines(source.raw[: pile.start()]) + 1))
    loop = footnotes.first_loop(unify_lines(source.body))
    if loop:
        place = Place(source.path, source.body_line + loop.line)
        raise stop("footnote-loop", place, label=loop.label)
    deep = any(source.body.count(bracket) >= count for bracket, count in _FEWEST)
    for pattern in (_RUN, _QUOTES, _BULLETS, _INDENT, *([_NESTED] if deep else ())):
        match = pattern.search(source.body)
        if match:
            line = source.body_line + _lines(source.body[: match.start()]) + 1
            raise stop("text-too-deep", Place(source.path, line))
    word = _WORD.search(source.body)
    if word:
        line = source.body_line + _lines(source.body[: word.start()]) + 1
        raise stop("text-word-too-long", Place(source.path, line), limit=MAX_WORD)


def _conflict(text: str) -> int:
    """The line where two versions begin that git could not merge; 0 where there are none."""
    begin = _OURS.search(text)
    if begin is None or _THEIRS.search(text, begin.end()) is None:
        return 0
    return text.count("\n", 0, begin.start()) + 1
