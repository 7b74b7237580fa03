"""The alternat: each party's own original names it first, and the originals are otherwise alike.

What may change places is the columns (with the titles above them), the parties and their
signatures, the languages in the closing formula, and in the text what authors marked as naming a
party (``[la France]{party=fr} et [le Japon]{party=ja}``) or gave each original words for
(`worded`). Nothing else does.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from pipeline.declaration.clauses import Clause
from pipeline.declaration.worded import ORIGINAL, said_in, set_in_type, worded, wordings
from pipeline.errors import Place, Problem, Severity
from pipeline.proceedings.book import Blocks, Inlines
from pipeline.proceedings.parallel import ParallelBook, ParallelRow, Party, Signatory
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.texts.read import Text

PARTY = "party"
"""The attribute of words that name a party: the language of the event that is its own."""
_NAMED = re.compile(
    rf"\[([^\[\]]+)\]\{{(?:{PARTY}=([A-Za-z-]{{2,12}})|{ORIGINAL}=\"([^\"\n]{{1,500}})\")\}}"
)
_BESIDE = 24  # letters between two parties that are named together: « ainsi que des villes de »
_STOP = re.compile(r"[.!?。！？;；]")
Item = TypeVar("Item")


@dataclass(frozen=True)
class Alternat:
    """Whose original it is, among the event's ``languages``; how far its order reaches."""

    holder: str
    languages: tuple[str, ...]
    extent: Literal["large", "small"] = "large"
    columns: Literal["holder", "event"] = "holder"

    @property
    def order(self) -> tuple[str, ...]:
        """The languages of the parties as this original names them."""
        return (self.holder, *(tag for tag in self.languages if tag != self.holder))


def original(book: ParallelBook, alternat: Alternat) -> ParallelBook:
    """The book as its holder signs it.

    Whichever original is given, what comes is the same: the original of one party, turned for
    another, is the other's (``original(original(book, a), b) == original(book, b)``).
    """
    wanted = alternat.order if alternat.columns == "holder" else alternat.languages
    places = sorted(
        range(len(book.sides)), key=lambda place: wanted.index(book.sides[place].language)
    )
    sides = tuple(
        replace(side, title=_turned(side.title, alternat.order)) for side in _at(places, book.sides)
    )
    return replace(
        book,
        sides=sides,
        subtitle=_at(places, book.subtitle),
        rows=tuple(_row(row, places, alternat) for row in book.rows),
        closing=tuple(_named_first(formula, alternat) for formula in _at(places, book.closing)),
        signatures_title=_at(places, book.signatures_title),
        parties=_parties(book.parties, places, alternat),
        initials=_at(places, book.initials),
        draft_marks=_at(places, book.draft_marks),
        marks=_at(places, book.marks),
        title=" / ".join(ast.plain_text(side.title) for side in sides),
    )


def one_text(book: ParallelBook, language: str) -> ParallelBook:
    """The text of one language alone: a copy, which nobody signs."""
    (place,) = (n for n, side in enumerate(book.sides) if side.language == language)
    side = book.sides[place]
    return replace(
        book,
        sides=(side,),
        subtitle=_at([place], book.subtitle),
        rows=tuple(
            replace(row, cells=_at([place], row.cells), marks=_at([place], row.marks))
            for row in book.rows
        ),
        closing=_at([place], book.closing),
        signatures_title=_who_signed(book, place),
        parties=tuple(_party(party, [place]) for party in book.parties),
        initials=(),
        draft_marks=_at([place], book.draft_marks),
        marks=_at([place], book.marks),
        title=ast.plain_text(side.title),
    )


def _who_signed(book: ParallelBook, place: int) -> tuple[Inlines, ...]:
    """What stands above the names on a copy, which nobody signs."""
    if not book.initials:
        return _at([place], book.signatures_title)
    return (tuple(ast.text(book.sides[place].labels["signatories"])),)


def _at(places: Sequence[int], items: Sequence[Item]) -> tuple[Item, ...]:
    """The items in these places; nothing where there is nothing."""
    return tuple(items[place] for place in places) if items else ()


def _row(row: ParallelRow, places: Sequence[int], alternat: Alternat) -> ParallelRow:
    cells = _at(places, row.cells)
    if alternat.extent == "large" or row.formula:
        cells = tuple(_named_first(cell, alternat) for cell in cells)
    return replace(row, cells=cells, marks=_at(places, row.marks))


def _parties(
    parties: Sequence[Party], places: Sequence[int], alternat: Alternat
) -> tuple[Party, ...]:
    order = alternat.order
    ranks = {language: rank for rank, language in enumerate(order)}
    found = sorted(parties, key=lambda party: ranks.get(party.language, len(order)))
    return tuple(_party(party, places) for party in found)


