"""One text through every door: the machine, the browser, Word, a CAT tool, git, the terminal.

What people write is put down in a ledger as they write it. After each step every word of it stands
in the counterpart, byte for byte, or was replaced by whoever wrote it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from translate.storage.placeables import StringElem
from translate.storage.xliff2 import Xliff2File

from pipeline.review.reading import read
from tests.events.pretranslation import CONSENT, COUNTERPART, ORIGINAL, Event
from tests.support.git import commit, git
from tests.support.office import edited
from tests.support.reviewing import Visitor, review
from tests.support.workspace import docx_parts, docx_text, put, squeezed, summary

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKET, CANTEENS = "La ville ouvre un marché de 40 étals.", "Les cantines y achètent des légumes."
PLAN = "Le [plan](https://exemple.fr/plan) aide les **jeunes** paysans."
FOREST, ORCHARD = "La forêt protège la source.", "Deux écoles plantent un verger."
TRAIN, WORKSHOP = "Le train du soir revient.", "L’atelier reste ouvert l’hiver."
FEAST, QUAY = "La fête rassemble 300 voisins.", "Un quai neuf accueille les bateaux."
TEXT = (MARKET, CANTEENS, PLAN, FOREST, ORCHARD, TRAIN, WORKSHOP, FEAST)
DAY = "2024-12-01"


class Doors(Event):
    """The event, with the ledger of what people wrote."""

    def __init__(self, folder: Path) -> None:
        text = summary("Le marché", "\n\n".join(TEXT))
        super().__init__(folder, {"eco/marche.fr.md": text}, CONSENT)
        self.ledger: list[str] = []

    def wrote(self, *words: str, instead_of: str = "") -> None:
        """A person wrote ``words``, or took back words of their own."""
        self.ledger += words
        if instead_of:
            self.ledger.remove(instead_of)
        self.account()

    def account(self) -> None:
        """Every word of the ledger is where it was put."""
        text = self.read()
        assert [words for words in self.ledger if words not in text] == []

    def done(self, *arguments: str, code: int = 0) -> str:
        """Run `actes`, and look whether everything is there afterwards; what it said."""
        found = self.run(*arguments)
        assert found.code == code, found.said
        if (self.root / COUNTERPART).exists():
            self.account()
        return found.said

    def passage(self, source: str) -> str:
        """The comment and the words of the passage that translates ``source``."""
        parts = [part for part in self.read().split("<!-- ")[1:] if source in part]
        assert len(parts) == 1, source
        return parts[0]

    def keep(self, what: str) -> None:
        """Commit the texts."""
        commit(self.root, DAY, "sources")
        git(self.root, "tag", what)


@pytest.mark.libreoffice
def test_every_human_word_through_all_doors(tmp_path: Path) -> None:
    event = Doors(tmp_path)
    event.done("translate")
    _in_the_browser(event)
    _the_source_changes(event)
    _in_word(event)
    _in_a_cat_tool(event)
    _in_two_branches(event)
    _approved_and_printed(event)


def _in_the_browser(event: Doors) -> None:
    with review(event.root) as server:
        visitor = Visitor(server)
        seen = visitor.seen("eco/marche")

        def decide(number: int, act: str, **words: str) -> None:
            key = f"{COUNTERPART}#{number}"
            visitor.decide(key, seen[key], act, **words)
            event.wrote(*words.values())

        decide(1, "save-approve", words="市は40区画の市を開く。")
        decide(2, "save", words="食堂はそこで野菜を買う。")
        decide(4, "note", note="水源の名を確かめる。")
        decide(7, "save-approve", words="工房は冬も開いている。")
    assert event.passage(MARKET).startswith("reviewed\n")
    assert event.passage(CANTEENS).startswith("edited\n")


def _the_source_changes(event: Doors) -> None:
    event.edit(ORIGINAL, "40 étals", "45 étals")
    event.edit(ORIGINAL, f"{WORKSHOP}\n\n", "")
    event.edit(ORIGINAL, FOREST, f"{FOREST}\n\n{QUAY}")
    event.done("translate")
    assert event.passage("45 étals").startswith("stale\n")
    assert event.passage(QUAY).startswith("machine\n")


def _in_word(event: Doors) -> None:
    event.done("exchange", "export", "--to", "docx", "--lang", "ja")
    file = event.root / "build/exchange/fr-ja.docx"
    rows = _rows(file)
    put(file, edited(file, f"""
