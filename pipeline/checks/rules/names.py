"""Names of authorities and places against the register, their kind, and who signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import partial

from pipeline.checks.model import Finding, Pair, Side
from pipeline.checks.register import (
    Name,
    kinds_of,
    likeness,
    named,
    names,
    occurrences,
    places_of,
    spoken,
    there,
)
from pipeline.checks.rules.parts import parts

_ALIKE = 78  # of 100: エクサンプロバンス, エクサンプロヴァンス
_ALIKE_FRAMED = 55  # with the name's own kind beside it: アルモアール地域圏, アルモワーズ地域圏
_KATAKANA = re.compile(r"[ァ-ヺー・＝=]{3,}")
_LATIN = re.compile(r"[A-ZÀ-Ý][\w'-]{2,}(?:-[\w']+)*")
_KANJI = re.compile(r"[一-龥々ヶ]{2,}")
_KANJI_ONLY, _WITH_KANA = "一-龥々ヶ", "一-龥々ぁ-んァ-ヶ"
_KE = str.maketrans("ヶケガ", "ががが")
_LEAST = 2
_ITEMS = re.compile(r"^[ \t]*(?:[-*+]|\d{1,4}[.)]|\|)", re.MULTILINE)
_SIGNING = 2  # names beside words of signing do too
_SIGNED = 3  # so many names of the register make a list of parties


def known_names(pair: Pair) -> Iterator[Finding]:
    """What one side names, the other names too, in the register's form."""
    languages = pair.one.language, pair.other.language
    ours, theirs = (
        [name for name in named(pair.facts, languages, side) if not name.person]
        for side in pair.sides
    )
    if not ours and not theirs:
        return
    absent = _absent(pair.one, ours, theirs), _absent(pair.other, theirs, ours)
    known = spoken(pair.facts, languages)
    if _signing(pair, (ours, theirs)):
        yield from _parties(pair, absent, known)
        yield from _party_order(pair, [n for n in names(pair.facts, languages) if not n.person])
        return
    for index, missing in enumerate(absent):
        here, beyond = pair.sides if not index else (pair.other, pair.one)
        for name in missing:
            line = here.line(next(places_of(name, here)))
            variant, at = _variant(name, beyond, known)
            if variant:
                yield _finding(
                    "check-name", index, name.core[here.language], variant, line, beyond.line(at)
                )
            elif absent[1 - index] and not index:
                instead = absent[1][0].core[beyond.language]
                yield _finding("check-name", index, name.core[here.language], instead, line, 0)
            elif absent[1 - index] or not name.registered:
                continue
            elif not _taken_up(name, pair if not index else pair.swapped):
                yield _finding("check-name-absent", index, name.core[here.language], "", line, 0)


def _absent(side: Side, here: Sequence[Name], beyond: Sequence[Name]) -> list[Name]:
    """The names of ``side`` (``here``) that are not ``beyond``."""
    tag = side.language
    # « Tours » within another name that is there says nothing.
    return [
        n for n in here
        if n not in beyond and not any(n is not m and n.core[tag] in m.core[tag] for m in here)
    ]  # fmt: skip


def _variant(name: Name, side: Side, spoken: Set[str]) -> tuple[str, int]:
    """A word of ``side`` that is nearly the name, and no other name; "" without one."""
    form = name.core.get(side.language, "")
    if _KATAKANA.fullmatch(form) or len(form) > 3 and not _KANJI.fullmatch(form):  # noqa: PLR2004, RUF021
        pattern = _KATAKANA if _KATAKANA.fullmatch(form) else _LATIN
        before, _core, after = name.full[side.language].partition(form)
        for match in pattern.finditer(side.text):
            framed = bool(before + after) and side.text.endswith(before, 0, match.start())
            framed = framed and side.text.startswith(after, match.end())
            least = _ALIKE_FRAMED if framed else _ALIKE
            if match[0] not in spoken and likeness(match[0], form) >= least:
                return match[0], match.start()
    elif _KANJI.fullmatch(form):
        return _kanji_variant(name, form, side, spoken)
    return "", 0


