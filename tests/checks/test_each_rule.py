"""Each rule by examples: what agrees, and what does not and under which name it is reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.model import QUESTIONS, Facts, Finding, Pair, Side
from pipeline.checks.rules.registry import findings
from tests.checks.mutation.register import DELEGATIONS

FACTS = Facts(DELEGATIONS, articles=12)


def found(fr: str, ja: str) -> tuple[Finding, ...]:
    return findings(Pair(Side(fr, "fr"), Side(ja, "ja"), FACTS))


AGREE = """
10 000 habitants | 1万人
1,5 million d’habitants | 人口150万人
2 milliards de yens | 20億円
12 M€ | 1200万ユーロ
350 k€ | 35万ユーロ
deux millions et demi de repas | 250万食
cinquante-quatre collectivités | 54自治体
soixante et onze sites | 71か所
quatre-vingt-dix-sept agents | 97人の職員
une vingtaine de villes | 約20都市
une vingtaine de villes | 二十余りの都市
plusieurs dizaines de jeunes | 数十人の若者
plus de 65 ans | 65歳以上
dans un délai de 30 jours | 30日以内に
un tiers des élèves | 児童の3分の1
sept habitants sur dix | 住民の7割
la moitié des cours | 授業の半数
les deux villes | 両市
19 + 35 = 54 | 19 + 35 = 54
le 21 novembre 2024 | 令和6年（2024年）11月21日
depuis 2008 | 平成20年（2008年）以来
le 1^er^ mai 2019 | 令和元年5月1日
jeudi 21 novembre 2024 | 2024年11月21日（木）
du 18 au 21 novembre 2024 | 2024年11月18日～21日
du 30 octobre au 2 novembre 2024 | 2024年10月30日から11月2日まで
entre novembre et mars | 11月から3月までの間
de 15 à 20 ans | 15年から20年
18 h 30 – 20 h | 18:30～20:00
à 18 h 30 | 午後6時半に
1,5 km de quais | 1500mの岸壁
+5 points | 5ポイント増
ODD 2, 11 et 12 | SDGs目標2、11及び12
la cible 11.4 | ターゲット11.4
8^es^ Rencontres | 第8回会議
la huitième édition | 第8回
article 3, a) | 第3条(1)
la ville de Valombre | ヴァロンブル市
le conseil départemental de la Basse-Orne | バス＝オルヌ県議会
M. MISUMI Kaoru, maire | 三隅薫市長
s’engagent à agir | 行動することを約束する
s’efforcent d’agir | 行動するよう努める
doivent agir | 行動しなければならない
ne crée aucune obligation | 義務を生じさせるものではない
tous les habitants | 全ての住民
notamment les jeunes | 特に若者
ne visent que les ports | 港のみを対象とする
Les 9^es^ Rencontres se tiendront à Cannes en 2026. | 第9回会議は令和8年（2026年）にカンヌ市において開催する。
« Bienvenue », a-t-elle dit. | 「ようこそ」と述べた。
le COVID-19, le CO~2~ et la salle A4 | COVID-19、CO~2~及びA4室
"""

DIFFER = """
check-magnitude | 10 000 habitants | 10万人
check-number | 10 000 habitants | 15万人
check-magnitude | 1,5 million d’habitants | 人口1500万人
check-magnitude | 12 M€ | 12億ユーロ
check-currency | 12 M€ | 1200万円
check-number | cinquante-quatre collectivités | 56自治体
check-number | trois écoles | 四つの学校
check-approximation | une vingtaine de villes | 20都市
check-approximation | 300 villes | 約300都市
check-approximation | plus de 300 villes | 300都市未満
check-sum | 17 + 35 = 51 | 17 + 35 = 51
check-sum | 17 villes françaises et 35 villes japonaises, soit 51 villes au total | フランスの17都市と日本の35都市、合わせて51都市
check-era | le 21 novembre 2024 | 令和6年（2025年）11月21日
check-era | le 1^er^ juin 2019 | 平成31年6月1日
check-era | le 30 avril 2019 | 令和元年4月30日
check-date-impossible | le 30 novembre 2024 | 2024年11月31日
check-date | le 21 novembre 2024 | 2024年11月12日
check-date-absent | le 21 novembre 2024, à midi | 正午に
check-weekday | jeudi 21 novembre 2024 | 2024年11月21日（水）
check-range | du 18 au 21 novembre 2024 | 2024年11月18日
check-range | de 15 à 20 ans | 20年
check-percent | +5 points | 5％増
check-unit | 12 hectares | 12キロメートル
check-goal | ODD 11 | SDGs目標12
check-goal | la cible 11.4 | ターゲット11.5
check-edition | 8^e^ atelier | 第8回会議
check-edition | 8^es^ Rencontres | 第9回会議
check-reference | article 3, a) | 第3条(2)
check-reference | article 14 | 第14条
check-name | la ville de Valombre | バロンブル市
check-name | la ville de Hinatake | 日向丘市
check-kind | la ville de Valombre | ヴァロンブル県
check-kind | le conseil départemental siège | 市議会が開かれる
check-person | Kaoru MISUMI, maire | 三隅薫市長
check-person | MISUMI Kaoru, maire | 薫三隅市長
check-person | MISUMI Kaoru, maire | 三隅薫市長氏
check-person | MISUMI Kaoru, maire | 三隅薫知事
check-host | Les 9^es^ Rencontres se tiendront à Cannes en 2026. | 第9回会議はカンヌ市において開催する。
check-host | Les 9^es^ Rencontres se tiendront à Cannes en 2026. | 第9回会議は令和8年（2026年）に開催する。
check-structure | Voir la note[^1]. | 注を参照。
check-modality | s’engagent à agir | 行動するよう努める
check-modality | peuvent agir | 行動しなければならない
check-negation | ne crée aucune obligation | 義務を生じさせる
check-scope | tous les habitants | 住民
check-scope | notamment les jeunes | 若者
check-scope | ne visent que les ports | 港を対象とする
check-typography | ≪ Bienvenue ≫ | 「ようこそ」
check-typography | La cooperation decentralisee | 自治体国際協力
check-typography | une oeuvre | 一つの作品
check-typography | Le port et la ville | 港，そして街。
check-typography | 12 ports et 3 villes | １２の港と3つの市
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().split("\n")]


