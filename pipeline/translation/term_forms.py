"""Finding the forms of many terms in a text, compiled once for each language.

Where words are parted by spaces, a form is a run of stems: « circuits courts » is found where the
glossary says « circuit court ». Elsewhere (Japanese) a form is found within the text as it stands,
whatever the width of its letters, the dot between its katakana or the end of a line in it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from threading import Lock

from pipeline.texts.inline_marks import masked

ATTACHED = "attached"
"""The value of a table's ``inflection`` for languages whose words are not parted by spaces."""


class Role(IntEnum):
    """What a form is to its term; a lower one wins where two have the same form."""

    TERM = 0
    VARIANT = 1
    REFUSED = 2
    ACCEPTED = 3


@dataclass(frozen=True)
class Form:
    """A form of the term with this index in the glossary."""

    words: str
    term: int
    role: Role


@dataclass(frozen=True)
class Hit:
    """``form`` at ``text[start:end]``; ``whole`` unless it is a part of a longer word."""

    start: int
    end: int
    form: Form
    whole: bool = True


Finder = Callable[[str], list[Hit]]
"""From inline Markdown to every hit, overlapping ones too, by start, longest first."""


def finder(forms: Iterable[Form], inflection: str) -> Finder:
    """A finder of ``forms``; ``inflection`` is the language table's.

    Raises KeyError for a stemmer that does not exist.
    """
    if inflection == ATTACHED:
        return _attached(list(forms))
    return _spaced(list(forms), _stemmer(inflection))


def longest(hits: Sequence[Hit]) -> list[Hit]:
    """Of overlapping hits, the first and longest: those of one place stay together."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.form.role, hit.form.term)):
        same = kept and (kept[-1].start, kept[-1].end) == (hit.start, hit.end)
        if not kept or same or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


# -- languages with spaces between words --------------------------------------------------------

_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_BETWEEN = re.compile(r"[\s\u00a0\u202f’'‐\u2011*_-]{1,6}")
_EXACT = re.compile(r".+[A-Z]|[A-Z]\Z")  # a capital within: an acronym or a name like MaaS


@dataclass
class _Node:
    """A place in the tree of stems: the forms that end here, and what may come next."""

    forms: list[Form] = field(default_factory=list)
    after: dict[str, _Node] = field(default_factory=dict)


def _stemmer(name: str) -> Callable[[str], str]:
    if not name:
        return str
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    one_at_a_time = Lock()  # it keeps the word on itself while it works

    def guarded(word: str) -> str:
        with one_at_a_time:
            return stem(word)

    return guarded


def _spaced(forms: Sequence[Form], stem: Callable[[str], str]) -> Finder:
    stems: dict[str, str] = {}

    def key(word: str) -> str:
        found = stems.get(word)
        if found is None:
            found = stems[word] = stem(unicodedata.normalize("NFC", word).lower())
        return found

    root = _tree(forms, key)
    first = root.after

    def find(text: str) -> list[Hit]:
        shown = masked(text, links=True)
        tokens = [(match[0], *match.span()) for match in _TOKEN.finditer(shown)]
        hits: list[Hit] = []
        for index, (word, start, _end) in enumerate(tokens):
            if word in first or key(word) in first:
                hits += _walk(shown, tokens, index, root, key, start)
        return sorted(hits, key=lambda hit: (hit.start, -hit.end))

    return find


def _tree(forms: Sequence[Form], key: Callable[[str], str]) -> _Node:
    """The tree of the forms' words: exact for acronyms, by stem for others.

    A refused form that has the stems of an accepted one is told from it by its exact words.
    """
    accepted = {tuple(_edges(form, key)) for form in forms if form.role is not Role.REFUSED}
    root = _Node()
    for form in forms:
        edges = _edges(form, key)
        if form.role is Role.REFUSED and tuple(edges) in accepted:
            continue
        node = root
        for edge in edges:
            node = node.after.setdefault(edge, _Node())
        if edges:
            node.forms.append(form)
    return root


def _edges(form: Form, key: Callable[[str], str]) -> list[str]:
    return [
        word if _EXACT.match(word) else key(word)
        for word in _TOKEN.findall(unicodedata.normalize("NFC", form.words))
    ]


def _walk(
    text: str,
    tokens: Sequence[tuple[str, int, int]],
    index: int,
    root: _Node,
    key: Callable[[str], str],
    start: int,
) -> Iterator[Hit]:
    nodes = [root]
    for place in range(index, len(tokens)):
        word, begin, end = tokens[place]
        if place > index and not _BETWEEN.fullmatch(text, tokens[place - 1][2], begin):
            return
        edges = {word, key(word)}
        nodes = [node.after[edge] for node in nodes for edge in edges if edge in node.after]
        for node in nodes:
            yield from (Hit(start, end, form) for form in node.forms)
        if not nodes:
            return


# -- languages without --------------------------------------------------------------------------

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LEFT_OUT = re.compile(
    r"(?<=[\u30a1-\u30fa\u30fc])[*_]*[・･][*_]*(?=[\u30a1-\u30fa])|[*_]+"
    r"|(?<=[^\x00-\x7f])[ \t]{0,40}\r?\n[ \t]{0,40}(?=[^\x00-\x7f])"
)
_LATIN = re.compile(r"[A-Za-z0-9]")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]")


@dataclass(frozen=True)
class _Folded:
    """A text in which forms can be looked for, and where its parts stood: (here, there)."""

    text: str
    here: Sequence[int]
    there: Sequence[int]

    def origin(self, offset: int) -> int:
        """The place in the text as it was."""
        part = bisect_right(self.here, offset) - 1
        return self.there[part] + offset - self.here[part]


def _folded(text: str) -> _Folded:
    wide = unicodedata.normalize("NFC", text) if not text.isascii() else text
    shown = (text if len(wide) != len(text) else wide).translate(_WIDE)
    parts, here, there, done, length = [], [0], [0], 0, 0
    for match in _LEFT_OUT.finditer(shown):
        parts.append(shown[done : match.start()])
        length += match.start() - done
        done = match.end()
        here.append(length)
        there.append(done)
    return _Folded("".join([*parts, shown[done:]]), here, there)


def _attached(forms: Sequence[Form]) -> Finder:
    by_first: dict[str, dict[str, list[Form]]] = {}
    for form in forms:
        words = _folded(form.words).text
        by_first.setdefault(words[:1], {}).setdefault(words, []).append(form)
    heads: Mapping[str, Sequence[tuple[str, Sequence[Form]]]] = {
        first: sorted(group.items(), key=lambda item: -len(item[0]))
        for first, group in by_first.items()
        if first
    }
    if not heads:
        return lambda _text: []
    start = re.compile(f"[{''.join(map(re.escape, heads))}]")

    def find(text: str) -> list[Hit]:
        folded = _folded(masked(text, links=True))
        hits: list[Hit] = []
        for match in start.finditer(folded.text):
            at = match.start()
            for words, group in heads[match[0]]:
                if folded.text.startswith(words, at) and _bounded(folded.text, at, words, _LATIN):
                    whole = _bounded(folded.text, at, words, _KATAKANA)
                    last = folded.origin(at + len(words) - 1) + 1
                    begin = folded.origin(at)
                    hits += [Hit(begin, last, form, whole) for form in group]
        return hits

    return find


def _bounded(text: str, at: int, words: str, script: re.Pattern[str]) -> bool:
    """Whether words in ``script`` at ``at`` are no part of a longer word in it."""
    end = at + len(words)
    if script.match(words) and script.match(text[max(0, at - 1) : at]):
        return False
    return not (script.match(words[-1]) and script.match(text[end : end + 1]))
