"""Captions of pictures and tables told from sentences that begin with the same words."""

from __future__ import annotations

import pytest

from pipeline.drafts.plaintext.captions import table_label
from pipeline.drafts.plaintext.repair import repair_plain_text

CAPTIONS = {
    "fr": """Figure 2 – Les halles le soir
        Figure 2 : les halles le soir.
        Figure 2. Les halles
        Fig. 2 La halle couverte
        Figure 2
        figure n° 3 : vue du port
        Figure 2 les halles de Valbourg
        Figures 2 et 3 : les halles
        Photo 1 (à gauche) : la halle
        Photo : mairie de Valbourg
        Graphique 2 Évolution des ventes entre 2010 et 2020
        Carte 1 - Les circuits courts
        Figure 2 « Les halles »
        Schéma 1.2 : l’eau de pluie
        (Figure 2 : les halles)""",
    "ja": """図1　夜の市場
        図1：来場者数の推移。2010年以降増えている。
        図１ 夜の市場には多くの人が訪れた。
        図1 まちづくりの流れ
        図1夜の市場
        図－1　断面
        図2-1 平面
        写真①　会場の様子（筆者撮影）
        写真1（左）　夜の市場
        図1「夜の市場」
        【図1】夜の市場
        ［図1　夜の市場］
        図1・2　夜と昼
        写真：港町市提供
        Fig.1　夜の市場""",
    "en": """Figure 2. The market at night
        Fig. 2: market halls
        Figure 2 The market
        Figure 2a – Stalls
        [Figure 2 – The halls]
        FIGURE 2 THE MARKET""",
    "de": """Abbildung 2: Der Markt
        Abb. 2 Markthalle bei Nacht
        Bild 1 – Vorlage""",
    "es": """Figura 2. La lonja
        Gráfico 1: ventas
        Imagen 3 El mercado""",
    "it": """Figura 2 – Il mercato
        Foto 1: il porto
        Grafico 2. Le vendite""",
    "ko": """그림 2. 야시장
        그림 2 야시장 풍경
        <그림 2> 야시장
        사진 1: 시장""",
    "zh-Hans": """图2 夜市
        图2：夜市的人流
        图1夜市
        照片1　夜市""",
}
SENTENCES = {
    "fr": """Figure 2 montre que la halle est ouverte.
        Figure 2, la part du bio augmente.
        Figures 2 et 3 montrent les halles.
        Figure 2 et tableau 3 montrent les halles.
        Figure 2 (ci-dessus) montre la halle.
        Figure 2 – voir annexe – montre que la part augmente.
        Figure 2 a été refaite par la ville.
        Photo 2010 de la mairie, prise le matin.
        Image 3D de la halle, faite par la ville.
        Cartes postales et affiches ont été vendues.""",
    "ja": """図1によると、来場者は300人である。
        図1は、夜の市場の平面を示す。
        図1 は夜の市場である。
        図1　に示すように、来場者は増えた。
        図1（左）は平面である。
        図1と図2を比べると、差は明らかである。
        図1・図2に示すとおりである。
        図1、図2に示すとおりである。
        図1では、来場者が増えている。
        図1の通り、来場者は増えた。
        図1左側の棒は、来場者の数を示している。
        図1参照
        写真3枚を添付する。
        図1-3に示す。""",
    "en": """Figure 2 shows the halls.
        Figure 2 and Figure 3 show the halls.
        Figure 2 (above) shows the halls.
        Figure 2, which was redrawn, shows the halls.
        Figure 2 is new.""",
    "de": """Abbildung 2 zeigt, dass der Markt wächst.
        Bild 1 und Bild 2 zeigen den Markt.""",
    "es": """Figura 2 muestra el mercado.
        Imagen 3, a la izquierda, es nueva.""",
    "it": """Figura 2 mostra il mercato.
        Foto 1 e foto 2 sono del porto.""",
    "ko": """그림 2는 야시장이다.
        그림 2에서 보듯이 손님이 늘었다.
        그림 2 에서는 손님이 늘었다.
        사진 3장을 첨부한다.""",
    "zh-Hans": """图2显示夜市的人流。
        图2 显示了夜市的人流。
        图1为夜市。
        图1和图2说明了人流。
        图2中可以看到夜市。""",
}


def lines(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(tag, line.strip()) for tag, text in table.items() for line in text.splitlines()]


def pictures_missed(language: str, line: str) -> int:
    """How many pictures a pasted text is said to lack that has ``line`` among its paragraphs."""
    ends = {"ja": "市場は夜に開く。", "zh": "夜市很晚。", "ko": "시장은 밤에 연다."}
    other = ends.get(language[:2], "La ville est là.")
    done = repair_plain_text(f"{other}\n\n{line}\n\n{other}\n", language)
    assert line[:3] in done.body.replace("\\", "")
    return sum(doubt.rule == "picture-missing" for doubt in done.doubts)


@pytest.mark.parametrize(("language", "line"), lines(CAPTIONS))
def test_a_caption_without_its_picture_is_said(language: str, line: str) -> None:
    assert pictures_missed(language, line) == 1


@pytest.mark.parametrize(("language", "line"), lines(SENTENCES))
def test_a_sentence_that_begins_with_a_figure_lacks_no_picture(language: str, line: str) -> None:
    assert pictures_missed(language, line) == 0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Tableau 1 – Les prix", "Les prix"),
        ("Tableau 2 : les prix", "les prix"),
        ("Table 3: Prices", "Prices"),
        ("Table 3 Prices of the day", "Prices of the day"),
        ("表1　来場者", "来場者"),
        ("表－2　来場者", "来場者"),
        ("【表1】来場者", "来場者"),
        ("Tabelle 1. Preise", "Preise"),
        ("Tabla 1: precios", "precios"),
        ("표 1. 가격", "가격"),
        ("表2：价格", "价格"),
        ("［表1　来場者］", "［表1　来場者］"),
        ("Tableau 1 présente les ventes.", None),
        ("Table 3 shows the prices.", None),
        ("Table ronde 3 : les prix", None),
        ("表1によると、来場者は300人である。", None),
        ("Tabelle 1 zeigt die Preise.", None),
        ("표 1은 가격이다.", None),
        ("表2为价格。", None),
    ],
)
def test_the_label_of_a_table_is_told_from_its_words(line: str, words: str | None) -> None:
    label = table_label(line)
    assert (None if label is None else line[label:]) == words


def test_the_caption_of_a_table_is_no_heading() -> None:
    done = repair_plain_text("La ville est là.\n\nTableau 1 – Les prix\n\nElle est là.\n", "fr")
    assert "\nTableau 1 – Les prix\n" in done.body
