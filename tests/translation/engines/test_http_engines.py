"""The engines over HTTP, against servers on loopback that behave as the real ones do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipeline.translation.engines.deepl import DeepL
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.google import Google
from pipeline.translation.engines.keys import Secret
from pipeline.translation.engines.libretranslate import LibreTranslate, may_have_key
from pipeline.translation.engines.microsoft import Microsoft
from pipeline.translation.engines.mymemory import MyMemory
from pipeline.translation.engines.pace import Pace
from pipeline.translation.engines.protocol import Engine, EngineError, Failure, Request
from pipeline.translation.paid import Paid
from pipeline.translation.sending import send
from tests.support import servers
from tests.support.servers import CAPTCHA, PAGE, Reply, Server, in_json
from tests.translation.engines.scripted import jobs, sentences

Gate = Callable[[Engine], Gated]
KEY = "key-of-the-tests"
MAKERS: dict[str, tuple[type[Server], Callable[[Server], Engine]]] = {
    "google": (servers.Google, lambda server: Google(server.url)),
    "deepl": (servers.DeepL, lambda server: DeepL(Secret(KEY), address=server.url)),
    "libretranslate": (servers.LibreTranslate, lambda server: LibreTranslate(server.url)),
}
ENGINES = pytest.mark.parametrize("name", MAKERS)


def ask(
    engine: Engine,
    *texts: str,
    source: str = "fr",
    target: str = "ja",
    seconds: float = 5,
    **more: object,
) -> Sequence[str | None]:
    return engine.translate(Request(texts, source, target, **more), seconds)  # type: ignore[arg-type]


def failure(engine: Engine, *texts: str, **more: object) -> Failure:
    with pytest.raises(EngineError) as caught:
        ask(engine, *(texts or ("Un marché.",)), **more)  # type: ignore[arg-type]
    return caught.value.failure


# -- what they share ----------------------------------------------------------------------------


@ENGINES
def test_texts_come_back_translated_in_their_order(name: str, gated: Gate) -> None:
    server, make = MAKERS[name]
    with server() as running:
        sent = send(sentences(30), gated(make(running)))
    assert sent.answers == {job.id: servers.translated(job.text) for job in sentences(30)}


@ENGINES
@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(429, headers={"Retry-After": "7"}), Failure.BUSY),
        (Reply(500), Failure.SERVER),
        (Reply(503), Failure.SERVER),
        (Reply(404), Failure.ADDRESS),
        (Reply(302, headers={"Location": "http://198.51.100.1/"}), Failure.ADDRESS),
        (Reply(413), Failure.TOO_LONG),
        (Reply(403), Failure.KEY),
        (Reply(400), Failure.REFUSED),
        (Reply(200, b'{"translatedText": "par', cut=True), Failure.CUT),
        (Reply(200, b" " * 9_000_000), Failure.GARBAGE),
    ],
    ids=lambda value: value.status if isinstance(value, Reply) else str(value),
)
def test_every_way_to_fail_has_its_name(name: str, reply: Reply, expected: Failure) -> None:
    server, make = MAKERS[name]
    with server(reply) as running, pytest.raises(EngineError) as caught:
        ask(make(running), "Un marché.")
    assert caught.value.failure is expected
    assert caught.value.wait == (7.0 if reply.status == 429 else None)


@ENGINES
@pytest.mark.parametrize(
    "reply", [Reply(slow=30), Reply(body=b" " * 5000, drip=True)], ids=["slow", "drip"]
)
def test_a_slow_server_is_waited_for_no_longer_than_said(name: str, reply: Reply) -> None:
    server, make = MAKERS[name]
    with server(reply) as running:
        begun = time.monotonic()
        assert failure(make(running), seconds=0.3) is Failure.TIMEOUT
        assert time.monotonic() - begun < 5


@ENGINES
def test_a_server_that_is_not_there(name: str) -> None:
    server, make = MAKERS[name]
    with server() as running:
        engine = make(running)
    assert failure(engine) is Failure.UNREACHABLE


@pytest.mark.parametrize("name", ["deepl", "libretranslate"])
def test_a_page_instead_of_json_is_garbage(name: str) -> None:
    server, make = MAKERS[name]
    with server(PAGE) as running:
        assert failure(make(running)) is Failure.GARBAGE


@ENGINES
def test_a_server_that_dies_in_the_middle_loses_nothing_that_came(
    name: str, gated: Gate, pace: Pace, tmp_path: Path
) -> None:
    """And the next run asks for the rest only."""
    server, make = MAKERS[name]
    paid = Paid(tmp_path, tmp_path / "build/paid.db")
    wanted = sentences(60)
    with server() as running:
        running.dies_after = 1
        first = send(wanted, gated(make(running)), paid=paid, pace=pace)
    assert 0 < len(first.answers) < 60
    assert set(first.failures.values()) == {Failure.CUT}
    with server() as running:
        second = send(wanted, gated(make(running)), paid=paid, pace=pace)
    assert len(second.answers) == 60
    assert second.characters == sum(len(job.text) for job in wanted if job.id not in first.answers)


# -- google -------------------------------------------------------------------------------------


def test_google_keeps_words_apart_when_the_page_marks_them_up() -> None:
    with servers.Google(
        servers.Google.page("un <b>gras</b> &lt;x1&gt;<br>deux &amp; trois")
    ) as server:
        assert ask(Google(server.url), "a") == ["un gras <x1> deux & trois"]


def test_google_does_not_know_a_captcha_for_a_translation() -> None:
    with servers.Google(CAPTCHA) as server:
        assert failure(Google(server.url)) is Failure.BUSY


def test_google_is_sent_long_texts_in_parts_that_its_url_bears(gated: Gate) -> None:
    text = "市場は週に二回、大広場で開かれる。" * 300
    with servers.Google() as server:
        sent = send(jobs(text), gated(Google(server.url)))
    assert len(server.asked) > 1
    assert sent.answers["1"].replace("訳：", "") == text


def test_google_says_none_for_an_echo_without_letters() -> None:
    with servers.Google(servers.Google.page("---")) as server:
        assert ask(Google(server.url), "---") == [None]


@pytest.mark.parametrize(
    ("tag", "sent"),
    [("fr-FR", "fr"), ("zh-Hans", "zh-CN"), ("zh-Hant", "zh-TW"), ("pt-BR", "pt"), ("he", "iw")],
)
def test_google_is_told_languages_as_it_calls_them(tag: str, sent: str) -> None:
    with servers.Google() as server:
        ask(Google(server.url), "市場", source="ja", target=tag)
    assert server.asked[0].query["tl"] == [sent]


def test_google_does_not_mix_up_texts_of_several_threads(gated: Gate) -> None:
    with servers.Google() as server:
        sent = send(sentences(200), gated(Google(server.url)))
    assert sent.answers == {job.id: servers.translated(job.text) for job in sentences(200)}


def test_google_knows_no_language_of_that_name() -> None:
    with servers.Google() as server:
        assert failure(Google(server.url), target="tlh") is Failure.LANGUAGE
    assert server.asked == []


# -- deepl --------------------------------------------------------------------------------------


def deepl(server: Server, **more: str) -> DeepL:
    return DeepL(Secret(KEY), address=server.url, **more)


def test_deepl_has_the_key_in_the_header_and_all_wishes_in_the_body() -> None:
    with servers.DeepL() as server:
        answers = ask(deepl(server, formality="more"), "Un <x1>marché</x1>.", context="La place.")
    asked = server.asked[0]
    assert answers == ["訳：Un <x1>marché</x1>."]
    assert KEY not in asked.path + str(asked.query) + asked.body.decode()
    assert asked.json == {
        "text": ["Un <x1>marché</x1>."], "source_lang": "FR", "target_lang": "JA",
        "context": "La place.", "formality": "prefer_more", "tag_handling": "xml",
        "outline_detection": False, "split_sentences": "nonewlines", "preserve_formatting": True,
        "show_billed_characters": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "source", "target"),
    [
        ("en", "EN", "EN-GB"),
        ("pt-BR", "PT", "PT-BR"),
        ("zh-Hant", "ZH", "ZH-HANT"),
        ("fr-FR", "FR", "FR"),
    ],
)
def test_deepl_is_told_languages_as_it_calls_them(tag: str, source: str, target: str) -> None:
    with servers.DeepL() as server:
        ask(deepl(server), "市場", source="ja", target=tag)
        ask(deepl(server), "marché", source=tag, target="ja")
    assert server.asked[0].json["target_lang"] == target
    assert server.asked[1].json["source_lang"] == source


def test_deepl_makes_a_glossary_once_and_finds_it_again() -> None:
    terms = (("jumelage", "姉妹都市"), ("ODD", "SDGs"))
    with servers.DeepL() as server:
        for engine in (deepl(server), deepl(server)):
            for text in ("Un jumelage.", "Des ODD."):
                ask(engine, text, terms=terms)
        made = [
            asked
            for asked in server.asked
            if asked.path == "/v2/glossaries" and asked.method == "POST"
        ]
        assert len(made) == 1
        assert made[0].json["entries"] == "jumelage\t姉妹都市\nODD\tSDGs"
        assert {
            asked.json["glossary_id"] for asked in server.asked if "translate" in asked.path
        } == set(server.glossaries)
        ask(deepl(server), "Un jumelage.", terms=terms[:1])
        assert len(server.glossaries) == 1, "an older one of the pair makes room"


def test_deepl_translates_without_glossary_where_none_can_be_kept() -> None:
    with servers.DeepL(glossaries=0) as server:
        assert ask(deepl(server), "Un jumelage.", terms=(("jumelage", "姉妹都市"),)) == [
            "訳：Un jumelage."
        ]
    assert "glossary_id" not in server.asked[-1].json


def test_deepl_sends_no_text_once_the_time_of_its_request_is_over() -> None:
    """It is no longer waited for: the text is asked for again, and would be paid for twice."""
    terms = (("jumelage", "姉妹都市"),)
    listed, made = in_json({"glossaries": []}, slow=0.6), Reply(400, slow=0.6)
    with servers.DeepL(listed, made) as server:
        assert failure(deepl(server), "Un jumelage.", terms=terms, seconds=1) is Failure.TIMEOUT
    assert {asked.path for asked in server.asked} == {"/v2/glossaries"}


def test_deepl_waits_for_a_glossary_no_longer_than_said() -> None:
    """One request prepares the glossary, the other waits for it."""
    terms = (("jumelage", "姉妹都市"),)
    with servers.DeepL(in_json({"glossaries": []}, slow=1.5)) as server:
        engine = deepl(server)
        first = threading.Thread(target=ask, args=(engine, "Un."), kwargs={"terms": terms})
        first.start()
        while not server.asked:
            time.sleep(0.01)
        assert failure(engine, "Deux.", terms=terms, seconds=0.3) is Failure.TIMEOUT
        first.join()
    assert [a.json["text"] for a in server.asked if "translate" in a.path] == [["Un."]]


def test_deepl_names_quota_and_key_and_languages() -> None:
    with servers.DeepL(Reply(456)) as server:
        assert failure(deepl(server)) is Failure.QUOTA
    with servers.DeepL(key="another") as server:
        assert failure(deepl(server)) is Failure.KEY
    with servers.DeepL() as server:
        assert failure(deepl(server), target="xx") is Failure.LANGUAGE


def test_deepl_of_the_free_kind_is_free_and_elsewhere() -> None:
    free, paid = DeepL(Secret("abc:fx")).traits, DeepL(Secret("abc")).traits
    assert (free.to, free.price) == ("api-free.deepl.com", 0.0)
    assert (paid.to, paid.price) == ("api.deepl.com", 20.0)


# -- libretranslate -----------------------------------------------------------------------------


@pytest.mark.parametrize("tail", ["", "/", "/translate"])
def test_libretranslate_gets_an_array_in_json(tail: str) -> None:
    with servers.LibreTranslate() as server:
        answers = ask(LibreTranslate(server.url + tail), "Un.", "Deux.", source="fr-FR")
    assert answers == ["訳：Un.", "訳：Deux."]
    assert server.asked[0].path == "/translate"
    assert server.asked[0].json == {
        "q": ["Un.", "Deux."],
        "source": "fr",
        "target": "ja",
        "format": "text",
    }


def test_libretranslate_gives_its_key_in_the_body_only() -> None:
    with servers.LibreTranslate(key=KEY) as server:
        assert ask(LibreTranslate(server.url, Secret(KEY)), "Un.") == ["訳：Un."]
        assert failure(LibreTranslate(server.url)) is Failure.KEY
    assert KEY not in server.asked[0].path + str(server.asked[0].query) + str(
        server.asked[0].headers
    )


def test_libretranslate_at_a_wrong_address() -> None:
    with servers.LibreTranslate() as server:
        assert failure(LibreTranslate(server.url + "/wiki")) is Failure.GARBAGE
        assert failure(LibreTranslate(server.url), target="xx") is Failure.LANGUAGE


@pytest.mark.parametrize(
    "answer", [{"translatedText": "市場"}, {"translatedText": None}, [], "x", {}]
)
def test_libretranslate_answers_in_another_shape(answer: object) -> None:
    with servers.LibreTranslate(in_json(answer)) as server:
        assert failure(LibreTranslate(server.url)) is Failure.GARBAGE


@pytest.mark.parametrize(
    ("url", "trusted", "may"),
    [
        ("https://libretranslate.com", "", True),
        ("http://libretranslate.com", "", False),
        ("https://libretranslate.com.evil.example", "", False),
        ("https://libretranslate.com:444", "", False),
        ("https://mine.example/api", "https://mine.example", True),
        ("http://mine.example", "http://mine.example", False),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000", True),
        ("http://127.0.0.1:5000", "", False),
        ("https://evil.example", "https://mine.example", False),
    ],
)
def test_a_key_goes_only_where_the_organiser_said(url: str, trusted: str, may: bool) -> None:
    assert may_have_key(url, trusted) is may


# -- microsoft and mymemory ---------------------------------------------------------------------


def test_microsoft_has_key_and_region_in_the_header() -> None:
    reply = in_json([{"translations": [{"text": "市場 &amp; <x1>広場</x1>", "to": "ja"}]}])
    with Server(reply) as server:
        engine = Microsoft(Secret(KEY), "francecentral", server.address + "/translate")
        assert ask(engine, "marché &amp; <x1>place</x1>") == ["市場 &amp; <x1>広場</x1>"]
    asked = server.asked[0]
    assert asked.headers["ocp-apim-subscription-key"] == KEY
    assert asked.headers["ocp-apim-subscription-region"] == "francecentral"
    assert asked.query == {
        "api-version": ["3.0"],
        "from": ["fr"],
        "to": ["ja"],
        "textType": ["html"],
    }
    assert asked.json == [{"text": "marché &amp; <x1>place</x1>"}]


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [(401, 401000, Failure.KEY), (403, 403001, Failure.QUOTA), (400, 400036, Failure.LANGUAGE),
     (429, 429001, Failure.BUSY), (400, 400077, Failure.REFUSED), (200, 1, Failure.GARBAGE)],
)  # fmt: skip
def test_microsoft_names_its_errors(status: int, code: int, expected: Failure) -> None:
    with Server(in_json({"error": {"code": code, "message": "…"}}, status)) as server:
        assert failure(Microsoft(Secret(KEY), "", server.address)) is expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [(Reply(body=b"[" * 900, cut=True), Failure.CUT), (Reply(slow=30), Failure.TIMEOUT)],
    ids=["cut", "slow"],
)
def test_microsoft_s_library_neither_hides_nor_prints_what_became_of_a_request(
    reply: Reply, expected: Failure, caplog: pytest.LogCaptureFixture
) -> None:
    with Server(reply) as server:
        assert failure(Microsoft(Secret(KEY), "", server.address), seconds=1) is expected
    assert caplog.records == []


def memory_reply(text: str, status: object = 200) -> Reply:
    return in_json(
        {"responseData": {"translatedText": text}, "responseStatus": status, "matches": []}
    )


def test_mymemory_wants_regions_and_takes_an_address_of_the_organiser() -> None:
    with Server(memory_reply("市場。")) as server:
        assert ask(MyMemory("nous@example.org", server.address), "Un marché.") == ["市場。"]
    assert server.asked[0].query == {
        "langpair": ["fr-FR|ja-JP"], "q": ["Un marché."], "de": ["nous@example.org"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "expected"),
    [(429, Failure.QUOTA), ("403", Failure.LANGUAGE), (500, Failure.REFUSED)],
)
def test_mymemory_hides_its_status_in_the_json(status: object, expected: Failure) -> None:
    with Server(memory_reply("", status)) as server:
        assert failure(MyMemory("", server.address)) is expected


def test_mymemory_returns_its_warning_as_a_translation_and_is_stopped(gated: Gate) -> None:
    warning = "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY."
    with Server(answer=lambda _asked: memory_reply(warning)) as server:
        sent = send(sentences(50), gated(MyMemory("", server.address)))
    assert sent.answers == {}
    assert len(server.asked) <= 4
    assert {problem.rule for problem in sent.problems} == {
        "engine-failed-quota",
        "engine-ended-refused",
    }


def test_mymemory_is_sent_no_more_than_500_bytes(gated: Gate) -> None:
    text = "市場は週に二回、大広場で開かれる。" * 20

    def answer(asked: servers.Asked) -> Reply:
        return memory_reply(asked.query["q"][0].replace("市場", "広い市場"))

    with Server(answer=answer) as server:
        send([*jobs(text)], gated(MyMemory("", server.address)))
    assert all(len(asked.query["q"][0].encode()) <= 500 for asked in server.asked)
    assert len(server.asked) > 1


def test_mymemory_is_spoken_to_under_encryption() -> None:
    assert MyMemory()._address.startswith("https://")
