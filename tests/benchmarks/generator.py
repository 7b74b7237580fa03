"""Synthetic bilingual events: N summaries, half originally French, half Japanese, all reviewed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import Marker, render_marker
from tests.benchmarks.vocabulary import ACTORS, AIMS, KEYWORDS, NAMES, ROLES, THINGS, Words
from tests.benchmarks.vocabulary import sentences as several

LANGUAGES = ("fr", "ja")
PARAGRAPHS = 6
_SEED = 8
THEMES: Mapping[str, Words] = {
    "economie": {"fr": "Économie", "ja": "経済"},
    "societe": {"fr": "Société", "ja": "社会"},
    "environnement": {"fr": "Environnement", "ja": "環境"},
}
CITIES: Mapping[str, tuple[Words, str]] = {
    "rocheval": ({"fr": "Ville de Rocheval", "ja": "ロシュヴァル市"}, "FR"),
    "estuaire": ({"fr": "Communauté de l’Estuaire", "ja": "エスチュエール共同体"}, "FR"),
    "montbrume": ({"fr": "Ville de Montbrume", "ja": "モンブリュム市"}, "FR"),
    "kirigaoka": ({"fr": "Ville de Kirigaoka", "ja": "霧ヶ丘市"}, "JP"),
    "minamihama": ({"fr": "Ville de Minamihama", "ja": "南浜市"}, "JP"),
    "tsukimori": ({"fr": "Ville de Tsukimori", "ja": "月森市"}, "JP"),
}


@dataclass(frozen=True)
class Summary:
    """A summary in both languages: fields by name, and the Markdown of each segment."""

    number: int
    theme: str
    original: str
    fields: Mapping[str, Words]
    segments: tuple[Words, ...]

    @property
    def name(self) -> str:
        """The file's name without language."""
        return f"resume-{self.number:04}"

    @property
    def cities(self) -> tuple[str, str]:
        """The two authorities that take part."""
        names = list(CITIES)
        return names[self.number % 3], names[3 + self.number % 3]


def summaries(count: int) -> list[Summary]:
    """The summaries of an event, the same for the same ``count``."""
    return [_summary(number) for number in range(1, count + 1)]


def write_event(root: Path, count: int, translated: bool = True) -> None:
    """Write a workspace of ``count`` summaries, each ``translated``: with its reviewed
    counterpart."""
    sources = root / "sources"
    sources.mkdir(parents=True)
    (sources / "event.yaml").write_text(_event(), encoding="utf-8")
    (sources / "delegations.yaml").write_text(_delegations(), encoding="utf-8")
    (sources / "glossary.yaml").write_text(_glossary(), encoding="utf-8")
    for theme in THEMES:
        (sources / theme).mkdir()
    for summary in summaries(count):
        for language in LANGUAGES:
            text = original(summary) if language == summary.original else counterpart(summary)
            if translated or language == summary.original:
                path(root, summary, language).write_text(text, encoding="utf-8")


def path(root: Path, summary: Summary, language: str) -> Path:
    """Where a summary stands."""
    return root / "sources" / summary.theme / f"{summary.name}.{language}.md"


def change(root: Path, summary: Summary, edition: int) -> str:
    """Change one paragraph of an original; the path of the changed text in the workspace."""
    file = path(root, summary, summary.original)
    before = summary.segments[1][summary.original]
    more = {"fr": f"Addition n° {edition}.", "ja": f"追記{edition}。"}[summary.original]
    text = original(summary).replace(before, f"{before}\n{more}")
    file.write_text(text, encoding="utf-8")
    return file.relative_to(root).as_posix()


# -- a summary ----------------------------------------------------------------------------------


def _summary(number: int) -> Summary:
    random = Random(_SEED * 100_000 + number)
    things, aim = random.choice(THINGS), random.choice(AIMS)
    fields: dict[str, Words] = {
        "title": {
            "fr": f"Séance {number} : {things['fr']}, pour {aim['fr']}",
            "ja": f"第{number}分科会：{things['ja']}で{aim['ja']}",
        },
        "abstract": several(random, 2, plain=True),
    }
    for index, keyword in enumerate(random.sample(KEYWORDS, 3), 1):
        fields[f"keywords.{index}"] = keyword
    people = random.sample(NAMES, 3)
    for place, person in zip(("speakers.1", "speakers.2", "rapporteur"), people, strict=True):
        fields[f"{place}.name"] = person
        fields[f"{place}.role"] = random.choice(ROLES)
    theme = list(THEMES)[number % len(THEMES)]
    segments = tuple(_segments(random))
    return Summary(number, theme, LANGUAGES[number % 2], fields, segments)


def _segments(random: Random) -> list[Words]:
    heads = {"fr": "## Ce qui a été dit", "ja": "## 発言の要旨"}
    found = [heads, *(several(random, 4) for _ in range(PARAGRAPHS))]
    found[3] = {tag: f"{found[3][tag]}[^1]" for tag in LANGUAGES}
    found.insert(3, _list(random))
    found.insert(6, {"fr": "## Ce qui a été décidé", "ja": "## 決定事項"})
    found.insert(7, _table(random))
    note = several(random, 1)
    return [*found, {tag: f"[^1]: {note[tag]}" for tag in LANGUAGES}]


def _list(random: Random) -> Words:
    items = [(random.choice(ACTORS), random.choice(THINGS)) for _ in range(4)]
    return {
        "fr": "\n".join(f"- {a['fr']}, avec {t['fr']} ;" for a, t in items),
        "ja": "\n".join(f"- {a['ja']}が{t['ja']}を担う" for a, t in items),
    }


