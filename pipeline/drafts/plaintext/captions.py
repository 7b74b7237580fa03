"""Whether a line is the caption of a picture or a table, and how long its label is.

« Figure 2 – La halle », 図1　夜の市場 and "Table 3: Prices" name what they stand beside; « Figure 2
montre la halle », 図1によると and "Table 3 shows" are sentences, which stay in the text. A sign
behind the number (colon, dash, full stop) makes a caption; behind a mere space, or none, what
follows must be a name: a capital or an article where letters have cases, no particle in Japanese
and Korean, no verb in Chinese. The forms are those of the journals and reports of each country;
each has its line in `tests/drafts/test_captions.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.drafts.plaintext.lines import ends_sentence
from pipeline.drafts.plaintext.tables import CAPTION_WORDS, STOPS, look_up
from pipeline.workspace.languages import own_markup

_GAP = r"[ \t\u00a0\u202f\u3000]"
_ONE = (
    r"(?:[0-9０-９]{1,3}(?:[-‐–－ー.．][0-9０-９]{1,3}){0,2}[a-d]?|[IVX]{1,5}|[①-⑳])"
    r"(?![0-9０-９A-Za-zÀ-ÖØ-öø-ÿ])"
)
_AND = rf"{_GAP}*(?:[,&、・～〜~–-]|et|and|und|y|e|à|to|bis|および|及び|と|和|과|와){_GAP}*"
_NUMBER = rf"(?:n[°ºo]\.?|№|#|[-‐－–ー−])?{_GAP}*{_ONE}(?:{_AND}{_ONE}){{0,5}}"
_OPEN, _CLOSE = "<＜〈《【［[（(", ">＞〉》】］]）)"
_PAIRS = dict(zip(_OPEN, _CLOSE, strict=True))
_POINTER = re.compile(rf"[▲▼△▽↑↓⇧⇩←→◀▶◁▷]{_GAP}*")  # to the picture above or below
_ASIDE = re.compile(
    rf"{_GAP}*(?:\([^()]*\)|（[^（）]*）|«[^«»]*»|“[^“”]*”|「[^「」]*」|『[^『』]*』)"
)
_JOINT = re.compile(rf"{_GAP}*(?:[:：．—―]|\.(?!\w)|[–－-](?=\s)){_GAP}*|\u3000+")
_UNNUMBERED = rf"{_GAP}*(?:[:：—]|–(?=\s))"
_SPACES = re.compile(rf"{_GAP}+")
_STOP = re.compile(rf"[{re.escape(STOPS)}](?=\s|\w)")
_ARTICLE = re.compile(
    r"(?:the|le|la|les|une?|des|der|die|das|eine?|el|los|las|il|lo|gli|os|as|uma?)\s|[ld][’'](?=\w)"
)
_PARTICLE = re.compile(  # what goes on with a sentence behind a space, in Japanese
    r"(?:は|が|を|では|には|から|より|による|によ[りっ]|に示|に見|に挙|のとおり|の通り|のよう|で示|と[、図表])"
)
_VERB = re.compile("显示|顯示|表明|展示了|说明|說明|反映|列出|给出|給出|可见|可見|所示|为|為|是|中")
_COUNTED = re.compile("[枚点件個日年月番面人回度種頁本冊時つ张張幅个次]|参照|参考|参看|左|右|上|下")
_LONGEST = 160  # signs of a caption that only a space sets off from its number


def is_caption(text: str, language: str) -> bool:
    """Whether a line is the caption of a picture: « Figure 2 : la halle », 図1　夜の市場."""
    return picture_label(text, language) is not None


def picture_label(text: str, language: str) -> int | None:
    """How much of a picture's caption is its label; None of what is none."""
    words = frozenset((*look_up(CAPTION_WORDS, language), *CAPTION_WORDS[""]))
    found = _label(text, words)
    if found is None and _credited(words).match(text):
        return 0  # « Photo : mairie de Lyon »: no number, nothing to take away
    return found


def table_label(text: str) -> int | None:
    """How much of a table's caption is its label; None of what is none.

    The words are those of all languages: Word writes its own.
    """
    return _label(text, own_markup().tables)


@lru_cache(maxsize=32)
def _head(words: frozenset[str]) -> re.Pattern[str]:
    """One of ``words`` and a number."""
    return re.compile(rf"(?:{_either(words)})s?\.?{_GAP}*{_NUMBER}", re.IGNORECASE)


@lru_cache(maxsize=32)
def _credited(words: frozenset[str]) -> re.Pattern[str]:
    """One of ``words`` and a colon or a dash."""
    return re.compile(rf"(?:{_either(words)})s?{_UNNUMBERED}", re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _label(text: str, words: frozenset[str]) -> int | None:
    """The length of « Figure 2 – », 0 where brackets hold label and words together."""
    pointer = _POINTER.match(text)
    start = pointer.end() if pointer else 0
    bracket = _PAIRS.get(text[start : start + 1], "")
    start += 1 if bracket else 0
    found = _head(words).match(text, start)
    if found is None:
        return None
    if not bracket:
        return _named(text, found.end())
    if text.startswith(bracket, found.end()):  # 【図1】夜の市場
        end = _SPACES.match(text, found.end() + 1)
        return _named(text, found.end() + 1) and (end.end() if end else found.end() + 1)
    whole = text.endswith(bracket) and text.find(bracket) == len(text) - 1
    return 0 if whole and _named(text[:-1], found.end()) is not None else None


def _named(text: str, number: int) -> int | None:
    """Where the words of a caption begin, behind the end of its ``number``; None of a sentence."""
    aside = _ASIDE.match(text, number)  # « Figure 2 (suite) : », 図1（左）は
    after = aside.end() if aside else number
    joint = _JOINT.match(text, after)
    rest = text[joint.end() if joint else after :]
    begin = number if aside else (joint.end() if joint else number)
    if joint is not None and joint[0] != "\u3000":
        inserted = re.search(r"\s[–—-]\s", rest) and rest[:1].islower() and ends_sentence(rest)
        return None if inserted else begin
    space = _SPACES.match(rest)
    if space is None and joint is None:
        return begin if not rest or _glued(rest) else None
    words = rest.lstrip('\u3000 \t\u00a0\u202f«“"「『')
    gap = 0 if aside or joint else (space.end() if space else 0)
    return begin + gap if not words or _nominal(words) else None


def _glued(words: str) -> bool:
    """Whether words that follow a number without a space name a picture: 図1夜の市場."""
    kanji = re.match(r"[\u4e00-\u9fff\u30a0-\u30ff]", words)
    counted = _COUNTED.match(words) or _VERB.match(words)
    return bool(kanji) and not counted and not ends_sentence(words) and "、" not in words


def _nominal(words: str) -> bool:
    """Whether words behind a number and a space name a picture rather than say something of it."""
    if len(words) > _LONGEST or _STOP.search(words[:-1]):
        return False
    if words[0].islower():
        return bool(_ARTICLE.match(words)) and not ends_sentence(words)
    if not words[0].isalnum():
        return False
    if "\uac00" <= words[0] <= "\ud7a3":
        return not ends_sentence(words)
    return not (_PARTICLE.match(words) or (_VERB.match(words) and ends_sentence(words)))
