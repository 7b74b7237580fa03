"""Typography within one block: spaces, quotes, apostrophes, ordinals, unreadable runs.

Rules for French from the Imprimerie nationale's *Lexique*: U+202F before ; ! ?, U+00A0 before :
and inside « », one space after a comma and none before it, 8^e^. Other languages get only what
holds for all.
"""

from __future__ import annotations

import re

from pipeline.drafts.plaintext.lines import is_wide
from pipeline.drafts.plaintext.model import (
    CODE_CLOSE,
    CODE_OPEN,
    MARK_OPEN,
    SUP_CLOSE,
    SUP_OPEN,
    Edit,
    Flag,
    Replace,
    Traced,
    guarded,
    substitute,
)
from pipeline.drafts.plaintext.quotes import pair_quotes
from pipeline.texts.sentences import SPACED_OUT, base

_L = r"[^\W\d_]"
_SP = "[ \t\u00a0\u202f\u2000-\u200a\u3000]"
_END = rf"(?=\s|\Z|[)\]»”’\"'】」』,.]|{MARK_OPEN})"

_RUN = re.compile(r"[!-~]{8,}")
_LOST = re.compile(r"[\ufffd\ue000-\uf8ff]+|(?:\(cid:\d{1,5}\)){1,200}")
KINDS = 5  # different signs in a run that no one can read, at least
_PLAIN_FIGURES = re.compile(r"[\d.,:/+()\[\]%°€$#*=_~<>|-]*")

Rule = tuple[re.Pattern[str], Replace]


def _to(rule: str, after: str) -> Replace:
    """Return a replacement that is the same everywhere; `\\1` is the first group."""
    return lambda match: (rule, match.expand(after))


_EVERYWHERE: tuple[Rule, ...] = (
    (re.compile(r"\t"), _to("double-space", " ")),
    (re.compile(rf"{_SP}{{2,}}"), lambda match: ("double-space", _one(match.group()))),
    (re.compile(r"\u00ad"), _to("invisible-character", "")),
    (re.compile(r"\ufffc"), _to("picture-place", "")),
)
_JAPANESE: tuple[Rule, ...] = ((re.compile(rf"{_SP}+(?=[、。])"), _to("space-before-stop", "")),)
_SPACED: tuple[Rule, ...] = (
    (
        re.compile(rf"(?<!\A){_SP}+(?=[.,](?:\s|\Z|[)\]»”’\"]|{MARK_OPEN}))"),
        _to("space-before-stop", ""),
    ),
    (re.compile(rf"(?<={_L}{_L}),(?={_L}{_L})"), _to("missing-space", ", ")),
    (re.compile(rf"(?<={_L}{_L});(?={_L}{_L})"), _to("missing-space", "; ")),
    (re.compile(rf"(?<={_L}{_L})([!?:])(?=[A-ZÀ-ÖØ-Þ])"), _to("missing-space", r"\1 ")),
    (
        re.compile(r"(?<=[a-zà-öø-ÿ]{3})\.(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])"),
        _to("missing-space", ". "),
    ),
)
_FRENCH: tuple[Rule, ...] = (
    (re.compile(rf"(?<={_L})«"), _to("missing-space", " «")),
    (re.compile(rf"»(?={_L})"), _to("missing-space", "» ")),
    (re.compile(rf"(?<={_L})'(?=[\w«“])"), _to("apostrophe", "’")),
    (re.compile(rf"«{_SP}*(?!\s|\Z)"), _to("no-break-space", "«\u00a0")),
    (re.compile(rf"(?<!\A)(?<!\s)(?<!«){_SP}*»"), _to("no-break-space", "\u00a0»")),
    (
        re.compile(rf"(?<![\s(\[…;!?:])(?<!\A){_SP}*(?<![(\[…;!?:])([;!?]{{1,9}}){_END}"),
        _to("no-break-space", "\u202f\\1"),
    ),
    (
        re.compile(rf"(?<![\s(\[…;!?:])(?<!\A){_SP}*(?<![(\[…;!?:]):(?=\s|\Z|«)"),
        _to("no-break-space", "\u00a0:"),
    ),
)
_ORDINALS = re.compile(
    r"(?<![\w.,/-])(\d{1,4}|[IVX]{2,6}|[IVX](?=e[ \u00a0]siècle)|I(?=er\b))"
    r"(er|ers|re|res|ère|ères|e|es|nd|nde|nds|ndes|ème|èmes)(?![\w-])"
)


def _one(spaces: str) -> str:
    """Return the one space that a run of spaces becomes: a no-break one if it holds one."""
    return next((char for char in spaces if char in "\u00a0\u202f"), spaces[0])


