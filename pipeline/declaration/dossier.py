"""All that is known of a declaration: texts, confirmations, brackets, amendments, versions.

`read_dossier` reads; everything else is pure. `standings` says how far each clause is agreed,
`blockers` what keeps the declaration from being final.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline import files
from pipeline.containment import is_inside
from pipeline.declaration import amendments, brackets, concordance, machine, versions
from pipeline.declaration.amendments import Amendment
from pipeline.declaration.brackets import Variant
from pipeline.declaration.clauses import Clause, clauses
from pipeline.declaration.concordance import Concordance, Confirmation
from pipeline.declaration.fingerprints import TITLE, fingerprints
from pipeline.declaration.versions import Version
from pipeline.errors import ActesError, Place, Problem, Severity
from pipeline.texts.read import Text
from pipeline.texts.source import MAX_BYTES, parse_source
from pipeline.workspace.layout import DECLARATION


@dataclass(frozen=True)
class Dossier:
    """A declaration as it stands.

    ``texts`` and ``clauses`` are by language, in the event's order; ``languages`` are all those of
    the event, also without a text. ``prints`` are fingerprints by language and clause.
    """

    languages: tuple[str, ...]
    texts: Mapping[str, Text]
    clauses: Mapping[str, Sequence[Clause]]
    prints: Mapping[str, Mapping[str, str]]
    concordance: Concordance
    amendments: tuple[Amendment, ...]
    versions: tuple[Version, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def keys(self) -> list[str]:
        """The title and every clause, in the first text's order, each once."""
        return order([[TITLE, *(c.key for c in found)] for found in self.clauses.values()])

    def place(self, key: str, language: str) -> Place:
        """Where a clause stands in one language; of the file where it is missing there."""
        path = path_of(language)
        line = next((c.line for c in self.clauses.get(language, ()) if c.key == key), 0)
        return Place(path, 1 if key == TITLE and language in self.texts else line)

    @property
    def confidential(self) -> bool:
        """Whether its words may be shown nowhere (law 6)."""
        return any(text.metadata.confidential for text in self.texts.values())


def path_of(language: str) -> str:
    """The file of the declaration in a language."""
    return f"sources/{DECLARATION}/{DECLARATION}.{language}.md"


def order(lists: Sequence[Sequence[str]]) -> list[str]:
    """Keys in the first list's order, those only the others have after their predecessor."""
    merged = list(lists[0]) if lists else []
    for keys in lists[1:]:
        previous = -1
        for key in keys:
            if key in merged:
                previous = merged.index(key)
            else:
                previous += 1
                merged.insert(previous, key)
    return merged


def dossier(
    languages: Sequence[str],
    texts: Mapping[str, Text],
    agreed: Concordance = concordance.EMPTY,
    proposed: Sequence[Amendment] = (),
    kept: Sequence[Version] = (),
    problems: Iterable[Problem] = (),
) -> Dossier:
    """The dossier of these texts (of which it takes those of the declaration)."""
    ours = {tag: texts[tag] for tag in languages if tag in texts}
    found = {tag: clauses(text)[0] for tag, text in ours.items()}
    prints = {tag: fingerprints(text, found[tag]) for tag, text in ours.items()}
    whole = Dossier(tuple(languages), ours, found, prints, agreed, tuple(proposed), tuple(kept))
    more = [*problems, *_unpaired(whole), *_of_amendments(whole)]
    more += concordance.strangers(agreed, whole.keys)
    return replace(whole, problems=tuple(more))


def read_dossier(root: Path, languages: Sequence[str], texts: Mapping[str, Text]) -> Dossier:
    """The dossier of the declaration of a workspace, given its texts by language.

    A file that cannot be read counts for nothing, and is among the problems.
    """
    problems: list[Problem] = []
    agreed = _read_concordance(root, problems)
    proposed = _read_amendments(root, problems)
    kept, wrong = versions.read_versions(root)
    return dossier(languages, texts, agreed, proposed, kept, [*problems, *wrong])


def _read_concordance(root: Path, problems: list[Problem]) -> Concordance:
    if not (root / concordance.CONCORDANCE).exists():
        return concordance.EMPTY
    try:
        agreed, wrong = concordance.parse(concordance_text(root))
    except ActesError as error:
        problems.extend(error.problems)
        return concordance.EMPTY
    problems.extend(wrong)
    return agreed


def concordance_text(root: Path) -> str:
    """What concordance.yaml says; nothing where it is not there. Raises ActesError."""
    path = root / concordance.CONCORDANCE
    if not path.exists() and not path.is_symlink():
        return ""
    content = files.read_bytes(root, path, concordance.LIMIT)
    return parse_source(concordance.CONCORDANCE, content).raw.removeprefix("\ufeff")


def _read_amendments(root: Path, problems: list[Problem]) -> list[Amendment]:
    folder = root / amendments.AMENDMENTS
    found: list[Amendment] = []
    if not folder.is_dir() or not is_inside(root, folder):
        return found
    for path in sorted(folder.glob("*.md"), key=lambda p: p.name)[: amendments.MOST]:
        shown = f"{amendments.AMENDMENTS}/{path.name}"
        try:
            source = parse_source(shown, files.read_bytes(root, path, MAX_BYTES))
            one, wrong = amendments.parse(path.stem, source)
        except ActesError as error:
            one, wrong = None, list(error.problems)
        problems += wrong
        found += [one] if one is not None else []
    return found


