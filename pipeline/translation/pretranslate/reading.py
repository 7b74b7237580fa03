"""Which texts a run of `actes translate` reads, and what it knows of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import files
from pipeline.collector import without_collector
from pipeline.errors import ActesError, Exit, Problem, stop
from pipeline.texts.read import Text, read_texts
from pipeline.texts.source import MAX_BYTES
from pipeline.translation.pretranslate.awaiting import awaits
from pipeline.translation.pretranslate.ledger import InOrder, Ledger
from pipeline.translation.pretranslate.tasks import Task, task
from pipeline.translation.pretranslate.wish import Wish
from pipeline.translation.works import Work, selected, works
from pipeline.workspace import digests
from pipeline.workspace.layout import Kind, TextFile, find_texts
from pipeline.workspace.load import Workspace, load


@dataclass(frozen=True)
class Reading:
    """Some works that were read, the keys of those asked for, those known to be in order
    (``known``) and the texts of the others (``left``); what stood in the workspace then: its texts
    (``found``), its ``inputs``. ``problems`` are of what was read."""

    workspace: Workspace
    found: Sequence[TextFile]
    inputs: Mapping[str, str]
    asked: frozenset[str]
    known: Mapping[str, InOrder]
    left: Sequence[TextFile]
    works: Mapping[str, Work]
    problems: tuple[Problem, ...]

    def read(self, some: Sequence[TextFile]) -> Reading:
        """The same with some of the texts that are left read, and with no others."""
        with without_collector():
            reading = read_texts(self.workspace, some, segments_only=True)
        grouped, mismatched = works(some, reading.texts)
        return replace(self, works=grouped, problems=(*reading.problems, *mismatched))

    def untouched(self) -> list[list[TextFile]]:
        """The texts that are left of which nobody translated a word, each with its counterparts."""
        together: dict[str, list[TextFile]] = {}
        for file in self.left:
            together.setdefault(file.key, []).append(file)
        return [some for some in together.values() if self._untouched(some)]

    def _untouched(self, some: Sequence[TextFile]) -> bool:
        """Whether all files of a text but one, its original, await their words."""
        return len(some) == 1 or sum(not awaits(self._content(file)) for file in some) <= 1

    def _content(self, file: TextFile) -> str:
        root = self.workspace.root
        try:
            content = files.read_bytes(root, root / file.path, MAX_BYTES)
        except ActesError:  # said where it is read
            return ""
        return content.decode("utf-8", "replace")

    def tasks(self, wish: Wish) -> Iterable[Task]:
        """What each counterpart that is asked for lacks."""
        for key, work in sorted(self.works.items()):
            if key not in self.asked:
                continue
            for language in self._targets(work):
                if wish.to in (None, language) and work.original is not None:
                    yield _task(work, work.original, language, wish)

    def _targets(self, work: Work) -> Iterable[str]:
        own = work.original.file.language if work.original else ""
        for language in self.workspace.event.languages:
            if language != own and language not in work.broken:
                yield language

    def finished(self, wish: Wish) -> set[str]:
        """The keys of the works that this run brings wholly up to date, if nothing is lacking."""
        return {
            key
            for key, work in self.works.items()
            if key in self.asked
            and not work.broken
            and (wish.to is None or {*self._targets(work)} <= {wish.to})
        }

    def again(self, one: Task, wish: Wish) -> Task | None:
        """The task as the files stand now; None when they can no longer be read together."""
        chosen = [file for file in self.found if file.key == one.file.key]
        chosen += [one.file] if one.file not in chosen else []
        grouped, _problems = works(
            chosen, read_texts(self.workspace, chosen, segments_only=True).texts
        )
        work = grouped.get(one.file.key)
        if work is None or work.original is None or one.file.language in work.broken:
            return None
        return _task(work, work.original, one.file.language, wish)

    def marks(self, key: str, inputs: Mapping[str, str]) -> str:
        """What a text and its counterparts are, as one digest."""
        return _marks(key, self.workspace.event.languages, inputs)


def begin(root: Path, wish: Wish, inputs: Mapping[str, str], last: Ledger) -> Reading:
    """What is there, with nothing read yet, and every text left that was not left in order; with
    ``retranslate``, all.

    Raises ActesError: ``language-unknown``, ``path-unknown``, and as `load`.
    """
    workspace, problems = load(root)
    languages = workspace.event.languages
    if wish.to is not None and wish.to not in languages:
        known = ", ".join(languages)
        raise stop("language-unknown", code=Exit.USAGE, language=wish.to, languages=known)
    everything, misplaced = find_texts(root, workspace.event)
    found = [file for file in everything if file.kind is not Kind.DECLARATION]
    asked = frozenset(file.key for file in selected(found, wish.paths))
    order = {
        key: text
        for key, text in ({} if wish.retranslate else last.texts).items()
        if text.marks == _marks(key, languages, inputs)
    }
    left = [file for file in found if file.key not in order]
    return Reading(workspace, found, inputs, asked, order, left, {}, (*problems, *misplaced))


def _marks(key: str, languages: Sequence[str], inputs: Mapping[str, str]) -> str:
    there = [f"{tag}={inputs.get(f'sources/{key}.{tag}.md', '')}" for tag in languages]
    return digests.digest("\0".join(there).encode("utf-8", "surrogateescape"))


def _task(work: Work, original: Text, language: str, wish: Wish) -> Task:
    path = f"sources/{work.key}.{language}.md"
    file = TextFile(path, work.folder, work.name, language, work.kind)
    return task(original, file, work.counterparts.get(language), wish.retranslate)
