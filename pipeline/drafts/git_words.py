"""What is a word, in the regular expressions of git's word differences.

git gives them to the system's library, which reads letters in one language of the system and bytes
in another, and ranges of letters in few. So there is one for each; `choose` takes the first that
this machine reads as it is meant: 54 → 53 and 促進 → 推進, and nothing more.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.texts import git_program

_HIRAGANA = "".join(map(chr, range(0x3041, 0x3097)))
_KATAKANA = "".join(map(chr, [*range(0x30A1, 0x30FB), 0x30FC]))
_LATIN = "a-zA-Z0-9" + "".join(chr(n) for n in range(0xC0, 0x180) if chr(n).isalpha())
_LETTERS = (
    f"[{_HIRAGANA}]+|[{_KATAKANA}]+|[{_LATIN}]+"
    f"|[^[:space:][:punct:]{_HIRAGANA}{_KATAKANA}{_LATIN}]+|[^[:space:]]"
)
_BYTES = (  # of UTF-8: ideographs, hiragana, katakana, Latin letters, anything else
    b"([\xe4-\xe9][\x80-\xbf][\x80-\xbf])+|(\xe3(\x81[\x80-\xbf]|\x82[\x80-\x9f]))+"
    b"|(\xe3(\x82[\xa0-\xbf]|\x83[\x80-\xbf]))+|([a-zA-Z0-9]|[\xc3-\xc5][\x80-\xbf])+"
    b"|[^[:space:]\x80-\xff]|[\xc0-\xff][\x80-\xbf]+"
).decode("utf-8", "surrogateescape")
EXPRESSIONS = (_LETTERS, _BYTES)
_OLD = "54の地産地消を促進する。L’été\n"
_NEW = "53の地産地消を推進する。L’hiver\n"
_MEANT = "[-54-]{+53+}の地産地消を[-促進-]{+推進+}する。L’[-été-]{+hiver+}"


def choose(git: str) -> str | None:
    """The expression for this machine; None where it reads none of them rightly."""
    with tempfile.TemporaryDirectory(prefix="actes-git-") as name:
        folder = Path(name)
        (folder / "old").write_text(_OLD, encoding="utf-8")
        (folder / "new").write_text(_NEW, encoding="utf-8")
        return next((one for one in EXPRESSIONS if _reads(git, folder, one)), None)


def _reads(git: str, folder: Path, expression: str) -> bool:
    asked = ["diff", "--no-index", "--no-ext-diff", "--no-color", "--word-diff=plain",
             f"--word-diff-regex={expression}", "old", "new"]  # fmt: skip
    answer = git_program.ask(git, folder, asked)
    said = answer.out.decode("utf-8", "replace") if answer else ""
    return said.rstrip("\n").endswith(f"\n{_MEANT}")
