"""A minimal valid workspace (French and Japanese), made anew for each test.

>>> root = make_workspace(tmp_path, texts={"eco/essai.fr.md": summary("Essai", "Un paragraphe.")})
>>> actes(root, "build").code
0
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from pipeline.translation.fingerprint import fingerprint
from tests.support.launch import Outcome, actes, start
from tests.support.nursery import REPOSITORY

__all__ = [
    "DELEGATIONS", "EVENT", "GLOSSARY", "REPOSITORY", "Outcome", "actes", "block", "counterpart",
    "docx_parts", "docx_text", "make_workspace", "outputs", "pdf_pages", "pdf_text", "put", "reviewed",
    "squeezed", "start", "summary",
]  # fmt: skip

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SESSION = '{date: 2024-11-19, time: "09:30-11:00", room: salle-a}'
PEOPLE = "rapporteur: {name: Camille Exemple}"

EVENT = """\
id: essai
languages: [fr, ja]
title: {fr: Rencontre d’essai, ja: 試行会議}
dates: {start: 2024-11-18, end: 2024-11-21}
place: {fr: Ici, ja: 此処}
organisers: [{fr: Comité d’essai, ja: 試行委員会}]
rooms: {salle-a: {fr: salle A, ja: 会議室}}
themes:
  - {id: eco, title: {fr: Économie, ja: 経済}}
colophon: {publisher: {fr: Comité d’essai, ja: 試行委員会}, date: 2025-03-14}
editions: {proceedings: {formats: [%s]}, declaration: {formats: [%s]}}
"""
DELEGATIONS = """\
- id: ville
  name: {fr: Ville d’essai, ja: 試行市}
  reading: しこうし
  country: FR
  kind: commune
  members: [{name: {fr: Dominique Modèle, ja: 模範太郎}, role: {fr: maire, ja: 市長}}]
"""
GLOSSARY = """\
- id: rencontre
  terms: {fr: {term: rencontre}, ja: {term: 会議, reading: かいぎ}}
"""


def summary(title: str, body: str, /, **metadata: str) -> str:
    """A summary with valid metadata; ``metadata`` are YAML values that replace or add keys."""
    values = {
        "title": title,
        "session": SESSION,
        "authorities": "[ville]",
        "rapporteur": "{name: Camille Exemple}",
        "sdgs": "[11]",
        **metadata,
    }
    head = "".join(f"{key}: {value}\n" for key, value in values.items())
    return f"---\n{head}---\n\n{body}\n"


def counterpart(of: str, title: str, pairs: Iterable[tuple[str, str]], source_title: str) -> str:
    """A wholly reviewed counterpart of a text made by `summary` with the same paragraphs."""
    fields = {"title": (source_title, title), "rapporteur.name": ("Camille Exemple", "例カミーユ")}
    states = "".join(
        f"    {name}: {{state: reviewed, {said(source)}, text: '{fingerprint(text)}'}}\n"
        for name, (source, text) in fields.items()
    )
    head = (
        f"title: {title}\nrapporteur: {{name: 例カミーユ}}\n"
        f"translation:\n  of: {of}\n  fields:\n{states}"
    )
    body = "\n".join(reviewed(source, text) for source, text in pairs)
    return f"---\n{head}---\n\n{body}"


def reviewed(source: str, text: str, word: str = "reviewed") -> str:
    """A translated paragraph under its comment."""
    return f"<!-- {word}\n{block('source', source)}text: {fingerprint(text)}\n-->\n{text}\n"


def said(source: str, quoted: bool = False) -> str:
    """What Actes says of a value's source between the braces of a head."""
    words = f'"{source}"' if quoted else source
    return f'source: {words}, shown: "{fingerprint(source)}"'


def block(key: str, words: str) -> str:
    """Words that Actes shows in a comment, with their fingerprint."""
    lines = "".join(f"  {line}\n" for line in words.split("\n"))
    return f"{key}: | # {fingerprint(words)}\n{lines}"


def make_workspace(
    folder: Path,
    *,
    texts: Mapping[str, str | bytes] | None = None,
    files: Mapping[str, str | bytes] | None = None,
    formats: Iterable[str] = ("docx", "pdf"),
) -> Path:
    """A workspace in ``folder``/workspace; ``texts`` are below sources/, ``files`` below its root.

    A text may be given for ``event.yaml`` too. No text is there by default.
    """
    root = folder / "workspace"
    wanted = ", ".join(formats)
    contents: dict[str, str | bytes] = {
        "sources/event.yaml": EVENT % (wanted, wanted),
        "sources/delegations.yaml": DELEGATIONS,
        "sources/glossary.yaml": GLOSSARY,
        **{f"sources/{name}": content for name, content in (texts or {}).items()},
        **(files or {}),
    }
    for name, content in contents.items():
        put(root / name, content)
    return root


def put(path: Path, content: str | bytes) -> Path:
    """Write a file, its folders too, byte for byte."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# -- what came out ------------------------------------------------------------------------------


def outputs(root: Path) -> list[Path]:
    """The editions in build/, sorted."""
    found = (p for p in (root / "build").glob("*.*") if p.suffix in (".pdf", ".docx"))
    return sorted(p for p in found if p.is_file() and not p.is_symlink())


def pdf_pages(path: Path) -> list[str]:
    """The text of each page, as a PDF reader extracts it."""
    return list(_read_pdf(path.read_bytes())[0])


def pdf_text(path: Path) -> str:
    """The text of a PDF, with its document information and the targets of its links."""
    pages, beside = _read_pdf(path.read_bytes())
    return "\n".join([*pages, *beside])


@lru_cache(maxsize=16)
def _read_pdf(content: bytes) -> tuple[Sequence[str], Sequence[str]]:
    """The pages, and what stands beside them; extracting takes a second for a hundred pages."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    links = (
        str(note.get_object().get("/A", ""))
        for page in reader.pages
        for note in page.get("/Annots") or ()
    )
    return [page.extract_text() for page in reader.pages], [str(reader.metadata), *links]


def docx_parts(path: Path) -> dict[str, bytes]:
    """The parts of a Word file, decompressed."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def docx_text(path: Path) -> str:
    """The words of a Word file's body and notes in reading order, a paragraph a line."""
    parts = docx_parts(path)
    lines = []
    for name in ("word/document.xml", "word/footnotes.xml"):
        if name in parts:
            root = ElementTree.fromstring(parts[name])  # noqa: S314 - our own file
            lines += [_words(paragraph) for paragraph in root.iter(f"{W}p")]
    return "\n".join(lines)


def _words(paragraph: ElementTree.Element) -> str:
    blank = (f"{W}tab", f"{W}br")
    nodes = (node for node in paragraph.iter() if node.tag in (f"{W}t", *blank))
    return "".join(" " if node.tag in blank else node.text or "" for node in nodes)


def squeezed(text: str) -> str:
    """Text without white space, hyphens or presentation forms: what two extractions share."""
    normal = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\u200b\u2010\u2011-]+", "", normal)
