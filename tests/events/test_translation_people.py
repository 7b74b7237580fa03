"""People at work while `actes translate` is: what they save, delete and break (law 2)."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.events.pretranslation import BODY, COUNTERPART, ORIGINAL, Event
from tests.support.workspace import put, summary

PERSON = "市は40区画の市場を開く[^1]。"
MACHINE = "訳文：La ville ouvre un marché de 40 étals[^1]."
LIST = "- 訳文：Les **transports** restent chers."


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Event:
    """One text, pretranslated, of which one passage was rewritten by a person."""
    folder = tmp_path_factory.mktemp("begun")
    event = Event(folder, {"eco/marche.fr.md": summary("Le marché", BODY)})
    assert event.run("translate").code == 0
    event.edit(COUNTERPART, MACHINE, PERSON)
    return event


@pytest.fixture
def event(begun: Event, tmp_path: Path) -> Event:
    """That one, anew."""
    return begun.copied(tmp_path)


# -- while the engine is at work ----------------------------------------------------------------


def test_what_a_person_saves_meanwhile_is_kept_and_taken_into_account(event: Event) -> None:
    event.edit(ORIGINAL, "restent chers", "baissent")
    event.edit(ORIGINAL, "## Ouverture", "## Ouverture du marché")
    sent = len(event.asked)
    event.meanwhile(edit=[[str(event.root / COUNTERPART), LIST, "- **輸送**は高い。"]])
    assert event.run("translate").code == 0
    text = event.read()
    assert PERSON in text
    assert "- **輸送**は高い。" in text, "the person's words stay"
    assert "\n  - 訳文：Les cantines" in text, "the machine's stand beside them"
    assert "## 訳文：Ouverture du marché" in text
    assert len(event.asked) == sent + 2, "nothing is asked for again"
    assert event.run("translate").err.startswith("everything is up to date")


def test_an_original_that_its_author_saves_meanwhile_is_followed(event: Event) -> None:
    event.edit(ORIGINAL, "restent chers", "baissent")
    event.meanwhile(edit=[[str(event.root / ORIGINAL), "baissent", "baissent un peu"]])
    assert event.run("translate").code == 0
    event.run("translate")
    assert "- 訳文：Les **transports** baissent un peu." in event.read()
    assert PERSON in event.read()


def test_a_counterpart_that_a_person_begins_meanwhile_is_theirs(event: Event) -> None:
    (event.root / COUNTERPART).unlink()
    event.edit(ORIGINAL, "40 étals", "45 étals")
    begun = "---\ntitle: 市場\ntranslation: {of: marche.fr.md}\n---\n\n## 開場\n\n私の訳。\n"
    event.meanwhile(write=[[str(event.root / COUNTERPART), begun]])
    told = event.run("translate")
    assert told.code == 0, told.said
    assert "title: 市場" in event.read()
    assert "\n## 開場\n" in event.read()
    assert "\n私の訳。\n" in event.read()


@pytest.mark.parametrize("path", [COUNTERPART, ORIGINAL, "sources/event.yaml"])
def test_a_file_that_is_deleted_meanwhile(event: Event, path: str) -> None:
    event.edit(ORIGINAL, "restent chers", "baissent")
    event.meanwhile(delete=[str(event.root / path)])
    told = event.run("translate")
    assert told.code in (0, 1), told.said
    assert not (event.root / path).exists() or path == COUNTERPART
    if path != COUNTERPART:
        assert PERSON in event.read()
    assert not event.strays()


# -- files that are not as they were ------------------------------------------------------------


def _between(before: str, after: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert before in text
        return text.replace(before, after, 1)

    return change


def _over_la_ville(after: str) -> Callable[[str], str]:
    """Another comment above the first paragraph; ``\\1`` is its ``source:``."""

    def change(text: str) -> str:
        changed, found = _LA_VILLE.subn(after, text)
        assert found == 1
        return changed

    return change


_LA_VILLE = re.compile(r"<!-- machine\n(source: \| # \w+\n  La ville ouvre[^\n]*\n)")
DAMAGES: dict[str, Callable[[str], str | bytes]] = {
    "front-matter-deleted": lambda text: text.split("---\n", 2)[2],
    "front-matter-open": _between("\n---\n\n<!--", "\n\n<!--"),
    "front-matter-broken": _between("translation:", "translation: {"),
    "of-another-text": _between("of: ", "of: autre"),
    "comments-deleted": lambda text: "".join(
        part.split("-->\n", 1)[-1] for part in text.split("<!--")
    ),
    "comment-open": _between("-->\n市は", "\n市は"),
    "comment-beginning-deleted": _over_la_ville(r"\1"),
    "state-misspelt": _over_la_ville(r"<!-- machin\n\1"),
    "source-outdented": _between("\n  La ville", "\nLa ville"),
    "source-deleted": _over_la_ville("<!-- machine\n"),
    "passage-twice": lambda text: text + "\n" + text.split("---\n", 2)[2],
    "cut-in-the-middle": lambda text: text[: text.index(PERSON) + len(PERSON)],
    "not-utf8": lambda text: text.encode("cp932", "replace"),
    "line-ends": lambda text: text.replace("\n", "\r\n"),
    "conflict": _between(PERSON, f"<<<<<<< HEAD\n{PERSON}\n=======\n別の訳\n>>>>>>> autre"),
    "emptied": lambda _text: "",
}
LEFT_ALONE = {
    "front-matter-deleted", "front-matter-open", "front-matter-broken", "not-utf8", "conflict",
    "emptied", "comment-open", "comment-beginning-deleted",
}  # fmt: skip


def test_damaged_counterparts_keep_every_word_of_a_person(tmp_path: Path) -> None:
    """Sixteen counterparts, each damaged in its way, in one run: none is lost, none stops another."""
    texts = {f"eco/{name}.fr.md": summary("Le marché", BODY) for name in DAMAGES}
    event = Event(tmp_path, texts)
    assert event.run("translate").code == 0
    before: dict[str, bytes] = {}
    for name, damage in DAMAGES.items():
        file = event.root / f"sources/eco/{name}.ja.md"
        whole = file.read_text("utf-8").replace(MACHINE, PERSON, 1)
        broken = damage(whole)
        before[name] = put(file, broken).read_bytes()
        event.edit(f"sources/eco/{name}.fr.md", "restent chers", "baissent")
    told = event.run("translate")
    assert told.code == 1, told.said
    for name, content in before.items():
        file = event.root / f"sources/eco/{name}.ja.md"
        after = file.read_bytes()
        if name != "emptied":
            words = PERSON.encode("cp932" if name == "not-utf8" else "utf-8")
            assert words in after, name
        assert (after == content) == (name in LEFT_ALONE), name
        if name in LEFT_ALONE:
            assert f"eco/{name}.ja.md" in told.err, f"{name}: left alone without a word"
        elif name != "comments-deleted":  # where all may be a person's, and nothing is replaced
            assert "- 訳文：Les **transports** baissent." in after.decode("utf-8"), name
    line = before["conflict"].decode("utf-8").split("<<<<<<<")[0].count("\n") + 1
    assert f"sources/eco/conflict.ja.md:{line}: " in told.err
    again = event.run("translate")
    assert again.out == "", "a second run has nothing to write"


def test_line_ends_of_a_person_stay(event: Event) -> None:
    put(event.root / COUNTERPART, event.read().replace("\n", "\r\n"))
    event.edit(ORIGINAL, "restent chers", "baissent")
    assert event.run("translate").code == 0
    text = event.read()
    assert "baissent" in text
    assert text.count("\n") == text.count("\r\n")


def test_a_conflict_in_the_original_names_its_line(event: Event) -> None:
    event.edit(ORIGINAL, "La ville", "<<<<<<< HEAD\nLa ville")
    event.edit(ORIGINAL, "étals[^1].\n", "étals[^1].\n=======\nUn bourg.\n>>>>>>> autre\n")
    before, sent = event.read(), len(event.asked)
    told = event.run("translate")
    assert told.code == 1
    assert f"{ORIGINAL}:11: " in told.err
    assert "merge-conflict" in told.err
    assert (event.read(), len(event.asked)) == (before, sent)


def test_a_file_that_is_read_only_stays_so(event: Event) -> None:
    file = event.root / COUNTERPART
    file.chmod(0o444)
    event.edit(ORIGINAL, "restent chers", "baissent")
    told = event.run("translate")
    assert told.code == 0, told.said
    assert file.stat().st_mode & 0o777 == 0o444
    assert PERSON in event.read()


@pytest.mark.parametrize("thing", ["folder", "pipe", "link"])
def test_what_is_no_file_is_refused_by_name(event: Event, thing: str, tmp_path: Path) -> None:
    file = event.root / COUNTERPART
    file.unlink()
    outside = put(tmp_path / "ailleurs.md", "Ailleurs.")
    if thing == "folder":
        file.mkdir()
    elif thing == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(outside)
    told = event.run("translate", seconds=30)
    assert told.code == 1, told.said
    assert COUNTERPART in told.err
    assert outside.read_text("utf-8") == "Ailleurs."
