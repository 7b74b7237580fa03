"""What the page shows: the choices in its address, which is all that it remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from pipeline.translation.marker import State

NEEDS, WHOLE, NOTED = "needs", "whole", "noted"
"""Besides a state: what needs a person (the default), everything, what carries a note."""
SHOWN: tuple[str, ...] = (NEEDS, *(state.value for state in State), NOTED, WHOLE)
PER_PAGE = 40
_LONGEST = 200
_DIGITS = 6


@dataclass(frozen=True)
class Asked:
    """One choice of each kind; an empty string: no matter which. ``text`` is a counterpart's path.

    Nothing in it is believed: a text, theme or language is only ever compared with those there are.
    """

    show: str = NEEDS
    into: str = ""
    theme: str = ""
    text: str = ""
    remark: str = ""
    words: str = ""
    page: int = 1

    def address(self, **changes: object) -> str:
        """The address of this choice with ``changes``, from its first page unless that is one.

        >>> Asked(text="sources/eco/a.ja.md", page=3).address(show="stale")
        '/?show=stale&text=sources%2Feco%2Fa.ja.md'
        """
        chosen = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        given = {
            _NAMES.get(name, name): value
            for name, value in asdict(chosen).items()
            if value != getattr(Asked, name)
        }
        return f"/?{urlencode(given)}" if given else "/"

    @property
    def narrow(self) -> bool:
        """Whether only a part of the texts is asked for."""
        return bool(self.text or self.theme)

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """What a search keeps of the choice: all but its words and page."""
        kept = replace(self, words="", page=1)
        return tuple(
            (name, str(value))
            for name, value in asdict(kept).items()
            if value != getattr(Asked, name)
        )


_NAMES = {"words": "q"}


def asked(query: Mapping[str, str]) -> Asked:
    """The choice in an address; what means nothing is left out.

    >>> asked({"show": "all of it", "q": "marché", "page": "2"})
    Asked(show='needs', into='', theme='', text='', remark='', words='marché', page=2)
    """
    show, page = query.get("show", NEEDS), query.get("page", "1")[:_DIGITS]
    into, theme, text, remark, words = (
        query.get(name, "")[:_LONGEST] for name in ("into", "theme", "text", "remark", "q")
    )
    return Asked(
        show if show in SHOWN else NEEDS,
        into,
        theme,
        text,
        remark,
        words,
        max(int(page), 1) if page.isascii() and page.isdigit() else 1,
    )
