"""Silence of the libraries that talk to engines: they log URLs, headers and texts."""

from __future__ import annotations

import logging

_TALKATIVE = (
    "urllib3", "requests", "deepl", "deep_translator", "charset_normalizer", "argostranslate",
    "stanza", "ctranslate2", "keyring",
)  # fmt: skip


def silence() -> None:
    """Close every logger of those libraries, whatever level the program or a test gave it.

    A level can be set again from outside; a logger that is disabled stays so.
    """
    for name in (*_TALKATIVE, *logging.root.manager.loggerDict):
        if name.split(".")[0] in _TALKATIVE:
            logger = logging.getLogger(name)
            logger.disabled = True
            logger.propagate = False
