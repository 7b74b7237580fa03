"""The memory of a workspace: opened from its texts and TMX files, filled, written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path

from pipeline import files
from pipeline.containment import is_inside
from pipeline.errors import ActesError, Exit, Problem, Severity, stop
from pipeline.translation.memory.entries import RANK, Entry, Input, Standing
from pipeline.translation.memory.gather import workspace_inputs
from pipeline.translation.memory.index import Memory, open_memory
from pipeline.translation.memory.tmx import CREATOR, MAX_BYTES, Tmx, read_tmx
from pipeline.translation.works import Work
from pipeline.workspace.characters import printable
from pipeline.workspace.load import Workspace, load

FOLDER = "sources/memory"
_HEAD = 2000  # bytes in which the header of a file that Actes wrote ends


def memory_of(workspace: Workspace, works: Mapping[str, Work]) -> Memory:
    """The memory of texts that were read, and of ``sources/memory/*.tmx``; its index is kept."""
    inputs = [*workspace_inputs(works), *tmx_inputs(workspace.root, workspace.event.languages)]
    return open_memory(workspace.root, workspace.build / "cache" / "memory.sqlite", inputs)


def tmx_inputs(root: Path, languages: Sequence[str]) -> list[Input]:
    """An input for every TMX file of the workspace, also for one that will be refused."""
    folder = root / FOLDER
    if not folder.is_dir() or not is_inside(root, folder):
        return []
    names = sorted(file.name for file in folder.iterdir() if file.suffix.lower() == ".tmx")
    return [_tmx_input(root, name, languages) for name in names if not name.startswith(".")]


def _tmx_input(root: Path, name: str, languages: Sequence[str]) -> Input:
    shown = f"{FOLDER}/{printable(name)}"
    digest = blake2b(repr(tuple(languages)).encode(), digest_size=16)
    try:
        digest.update(files.read_bytes(root, root / FOLDER / name, MAX_BYTES))
    except ActesError as error:
        return Input(shown, "", partial(_refuse, error))
    return Input(shown, digest.hexdigest(), partial(_tmx_entries, root, name, shown, languages))


def _refuse(error: ActesError) -> Iterable[Entry]:
    raise error


def _tmx_entries(root: Path, name: str, shown: str, languages: Sequence[str]) -> Iterable[Entry]:
    content = files.read_bytes(root, root / FOLDER / name, MAX_BYTES)
    return read_tmx(content, shown, languages).entries


@dataclass(frozen=True)
class Desk:
    """An opened memory, its workspace, and the errors of texts and files that are not in it."""

    workspace: Workspace
    memory: Memory
    problems: tuple[Problem, ...]


def open_desk(root: Path) -> Desk:
    """Read the workspace at ``root`` and open its memory. Raises ActesError as `load`."""
    from pipeline.texts.kept import kept
    from pipeline.texts.read import read_texts
    from pipeline.translation.works import works
    from pipeline.workspace.layout import find_texts

    workspace, _problems = load(root)
    found, _misplaced = find_texts(root, workspace.event)
    reading = read_texts(workspace, found, kept(workspace))
    grouped, _mismatched = works(found, reading.texts)
    memory = memory_of(workspace, grouped)
    wrong = [p for p in reading.problems if p.severity is Severity.ERROR]
    return Desk(workspace, memory, (*wrong, *memory.problems))


@dataclass(frozen=True)
class Imported:
    """A TMX file in the workspace: where, what it holds, whether it was there already."""

    path: str
    tmx: Tmx
    new: bool


def import_tmx(root: Path, file: Path) -> Imported:
    """Copy a TMX file into ``sources/memory/`` once it has been read without an error.

    Raises ActesError as `read_tmx` and `load`; ``memory-name``, ``memory-taken`` (exit code 4) when
    another file has its name there.
    """
    name = f"{file.stem}.tmx"
    if file.suffix.lower() != ".tmx" or name.startswith(".") or printable(name) != name:
        raise stop("memory-name", printable(file.name))
    content = files.read_bytes(file.absolute().parent, file.absolute(), MAX_BYTES)
    workspace, _problems = load(root)
    tmx = read_tmx(content, file.name, workspace.event.languages)
    target = root / FOLDER / name
    with files.locked(root, workspace.build):
        if target.exists() or target.is_symlink():
            if files.read_bytes(root, target, MAX_BYTES) != content:
                raise stop("memory-taken", f"{FOLDER}/{name}", code=Exit.REFUSED)
            return Imported(f"{FOLDER}/{name}", tmx, new=False)
        files.write_bytes(root, target, content)
    return Imported(f"{FOLDER}/{name}", tmx, new=True)


def exported(memory: Memory, target_language: str | None, least: str) -> list[Entry]:
    """What was translated in this workspace with the state ``least`` or better, each pair once.

    What came from other TMX files is not said again.
    """
    kept: dict[tuple[str, str, str, str], Entry] = {}
    for entry in memory.entries():
        here = entry.state != Standing.TMX and RANK[entry.state] <= RANK[least]
        if here and target_language in (None, entry.target_language):
            pair = (entry.source_language, entry.target_language, entry.source, entry.target)
            kept.setdefault(pair, entry)
    return list(kept.values())


def write_export(file: Path, entries: Sequence[Entry]) -> bool:
    """Write ``entries`` as TMX; whether anything had to be written.

    Only over a file that Actes exported. Raises ActesError ``memory-taken`` (exit code 4), and as
    `files.write_bytes`.
    """
    from pipeline.translation.memory.tmx_write import write_tmx

    folder, place = file.absolute().parent, file.absolute()
    if place.exists() or place.is_symlink():
        head = files.read_bytes(folder, place, MAX_BYTES)[:_HEAD]
        if f'creationtool="{CREATOR}"'.encode() not in head:
            raise stop("memory-taken", printable(file.name), code=Exit.REFUSED)
    return files.write_bytes(folder, place, write_tmx(entries))
