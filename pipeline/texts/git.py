"""The earlier versions of the texts, from the git repository of the workspace if it is one.

Law 9: a repository is input too, and its configuration may name programs to run, files to include
and servers to fetch from. So none of it is read: git works in an empty folder of ours and is only
given the folder of objects. It reads; it is given no network, little memory and little time.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline import files
from pipeline.containment import is_inside
from pipeline.errors import ActesError
from pipeline.texts import git_program
from pipeline.texts.source import MAX_BYTES
from pipeline.workspace.event import Event
from pipeline.workspace.layout import ANNEXES, PRELIMINARIES, TextFile, kind_of

_MOST_COMMITS = 5_000
_MOST_VERSIONS = 20  # of one file
_MOST_NAMED = 100  # files on a command line
_MOST_BYTES = 256 * 1024**2  # of all the texts of the past that are looked at
_ID = re.compile(r"[0-9a-f]{40}")
_REF = re.compile(r"ref: (refs/[\w./+-]{1,200})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_REVISION = re.compile(r"(?P<name>[\w./@+-]{1,200})(?P<steps>(?:[~^]\d{0,4}){0,9})")
_SHORT = re.compile(r"[0-9a-f]{4,40}")
_PLACES = ("refs/", "refs/tags/", "refs/heads/", "refs/remotes/")
_CONFIG = """\
[core]
\trepositoryformatversion = 0
\tbare = true
\tcommitGraph = false
\tmultiPackIndex = false
\tpackedGitWindowSize = 16m
\tpackedGitLimit = 128m
"""


class UnreadableError(Exception):
    """git gave no answer, or none in time."""


@dataclass(frozen=True)
class Commit:
    """A commit and when it was made, in seconds since 1970."""

    id: str
    time: int


class Repository:
    """What is asked of git; raises `UnreadableError` where it gives no answer in time."""

    def __init__(self, program: str, home: Path, root: Path, head: str) -> None:
        self._program, self._home, self._root, self._head = program, home, root, head
        objects = root / ".git" / "objects"
        self._environment = {
            "GIT_DIR": str(home),
            "GIT_OBJECT_DIRECTORY": str(objects),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOW_PROTOCOL": "none",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_ALLOC_LIMIT": "64m",
            "HOME": str(home),
            "LC_ALL": "C",
            **{name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
        }

    def commits(self) -> list[Commit]:
        """The commits that changed `sources/`, the latest first, along the main line."""
        answer = self._ask(
            ["rev-list", "--first-parent", "--timestamp", f"--max-count={_MOST_COMMITS}",
             self._head, "--", "sources"]
        )  # fmt: skip
        found = [line.split() for line in answer.decode("ascii", "replace").splitlines()]
        return [Commit(commit, int(time)) for time, commit in found]

    def commit(self, revision: str) -> str | None:
        """The commit that a person names: an id, a branch, a tag, with ``~2`` and the like behind
        it, or a day, which is what stood there when it began. None where there is no such commit.
        """
        if _DAY.fullmatch(revision):
            first = ["--first-parent", "--max-count=1", f"--before={revision}T00:00:00Z"]
            return self._ask(["rev-list", *first, self._head]).decode("ascii").strip() or None
        match = _REVISION.fullmatch(revision)
        start = self._named(match["name"]) if match else None
        if match is None or start is None:
            return None
        wanted = f"{start}{match['steps']}^{{commit}}"
        try:
            answer = self._ask(["rev-parse", "--verify", "--quiet", "--end-of-options", wanted])
        except UnreadableError:
            return None
        return answer.decode("ascii").strip()

    def _named(self, name: str) -> str | None:
        if name in ("HEAD", "@"):
            return self._head
        found = (_commit_of(self._root, f"{place}{name}") for place in _PLACES)
        return next(filter(None, found), name if _SHORT.fullmatch(name) else None)

    def texts(self, commit: str, folders: Iterable[str]) -> dict[str, str]:
        """The blobs of the files directly in ``folders`` (below `sources/`), by path."""
        wanted = [f"sources/{folder}/" for folder in folders]
        answer = self._ask(["ls-tree", "-z", commit, "--", *wanted])
        found: dict[str, str] = {}
        for entry in answer.decode("utf-8", "replace").split("\0"):
            head, _, path = entry.partition("\t")
            if head.startswith("100") and path:  # a regular file, no link
                found[path] = head.split()[2]
        return found

    def versions(self, paths: Sequence[str]) -> dict[str, list[str]]:
        """The latest blobs that files had along the main line, the latest first, by path."""
        wanted = set(paths)
        named = paths if len(paths) <= _MOST_NAMED else ["sources"]
        answer = self._ask(
            ["--literal-pathspecs", "log", "--first-parent", "-m", "--raw", "--no-abbrev",
             "--no-renames", "--format=", "-z", f"--max-count={_MOST_COMMITS}", self._head, "--",
             *named]
        ).decode("utf-8", "replace")  # fmt: skip
        fields = answer.split("\0")
        found: dict[str, list[str]] = {}
        for said, path in zip(fields[::2], fields[1::2], strict=False):
            modes, blob = said.split()[:2], said.split()[3]
            known = found.setdefault(path, [])
            fits = path in wanted and len(known) < _MOST_VERSIONS and blob not in known
            if fits and modes[1].startswith("100"):
                known.append(blob)
        return found

    def contents(self, blobs: Sequence[str]) -> Mapping[str, bytes]:
        """The bytes of blobs; what is too large for a text, or gone, is left out."""
        asked = "\n".join(blobs).encode() + b"\n"
        sizes = self._ask(["cat-file", "--batch-check"], asked).decode("ascii", "replace")
        fit: list[str] = []
        whole = 0
        for line in sizes.splitlines():
            parts = line.split()
            if len(parts) == 3 and parts[1] == "blob" and int(parts[2]) <= MAX_BYTES:  # noqa: PLR2004
                fit.append(parts[0])
                whole += int(parts[2])
        if whole > _MOST_BYTES:
            raise UnreadableError
        found: dict[str, bytes] = {}
        for start in range(0, len(fit), 200):  # at most 100 MB at once
            chunk = fit[start : start + 200]
            answer = self._ask(["cat-file", "--batch"], "\n".join(chunk).encode() + b"\n")
            found |= _batch(answer)
        return found

    def _ask(self, arguments: Sequence[str], given: bytes = b"") -> bytes:
        answer = git_program.ask(
            self._program, self._home, arguments, given=given, environment=self._environment
        )
        if answer is None or answer.code:
            raise UnreadableError
        return answer.out


def _batch(answer: bytes) -> dict[str, bytes]:
    """``ID blob SIZE``, a line end, the bytes, a line end; again."""
    found: dict[str, bytes] = {}
    at = 0
    while at < len(answer):
        line_end = answer.index(b"\n", at)
        name, kind, size = answer[at:line_end].split()
        begin = line_end + 1
        at = begin + int(size) + 1
        if kind == b"blob":
            found[name.decode()] = answer[begin : begin + int(size)]
    return found


def files_at(found: Repository, event: Event, commit: str) -> dict[TextFile, str]:
    """The texts that the event had at a commit, as it names its themes now, with their blobs."""
    folders = [PRELIMINARIES, *(theme.id for theme in event.themes), ANNEXES]
    there: dict[TextFile, str] = {}
    for path, blob in found.texts(commit, folders).items():
        _sources, folder, filename = path.split("/", 2)
        name, _, rest = filename.partition(".")
        language = rest.removesuffix(".md")
        if rest.endswith(".md") and language in event.languages and _is_name(name):
            there[TextFile(path, folder, name, language, kind_of(folder, name))] = blob
    return there


def _is_name(name: str) -> bool:
    return name.isascii() and name.replace("-", "").isalnum() and name == name.lower()


@contextmanager
def repository(root: Path) -> Iterator[Repository | None]:
    """The repository whose top folder is ``root``; None where there is none that can be read.

    Also where its objects are kept elsewhere (worktrees, alternates): nothing outside is read.
    """
    found = git_program.program(root)
    head = _head(root)
    if found is None or head is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="actes-git-") as folder:
        home = Path(folder)
        for name in ("refs", "objects"):
            (home / name).mkdir()
        (home / "HEAD").write_text("ref: refs/heads/none\n")
        (home / "config").write_text(_CONFIG)
        shallow = _lines(root, root / ".git/shallow")
        if shallow and all(map(_ID.fullmatch, shallow)):
            (home / "shallow").write_text("".join(f"{line}\n" for line in shallow))
        yield Repository(found, home, root, head)


def _head(root: Path) -> str | None:
    """The commit that is checked out, followed by hand through HEAD and its branch."""
    git = root / ".git"
    objects = git / "objects"
    if not objects.is_dir() or not is_inside(root, objects):
        return None
    if any(os.path.lexists(objects / "info" / name) for name in ("alternates", "http-alternates")):
        return None
    first = next(iter(_lines(root, git / "HEAD")), "")
    reference = _REF.fullmatch(first)
    if reference is None:
        return first if _ID.fullmatch(first) else None
    return _commit_of(root, reference[1])


def _commit_of(root: Path, reference: str) -> str | None:
    """What a branch or tag points to, as its file says, else as the packed ones do."""
    git = root / ".git"
    if ".." in reference:
        return None
    for line in _lines(root, git / reference):
        return line if _ID.fullmatch(line) else None
    for line in _lines(root, git / "packed-refs"):
        commit, _, name = line.partition(" ")
        if name == reference and _ID.fullmatch(commit):
            return commit
    return None


def _lines(root: Path, file: Path) -> list[str]:
    try:
        return files.read_bytes(root, file, 4 * 1024**2).decode("utf-8", "replace").splitlines()
    except ActesError:
        return []
