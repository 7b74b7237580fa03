"""Whether what an engine answered can be a translation at all.

Engines lie: they send back the text, an error page, a warning about a quota, half a text or a
thousand times the same words, all with a success. Not judged here: meaning, and marks (`verify`).
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.translation.engines.protocol import Failure
from pipeline.translation.engines.tags import script

_PAGE = re.compile(r"<!doctype|<html\b|<head\b|<body\b|<title\b", re.IGNORECASE)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff\ud800-\udfff]"
)
# Sentences that services are known to return in the place of a translation.
_WARNINGS = (
    (Failure.QUOTA, re.compile(r"MYMEMORY WARNING|YOU USED ALL AVAILABLE FREE TRANSLATIONS")),
    (Failure.TOO_LONG, re.compile(r"QUERY LENGTH LIMIT EXCEE?DED")),
    (Failure.LANGUAGE, re.compile(r"INVALID LANGUAGE PAIR|PLEASE SELECT TWO DISTINCT LANGUAGES")),
    (Failure.LANGUAGE, re.compile(r"IS AN INVALID (?:SOURCE|TARGET) LANGUAGE")),
    (Failure.REFUSED, re.compile(r"NO QUERY SPECIFIED|INVALID EMAIL PROVIDED")),
    (Failure.SERVER, re.compile(r"Error 5\d\d \((?:Server Error|Bad Gateway)\)|That’s an error")),
    (Failure.BUSY, re.compile(r"unusual traffic from your computer|too many requests", re.I)),
)  # fmt: skip
# Tags and tokens (`markup.marks`), and what reads the same everywhere.
_MARK = re.compile(r"</?[A-Za-z][^<>]{0,80}>|[ZQXKJV]{2,}\d{1,5}X|https?://\S+|\S+@\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_WIDE = re.compile(
    r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
_HAN = frozenset({"Jpan", "Hans", "Hant", "Hani", "Kore"})
_WIDE_WEIGHT = 2.5  # what an ideograph says in Latin letters, about
_MOST_TIMES = 6.0
_SLACK = 60.0
_SHORT = 30.0  # below this weight a text may well become a few letters
_LONGEST_NAME = 6  # words
_SHORTEST_NAME = 2  # words, between languages of different scripts
_SAME_SCRIPT = 3  # words that two languages of one script may share
_SHARED_HAN = 8  # characters that two languages of ideographs may share


def fault(text: str, answer: str | None, source: str, target: str) -> Failure | None:
    """Why ``answer`` is no translation of ``text``; None if it may be one.

    >>> fault("Le marché ouvre.", "Le marché ouvre.", "fr", "ja")
    <Failure.ECHO: 'echo'>
    >>> fault("OCDE", "OCDE", "fr", "ja"), fault("Le marché ouvre.", "市場が開く。", "fr", "ja")
    (None, None)
    """
    if answer is None:
        return Failure.LOST
    if not answer.strip():
        return Failure.EMPTY
    if set(_CONTROL.findall(answer)) - set(text) or (
        _PAGE.search(answer) and not _PAGE.search(text)
    ):
        return Failure.GARBAGE
    for failure, pattern in _WARNINGS:
        if pattern.search(answer) and not pattern.search(text):
            return failure
    if _plain(answer) == _plain(text) and not _may_stay(text, source, target):
        return Failure.ECHO
    return None if _likely_length(text, answer) else Failure.LENGTH


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _may_stay(text: str, source: str, target: str) -> bool:
    """Whether a text may read the same in both languages.

    So it is for what has no words beside marks, URLs and numbers; for names and initials (no word
    in small letters; between scripts, a single word must be in capitals: « OCDE », not
    « Économie »); for up to three words between languages of one script (« Culture »); for a few
    ideographs between languages that write with them.
    """
    words = _WORD.findall(_MARK.sub(" ", text))
    if not words:
        return True
    if any(_WIDE.search(word) for word in words):
        shared = script(source) in _HAN and script(target) in _HAN
        return shared and sum(map(len, words)) <= _SHARED_HAN
    same = script(source) == script(target)
    if same and len(words) <= _SAME_SCRIPT:
        return True
    if len(words) > _LONGEST_NAME or not all(_like_a_name(word) for word in words):
        return False
    return len(words) >= _SHORTEST_NAME or words[0].isupper()


def _like_a_name(word: str) -> bool:
    return word[:1].isupper() or word != word.casefold()


def _weight(text: str) -> float:
    words = _MARK.sub("", text)
    wide = len(_WIDE.findall(words))
    return len(words) - wide + _WIDE_WEIGHT * wide


def _likely_length(text: str, answer: str) -> bool:
    before, after = _weight(text), _weight(answer)
    if after > _MOST_TIMES * before + _SLACK:
        return False
    return before < _SHORT or after * _MOST_TIMES >= before
