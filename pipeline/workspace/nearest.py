"""The known word that was likely meant: a key, an identifier or a name, mistyped or translated."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

_LONGEST_WORD = 80  # that a likely word is looked for
_FEW = 60  # names of what may be meant, that are shown where none of them is near
_COMMAS = re.compile(r"[、，,；;/・]")
# Words people write for our keys, in the languages of the Rencontres.
_SYNONYMS = {
    "titre": "title", "sous-titre": "subtitle", "theme": "theme", "thematique": "theme",
    "seance": "session", "atelier": "session", "salle": "room", "heure": "time", "date": "date",
    "collectivites": "authorities", "collectivite": "authority", "delegations": "authorities",
    "intervenants": "speakers", "orateurs": "speakers", "rapporteuse": "rapporteur",
    "sujets": "subjects", "odd": "sdgs", "mots-cles": "keywords", "motscles": "keywords",
    "resume": "abstract", "confidentiel": "confidential", "lecture": "reading", "nom": "name",
    "fonction": "role", "pays": "country", "membres": "members", "jumelage": "twin",
    "langues": "languages", "lieu": "place", "debut": "start", "fin": "end", "themes": "themes",
    "題名": "title", "題": "title", "タイトル": "title", "テーマ": "theme", "会場": "room",
    "自治体": "authorities", "発表者": "speakers", "登壇者": "speakers", "報告者": "rapporteur",
    "キーワード": "keywords", "要旨": "abstract", "概要": "abstract", "読み": "reading",
    "よみ": "reading", "氏名": "name", "役職": "role", "日付": "date", "時間": "time",
}  # fmt: skip


def _plain(word: str) -> str:
    """A word without case, accents or separators: what two spellings have in common."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("_", "-")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like ``word`` (« thème » → ``theme``), or an empty string."""
    if len(word) > _LONGEST_WORD:
        return ""
    choices = {_plain(candidate): candidate for candidate in known}
    simple = _plain(word)
    for guess in (_SYNONYMS.get(simple), _SYNONYMS.get(word), simple):
        if guess in choices.values():
            return str(guess)
        if guess in choices:
            return choices[str(guess)]
    close = difflib.get_close_matches(simple, choices, n=1, cutoff=0.6)
    return choices[close[0]] if close else ""


def near_or_all(word: str, known: Iterable[str]) -> str:
    """`nearest`, or all that are known where none is like ``word``."""
    choices = list(known)
    return nearest(word, choices) or ", ".join(choices)


def nearest_named(word: str, known: Mapping[str, Iterable[str]]) -> str:
    """The identifiers likely meant, by themselves or by a name in any language; all few, if none.

    A few in one word, parted by another script's commas, are looked for one by one.
    """
    names = {identifier: identifier for identifier in known}
    for identifier, said in known.items():
        for name in said:
            names.setdefault(name, identifier)
    near = [nearest(part.strip(), names) for part in _COMMAS.split(word)]
    found = [names[each] for each in near if each]
    if len(found) == len(near):
        return ", ".join(found)
    return ", ".join(known) if len(names) <= _FEW else ""
