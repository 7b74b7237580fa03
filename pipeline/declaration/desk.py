"""The negotiation at work: what the commands read and write, under the workspace's lock."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline import files
from pipeline.declaration import amendments, concordance, edit, versions
from pipeline.declaration.amendments import Amendment, State
from pipeline.declaration.concordance import Confirmation
from pipeline.declaration.dossier import (
    Dossier,
    blockers,
    concordance_text,
    path_of,
    read_dossier,
    standings,
)
from pipeline.declaration.edit import words_of
from pipeline.declaration.versions import Version
from pipeline.errors import ActesError, Exit, Place, Problem, in_order, stop
from pipeline.texts.kept import kept as kept_texts
from pipeline.texts.read import read_texts
from pipeline.workspace import digests
from pipeline.workspace.characters import visible
from pipeline.workspace.layout import DECLARATION, Kind, find_texts
from pipeline.workspace.load import Workspace, load
from pipeline.workspace.nearest import near_or_all
from pipeline.workspace.paths import DELEGATIONS, EVENT, GLOSSARY

_KEPT = ("sources/declaration/images/", "templates/")
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Open:
    """A declaration that was read: its workspace, its dossier, and what is wrong with both."""

    workspace: Workspace
    dossier: Dossier
    problems: tuple[Problem, ...]


def read(root: Path) -> Open:
    """The declaration of a workspace. Raises ActesError as `load`, or ``declaration-none``."""
    workspace, problems = load(root)
    found = [f for f in find_texts(root, workspace.event)[0] if f.kind is Kind.DECLARATION]
    reading = read_texts(workspace, found, kept_texts(workspace, DECLARATION))
    texts = {t.file.language: t for t in reading.texts.values() if t.file.name == t.file.folder}
    if not texts:
        place = Place(path_of(workspace.event.languages[0]))
        raise ActesError(reading.problems or [Problem("declaration-none", place)])
    dossier = read_dossier(root, workspace.event.languages, texts)
    return Open(workspace, dossier, (*problems, *reading.problems, *dossier.problems))


@contextmanager
def _at_work(root: Path) -> Iterator[Open]:
    with files.locked(root, root / "build"):
        yield read(root)


def person(name: str) -> str:
    """A name as it may stand in a record. Raises ActesError ``name-wrong`` (exit code 2)."""
    plain = " ".join(visible(name).split())
    if not plain or plain != name.strip() or len(plain) > _LONGEST_NAME:
        raise stop("name-wrong", code=Exit.USAGE)
    return plain


def _keys(dossier: Dossier, wanted: Sequence[str]) -> list[str]:
    """The clauses asked for (all without any). Raises ActesError ``clause-unknown``."""
    known = dossier.keys
    problems = [
        Problem("clause-unknown", Place(""), {"id": key, "nearest": near_or_all(key, known)})
        for key in wanted
        if key not in known
    ]
    if problems:
        raise ActesError(problems, Exit.USAGE)
    return [key for key in known if not wanted or key in wanted]


def expect_language(dossier: Dossier, language: str) -> None:
    if language not in dossier.languages:
        values = {"language": language, "languages": ", ".join(dossier.languages)}
        raise stop("language-unknown", code=Exit.USAGE, **values)


def confirm(
    root: Path, wanted: Sequence[str], language: str, by: str, on: datetime.date
) -> tuple[list[str], Dossier]:
    """Record that ``by`` says, for the side of ``language``, that the texts agree as they stand.

    The clauses that were confirmed now, and the dossier after it. What this side has confirmed
    already, for these very texts, stays as it is. Raises ActesError ``clause-unknown``,
    ``language-unknown``, ``clause-missing`` for a clause that a language lacks, and
    ``concordance-form``.
    """
    with _at_work(root) as now:
        dossier = now.dossier
        expect_language(dossier, language)
        keys = _keys(dossier, wanted)
        known = {s.key: s for s in standings(dossier)}
        missing = [
            Problem("clause-missing", dossier.place(key, tag), {"id": key})
            for key in keys
            for tag in known[key].missing
        ]
        if missing:
            raise ActesError(missing, Exit.REFUSED)
        fresh = [key for key in keys if language not in known[key].confirmed]
        new = [Confirmation(k, language, person(by), on, known[k].texts) for k in fresh]
        before = concordance_text(root)
        after = concordance.confirmed(before, new, dossier.keys)
        write(root, {concordance.CONCORDANCE: (before, after)})
        return fresh, read(root).dossier


def write(root: Path, changes: Mapping[str, tuple[str, str]]) -> None:
    """Each file from what was read to what it shall hold; what was saved meanwhile stays (law 2).

    Raises ActesError ``saved-meanwhile``.
    """
    for path, (before, after) in changes.items():
        content = after.encode("utf-8")
        if before == after:
            continue
        if before or (root / path).exists():
            written = files.write_bytes(root, root / path, content, over=before.encode("utf-8"))
        else:
            written = files.create_bytes(root, root / path, content)
        if not written:
            raise stop("saved-meanwhile", path, code=Exit.REFUSED)


def amend(
    root: Path,
    clause: str,
    author: str,
    reason: str,
    on: datetime.date,
    after: str | None = None,
    delete: bool = False,
) -> str:
    """Prepare an amendment for its author to write into: its path.

    Raises ActesError ``clause-unknown``; for a new clause, of the one it shall follow.
    """
    with _at_work(root) as now:
        dossier = now.dossier
        _keys(dossier, [after or clause])
        texts = {tag: words_of(dossier, clause, tag) for tag in dossier.texts}
        heading = f"## … {{#{clause}}}"
        parts = {} if delete else {tag: words or heading for tag, words in texts.items()}
        of = {t: dossier.prints[t][clause] for t in dossier.texts if clause in dossier.prints[t]}
        after = after or (_before(dossier, clause) if delete else None)
        content = amendments.written(
            clause, person(author), person(reason), on, of, parts, after, delete
        )
        for number in range(1, amendments.MOST):
            path = f"{amendments.AMENDMENTS}/{clause}-{number}.md"
            if files.create_bytes(root, root / path, content.encode("utf-8")):
                return path
        raise stop("amendments-many", amendments.AMENDMENTS, limit=amendments.MOST)


def _before(dossier: Dossier, clause: str) -> str | None:
    keys = dossier.keys
    return keys[keys.index(clause) - 1] if clause in keys[1:] else None


def amendment(dossier: Dossier, name: str) -> Amendment:
    """The amendment of that name. Raises ActesError ``amendment-unknown`` (exit code 2)."""
    short = name.rsplit("/", 1)[-1].removesuffix(".md")
    for one in dossier.amendments:
        if one.name == short:
            return one
    known = [one.name for one in dossier.amendments]
    near = near_or_all(short, known)
    raise stop("amendment-unknown", code=Exit.USAGE, name=short, nearest=near)


def decide(root: Path, name: str, accept: bool, by: str, on: datetime.date) -> Amendment:
    """Accept an amendment, in every language it has a text for, or reject it: as it was before.

    One that was accepted is undone when it is rejected. Raises ActesError ``amendment-unknown``,
    ``amendment-clause``, ``amendment-outdated``, ``saved-meanwhile``.
    """
    with _at_work(root) as now:
        dossier = now.dossier
        one = amendment(dossier, name)
        state: State = "accepted" if accept else "rejected"
        if one.state == state:
            return one
        wrong = [p for p in dossier.problems if p.place.file == one.path]
        if accept and wrong:
            raise ActesError(wrong, Exit.REFUSED)
        changed = accept or one.state == "accepted"
        done = (edit.applied if accept else edit.undone)(one, dossier) if changed else None
        kept = one.source
        if done is not None and done.before:  # first of all, so that no word is ever in no file
            alone = one.delete and one.after is None
            after = _before(dossier, one.clause) if alone else None
            kept = amendments.keeping(one.source, done.before, after)
            write(root, {one.path: (one.source, kept)})
        if done is not None:
            _write_texts(root, dossier, done.contents)
        write(root, {one.path: (kept, amendments.decided(kept, state, person(by), on))})
        return one


def _write_texts(root: Path, dossier: Dossier, contents: Mapping[str, str]) -> None:
    write(
        root,
        {
            dossier.texts[tag].file.path: (dossier.texts[tag].source.raw, content)
            for tag, content in contents.items()
        },
    )


def choose(root: Path, identifier: str) -> list[str]:
    """Take one variant out of its brackets and the others away, in all languages: their files.

    Raises ActesError ``variant-unknown``, or ``variant-unpaired`` where a language lacks it.
    """
    with _at_work(root) as now:
        dossier = now.dossier
        lacking = [
            p for p in dossier.problems if p.rule == "variant-unpaired"
            and p.values["id"] == identifier
        ]  # fmt: skip
        if lacking:
            raise ActesError(lacking, Exit.REFUSED)
        contents = edit.with_choice(identifier, dossier)
        _write_texts(root, dossier, contents)
        return [path_of(language) for language in contents]


def keep_version(
    root: Path, title: str, name: str, by: str, on: datetime.date, adopted: bool,
    contradictions: Callable[[Open], Iterable[Problem]],
) -> Version:  # fmt: skip
    """Keep the declaration as it stands under a name; as the adopted text only if all is settled.

    ``contradictions`` gives what its texts contradict in each other: it is looked at before they
    are adopted. Raises ActesError ``version-name``, ``version-exists``, or ``adoption-refused``
    with the list.
    """
    with _at_work(root) as now:
        folder = name or versions.slug(title)
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder) is None:
            raise stop("version-name", code=Exit.USAGE, name=folder or title)
        if adopted:
            _refuse_adoption(now, contradictions(now))
        contents = _contents(root, now.dossier)
        number = max((v.number for v in now.dossier.versions), default=0) + 1
        prints = {path: versions.digest(content) for path, content in contents.items()}
        made = Version(folder, number, person(title), person(by), on, adopted, prints)
        versions.keep(root, made, contents)
        return made


def _refuse_adoption(now: Open, contradictions: Iterable[Problem]) -> None:
    found = [p for p in blockers(now.dossier) if p.rule != "adopted-differs"]
    found += [p for p in (*now.problems, *contradictions) if p.severity == "error"]
    if found:
        head = Problem("adoption-refused", Place(""), {"count": len(in_order(found))})
        raise ActesError([*in_order(found), head], Exit.REFUSED)


def _contents(root: Path, dossier: Dossier) -> dict[str, bytes]:
    """Everything that decides what is printed of a declaration, by path in the workspace."""
    contents: dict[str, bytes] = {
        text.file.path: text.source.raw.encode("utf-8") for text in dossier.texts.values()
    }
    wanted = [EVENT, DELEGATIONS, GLOSSARY, concordance.CONCORDANCE]
    wanted += [one.path for one in dossier.amendments]
    wanted += [path for path in digests.inputs(root) if path.startswith(_KEPT)]
    for path in wanted:
        if (root / path).is_file():
            contents[path] = files.read_bytes(root, root / path, versions.LIMIT)
    return contents


def unpack(root: Path, version: Version) -> Path:
    """A version as a workspace of its own below build/, exactly as it was kept: its folder."""
    folder = files.make_folder(root, root / "build" / "versions" / version.name)
    for part in ("sources", "templates"):
        files.clear(root, folder / part)
    for name in version.files:
        files.write_bytes(root, folder / name, versions.content(root, version, name))
    return folder
