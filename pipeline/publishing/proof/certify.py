"""`actes declaration certificate`: the certificate written beside the editions."""

from __future__ import annotations

from pathlib import Path

from pipeline import files
from pipeline.publishing.jobs import Say
from pipeline.publishing.proof.certificate import as_json, certificate
from pipeline.publishing.proof.certificate_book import book
from pipeline.workspace.languages import template

NAME = "declaration-certificate"


def certify(root: Path, version: str | None = None, say: Say = lambda _: None) -> list[Path]:
    """Write ``build/declaration-certificate.pdf`` and ``.json``; where they are.

    Raises ActesError as `certificate.certificate` and the writer of PDF.
    """
    from pipeline.publishing.typst import parallel

    whole = certificate(root, version, say)
    build = root / "build"
    templates = template(whole.kept.folder, "typst/volume.typ").parent.parent
    with files.locked(root, build):
        say(f"{NAME}.pdf")
        pdf = parallel.pdf(book(whole), build / ".work" / NAME, templates)
        contents = {"pdf": pdf, "json": as_json(whole).encode("utf-8")}
        for form, content in contents.items():
            files.write_bytes(root, build / f"{NAME}.{form}", content)
        files.clear(root, build / ".work")
    return [build / f"{NAME}.{form}" for form in contents]