def _kanji_variant(name: Name, form: str, side: Side, spoken: Set[str]) -> tuple[str, int]:
    """青峰市 for 青嶺市: as long, one character other, and followed by the same suffix.

    A name of three characters or more may have another kind beside it too: 朱鷺澤町 for 朱鷺沢市.
    """
    suffix = name.full[side.language].removeprefix(form)
    if not suffix:
        return "", 0
    # 霧が丘町 for 霧ヶ丘町; of a name of two characters a kana beside one is grammar.
    long = len(form) > _LEAST
    letters = _WITH_KANA if long else _KANJI_ONLY
    kind = f"{re.escape(suffix)}|{side.known.words('kinds').pattern}" if long else re.escape(suffix)
    for match in re.finditer(rf"(?=([{letters}]{{{len(form)}}})({kind}))", side.text):
        alike = zip(match[1].translate(_KE), form.translate(_KE), strict=True)
        if match[1] not in spoken and sum(a == b for a, b in alike) >= len(form) - 1:
            return match[1] + match[2], match.start()
    return "", 0


def _taken_up(name: Name, pair: Pair) -> bool:
    """Whether words of the other side may stand for a name of the first.

    « La ville », 同市 may anywhere, if they are of its kind; « elle » where the name comes first.
    """
    with_it = (part for part, _lines in parts(pair) if there(name, part.one))
    beyond = next(with_it, pair).other
    return _meant(_of_kind(name, pair.other), pair.other) or _meant(
        beyond.known.words("hosts.anaphora").finditer(beyond.text), beyond
    )


def _of_kind(name: Name, side: Side) -> Iterator[re.Match[str]]:
    kind = kinds_of(name.full[side.language], side.known)
    for match in side.known.words("hosts.anaphora-of-kind").finditer(side.text):
        if not kind or kind & kinds_of(match[0], side.known):
            yield match


def _meant(words: Iterable[re.Match[str]], side: Side) -> bool:
    """Whether one of ``words`` may stand for a name that the text has not.

    In « une commune … ; elle » it stands for that commune.
    """
    other = side.known.words("hosts.indefinite").search(side.text)
    return any(other is None or word.start() < other.start() for word in words)


def _signing(pair: Pair, there: tuple[Sequence[Name], Sequence[Name]]) -> bool:
    """Whether a text lists parties: it speaks of signing, or names several of the register."""
    for side, here in zip(pair.sides, there, strict=True):
        count = sum(name.registered for name in here)
        if count < _SIGNING:
            continue
        signed = side.known.words("signing.words").search(side.text) is not None
        listing = len(_ITEMS.findall(side.raw)) > 1
        if (listing and count >= _SIGNED) or signed:
            return True
    return False


def _parties(
    pair: Pair, absent: tuple[list[Name], list[Name]], spoken: Set[str]
) -> Iterator[Finding]:
    for index, missing in enumerate(absent):
        here, beyond = pair.sides if not index else (pair.other, pair.one)
        for name in missing:
            line = here.line(next(places_of(name, here)))
            variant, at = _variant(name, beyond, spoken)
            rule = "check-name" if variant else "check-signatories"
            yield _finding(rule, index, name.core[here.language], variant, line, beyond.line(at))


def _place_in(places: Mapping[str, int], name: Name) -> int:
    return places[name.id]


