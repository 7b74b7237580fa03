"""Where sentences end, in languages with spaces between words and in Japanese and Chinese.

One sentence a line makes a diff of lines a diff of sentences. Sources: the Imprimerie nationale's
*Lexique des règles typographiques* for French abbreviations; JLREQ and the usage of official texts
for Japanese, where a full stop inside brackets ends no sentence of the text around them.

pysbd 0.3.4, sentencex 1.0.32 and ICU 78 were measured on the cases of `tests/golden/sentences`:
each misses « J.-P. », 「…。」と or （…。） and the marks of footnotes and emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from pipeline.texts.inline_marks import NOTE, OPAQUE, masked

SPACED_OUT = frozenset({"ja", "zh"})
"""Languages written without spaces between words."""

CLOSERS = "»”\"’')]）」』】〉》］〕"
OPENERS = "¿¡«“\"‘'([（「『【〈《［〔"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words before a full stop that ends no sentence. `etc.` is absent on purpose: with a capital
# after it, it does end one. The entry "" is for every other language.
ABBREVIATIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "fr": _words(
            "m mm mr mme mlle mgr me dr pr prof st ste art al chap cf ex env fig p pp vol n no nº"
            " t éd ed coll av apr bd bld tél hab max min réf sect tab trad dir adj gén cl c.-à-d"
            " p.-s j.-c r.-v i.e e.g janv févr juill sept oct nov déc"
        ),
        "en": _words(
            "mr mrs ms dr prof st art fig cf vs vol no p pp ch sec ed eds al approx dept est"
            " e.g i.e jr sr"
        ),
        "de": _words(
            "hr fr dr prof st art abb bzw ca vgl z.b d.h u.a usw s nr bd jh inkl ggf evtl"
        ),
        "": _words("m mm mr mme dr prof st art fig cf vol no p pp ed al e.g i.e"),
    }
)

_AFTER = rf"(?:[\u00a0\u202f ]?[{re.escape(CLOSERS)}]|[*_]|(?>{NOTE}+)){{0,12}}"
_STOP = re.compile(rf"(?P<stop>[.!?…。！？]{{1,12}}){_AFTER}(?P<gap>[ \t\u3000\r\n]+)(?=\S)")
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[.’'-](?=[^\W\d_]))*\Z")
_ELISION = re.compile(r".*[’'](?=.)")
_LABEL = re.compile(r"\s*[\dIVX]{1,3}")

_SIGN = re.compile(r"[。！？!?]{1,12}|[（(「『【〈《）)」』】〉》]")
_OPEN, _CLOSE = "（(「『【〈《", "）)」』】〉》"
_QUOTED_ON = re.compile(r"[*_]*\s*(?:と(?!ころ|ても|にかく|りあえず|もあれ)|って|など)")
# After a closing bracket, these go on with the sentence that quotes: 「…。」と述べた。
_GOES_ON = re.compile(r"[*_]*[ぁ-ん、。，．・！？!?,.]")
_REMARK = re.compile(r"（[^（）。！？]{0,100}）")
_NOTES = re.compile(f"{NOTE}+")
_RUN = re.compile(r"[*_]+")


def base(language: str) -> str:
    """The language without its region, in lower case: `fr` for `fr-FR`."""
    return language.replace("_", "-").split("-")[0].casefold()


def sentences(text: str, language: str) -> list[str]:
    """The sentences of one unit of Markdown, in order, without the white space between them.

    Joined with the white space that stood there they are the text, and each is one sentence to
    this function. Nothing is cut inside code, addresses, links or images.
    """
    cuts = [0, *starts(masked(text), language), len(text)]
    parts = [text[a:b].strip() for a, b in pairwise(cuts)]
    return [part for part in parts if part]


def starts(text: str, language: str) -> list[int]:
    """Where the sentences after the first begin, or the white space before them.

    Input: words in which what is none was masked (see `inline_marks`), and their language.
    """
    return _japanese(text) if base(language) in SPACED_OUT else _spaced(text, language)


def _spaced(text: str, language: str) -> list[int]:
    short = ABBREVIATIONS.get(base(language), ABBREVIATIONS[""])
    found: list[int] = []
    for match in _STOP.finditer(text):
        following = text[match.end() : match.end() + 16].lstrip(OPENERS + "*_ \u00a0\u202f")[:1]
        if not (following.isupper() or following.isdigit() or following == OPAQUE):
            continue
        before = text[max(0, match.start("stop") - 40) : match.start("stop")]
        if match["stop"] == "." and _abbreviated(before, short):
            continue
        found.append(match.start("gap"))
    return found


def _abbreviated(before: str, short: frozenset[str]) -> bool:
    """Whether the full stop after a text ends an abbreviation, an initial or a number's label."""
    if _LABEL.fullmatch(before):
        return True
    word = _WORD.search(before)
    if word is None:
        return False
    if len(word[0]) == 1 and word[0].isupper():  # an initial, but neither « °C » nor « 12 V »
        return before[: word.start()].rstrip(" \u00a0\u202f")[-1:] not in tuple("°0123456789")
    whole = word[0].casefold()
    dotted = before.rsplit(maxsplit=1)[-1].lstrip(OPENERS).casefold()  # « c.-à-d »
    return whole in short or _ELISION.sub("", whole) in short or dotted in short


