"""Books made by hand for the tests of the PDF: every construct, in two languages."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from pipeline.proceedings import book as b
from pipeline.texts import allow, ast, dialect, pandoc

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 700">'
    '<rect width="1200" height="700" fill="#e8f0ea"/><circle cx="400" cy="350" r="220" '
    'fill="#3f7e44"/><rect x="700" y="200" width="300" height="300" fill="#0a97d9"/></svg>'
)
STYLES = {
    "fr": b.Style("fr", ("Libertinus Serif", "Noto Serif JP"),
                  ("Libertinus Serif", "Noto Sans CJK JP"), "Cambria", "MS Mincho", "Calibri",
                  "MS Gothic", "0pt"),
    "ja": b.Style("ja", ("Libertinus Serif", "Noto Serif JP"), ("Noto Sans CJK JP",), "Century",
                  "MS Mincho", "Arial", "MS Gothic", "1em", word_latin_language="en-US",
                  emphasis_fonts=("Libertinus Serif", "Noto Sans JP")),
}  # fmt: skip
LABELS = {
    "fr": {"page-of": "{page} / {pages}", "figure": "Figure", "table": "Tableau",
           "draft-mark": "PROJET – ne pas diffuser"},
    "ja": {"page-of": "{page} / {pages}", "figure": "図", "table": "表",
           "draft-mark": "草案・取扱注意"},
}  # fmt: skip

FRENCH = """## Un marché au cœur de la ville {#marche}