@pytest.mark.parametrize(("fr", "ja"), rows(AGREE))
def test_what_says_the_same_raises_nothing(fr: str, ja: str) -> None:
    assert found(fr, ja) == ()


@pytest.mark.parametrize(("rule", "fr", "ja"), rows(DIFFER))
def test_what_differs_is_reported_under_its_name(rule: str, fr: str, ja: str) -> None:
    assert rule in {finding.rule for finding in found(fr, ja)}


@pytest.mark.parametrize(("rule", "fr", "ja"), rows(DIFFER))
def test_the_order_of_the_sides_does_not_matter(rule: str, fr: str, ja: str) -> None:
    turned = findings(Pair(Side(ja, "ja"), Side(fr, "fr"), FACTS))
    assert rule in {finding.rule for finding in turned}


def test_only_doubtful_rules_are_questions() -> None:
    weights = {rule: rule in QUESTIONS for rule, _fr, _ja in rows(DIFFER)}
    asked = {rule for rule, question in weights.items() if question}
    assert asked == {"check-modality", "check-negation", "check-scope", "check-typography"}


def test_a_list_is_compared_item_by_item() -> None:
    fr = "- Nantes : 40 %\n- Lyon : 60 %"
    rules = {f.rule for f in found(fr, "- ナント：60％\n- リヨン：40％")}
    assert rules == {"check-order"}
    assert found(fr, "- ナント：40％\n- リヨン：60％") == ()
    assert {f.rule for f in found(fr, "- ナント：40％")} >= {
        "check-structure",
        "check-number-absent",
    }


def test_a_party_that_is_missing_from_the_list_of_signatories() -> None:
    fr = "Signataires :\n\n- Ville de Valombre\n- Ville de Hinatake\n- Région Armoise"
    ja = "署名者：\n\n- ヴァロンブル市\n- 日向岳市\n- アルモワーズ地域圏"
    assert found(fr, ja) == ()
    assert "check-signatories" in {f.rule for f in found(fr, ja.replace("- 日向岳市\n", ""))}


def test_lines_of_both_sides_are_named() -> None:
    (finding,) = found("Un mot.\nIl y a 40 ports.", "一言。\n\n港は41ある。")
    assert (finding.rule, finding.at) == ("check-number", (1, 2))


def test_a_language_without_a_table_is_read_by_its_figures() -> None:
    def rules(de: str, ja: str) -> set[str]:
        return {f.rule for f in findings(Pair(Side(de, "de"), Side(ja, "ja")))}

    assert rules("Die Stadt hat 38.000 Einwohner.", "人口は3万8,000人である。") == set()
    assert rules("Die Stadt hat 38.000 Einwohner.", "人口は3万9,000人である。") == {"check-number"}


NATURAL = (Path(__file__).parent / "natural.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("fr", "ja"), rows(NATURAL.partition("\n")[2]))
def test_sentences_as_officials_write_them_raise_nothing(fr: str, ja: str) -> None:
    assert found(fr, ja) == ()


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_is_too_odd_to_be_compared(one: str, other: str) -> None:
    assert isinstance(found(one, other), tuple)


@given(
    st.text(alphabet="un de d'ODD8e第回条年月日時0123456789万億.,%€円-~ \n|*[]()`", max_size=120)
)
def test_a_text_agrees_with_itself(text: str) -> None:
    for language in ("fr", "ja"):
        side = Side(text, language)
        rules = {f.rule for f in findings(Pair(side, side))}
        alone = {"check-era", "check-date-impossible", "check-weekday", "check-sum", "check-person"}
        assert rules <= alone | {"check-typography"}


def test_a_segment_beyond_all_measure_is_said_and_not_read() -> None:
    (finding,) = found("1 " * 20_000, "1")
    assert finding.rule == "check-too-long"
