"""What two nearly equal sentences may not differ in, and what they may."""

from __future__ import annotations

import pytest

from pipeline.translation.memory.guards import differences
from pipeline.translation.memory.score import GUARDED, REUSE, scores

FRENCH = (
    ("La ville approuve le projet.", "La ville n’approuve pas le projet."),
    ("La ville approuve le projet.", "La ville désapprouve le projet."),
    ("Il est possible de venir en train.", "Il est impossible de venir en train."),
    ("Le budget est suffisant.", "Le budget est insuffisant."),
    ("Les villes sont d’accord.", "Les villes sont en désaccord."),
    ("La mairie confirme la date.", "La mairie infirme la date."),
    ("Le nord de la ville a été inondé.", "Le sud de la ville a été inondé."),
    ("La ville importe du riz.", "La ville exporte du riz."),
    ("Le Japon aide la France.", "La France aide le Japon."),
    ("Les villes participantes signent.", "Les villes non participantes signent."),
)
JAPANESE = (
    ("市は計画を承認した。", "市は計画を承認しなかった。"),
    ("市は計画を認める。", "市は計画を認めない。"),
    ("参加できる。", "参加できません。"),
    ("予算は十分である。", "予算は不十分である。"),
    ("計画は合法である。", "計画は違法である。"),
    ("市は支援を続ける。", "市は支援をやめる。"),
    ("日本がフランスを支援する。", "フランスが日本を支援する。"),
    ("町は米を輸入する。", "町は米を輸出する。"),
    ("計画は成功した。", "計画は失敗した。"),
    ("負担を最大にする。", "負担を最小にする。"),
    ("右岸が浸水した。", "左岸が浸水した。"),
    ("満たさぬ場合", "満たす場合"),
)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [*(("fr", *pair) for pair in FRENCH), *(("ja", *pair) for pair in JAPANESE)],
)
def test_what_turns_the_meaning_round_makes_a_match_unusable(
    language: str, one: str, other: str
) -> None:
    assert differences(one, other, language) == ("sense",)
    for asked, there in ((one, other), (other, one)):
        found = scores(asked, {"it": there}, language, 0.0)
        assert [match.score <= GUARDED < REUSE for match in found] == [True]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "La ville a ouvert le marché couvert.", "La ville a ouvert le marché aux fleurs."),
        (
            "fr",
            "Les habitants ont accueilli la délégation.",
            "Les habitants ont reçu la délégation.",
        ),
        ("ja", "市は花の市場を開いた。", "市は野菜の市場を開いた。"),
        ("ja", "住民は代表団を迎えた。", "住民は代表団を歓迎した。"),
        ("fr", "L’atelier est  ouvert.", "L'atelier est ouvert."),
    ],
)
def test_other_words_are_a_matter_of_likeness(language: str, one: str, other: str) -> None:
    assert differences(one, other, language) == ()
