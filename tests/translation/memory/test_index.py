"""The laws of the memory: what was put in is found, what says something else is not reused, and the
index is never more than what the files say."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import stop
from pipeline.translation.fingerprint import fingerprint, normalised
from pipeline.translation.memory.entries import Entry, Input
from pipeline.translation.memory.index import Likeness, Memory, open_memory
from pipeline.translation.memory.score import REUSE
from pipeline.translation.memory.store import Store
from tests.benchmarks.vocabulary import ACTORS, AIMS, THINGS
from tests.conftest import LONG

NOWHERE = Path(tempfile.gettempdir())


def entry(source: str, target: str = "訳", state: str = "reviewed", **more: str) -> Entry:
    values = {"source_language": "fr", "target_language": "ja", "where": "m", **more}
    return Entry(source=source, target=target, state=state, **values)


def held(entries: Sequence[Entry]) -> Memory:
    """A memory of ``entries``, in no file."""
    return Memory(NOWHERE, None, [Input("m", "1", lambda: entries)])


# -- what was put in is found -----------------------------------------------------------------

words = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Cn", "Co"]), min_size=1, max_size=60
).filter(normalised)


@given(st.lists(words, min_size=1, max_size=5))
def test_what_is_in_the_memory_is_found(texts: list[str]) -> None:
    memory = held([entry(text) for text in texts])
    for text in texts:
        (match, *_) = memory.search(text, "fr", "ja")
        assert (match.score, normalised(match.entry.source)) == (1.0, normalised(text))
        assert not memory.search(text, "ja", "fr")
    memory.close()


@given(words.filter(lambda text: text.isalpha()), st.sampled_from(["\n", "  ", "\u00a0", "\u202f"]))
def test_cosmetics_do_not_count(word: str, space: str) -> None:
    memory = held([entry(f"La {word} bleue")])
    assert memory.exact(f"La{space}{word} bleue", "fr", "ja")
    memory.close()


@pytest.mark.parametrize(("language", "other"), [("fr", "ja"), ("ja", "fr")])
def test_a_near_text_is_found_among_many(language: str, other: str) -> None:
    """One word changed, among a thousand sentences made of the same words."""
    texts = [
        f"{a[language]} {t[language]} {o[language]}" for a in ACTORS for t in THINGS for o in AIMS
    ]
    memory = held([entry(t, source_language=language, target_language=other) for t in texts])
    for text in texts[::53]:
        changed = {"fr": f"{text} ensuite", "ja": f"{text}。"}[language]
        (best, *_) = memory.search(changed, language, other)
        assert best.entry.source == text
    memory.close()


# -- what says something else is not reused -----------------------------------------------------

SENTENCES = {
    "fr": "En {0}, {actor} a consacré {1} % de son budget à {aim}.",
    "ja": "{0}年、{actor}は予算の{1}％を使い、{aim}ことにした。",
}


@given(
    st.sampled_from(["fr", "ja"]),
    st.tuples(st.integers(0, 3000), st.integers(0, 3000)),
    st.tuples(st.integers(0, 3000), st.integers(0, 3000)),
    st.sampled_from(range(8)),
)
def test_other_numbers_are_never_reusable(
    language: str, here: tuple[int, int], there: tuple[int, int], word: int
) -> None:
    def said(numbers: Iterable[int]) -> str:
        actor, aim = ACTORS[word][language], AIMS[word][language]
        return SENTENCES[language].format(*numbers, actor=actor, aim=aim)

    memory = held([entry(said(here), source_language=language, target_language="x")])
    found = memory.search(said(there), language, "x")
    assert all(match.score < REUSE for match in found) == (here != there)
    memory.close()


TURNED = [
    ("fr", "La ville approuve le projet.", "La ville n'approuve pas le projet."),
    ("fr", "La ville approuve le projet.", "La ville n’approuve plus le projet."),
    ("fr", "Qui avance recule.", "Qui n’avance recule."),
    ("fr", "L’accord doit être signé.", "L’accord peut être signé."),
    ("fr", "L’accord doit être signé.", "L’accord devrait être signé."),
    ("fr", "Toutes les communes participent.", "Quelques communes participent."),
    ("fr", "La hausse des prix continue.", "La baisse des prix continue."),
    ("fr", "Le vote a lieu avant la visite.", "Le vote a lieu après la visite."),
    ("fr", "Le marché ouvre deux fois par semaine.", "Le marché ouvre trois fois par semaine."),
    ("fr", "Ils ont reçu un million d’euros.", "Ils ont reçu un milliard d’euros."),
    ("fr", "Une hausse de 40 % en un an.", "Une hausse de 40 € en un an."),
    ("fr", "De 20 à 30 communes.", "De 30 à 20 communes."),
    ("fr", "La fête a lieu en mars.", "La fête a lieu en mai."),
    ("ja", "市は計画を承認する。", "市は計画を承認しない。"),
    ("ja", "市は計画を承認できる。", "市は計画を承認すべきだ。"),
    ("ja", "すべての市が参加した。", "一部の市が参加した。"),
    ("ja", "人口が増加した地域。", "人口が減少した地域。"),
    ("ja", "市場は週二回開かれる。", "市場は週三回開かれる。"),
    ("ja", "予算は120万円だ。", "予算は120億円だ。"),
    ("ja", "公開の会議とする。", "非公開の会議とする。"),
    ("ja", "会議は月曜日に開かれる。", "会議は火曜日に開かれる。"),
    ("en", "The city approves the plan.", "The city does not approve the plan."),
    ("en", "The city must pay.", "The city may pay."),
    ("de", "Die Stadt zahlt 120 Euro im Mai.", "Die Stadt zahlt 150 Euro im Mai."),
]


@pytest.mark.parametrize(("language", "one", "other"), TURNED)
def test_another_meaning_is_never_reusable(language: str, one: str, other: str) -> None:
    for known, asked in ((one, other), (other, one)):
        memory = held([entry(known, source_language=language, target_language="x")])
        for match in memory.search(asked, language, "x", floor=0.1):
            assert match.likeness is Likeness.FUZZY
            assert match.differs
            assert not match.reusable
        memory.close()


SAME = [
    ("fr", "La régie compte 1 200 agents.", "La Régie compte 1200 agents !"),
    ("fr", "Il n'y a pas d'eau.", "Il n’y a pas d’eau !"),
    ("fr", "Le taux est de 2,5 %.", "Le taux est de 2.5 % !"),
    ("ja", "職員は1,200人である。", "職員は１２００人である。"),
    ("ja", "一方、市は計画を承認した。", "一方で、市は計画を承認した。"),
]


@pytest.mark.parametrize(("language", "one", "other"), SAME)
def test_another_spelling_is_reusable(language: str, one: str, other: str) -> None:
    memory = held([entry(one, source_language=language, target_language="x")])
    (match,) = memory.search(other, language, "x")
    assert (match.differs, match.reusable, match.score < 1) == ((), True, True)
    memory.close()


# -- contexts and order -----------------------------------------------------------------------


def test_in_context_first_among_equals() -> None:
    ahead = ["", *map(fingerprint, ("Le matin", "Discussion", "Le soir"))]
    memory = held(
        [
            entry("Discussion", "議論", before=ahead[1]),
            entry("Discussion", "討論", before=ahead[3]),
            entry("Discussion", "話し合い", state="edited", before=fingerprint("Midi")),
        ]
    )
    evening = memory.exact("Discussion", "fr", "ja", ahead[3])
    assert [(m.entry.target, m.likeness.value) for m in evening] == [
        ("討論", "context"),
        ("議論", "exact"),
        ("話し合い", "exact"),
    ]
    morning = memory.exact("Discussion", "fr", "ja", ahead[1])
    assert [m.entry.target for m in morning] == ["議論", "討論", "話し合い"]
    midday = memory.exact("Discussion", "fr", "ja", fingerprint("Midi"))
    assert [m.entry.state for m in midday] == ["reviewed", "reviewed", "edited"]
    assert midday[-1].likeness is Likeness.CONTEXT
    memory.close()


# -- the index is what the files say -----------------------------------------------------------

FILE = "build/cache/memory.sqlite"


def item(name: str, digest: str, texts: Iterable[str], reads: list[str] | None = None) -> Input:
    def read() -> list[Entry]:
        if reads is not None:
            reads.append(name)
        return [entry(text, where=name) for text in texts]

    return Input(name, digest, read)


def sources(memory: Memory) -> list[str]:
    found = [entry.source for entry in memory.entries()]
    memory.close()
    return found


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    reads: list[str] = []
    first = [item("a", "1", ["Un", "Deux"], reads), item("b", "1", ["Trois"], reads)]
    assert sources(open_memory(tmp_path, tmp_path / FILE, first)) == ["Deux", "Trois", "Un"]
    assert sources(open_memory(tmp_path, tmp_path / FILE, first)) == ["Deux", "Trois", "Un"]
    assert reads == ["a", "b"]
    second = [first[0], item("b", "2", ["Quatre"], reads), item("c", "1", ["Un"], reads)]
    assert sources(open_memory(tmp_path, tmp_path / FILE, second)) == ["Deux", "Quatre", "Un", "Un"]
    assert reads == ["a", "b", "b", "c"]
    assert sources(open_memory(tmp_path, tmp_path / FILE, second[2:])) == ["Un"]


def test_nothing_changed_writes_nothing(tmp_path: Path) -> None:
    inputs = [item("a", "1", ["Un"])]
    open_memory(tmp_path, tmp_path / FILE, inputs).close()
    before = (tmp_path / FILE).stat().st_mtime_ns, (tmp_path / FILE).read_bytes()
    open_memory(tmp_path, tmp_path / FILE, inputs).close()
    assert ((tmp_path / FILE).stat().st_mtime_ns, (tmp_path / FILE).read_bytes()) == before


updates = st.lists(
    st.dictionaries(
        st.sampled_from("abc"), st.lists(st.sampled_from(["Un", "Deux", "Deux mots", "里山"]))
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=500 if LONG else 25)
@given(updates)
def test_kept_up_is_as_good_as_new(history: list[dict[str, list[str]]]) -> None:
    """After any history of changes, the index holds and finds what one made anew does."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for state in history:
            inputs = [item(key, repr(texts), texts) for key, texts in sorted(state.items())]
            kept = open_memory(root, root / FILE, inputs)
            fresh = Memory(root, None, inputs)
            assert kept.entries() == fresh.entries()
            for text in ("Un", "Deux mot", "里"):
                assert kept.search(text, "fr", "ja") == fresh.search(text, "fr", "ja")
            kept.close()
            fresh.close()


