"""What `actes translate` tells while it works, before it sends and of what it took."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from pipeline.columns import width
from tests.events.pretranslation import CONSENT, COUNTERPART, Event
from tests.support import launch, machine
from tests.support.servers import Server
from tests.support.workspace import REPOSITORY, put, summary
from tests.translation.engines.test_secrets import CANARIES, CONFIDENTIAL, KEY, REPLIES, TEXT

MANY = 30  # texts: more than are asked for together


@pytest.fixture
def many(tmp_path: Path) -> Event:
    """An event of more texts than are asked for together."""
    texts = {
        f"eco/texte-{n:02}.fr.md": summary(f"Le texte {n}", f"La ville numéro {n} ouvre.")
        for n in range(MANY)
    }
    return Event(tmp_path, texts, CONSENT.replace("}", ", price: 20}"))


def test_the_limit_is_told_as_it_was_given_and_kept_over_all_texts(many: Event) -> None:
    everything = many.run("translate", "--dry-run").out
    characters = int(re.findall(r"characters: ([\d,]+)", everything)[0].replace(",", ""))
    limit = characters - 40
    told = many.run("translate", "--limit", str(limit))
    assert f"the limit of {limit} characters is reached" in told.err
    assert limit - 40 < sum(map(len, many.asked)) <= limit


def test_a_dry_run_with_a_limit_says_what_it_comes_to(many: Event) -> None:
    told = many.run("translate", "--dry-run", "--limit", "500", ACTES_LANG="fr")
    assert "avec cette limite, cette fois au plus 500 caractères ; coût : 0,01 €" in told.out
    assert "cette limite" not in many.run("translate", "--dry-run", "--limit", "99999").out
    assert not many.asked


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
@pytest.mark.parametrize("limit", [None, 950])
def test_progress_on_a_terminal_tells_of_all_that_is_left(many: Event, limit: int | None) -> None:
    options = [] if limit is None else ["--limit", str(limit)]
    shown = on_a_terminal(many, "translate", *options, columns=60)
    lines = [line for line in shown.split("\r\x1b[K") if "characters sent" in line]
    told = [[int(n.replace(",", "")) for n in re.findall(r"[\d,]+\d|\d", line)] for line in lines]
    left = [numbers[1] for numbers in told]
    assert len(left) > 1
    assert told[0][0] == 0, "told before the first answer"
    assert left == sorted(left, reverse=True), "what is left grows no more"
    assert {sent + rest for sent, rest, *_ in told} == {told[0][0] + told[0][1]}
    assert told[0][0] + told[0][1] <= (limit or 10**6)
    assert all(width(line) < 60 for line in lines), "a line that goes on below stays there"


def test_progress_is_silent_in_a_pipe(many: Event) -> None:
    told = many.run("translate")
    assert "\r" not in told.said
    assert "\x1b" not in told.said
    assert "to send" not in told.said


def on_a_terminal(event: Event, *arguments: str, columns: int) -> str:
    """What `actes` writes on a terminal of that width."""
    import pty

    ours, theirs = pty.openpty()
    environment = launch.environment(
        **{
            "ACTES_ENGINE_COMMAND": event.engine,
            machine.LOG: str(event.log),
            "COLUMNS": str(columns),
        }
    )
    process = subprocess.Popen(
        launch.command(*arguments, "-C", str(event.root)),
        stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # Linux says so when nobody writes any more
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    assert process.wait(60) == 0, said.decode()
    return said.decode()


ARGOS = {
    "__init__": "",
    "settings": "debug = False\n",
    "translate": """
class Model:
    def translate(self, text):
        return f"訳文：{text}"

class Language:
    def __init__(self, code):
        self.code = code

    def get_translation(self, to):
        return Model()

def get_installed_languages():
    return [Language("fr"), Language("ja")]