def _party_order(pair: Pair, listed: Sequence[Name]) -> Iterator[Finding]:
    """The parties of a country sign in one order; which country comes first is the alternat's."""
    if not any(side.known.words("signing.words").search(side.text) for side in pair.sides):
        return
    registered = [name for name in listed if name.registered]
    for country in dict.fromkeys(name.country for name in registered):
        both = [
            n for n in registered if n.country == country and all(there(n, s) for s in pair.sides)
        ]
        places = [{n.id: next(places_of(n, side)) for n in both} for side in pair.sides]
        orders = [sorted(both, key=partial(_place_in, at)) for at in places]
        moved = next(((a, b) for a, b in zip(*orders, strict=True) if a is not b), None)
        if moved:
            shown = [n.core[side.language] for n, side in zip(moved, pair.sides, strict=True)]
            lines = [s.line(at[n.id]) for n, s, at in zip(moved, pair.sides, places, strict=True)]
            yield Finding("check-party-order", shown[0], shown[1], (lines[0], lines[1]))


def kinds(pair: Pair) -> Iterator[Finding]:
    """An authority is of the kind that the register says, and of the same on both sides."""
    for index, side in enumerate(pair.sides):
        for name in named(pair.facts, (pair.one.language, pair.other.language), side):
            if not name.person and name.registered:
                for wrong, at in _wrong_kind(name, side):
                    yield _finding(
                        "check-kind",
                        index,
                        wrong,
                        name.full[pair.sides[1 - index].language],
                        side.line(at),
                        0,
                    )
    yield from _other_kind(pair)


def _wrong_kind(name: Name, side: Side) -> Iterator[tuple[str, int]]:
    """The name with a word of kind beside it that is not the register's."""
    core, full = name.core[side.language], name.full[side.language]
    if core == full or len(core) < 2:  # noqa: PLR2004
        return
    position = side.known.raw.get("kind-position", {})
    own = kinds_of(full.replace(core, " "), side.known)
    if not own:
        return
    for at in occurrences(core, side.text):
        if position.get("where") == "after":
            found = _kind_after(side, at + len(core))
        else:
            found = _kind_before(side, at, position.get("links", ""))
        if found and not found[0] & own:
            yield f"{core}{found[1]}" if position["where"] == "after" else f"{found[1]}{core}", at


def _kind_after(side: Side, end: int) -> tuple[frozenset[str], str] | None:
    found = {k: m for k, p in side.known.classes["kinds"].items() if (m := p.match(side.text, end))}
    if not found:
        return None
    longest = max(found.values(), key=lambda m: len(m[0]))[0]
    after = side.text[end + len(longest) : end + len(longest) + 1]
    if after and after in "場民街立内":  # 市場, 町民
        return None
    return frozenset(k for k, m in found.items() if len(m[0]) == len(longest)), longest


def _kind_before(side: Side, start: int, links: str) -> tuple[frozenset[str], str] | None:
    before = side.text[max(0, start - 60) : start]
    link = links.replace("~", r"\s+")
    found = {
        kind: match
        for kind, pattern in side.known.classes["kinds"].items()
        if (match := re.search(rf"(?:{pattern.pattern})(?:{link})\Z", before))
    }
    if not found:
        return None
    return frozenset(found), next(iter(found.values()))[0]


def _other_kind(pair: Pair) -> Iterator[Finding]:
    """« conseil départemental » and 市議会: kinds that stand on one side only, one for another."""
    sure = [_sure(side) for side in pair.sides]
    if not all(sure):
        return
    for word, classes in sure[0].items():
        if kinds_of(pair.other.text, pair.other.known) & classes:
            continue
        instead = next(
            (w for w, c in sure[1].items() if not c & kinds_of(pair.one.text, pair.one.known)), None
        )
        if instead:
            one, other = pair.one.text.find(word), pair.other.text.find(instead)
            yield Finding("check-kind", word, instead, (pair.one.line(one), pair.other.line(other)))


def _sure(side: Side) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    if not side.known.hints("kinds-sure").search(side.low):
        return found
    for kind, pattern in side.known.classes["kinds-sure"].items():
        for match in pattern.finditer(side.text):
            found[match[0]] = found.get(match[0], frozenset()) | {kind}
    return found


def _finding(rule: str, index: int, here: str, beyond: str, line: int, other: int) -> Finding:
    if index:
        return Finding(rule, beyond, here, (other, line))
    return Finding(rule, here, beyond, (line, other))
