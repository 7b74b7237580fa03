"""The glossary at work: the terms of a text, what must stand for them, and what does not.

A term is found by any inflection of its form and variants, longest first, never inside code,
addresses or the targets of links. What is found is only shown: no text is changed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.errors import Place, stop
from pipeline.translation.term_forms import Finder, Form, Hit, Role, finder, longest
from pipeline.workspace.glossary import Term
from pipeline.workspace.languages import load_language
from pipeline.workspace.load import Workspace

_MARKUP = re.compile(r"[*_\[\]]")


@dataclass(frozen=True)
class Found:
    """A term as it stands at ``text[start:end]`` of the text it was found in.

    ``others`` are terms that have the same form (地産地消): any of them may be meant.
    """

    term: Term
    start: int
    end: int
    form: str
    others: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What the glossary says against a translation, or an original.

    ``rule`` is ``term-refused`` (``found`` stands there and is never to be written) or
    ``term-absent`` (``found`` stands in the source and nothing that renders it in the translation).
    ``wanted`` is what to write; ``start`` the place, in the translation or in the source.
    """

    rule: str
    term: Term
    found: str
    wanted: str
    start: int


class Vocabulary:
    """The terms of one language, compiled to be found in many texts."""

    def __init__(self, terms: Sequence[Term], language: str, inflection: str) -> None:
        self.terms = terms
        self.language = language
        # a unit is asked about when it is protected, sent and checked
        self._find: Finder = lru_cache(maxsize=1 << 12)(finder(_forms(terms, language), inflection))

    def hits(self, text: str) -> list[Hit]:
        """Every form in ``text``, also those within others."""
        return self._find(text)

    def found(self, text: str, hits: Sequence[Hit] | None = None) -> tuple[Found, ...]:
        """The terms in ``text``, longest first, none over another."""
        shown = longest([hit for hit in (self.hits(text) if hits is None else hits) if _names(hit)])
        groups: dict[int, list[Hit]] = {}
        for hit in shown:
            groups.setdefault(hit.start, []).append(hit)
        return tuple(
            self._found(text, named)
            for group in groups.values()
            if (named := [hit for hit in group if hit.form.role is not Role.REFUSED])
        )

    def refused(self, text: str, hits: Sequence[Hit] | None = None) -> Iterable[tuple[Hit, Term]]:
        """The words in ``text`` that are never to be written, with the term they stand for."""
        for hit in longest(
            [hit for hit in (self.hits(text) if hits is None else hits) if hit.whole]
        ):
            if hit.form.role is Role.REFUSED:
                yield hit, self.terms[hit.form.term]

    def _found(self, text: str, hits: Sequence[Hit]) -> Found:
        first = hits[0]
        terms = dict.fromkeys(hit.form.term for hit in hits)
        term, *others = (self.terms[index] for index in terms)
        return Found(term, first.start, first.end, text[first.start : first.end], tuple(others))


def _names(hit: Hit) -> bool:
    return hit.whole and hit.form.role is not Role.ACCEPTED


def _forms(terms: Iterable[Term], language: str) -> Iterable[Form]:
    for index, term in enumerate(terms):
        form = term.terms.get(language)
        if form is None:
            continue
        yield Form(form.term, index, Role.TERM)
        for words, role in (
            (form.variants, Role.VARIANT),
            (form.refuse, Role.REFUSED),
            (form.accept, Role.ACCEPTED),
        ):
            yield from (Form(each, index, role) for each in words)


class Lexicon:
    """The glossary from one language into another."""

    def __init__(self, source: Vocabulary, target: Vocabulary) -> None:
        self.source = source
        self.target = target
        self._any_fixed = any(not term.translate for term in source.terms)

    def found(self, text: str) -> tuple[Found, ...]:
        """The terms of a source text, in order, longest first, none over another."""
        return self.source.found(text)

    def fixed(self, text: str) -> tuple[tuple[str, str], ...]:
        """What no engine may translate: words as they stand in ``text``, and what to print.

        The target language's form as the glossary gives it, or the words themselves if it has none.
        Words with emphasis inside are left out: shielding them would break it.
        """
        if not self._any_fixed:
            return ()
        pairs = (
            (found.form, self._target(found.term) or found.form)
            for found in self.found(text)
            if not found.term.translate and not _MARKUP.search(found.form)
        )
        return tuple(dict.fromkeys(pairs))

    def pairs(self, text: str) -> tuple[tuple[str, str], ...]:
        """For engines with glossaries: words as they stand in ``text``, and the term for them."""
        pairs = (
            (" ".join(found.form.split()), target)
            for found in self.found(text)
            if found.term.translate
            and not _MARKUP.search(found.form)
            and (target := self._target(found.term))
        )
        return tuple(dict.fromkeys(pairs))

    def findings(self, source: str, translation: str) -> tuple[Finding, ...]:
        """What the glossary says against a translation; inputs: inline or block Markdown.

        A refused word counts only where the source speaks of its term: elsewhere it may be right.
        """
        there = self.source.hits(source)
        hits = self.target.hits(translation)
        meant = {hit.form.term for hit in there}
        refused = [
            Finding("term-refused", term, translation[hit.start : hit.end],
                    term.terms[self.target.language].term, hit.start)
            for hit, term in self.target.refused(translation, hits)
            if hit.form.term in meant
        ]  # fmt: skip
        said = {hit.form.term for hit in hits if hit.form.role is not Role.REFUSED}
        rendered = {self.target.terms[index].id for index in said}
        told = {finding.term.id for finding in refused} | rendered
        absent: dict[str, Finding] = {}
        for found in self.source.found(source, there):
            wanted = self._target(found.term)
            names = {found.term.id, *(other.id for other in found.others)}
            if wanted and not names & told:
                absent.setdefault(
                    found.term.id,
                    Finding("term-absent", found.term, found.form, wanted, found.start),
                )
        return (*refused, *absent.values())

    def _target(self, term: Term) -> str:
        form = term.terms.get(self.target.language)
        return form.term if form else ""


def vocabulary(workspace: Workspace, language: str) -> Vocabulary:
    """The glossary's terms in ``language``.

    Raises ActesError as `load_language` does, and ``language-table-wrong`` where the table names a
    stemmer that does not exist.
    """
    return _vocabulary(workspace.root, workspace.glossary, language)


def _vocabulary(root: Path, terms: Sequence[Term], language: str) -> Vocabulary:
    inflection = load_language(root, language).inflection
    try:
        return Vocabulary(terms, language, inflection)
    except KeyError:
        place = Place(f"templates/languages/{language}.toml")
        reason = f"inflection = {inflection!r}"
        raise stop("language-table-wrong", place, reason=reason) from None


def lexicon(workspace: Workspace, source: str, target: str) -> Lexicon:
    """The glossary of ``workspace`` from ``source`` into ``target``; raises as `vocabulary`."""
    return Lexicon(vocabulary(workspace, source), vocabulary(workspace, target))