""",
}


@pytest.fixture
def argos(tmp_path: Path) -> str:
    """Where a module stands that has the interface of Argos Translate."""
    for name, content in ARGOS.items():
        put(tmp_path / f"modules/argostranslate/{name}.py", content)
    return os.pathsep.join([str(tmp_path / "modules"), str(REPOSITORY)])


def test_what_stays_on_this_computer_is_sent_to_nobody_and_costs_nothing(
    many: Event, argos: str
) -> None:
    here = {"PYTHONPATH": argos, "ACTES_LANG": "fr"}
    asked = "translate", "eco/texte-03", "--engine", "argos"
    told = many.run(*asked, "--dry-run", **here)
    assert "à traduire sur cet ordinateur par argos, sans rien envoyer" in told.out
    assert "coût" not in told.out, "the price is of the engine that event.yaml names"
    told = many.run(*asked, **here)
    assert told.out.split() == ["sources/eco/texte-03.ja.md"]
    assert "traduit sur cet ordinateur par argos, sans rien envoyer" in told.err
    assert "coût" not in told.err


def test_an_approved_match_is_offered_as_such_and_approves_nothing(tmp_path: Path) -> None:
    sentence = "La ville ouvre un marché de 40 étals."
    texts = {
        "eco/marche.fr.md": summary("Le marché", f"{sentence}\n\nElle le ferme le soir."),
        "eco/gare.fr.md": summary("La gare", f"{sentence}\n\nLe train arrive."),
    }
    event = Event(tmp_path, texts)
    event.run("translate", "eco/marche")
    event.edit(COUNTERPART, f"訳文：{sentence}", "市は40区画の市場を開く。")
    assert event.run("approve", f"{COUNTERPART}#1").code == 0
    event.run("translate", "eco/gare")
    station = event.read("sources/eco/gare.ja.md")
    offered, asked = station.split("<!-- ")[1:]
    assert offered.startswith("machine\n"), "nothing is approved by itself"
    assert "翻訳メモリーから使用" in offered
    assert COUNTERPART in offered
    assert offered.endswith("市は40区画の市場を開く。\n\n")
    assert "翻訳メモリ" not in asked
    assert event.run("translate").out == ""
    assert event.read("sources/eco/gare.ja.md") == station


def test_each_request_is_told_to_whoever_asks(many: Event) -> None:
    assert "request 1" not in many.run("translate", "eco/texte-01", "eco/texte-02").said
    told = many.run("translate", "--to", "ja", "-v", "eco/texte-03", ACTES_LANG="fr")
    line = (
        r"requête 1, fr → ja : [\d,]+ s – passages : 2, caractères : \d+, réponses utilisables : 2"
    )
    assert re.search(line, told.err)
    assert "part –" not in told.err
    told = many.run("translate", "-vv", ACTES_LANG="fr")
    begun, ended = re.findall(r"requête (\d), fr → ja : (part|[\d,]+ s)", told.err)[:2]
    assert (begun[0], ended[0]) == ("1", "1")
    assert begun[1] == "part"
    last = re.findall(r"requête (\d),", told.err)[-1]
    assert f"requêtes : {last} ;" in told.err, "numbered over the whole run"


FATAL = "status 400", "status 403", "no JSON", "another JSON", "a page", "a redirection", "cut"


@pytest.mark.parametrize("name", FATAL)
def test_no_canary_sings_however_much_is_told(tmp_path: Path, name: str) -> None:
    text = summary("Titre", TEXT)
    secret = summary("Secret", CONFIDENTIAL, confidential="true")
    with Server(answer=REPLIES[name]) as server:
        consent = (
            f"translation: {{engine: libretranslate, external_services: true, url: {server.url}}}\n"
        )
        event = Event(tmp_path, {"eco/a.fr.md": text, "eco/b.fr.md": secret}, consent)
        told = event.run(
            "translate", "-vv", LIBRETRANSLATE_API_KEY=KEY, LIBRETRANSLATE_URL=server.url
        )
        assert server.asked
    assert told.code == 1
    assert "request 1, fr → ja: failed after" in told.err
    assert not any(canary in told.said for canary in CANARIES)
    assert not any(b"CANARYSECRET" in asked.body for asked in server.asked)
    kept = b"".join(p.read_bytes() for p in (event.root / "build").rglob("*") if p.is_file())
    assert KEY.encode() not in kept