def _party(party: Party, places: Sequence[int]) -> Party:
    people = tuple(Signatory(_at(places, person.lines)) for person in party.signatories)
    return replace(party, names=_at(places, party.names), signatories=people)


# -- parties named in the text --------------------------------------------------------------------


def _named_first(blocks: Blocks, alternat: Alternat) -> Blocks:
    """A copy in which parties named together are named in the original's order."""
    found = copy.deepcopy(blocks)
    ast.map_inlines(found, lambda inlines: list(_turned(inlines, alternat.order)))
    return found


def _turned(inlines: Sequence[Node], order: Sequence[str]) -> tuple[Node, ...]:
    """Inlines whose namings of parties have changed places, each group among its own.

    Words that each original has in its own way are those of the first of ``order``.
    """
    result = list(inlines)
    for group in _groups(inlines, order):
        named = sorted(group, key=lambda place: order.index(party_of(inlines[place])))
        for place, taken in zip(group, named, strict=True):
            result[place] = inlines[taken]
    return tuple(worded(node, order[0]) for node in result)


def _groups(inlines: Sequence[Node], order: Sequence[str]) -> list[list[int]]:
    """The places of parties that are named together: each once, with but a few words between."""
    groups: list[list[int]] = []
    for place, node in enumerate(inlines):
        if party_of(node) not in order:
            continue
        last = groups[-1] if groups else []
        between = ast.plain_text(inlines[last[-1] + 1 : place]) if last else ""
        again = any(party_of(inlines[other]) == party_of(node) for other in last)
        if not last or again or len(between) > _BESIDE or _STOP.search(between):
            groups.append([place])
        else:
            last.append(place)
    return groups


def title_of(text: Text, words: Callable[[str], Iterable[Node]]) -> Inlines:
    """A text's title, in which parties may be marked as in its clauses; ``words`` sets the rest."""
    found: list[Node] = []
    parts = iter(_NAMED.split(text.metadata.title))
    for plain in parts:
        marked, party, original = (next(parts, "") or "" for _ in range(3))
        found += words(plain)
        if marked:
            pairs = {PARTY: party} if party else {ORIGINAL: original}
            found.append(set_in_type(ast.span(list(words(marked)), ast.attr(**pairs)), words))
    return tuple(found)


def plain_title(text: Text) -> str:
    """A text's title without marks, as it was written."""
    return ast.plain_text(title_of(text, ast.text))


def party_of(node: Node) -> str:
    """The party that a span names, by its language; an empty string for all else."""
    return dict(node["c"][0][2]).get(PARTY, "") if node["t"] == "Span" else ""


def misnamed(text: Text, found: Sequence[Clause], languages: Sequence[str]) -> Iterable[Problem]:
    """Words marked as naming a party that is none, and namings that cannot change places.

    One that no other stands beside stays where it is. Those that begin a sentence with a capital
    would begin it without one: the article they have in common belongs before the mark.
    """
    title = ast.plain(list(title_of(text, ast.text)))
    for line, nodes in ((1, [title]), *((c.line, _nodes(c)) for c in found)):
        place = Place(text.file.path, line)
        for node in ast.walk(nodes):
            said = said_in(node)
            named = [party_of(node)] if party_of(node) else [*wordings(said)]
            for party in named:
                if party not in languages:
                    values = {"party": party, "languages": ", ".join(languages)}
                    yield Problem("party-unknown", place, values)
            if said and not named:
                words = {"words": ast.plain_text(node["c"][1]), "given": said}
                yield Problem("original-unreadable", place, words)
            for inlines in ast.inline_lists(node):
                for group in _groups(inlines, languages):
                    words = {"words": ast.plain_text([inlines[group[0]]])}
                    if len(group) == 1:
                        yield Problem("party-alone", place, words, Severity.REMARK)
                    elif _begins_badly(inlines, group):
                        yield Problem("party-capital", place, words)


def _nodes(clause: Clause) -> list[Node]:
    return [ast.plain(list(clause.title)), *clause.blocks]


def _begins_badly(inlines: Sequence[Node], group: Sequence[int]) -> bool:
    """Whether a capital of the first would be lacking where another takes its place."""
    before = ast.plain_text(inlines[: group[0]]).rstrip()
    if before and before[-1] not in ".!?":
        return False
    first, *others = (ast.plain_text([inlines[place]]).strip()[:1] for place in group)
    return first.isupper() and any(letter.islower() for letter in others)
