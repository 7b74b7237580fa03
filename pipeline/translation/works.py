"""The texts of a workspace with their languages: an original, and the counterparts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import ActesError, Exit, Place, Problem
from pipeline.texts.read import Text
from pipeline.translation.remarks import torn, unended_comments
from pipeline.workspace.layout import Kind, TextFile
from pipeline.workspace.nearest import nearest


@dataclass(frozen=True)
class Work:
    """One text of the event in all its languages.

    ``original`` is None when its file is broken; ``broken`` are the files that could not be read,
    a counterpart among them where a comment took in the words below it, or lost its beginning.
    """

    key: str
    folder: str
    name: str
    kind: Kind
    original: Text | None
    counterparts: Mapping[str, Text]
    broken: Mapping[str, TextFile]

    def in_language(self, language: str) -> Text | None:
        """The text in ``language``, original or counterpart."""
        if self.original is not None and self.original.file.language == language:
            return self.original
        return self.counterparts.get(language)


def works(
    found: Sequence[TextFile], texts: Mapping[str, Text]
) -> tuple[dict[str, Work], list[Problem]]:
    """The works by key (folder and name), declarations apart, and what does not fit together."""
    groups: dict[str, list[TextFile]] = {}
    for file in found:
        if file.kind is not Kind.DECLARATION:
            groups.setdefault(file.key, []).append(file)
    problems: list[Problem] = []
    return {key: _work(files, texts, problems) for key, files in groups.items()}, problems


def _work(files: Sequence[TextFile], texts: Mapping[str, Text], problems: list[Problem]) -> Work:
    there = _confidential_together({f.language: texts[f.path] for f in files if f.path in texts})
    originals = [text for text in there.values() if text.metadata.translation is None]
    counterparts: dict[str, Text] = {}
    broken = {file.language: file for file in files if file.path not in texts}
    for language, text in there.items():
        if text.metadata.translation is not None:
            problems += unended_comments(text)
            if torn(text):
                broken[language] = text.file
            else:
                counterparts[language] = text
    first = files[0]
    if len(originals) > 1:
        names = ", ".join(text.file.path for text in originals)
        problems.append(
            Problem("original-ambiguous", Place(originals[0].file.path), {"names": names})
        )
    original = originals[0] if len(originals) == 1 else None
    for text in counterparts.values():
        problems += _of(text, original, broken)
    return Work(first.key, first.folder, first.name, first.kind, original, counterparts, broken)


def _confidential_together(texts: Mapping[str, Text]) -> Mapping[str, Text]:
    """The texts, confidential all where one of them says so: whoever wrote it into a translation
    by mistake meant its words, and those are the original's too (law 6)."""
    if not any(text.metadata.confidential for text in texts.values()):
        return texts
    return {language: text.held_confidential() for language, text in texts.items()}


def _of(text: Text, original: Text | None, broken: Mapping[str, TextFile]) -> Iterable[Problem]:
    """A counterpart must name the original that stands beside it."""
    translation = text.metadata.translation
    if translation is None:
        return
    names = [original.file.path.rsplit("/", 1)[1]] if original else []
    names += [file.path.rsplit("/", 1)[1] for file in broken.values()]
    if translation.of not in names:
        values = {"of": translation.of, "expected": ", ".join(names)}
        rule = "counterpart-of-wrong" if names else "counterpart-alone"
        yield Problem(rule, Place(text.file.path), values)


def selected(found: Sequence[TextFile], paths: Iterable[str]) -> list[TextFile]:
    """The files of the texts that ``paths`` name, in all languages; of all texts without a path.

    A path is a folder, a file, or a text without its language, relative to the workspace;
    ``sources/`` may be left out. Raises ActesError ``path-unknown`` for each that names no text.
    """
    wanted: set[str] = set()
    problems: list[Problem] = []
    for path in paths:
        short = path.replace("\\", "/").removeprefix("./").strip("/").removeprefix("sources/")
        keys = {file.key for file in found if _names(file, short)}
        if not keys:
            known = {name for file in found for name in (file.folder, file.key, file.path)}
            values = {"path": path, "nearest": nearest(short, known)}
            problems.append(Problem("path-unknown", Place(""), values))
        wanted |= keys
    if problems:
        raise ActesError(problems, Exit.USAGE)
    return [file for file in found if not wanted or file.key in wanted]


def _names(file: TextFile, path: str) -> bool:
    return path in ("", "sources", file.folder, file.key, file.path.removeprefix("sources/"))