def _table(random: Random) -> Words:
    rows = [(random.choice(THINGS), random.randint(1, 400), random.randint(1, 90)) for _ in "1234"]
    heads = {"fr": "| Objet | 2023 | Part |", "ja": "| 対象 | 2023年 | 割合 |"}
    units = {"fr": " %", "ja": "％"}
    return {
        tag: "\n".join(
            [
                heads[tag],
                "|---|--:|--:|",
                *(f"| {t[tag]} | {count} | {part}{units[tag]} |" for t, count, part in rows),
            ]
        )
        for tag in LANGUAGES
    }


def original(summary: Summary) -> str:
    """The file of the original."""
    tag, fields = summary.original, summary.fields
    cities = ", ".join(summary.cities)
    day, hour = 18 + summary.number % 4, 9 + summary.number % 8
    lines = [
        f"theme: {summary.theme}",
        f'session: {{date: 2024-11-{day}, time: "{hour:02}:00-{hour:02}:45", room: salle-a}}',
        f"authorities: [{cities}]",
        f"sdgs: [{1 + summary.number % 17}, {1 + (summary.number + 5) % 17}]",
        *_people(fields, tag, summary.cities),
    ]
    body = "\n\n".join(segment[tag] for segment in summary.segments)
    return _file(_head(fields, tag) + lines, body)


def counterpart(summary: Summary) -> str:
    """The file of the counterpart, every segment and field reviewed."""
    here = summary.original
    there = LANGUAGES[1 - LANGUAGES.index(here)]
    lines = [f"translation:\n  of: {summary.name}.{here}.md\n  fields:"]
    for name, words in summary.fields.items():
        said = {"source": words[here], "shown": fingerprint(words[here]),
                "text": fingerprint(words[there])}  # fmt: skip
        about = ", ".join(f"{key}: {_quoted(value)}" for key, value in said.items())
        lines.append(f"    {name}: {{state: reviewed, {about}}}")
    parts = []
    for segment in summary.segments:
        marker = Marker("reviewed", segment[here], fingerprint(segment[there]))
        parts.append(f"{render_marker(marker)}\n{segment[there]}")
    head = _head(summary.fields, there) + _people(summary.fields, there, ())
    return _file(head + lines, "\n\n".join(parts))


def _file(head: list[str], body: str) -> str:
    return "\n".join(["---", *head, "---", "", body, ""])


def _head(fields: Mapping[str, Words], tag: str) -> list[str]:
    lines = [f"title: {_quoted(fields['title'][tag])}", "keywords:"]
    for index in (1, 2, 3):
        keyword = fields[f"keywords.{index}"]
        reading = f", reading: {keyword['kana']}" if tag == "ja" else ""
        lines.append(f"  - {{term: {_quoted(keyword[tag])}{reading}}}")
    return [*lines, "abstract: |", *(f"  {line}" for line in fields["abstract"][tag].split("\n"))]


def _people(fields: Mapping[str, Words], tag: str, cities: tuple[str, ...]) -> list[str]:
    lines = ["speakers:"]
    for index in (1, 2):
        city = f", authority: {cities[index - 1]}" if cities else ""
        lines.append(f"  - {{{_person(fields, f'speakers.{index}', tag)}{city}}}")
    return [*lines, f"rapporteur: {{{_person(fields, 'rapporteur', tag)}}}"]


def _person(fields: Mapping[str, Words], place: str, tag: str) -> str:
    name, role = fields[f"{place}.name"], fields[f"{place}.role"]
    reading = f", reading: {name['kana']}" if tag == "ja" else ""
    return f"name: {_quoted(name[tag])}{reading}, role: {_quoted(role[tag])}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# -- the event ----------------------------------------------------------------------------------


def _both(words: Words) -> str:
    return f"{{fr: {_quoted(words['fr'])}, ja: {_quoted(words['ja'])}}}"


def _event() -> str:
    themes = "\n".join(f"  - {{id: {name}, title: {_both(t)}}}" for name, t in THEMES.items())
    return f"""\
id: banc-d-essai
languages: [fr, ja]
title: {_both({"fr": "Rencontres d’essai", "ja": "試験会議"})}
dates: {{start: 2024-11-18, end: 2024-11-21}}
place: {_both({"fr": "Kirigaoka (Japon)", "ja": "霧ヶ丘市"})}
organisers:
  - {_both({"fr": "Comité du banc d’essai", "ja": "試験委員会"})}
rooms:
  salle-a: {_both({"fr": "salle A", "ja": "会議室A"})}
themes:
{themes}
colophon:
  publisher: {_both({"fr": "Comité du banc d’essai", "ja": "試験委員会"})}
  date: 2025-03-14
editions:
  proceedings: {{formats: [docx, pdf]}}
  declaration: {{formats: []}}
"""


def _delegations() -> str:
    lines = []
    for identifier, (name, country) in CITIES.items():
        lines += [f"- id: {identifier}", f"  name: {_both(name)}"]
        lines += [f"  country: {country}", "  kind: commune"]
    return "\n".join([*lines, ""])


def _glossary() -> str:
    lines = []
    for number, keyword in enumerate(KEYWORDS, 1):
        lines += [f"- id: terme-{number}", "  terms:"]
        lines.append(f"    fr: {{term: {_quoted(keyword['fr'])}}}")
        lines.append(f"    ja: {{term: {_quoted(keyword['ja'])}, reading: {keyword['kana']}}}")
    return "\n".join([*lines, ""])
