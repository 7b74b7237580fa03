"""Files that stand among the texts and are no texts: drafts that nobody imported yet."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.errors import Place, Problem, Severity
from pipeline.workspace.characters import printable

IMPORTED = (".docx", ".odt", ".txt", ".text")
"""What `actes import` makes a text of, Markdown apart."""
_OTHER_DOCUMENTS = (".doc", ".rtf", ".pages", ".wps", ".jtd", ".hwp", ".hwpx", ".gdoc", ".pdf",
                    ".html", ".htm", ".tex", ".epub", ".ppt", ".pptx", ".odp", ".key")  # fmt: skip
RULES = frozenset({"draft-unread", "document-unread"})
"""The rules of these remarks, which are said where others are not: a text is lacking."""
_PROGRAMS_OWN = ("~$", ".", "#")  # what an editor keeps beside the file that it has open


def unread(name: str, place: str, folder: str = "") -> Iterator[Problem]:
    """A remark on the file ``name`` at ``place`` if it is somebody's draft, as it is not printed.

    ``folder`` is where a text made of it would stand, "" where `actes import` can make none.
    """
    lower = name.lower()
    if lower.startswith(_PROGRAMS_OWN):
        return
    if folder and lower.endswith(IMPORTED):
        path = printable(place)
        values = {"path": f'"{path}"' if " " in path else path, "folder": folder}
        yield Problem("draft-unread", Place(path), values, Severity.REMARK)
    elif lower.endswith(IMPORTED + _OTHER_DOCUMENTS):
        yield Problem("document-unread", Place(printable(place)), {}, Severity.REMARK)
