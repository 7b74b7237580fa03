"""Texts as the pieces that a difference is made of: words, or runs of one script in Japanese.

A French reader sees a word change, a Japanese reader a run of ideographs or kana: 促進 → 推進, not
促 → 推. BudouX, which cuts Japanese into phrases, was measured on the cases of
``tests/golden/review/differences.toml``: its phrases carry their particles (53の), so that more is
marked than changed; docs/architecture.md has the figures.
"""

from __future__ import annotations

import re

IDEOGRAPHS = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA = r"\u3041-\u309f"
_KATAKANA = r"\u30a0-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = r"\u1100-\u11ff\uac00-\ud7af"
_WIDE = f"{IDEOGRAPHS}{_HIRAGANA}{_KATAKANA}"
# A number in ideographs, known by what it counts: 六年, 二十人, 第三条; not 一般 or 二酸化炭素.
_NUMERALS = "〇零一二三四五六七八九十百千万億兆"
_NUMBER = (
    f"[{_NUMERALS}]{{1,12}}"
    "(?=[年月日人回条項章節号件度円歳時分秒名個階次世割代位倍区市町村県校社]|か[所国]|箇所)"
)
_SPACE = "[ \u00a0\u202f\u2009]"
_PIECE = re.compile(
    rf"[0-9０-９]+(?:(?:{_SPACE}|[.,．，])?[0-9０-９]{{3}}(?![0-9０-９]))*(?:[.,．，][0-9０-９]+)?"
    rf"|{_NUMBER}|(?:(?!{_NUMBER})[{IDEOGRAPHS}])+|[{_HIRAGANA}]+|[{_KATAKANA}]+|[{_HANGUL}]+"
    rf"|(?:(?![{_WIDE}{_HANGUL}])[^\W\d_])+['’]?"
    rf"|\s+|.",
    re.DOTALL,
)
_OF_IDEOGRAPHS = re.compile(f"(?![{_NUMERALS}]+\\Z)[{IDEOGRAPHS}]+")
_OF_HIRAGANA = re.compile(f"[{_HIRAGANA}]+")


def pieces(text: str) -> list[str]:
    """The pieces of ``text``, which joined are the text.

    >>> pieces("L’eau coûte 1 200 €.")
    ['L’', 'eau', ' ', 'coûte', ' ', '1 200', ' ', '€', '.']
    >>> pieces("54の自治体が地産地消を推進する。")
    ['54', 'の', '自治体', 'が', '地産地消', 'を', '推進', 'する', '。']
    >>> pieces("令和六年に第三条を")
    ['令和', '六', '年', 'に', '第', '三', '条', 'を']
    """
    return _PIECE.findall(text)


def of_ideographs(piece: str) -> bool:
    """Whether a piece is a run of ideographs that is no number."""
    return bool(_OF_IDEOGRAPHS.fullmatch(piece))


def of_hiragana(piece: str) -> bool:
    """Whether a piece is a run of hiragana."""
    return bool(_OF_HIRAGANA.fullmatch(piece))
