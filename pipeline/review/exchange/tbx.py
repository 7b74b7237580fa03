"""The glossary as TBX-Basic (ISO 30042), for the terminology of translation tools, and back.

Written in the second version (``martif``), which all tools read; both versions are read. What TBX
cannot say (readings, words that are only accepted, terms that are not translated) stays in
glossary.yaml: an import adds concepts and changes none.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import Place, Problem, Severity, stop
from pipeline.review.exchange.bounds import MAX_ROWS, line_of, parsed
from pipeline.workspace.characters import visible
from pipeline.workspace.glossary import Form, Term

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFERRED, _ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"
_DEPRECATED = "deprecatedTerm-admn-sts"
_ENTRIES = ("termEntry", "conceptEntry")
_LANGUAGES = ("langSet", "langSec")
_TERMS = ("tig", "ntig", "termSec")
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass
class Names:
    """A concept's names in one language."""

    term: str = ""
    variants: list[str] = field(default_factory=list)
    refuse: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Concept:
    """A concept of a TBX file; ``id`` may be empty."""

    id: str
    names: Mapping[str, Names]
    place: Place


def write(glossary: Iterable[Term], languages: Sequence[str], title: str) -> bytes:
    """The TBX file of a glossary, its entries in their order."""
    root = etree.Element("martif", type="TBX-Basic")
    root.set(_LANG, languages[0])
    description = etree.SubElement(etree.SubElement(root, "martifHeader"), "fileDesc")
    etree.SubElement(etree.SubElement(description, "titleStmt"), "title").text = title
    etree.SubElement(etree.SubElement(description, "sourceDesc"), "p").text = "Actes"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for term in glossary:
        entry = etree.SubElement(body, "termEntry", id=term.id)
        for language in languages:
            form = term.terms.get(language)
            if form is not None:
                _language(entry, language, form, (term.note or {}).get(language, ""))
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _language(entry: etree._Element, language: str, form: Form, note: str) -> None:
    part = etree.SubElement(entry, "langSet")
    part.set(_LANG, language)
    if note:
        etree.SubElement(part, "descrip", type="definition").text = note
    statuses = [(form.term, _PREFERRED)]
    statuses += [(name, _ADMITTED) for name in form.variants]
    statuses += [(name, _DEPRECATED) for name in form.refuse]
    for name, status in statuses:
        group = etree.SubElement(part, "tig")
        etree.SubElement(group, "term").text = name
        etree.SubElement(group, "termNote", type="administrativeStatus").text = status


def read(content: bytes, path: str, languages: Sequence[str]) -> tuple[Concept, ...]:
    """The concepts of a TBX file that have a term in at least one of ``languages``.

    Raises ActesError as `bounds.parsed`, ``exchange-tbx`` and ``exchange-too-much``.
    """
    root = parsed(content, path)
    if _local(root) not in ("martif", "tbx"):
        raise stop("exchange-tbx", path)
    entries = [element for element in root.iter() if _local(element) in _ENTRIES]
    if len(entries) > MAX_ROWS:
        raise stop("exchange-too-much", path, most=MAX_ROWS)
    found = [_concept(entry, path, languages) for entry in entries]
    return tuple(concept for concept in found if concept.names)


def _concept(entry: etree._Element, path: str, languages: Sequence[str]) -> Concept:
    names: dict[str, Names] = {}
    for part in entry:
        tag = (part.get(_LANG) or "").replace("_", "-")
        language = next((known for known in languages if _same(tag, known)), None)
        if _local(part) in _LANGUAGES and language:
            there = names.setdefault(language, Names())
            for word, status in _named(part):
                _add(there, word, status)
    return Concept(
        entry.get("id") or "",
        {language: found for language, found in names.items() if found.term},
        Place(path, line_of(entry)),
    )


def _same(tag: str, known: str) -> bool:
    return tag.lower() == known.lower() or tag.partition("-")[0].lower() == known.lower()


def _named(part: etree._Element) -> Iterator[tuple[str, str]]:
    """The terms of a language with their administrative status, "" where none is given."""
    for group in part.iter():
        if _local(group) not in _TERMS:
            continue
        word, status = "", ""
        for child in group.iter():
            text = visible(" ".join("".join(map(str, child.itertext())).split()))
            if _local(child) == "term":
                word = word or text
            elif "administrativeStatus" in (child.get("type", ""), _local(child)):
                status = text
        if word:
            yield word, status


def _add(names: Names, word: str, status: str) -> None:
    if status in (_DEPRECATED, "deprecatedTerm", "supersededTerm-admn-sts"):
        names.refuse.append(word)
    elif not names.term:
        names.term = word
    elif status == _PREFERRED and word != names.term:
        names.variants.append(names.term)
        names.term = word
    elif word != names.term:
        names.variants.append(word)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


# -- into glossary.yaml -------------------------------------------------------------------------


def added(
    concepts: Iterable[Concept], glossary: Sequence[Term], languages: Sequence[str]
) -> tuple[str, int, tuple[Problem, ...]]:
    """What to put at the end of glossary.yaml, how many concepts that is, and what was not added.

    A concept is known by its id or by its first term; where its terms differ from those that stand
    there, it is named and nothing changes.
    """
    by_id = {term.id: term for term in glossary}
    by_word = {
        (language, form.term): term for term in glossary for language, form in term.terms.items()
    }
    taken = set(by_id)
    blocks: list[str] = []
    problems: list[Problem] = []
    for concept in concepts:
        first = next(language for language in languages if language in concept.names)
        there = by_id.get(concept.id) or by_word.get((first, concept.names[first].term))
        if there is None:
            identifier = _free(concept, first, taken)
            taken.add(identifier)
            blocks.append(_entry(identifier, concept, languages))
        elif wrong := _difference(concept, there):
            values = {"id": there.id, "language": wrong}
            problems.append(
                Problem("exchange-term-differs", concept.place, values, Severity.REMARK)
            )
    return "".join(blocks), len(blocks), tuple(problems)


def _difference(concept: Concept, there: Term) -> str:
    """The languages in which the concept's term is another one."""
    return ", ".join(
        language
        for language, names in concept.names.items()
        if language not in there.terms or there.terms[language].term != names.term
    )


def _free(concept: Concept, first: str, taken: set[str]) -> str:
    """An id that glossary.yaml has not: the file's own, or one made of the term."""
    plain = unicodedata.normalize("NFKD", concept.names[first].term).lower()
    base = _SLUG.sub("-", concept.id.lower()).strip("-") or _SLUG.sub("-", plain).strip("-")
    base = base[:60].strip("-") or "terme"
    if not base[0].isalpha():
        base = f"t-{base}"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def _entry(identifier: str, concept: Concept, languages: Sequence[str]) -> str:
    """A term as YAML: strings in double quotes, which JSON's are."""
    lines = [f"\n- id: {identifier}\n", "  terms:\n"]
    for language in languages:
        names = concept.names.get(language)
        if names is None:
            continue
        lists = [
            f"{key}: [{', '.join(map(_quoted, words))}]"
            for key, words in (("variants", names.variants), ("refuse", names.refuse))
            if words
        ]
        lines.append(f"    {language}: {{{', '.join([f'term: {_quoted(names.term)}', *lists])}}}\n")
    return "".join(lines)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