def _of_amendments(whole: Dossier) -> Iterable[Problem]:
    keys = set(whole.keys)
    for one in whole.amendments:
        if not one.is_open:
            continue
        if target(one, keys) not in keys:
            values = {"id": target(one, keys)}
            yield Problem("amendment-clause", Place(one.path, 1), values)
        for language in {*one.parts, *one.of} - set(whole.languages):
            values = {"language": language, "languages": ", ".join(whole.languages)}
            yield Problem("language-unknown", Place(one.path, 1), values)


def target(amendment: Amendment, keys: Collection[str]) -> str:
    """The clause that an amendment is about: for a new one, that which it follows."""
    if amendment.clause in keys or amendment.after is None:
        return amendment.clause
    return amendment.after


def _unpaired(whole: Dossier) -> Iterable[Problem]:
    """Variants that only some of the languages have."""
    for key in whole.keys:
        there = [tag for tag in whole.texts if key in whole.prints[tag]]
        stand = brackets.groups({tag: variants_of(whole, key, tag) for tag in there})
        for identifier, languages in stand.items():
            for language in there:
                if language not in languages:
                    values = {"id": identifier, "language": language}
                    yield Problem("variant-unpaired", whole.place(key, language), values)


def variants_of(whole: Dossier, key: str, language: str) -> tuple[Variant, ...]:
    """The bracketed variants of a clause in one language."""
    clause = clause_of(whole, key, language)
    return brackets.variants(clause) if clause else ()


def clause_of(whole: Dossier, key: str, language: str) -> Clause | None:
    """A clause in one language; None where it is missing, and for the title."""
    return next((c for c in whole.clauses.get(language, ()) if c.key == key), None)


@dataclass(frozen=True)
class Standing:
    """How far a clause is agreed.

    ``texts`` are its fingerprints as it stands; ``confirmed`` the confirmations that hold for them,
    ``lapsed`` those given for other texts, ``waiting`` the languages whose word is lacking;
    ``proposed`` those whose words are still a machine's.
    """

    key: str
    texts: Mapping[str, str]
    confirmed: Mapping[str, Confirmation]
    lapsed: Mapping[str, Confirmation]
    waiting: tuple[str, ...]
    proposed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    open_brackets: bool = False
    open_amendments: tuple[str, ...] = field(default=())

    @property
    def agreed(self) -> bool:
        """Whether every side has confirmed these very texts."""
        return not self.waiting and not self.missing

    @property
    def settled(self) -> bool:
        """Whether nothing about it is open."""
        return self.agreed and not self.open_brackets and not self.open_amendments

    def changed(self, language: str) -> bool:
        """Whether the text in ``language`` is not the one that somebody confirmed."""
        return any(c.texts.get(language) != self.texts.get(language) for c in self.lapsed.values())


def standings(whole: Dossier) -> list[Standing]:
    """The standing of the title and of every clause, in order."""
    return [_standing(whole, key) for key in whole.keys]


def _standing(whole: Dossier, key: str) -> Standing:
    texts = {tag: prints[key] for tag, prints in whole.prints.items() if key in prints}
    given, keys = whole.concordance.of(key), set(whole.keys)
    missing = tuple(tag for tag in whole.languages if tag not in texts)
    holding = {t: c for t, c in given.items() if not missing and c.holds(texts) and t in texts}
    found = [(tag, clause_of(whole, key, tag)) for tag in texts]
    return Standing(
        key,
        texts,
        holding,
        {tag: c for tag, c in given.items() if tag not in holding},
        tuple(tag for tag in whole.languages if tag not in holding),
        tuple(tag for tag in texts if machine.is_machine(whole.texts[tag], texts[tag])),
        missing,
        any(c and (brackets.variants(c) or brackets.has_bare_bracket(c)) for _tag, c in found),
        tuple(a.name for a in whole.amendments if a.is_open and target(a, keys) == key),
    )


def blockers(whole: Dossier) -> list[Problem]:
    """What keeps the declaration from being final: brackets, amendments, clauses to confirm.

    What is wrong with its files is among them, and that it is no longer the text adopted.
    """
    found = [p for p in whole.problems if p.severity is Severity.ERROR]
    for standing in standings(whole):
        first = next(iter(whole.texts), "")
        place = whole.place(standing.key, first)
        if standing.open_brackets:
            found += [
                Problem("blocked-bracket", whole.place(standing.key, tag), {"id": standing.key})
                for tag in whole.texts
                if (c := clause_of(whole, standing.key, tag))
                and (brackets.variants(c) or brackets.has_bare_bracket(c))
            ]
        if not standing.agreed:
            values = {"id": standing.key, "languages": ", ".join(standing.waiting)}
            found.append(Problem("blocked-concordance", place, values))
    found += [
        Problem("blocked-amendment", Place(a.path, 1), {"name": a.name, "id": a.clause})
        for a in whole.amendments
        if a.is_open
    ]
    return [*found, *_after_adoption(whole)]


def _after_adoption(whole: Dossier) -> Iterable[Problem]:
    """The files that are no longer what was adopted, bytes for bytes."""
    version = versions.adopted(whole.versions)
    for language, text in whole.texts.items() if version else ():
        now = versions.digest(text.source.raw.encode("utf-8"))
        if version and version.files.get(text.file.path) != now:
            values = {"name": version.title, "language": language}
            yield Problem("adopted-differs", Place(text.file.path), values)
