"""What the glossary says against the texts of a workspace, and what is wrong with the glossary.

Pure: over texts that were read and a YAML document with its places.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.errors import Place, Problem, Severity
from pipeline.texts.metadata import Metadata
from pipeline.texts.read import Text
from pipeline.texts.segments import Segment, SegmentKind
from pipeline.translation.counterpart import pair
from pipeline.translation.field_places import field_place
from pipeline.translation.fields import field_states, field_values
from pipeline.translation.marker import State
from pipeline.translation.passages import Passage
from pipeline.translation.terms import Finding, Lexicon, Vocabulary
from pipeline.translation.works import Work
from pipeline.workspace.glossary import Term
from pipeline.workspace.yaml import Document, Path

Vocabularies = Mapping[str, Vocabulary]
_WITHOUT_WORDS = (SegmentKind.CODE, SegmentKind.RAW, SegmentKind.COMMENT, SegmentKind.LEADING)
_MOST_ALIKE = 50


# -- the glossary itself ------------------------------------------------------------------------


def glossary_problems(document: Document, languages: Sequence[str]) -> list[Problem]:
    """What is wrong with the glossary's meaning, in the order of the file.

    Inputs: glossary.yaml with its places, and the event's languages. An entry that has not even
    the shape of one is left to the reading of the workspace.
    """
    entries = _entries(document)
    terms: dict[tuple[str, str], str] = {}
    names: dict[tuple[str, str], str] = {}
    for term in entries.values():
        for language, form in term.terms.items():
            terms.setdefault((language, _plain(form.term)), term.id)
            for words in (form.term, *form.variants, *form.accept):
                names.setdefault((language, _plain(words)), term.id)
    found: list[Problem] = []
    for index, term in entries.items():
        found += _of_entry(document, index, term, languages, terms, names)
    return found


def _entries(document: Document) -> dict[int, Term]:
    from pydantic import ValidationError

    values = document.value if isinstance(document.value, list) else []
    found: dict[int, Term] = {}
    for index, value in enumerate(values):
        try:
            found[index] = Term.model_validate(value)
        except ValidationError:
            continue
    return found


def _of_entry(
    document: Document,
    index: int,
    term: Term,
    languages: Sequence[str],
    terms: Mapping[tuple[str, str], str],
    names: Mapping[tuple[str, str], str],
) -> Iterable[Problem]:
    def problem(rule: str, path: Path, **values: object) -> Problem:
        return Problem(rule, document.place((index, *path)), values, Severity.REMARK)

    missing = [language for language in languages if language not in term.terms]
    if missing:
        yield problem("glossary-language-missing", (), id=term.id, missing=", ".join(missing))
    for language, form in term.terms.items():
        other = terms[language, _plain(form.term)]
        if other != term.id:
            yield problem("glossary-term-twice", ("terms", language, "term"),
                          term=form.term, other=other)  # fmt: skip
        for number, words in enumerate(form.refuse):
            owner = names.get((language, _plain(words)))
            if owner is not None:
                yield problem("glossary-refused-used", ("terms", language, "refuse", number),
                              term=words, other=owner)  # fmt: skip


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words).replace("’", "'").casefold()


# -- the texts ----------------------------------------------------------------------------------


def text_problems(
    works: Iterable[Work],
    alone: Iterable[Text],
    vocabularies: Vocabularies,
    wanted: Callable[[str], bool] = lambda _path: True,
) -> list[Problem]:
    """Findings over ``works`` and over texts that answer to none (``alone``: a declaration).

    In an original only words to refuse are looked for; in a counterpart also terms of the source
    that nothing renders. ``wanted`` says of which files. Of a confidential text only the places
    are told (law 6).
    """
    found: list[Problem] = []
    for text in alone:
        if wanted(text.file.path):
            found += _in_original(text, vocabularies[text.file.language])
    for work in works:
        if work.original is None:
            continue
        if wanted(work.original.file.path):
            found += _in_original(work.original, vocabularies[work.original.file.language])
        for language, text in work.counterparts.items():
            if wanted(text.file.path):
                spoken = vocabularies[work.original.file.language]
                lexicon = Lexicon(spoken, vocabularies[language])
                found += _in_counterpart(work.original, text, lexicon)
    return found


def _in_original(text: Text, vocabulary: Vocabulary) -> Iterable[Problem]:
    hidden = text.metadata.confidential
    for segment in text.body.segments:
        if segment.kind not in _WITHOUT_WORDS:
            line = text.source.body_line + segment.line
            for finding in _refused(segment.raw, vocabulary):
                place = Place(text.file.path, line + segment.raw.count("\n", 0, finding.start))
                yield glossary_problem(finding, place, hidden)
    for name, value in field_values(text.metadata).items():
        for finding in _refused(value, vocabulary):
            yield glossary_problem(finding, field_place(text, name), hidden)


def _refused(text: str, vocabulary: Vocabulary) -> Iterable[Finding]:
    for hit, term in vocabulary.refused(text):
        wanted = term.terms[vocabulary.language].term
        yield Finding("term-refused", term, text[hit.start : hit.end], wanted, hit.start)


def _in_counterpart(original: Text, text: Text, lexicon: Lexicon) -> Iterable[Problem]:
    hidden = original.metadata.confidential
    segments = original.body.segments
    for found in pair(segments, text.body.segments):
        if found.source is None or found.passage is None or found.state is State.MISSING:
            continue
        source = segments[found.source]
        if source.kind in _WITHOUT_WORDS:
            continue
        for finding in lexicon.findings(source.raw, found.passage.raw):
            if holds(finding, found.state):
                yield glossary_problem(finding, _place(text, found.passage, finding), hidden)
    yield from _in_fields(original.metadata, text, lexicon, hidden)


def _in_fields(original: Metadata, text: Text, lexicon: Lexicon, hidden: bool) -> Iterable[Problem]:
    states = field_states(original, text.metadata)
    there = field_values(text.metadata)
    for name, value in field_values(original).items():
        if name not in there:
            continue
        for finding in lexicon.findings(value, there[name]):
            if holds(finding, states[name]):
                yield glossary_problem(finding, field_place(text, name), hidden)


def holds(finding: Finding, state: State) -> bool:
    """A stale translation answers to another source: what it lacks of this one says nothing."""
    return state is not State.STALE or finding.rule == "term-refused"


def glossary_problem(finding: Finding, place: Place, hidden: bool) -> Problem:
    """A finding in words; of a confidential text (``hidden``) only its place."""
    if hidden:
        return Problem("term-confidential", place, {}, Severity.REMARK)
    values = {"found": finding.found, "wanted": finding.wanted}
    return Problem(finding.rule, place, values, Severity.REMARK)


def _place(text: Text, passage: Passage, finding: Finding) -> Place:
    """The line of what stands in the translation; its first line for what does not."""
    words = [part for part in passage.segments if part.kind is not SegmentKind.COMMENT]
    offset = finding.start if finding.rule == "term-refused" else 0
    segment, before = _segment_at(words, offset)
    line = text.source.body_line + segment.line + segment.raw.count("\n", 0, before)
    return Place(text.file.path, line)


def _segment_at(segments: Sequence[Segment], offset: int) -> tuple[Segment, int]:
    for segment in segments:
        if offset < len(segment.raw):
            return segment, offset
        offset -= len(segment.raw) + len(segment.after)
    return segments[-1], 0
