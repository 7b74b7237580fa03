"""Pretranslation as its users live it: translate, edit, change the source, approve, build."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from pathlib import Path

import pytest

from tests.events.pretranslation import BODY, CONSENT, COUNTERPART, ORIGINAL, Event
from tests.support.workspace import put, summary


def market(folder: Path, consent: str = CONSENT, **metadata: str) -> Event:
    """An event with one text."""
    text = summary("Le marché", BODY, **metadata)
    return Event(folder, {"eco/marche.fr.md": text}, consent)


@pytest.fixture
def event(tmp_path: Path) -> Event:
    return market(tmp_path)


def test_the_whole_cycle(event: Event) -> None:
    first = event.run("translate")
    assert first.code == 0, first.said
    assert COUNTERPART in first.out
    text = event.read()
    assert "訳文：La ville ouvre un marché de 40 étals[^1]." in text
    assert "- 訳文：Les **transports** restent chers." in text
    assert "[^1]: 訳文：Voir le [site](https://exemple.fr/marche)." in text
    assert text.count("<!-- machine\n") == 4

    event.edit(
        COUNTERPART,
        "訳文：La ville ouvre un marché de 40 étals[^1].",
        "市は40区画の市場を開く[^1]。",
    )
    event.approve("## Ouverture")
    event.edit(ORIGINAL, "40 étals", "45 étals")
    event.edit(ORIGINAL, "restent chers", "baissent")
    sent = len(event.asked)
    second = event.run("translate")
    assert second.code == 0, second.said
    assert len(event.asked) == sent + 2, "only the changed units are sent"
    text = event.words_shown()
    assert "市は40区画の市場を開く[^1]。" in text, "a person's words stay"
    assert "now: |\n  La ville ouvre un marché de 45 étals[^1].\nproposal: |\n  訳文：" in text
    assert "<!-- reviewed\nsource: |\n  ## Ouverture" in text
    assert "- 訳文：Les **transports** baissent." in text

    refused = event.run("build", "--final", "proceedings-ja")
    assert refused.code == 4
    assert "blocked-segment" in refused.err

    event.edit(COUNTERPART, "市は40区画", "市は45区画")
    approved = event.run("approve", COUNTERPART)
    assert approved.code == 0, approved.said
    status = json.loads(event.run("status", "--json").out)
    assert status, "the state of the event is told"
    final = event.run("build", "--final", "proceedings-ja")
    assert final.code == 0, final.said


def test_nothing_changed_sends_and_writes_nothing(event: Event) -> None:
    event.run("translate")
    before, sent = event.read(), len(event.asked)
    times = (event.root / COUNTERPART).stat().st_mtime_ns
    again = event.run("translate")
    assert again.code == 0
    assert "up to date" in again.err
    assert (event.read(), len(event.asked)) == (before, sent)
    assert (event.root / COUNTERPART).stat().st_mtime_ns == times


def test_no_unit_is_paid_for_twice_when_the_counterpart_is_lost(event: Event) -> None:
    event.run("translate")
    text, sent = event.read(), len(event.asked)
    (event.root / COUNTERPART).unlink()
    assert event.run("translate").code == 0
    assert event.read() == text
    assert len(event.asked) == sent


def test_retranslate_replaces_only_what_nobody_touched(event: Event, tmp_path: Path) -> None:
    event.run("translate")
    event.edit(COUNTERPART, "訳文：La ville ouvre", "市が開く：La ville ouvre")
    event.approve("## Ouverture")
    better = put(
        tmp_path / "better.json", json.dumps({"Voir le ZQ1X site ZQ2X.": "参照：ZQ1Xサイト ZQ2X"})
    )
    other = f"{event.engine} {better}"  # another program: what the first one said is not its answer
    told = event.run("translate", "--retranslate-machine", ACTES_ENGINE_COMMAND=other)
    assert told.code == 0, told.said
    text = event.words_shown()
    assert "市が開く：La ville ouvre un marché de 40 étals[^1]." in text
    assert "<!-- reviewed\nsource: |\n  ## Ouverture" in text
    assert "[^1]: 参照：[サイト](https://exemple.fr/marche)" in text
    assert "Ouverture" not in event.asked[len(event.asked) // 2 :], "approved: not asked again"


def test_answers_paid_again_are_not_said_to_be_nothing(event: Event) -> None:
    event.run("translate")
    text = event.read()
    (event.root / "build/cache/paid.sqlite").unlink()
    told = event.run("translate", "--retranslate-machine", ACTES_LANG="fr")
    assert event.read() == text
    assert "les réponses sont les mêmes" in told.err
    assert "rien n’a été envoyé" not in told.err


def test_what_a_machine_said_before_waits_for_nothing_while_it_is_asked_again(event: Event) -> None:
    event.run("translate")
    (event.root / "build/cache/paid.sqlite").unlink()
    told = event.run("translate", "--retranslate-machine", "--limit", "0", ACTES_LANG="fr")
    assert "la limite de 0 caractères est atteinte" in told.err
    assert "attendent encore" not in told.err


def test_a_translation_whose_original_is_gone_is_named_with_what_to_do(event: Event) -> None:
    event.run("translate")
    text = event.read()
    (event.root / ORIGINAL).rename(event.root / "sources/eco/ailleurs.fr.md")
    told = event.run("translate", ACTES_LANG="fr")
    assert told.code == 1
    assert "marche.ja.md: cette traduction dit traduire « marche.fr.md »" in told.err
    assert "remettez « marche.fr.md » dans ce dossier" in told.err
    assert event.read() == text


def test_a_dry_run_sends_and_writes_nothing(tmp_path: Path) -> None:
    event = market(tmp_path, CONSENT.replace("}", ", price: 987}"))
    told = event.run("translate", "--dry-run", ACTES_LANG="fr")
    assert told.code == 0
    characters, cost = re.findall(r"caractères : (\d+),.* coût : (.+) €", told.out)[0]
    euros = f"{int(characters) * 0.000987:,.2f}"  # as the English write it
    assert cost == euros.replace(",", "\u202f").replace(".", ",")
    assert not event.asked
    assert not (event.root / COUNTERPART).exists()


def test_a_limit_is_kept_and_the_next_run_asks_only_for_the_rest(event: Event) -> None:
    event.run("translate", "--limit", "60")
    sent = event.asked
    assert sum(map(len, sent)) <= 60
    assert event.run("translate").code == 0
    assert len(event.asked) == len(set(event.asked))
    assert "<!-- missing" not in event.read()


def test_only_what_is_named_is_translated(tmp_path: Path) -> None:
    texts = {
        "eco/marche.fr.md": summary("Le marché", "La ville ouvre un marché."),
        "eco/gare.fr.md": summary("La gare", "Le train arrive."),
        "eco/ichiba.ja.md": summary("市場", "市場は夜に開く。"),
    }
    event = Event(tmp_path, texts)
    assert event.run("translate", "eco/marche").out.split() == ["sources/eco/marche.ja.md"]
    assert event.run("translate", "--to", "fr").out.split() == ["sources/eco/ichiba.fr.md"]
    assert not any("train" in text for text in event.asked)
    assert event.run("translate").out.split() == ["sources/eco/gare.ja.md"]


@pytest.mark.parametrize("arguments", [("eco/marhe",), ("--to", "de"), ("--engine", "gogle")])
def test_what_is_not_known_is_said_and_nothing_done(event: Event, arguments: tuple[str]) -> None:
    told = event.run("translate", *arguments)
    assert told.code in (2, 4), told.said
    assert not event.asked
    assert not (event.root / COUNTERPART).exists()


@pytest.mark.parametrize("consent", ["", "translation: {engine: command}\n",
                                     "translation: {engine: google, external_services: true}\n"])  # fmt: skip
def test_without_consent_nothing_is_sent_or_written(tmp_path: Path, consent: str) -> None:
    event = market(tmp_path, consent)
    refused = event.run("translate", "--engine", "command")
    assert refused.code == 4, refused.said
    assert not event.asked
    assert not (event.root / COUNTERPART).exists()


def test_a_confidential_text_never_leaves(tmp_path: Path) -> None:
    event = market(tmp_path, confidential="true")
    assert (
        "confidential passages, which will not be sent: 7"
        in event.run("translate", "--dry-run").out
    )
    told = event.run("translate")
    assert not event.asked
    assert "engine-confidential" in told.err
    assert event.read().count("<!-- missing") == 4
    assert "marché" not in told.said
    kept = b"".join(p.read_bytes() for p in (event.root / "build").rglob("*") if p.is_file())
    assert b"La ville ouvre" not in kept


def test_what_only_the_translation_calls_confidential_never_leaves_either(event: Event) -> None:
    event.run("translate")
    sent = len(event.asked)
    event.edit(COUNTERPART, "---\ntitle:", "---\nconfidential: true\ntitle:")
    event.edit(ORIGINAL, "La ville ouvre", "La ville CANARI ouvre")
    told = event.run("translate", ACTES_LANG="fr")
    assert len(event.asked) == sent
    assert "tenus pour confidentiels [confidential-misplaced]" in told.err
    assert "écrivez-le dans l’en-tête de l’original" in told.err
    assert "CANARI" not in told.said
    kept = b"".join(p.read_bytes() for p in (event.root / "build").rglob("*") if p.is_file())
    assert b"CANARI" not in kept
    event.run("memory", "export", "--state", "machine")
    assert "marché" not in event.read("build/memory.tmx")


def test_a_merge_conflict_leaves_the_file_alone(event: Event) -> None:
    event.run("translate")
    event.edit(COUNTERPART, "訳文：La ville", "<<<<<<< HEAD\n訳文：La ville")
    event.edit(COUNTERPART, "étals[^1].\n\n", "étals[^1].\n=======\n市。\n>>>>>>> autre\n\n")
    event.edit(ORIGINAL, "40 étals", "45 étals")
    before = event.read()
    told = event.run("translate")
    assert told.code == 1
    assert "merge-conflict" in told.err
    assert event.read() == before


def test_of_two_runs_at_once_one_says_that_it_is_busy(event: Event) -> None:
    answering = event.log.with_name("answering")
    event.meanwhile(until=str(answering))
    first = event.start("translate")
    _until_asked(event)
    second = event.run("translate")
    answering.touch()
    assert second.code == 5, second.said
    assert "workspace-busy" in second.err
    assert first.wait(60) == 0, event.started.read_text("utf-8")
    assert len(event.asked) == len(set(event.asked))
    assert event.run("translate").err.startswith("everything is up to date")


def test_interrupted(event: Event) -> None:
    """Ctrl-C ends the run and the program it had started; the next one goes on."""
    event.meanwhile(slow=30)
    process = event.start("translate")
    _until_asked(event)
    process.signal(signal.SIGINT)
    code = process.wait(20)
    said = event.started.read_text("utf-8")
    assert code == 130, said
    assert "Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.kill(event.notes[0]["request"], 0)
    assert not (event.root / COUNTERPART).exists()
    event.meanwhile()
    assert event.run("translate").code == 0
    assert "<!-- missing" not in event.read()
    assert not event.strays()


def _until_asked(event: Event) -> None:
    """Wait until the engine is at work."""
    end = time.monotonic() + 30
    while not event.asked:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_status_tells_what_a_final_build_refuses_in_the_declaration_too(tmp_path: Path) -> None:
    texts = {
        "eco/marche.fr.md": summary("Le marché", BODY),
        # Left to do: the others still count.
        "eco/ichiba.ja.md": summary("市場", "市場は夜に開く。"),
        "declaration/declaration.fr.md": "---\ntitle: '[Titre]'\n---\n\n## Préambule {#preambule}\n",
        "declaration/declaration.ja.md": "---\ntitle: 宣言\n---\n\n## 前文 {#preambule}\n",
    }
    event = Event(tmp_path, texts)
    event.run("translate", "--to", "ja")
    event.run("approve", COUNTERPART)
    blocking = json.loads(event.run("status", "--json").out)["blocking"]
    refused = event.run("build", "--final", "proceedings-ja")
    assert refused.code == 4
    assert (
        "sources/declaration/declaration.fr.md:2:1: this still waits to be filled in" in refused.err
    )
    assert [(p["rule"], p["file"], p["line"]) for p in blocking[""]] == [
        ("blocked-placeholder", "sources/declaration/declaration.fr.md", 2)
    ]
    put(event.root / "sources/declaration/declaration.fr.md", "---\ntitle: [Titre\n---\n\nMots.\n")
    assert event.run("status").code == 0, "a head that cannot be read stops nothing else"


def test_the_memory_knows_what_stands_in_texts_that_nobody_changed(tmp_path: Path) -> None:
    """However they wrap and quote it; and the translation that a person wrote, not the machine's."""
    texts = {
        "eco/marche.fr.md": summary("Le marché", "> La ville ouvre\n> un marché\u00a0: le sien."),
        "eco/gare.fr.md": summary("La gare", "Le train arrive."),
    }
    event = Event(tmp_path, texts)
    event.run("translate")
    event.edit(COUNTERPART, "訳文：La ville ouvre un marché\u00a0: le sien.", "市は市場を開く。")
    event.run("translate")
    more = "Le train arrive.\n\nLa ville ouvre un marché : le sien."
    event.edit("sources/eco/gare.fr.md", "Le train arrive.", more)
    told = event.run("translate")
    assert told.code == 0, told.said
    assert "\n-->\n市は市場を開く。\n" in event.read("sources/eco/gare.ja.md")
    assert sum("marché" in asked for asked in event.asked) == 2, "the title and the paragraph, once"