doc.RecordChanges = True
cursor = table.getCellByName("C{rows["45 étals"]}").createTextCursor()
cursor.gotoStart(False)
cursor.goRight(2, False)
cursor.goRight(2, True)
cursor.setString("45")
table.getCellByName("D{rows["45 étals"]}").setString("x")
note = doc.createInstance("com.sun.star.text.textfield.Annotation")
note.Author = "Kaori"
note.Content = "3ページを参照"
cell = table.getCellByName("C{rows[CANTEENS]}")
cell.insertTextContent(cell.createTextCursor(), note, False)
doc.RecordChanges = False
table.getCellByName("C{rows[ORCHARD]}").setString("二つの学校が果樹園を作る。")
table.getCellByName("C{rows[FEAST]}").setString("祭りに300人の隣人が集まる。")
"""))  # fmt: skip

    # Meanwhile somebody works in an editor, on the same text.
    event.edit(COUNTERPART, f"訳文：{FEAST}", "祭りには近所の300人が集う。")
    event.edit(COUNTERPART, f"訳文：{TRAIN}", "夜の列車が帰ってくる。")
    event.wrote("祭りには近所の300人が集う。", "夜の列車が帰ってくる。")

    event.ledger.remove("市は40区画の市を開く。")  # corrected in Word
    said = event.done("exchange", "import", str(file), code=1)
    assert said.count("[review-text-changed]") == 1
    assert "#8: somebody changed the translation" in said
    assert "祭りに300人の隣人が集まる。" in docx_text(file)  # where it was written, and named
    event.wrote("市は45区画の市を開く。")
    event.wrote("Kaori : 3ページを参照", "二つの学校が果樹園を作る。")
    assert event.passage("45 étals").startswith("reviewed\n")
    again = event.read()
    event.done("exchange", "import", str(file), code=1)
    assert event.read() == again


def _rows(file: Path) -> dict[str, int]:
    """The number of each row as LibreOffice counts, by its source, or by words that are new in it."""
    document = etree.fromstring(docx_parts(file)["word/document.xml"])
    sources = [
        "".join(words.text or "" for words in list(row.iter(f"{W}tc"))[1].iter(f"{W}t"))
        for row in document.iter(f"{W}tr")
    ]
    wanted = ("45 étals", CANTEENS, ORCHARD, FEAST)
    found = {w: [n for n, source in enumerate(sources, 1) if w in source] for w in wanted}
    return {words: numbers[0] for words, numbers in found.items()}


def _in_a_cat_tool(event: Doors) -> None:
    event.done("exchange", "export", "--to", "xliff", "--lang", "ja")
    file = event.root / "build/exchange/fr-ja.xlf"
    store = Xliff2File.parsestring(file.read_bytes())
    units = {unit.source: unit for unit in store.units}
    plan = next(unit for source, unit in units.items() if source.startswith("Le plan aide"))
    (rich,) = plan.rich_target
    opens, closes, strong, weak = (part for part in rich.sub if part.id)
    plan.rich_target = [
        StringElem([opens, "計画", closes, "は", strong, "若い", weak, "農家を助ける。"])
    ]
    plan.markapproved()
    units[CANTEENS].markapproved()
    file.write_bytes(bytes(store))
    event.done("exchange", "import", str(file))
    event.wrote("[計画](https://exemple.fr/plan)は**若い**農家を助ける。")
    assert event.passage(PLAN).startswith("reviewed\n")
    assert event.passage(CANTEENS).startswith("reviewed\n")


def _in_two_branches(event: Doors) -> None:
    event.keep("avant")
    event.done("git-setup")
    commit(event.root, DAY, ".gitattributes")
    git(event.root, "checkout", "-qb", "kaori")
    event.edit(COUNTERPART, f"訳文：{FOREST}", "森が水源を守る。")
    event.approve("Un quai")
    event.keep("kaori-1")
    git(event.root, "checkout", "-q", "main")
    event.edit(ORIGINAL, TRAIN, "Le train du soir revient à 21 h.")
    event.edit(COUNTERPART, "果樹園を作る。", "果樹園を育てる。")
    event.wrote("二つの学校が果樹園を育てる。", instead_of="二つの学校が果樹園を作る。")
    event.keep("main-1")
    git(event.root, "merge", "-q", "--no-edit", "kaori")
    event.wrote("森が水源を守る。")
    event.done("translate")
    assert event.passage("revient à 21 h").startswith("stale\n")
    assert event.passage(QUAY).startswith("reviewed\n")


def _approved_and_printed(event: Doors) -> None:
    refused = event.done("build", "--final", "proceedings-ja", code=4)
    assert "[blocked-segment]" in refused
    event.edit(COUNTERPART, "夜の列車が帰ってくる。", "夜の列車が21時に帰ってくる。")
    event.wrote("夜の列車が21時に帰ってくる。", instead_of="夜の列車が帰ってくる。")
    assert "[approve-orphaned]" in event.done("approve", COUNTERPART, code=1)  # the workshop's
    text = event.read()
    event.done("translate")
    assert event.read() == text
    event.done("build", "--final", "proceedings-ja")

    # People's words, letter by letter, and one of the machine's that a person approved.
    items = tuple(read(event.root).items())
    assert {item.source: item.text for item in items if item.part.isdigit()} == {
        "La ville ouvre un marché de 45 étals.": "市は45区画の市を開く。",
        CANTEENS: "食堂はそこで野菜を買う。",
        PLAN: "[計画](https://exemple.fr/plan)は**若い**農家を助ける。",
        FOREST: "森が水源を守る。",
        QUAY: f"訳文：{QUAY}",
        ORCHARD: "二つの学校が果樹園を育てる。",
        "Le train du soir revient à 21 h.": "夜の列車が21時に帰ってくる。",
        FEAST: "祭りには近所の300人が集う。",
    }
    printed = squeezed(docx_text(event.root / "build/proceedings-ja.docx"))
    notes = ("水源の名を確かめる。", "Kaori : 3ページを参照", "工房は冬も開いている。")
    for words in event.ledger:
        bare = squeezed(words.replace("**", "").replace("[計画](https://exemple.fr/plan)", "計画"))
        assert (bare in printed) is (words not in notes), words
