"""A small vocabulary in two languages, and the sentences that are made of it.

A sentence is chosen by numbers, so that its French and its Japanese say the same.
"""

from __future__ import annotations

from random import Random

Words = dict[str, str]

ACTORS: tuple[Words, ...] = (
    {"fr": "la commune", "ja": "市"},
    {"fr": "l’agglomération", "ja": "広域連合"},
    {"fr": "la régie de l’eau", "ja": "水道局"},
    {"fr": "le conseil des jeunes", "ja": "若者会議"},
    {"fr": "la coopérative agricole", "ja": "農業協同組合"},
    {"fr": "le service des parcs", "ja": "公園課"},
    {"fr": "l’association de quartier", "ja": "町内会"},
    {"fr": "la préfecture", "ja": "県"},
    {"fr": "le réseau des bibliothèques", "ja": "図書館協議会"},
    {"fr": "la chambre de métiers", "ja": "工芸会議所"},
)
THINGS: tuple[Words, ...] = (
    {"fr": "les jardins partagés", "ja": "共同菜園"},
    {"fr": "les cours d’école", "ja": "校庭"},
    {"fr": "les ateliers de réparation", "ja": "修理工房"},
    {"fr": "les lignes de bus", "ja": "バス路線"},
    {"fr": "les achats publics", "ja": "公共調達"},
    {"fr": "les réserves d’eau de pluie", "ja": "雨水貯留槽"},
    {"fr": "les données ouvertes", "ja": "オープンデータ"},
    {"fr": "les logements vacants", "ja": "空き家"},
    {"fr": "les haies du bocage", "ja": "生け垣"},
    {"fr": "les toitures solaires", "ja": "太陽光屋根"},
    {"fr": "les halles du marché", "ja": "市場の建物"},
    {"fr": "les sentiers côtiers", "ja": "海岸の散策路"},
)
AIMS: tuple[Words, ...] = (
    {"fr": "réduire les dépenses d’énergie", "ja": "エネルギー支出を減らす"},
    {"fr": "accueillir de nouveaux habitants", "ja": "新しい住民を迎える"},
    {"fr": "garder les métiers sur place", "ja": "地元に仕事を残す"},
    {"fr": "protéger la nappe", "ja": "地下水を守る"},
    {"fr": "donner la parole aux aînés", "ja": "高齢者の声を生かす"},
    {"fr": "rapprocher les deux rives", "ja": "両岸の交流を深める"},
    {"fr": "préparer les étés chauds", "ja": "猛暑に備える"},
    {"fr": "partager les savoir-faire", "ja": "技を伝え合う"},
)
NAMES: tuple[Words, ...] = (
    {"fr": "Maëlle Corvenne", "ja": "マエル・コルヴェンヌ", "kana": "こるゔぇんぬ"},
    {"fr": "Tristan Aubelin", "ja": "トリスタン・オーブラン", "kana": "おーぶらん"},
    {"fr": "Odile Fargeval", "ja": "オディール・ファルジュヴァル", "kana": "ふぁるじゅゔぁる"},
    {"fr": "Émeric Lussandre", "ja": "エムリック・リュサンドル", "kana": "りゅさんどる"},
    {"fr": "KIRISAWA Hana", "ja": "桐沢花", "kana": "きりさわはな"},
    {"fr": "NUMAZAKI Tōru", "ja": "沼崎徹", "kana": "ぬまざきとおる"},
    {"fr": "HOSHINO Chika", "ja": "星野千佳", "kana": "ほしのちか"},
    {"fr": "TACHIKAWA Ren", "ja": "立川蓮", "kana": "たちかわれん"},
)
ROLES: tuple[Words, ...] = (
    {"fr": "maire", "ja": "市長"},
    {"fr": "directrice des services", "ja": "部長"},
    {"fr": "conseiller délégué", "ja": "担当議員"},
    {"fr": "chargée de mission", "ja": "担当官"},
)
KEYWORDS: tuple[Words, ...] = (
    {"fr": "économies d’énergie", "ja": "省エネルギー", "kana": "しょうえねるぎー"},
    {"fr": "accueil", "ja": "受け入れ", "kana": "うけいれ"},
    {"fr": "métiers", "ja": "職業", "kana": "しょくぎょう"},
    {"fr": "nappe phréatique", "ja": "地下水", "kana": "ちかすい"},
    {"fr": "participation", "ja": "参画", "kana": "さんかく"},
    {"fr": "jumelage", "ja": "姉妹都市", "kana": "しまいとし"},
    {"fr": "canicule", "ja": "猛暑", "kana": "もうしょ"},
    {"fr": "transmission", "ja": "継承", "kana": "けいしょう"},
)
_SENTENCES: tuple[Words, ...] = (
    {
        "fr": "Depuis {year}, {actor} ouvre {things} aux habitants pour {aim}.",
        "ja": "{year}年から、{actor}は{things}を住民に開放し、{aim}ことを目指している。",
    },
    {
        "fr": "En {year}, {actor} a consacré {part} % de son budget à cet effort, soit "
        "**{count} projets** en un an.",
        "ja": "{year}年、{actor}は予算の{part}％をこの取組に充て、1年間で**{count}件の事業**を実施した。",
    },
    {
        "fr": "Pour {aim}, {actor} a d’abord recensé {things} : {count} lieux ont été visités, "
        "puis classés avec les riverains.",
        "ja": "{aim}ため、{actor}はまず{things}を調べ、{count}か所を訪ねて住民とともに分類した。",
    },
    {
        "fr": "« Rien ne se fait sans confiance », a rappelé {name} ; {things} n’y suffisent pas.",
        "ja": "「信頼がなければ何も進まない」と{name}は述べ、{things}だけでは足りないと付け加えた。",
    },
    {
        "fr": "Chaque mois, {actor} et *une équipe de {count} bénévoles* entretiennent {things}, "
        "quel que soit le temps.",
        "ja": "毎月、{actor}と*{count}人のボランティア*が、天候にかかわらず{things}の手入れをしている。",
    },
    {
        "fr": "Le bilan de {year} montre une hausse de {part} points, que {name} attribue d’abord "
        "au choix de {aim}.",
        "ja": "{year}年の評価では{part}ポイントの上昇が見られ、{name}はその理由を{aim}という選択に求めた。",
    },
    {
        "fr": "Les deux villes comparent leurs chiffres sur une "
        "[page commune](https://example.org/bilan/{count}), où {things} ont leur carte.",
        "ja": "両市は[共通のページ](https://example.org/bilan/{count})で数値を比べ、{things}の地図も公開している。",
    },
)


