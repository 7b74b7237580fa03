"""Whole declarations, and those that lost, merged, renamed or moved a clause on one side.

They are read as `actes check` and `actes declaration status` read them; an error is found if one of
the two says something that keeps the declaration from being adopted.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.checks.compared import clause_pairs
from pipeline.checks.examined import report
from pipeline.checks.model import Facts
from pipeline.declaration.clauses import clauses, same_skeleton
from pipeline.errors import Severity
from pipeline.texts.read import Text, read_texts
from pipeline.workspace.languages import load_language
from pipeline.workspace.layout import Kind, TextFile
from pipeline.workspace.load import load
from tests.checks.mutation.generate import Correct, Mutant
from tests.checks.mutation.measure import Finder
from tests.checks.mutation.register import DELEGATIONS
from tests.support.workspace import make_workspace

_CLAUSES = Path(__file__).with_name("clauses.txt")
_PREAMBLE, _COMMITMENTS, _LAST = 2, 5, 3


@dataclass(frozen=True)
class Part:
    """A section (level 1) or clause as one text has it."""

    id: str
    level: int
    title: str
    text: str = ""


Side = tuple[Part, ...]
Twins = tuple[Part, Part]
Change = Callable[[Side, random.Random], Side]


def declarations(count: int, seed: int) -> tuple[list[Correct], list[Mutant]]:
    """So many declarations that say the same, and each with a clause spoilt on either side."""
    rng = random.Random(seed)
    pool = _pool()
    pairs: list[Correct] = []
    errors: list[Mutant] = []
    for _turn in range(count):
        twins = _chosen(pool, rng)
        fr, ja = (tuple(pair[side] for pair in twins) for side in (0, 1))
        right = Correct(_written(fr, "fr"), _written(ja, "ja"), ("", ""), ())
        pairs.append(right)
        for kind, change in CHANGES.items():
            errors.append(Mutant(kind, _written(change(fr, rng), "fr"), right.ja))
            errors.append(Mutant(kind, right.fr, _written(change(ja, rng), "ja")))
    return pairs, errors


def _pool() -> list[list[Twins]]:
    """The sections of ``clauses.txt``, each followed by its clauses."""
    sections: list[list[Twins]] = []
    lines = [line.replace("\\n", "\n") for line in _CLAUSES.read_text("utf-8").splitlines()[1:]]
    for line in filter(None, lines):
        if line.startswith("# "):
            key, *titles = line.removeprefix("# ").split(" ‖ ")
            sections.append([(Part(key, 1, titles[0]), Part(key, 1, titles[1]))])
        elif line.count(" ‖ ") == 2:
            key, *titles = line.split(" ‖ ")
            sections[-1].append((Part(key, 2, titles[0]), Part(key, 2, titles[1])))
        else:
            fr, ja = sections[-1][-1]
            texts = line.split(" ‖ ")
            sections[-1][-1] = (replace(fr, text=texts[0]), replace(ja, text=texts[1]))
    return sections


def _chosen(pool: Sequence[Sequence[Twins]], rng: random.Random) -> list[Twins]:
    """Some clauses of every section, in an order of their own."""
    chosen: list[Twins] = []
    for (section, *rest), count in zip(pool, (_PREAMBLE, _COMMITMENTS, _LAST), strict=True):
        chosen += [section, *rng.sample(rest, count)]
    return chosen


def _written(side: Side, language: str) -> str:
    head = {"fr": "title: Déclaration de Valombre", "ja": "title: ヴァロンブル宣言"}[language]
    parts = [f"{'#' * p.level} {p.title} {{#{p.id}}}\n\n{p.text}".rstrip() for p in side]
    return "\n\n".join((f"---\n{head}\n---", *parts)) + "\n"


def _clauses(side: Side) -> list[int]:
    return [index for index, part in enumerate(side) if part.level > 1]


def _dropped(side: Side, rng: random.Random) -> Side:
    gone = rng.choice(_clauses(side))
    return side[:gone] + side[gone + 1 :]


def _emptied(side: Side, rng: random.Random) -> Side:
    """Its heading stays, its text is gone."""
    gone = rng.choice(_clauses(side))
    return (*side[:gone], replace(side[gone], text=""), *side[gone + 1 :])


def _merged(side: Side, rng: random.Random) -> Side:
    """The heading of the second of two neighbours is gone, its text is the first one's."""
    second = rng.choice([i for i in _clauses(side) if side[i - 1].level > 1])
    one, other = side[second - 1 : second + 1]
    both = replace(one, text=f"{one.text}\n\n{other.text}")
    return (*side[: second - 1], both, *side[second + 1 :])


def _renamed(side: Side, rng: random.Random) -> Side:
    """Its id is spelt otherwise."""
    place = rng.choice(_clauses(side))
    other = replace(side[place], id=side[place].id + rng.choice(["s", "-2", "x"]))
    return (*side[:place], other, *side[place + 1 :])


def _exchanged(side: Side, rng: random.Random) -> Side:
    """Two clauses have each other's id."""
    one, other = sorted(rng.sample(_clauses(side), 2))
    changed = list(side)
    changed[one] = replace(side[one], id=side[other].id)
    changed[other] = replace(side[other], id=side[one].id)
    return tuple(changed)


def _moved(side: Side, rng: random.Random) -> Side:
    """A clause stands where another does, with its id."""
    one, other = sorted(rng.sample(_clauses(side), 2))
    changed = list(side)
    changed.insert(one, changed.pop(other))
    return tuple(changed)


CHANGES: Mapping[str, Change] = {
    "clause-dropped": _dropped, "clause-emptied": _emptied, "clauses-merged": _merged,
    "clause-renamed": _renamed, "ids-exchanged": _exchanged, "clause-moved": _moved,
}  # fmt: skip


def read_all(pairs: Sequence[Correct], errors: Sequence[Mutant]) -> Finder:
    """What says whether two texts of these can be adopted, all of them read at once."""
    languages = {item.fr: "fr" for item in (*pairs, *errors)}
    languages |= {item.ja: "ja" for item in (*pairs, *errors)}
    with TemporaryDirectory() as folder:
        root = make_workspace(Path(folder), texts={})
        loaded, _problems = load(root)
        files: dict[str, TextFile] = {}
        for number, (raw, language) in enumerate(languages.items()):
            name = f"d{number}"
            path = f"sources/declaration/{name}.{language}.md"
            files[raw] = TextFile(path, "declaration", name, language, Kind.DECLARATION)
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text(raw, encoding="utf-8")
        reading = read_texts(loaded, list(files.values()))
        preambles = {tag: load_language(root, tag).preamble_ids for tag in ("fr", "ja")}
    read = {raw: reading.texts[file.path] for raw, file in files.items()}

    def finder(fr: str, ja: str) -> tuple[bool, bool]:
        asked = False
        for blocks in _said(read[fr], read[ja], preambles):
            asked = True
            if blocks:
                return True, True
        return False, asked

    return finder


def _said(one: Text, other: Text, preambles: Mapping[str, Sequence[str]]) -> Iterator[bool]:
    """For each thing said of the two, whether it blocks."""
    found = {text.file.language: (text, clauses(text)[0]) for text in (one, other)}
    yield from (problem.severity is Severity.ERROR for problem in same_skeleton(found))
    for compared in clause_pairs(Facts(DELEGATIONS), one, other, preambles):
        yield from (reported.blocks for reported in report(compared))
