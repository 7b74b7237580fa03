"""Texts made ready for an engine: lines joined, long ones cut, several packed into a request.

White space at the ends stays here: engines lose it. Lines are joined, because engines take the end
of a line for the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pipeline.translation.engines.protocol import Request, Traits

_LETTER = re.compile(r"[^\W\d_]")
_SPACED_LINE = re.compile(r"[ \t]*\n[ \t]*")
_NO_SPACE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
_WORD_END = r"[^\s\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
# Where a long text is cut, the better places first: after a sentence, a clause, a word, anywhere.
_CUTS = (
    re.compile(
        r"(?<=[。！？])(?=[^。！？」』）])|(?<=[。！？][」』）])(?=[^」』）])|(?<=[.!?…])(?=\s)"
    ),
    re.compile(r"(?<=[、；：，])(?=\S)|(?<=[,;:])(?=\s)"),
    re.compile(r"(?=\s)|(?<=[\u3000-\u30ff\u3400-\u9fff])(?=[\u3000-\u30ff\u3400-\u9fff])"),
)
_MARK = re.compile(r"<[^<>]*>")  # a tag may hold spaces; a token never does

Terms = Mapping[tuple[str, str], Sequence[tuple[str, str]]]
"""The glossary's pairs for each pair of languages."""


@dataclass(frozen=True)
class Piece:
    """One text as it is sent: alone in its kind, whatever the number of jobs that wait for it."""

    text: str
    source: str
    target: str
    confidential: bool = False


@dataclass(frozen=True)
class Load:
    """A piece with what goes along: words nearby, and the glossary's pairs that concern it.

    ``nearby`` is as in `parcels.Job`, ``within`` what tells its text from others.
    """

    piece: Piece
    nearby: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    within: str = ""


@dataclass(frozen=True)
class Batch:
    """The pieces of one request."""

    loads: tuple[Load, ...]
    terms: tuple[tuple[str, str], ...]
    attempt: int = 0

    @property
    def characters(self) -> int:
        """How many characters of text it sends."""
        return sum(len(load.piece.text) for load in self.loads)

    @property
    def context(self) -> str:
        """The words nearby, each once, in the text's order; a text alone needs not its own."""
        alone = len(self.loads) == 1
        nearby = (load.nearby[:-1] if alone else load.nearby for load in self.loads)
        return "\n".join(dict.fromkeys(words for some in nearby for words in some if words))

    def request(self) -> Request:
        """What the engine is asked."""
        first = self.loads[0]
        return Request(
            tuple(load.piece.text for load in self.loads),
            first.piece.source,
            first.piece.target,
            self.context,
            self.terms,
            any(load.piece.confidential for load in self.loads),
        )

    def halves(self) -> Iterator[Batch]:
        """Two requests with half the pieces each, for finding the one that breaks the whole."""
        middle = len(self.loads) // 2
        for loads in (self.loads[:middle], self.loads[middle:]):
            yield Batch(loads, self.terms)


def has_letters(text: str) -> bool:
    """Whether there is anything in ``text`` to translate."""
    return bool(_LETTER.search(text))


def one_line(text: str) -> str:
    """Lines joined: with a space, or with nothing between scripts that use none.

    >>> one_line("Le marché\\nouvre."), one_line("市場が\\n開く。")
    ('Le marché ouvre.', '市場が開く。')
    """
    joined = ""
    for line in _SPACED_LINE.split(text):
        close = not joined or not line or (_NO_SPACE.match(joined[-1]) and _NO_SPACE.match(line))
        joined += line if close else f" {line}"
    return joined


def fits(text: str, traits: Traits) -> bool:
    """Whether an engine takes ``text`` in one request."""
    return (
        (not traits.most_characters or len(text) <= traits.most_characters)
        and (not traits.most_bytes or len(text.encode()) <= traits.most_bytes)
        and (not traits.most_url or len(quote(text)) <= traits.most_url)
    )


def parts(text: str, traits: Traits) -> tuple[str, ...] | None:
    """``text`` cut into pieces that the engine takes, nothing left out; None if it cannot be.

    It cannot when a word is longer than the engine bears, or a mark does not fit.
    """
    if traits.most_word and re.search(rf"{_WORD_END}{{{traits.most_word + 1},}}", text):
        return None
    if fits(text, traits):
        return (text,)
    for cut in _CUTS:
        found = _cut(text, cut, traits)
        if found is not None:
            return found
    return None


def _cut(text: str, cut: re.Pattern[str], traits: Traits) -> tuple[str, ...] | None:
    """Cut at the places of ``cut``, never inside a mark, each part as long as it may be."""
    inside = [range(mark.start() + 1, mark.end()) for mark in _MARK.finditer(text)]
    places = [match.start() for match in cut.finditer(text)]
    places = [place for place in places if not any(place in mark for mark in inside)]
    found, start, last = [], 0, 0
    for place in (*places, len(text)):
        if not fits(text[start:place], traits):
            if last <= start:
                return None
            found.append(text[start:last])
            start = last
        if not fits(text[start:place], traits):
            return None
        last = place
    return (*found, text[start:])


def joined(answers: Sequence[str]) -> str:
    """The translations of parts as one text: a space where the languages' letters want one."""
    whole = ""
    for answer in answers:
        close = not whole or not answer or whole[-1].isspace() or answer[0].isspace()
        wide = whole and answer and (_NO_SPACE.match(whole[-1]) or _NO_SPACE.match(answer))
        whole += answer if close or wide else f" {answer}"
    return whole


def relevant(text: str, terms: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The pairs whose source words stand in ``text``."""
    folded = text.casefold()
    return tuple(pair for pair in terms if pair[0].casefold() in folded)


def pack(loads: Sequence[Load], traits: Traits, terms: Terms) -> list[Batch]:
    """The requests for these pieces, in order, each within what the engine bears.

    Where it is told what stands nearby, a request holds neighbours: pieces of one text, as many as
    there is room for among the words nearby, so that each is read in what stands around it.
    """
    kinds: dict[tuple[str, str, str, bool], list[Load]] = {}
    for load in loads:
        piece = load.piece
        within = load.within if traits.context else ""
        kinds.setdefault((piece.source, piece.target, within, piece.confidential), []).append(load)
    batches = []
    for (source, target, _within, _confidential), same in kinds.items():
        pairs = tuple(terms.get((source, target), ())) if traits.glossary else ()
        batches += [Batch(tuple(some), pairs) for some in _groups(same, traits)]
    return batches


def _groups(loads: Sequence[Load], traits: Traits) -> Iterator[list[Load]]:
    group: list[Load] = []
    size = 0
    room = traits.context or traits.most_characters
    for load in loads:
        length = len(load.piece.text)
        full = room and size + length > room
        if group and (len(group) >= traits.most_texts or full):
            yield group
            group, size = [], 0
        group.append(load)
        size += length
    if group:
        yield group