def choice(random: Random) -> dict[str, Words]:
    """What one sentence speaks of, in both languages."""
    numbers = {
        "year": random.randint(2009, 2024),
        "part": random.randint(2, 48),
        "count": random.randint(3, 980),
    }
    return {
        tag: {
            "actor": _pick(ACTORS, numbers["count"])[tag],
            "things": _pick(THINGS, numbers["year"] + numbers["part"])[tag],
            "aim": _pick(AIMS, numbers["part"] + numbers["count"])[tag],
            "name": _pick(NAMES, numbers["year"] * numbers["count"])[tag],
            **{key: str(number) for key, number in numbers.items()},
        }
        for tag in ("fr", "ja")
    }


def _pick(words: tuple[Words, ...], number: int) -> Words:
    return words[number % len(words)]


def sentences(random: Random, count: int, *, plain: bool = False) -> Words:
    """``count`` sentences, one a line, in both languages; ``plain`` ones are without markup."""
    known = [form for form in _SENTENCES if not (plain and set("*[") & set(form["fr"]))]
    forms = random.sample(known, count)
    spoken = [choice(random) for _ in forms]
    return {
        tag: "\n".join(
            _capital(form[tag].format(**what[tag]))
            for form, what in zip(forms, spoken, strict=True)
        )
        for tag in ("fr", "ja")
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
