"""``python -m tests.docs.pictures [FOLDER]``: the pictures of the review page in docs/images/.

The sample event is put in the middle of its review, and the page is photographed in Chromium.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.translation.fingerprint import fingerprint
from tests.support.browser import Browser, chromium
from tests.support.reviewing import review
from tests.support.workspace import REPOSITORY, reviewed

IMAGES = REPOSITORY / "docs/images"
WIDTH, HEIGHT, SHARPNESS = 1280, 860, 1.25


@dataclass(frozen=True)
class Revised:
    """A passage whose source an author changed after it was approved, with the machine's proposal:
    words of the source and of the translation, then and now."""

    source: tuple[str, str]
    words: tuple[str, str]


@dataclass(frozen=True)
class Work:
    """A text of the sample event and what befalls it: its original, its counterpart, the passage
    that was ``revised``, the one that a ``machine`` wrote, the one that was ``edited`` (the words
    that stood there, and those that a person typed), and that person's ``note``."""

    original: str
    counterpart: str
    revised: Revised
    machine: tuple[str, str]
    edited: tuple[str, str]
    note: str


SATOYAMA = Work(
    "sources/environnement/satoyama.ja.md",
    "sources/environnement/satoyama.fr.md",
    Revised(("面積の81％を", "面積の83％を"), ("sur 81 % de", "sur 83 % de")),
    ("Avant d’ouvrir la discussion, on s’est entendu sur le sens de trois mots.",
     "Avant la discussion, le sens de trois mots a été confirmé."),
    ("Un bourg chauffé aux bûches", "Le bourg se chauffe aux bûches"),
    "« Le bourg » ou « la petite ville » ? À voir avec Mme UDONO.",
)  # fmt: skip
CANTINES = Work(
    "sources/economie/circuits-courts.fr.md",
    "sources/economie/circuits-courts.ja.md",
    Revised(("répartis en 23 lots", "répartis en 25 lots"), ("発注は23区分に", "発注は25区分に")),
    ("比較に先立ち、まず言葉の意味をそろえる必要があった。",
     "比べる前に、言葉について合意しなければならなかった。"),
    ("2019年の18％から2023年には**42％**となり", "2019年の18％から2023年には**41％**となり"),
    "「半径」を補うかどうか、マランデル氏に確認する。",
)  # fmt: skip


def in_review(folder: Path) -> Path:
    """A copy of the sample event in which both works wait for their translators."""
    root = folder / "event"
    shutil.copytree(REPOSITORY / "sources", root / "sources")
    for work in (SATOYAMA, CANTINES):
        _revise(root, work)
        _rework(root, work.counterpart, *work.machine, "machine")
        _rework(root, work.counterpart, *work.edited, "edited", work.note)
    return root


def _revise(root: Path, work: Work) -> None:
    passage, source, words = _passage(root, work.counterpart, work.revised.words[0])
    now, proposal = source.replace(*work.revised.source), words.replace(*work.revised.words)
    said = reviewed(source, words, "stale").replace(
        "\ntext:",
        f"\nnow: |\n{_indented(now)}\nproposal: |\n{_indented(proposal)}\n"
        f'proposed: "{fingerprint(proposal)}"\ntext:',
        1,
    )
    _replace(root / work.counterpart, passage, said)
    _replace(root / work.original, *work.revised.source)


def _rework(root: Path, file: str, old: str, new: str, word: str, note: str = "") -> None:
    passage, source, words = _passage(root, file, old)
    said = reviewed(source, words.replace(old, new), word)
    if note:
        said = said.replace("\n-->", f"\nnote: |\n{_indented(note)}\n-->", 1)
    _replace(root / file, passage, said)


def _passage(root: Path, file: str, words: str) -> tuple[str, str, str]:
    """The passage whose translation holds ``words``: whole, its source, its translation."""
    parts = re.split(r"(?m)^(?=<!-- )", (root / file).read_text(encoding="utf-8"))
    found = next(part for part in parts if words in part.partition("-->")[2])
    source = re.search(r"(?ms)^source: \|\n(.*?)^text:", found)
    assert source is not None
    lines = [line.removeprefix("  ") for line in source[1].splitlines()]
    return found, "\n".join(lines), found.partition("-->")[2].strip("\n")


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    file.write_text(
        text.replace(old, f"{new}\n" if old.endswith("\n\n") else new), encoding="utf-8"
    )


def _indented(words: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in words.split("\n"))


def photograph(browser: Browser, address: str, query: str, spoken: str, file: Path) -> None:
    """The page at ``query`` in an interface in ``spoken``, as a PNG."""
    page = browser.page(WIDTH, HEIGHT)
    page.ask("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT,
             deviceScaleFactor=SHARPNESS, mobile=False)  # fmt: skip
    page.languages(spoken)
    page.open(address)
    page.open(page.run("location.origin") + "/" + query)
    page.until("document.fonts.status === 'loaded' && !document.getElementById('reading')")
    page.run("scrollTo(0, 0)")
    page.picture(file)
    page.close()


def main(folder: Path = IMAGES) -> None:
    """Make both pictures anew."""
    with tempfile.TemporaryDirectory(prefix="actes-pictures-") as name:
        root = in_review(Path(name))
        with review(root) as server, chromium() as browser:
            query = "?text=environnement%2Fsatoyama"
            photograph(browser, server.address, query, "fr", folder / "review-fr.png")
            query = "?text=economie%2Fcircuits-courts"
            photograph(browser, server.address, query, "ja", folder / "review-ja.png")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
