"""git's merge of lines, for texts that have no passages."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.texts.git_program import ask
from pipeline.texts.read import read_segments
from pipeline.translation.merge.body import disputed
from pipeline.translation.merge.file import Tools

_MOST_CONFLICTS = 127  # what git says when it counted them; more says that it could not


def tools() -> Tools:
    """What a merge calls when git called us."""
    return Tools(read_segments, lines, marked)


def lines(base: str, ours: str, theirs: str) -> str | None:
    """Three texts merged line by line; None where they are in conflict."""
    text, conflicts = _merged(base, ours, theirs)
    return None if conflicts else text


def marked(base: str, ours: str, theirs: str) -> str:
    """The same, what is in conflict between git's marks."""
    return _merged(base, ours, theirs)[0]


def _merged(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    with tempfile.TemporaryDirectory(prefix="actes-merge-") as name:
        versions = {"ours": ours, "base": base, "theirs": theirs}
        for label, text in versions.items():
            Path(name, label).write_bytes(text.encode("utf-8", "surrogateescape"))
        labels = [word for label in versions for word in ("-L", label)]
        merged = ask("git", Path(name), ["merge-file", "-p", *labels, *versions])
    if merged is None or not 0 <= merged.code <= _MOST_CONFLICTS:
        return disputed(ours, theirs), True
    return merged.out.decode("utf-8", "surrogateescape"), merged.code > 0