_GAP = re.compile(r"(?<=\S)([ \u3000]{0,9}\t[ \t\u3000]*|[ \u3000]{5,})(?=\S)")  # columns, perhaps


def set_type(text: Traced, language: str, ordinals: bool) -> tuple[Traced, list[Edit], list[Flag]]:
    """Put the typography of one block right.

    Inputs: its text, the language, whether ordinals may be raised (not in a title, which is plain
    text). Output: the text, in which unreadable runs and ordinals stand between noncharacters,
    the edits, and the doubts.
    """
    text, flags = _shield(text)
    edits: list[Edit] = []
    for gap in _GAP.finditer(text.text):
        flags.append(Flag("wide-gap", text.offset(gap.start(1)), _near(text.text, gap.start(1))))
    for sign in re.finditer("\ufffc", text.text):
        flags.append(Flag("picture-missing", text.offset(sign.start()), text.text[:60]))
    rules = list(_EVERYWHERE)
    if base(language) in SPACED_OUT:
        return _apply(text, [*rules, *_JAPANESE], edits), edits, flags
    text = _apply(text, rules, edits)
    text, changes = narrow_brackets(text)
    edits += changes
    if base(language) == "fr":
        text, changes, doubts = pair_quotes(text)
        edits += changes
        flags += doubts
    text = _apply(text, [*_SPACED, *(_FRENCH if base(language) == "fr" else ())], edits)
    if base(language) == "fr" and ordinals:
        text, changes = substitute(
            text,
            _ORDINALS,
            lambda match: ("ordinal", f"{match[1]}{SUP_OPEN}{match[2]}{SUP_CLOSE}"),
            guarded(text.text),
        )
        edits += [Edit(e.rule, e.at, e.before, _shown(e.after)) for e in changes]
    return text, edits, flags


def _apply(text: Traced, rules: list[Rule], edits: list[Edit]) -> Traced:
    for pattern, replace in rules:
        text, changes = substitute(text, pattern, replace, guarded(text.text))
        edits += changes
    return text


def _shown(text: str) -> str:
    """Return a text with raised letters as Markdown writes them."""
    return text.replace(SUP_OPEN, "^").replace(SUP_CLOSE, "^")


def _near(text: str, index: int) -> str:
    return " ".join(text[max(0, index - 20) : index + 30].split())


def _shield(text: Traced) -> tuple[Traced, list[Flag]]:
    """Put runs that no one can read between noncharacters, so that nothing touches them.

    A font without a character map leaves signs for letters. What they stood for is never guessed.
    """
    flags: list[Flag] = []

    def mark(match: re.Match[str]) -> tuple[str, str] | None:
        if match.re is _RUN and not is_garbled(match.group()):
            return None
        flags.append(Flag("unreadable", text.offset(match.start()), match.group()))
        return "unreadable", f"{CODE_OPEN}{match.group()}{CODE_CLOSE}"

    # Not told as repairs: nothing of what the person wrote changes.
    for pattern in (_RUN, _LOST):
        text, _ = substitute(text, pattern, mark, guarded(text.text))
    return text, flags


def is_garbled(run: str) -> bool:
    """Whether a run of ASCII without spaces is what is left of unmapped letters.

    Mostly signs, and of at least five kinds. Figures with their usual signs are not.
    """
    signs = [char for char in run if not char.isalnum()]
    if len(signs) < 0.5 * len(run) or _PLAIN_FIGURES.fullmatch(run) or "://" in run:
        return False
    return len(set(signs)) >= KINDS and sum(char.isalpha() for char in run) <= 0.35 * len(run)


_BRACKETS = re.compile(r"（([^（）]{0,400})）|[（）]")


def narrow_brackets(text: Traced) -> tuple[Traced, list[Edit]]:
    """Make fullwidth brackets plain ones, with their spaces, unless what they hold is Japanese."""

    def narrow(match: re.Match[str]) -> tuple[str, str] | None:
        inner = match.group(1)
        before = match.string[match.start() - 1 : match.start()] if match.start() else ""
        after = match.string[match.end() : match.end() + 1]
        if inner is None:
            return "fullwidth-bracket", "(" if match.group() == "（" else ")"
        if inner and all(is_wide(char) for char in inner) and is_wide(before or " "):
            return None
        lead = "" if not before or before.isspace() or before in "([«’'" else " "
        trail = " " if after.isalnum() else ""
        return "fullwidth-bracket", f"{lead}({inner.strip()}){trail}"

    return substitute(text, _BRACKETS, narrow, guarded(text.text))