def _japanese(text: str) -> list[int]:
    nested, closing = _well_nested(text), _closing_runs(text)
    found: list[int] = []
    aside: list[bool] = []  # of each open bracket: whether it stands within a sentence
    at = 0
    while sign := _SIGN.search(text, at):
        start, at = sign.span()
        if sign[0] in _OPEN:
            begun = text[found[-1] if found else 0 : start].strip(" \u3000\n*_")
            aside.append(sign[0] in "（(" and bool(begun))
            continue
        if sign[0] in _CLOSE:
            within = aside.pop() and nested if aside else False
            ended = _closes(text, start) and not within and not _GOES_ON.match(text, at)
        else:
            ended = _ends(text, sign)
        if ended and not (nested and aside):
            at = _end(text, at, closing)
            found.append(at)
    return [cut for cut in found if text[cut:].strip()]


def _well_nested(text: str) -> bool:
    depth = 0
    for sign in re.findall(rf"[{_OPEN}{_CLOSE}]", text):
        depth += 1 if sign in _OPEN else -1
        if depth < 0:
            return False
    return depth == 0


def _closing_runs(text: str) -> dict[int, int]:
    """Where runs of emphasis that close one begin and end: each second one of its kind."""
    waiting: set[str] = set()
    closing: dict[int, int] = {}
    for run in _RUN.finditer(text):
        if run[0] in waiting or not text[run.end() : run.end() + 1].strip():
            closing[run.start()] = run.end()
        waiting ^= {run[0]}
    return closing


def _closes(text: str, bracket: int) -> bool:
    """Whether a sentence ends just before a closing bracket."""
    before = text[max(0, bracket - 12) : bracket].rstrip(f"*_{NOTE}")
    return before.endswith(("。", "！", "？"))


def _ends(text: str, sign: re.Match[str]) -> bool:
    """Whether these stops end a sentence; a half-width one may stand in a name."""
    after = text[sign.end() : sign.end() + 4]
    if after.lstrip("*_")[:1] in tuple(_CLOSE):
        return False  # the bracket closes the sentence
    if "。" in sign[0]:
        return True
    wide = "！" in sign[0] or "？" in sign[0]
    return (wide or after[:1].isspace()) and not _QUOTED_ON.match(text, sign.end())


def _end(text: str, at: int, closing: Mapping[int, int]) -> int:
    """Where a sentence is over: after its note marks, the end of its emphasis, a remark （…）."""
    while True:
        if at in closing:
            at = closing[at]
        elif found := _NOTES.match(text, at) or _REMARK.match(text, at):
            at = found.end()
        else:
            return at
