"""What the tests of the bilingual edition share: the PDF that the module's ``event`` made."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from tests.support.workspace import squeezed


@pytest.fixture(scope="module")
def reader(event: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(event / "build/proceedings-bilingual.pdf")


@pytest.fixture(scope="module")
def pages(reader: pypdf.PdfReader) -> list[str]:
    return [squeezed(page.extract_text()) for page in reader.pages]
