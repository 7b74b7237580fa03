"""What two nearly equal sentences may not differ in, if one is to stand for the other.

A number, a unit, a date, a negation, an obligation, a direction: a few letters that turn the
meaning round (« n'approuve pas » for « approuve », 150 million for 120). Rules of language: numbers
and dates in any language, words that weigh in French, Japanese and English. What is listed too
much only makes a match weaker.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

_NUMBER = re.compile(
    r"(?<!\d)\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,:/]\d+)*|[%‰€$¥£°§]|[½⅓¼¾⅔]"
)
_APOSTROPHES = str.maketrans({"’": "'", "\u02bc": "'", "‐": "-", "\u2011": "-", "−": "-"})
_EDGES = ("(?<![^\\W_])", "(?![^\\W_])")

# A line a family: its name and the words that mean the same, as one pattern. Without a name (« = »)
# each word stands for itself.
_FRENCH = {
    "ne": r"ne|n'(?=\w)",
    "=": r"pas|plus|moins|jamais|rien|aucune?s?|guère|nullement|ni|sans|non|sauf|hormis|excepté"
    r"|seule?s?|seulement|uniquement|contre|avant|après|depuis|jusqu'\w+|oui|trop|peu|assez"
    r"|tôt|tard|minimum|maximum|conditionnel|mais|cependant|nord|sud|ouest|gauche|droite"
    r"|hommes?|femmes?|petite?s?|grande?s?|riches?|pauvres?|publi(?:cs?|ques?)|privée?s?"
    r"|import(?:e|er|ent|ations?|ateurs?)|export\w+|confirm\w+|infirm\w+|souten\w+|soutien\w*"
    r"|abandonn\w+|réuss\w+|succès|échecs?|échou\w+|derni(?:er|ère)s?",
    "un": r"(?:impossib|illég|illicit|inutil|insuffis|inacti|incapab|incertain|incompatib"
    r"|indirect|inéga|inexact|instab|invalid|injust|irréguli|irrespons|désaccord|désavantag"
    r"|désintér|mécontent)\w*",
    "must": r"doi(?:s|t|vent)|devr(?:a|ai|ons|ez|ont)|oblig\w+|faut|faudra",
    "should": r"devr(?:ait|aient)|faudrait",
    "may": r"peu(?:t|x|vent)|pourr(?:a|ai|ons|ez|ont)|puisse\w*|facultati\w+|option\w+",
    "might": r"pourr(?:ait|aient)",
    "all": r"tou(?:s|t|te|tes)|chaque|chacune?|toujours|ensemble",
    "some": r"certaine?s?|quelques?|plusieurs|parfois|souvent|plupart|partie",
    "yes": r"approuv\w+|approbation|adopt\w+|accept\w+|valid\w+|favorables?",
    "no": r"désapprou\w+|désapprobation|refus\w*|rejet\w*|repouss\w+|défavorables?|oppos\w+",
    "allow": r"autoris\w+|permet\w*|permis\w*",
    "forbid": r"interdi\w*|prohib\w+",
    "up": r"hausses?|augment\w+|accro\w+|croissan\w+|supérieure?s?|gagn\w+",
    "down": r"baiss\w+|diminu\w+|rédui\w+|réduc\w+|recul\w*|inférieure?s?|perd\w*|pertes?",
    "open": r"ouv(?:re|ert|rir|ri)\w*|début\w*|commenc\w+",
    "close": r"ferm(?:e|é|er|ent|ée|és|ées|eture)|fin|finit|termin\w+|cess\w+",
    "number": r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze"
    r"|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille|millions?|milliards?"
    r"|dizaines?|douzaines?|vingtaine|trentaine|cinquantaine|centaines?|milliers?"
    r"|premi(?:er|ère)s?|seconde?s?|\w+ièmes?|demie?s?|moitié|tiers|quarts?|double\w*|triple\w*",
}
_JAPANESE = {
    "ne": r"(?<!少)(?:ない|なく|なかっ|なけれ|ません|ざる)|ず(?=[、。に]|$)"
    r"|ぬ(?=[、。]|$)|(?<=[かがさただなばまらわ])ぬ",
    "un": r"未(?!来|満)|不(?!動産)|非(?!常)|無|否|反(?=対)",
    "must": r"べき|なら(?=ない)|義務|必須|必要",
    "may": r"でき|可能|かもしれ|得る|うる|任意",
    "all": r"(?:すべ|全)て|各|毎|常に|いつも",
    "some": r"一部|ほとんど|多く|少な|時々|たまに|いくつか|数(?=[か件人年回名])",
    "only": r"のみ|だけ|しか|除[いくき]|以外",
    "=": r"以[上下前後降内]|未満|超え?|前|後|まで|から|より|賛成|反対|拒否|却下|否決|承認|採択|可決"
    r"|禁止|許可|増[加えやし]|減[少らっ]|上[昇がげ]|低下|下[がげ]|拡大|縮小|開[始かき]|終[了わ]"
    r"|閉|[賛肯]|認め|拒|成功|失敗|続|やめ|中止|合法|適法|違法|輸入|輸出|必ず|豊か|貧し"
    r"|最[大小多少初後新古]|[東西南北左右男女]|[公私国]立|民間|都市|農村|[昨去今来先][年月]",
    "number": r"(?:(?!一[方般緒層環致体])(?:(?<![統唯同均])一|[二三四五六七八九百千万億兆〇零]"
    r"|(?<!不)十(?!分)))+|半(?=[分数額])|倍",
}
_ENGLISH = {
    "ne": r"not|n't|cannot|never|no|none|nothing|nobody|neither|nor|without|\w+n't",
    "=": r"except|only|unless|before|after|against|more|less|fewer|most|least|but|yes|until|since",
    "must": r"must|shall|oblig\w+|required?|mandatory",
    "should": r"should|ought",
    "may": r"may|can|optional\w*",
    "might": r"might|could",
    "all": r"all|every|each|always",
    "some": r"some|several|many|sometimes|often|part",
    "yes": r"approv\w+|adopt\w+|accept\w+|support\w*|favou?r\w*",
    "no": r"disapprov\w+|reject\w*|refus\w+|den(?:y|ies|ied)|oppos\w+",
    "allow": r"allow\w*|permit\w*|authori[sz]\w+",
    "forbid": r"forbid\w*|prohibit\w*|ban\w*",
    "up": r"increas\w+|ris(?:e|es|en|ing)|rose|grow\w*|gr[eo]wn?|higher|above",
    "down": r"decreas\w+|reduc\w+|fall\w*|fell|declin\w+|lower\w*|below",
    "number": r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?"
    r"|first|second|third|\w+th|half|quarters?|twice|double\w*|triple\w*",
}
_FAMILIES: Mapping[str, Mapping[str, str]] = {"fr": _FRENCH, "ja": _JAPANESE, "en": _ENGLISH}
_COMMA_GROUPS = frozenset({"ja", "en", "zh", "ko"})
"""Languages that write 1,200 for twelve hundred; elsewhere the comma is decimal."""
_UNSPACED = frozenset({"ja", "zh", "th"})

Meaning = tuple[tuple[str, ...], tuple[str, ...]]


def differences(one: str, other: str, language: str) -> tuple[str, ...]:
    """In what two texts of ``language`` differ that changes the meaning: ``numbers``, ``sense``.

    >>> differences("La ville approuve.", "La ville n’approuve pas.", "fr")
    ('sense',)
    >>> differences("120 millions", "150 millions", "fr")
    ('numbers',)
    """
    found = compared(meaning(one, language), meaning(other, language))
    return found or (("sense",) if turned(one, other) else ())


def turned(one: str, other: str) -> bool:
    """Whether two texts say the same words in another order: who does what to whom.

    >>> turned("La France aide le Japon.", "Le Japon aide la France.")
    True
    """
    both = [unicodedata.normalize("NFKC", text).casefold().split() for text in (one, other)]
    lines = ["".join(words) for words in both]
    return lines[0] != lines[1] and sorted(lines[0]) == sorted(lines[1])


def meaning(text: str, language: str) -> Meaning:
    """The numbers and the weighing words of ``text``, in their order."""
    plain = _plain(text, language)
    digits = (match[0].replace(" ", "").replace(",", ".") for match in _NUMBER.finditer(plain))
    words = _found(_pattern(language, numbers=True), plain)
    return (*digits, *words), tuple(_found(_pattern(language, numbers=False), plain))


def compared(one: Meaning, other: Meaning) -> tuple[str, ...]:
    """In what two meanings differ; see `differences`."""
    return tuple(
        name for name, a, b in zip(("numbers", "sense"), one, other, strict=True) if a != b
    )


def _plain(text: str, language: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold().split())
    if language.partition("-")[0] in _COMMA_GROUPS:
        plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)
    return plain


def _found(pattern: re.Pattern[str] | None, text: str) -> Iterable[str]:
    """The families of the words met, in their order; a word by itself where it has none."""
    for match in pattern.finditer(text) if pattern else ():
        family = match.lastgroup or ""
        yield match[0] if family in ("each", "number") else family


@cache
def _pattern(language: str, numbers: bool) -> re.Pattern[str] | None:
    primary = language.partition("-")[0]
    families = _FAMILIES.get(primary, {})
    chosen = {name: words for name, words in families.items() if (name == "number") == numbers}
    if numbers:
        parts = [chosen.get("number", ""), *_calendar(language)]
        chosen = {"number": "|".join(part for part in parts if part)}
    before, after = ("", "") if primary in _UNSPACED else _EDGES
    groups = [
        f"(?P<{'each' if name == '=' else name}>{words})" for name, words in chosen.items() if words
    ]
    if not groups:
        return None
    # « n'approuve »: the word after an elision begins a word of its own.
    return re.compile(f"{before}(?:{'|'.join(groups)})(?:{after}|(?<='))")


def _calendar(language: str) -> list[str]:
    """The names of months and days, which no other may stand for (CLDR)."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return []
    names = {
        name.casefold()
        for calendar in (locale.months, locale.days)
        for name in calendar["format"]["wide"].values()
    }
    return [re.escape(name) for name in sorted(names) if not any(c.isdigit() for c in name)]