La ville achète **40 %** des repas à moins de 50 km[^1], d’après les *producteurs* de
l’association. Le marché du bourg ouvre trois fois par semaine ; voir la [conclusion](#fin) ou les
[objectifs](https://sdgs.un.org/goals). L’eau vaut 3 m^3^, l’air CO~2~, le code `prix = 3`, et
plus rien ~~à ajouter~~. Les lignes suivent leur cours tranquille, avec assez de mots pour remplir
plusieurs lignes de texte et montrer la justification, les coupures et le gris de la page.

- premier point, assez court
- deuxième point, avec une suite
  - un détail
  - un autre détail
    - et un plus fin encore
- troisième point

1. d’abord, réunir les producteurs
2. ensuite, écrire le marché public
   1. les lots
   2. les clauses
3. enfin, signer

### Ce que disent les chiffres

| Année | Repas | Part locale | Remarque |
|:------|------:|------------:|:---------|
| 2021  | 12 000 | 18 %  | première année du marché commun |
| 2022  | 14 500 | 27 %  | arrivée de deux maraîchers et d’une laiterie, puis d’une boulangerie |
| 2023  | 15 200 | 40 %  | stabilisation |

: Repas servis dans les cantines

> « Nous avons appris à écrire nos marchés avec ceux qui y répondent[^2]. »
> Une phrase de plus.

::: {.box title="Trois conditions"}
Un encadré avec *deux* paragraphes.

- une liste
- dans l’encadré
:::

Circuit court
:   vente avec un intermédiaire au plus

Lot
:   part d’un marché public, que l’on peut
    attribuer seule

![Les parcours des denrées](IMAGE.svg){alt="Deux formes posées sur un fond clair" width=70%}

```
code = [1, 2]  # commentaire
    fin
```

## Conclusion {#fin}

Une fin, puis un lien vers [nulle part](#inconnu).

[^1]: Selon la convention de 2021.

[^2]: Propos recueillis en séance ; voir aussi *ibid.*
"""

JAPANESE = """## まちの中心にある市場 {#ichiba}

市は給食の**4割**を50km圏内から調達している[^1]。これは**重要**な変化であり、生産者と食堂の双方に*大きな*影響を
及ぼした。詳しくは[結論](#owari)または[目標一覧](https://sdgs.un.org/goals)を参照されたい。市場は週3回開かれ、
CO~2~の排出量は年間12t減少した。「地産地消」という言葉は、（すでに広く知られているとはいえ）まだ十分に実践されて
いない――というのが参加者の共通認識である。設定は`price = 3`とする。

さらに、自治体の調達担当者は、契約の分割、納期の柔軟化、価格改定条項の三点を挙げた。第一に、小規模な生産者でも応札できる
規模に分けること。第二に、天候に左右される農産物の納期に幅を持たせること。第三に、燃料費の高騰に応じて単価を見直すことである。

- 第一の項目
- 第二の項目
  - 細目
- 第三の項目

1. 生産者を集める
2. 仕様書を書く
3. 契約する

### 数字が語ること

| 年度 | 食数 | 地元割合 | 備考 |
|:------|------:|------------:|:---------|
| 2021  | 12,000 | 18％  | 共同調達の初年度 |
| 2022  | 14,500 | 27％  | 野菜農家二戸と乳製品工場、続いて製パン所が加わった |

: 給食の提供食数

> 「契約書は、応札する人とともに書くものだと学んだ[^2]。」

::: {.box title="三つの条件"}
囲みの中の段落である。*強調*も**太字**も使える。

- 囲みの中の箇条書き
:::

短い流通
:   仲介者が一者以下の販売

![食材の経路](IMAGE.svg){alt="明るい地に二つの図形"}

## 結論 {#owari}

結びの文である。

[^1]: 2021年の協定による。

[^2]: 会場での発言。
"""


def blocks(markdown: str, image: str = "") -> b.Blocks:
    """Markdown through pandoc and the allow-list, as the program reads it."""
    command = [pandoc.executable(), "-f", dialect.FORMAT, "-t", "json"]
    answer = subprocess.run(command, input=markdown.encode(), capture_output=True, check=True)
    read = json.loads(answer.stdout)["blocks"]
    cleaned = allow.clean(read, "sources/economie/texte.fr.md")
    found = [node for group in cleaned.blocks for node in group]
    for node in ast.walk(found):
        if node["t"] == "Image" and image:
            node["c"][2][0] = image
    return tuple(found)


def words(string: str) -> b.Inlines:
    """Plain inlines."""
    return tuple(ast.text(string))


def run(string: str, language: str) -> b.Inlines:
    """A run in another language."""
    return (ast.span(ast.text(string), ast.attr(lang=language)),)


BADGES = {
    2: b.Badge(2, "2", "#dda63a", dark_text=True),
    11: b.Badge(11, "11", "#fd9d24", dark_text=True),
    16: b.Badge(16, "16", "#00689d", dark_text=False),
}
_GOALS = {
    "#3f7e44": (6, 13, 14, 15),
    "#c5192d": (1, 2, 3, 4, 5, 7, 11, 16),
    "#a21942": (8, 9, 10, 12),
    "#19486a": (17,),
}
_COLOURS = dict(enumerate(
    ("", "#e5243b", "#dda63a", "#4c9f38", "#c5192d", "#ff3a21", "#26bde2", "#fcc30b", "#a21942",
     "#fd6925", "#dd1367", "#fd9d24", "#bf8b2e", "#3f7e44", "#0a97d9", "#56c02b", "#00689d",
     "#19486a")))  # fmt: skip
_DARK = {2, 3, 5, 6, 7, 9, 11, 12, 14, 15}


def cake(language: str = "fr") -> b.Cake:
    """A cake of four layers."""
    titles = {"fr": ("Biosphère", "Société", "Économie", "Partenariats"),
              "ja": ("生物圏", "社会", "経済", "パートナーシップ")}[language]  # fmt: skip
    word = {"fr": "ODD", "ja": "SDGs目標"}[language]
    layers = tuple(
        b.CakeLayer(title, colour, tuple(
            (b.Badge(n, f"{word} {n}", _COLOURS[n], n in _DARK), n * 7 % 5) for n in goals))
        for title, (colour, goals) in zip(titles, _GOALS.items(), strict=True)
    )  # fmt: skip
    said = {"fr": ("Le millefeuille des ODD", "Sous chaque objectif, le nombre de comptes rendus.",
                   "D’après le « wedding cake » du Stockholm Resilience Centre."),
            "ja": ("SDGsウェディングケーキ", "各目標の下の数字は報告の件数を示す。",
                   "ストックホルム・レジリエンス・センターの図による。")}[language]  # fmt: skip
    return b.Cake("cake", words(said[0]), layers, words(said[1]), words(said[2]),
                  " ".join(titles))  # fmt: skip


def book(folder: Path, language: str = "fr", *, draft: bool = True) -> b.Book:
    """A small volume with every piece and construct; its image stands in ``folder``."""
    image = "sources/economie/images/formes.svg"
    file = folder / image
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(SVG, encoding="utf-8")
    pieces = _french(image, draft) if language == "fr" else _japanese(image, draft)
    title = {"fr": "Actes des 8es Rencontres", "ja": "第8回交流会議 報告書"}[language]
    return b.Book(
        language, title, "Coopération décentralisée", "Secrétariat", ("coopération", "ODD"),
        "2024-12-01", draft, STYLES[language], LABELS[language], pieces, {image: str(file)},
    )  # fmt: skip


def _french(image: str, draft: bool) -> tuple[b.Piece, ...]:
    head = b.Head(
        (b.Row(words("Collectivités"), (*words("Ville de Clairvigne, "), *run("実野里市", "ja"))),
         b.Row(words("Intervenants"), words("Élise Morvannec, adjointe au maire chargée de "
                                            "l’alimentation (Ville de Clairvigne) ; KUSUNOKI Aoi")),
         b.Row(words("Séance"), words("19 novembre 2024, 9 h 30 – 11 h, salle A"))),
        (b.Badge(2, "ODD 2", "#dda63a", True), b.Badge(11, "ODD 11", "#fd9d24", True),
         b.Badge(16, "ODD 16", "#00689d", False)),
        words("Résumé"), words("Deux villes relient leurs producteurs et leurs cantines. Le compte "
                               "rendu dit comment elles s’y sont prises, et à quel prix."),
    )  # fmt: skip
    text = blocks(FRENCH, image)
    mark = "Traduction automatique non relue" if draft else ""
    return (
        b.Cover(words("Actes des 8es Rencontres franco-japonaises"), words("8es Rencontres"),
                words("Coopération décentralisée"), words("« Ensemble »"), words("Shizuoka, 18–21 novembre 2024"),
                (words("Secrétariat des Rencontres"), words("Ville de Shizuoka")),
                "Projet du 1er décembre 2024" if draft else ""),
        b.Colophon(words("À propos de cette édition"), (words("Publié par le secrétariat."),
                   words("Date de publication : 1er décembre 2024."))),
        b.Contents(words("Table des matières")),
        b.Chapter("avant-propos", 1, words("Avant-propos"), "Avant-propos", "#444444", None,
                  (b.Passage("original", "", blocks("Un mot d’accueil.\n\n## Merci\n\nÀ tous.")),)),
        b.Part("economie", words("Thème 1"), words("Économie"), words("Territoires et marchés"),
               "#a21942"),
        b.Chapter("circuits-courts", 2, words("Relier producteurs et cantines"),
                  "Relier producteurs et cantines", "#a21942", head,
                  (b.Passage("original", "", text[:3]), b.Passage("machine", mark, text[3:6]),
                   b.Passage("original", "", text[6:]))),
        b.Chapter("attente", 2, words("Un texte qui manque"), "Un texte qui manque", "#a21942",
                  None, (b.Notice(words("Ce texte n’est pas encore disponible en français.")),)),
        cake("fr"),
        b.Register("register", words("Collectivités participantes"), (
            (words("France"), (b.DelegationEntry(words("Ville de Clairvigne"), words("Commune – "
             "partenaire : Minosato"), (b.Delegate(words("Élise Morvannec"), words("adjointe")),
                                        b.Delegate(words("Bastien Delorgue"), ()))),)),
            (words("Japon"), (b.DelegationEntry(words("Ville de Minosato"), (), ()),)))),
        b.Index("index", words("Index des mots-clés"), (
            ("C", (b.IndexEntry(words("circuits courts"), ("circuits-courts", "avant-propos",
                                                           "circuits-courts")),)),
            ("É", (b.IndexEntry(words("économie"), ("circuits-courts", "attente")),)))),
        b.Glossary("glossary", words("Glossaire"), (b.GlossaryEntry(words("circuit court"),
                   (("ja", words("地産地消")),), words("Vente avec un intermédiaire au plus.")),)),
    )  # fmt: skip


def _japanese(image: str, draft: bool) -> tuple[b.Piece, ...]:
    head = b.Head(
        (b.Row(words("参加自治体"), (*words("実野里市、"), *run("Ville de Clairvigne", "fr"))),
         b.Row(words("発表者"), words("楠木葵 実野里市農政部長")),
         b.Row(words("日時・会場"), words("2024年11月19日 9時30分～11時 会議室A"))),
        (b.Badge(2, "SDGs目標2", "#dda63a", True), b.Badge(16, "SDGs目標16", "#00689d", False)),
        words("要旨"), words("二つの市が生産者と給食を結びつけた。その方法と費用を報告する。"),
    )  # fmt: skip
    text = blocks(JAPANESE, image)
    mark = "機械翻訳・未確認" if draft else ""
    return (
        b.Cover(words("第8回日仏自治体交流会議 報告書"), words("第8回会議"), words("地方分権協力"), words("ともに歩む"),
                words("静岡市　2024年11月18日～21日"), (words("交流会議事務局"), words("静岡市")),
                "草案 2024年12月1日" if draft else ""),
        b.Colophon(words("本書について"), (words("発行：交流会議事務局"),)),
        b.Contents(words("目次")),
        b.Part("economie", words("テーマ1"), words("経済"), words("地域と市場"), "#a21942"),
        b.Chapter("chisan", 2, words("生産者と食堂を結ぶ――地産地消と「給食」の調達"),
                  "生産者と食堂を結ぶ", "#a21942", head,
                  (b.Passage("original", "", text[:2]), b.Passage("machine", mark, text[2:5]),
                   b.Passage("original", "", text[5:]))),
        b.Chapter("machi", 2, words("未着の報告"), "未着の報告", "#a21942", None,
                  (b.Notice(words("本報告の日本語版は未着である。")),)),
        cake("ja"),
        b.Register("register", words("参加自治体・代表団一覧"), ((words("日本"), (
            b.DelegationEntry(words("実野里市"), words("市　提携先：クレールヴィーニュ市"),
                              (b.Delegate(words("楠木葵"), words("農政部長")),)),)),)),
        b.Index("index", words("キーワード索引"), (("さ行", (b.IndexEntry(words("地産地消"),
                ("chisan", "machi")),)),)),
        b.Glossary("glossary", words("用語集"), (b.GlossaryEntry(words("地産地消"),
                   (("fr", words("circuits courts")),), words("地域で生産し消費すること。")),)),
    )  # fmt: skip
