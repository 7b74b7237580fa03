"""What makes the editions, loaded while pandoc reads: beginning takes longer than the work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from pipeline.workspace.languages import LanguageTable


def warm(tables: Iterable[LanguageTable]) -> None:
    """Load the writers and the tables of fonts, sorting and dates, once for all editions.

    What is wrong with them is said by the edition that needs them.
    """
    from pipeline.proceedings.collation import prepare
    from pipeline.proceedings.wording import locale
    from pipeline.publishing import editions, fonts, images  # noqa: F401
    from pipeline.publishing.typst import pdf  # noqa: F401
    from pipeline.publishing.word import docx  # noqa: F401

    prepare()
    with contextlib.suppress(Exception):
        for table in tables:
            locale(table.locale)
            for family in table.fonts.of_pdf:
                fonts.coverage(family)
