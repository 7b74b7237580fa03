"""What both XLIFF versions have in common: texts with inline codes, rows written and read.

XLIFF is written here and not by a library: none of those tried writes inline codes, the previous
source and the notes of both versions. Other tools' readers check it in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from pipeline.errors import Place, Problem, stop
from pipeline.review.exchange.bounds import MAX_ROWS, line_of, parsed
from pipeline.review.exchange.codes import Coded, Damage, Part, damage, uncoded
from pipeline.review.exchange.rows import Returned, Returns, Row, Standing, parse_record

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RECORD, CODES, ROWS = "actes", "actes-codes", "actes-rows"
PREVIOUS, PROPOSAL, REMARK = "actes-previous", "actes-proposal", "actes-remark"
TRANSLATOR = "translator"
_THROUGH = frozenset({"mrk", "sm", "em"})  # annotations of a tool: their words are the text's
_CODES = frozenset({"ph", "x"})


def by_file(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each counterpart, in order."""
    for path, group in groupby(rows, lambda row: row.key.partition("#")[0]):
        yield path, list(group)


def notes_of(row: Row, codes: Coded) -> Iterator[tuple[str, str]]:
    """The notes of a row: what only Actes reads, what the translator reads, what they wrote."""
    yield RECORD, row.record
    yield CODES, " ".join(map(str, sorted(codes.wanted)))
    if row.changed:
        yield PREVIOUS, row.source_then
    if row.proposal:
        yield PROPOSAL, row.proposal
    for remark in row.remarks:
        yield REMARK, remark
    if row.note:
        yield TRANSLATOR, row.note


def fill(
    element: etree._Element, parts: Sequence[Part], code: Callable[[int], etree._Element]
) -> None:
    """Give an element words and codes."""
    last: etree._Element | None = None
    for part in parts:
        if isinstance(part, int):
            last = code(part)
            element.append(last)
        elif last is None:
            element.text = (element.text or "") + part
        else:
            last.tail = (last.tail or "") + part


def parts_in(element: etree._Element) -> Iterator[str | int | None]:
    """Words and the numbers of codes; None for a code that Actes did not write."""
    if element.text:
        yield element.text
    for child in element:
        name = etree.QName(child).localname
        identifier = child.get("id", "")
        if name in _CODES and identifier.isdecimal():
            yield int(identifier)
        elif name in _THROUGH:
            yield from parts_in(child)
        else:
            yield None
        if child.tail:
            yield child.tail


def text_of(
    element: etree._Element | None, wanted: str, marks: Mapping[int, str], place: Place
) -> tuple[str | None, Problem | None]:
    """The Markdown of a target, or what is wrong with its codes."""
    if element is None:
        return "", None
    found = list(parts_in(element))
    if not any(part.strip() if isinstance(part, str) else True for part in found):
        return "", None
    parts = [part for part in found if part is not None]
    numbers = [part for part in found if not isinstance(part, str)]
    asked = [int(number) for number in wanted.split() if number.isdecimal()]
    wrong = damage(numbers, asked, marks)
    if wrong:
        return None, Problem("exchange-codes", place, {"marks": _named(wrong)})
    return uncoded(parts, marks), None


def _named(wrong: Damage) -> str:
    marks = [*wrong.lost, *wrong.doubled] or ["?"]
    return " ".join(repr(mark)[1:-1][:40] for mark in dict.fromkeys(marks))


@dataclass(frozen=True)
class Unit:
    """What stands in a unit, wherever a version puts it: notes by who wrote them, the Markdown of
    each code, the two texts; ``standing`` says what the unit states of a text that was read."""

    key: str
    notes: Mapping[str, Sequence[str]]
    marks: Mapping[int, str]
    source: etree._Element | None
    target: etree._Element | None
    standing: Callable[[str | None], Standing]


def returns(
    content: bytes,
    path: str,
    tag: str,
    look: Callable[[etree._Element], Unit],
    count: Callable[[etree._Element], Sequence[str]],
) -> Returns:
    """The rows of a file, whatever else a tool put into it: ``look`` reads an element ``tag``,
    ``count`` the notes that say how many rows the file had.

    Raises ActesError as `bounds.parsed`, and ``exchange-too-much``.
    """
    root = parsed(content, path)
    elements = list(root.iter(tag))
    if len(elements) > MAX_ROWS:
        raise stop("exchange-too-much", path, most=MAX_ROWS)
    rows: list[Returned] = []
    problems: list[Problem] = []
    for element in elements:
        place = Place(path, line_of(element))
        row = _returned(look(element), place)
        if row is None:
            problems.append(Problem("exchange-unknown-row", place))
        else:
            rows.append(row)
    return Returns(tuple(rows), _number(count(root)), tuple(problems))


def _returned(unit: Unit, place: Place) -> Returned | None:
    """A row that came back; None for what is none of ours."""
    record = parse_record("\n".join(unit.notes.get(RECORD, ())))
    if record is None:
        return None
    wanted = " ".join(unit.notes.get(CODES, ()))
    text, wrong = text_of(unit.target, wanted, unit.marks, place)
    source, _wrong = text_of(unit.source, "", unit.marks, place)
    own = "\n".join(unit.notes.get(TRANSLATOR, ()))
    return Returned(unit.key, *record, text, unit.standing(text), place, own, wrong, source)


def by_writer(notes: Iterable[tuple[str, str | None]]) -> Mapping[str, Sequence[str]]:
    """Notes by who wrote them; those of other tools and people are the translator's."""
    found: dict[str, list[str]] = {}
    for writer, words in notes:
        found.setdefault(writer if writer.startswith("actes") else TRANSLATOR, []).append(
            words or ""
        )
    return found


def serialised(root: etree._Element) -> bytes:
    """The file; texts keep their white space, so nothing is indented inside a unit."""
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _number(notes: Sequence[str]) -> int | None:
    """How many rows the file had when it left."""
    said = notes[0].strip() if notes else ""
    return int(said) if said.isdecimal() and len(said) < 10 else None  # noqa: PLR2004
