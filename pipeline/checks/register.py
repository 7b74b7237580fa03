"""The names that a workspace knows, as each language writes them, and where a text has them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from pipeline.checks.knowledge import Knowledge, knowledge
from pipeline.checks.model import Facts, Side
from pipeline.checks.plain import plain
from pipeline.workspace.event import Delegation

_LEAST = 2
_PLACES = Path(__file__).parent / "data" / "places.toml"
_KATAKANA = re.compile(r"[ァ-ヺー・＝=]{2,}")


@dataclass(frozen=True)
class Name:
    """A name by language: ``full`` as the register has it, ``core`` without its kind of authority.

    ``of`` is a person's authority and role; ``kind`` the register's word for an authority.
    """

    id: str
    full: Mapping[str, str]
    core: Mapping[str, str]
    person: bool = False
    kind: str = ""
    country: str = ""
    registered: bool = True
    of: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def forms(self) -> Mapping[str, tuple[str, ...]]:
        """How each language may write it: in full, or by its core."""
        both = {tag: dict.fromkeys((self.full[tag], self.core[tag])) for tag in self.full}
        return {tag: tuple(f for f in forms if len(f) >= _LEAST) for tag, forms in both.items()}


@lru_cache(maxsize=16)
def names(facts: Facts, languages: tuple[str, str]) -> tuple[Name, ...]:
    """The authorities, persons and places that a text in ``languages`` may name."""
    found: list[Name] = []
    for delegation in facts.delegations.values():
        authority = _authority(delegation, languages)
        found.append(authority)
        for number, member in enumerate(delegation.members):
            full = {tag: plain(member.name.get(tag, "")) for tag in languages}
            core = {
                tag: _family(full[tag], delegation.country, knowledge(tag)) for tag in languages
            }
            of = {
                tag: f"{authority.full[tag]} {plain(member.role.get(tag, ''))}" for tag in languages
            }
            key, country = f"{delegation.id}.{number}", delegation.country
            found.append(Name(key, full, core, True, country=country, of=of))
    taken = {value for name in found for value in (*name.core.values(), *name.full.values())}
    for place in (*places(), *facts.places):
        if all(place.get(tag) for tag in languages) and not taken & set(place.values()):
            form = {tag: plain(place[tag]) for tag in languages}
            found.append(Name(form[languages[0]], form, form, registered=False))
    return tuple(found)


@lru_cache(maxsize=32)
def spoken(facts: Facts, languages: tuple[str, str]) -> frozenset[str]:
    """Every form of the names of authorities and places, in either language."""
    listed = (name for name in names(facts, languages) if not name.person)
    return frozenset(form for name in listed for form in (*name.core.values(), *name.full.values()))


@lru_cache(maxsize=32)
def _beginnings(facts: Facts, languages: tuple[str, str], language: str) -> re.Pattern[str]:
    """The first words of all names: where none of them is, no name is."""
    forms = [form for name in names(facts, languages) for form in name.forms[language]]
    words = dict.fromkeys(form.partition(" ")[0] for form in forms)
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


@lru_cache(maxsize=64)
def named(facts: Facts, languages: tuple[str, str], side: Side) -> tuple[Name, ...]:
    """The names that ``side`` has, in the order of `names`; found once for all rules."""
    if not _beginnings(facts, languages, side.language).search(side.text):
        return ()
    return tuple(name for name in names(facts, languages) if there(name, side))


@lru_cache(maxsize=1)
def places() -> tuple[Mapping[str, str], ...]:
    """Towns and regions that the Rencontres have met in or often name, by language."""
    return tuple(tomllib.loads(_PLACES.read_text(encoding="utf-8"))["place"])


def _authority(delegation: Delegation, languages: tuple[str, str]) -> Name:
    full = {tag: plain(delegation.name.get(tag, "")) for tag in languages}
    index = delegation.index_name or {}
    core = {tag: _core(full[tag], plain(index.get(tag, "")), knowledge(tag)) for tag in languages}
    return Name(delegation.id, full, core, False, delegation.kind, delegation.country)


def _core(full: str, index: str, known: Knowledge) -> str:
    """« Clairvigne » of « Ville de Clairvigne », 青嶺 of 青嶺市."""
    position = known.raw.get("kind-position", {})
    if "(" in index and index.partition(" (")[0] in full:
        return index.partition(" (")[0]
    for pattern in known.classes.get("kinds", {}).values():
        if position.get("where") == "after":
            for match in pattern.finditer(full):
                if match.end() == len(full) and match.start() >= _LEAST:
                    return full[: match.start()].rstrip("・ ")
            continue
        link = position.get("links", " ").replace("~", r"\s+")
        head = re.match(rf"(?:{pattern.pattern}){link}\s*", full)
        if head:
            return full[head.end() :]
    return full


def _family(full: str, country: str, known: Knowledge) -> str:
    """The part of a person's name that stands for them: SAWATARI, モルヴァネック, 沢渡."""
    parts = re.split(r"[\s・]+", full)
    capitals = [part for part in parts if len(part) > 1 and part.isupper()]
    if capitals:
        return " ".join(capitals)
    if len(parts) > 1:
        return parts[0] if country in known.raw.get("family-first-countries", ()) else parts[-1]
    return full[:_LEAST] if known.reader == "myriad" else full


_FOLDS = dict(
    zip(
        ("ヴァ", "ヴィ", "ヴェ", "ヴォ", "ヴ", "ァ", "ィ", "ゥ", "ェ", "ォ", "ヅ", "ヂ"),
        ("バ", "ビ", "ベ", "ボ", "ブ", "ア", "イ", "ウ", "エ", "オ", "ズ", "ジ"),
        strict=True,
    )
) | {"ー": "", "・": "", "=": ""}


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 100; バ for ヴァ and a long vowel weigh nothing."""
    from rapidfuzz import fuzz

    for old, new in _FOLDS.items():
        one, other = one.replace(old, new), other.replace(old, new)
    return fuzz.ratio(one, other)


def kinds_of(words: str, known: Knowledge) -> frozenset[str]:
    """The kinds of authority that ``words`` hold: ``city`` of 青嶺市."""
    kinds = known.classes.get("kinds", {})
    return frozenset(kind for kind, pattern in kinds.items() if pattern.search(words))


def places_of(name: Name, side: Side) -> Iterator[int]:
    """Where ``side`` has the name, in full or by its core."""
    for form in name.forms[side.language]:
        yield from occurrences(form, side.text)


def occurrences(form: str, text: str) -> Iterator[int]:
    """Where ``form`` stands as a name: no letter, and no more of a katakana name, beside it."""
    if form.partition(" ")[0] not in text:  # nearly always, and much faster than looking for it
        return
    edge = r"[ァ-ヺー]" if _KATAKANA.fullmatch(form) else r"[A-Za-zÀ-ÿ]"
    for match in re.finditer(re.escape(form).replace(r"\ ", r"\s+"), text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if not re.match(edge, before) and not re.match(edge, after):
            yield match.start()


def there(name: Name, side: Side) -> bool:
    """Whether ``side`` names it."""
    return any(
        form.partition(" ")[0] in side.text and next(occurrences(form, side.text), None) is not None
        for form in name.forms[side.language]
    )
