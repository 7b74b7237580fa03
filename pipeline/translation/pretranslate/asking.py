"""From questions to answers: what is there already, what the memory knows, what an engine says.

An engine gets words with their marks protected. Where the marks come back spoilt, the words
between them are asked for piece by piece, and at last without marks at all; what is then lacking
is said beside the segment (law 7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.errors import Problem
from pipeline.translation import figures, polish
from pipeline.translation.engines.exchange import Exchange, OnExchange
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.parcels import Job
from pipeline.translation.markup import protect as markup
from pipeline.translation.markup.protect import Style
from pipeline.translation.memory.entries import Standing
from pipeline.translation.memory.index import Memory
from pipeline.translation.paid import Paid
from pipeline.translation.pretranslate.tasks import Ask
from pipeline.translation.sending import Estimate, OnProgress, Progress, estimate, send
from pipeline.translation.terms import Lexicon
from pipeline.workspace.languages import LanguageTable

Fixed = tuple[tuple[str, str], ...]
_PLACE = re.compile(r"[#:][^#:/]*\Z")  # of a line, or of a metadata value


@dataclass(frozen=True)
class Sources:
    """Where answers come from, and what they must respect."""

    memory: Callable[[Sequence[Ask]], Memory]
    engine: Gated
    paid: Paid
    lexicon: Callable[[str, str], Lexicon]
    table: Callable[[str], LanguageTable]
    retranslate: bool = False


@dataclass
class Asking:
    """A run of questions; counts add up over all of its `ask`s.

    ``approved`` are those answered by a translation that somebody has approved, and its file.
    """

    sources: Sources
    limit: int | None = None
    on_progress: OnProgress | None = None
    on_exchange: OnExchange | None = None
    sent: int = 0
    received: int = 0
    requests: int = 0
    cost: float | None = None
    problems: list[Problem] = field(default_factory=list)
    ended: bool = False
    approved: dict[Ask, str] = field(default_factory=dict)
    _ahead: int = 0
    _begun: int = 0

    def expect(self, asks: Sequence[Ask]) -> None:
        """Hear beforehand of all that will be asked, so that progress tells of all that is left.

        It costs a look at every unit, and nothing where nobody watches.
        """
        if self.on_progress is None or not self.sources.engine.traits.sends:
            return
        found = self.estimate(asks)
        self._ahead = found.characters
        if found.characters:
            left = found.characters if self.limit is None else min(found.characters, self.limit)
            self.on_progress(Progress(0, left, None if found.cost is None else 0.0))

    def ask(self, asks: Sequence[Ask]) -> dict[Ask, str]:
        """The answers that could be had, as Markdown that an editor would set."""
        answers, rest = self._here(asks)
        if not self.sources.engine.traits.sends:
            return answers
        for attempt in (self._whole, self._in_pieces, self._bare):
            rest = [ask for ask in rest if ask not in answers]
            if rest:
                found = attempt(rest)
                answers |= {ask: self._polished(ask, text) for ask, text in found.items()}
                rest = self._spoilt
        return answers

    def approved_in(self, asks: Sequence[Ask]) -> list[str]:
        """The files in which somebody approved these translations, where that is so of all."""
        if not self.approved:
            return []
        worded = [ask for ask in asks if markup.sendable(ask.text, self._fixed(ask))]
        if not all(ask in self.approved for ask in worded):
            return []
        return list(dict.fromkeys(self.approved[ask] for ask in worded))

    def estimate(self, asks: Sequence[Ask]) -> Estimate:
        """What asking would send."""
        _answers, rest = self._here(asks)
        style = self.sources.engine.traits.style
        jobs = [self._job(str(n), ask, self._protected(ask, style).text)
                for n, ask in enumerate(rest)]  # fmt: skip
        return estimate(jobs, self.sources.engine, paid=self.sources.paid, terms=self._terms(rest))

    # -- without an engine ----------------------------------------------------------------------

    def _here(self, asks: Sequence[Ask]) -> tuple[dict[Ask, str], list[Ask]]:
        """What needs no engine: units without words, and units that were translated before."""
        self._spoilt: list[Ask] = []
        answers: dict[Ask, str] = {}
        sendable: list[Ask] = []
        for ask in asks:
            if markup.sendable(ask.text, self._fixed(ask)):
                sendable.append(ask)
            else:
                answers[ask] = self._unsent(ask)
        known = self._remembered(sendable)
        return answers | known, [ask for ask in sendable if ask not in known]

    def _unsent(self, ask: Ask) -> str:
        """A unit without words to translate: a number, or what the glossary fixes."""
        if not self._fixed(ask):
            manner = (self.sources.table(tag).typography for tag in (ask.source, ask.target))
            return figures.written(ask.text, *manner)
        sent = self._protected(ask, Style.TOKENS)
        return markup.restore(sent, sent.text) or ask.text

    def _remembered(self, asks: Sequence[Ask]) -> dict[Ask, str]:
        if not asks:
            return {}
        found: dict[Ask, str] = {}
        memory = self.sources.memory(asks)
        for ask in asks if not memory.empty() else ():
            for match in memory.exact(ask.text, ask.source, ask.target, ask.before):
                if not (self.sources.retranslate and match.entry.state == Standing.MACHINE):
                    found[ask] = match.entry.target
                    if match.entry.state == Standing.REVIEWED:
                        self.approved[ask] = _PLACE.sub("", match.entry.where)
                    break
        return found

    # -- with an engine -------------------------------------------------------------------------

    def _whole(self, asks: Sequence[Ask]) -> dict[Ask, str]:
        """Whole units, their marks protected; those that come back spoilt wait for another try."""
        style = self.sources.engine.traits.style
        sent = {str(n): (ask, self._protected(ask, style)) for n, ask in enumerate(asks)}
        return {sent[id_][0]: answer for id_, answer in self._answered(sent, asks).items()}

    def _in_pieces(self, asks: Sequence[Ask]) -> dict[Ask, str]:
        """The words between the marks, each by itself; the marks stay where they are."""
        cut = {ask: markup.pieces(ask.text, self._fixed(ask), ask.labels) for ask in asks}
        sent = {
            f"{n}.{k}": (ask, self._words(text))
            for n, ask in enumerate(asks)
            for k, text in enumerate(cut[ask].texts)
        }
        given = self._answered(sent, asks)
        answers: dict[Ask, str] = {}
        for n, ask in enumerate(asks):
            parts = [given.get(f"{n}.{k}") for k in range(len(cut[ask].texts))]
            whole = [markup.bare(part) for part in parts if part is not None]
            if len(whole) == len(parts):
                answers[ask] = cut[ask].join(whole)
        self._spoilt = [ask for ask in asks if ask not in answers]
        return answers

    def _bare(self, asks: Sequence[Ask]) -> dict[Ask, str]:
        """The words alone."""
        sent = {str(n): (ask, self._words(markup.bare(ask.text))) for n, ask in enumerate(asks)}
        self._spoilt = []
        return {sent[id_][0]: answer for id_, answer in self._answered(sent, asks).items()}

    def _words(self, words: str) -> markup.Protected:
        """Words without marks, as the engine's style writes them."""
        return markup.protect(markup.as_markdown(words), self.sources.engine.traits.style)

    def _answered(
        self, sent: Mapping[str, tuple[Ask, markup.Protected]], asks: Sequence[Ask]
    ) -> dict[str, str]:
        """The answers as Markdown, by job; those whose marks are spoilt are left out."""
        jobs = [self._job(id_, ask, protected.text) for id_, (ask, protected) in sent.items()]
        read = {
            id_: markup.restore(sent[id_][1], answer)
            for id_, answer in self._send(jobs, asks).items()
        }
        self._spoilt += [sent[id_][0] for id_, text in read.items() if text is None]
        return {id_: text for id_, text in read.items() if text is not None}

    def _send(self, jobs: Sequence[Job], asks: Sequence[Ask]) -> Mapping[str, str]:
        if self.ended:
            return {}
        left = None if self.limit is None else max(0, self.limit - self.sent)
        before = self.sent
        result = send(
            jobs,
            self.sources.engine,
            paid=self.sources.paid,
            terms=self._terms(asks),
            limit=left,
            on_progress=self._shifted(before, jobs, asks),
            on_exchange=self._numbered(self._begun),
        )
        self.sent += result.characters
        self.received += result.received
        self.requests += result.requests
        if result.cost is not None:
            self.cost = (self.cost or 0.0) + result.cost
        self.problems += [self._of_the_run(problem) for problem in result.problems]
        self.ended = any(problem.rule.startswith("engine-ended") for problem in result.problems)
        return result.answers

    def _numbered(self, before: int) -> OnExchange | None:
        """Requests numbered over the whole run."""
        tell = self.on_exchange
        if tell is None:
            return None

        def told(note: Exchange) -> None:
            self._begun = max(self._begun, before + note.number)
            tell(replace(note, number=before + note.number))

        return told

    def _of_the_run(self, problem: Problem) -> Problem:
        """The limit that people gave, not what of it earlier requests had left."""
        if problem.rule != "engine-ended-limit":
            return problem
        return replace(problem, values={**problem.values, "limit": self.limit})

    def _shifted(self, before: int, jobs: Sequence[Job], asks: Sequence[Ask]) -> OnProgress | None:
        """Progress of the whole run, of which ``before`` was sent earlier."""
        tell = self.on_progress
        if tell is None:
            return None
        cost = self.cost
        later = self._later(jobs, asks)

        def told(progress: Progress) -> None:
            spent = None if progress.cost is None else progress.cost + (cost or 0.0)
            sent, remaining = before + progress.sent, progress.remaining + later
            if self.limit is not None:
                remaining = min(remaining, max(0, self.limit - sent))
            tell(Progress(sent, remaining, spent))

        return told

    def _later(self, jobs: Sequence[Job], asks: Sequence[Ask]) -> int:
        """The characters of the run that come after these ``jobs``."""
        engine, paid = self.sources.engine, self.sources.paid
        now = estimate(jobs, engine, paid=paid, terms=self._terms(asks)).characters
        self._ahead = max(0, self._ahead - now)
        return self._ahead

    def _job(self, id_: str, ask: Ask, text: str) -> Job:
        nearby = self._nearby(ask) if self.sources.engine.traits.context else ()
        return Job(id_, text, ask.source, ask.target, nearby, ask.within, ask.confidential)

    def _nearby(self, ask: Ask) -> tuple[str, ...]:
        """What may be said of the place where a unit stands: no more than would be sent of it."""
        fixed = self.sources.lexicon(ask.source, ask.target).fixed
        return tuple(
            markup.sent_words(unit, fixed(unit), ask.labels)
            for unit in (ask.context, ask.text)
            if unit
        )

    def _terms(self, asks: Iterable[Ask]) -> Mapping[tuple[str, str], Fixed]:
        if not self.sources.engine.traits.glossary:
            return {}
        found: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
        for ask in asks:
            pairs = self.sources.lexicon(ask.source, ask.target).pairs(ask.text)
            found.setdefault((ask.source, ask.target), {}).update(dict.fromkeys(pairs))
        return {languages: tuple(pairs) for languages, pairs in found.items()}

    def _fixed(self, ask: Ask) -> Fixed:
        return self.sources.lexicon(ask.source, ask.target).fixed(ask.text)

    def _protected(self, ask: Ask, style: Style) -> markup.Protected:
        return markup.protect(ask.text, style, self._fixed(ask), ask.labels)

    def _polished(self, ask: Ask, text: str) -> str:
        return polish.polish(text, self.sources.table(ask.target), ask.prose)
