"""Every error a person can meet: rule, place, sentence, hint, exit code.

A `Problem` is one thing that is wrong; `ActesError` stops a command and carries all the problems
that were found, never only the first.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from pipeline.wording import has, interface_language, language_name, say


class Exit(IntEnum):
    """Exit codes, documented in docs/errors.md (a test compares the two)."""

    OK = 0
    PROBLEMS = 1  # something in the workspace is wrong; what did not depend on it was done
    USAGE = 2  # the command line is wrong (click's own code)
    MISSING_TOOL = 3  # a tool or font that Actes needs is not installed
    REFUSED = 4  # a final edition, an engine or an overwrite was refused; nothing was changed
    BUSY = 5  # another command is at work in this workspace
    DEFECT = 70  # a defect of Actes itself
    INTERRUPTED = 130  # Ctrl-C


class Severity(StrEnum):
    """How much a problem weighs: an error stops what depends on it, a remark stops nothing."""

    ERROR = "error"
    REMARK = "remark"


@dataclass(frozen=True, order=True)
class Place:
    """Where something is: a file relative to the workspace, and a 1-based line and column.

    Zero means that there is no line (or column) to name.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(
            [self.file, *(str(number) for number in (self.line, self.column) if number)]
        )


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with the values its sentence in the catalogue asks for."""

    rule: str
    place: Place
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    def message(self, language: str | None = None) -> str:
        """What is wrong, in plain words."""
        return say(self.rule, language, **self._said(language))

    def _said(self, language: str | None) -> dict[str, object]:
        """The values as people say them: a state, a system's refusal or a language in theirs."""
        values = dict(self.values)
        if "state" in values:
            values["state"] = say(f"state-{values['state']}", language)
        if "spoken" in values:
            spoken_in = language or interface_language()
            values["spoken"] = language_name(str(values["spoken"]), spoken_in)
        reason = str(values.get("reason", ""))
        if reason.startswith("system-") and has(reason):
            values["reason"] = say(reason, language)
        return values

    def hint(self, language: str | None = None) -> str:
        """How to mend it; empty where the message already says it, or nothing can be proposed."""
        key = f"{self.rule}.hint"
        if self.values.get("nearest") == "" or not has(key):
            return ""
        return say(key, language, **self._said(language))

    def render(self, language: str | None = None) -> str:
        """Two or three lines for a terminal: place, sentence and rule, then the hint."""
        where = f"{self.place}: " if self.place.file else ""
        head = f"{where}{self.message(language)} [{self.rule}]"
        hint = self.hint(language)
        return f"{head}\n    → {hint}" if hint else head


class ActesError(Exception):
    """Stops a command: all its problems, and the exit code of the process."""

    def __init__(self, problems: Iterable[Problem], code: Exit = Exit.PROBLEMS) -> None:
        self.problems = tuple(problems)
        self.code = code
        super().__init__("; ".join(problem.rule for problem in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        """As it comes out of another process."""
        return type(self), (self.problems, self.code)


def stop(
    rule: str, place: Place | str = "", code: Exit = Exit.PROBLEMS, **values: object
) -> ActesError:
    """An `ActesError` with a single problem, ready to be raised."""
    where = place if isinstance(place, Place) else Place(place)
    return ActesError([Problem(rule, where, values)], code)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems as they are listed: by place, then rule; each once."""
    seen: dict[tuple[Place, str, str], Problem] = {}
    for problem in problems:
        seen.setdefault(
            (problem.place, problem.rule, repr(sorted(problem.values.items()))), problem
        )
    return [seen[key] for key in sorted(seen)]


# What a person can mend, said in words of ours: the system speaks English to most.
_REASONS = {
    errno.ENOSPC: "system-full",
    errno.EROFS: "system-read-only",
    errno.EACCES: "system-permission",
    errno.EPERM: "system-permission",
    errno.EEXIST: "system-taken",
    errno.EISDIR: "system-taken",
    errno.ENOTDIR: "system-taken",
}
_DISK = (errno.ENOSPC, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC))


def reason(error: Exception) -> str:
    """Why the system refused, as a rule or in its words, without the path of this machine."""
    known = _REASONS.get(getattr(error, "errno", None) or 0)
    return known or getattr(error, "strerror", None) or type(error).__name__


def refusal(error: Exception, shown: str) -> ActesError | None:
    """A disk that takes no more, where it was not `files` that wrote: ``file-unwritable``; or None.

    ``shown`` is the path, in the workspace, of what was being made.
    """
    if isinstance(error, OSError) and error.errno in _DISK:
        return stop("file-unwritable", shown, reason=reason(error))
    return None


def trace(error: BaseException) -> str:
    """The way of an error nobody foresaw through the program, and of those that led to it.

    Without what they say, which may hold words of a confidential text or a key (law 6): whoever
    reports a defect hands this on.
    """
    from traceback import format_tb

    lines: list[str] = []
    seen: set[int] = set()
    next_: BaseException | None = error
    while next_ is not None and id(next_) not in seen:
        seen.add(id(next_))
        frames = "".join(format_tb(next_.__traceback__))
        lines.append(f"Traceback (most recent call last):\n{frames}{type(next_).__name__}")
        next_ = next_.__cause__ or next_.__context__
    return "\n\n".join(reversed(lines))
