"""How much there is to translate in a text: its words, without what nobody translates."""

from __future__ import annotations

import re

from pipeline.texts.segments import Segment, SegmentKind

_PASSIVE = frozenset(
    {SegmentKind.CODE, SegmentKind.RULE, SegmentKind.COMMENT, SegmentKind.RAW, SegmentKind.LEADING}
)
_LEFT_OUT = (
    (re.compile(r"^[ \t]*(`{3,}|~{3,})(?s:.*?)(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.MULTILINE), ""),
    (re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL), ""),
    (re.compile(r"`{1,2}[^`]*`{1,2}"), ""),
    (re.compile(r"^ {0,3}\[(?!\^)[^\]\n]*\]:[ \t]*\S+", re.MULTILINE), ""),  # where a link leads
    (re.compile(r"\]\([ \t]*(?:<[^<>\n]*>|[^\s()]*)"), "] "),
    (re.compile(r"\]\[[^\[\]\n]*\]"), "]"),
    (re.compile(r"\[\^[^\]\s]+\]:?"), ""),
    (re.compile(r"(?:https?://|mailto:|www\.)[!-;=?-~]+"), ""),
    (re.compile(r"\{[^{}\n]*[#.=][^{}\n]*\}"), ""),  # attributes
    (re.compile(r"^[ \t>]*:::+.*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t|:+=-]+$", re.MULTILINE), ""),  # lines of tables
    (re.compile(r"^[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]+", re.MULTILINE), ""),
    (re.compile(r"&#?\w{1,31};"), " "),
)  # fmt: skip
_MARKS = re.compile(r"[\s*_`~|#>\[\]\\{}]+")


def words_alone(markdown: str) -> str:
    """The text without code, addresses, attributes and marks that stand for no word.

    >>> words_alone("Voir [le site](https://exemple.fr/a)[^1] et `x = 1`.").split()
    ['Voir', '[le', 'site]', ')', 'et', '.']
    """
    for pattern, instead in _LEFT_OUT:
        markdown = pattern.sub(instead, markdown)
    return markdown


def to_translate(segment: Segment) -> str:
    """The words of a source segment; empty when it has none to translate (code, rules, numbers)."""
    if segment.kind in _PASSIVE:
        return ""
    text = words_alone(segment.raw)
    return text if has_letters(text) else ""


def has_letters(text: str) -> bool:
    """Whether there is anything to translate in a text without markup."""
    return any(character.isalpha() for character in text)


def count_words(text: str) -> int:
    """The words of a language that parts them with spaces; « % » and « : » alone are none.

    >>> count_words("Il a dit : « oui », à 40 %.")
    6
    """
    return sum(any(map(str.isalnum, word)) for word in text.split())


def count_characters(text: str) -> int:
    """The characters of a text, punctuation counted, spaces and marks of Markdown not.

    >>> count_characters("市は**40％**を買う。")
    9
    """
    return len(_MARKS.sub("", text))
