"""``python -m tests.docs.result``: the picture of the result in README, docs/images/result.png.

Pages of the sample event, drawn by poppler and laid beside each other by Typst.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pypdf
import typst

from tests.support.workspace import REPOSITORY, actes

PICTURE = REPOSITORY / "docs/images/result.png"
# Of which edition, and words that stand on that page alone.
PAGES = (
    ("fr", "de la coopération décentralisée Actes"),
    ("fr", "Relier producteurs et cantines Séance"),
    ("fr", "Le nombre placé sous chaque objectif"),
    ("ja", "生産者と給食をつなぐ 日時"),
)
# A point is a pixel: pages are laid down as poppler drew them.
SHEET = """#set page(width: auto, height: auto, margin: 24pt, fill: luma(242))
#grid(columns: 4, gutter: 24pt, ..range(4).map(number => box(
  stroke: 1pt + luma(190), image(str(number) + ".png", width: 596pt, height: 842pt),
)))
"""


def main() -> None:
    """Make the picture anew."""
    with tempfile.TemporaryDirectory(prefix="actes-result-") as name:
        folder = Path(name)
        shutil.copytree(REPOSITORY / "sources", folder / "sources")
        made = actes(folder, "build", "proceedings-fr", "proceedings-ja", "--format", "pdf")
        assert made.code == 0, made.err
        for place, (language, words) in enumerate(PAGES):
            file = folder / f"build/proceedings-{language}.pdf"
            number = str(_page(file, words))
            draw = [
                "pdftoppm",
                "-png",
                "-scale-to-x",
                "596",
                "-scale-to-y",
                "842",
                "-f",
                number,
                "-l",
                number,
                "-singlefile",
            ]
            subprocess.run([*draw, str(file), str(folder / str(place))], check=True)
        sheet = folder / "sheet.typ"
        sheet.write_text(SHEET, encoding="utf-8")
        typst.compile(str(sheet), output=str(PICTURE), format="png", ppi=72)


def _page(file: Path, words: str) -> int:
    """The number of the page with ``words``, whatever the spaces between them."""
    wanted = "".join(words.split())
    for number, page in enumerate(pypdf.PdfReader(file).pages, 1):
        if wanted in "".join(page.extract_text().split()):
            return number
    raise LookupError(words)


if __name__ == "__main__":
    main()
