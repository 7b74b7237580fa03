"""What the page lists for each choice: asked of the desk itself, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from pipeline.review.web.desk import Desk
from pipeline.review.web.filling import Filler
from pipeline.review.web.shelf import Shelf
from tests.support.workspace import EVENT, counterpart, make_workspace, reviewed, summary

TWO_THEMES = EVENT.replace(
    "  - {id: eco, title: {fr: Économie, ja: 経済}}",
    "  - {id: eco, title: {fr: Économie, ja: 経済}}\n  - {id: soc, title: {fr: Société, ja: 社会}}",
) % ("docx", "docx")
MANY = 45


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two themes; a text with a passage in each state, one in the other direction, a long one."""
    market = [
        reviewed("La ville a 40 % de bois.", "市の40％は林である。"),
        reviewed("Le marché ouvre à neuf heures.", "市場は9時に開く。", "machine"),
        reviewed("Le quai mesure 120 mètres.", "岸壁は150メートルある。", "edited"),
        "<!-- missing\nsource: |\n  Rien n’est prévu.\n-->\n",
        reviewed("Ancien texte.", "古い文。", "edited").replace(
            "text:", "note: |\n  À voir.\ntext:"
        ),
    ]
    sources = ["La ville a 40 % de bois.", "Le marché ouvre à neuf heures.",
               "Le quai mesure 120 mètres.", "Rien n’est prévu.", "Ancien texte."]  # fmt: skip
    long = [(f"Point numéro {number}.", f"第{number}点。") for number in range(MANY)]
    texts = {
        "event.yaml": TWO_THEMES,
        "eco/marche.fr.md": summary("Marché", "\n\n".join(sources)),
        "eco/marche.ja.md": counterpart("marche.fr.md", "市場", [], "Marché") + "\n".join(market),
        "soc/gakko.ja.md": summary("学校", "学校は開いている。", rapporteur="{name: 例カミーユ}"),
        "soc/gakko.fr.md": counterpart("gakko.ja.md", "École", [("学校は開く。", "L’école ouvre.")],
                                       "学校").replace("例カミーユ", "X"),
        "soc/long.fr.md": summary("Long", "\n\n".join(source for source, _ in long)),
        "soc/long.ja.md": counterpart("long.fr.md", "長い", [], "Long")
        + "\n".join(reviewed(source, text, "machine") for source, text in long),
    }  # fmt: skip
    return make_workspace(tmp_path_factory.mktemp("lists"), texts=texts)


@pytest.fixture(scope="module")
def desk(root: Path) -> Iterator[Desk]:
    shelf = Shelf(root)
    list(shelf.read_everything())  # nothing here depends on how quick it is
    filler = Filler(shelf)
    yield Desk(filler)
    filler.end()


def listed(desk: Desk, **query: str) -> list[str]:
    """The keys of the cards that are listed, without their folder."""
    html = desk.list("fr", query)["parts"]["cards"]
    return [key.removeprefix("sources/") for key in re.findall(r'data-key="([^"]+)"', html)]


MARKET = "eco/marche.ja.md"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"text": "eco/marche"}, ["2", "3", "4", "5"]),
        ({"text": "eco/marche", "show": "machine"}, ["2"]),
        ({"text": "eco/marche", "show": "edited"}, ["3", "5"]),
        ({"text": "eco/marche", "show": "missing"}, ["4"]),
        ({"text": "eco/marche", "show": "noted"}, ["5"]),
        ({"theme": "eco", "show": "reviewed"}, ["title", "rapporteur.name", "1"]),
        ({"theme": "eco", "remark": "numbers"}, ["3"]),
        ({"theme": "eco", "show": "whole", "q": "marché 9時"}, ["2"]),  # in both languages
        ({"theme": "eco", "show": "whole", "q": "４０％"}, ["1"]),  # whatever the width
        ({"theme": "eco", "q": "nulle part"}, []),
        ({"theme": "eco", "into": "fr"}, []),
        ({"text": "nowhere"}, []),
    ],
)
def test_each_choice_lists_what_it_says(
    desk: Desk, query: Mapping[str, str], expected: list[str]
) -> None:
    assert listed(desk, **query) == [f"{MARKET}#{part}" for part in expected]


def test_a_language_is_chosen_over_all_texts(desk: Desk) -> None:
    assert {key.partition("#")[0] for key in listed(desk, into="fr")} == {"soc/gakko.fr.md"}


def test_each_choice_says_how_much_there_is_of_it(desk: Desk) -> None:
    html = desk.list("en", {"text": "eco/marche"})["parts"]["choices"]
    counts = re.findall(r'show=(\w+)[^"]*"[^>]*>.*?class="count">(\d+)<', html)
    assert counts == [("stale", "0"), ("machine", "1"), ("edited", "2"), ("missing", "1"),
                      ("reviewed", "3"), ("noted", "1"), ("whole", "7")]  # fmt: skip


def test_a_long_list_has_pages_and_next_goes_over_their_edge(desk: Desk) -> None:
    first = listed(desk, text="soc/long")
    second = listed(desk, text="soc/long", page="2")
    assert (len(first), len(second)) == (40, 5)
    assert desk.next("fr", {"text": "soc/long", "after": f"sources/{first[-1]}"})["address"] == (
        "/?text=soc%2Flong&page=2"
    )
    last = desk.next("fr", {"text": "soc/long", "after": f"sources/{second[-1]}"})
    assert last["address"] == "/?text=soc%2Flong"  # and from the beginning again
    assert "attend" in desk.next("fr", {"text": "eco/marche", "q": "nulle part"})["said"]


def test_a_list_that_did_not_change_is_not_sent_again(desk: Desk, root: Path) -> None:
    version = desk.list("fr", {"text": "eco/marche"})["version"]
    query = {"text": "eco/marche", "version": version}
    assert desk.changes("fr", query)["same"]
    file = root / "sources" / MARKET
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert not desk.changes("fr", query)["same"]


def test_a_preview_says_what_is_wrong_with_the_words(desk: Desk) -> None:
    html = desk.preview("fr", "Un **mot** <b>brut</b>.")["html"]
    assert "<strong>mot</strong>" in html
    assert "&lt;b&gt;" in html
    assert "imprimé" in html  # the remark on raw code
    too_large = desk.preview("fr", "a" * 600_000)["html"]
    assert "error" in too_large
    assert "<p>" not in too_large
