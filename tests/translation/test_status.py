"""`actes status`: what a person, a program and a page are told of the translations."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.columns import width
from pipeline.errors import ActesError
from pipeline.publishing import gather
from pipeline.publishing.status import json as status_json
from pipeline.publishing.status import svg as status_svg
from pipeline.texts.segments import Segment, SegmentKind
from pipeline.translation.marker import State
from pipeline.translation.status import STATES, Amount, Task, tasks, total
from pipeline.translation.status_words import count_characters, count_words, to_translate
from tests.support.launch import command, environment
from tests.support.workspace import (
    actes,
    counterpart,
    make_workspace,
    put,
    summary,
)
from tests.translation.statuses import JA_A, SVG, A, look, shown, texts

GOLDEN = Path(__file__).parent.parent / "golden" / "status"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, texts=texts())


# -- what is counted ----------------------------------------------------------------------------


def test_every_unit_is_counted_once_in_its_true_state(root: Path) -> None:
    found = {text.key: text for text in look(root).texts}
    market = found["eco/marche"]
    assert {s: a.segments for s, a in market.amounts.items()} == {
        State.REVIEWED: 1, State.EDITED: 1, State.MACHINE: 1, State.STALE: 1, State.MISSING: 1,
    }  # fmt: skip
    assert market.amounts[State.REVIEWED].values == 2  # title and rapporteur
    assert market.amounts[State.STALE] == Amount(1, 0, words=7, characters=32)
    assert [place.line for place in market.orphans] == [note.place.line for note in market.notes]
    assert market.notes[0].words == "Faut-il le garder ?"


def test_a_text_without_counterpart_is_wholly_missing(root: Path) -> None:
    forest = next(text for text in look(root).texts if text.key == "eco/mori")
    assert (forest.language, forest.path) == ("fr", None)
    assert forest.units(*STATES) == forest.units(State.MISSING) == 3
    assert forest.amounts[State.MISSING].characters == len("市は森を守る。森CamilleExemple")
    assert forest.amounts[State.MISSING].words == 0


def test_a_typed_approval_is_a_task_and_no_approval(tmp_path: Path) -> None:
    marked = texts()["eco/marche.ja.md"].replace("<!-- reviewed", "<!-- approve", 1)
    found = look(make_workspace(tmp_path, texts=texts(**{"eco/marche.ja.md": marked})))
    assert tasks(found.texts)[Task.SETTLE][0][1] == 1
    assert total(t.amounts for t in found.texts if t.language == "ja")[State.REVIEWED].segments == 0


def test_a_broken_original_is_to_be_repaired(tmp_path: Path) -> None:
    found = look(make_workspace(tmp_path, texts=texts(**{"eco/marche.fr.md": "---\nopen\n"})))
    assert [text.key for text, _ in tasks(found.texts)[Task.REPAIR]] == ["eco/marche"]
    assert shown(found).count("sources/eco/marche") == shown(found).count("marche.fr.md") == 1
    assert any(problem.rule == "front-matter-open" for problem in found.problems)
    assert found.blocking["ja"][0].rule == "blocked-broken"


def test_what_cannot_be_read_is_not_said_to_be_reviewed_and_named_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACTES_LANG", "fr")
    both = {
        "eco/marche.fr.md": summary("Le marché", "Mot."),
        "eco/marche.ja.md": summary("市", "語。"),
    }
    told = shown(look(make_workspace(tmp_path, texts=both)))  # both say that they are the original
    assert "100" not in told
    assert "Vers : japonais (ja) – 0\xa0% approuvé" in told
    assert told.count("sources/eco/marche") == 1


@pytest.mark.parametrize(
    ("kind", "raw", "words"),
    [
        (SegmentKind.PARAGRAPH, "Voir [le site](https://exemple.fr/un/deux)[^1].", 3),
        (SegmentKind.PARAGRAPH, "![Le port](port.png){#p .large}", 2),
        (SegmentKind.PARAGRAPH, "12 300 €", 0),
        (SegmentKind.PARAGRAPH, "<https://exemple.fr>", 0),
        (SegmentKind.CODE, "```\nmot\n```", 0),
        (SegmentKind.LIST, "- un\n- deux\n\n  ```\n  code = 1\n  ```", 2),
        (SegmentKind.TABLE, "| A | B |\n|---|---|\n| 1 | 2 |", 4),
        (SegmentKind.TABLE, "| 1 | 2 |\n|---|---|\n| 3 | 4 |", 0),
        (SegmentKind.REFERENCE, "[site]: https://exemple.fr", 0),
        (SegmentKind.FOOTNOTE, "[^1]: Une note.", 2),
    ],
)
def test_only_words_are_work(kind: SegmentKind, raw: str, words: int) -> None:
    assert count_words(to_translate(Segment(kind, raw, "", 1, None))) == words


@given(st.text(alphabet="aé市[](){}`*_~|<>!-:/#&; \n", max_size=80))
def test_counting_never_fails_and_never_finds_more_than_there_is(raw: str) -> None:
    words = to_translate(Segment(SegmentKind.PARAGRAPH, raw, "", 1, None))
    assert count_words(words) <= len(raw.split()) + raw.count("]") + raw.count("&")
    assert count_characters(words) <= len(raw) + raw.count("]")


# -- what a person reads ------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "ja", "en"])
def test_golden(root: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """What the terminal shows; run with ACTES_GOLDEN=1 to write the expected files anew."""
    monkeypatch.setenv("ACTES_LANG", language)
    said = shown(look(root), columns=80)
    expected = GOLDEN / f"terminal.{language}.txt"
    if os.environ.get("ACTES_GOLDEN"):
        put(expected, said)
    assert said == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("language", ["fr", "ja", "en"])
def test_tables_fit_a_terminal_and_their_columns_line_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, columns: int
) -> None:
    monkeypatch.setenv("ACTES_LANG", language)
    event = {"event.yaml": event_titled("環境と経済と社会の持続可能な未来のための長い長い題")}
    said = shown(look(make_workspace(tmp_path, texts=texts(**event))), columns)
    rows = [line for line in said.split("\n") if re.search(r"\d  +\d", line)]
    assert len({width(row) for row in rows[:2]}) == 1
    if columns >= 80:
        assert all(width(row) <= columns for row in rows)


def event_titled(title: str) -> str:
    from tests.support.workspace import EVENT

    shown = json.dumps(title)
    return (EVENT % ("docx", "docx")).replace(
        "{fr: Économie, ja: 経済}", f"{{fr: {shown}, ja: {shown}}}"
    )


def test_a_part_of_the_event_by_path(root: Path) -> None:
    found = look(root, paths=("eco/mori",))
    assert [text.key for text in found.texts] == ["eco/mori"]
    assert "mori" in shown(found, every=True)
    with pytest.raises(ActesError) as refused:
        look(root, paths=("eco/morri",))
    assert refused.value.problems[0].hint() == "perhaps: eco/mori"


def test_only_one_language(root: Path) -> None:
    assert {text.language for text in look(root, languages=("fr",)).texts} == {"fr"}
    with pytest.raises(ActesError) as refused:
        look(root, languages=("de",))
    assert refused.value.problems[0].rule == "language-unknown"


def test_ready_only_when_a_final_build_would_be_made(tmp_path: Path) -> None:
    good = {
        "eco/a.fr.md": summary("Un", A),
        "eco/a.ja.md": counterpart("a.fr.md", "一", [(A, JA_A)], "Un"),
    }
    assert "Nothing keeps" in shown(look(make_workspace(tmp_path / "good", texts=good)))
    image = good["eco/a.fr.md"].replace(A, f"{A}\n\n![Un plan](absent.png)")
    pictured = make_workspace(
        tmp_path / "image",
        texts={
            "eco/a.fr.md": image,
            "eco/a.ja.md": counterpart(
                "a.fr.md", "一", [(A, JA_A), ("![Un plan](absent.png)", "![図](absent.png)")], "Un"
            ),
        },
    )
    assert "Nothing keeps" not in shown(look(pictured))  # the image is missing


def test_a_final_edition_is_tried_again_only_where_it_may_be_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []
    whole = gather.gather

    def trying(root: Path, *asked: Any) -> gather.Gathered:
        tried.append(root)
        return whole(root, *asked)

    monkeypatch.setattr(gather, "gather", trying)
    root = make_workspace(tmp_path)

    def ready(fr: str, ja: str, head: str = "## Ports {#ports}") -> bool:
        pairs = [(head, head), (fr, ja)]
        put(root / "sources/eco/a.fr.md", summary("Un", f"{head}\n\n{fr}"))
        put(root / "sources/eco/a.ja.md", counterpart("a.fr.md", "一", pairs, "Un"))
        return "Nothing keeps" in shown(look(root))

    assert ready("Le marché ouvre.", "市場が開く。")
    assert ready("Le marché ferme.", "市場が閉まる。")  # other words alone
    assert len(tried) == 1
    assert ready("[Il](#ports) ferme.", "[市場](#ports)が閉まる。")
    assert not ready("[Il](#ports) ferme.", "[市場](#ports)が閉まる。", "## Ports {#port}")
    assert len(tried) == 3
    assert not ready("[Il](#ports) ouvre.", "[市場](#ports)が開く。", "## Ports {#port}")
    assert ready("[Il](#ports) ouvre.", "[市場](#ports)が開く。")
    plan = "![Un plan](../images/plan.svg)", "![図](../images/plan.svg)"
    assert not ready(*plan)
    put(
        root / "sources/images/plan.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    )
    assert ready(*plan)


def test_nothing_to_translate(tmp_path: Path) -> None:
    assert shown(look(make_workspace(tmp_path))).startswith("There is no text to translate yet.")


# -- hostile words ------------------------------------------------------------------------------


def test_hostile_titles_and_notes(tmp_path: Path) -> None:
    title = "<script>alert(1)</script>\u202e\x1b[2J &\n" + "long" * 500
    note = texts()["eco/marche.ja.md"].replace("Faut-il", "\u202e\x1b]0;x\x07 <b>Faut-il")
    root = make_workspace(
        tmp_path, texts=texts(**{"event.yaml": event_titled(title), "eco/marche.ja.md": note})
    )
    found = look(root)
    said = shown(found)
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert max(map(width, said.split("\n"))) < 200
    drawing = status_svg.draw(found, status_svg.words(root, "fr"))
    tree = etree.fromstring(drawing, etree.XMLParser(resolve_entities=False, no_network=True))
    assert not tree.findall(f".//{SVG}script")
    assert "\u202e" not in drawing.decode()
    json.loads(json.dumps(status_json.as_json(found)))


def test_words_of_a_confidential_text_stay_in_its_file(tmp_path: Path) -> None:
    secret = {
        **texts(),
        "eco/marche.fr.md": summary("Titre-canari", A, confidential="true"),
        "eco/marche.ja.md": counterpart("marche.fr.md", "題", [(A, JA_A)], "Titre-canari").replace(
            "\n-->", "\nnote: |\n  Note-canari\n-->"
        ),
    }
    root = make_workspace(tmp_path, texts=secret)
    found = look(root)
    assert len(next(t for t in found.texts if t.key == "eco/marche").notes) == 1
    drawing = status_svg.draw(found, status_svg.words(root, "fr")).decode()
    everything = shown(found) + json.dumps(status_json.as_json(found)) + drawing
    cached = b"".join(file.read_bytes() for file in (root / "build/cache").glob("status*"))
    assert "canari" not in everything
    assert b"canari" not in cached


# -- for programs -------------------------------------------------------------------------------


def test_json_says_the_same_in_every_language(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = set()
    for language in ("fr", "ja", "en"):
        monkeypatch.setenv("ACTES_LANG", language)
        said.add(json.dumps(status_json.as_json(look(root)), sort_keys=True))
    assert len(said) == 1


def test_every_key_of_the_json_is_documented(root: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "status.md").read_text(encoding="utf-8")
    data = status_json.as_json(look(root))
    keys = {
        *data,
        *data["texts"][0],
        *data["themes"][0],
        *data["blocking"]["ja"][0],
        *data["tasks"],
    }
    keys |= {*data["total"]["ja"], *data["total"]["ja"]["stale"], *(task.value for task in Task)}
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_total_is_the_sum_of_themes_and_of_texts(root: Path) -> None:
    data = status_json.as_json(look(root))
    for language, states in data["total"].items():
        for part in ("themes", "texts"):
            there = [item["states"] for item in data[part] if item["language"] == language]
            for state, amount in states.items():
                assert {key: sum(item[state][key] for item in there) for key in amount} == amount


# -- the second time ----------------------------------------------------------------------------


def test_what_did_not_change_is_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = look(root)
    monkeypatch.setattr("pipeline.publishing.status.leaves.read_texts", None)
    assert look(root) == first


def test_a_change_is_seen_and_the_rest_kept(root: Path) -> None:
    look(root)
    file = root / "sources/eco/marche.ja.md"
    put(file, file.read_text().replace(JA_A, "市は給食を作る。"))
    again = look(root)
    (root / "build/cache/status.sqlite").write_bytes(b"no database")
    assert look(root) == again
    market = next(text for text in again.texts if text.key == "eco/marche")
    assert market.amounts[State.EDITED].segments == 2
    assert State.REVIEWED not in market.amounts or not market.amounts[State.REVIEWED].segments


def test_nothing_is_written_but_the_cache(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    look(root, history=True)
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert {path.parent.name for path in after.keys() - before.keys()} == {"cache"}
    assert {path: after[path] for path in before} == before


# -- the command --------------------------------------------------------------------------------


def test_the_command_says_what_is_wrong_and_goes_on(tmp_path: Path) -> None:
    broken = make_workspace(tmp_path, texts=texts(**{"eco/casse.fr.md": "---\nopen\n"}))
    done = actes(broken, "status", "--json", "--svg", ACTES_LANG="fr")
    assert done.code == 1
    assert "[front-matter-open]" in done.err
    assert {text["text"] for text in json.loads(done.out)["texts"]} == {
        "eco/casse",
        "eco/marche",
        "eco/mori",
    }
    assert (broken / "build/status.svg").is_file()
    plain = actes(broken, "status", "sources/eco/mori.ja.md").out
    assert "mori" in plain
    assert "marche" not in plain
    assert "\x1b" not in plain


def test_a_wrong_command_line(root: Path) -> None:
    assert actes(root, "status", "--to", "de").code == 2


def test_colours_only_on_a_terminal(root: Path) -> None:
    assert "\x1b[32m#" in on_terminal(root)
    assert "\x1b[32m" not in on_terminal(root, NO_COLOR="1")


def on_terminal(root: Path, **env: str) -> str:
    """What `actes status` writes on a terminal of eighty columns."""
    import pty

    here, there = pty.openpty()
    environ = environment(COLUMNS="80", TERM="xterm", **env)
    subprocess.run(command("status"), cwd=root, stdout=there, env=environ, check=True)
    os.close(there)
    said = b""
    while True:
        try:
            part = os.read(here, 65536)
        except OSError:  # the end, as Linux says it
            break
        if not part:
            break
        said += part
    os.close(here)
    return said.decode()