def test_many_small_changes(tmp_path: Path) -> None:
    """So many that the index is put in order again on the way."""
    for number in range(60):
        texts = [f"La commune numéro {n} plante {number} haies" for n in range(number % 7)]
        inputs = [item("a", str(number), texts), item("b", "1", ["Un texte qui demeure"])]
        memory = open_memory(tmp_path, tmp_path / FILE, inputs)
        assert memory.search("Un texte qui reste", "fr", "ja")[0].score > 0.6
        assert sources(memory) == sorted(["Un texte qui demeure", *texts])
    with sqlite3.connect(tmp_path / FILE) as database:
        (most,) = database.execute(
            "SELECT max(n) FROM (SELECT count(*) AS n FROM grams GROUP BY gram)"
        ).fetchone()
    database.close()
    assert most <= 25


def _garbage(file: Path) -> None:
    file.write_bytes(b"no database at all" * 100)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _other_tables(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE units (a)")
        database.execute("CREATE TABLE about (a)")
    database.close()


def _other_version(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE about SET value = 'older' WHERE key = 'version'")
    database.close()


def _no_index(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE grams")
    database.close()


def _mangled_index(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE grams SET texts = x'0102030405'")
    database.close()


def _endless(file: Path) -> None:
    """A view that looks like the table, and never comes to its end."""
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE inputs")
        database.execute(
            "CREATE VIEW inputs AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
            "SELECT x AS id, x AS name, x AS digest FROM n"
        )
    database.close()


def _folder(file: Path) -> None:
    file.unlink()
    (file / "inside").mkdir(parents=True)


def _link(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to(file.with_name("elsewhere"))


@pytest.mark.parametrize(
    "damage",
    [_garbage, _cut, _other_tables, _other_version, _no_index, _mangled_index, _endless, _folder,
     _link, Path.unlink],
)  # fmt: skip
def test_a_damaged_index_is_made_again(damage: object, tmp_path: Path) -> None:
    texts = [f"La commune numéro {n} plante des haies" for n in range(300)]
    inputs = [item("a", "1", texts)]
    open_memory(tmp_path, tmp_path / FILE, inputs).close()
    damage(tmp_path / FILE)  # type: ignore[operator]
    memory = open_memory(tmp_path, tmp_path / FILE, inputs)
    assert memory.search(texts[7] + ".", "fr", "ja")[0].entry.source == texts[7]
    assert len(sources(memory)) == 300


def test_commands_at_once(tmp_path: Path) -> None:
    """Each in a thread, as in processes: a connection of its own to the same file."""
    inputs = [item(name, "1", [f"Texte {name} {n}" for n in range(100)]) for name in "abc"]

    def ask(number: int) -> tuple[str, int]:
        memory = open_memory(tmp_path, tmp_path / FILE, inputs)
        best = memory.search(f"Texte b {number}!", "fr", "ja")[0].entry.source
        return best, len(sources(memory))

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(ask, range(12))) == [(f"Texte b {n}", 300) for n in range(12)]


def test_a_busy_index_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.translation.memory.store.PATIENCE", 0.05)
    open_memory(tmp_path, tmp_path / FILE, [item("a", "1", ["Un"])]).close()
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("BEGIN IMMEDIATE")
    assert sources(open_memory(tmp_path, tmp_path / FILE, [item("a", "2", ["Deux"])])) == ["Deux"]
    other.execute("ROLLBACK")
    other.close()
    with sqlite3.connect(tmp_path / FILE) as database:
        assert database.execute("SELECT source FROM units").fetchall() == [("Un",)]
    database.close()


@pytest.mark.parametrize(("said", "kept"), [("SQLITE_BUSY", True), ("SQLITE_CORRUPT", False)])
def test_an_index_that_becomes_busy_is_asked_again_and_one_that_is_torn_made_again(
    said: str, kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = open_memory(tmp_path, tmp_path / FILE, [item("a", "1", ["Un"])])
    before = (tmp_path / FILE).stat().st_ino
    (tmp_path / FILE).with_name("holds the number").hardlink_to(tmp_path / FILE)
    whole = Store.all_entries

    def fails(_store: Store) -> list[Entry]:
        monkeypatch.setattr(Store, "all_entries", whole)
        error = sqlite3.OperationalError("…")
        error.sqlite_errorname = said
        raise error

    monkeypatch.setattr(Store, "all_entries", fails)
    assert sources(memory) == ["Un"]
    assert ((tmp_path / FILE).stat().st_ino == before) is kept
    memory.close()


def test_a_text_without_end_is_only_looked_up(tmp_path: Path) -> None:
    long = "Une phrase qui ne finit pas, " * 40_000
    memory = held([entry(long)])
    assert len(memory.search(long, "fr", "ja")) == 1
    assert memory.search(long + "x", "fr", "ja") == ()
    memory.close()


def test_an_input_that_cannot_be_read_is_named_every_time(tmp_path: Path) -> None:
    def refuse() -> Iterable[Entry]:
        raise stop("tmx-xml", "bad.tmx")

    inputs = [Input("bad.tmx", "1", refuse), item("a", "1", ["Un"])]
    for _ in range(2):
        memory = open_memory(tmp_path, tmp_path / FILE, inputs)
        assert [problem.rule for problem in memory.problems] == ["tmx-xml"]
        assert sources(memory) == ["Un"]
