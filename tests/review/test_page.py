"""A whole review in a real browser: one Chromium and one `actes review` for all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from tests.review.event import HOSTILE, MARKET_PROPOSAL, NEIGHBOUR, PARAGRAPHS, make_event
from tests.support.browser import Browser, Page, chromium
from tests.support.reviewing import Server, review
from tests.support.workspace import actes, block, counterpart, make_workspace, reviewed, summary

pytestmark = pytest.mark.chromium
CURRENT = "document.querySelector('.card.current')"
LATIN, EASTERN = "fr-FR,fr;q=0.9,en;q=0.5", "ja,en;q=0.5"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_event(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Server]:
    with review(root) as found:
        yield found


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    found = browser.page()
    found.languages(LATIN)
    found.open(server.address)
    yield found
    found.close()


def visit(page: Page, query: str) -> None:
    page.open(page.run("location.origin") + "/" + query)


def go_to(page: Page, words: str) -> None:
    """Press « k » to the first card, then « j » until the one with these words is the current one."""
    number = page.run(
        "[...document.querySelectorAll('.card')].findIndex(c => c.matches('.current'))"
    )
    for key in number * ["k"] + 50 * ["j"]:
        if words in (page.run(f"{CURRENT}?.textContent") or ""):
            return
        page.key(key)
    raise AssertionError(words)


def translation(root: Path) -> str:
    return (root / "sources/eco/essai.ja.md").read_text(encoding="utf-8")


def said(page: Page, words: str) -> None:
    page.until(f"document.getElementById('said').textContent.includes({words!r})")


def test_a_whole_review_by_keyboard_alone(root: Path, page: Page) -> None:
    # The address holds its secret no more, and the page speaks the browser's language.
    assert page.run("location.search") == ""
    assert page.run("document.documentElement.lang") == "fr"
    visit(page, "?text=eco/essai")
    assert page.run("document.querySelectorAll('.card').length") == 4
    assert PARAGRAPHS["reviewed"][0] not in page.text()

    # What changed in the source is marked, and the proposal against the translation.
    go_to(page, "Le marché")
    assert page.run(f"{CURRENT}.querySelector('.source del').textContent") == "deux"
    assert page.run(f"{CURRENT}.querySelector('.source ins').textContent") == "trois"
    assert page.run(f"{CURRENT}.querySelector('.proposal ins').textContent") == "3"

    # The proposal is taken, which is not yet an approval; then it is approved.
    page.key("p")
    page.until(f"{CURRENT}.classList.contains('edited')")
    assert MARKET_PROPOSAL in translation(root).split("-->")[2]
    page.key("a")
    said(page, "Approuvé")
    assert f"<!-- reviewed\n{block('source', PARAGRAPHS['stale'][0])}" in translation(root)

    # A filter, then an edit with its preview, saved and approved without the mouse.
    page.run("document.querySelector('#choices a[href*=machine]').focus()")
    page.key("Enter")
    page.until("document.querySelectorAll('.card').length === 1")
    go_to(page, "Les cantines")
    page.key("e")
    page.run("document.activeElement.select()")
    page.type("食堂は**地元産**を買う。")
    page.until(f"{CURRENT}.querySelector('.preview strong')?.textContent === '地元産'")
    page.key("Enter", "Control", "Shift")
    page.until("!document.querySelector('.card.machine')")  # nothing of this kind is left
    assert "食堂は**地元産**を買う。\n" in translation(root)
    assert "<!-- machine" not in translation(root)

    # A note, then undone, byte for byte; and the last edit too.
    visit(page, "?text=eco/essai&show=whole")
    go_to(page, "La ville soutient")
    before = translation(root)
    page.key("c")
    page.type("« soutient » ou « aide » ?")
    page.key("Enter", "Control")
    said(page, "Note")
    assert "note: |\n  « soutient » ou « aide » ?" in translation(root)
    page.key("u")
    said(page, "Annulé")
    assert translation(root) == before
    page.key("u")
    page.until("document.querySelector('.card.machine')")
    assert "<!-- machine" in translation(root)

    assert page.complaints() == []


def test_all_that_is_shown_is_approved_at_once_and_undone_at_once(root: Path, page: Page) -> None:
    visit(page, "?text=eco/essai&show=whole")
    go_to(page, "Les cantines")
    before = translation(root)
    page.key("A")  # by Caps Lock, that is « a »: this one alone
    said(page, "Approuvé")
    assert page.run("document.querySelectorAll('.card.edited').length") > 0
    page.key("u")
    page.until("document.querySelector('.card.machine')")
    page.key("A", "Shift")
    page.until("!document.querySelector('.card.machine, .card.edited')")
    assert page.run("document.querySelectorAll('.card.missing').length") == 1
    page.key("u")
    page.until("document.querySelector('.card.machine')")
    assert translation(root) == before

    # What is missing stays so, and a key that cannot be used says so.
    go_to(page, "La suite est prévue")
    page.key("a")
    said(page, "pas possible")
    assert page.complaints() == []


def test_what_a_colleague_saved_meanwhile_is_never_overwritten(root: Path, page: Page) -> None:
    visit(page, "?text=eco/essai&show=whole")
    go_to(page, "54 collectivités")
    page.key("e")
    page.run("document.activeElement.select()")
    page.type("私の訳。")
    file = root / "sources/eco/essai.ja.md"
    theirs = "会議には54の市町村が集まった。"
    changed = translation(root).replace(PARAGRAPHS["reviewed"][1], theirs)
    file.write_text(changed, encoding="utf-8")
    page.key("Enter", "Control")
    page.until("document.querySelector('.conflict')")
    assert translation(root) == changed  # nothing was written
    shown = page.run("document.querySelector('.conflict').closest('.card').innerText")
    assert theirs in shown
    assert "私の訳。" in shown
    assert page.run("document.activeElement.value") == "私の訳。"
    assert serious(page) == []
    page.key("Enter", "Control")  # having seen both, the person insists
    page.until("!document.querySelector('.conflict')")
    assert "私の訳。" in translation(root)
    page.key("u")
    said(page, "Annulé")
    assert translation(root) == changed


def test_the_glossary_and_the_memory_lend_their_words(page: Page) -> None:
    visit(page, "?text=eco/essai&show=whole")
    go_to(page, "54 collectivités")
    assert page.run(f"{CURRENT}.querySelector('.source .term').textContent") == "rencontre"
    assert page.run(f"{CURRENT}.querySelector('.source .term').title") == "会議"
    page.run(f"{CURRENT}.querySelector('.terms button').click()")
    assert page.run("document.activeElement.value").endswith("集まった。会議")
    page.key("Escape")  # the browser asks, and we agree
    go_to(page, "Les cantines")
    page.until(f"{CURRENT}.querySelector('.matches')")
    assert NEIGHBOUR[1] in page.run(f"{CURRENT}.querySelector('.matches').innerText")
    page.run(f"{CURRENT}.querySelector('.matches button').click()")
    assert page.run("document.activeElement.value") == NEIGHBOUR[1]
    page.until(f"{CURRENT}.querySelector('.preview').innerText.includes('有機')")
    page.key("Escape")


def test_what_changes_under_typed_words_is_shown_beside_them(root: Path, page: Page) -> None:
    visit(page, "?text=eco/essai&show=whole")
    go_to(page, "La ville soutient")
    page.key("e")
    page.type("私の言葉")
    before = translation(root)
    file = root / "sources/eco/essai.ja.md"
    file.write_text(before.replace("学校を応援", "学校を支援"), encoding="utf-8")
    page.until(f"{CURRENT}.querySelector('.now').innerText.includes('学校を支援')")
    page.until(f"{CURRENT}.innerText.includes('a changé depuis')")
    assert "私の言葉" in page.run("document.activeElement.value")
    page.key("Enter", "Control")
    page.until("document.querySelector('.conflict')")
    assert "私の言葉" not in translation(root)
    file.write_text(before, encoding="utf-8")


def test_what_changes_on_disk_appears_and_what_is_typed_stays(root: Path, page: Page) -> None:
    visit(page, "?text=eco/essai&show=whole")
    go_to(page, "La suite")
    page.key("e")
    page.type("次回は2026年")
    file = root / "sources/eco/essai.ja.md"
    before = translation(root)
    place = f"Math.round({CURRENT}.getBoundingClientRect().top)"
    top = page.run(place)
    longer = before.replace("学校を応援", "学校を支援し、\n" * 9 + "応援")
    file.write_text(longer, encoding="utf-8")
    page.until("document.getElementById('cards').innerText.includes('学校を支援')")
    assert abs(page.run(place) - top) <= 1  # what is read stays where it is
    assert page.run("document.activeElement.value") == "次回は2026年"
    page.reload()
    page.until("document.querySelector('form.editor:not([hidden]) textarea')")
    assert page.run("document.querySelector('form:not([hidden]) textarea').value") == "次回は2026年"
    file.write_text(before, encoding="utf-8")


def test_a_hostile_text_is_shown_and_not_run(page: Page) -> None:
    assert len(HOSTILE) >= 30
    visit(page, "?text=eco/piege&show=whole")
    page.until("document.querySelectorAll('.card').length > 30")
    shown = page.run("document.getElementById('cards').textContent")
    for text in HOSTILE:
        assert text in shown
    assert_harmless(page)


def test_hostile_words_that_are_typed_are_previewed_and_not_run(page: Page) -> None:
    visit(page, "?text=eco/piege&show=whole")
    page.key("e")
    for start in range(0, len(HOSTILE), 8):
        page.run("document.activeElement.select()")
        page.type("\n\n".join([*HOSTILE[start : start + 8], f"fin n° {start}"]))
        page.until(f"{CURRENT}.querySelector('.preview').innerText.includes('fin n° {start}')")
        assert_harmless(page)
    page.key("Escape")


def assert_harmless(page: Page) -> None:
    """Nothing was run, loaded or left, and there is nothing that could be."""
    page.run("document.querySelectorAll('main .words a, main .preview a').forEach(a => a.click())")
    assert page.run("typeof window.pwned") == "undefined"
    tags = "script, img, iframe, style, link, meta, object, embed, base, video, template, math"
    assert page.run(f"document.querySelectorAll('main :is({tags})').length") == 0
    links = page.run("[...document.querySelectorAll('main a')].map(a => a.protocol)")
    assert set(links) <= {"http:", "https:"}
    assert page.run("document.querySelectorAll('main [onclick], main [onerror]').length") == 0
    assert page.run("document.querySelectorAll('#help').length") == 1
    assert page.run("location.host").startswith("127.0.0.1")
    assert page.complaints() == []


@pytest.mark.parametrize(
    ("width", "size", "scheme", "accepted"),
    [(1280, "100%", "light", LATIN), (320, "100%", "dark", EASTERN), (640, "200%", "light", "en")],
)
def test_everybody_can_use_it(
    browser: Browser, server: Server, width: int, size: str, scheme: str, accepted: str
) -> None:
    page = browser.page(width, 900, prefers_color_scheme=scheme)
    page.languages(accepted)
    page.open(server.address)
    visit(page, "?text=eco/essai&show=whole")
    page.run(f"document.documentElement.style.fontSize = '{size}'")
    page.run("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.key("e")
    assert page.run("document.documentElement.scrollWidth") <= width
    assert serious(page) == []
    page.key("Escape")
    page.key("?")
    assert page.run("document.querySelector('#help').getBoundingClientRect().width") <= width
    assert serious(page, "#help") == []
    page.close()


def serious(page: Page, inside: str = "html") -> list[str]:
    """What axe-core finds serious or worse."""
    page.run(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = page.run(
        f"axe.run({inside!r}, {{resultTypes: ['violations']}}).then(r => r.violations"
        ".filter(v => ['serious', 'critical'].includes(v.impact))"
        ".map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).slice(0, 3)))"
    )
    return found


def test_the_static_page_says_the_same_and_runs_nothing(
    root: Path, browser: Browser, tmp_path: Path
) -> None:
    out = tmp_path / "relecture.html"
    done = actes(root, "review", "--static", str(out), "--all", "--lang", "ja")
    assert "1 confidential text(s) left out" in done.err
    html = out.read_text(encoding="utf-8")
    assert "discret" not in html
    assert "<script" not in html
    assert re.findall(r'(?:src|href)="(?!#)', html) == []  # nothing is loaded
    assert "default-src 'none'" in html
    page = browser.page()
    page.ask("Emulation.setScriptExecutionDisabled", value=True)
    page.ask("Page.navigate", url=out.as_uri())
    page.until("document.readyState === 'complete' && document.querySelectorAll('.card').length")
    assert "訳文の確認" in page.text()
    assert "会議には54" in page.text()
    assert HOSTILE[0] in page.run("document.body.textContent")
    assert page.run("getComputedStyle(document.querySelector('.pair')).display") == "grid"
    assert page.run("document.querySelectorAll('button, form, textarea').length") == 0
    page.ask("Emulation.setScriptExecutionDisabled", value=False)  # for axe alone
    assert serious(page, "#t1") == []
    assert page.complaints() == []
    page.close()


@pytest.mark.long
def test_a_text_of_two_thousand_passages_opens_and_filters_at_once(
    browser: Browser, tmp_path: Path
) -> None:
    pairs = [
        (f"Le point numéro {n} est acquis.", f"第{n}点は合意済みである。") for n in range(2000)
    ]
    words = ("reviewed", "machine", "edited", "reviewed")
    passages = [reviewed(*pair, words[n % 4]) for n, pair in enumerate(pairs)]
    texts = {
        "eco/long.fr.md": summary("Long", "\n\n".join(source for source, _text in pairs)),
        "eco/long.ja.md": counterpart("long.fr.md", "長い", [], "Long") + "\n".join(passages),
    }
    with review(make_workspace(tmp_path, texts=texts)) as server:
        page = browser.page()
        page.languages(LATIN)
        page.open(server.address)
        page.until("document.querySelectorAll('.card').length === 40", 5)
        for show, count in (("machine", 500), ("whole", 2002), ("edited", 500)):
            page.run(f"document.querySelector('#choices a[href*={show}]').click()")
            page.until(f"document.querySelector('.head .count').innerText.includes({count})", 2)
        page.run("document.getElementById('search').value = '第1234点'")
        page.run("document.querySelector('.search').requestSubmit()")
        page.until("document.querySelector('.head .count').innerText.endsWith(' 1')", 2)
        page.close()


def test_ctrl_c_ends_it_whole_and_the_page_says_so(browser: Browser, tmp_path: Path) -> None:
    server = Server(make_event(tmp_path))
    page = browser.page()
    page.languages(LATIN)
    page.open(server.address)
    assert server.end() == 0
    assert "The review has ended" in server.said
    assert "Traceback" not in server.said
    said(page, "est-il encore en marche")
    page.close()


def test_ctrl_c_at_once_ends_it_too(tmp_path: Path) -> None:
    server = Server(make_event(tmp_path))
    assert server.end() == 0
    assert "Traceback" not in server.said
