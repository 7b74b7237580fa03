"""What is read when: first what somebody waits for, then what says that it needs a person."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.cache import Cache
from pipeline.errors import ActesError, stop
from pipeline.review.web.filling import Filler
from pipeline.review.web.shelf import Shelf
from tests.support.workspace import counterpart, make_workspace, summary

KEYS = [f"eco/t{number:02}" for number in range(9)]
LONG = 60.0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Nine texts that are approved, of which the seventh says that a machine wrote in it."""
    texts = {}
    for key in KEYS:
        name = key.removeprefix("eco/")
        pairs = [("Le marché ouvre.", "市場が開く。")]
        texts[f"{key}.fr.md"] = summary(name, pairs[0][0])
        texts[f"{key}.ja.md"] = counterpart(f"{name}.fr.md", name, pairs, name)
    seventh = f"{KEYS[6]}.ja.md"
    texts[seventh] = texts[seventh].replace("<!-- reviewed", "<!-- machine")
    return make_workspace(tmp_path, texts=texts)


class Watched(Shelf):
    """A shelf that notes what it was asked to read, in order."""

    def read(self, keys: Iterable[str]) -> None:
        wanted = [*keys]
        self.asked = [*getattr(self, "asked", []), *wanted]
        super().read(wanted)


def nothing_is_enough() -> bool:
    return False


def test_what_says_that_it_needs_a_person_is_read_first_and_all_the_rest_after(root: Path) -> None:
    shelf = Watched(root)
    Filler(shelf).wait(KEYS, nothing_is_enough, LONG, first=False)
    assert shelf.asked[0] == KEYS[6]
    assert sorted(shelf.asked) == KEYS
    assert [sheet.counts["needs"] for sheet in shelf.sheets()] == [0, 0, 0, 0, 0, 0, 1, 0, 0]


def test_what_somebody_waits_for_goes_before_everything(root: Path) -> None:
    shelf = Watched(root)
    Filler(shelf).wait([KEYS[8]], nothing_is_enough, LONG, first=True)
    assert shelf.asked[0] == KEYS[8]


def test_a_reading_that_fails_is_told_to_whoever_waits(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(root)

    def fails(_keys: Iterable[str]) -> None:
        raise stop("workspace-busy")

    monkeypatch.setattr(shelf, "read", fails)
    with pytest.raises(ActesError):
        Filler(shelf).wait(KEYS, nothing_is_enough, LONG, first=False)


def test_asking_a_cache_for_a_part_of_it_forgets_nothing(tmp_path: Path) -> None:
    file = tmp_path / "build/cache/texts.sqlite"
    whole = Cache(tmp_path, file, "1")
    whole.put_all({"a": b"1", "b": b"2"})
    part = Cache(tmp_path, file, "1", part=True)
    assert part.get_all(["b", "?"]) == {"b": b"2"}
    part.put_all({"c": b"3"})
    assert whole.get_all("abc") == {"a": b"1", "b": b"2", "c": b"3"}
    assert Cache(tmp_path, file, "2", part=True).get_all("abc") == {}
    whole.put_all({}, keep="a")
    assert whole.get_all("abc") == {"a": b"1"}
