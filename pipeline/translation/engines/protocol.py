"""What an engine is: a few facts about it, one call, and a short list of ways to fail.

Nothing that a library or a server says in an error gets past an engine: its exceptions are reduced
to a `Failure`, because their words may hold a key or a text (law 6).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from pipeline.translation.markup.protect import Style

Result = TypeVar("Result")


class Failure(StrEnum):
    """Why there is no translation; a sentence for each is in ``messages/engines.toml``."""

    # of a request as a whole
    TIMEOUT = "timeout"
    BUSY = "busy"  # the service asks to slow down, also with a captcha
    SERVER = "server"
    UNREACHABLE = "unreachable"  # no connection came about: nothing of a text has left
    CUT = "cut"  # the connection broke before the answer was whole
    ADDRESS = "address"  # something answers there, but not this service
    KEY = "key"
    QUOTA = "quota"
    LANGUAGE = "language"
    REFUSED = "refused"
    PROGRAM = "program"
    GARBAGE = "garbage"  # an answer that cannot be read
    # of one text
    TOO_LONG = "too-long"
    LOST = "lost"
    EMPTY = "empty"
    ECHO = "echo"
    LENGTH = "length"


PASSING = frozenset(
    {Failure.TIMEOUT, Failure.BUSY, Failure.SERVER, Failure.UNREACHABLE, Failure.CUT}
)
"""What may be over in a moment: worth asking again."""


class EngineError(Exception):
    """A request failed: how, and how many seconds the service asks to wait (None: it did not)."""

    def __init__(self, failure: Failure, wait: float | None = None) -> None:
        self.failure = failure
        self.wait = wait
        super().__init__(failure.value)


@dataclass(frozen=True)
class Traits:
    """What is known of an engine before anything is sent to it. Zero is no limit.

    ``to`` is whom the texts go to, as people are told before they are sent; ``price`` is in euros
    per million characters, None when unknown; ``settings`` are what changes its answers.
    """

    name: str
    to: str
    local: bool  # nothing leaves the machine
    style: Style  # how markup is protected
    sends: bool = True  # False: nothing is ever asked of it
    most_texts: int = 1
    most_characters: int = 0  # of a request
    most_bytes: int = 0  # of a text, in UTF-8
    most_url: int = 0  # of a text, encoded for a URL
    most_word: int = 0  # letters without a break
    workers: int = 1
    seconds: float = 20.0  # for a request
    price: float | None = None
    context: int = 0  # is helped by words that stand nearby; how many characters of them
    glossary: bool = False  # follows the pairs of a request
    settings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """Texts to translate at once, with language tags; ``terms`` are pairs (source, target)."""

    texts: tuple[str, ...]
    source: str
    target: str
    context: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    confidential: bool = False


class Engine(Protocol):
    """Something that translates. `translate` may be called by several threads at once."""

    @property
    def traits(self) -> Traits:
        """What it is and what it bears."""
        ...

    def translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        """A translation for each text of ``request``, in its order; None for one that is lost.

        Raises EngineError, and nothing else, within about ``seconds``.
        """
        ...

    def stop(self) -> None:
        """Give up what is under way; the engine may be used again."""
        ...


def reduced(work: Callable[[], Result], known: Callable[[Exception], Failure]) -> Result:
    """What ``work`` gives; its exceptions become an EngineError that carries nothing of them.

    The error is raised outside the handler, so that not even its ``__context__`` holds the words
    of a library.
    """
    try:
        return work()
    except EngineError as error:
        clean = EngineError(error.failure, error.wait)
    except Exception as error:
        clean = EngineError(known(error))
    raise clean
