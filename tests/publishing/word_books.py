"""Hand-built books for the tests of the Word writer: every construct, in French and in Japanese."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from typing import Any

from pipeline.proceedings.book import (
    Badge,
    Book,
    Cake,
    CakeLayer,
    Chapter,
    Colophon,
    Contents,
    Cover,
    Delegate,
    DelegationEntry,
    Glossary,
    GlossaryEntry,
    Head,
    Index,
    IndexEntry,
    Notice,
    Part,
    Passage,
    Piece,
    Register,
    Row,
    Style,
)
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.workspace.languages import program_templates

REFERENCE = program_templates() / "reference.docx"


def png(width: int = 120, height: int = 70, grey: int = 200) -> bytes:
    """A plain grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + bytes([grey]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def raster(path: str, width_mm: float) -> bytes:
    """A stub: a picture whose grey depends on the path."""
    return png(grey=150 + sum(path.encode()) % 100)


def cake_png(cake: Cake) -> bytes:
    """A stub."""
    return png(200, 150, 120)


def words(string: str) -> tuple[Node, ...]:
    """Inlines."""
    return tuple(ast.text(string))


def para(*parts: Any) -> Node:
    """A paragraph of strings and nodes."""
    inlines: list[Node] = []
    for part in parts:
        inlines += ast.text(part) if isinstance(part, str) else [part]
    return ast.para(inlines)


def spoken(language: str, string: str) -> Node:
    """A run in another language."""
    return ast.span(ast.text(string), ast.attr(lang=language))


def note(string: str) -> Node:
    """A footnote."""
    return {"t": "Note", "c": [para(string)]}


def cell(string: str) -> list[Any]:
    """A table's cell."""
    return [ast.EMPTY, {"t": "AlignDefault"}, 1, 1, [ast.plain(ast.text(string))]]


def table(caption: str, *rows: tuple[str, ...]) -> Node:
    """A table whose first row is its head."""
    columns = [[{"t": "AlignRight" if n else "AlignLeft"}, {"t": "ColWidthDefault"}]
               for n in range(len(rows[0]))]  # fmt: skip
    lines = [[ast.EMPTY, [cell(string) for string in row]] for row in rows]
    legend = [None, [ast.plain(ast.text(caption))] if caption else []]
    content = [ast.EMPTY, legend, columns, [ast.EMPTY, lines[:1]],
               [[ast.EMPTY, 0, [], lines[1:]]], [ast.EMPTY, []]]  # fmt: skip
    return {"t": "Table", "c": content}


def figure(caption: str, alternative: str, path: str, width: str = "") -> Node:
    """A figure."""
    keys = {"alt": alternative, **({"width": width} if width else {})}
    image = {"t": "Image", "c": [ast.attr(**keys), ast.text(caption), [path, ""]]}
    legend = [None, [ast.plain(ast.text(caption))] if caption else []]
    return {"t": "Figure", "c": [ast.EMPTY, legend, [ast.plain([image])]]}


def bullets(*items: list[Node]) -> Node:
    """A list."""
    return {"t": "BulletList", "c": list(items)}


def numbered(*items: list[Node]) -> Node:
    """A numbered list."""
    return {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], list(items)]}


def box(title: str, *blocks: Node) -> Node:
    """A framed box."""
    return ast.div(list(blocks), ast.attr("", ["box"], **({"title": title} if title else {})))


FRENCH = Style("fr", ("Libertinus Serif",), ("Libertinus Serif",), "Cambria", "MS Mincho",
               "Calibri", "MS Gothic", "0pt")  # fmt: skip
JAPANESE = Style("ja", ("Noto Serif JP",), ("Noto Sans CJK JP",), "Century", "MS Mincho",
                 "Arial", "MS Gothic", "1em", word_latin_language="en-US")  # fmt: skip
BADGES = (
    Badge(2, "ODD 2", "#DDA63A", True),
    Badge(11, "ODD 11", "#FD9D24", True),
    Badge(13, "ODD 13", "#3F7E44", False),
    Badge(17, "ODD 17", "#19486A", False),
)
LABELS_FR = {"page-of": "{page} / {pages}", "figure": "Figure", "table": "Tableau",
             "draft-mark": "PROJET – ne pas diffuser", "list-separator": ", "}  # fmt: skip
LABELS_JA = {"page-of": "{page} / {pages}", "figure": "図", "table": "表",
             "draft-mark": "草案・取扱注意", "list-separator": "、"}  # fmt: skip

_LONG = (
    "La ville achète 40 % des repas servis dans ses écoles à moins de cinquante kilomètres, "
    "et les producteurs livrent deux fois par semaine une plateforme tenue par la coopérative. "
)


def french_blocks() -> tuple[Node, ...]:
    """Every construct of a French text."""
    return (
        para(_LONG * 2, spoken("ja", "地産地消"), " (", spoken("ja", "ちさんちしょう"), ", ",
             spoken("ja", "「おいしい」"), ") dit le mot juste.", note("Les chiffres sont de la ville."),
             " La 8", {"t": "Superscript", "c": ast.text("e")}, " édition et ",
             {"t": "Emph", "c": ast.text("le marché couvert")}, ", ", ast.strong(ast.text("toujours")),
             ", ", {"t": "Emph", "c": [*ast.text("avec"), ast.SPACE, spoken("ja", "旬")]},
             " : voir ", ast.link(ast.text("les objectifs"), "https://sdgs.un.org/goals?a=1&b=2"),
             ", ", ast.link(ast.text("la suite"), "#cantines--suite"), " et ",
             {"t": "Code", "c": [ast.EMPTY, "acheteur.csv"]}, "."),
        para(_LONG * 2),
        ast.header(3, ast.text("Ce qui a été fait"), "cantines--fait"),
        para("Trois mesures :"),
        bullets([ast.plain(ast.text("un marché réservé aux petites exploitations ;"))],
                [ast.plain(ast.text("une plateforme commune :")),
                 bullets([ast.plain(ast.text("tri et lavage,"))], [ast.plain(ast.text("livraison,"))])],
                [ast.plain(ast.text("une formation des cuisiniers."))]),
        numbered([para("Recenser les besoins."), para("Avec les cuisiniers eux-mêmes.")],
                 [para("Contractualiser."), numbered([ast.plain(ast.text("pour un an"))],
                                                     [ast.plain(ast.text("puis pour trois"))])]),
        table("Repas servis et part locale", ("Année", "Repas", "Part locale"),
              ("2021", "410 000", "18 %"), ("2022", "425 000", "31 %"), ("2023", "432 000", "40 %")),
        figure("De la ferme à la cantine", "Schéma : trois fermes, une plateforme, huit écoles",
               "sources/economie/images/part-locale.svg", "70%"),
        {"t": "BlockQuote", "c": [para("Nous avons cessé de parler de prix avant de parler de goût."),
                                  para("Une cuisinière")]},
        box("À retenir", para("La plateforme a coûté moins cher que prévu.", note("Hors foncier.")),
            bullets([ast.plain(ast.text("deux emplois"))], [ast.plain(ast.text("un camion"))])),
        box("", para("Un encadré sans titre, qui finit par un tableau."), table("", ("a", "b"), ("1", "2"))),
        {"t": "DefinitionList", "c": [[ast.text("Plateforme"), [[para("Lieu de regroupement.")]]],
                                      [ast.text("Circuit court"), [[para("Un intermédiaire au plus.")]]]]},
        ast.header(4, ast.text("Suite"), "cantines--suite"),
        {"t": "LineBlock", "c": [ast.text("premier vers"), ast.text("second vers")]},
        {"t": "CodeBlock", "c": [ast.EMPTY, "repas;part\n432000;40"]},
        {"t": "HorizontalRule"},
        para("Fin."),
    )  # fmt: skip


def japanese_blocks() -> tuple[Node, ...]:
    """Every construct of a Japanese text."""
    long = (
        "市は給食の40％を50km圏内から調達しており、生産者は週2回、協同組合の集配所に野菜を届ける。"
    )
    return (
        para(long * 4, note("数値は市による。"), "かなのみの", ast.strong(ast.text("「重要」")),
             "な点と", {"t": "Emph", "c": ast.text("強調")}, "、", spoken("fr", "l’« économie locale »"),
             "…という考え方は第8", {"t": "Superscript", "c": ast.text("回")}, "で示された。詳しくは",
             ast.link(ast.text("目標"), "https://sdgs.un.org/goals"), "を参照。"),
        para(long * 3),
        ast.header(3, ast.text("実施したこと"), "cantines--fait"),
        bullets([ast.plain(ast.text("小規模農家向けの契約"))],
                [ast.plain(ast.text("共同集配所")), bullets([ast.plain(ast.text("選別"))])]),
        numbered([para("需要を調べる。")], [para("契約を結ぶ。")]),
        table("食数と地元産の割合", ("年", "食数", "割合"), ("2022年", "42万5000食", "31％"),
              ("2023年", "43万2000食", "40％")),
        figure("農場から食堂まで", "図：三つの農場、一つの集配所、八つの学校",
               "sources/economie/images/part-locale.svg"),
        {"t": "BlockQuote", "c": [para("値段より先に味の話をするようになった。")]},
        box("要点", para("集配所の費用は見込みを下回った。"), bullets([ast.plain(ast.text("雇用二人"))])),
        {"t": "DefinitionList", "c": [[ast.text("集配所"), [[para("農産物を集める場所。")]]]]},
        para("おわり。"),
    )  # fmt: skip


def _pieces(t: dict[str, Any]) -> tuple[Piece, ...]:
    summary = Chapter(
        "economie-cantines", 2, words(t["title"]), t["title"], "#B45309",
        Head(tuple(Row(words(a), words(b)) for a, b in t["rows"]), BADGES,
             words(t["abstract-label"]), words(t["abstract"])),
        (Passage("original", "", t["blocks"]),),
    )  # fmt: skip
    draft = Chapter(
        "economie-port", 2, words(t["second"]), t["second"], "#B45309", None,
        (Passage("reviewed", "", t["blocks"][1:2]), Notice(words(t["notice"])),
         Passage("machine", t["mark"], t["blocks"][1:7])),
    )  # fmt: skip
    return (
        Cover(words(t["book"]), words(t["book"]), words(t["subtitle"]), words(t["motto"]), words(t["place"]),
              (words(t["organiser"]), words(t["organiser"] + " 2")), t["draft"]),
        Colophon(words(t["colophon"]), (words(t["notice"]), words(t["place"]))),
        Contents(words(t["contents"])),
        Chapter("preliminaries-note", 1, words(t["note"]), t["note"], "#333333", None,
                (Passage("original", "", (ast.header(2, ast.text(t["second"]), "n--s"),
                                          t["blocks"][0], t["blocks"][1])),)),
        Cake("goals-cake", words(t["cake"]),
             (CakeLayer(t["note"], "#3F7E44", tuple((badge, 2) for badge in BADGES)),),
             words(t["legend"]), words(t["credit"]), t["alternative"]),
        Part("economie", words(t["overline"]), words(t["theme"]), words(t["motto"]), "#B45309"),
        summary,
        draft,
        Register("register", words(t["register"]),
                 ((words(t["country"]),
                   tuple(DelegationEntry(words(name), words(t["motto"]),
                                         (Delegate(words(t["person"]), words(t["role"])),
                                          Delegate(words(t["person"]), ())))
                         for name in t["cities"])),)),
        Glossary("glossary", words(t["glossary"]),
                 (GlossaryEntry(words(t["term"]), ((t["other"], words(t["equivalent"])),),
                                words(t["motto"])),)),
        Index("index-keywords", words(t["index"]),
              tuple((letter, tuple(IndexEntry(words(term), ("economie-cantines", "economie-port"))
                                   for term in terms)) for letter, terms in t["terms"])),
    )  # fmt: skip


FR: dict[str, Any] = {
    "book": "8es Rencontres franco-japonaises de la coopération décentralisée",
    "subtitle": "Actes", "motto": "Des territoires qui apprennent l’un de l’autre",
    "place": "Shizuoka, du 18 au 21 novembre 2024", "organiser": "Secrétariat des Rencontres",
    "draft": "Projet du 3 mars 2025", "colophon": "À propos de cette édition",
    "contents": "Table des matières", "note": "Note de cadrage", "cake": "Le millefeuille d’ODD",
    "legend": "Le nombre placé sous chaque objectif est celui des comptes rendus qui le citent.",
    "credit": "D’après le modèle du gâteau de mariage", "alternative": "Base : ODD 13, 2 ; ODD 17, 2.",
    "overline": "Thème 1", "theme": "Économie et attractivité",
    "title": "Relier producteurs et cantines", "second": "Un port partagé",
    "rows": (("Séance", "mardi 19 novembre 2024, 9 h 30 – 11 h, salle A"),
             ("Collectivités", "Ville de Clairvigne (France), Ville de Minosato (Japon)"),
             ("Intervenants", "Élise Morvannec, adjointe au maire chargée de l’alimentation (Ville de Clairvigne)"),
             ("Mots-clés", "circuits courts, restauration collective")),
    "abstract-label": "Résumé", "abstract": _LONG, "blocks": french_blocks(),
    "notice": "Ce texte n’est pas encore disponible en français.",
    "mark": "Traduction automatique non relue", "register": "Collectivités participantes",
    "country": "France", "person": "Élise Morvannec", "role": "adjointe au maire chargée de l’alimentation",
    "cities": ("Ville de Clairvigne", "Ville d’Ormeval"), "glossary": "Glossaire",
    "term": "circuits courts", "other": "ja", "equivalent": "地産地消", "index": "Index des mots-clés",
    "terms": (("A", ("alimentation", "approvisionnement")), ("É", ("économie circulaire", "école")),
              ("P", ("port", "plateforme de regroupement et de distribution des produits locaux"))),
}  # fmt: skip
JA: dict[str, Any] = {
    "book": "第8回日仏自治体交流会議", "subtitle": "報告書", "motto": "学び合う地域", "place": "静岡、2024年11月18日〜21日",
    "organiser": "会議事務局", "draft": "2025年3月3日草案", "colophon": "本書について", "contents": "目次",
    "note": "趣旨説明", "cake": "SDGsのウェディングケーキ", "legend": "各目標の下の数は、言及した概要の数である。",
    "credit": "ウェディングケーキ・モデルによる", "alternative": "基盤：目標13、2件。", "overline": "テーマ1",
    "theme": "経済と魅力ある地域", "title": "生産者と食堂を結ぶ", "second": "分かち合う港",
    "rows": (("日時", "2024年11月19日（火）9:30〜11:00、A会議室"), ("参加自治体", "クレールヴィーニュ市（フランス）、実野里市（日本）"),
             ("発表者", "楠木葵 実野里市農政部長")),
    "abstract-label": "要旨", "abstract": "市は給食の40％を50km圏内から調達している。", "blocks": japanese_blocks(),
    "notice": "この文書の日本語版はまだない。", "mark": "機械翻訳（未確認）", "register": "参加自治体と代表団", "country": "日本",
    "person": "楠木葵", "role": "農政部長", "cities": ("実野里市", "青嶺市"), "glossary": "用語集", "term": "地産地消",
    "other": "fr", "equivalent": "circuits courts", "index": "キーワード索引",
    "terms": (("あ行", ("海", "駅前")), ("か行", ("学校給食", "協同組合"))),
}  # fmt: skip


def french(draft: bool = True) -> Book:
    """The French book."""
    pieces = _pieces({**FR, "draft": FR["draft"] if draft else ""})
    return Book("fr", "8es Rencontres – Actes", "Des territoires", "Secrétariat des Rencontres",
                ("Économie", "Société"), "2025-03-03", draft, FRENCH, LABELS_FR, pieces)  # fmt: skip


def japanese(draft: bool = True) -> Book:
    """The Japanese book."""
    pieces = _pieces({**JA, "draft": JA["draft"] if draft else ""})
    return Book("ja", "第8回日仏自治体交流会議 – 報告書", "学び合う地域", "会議事務局",
                ("経済", "社会"), "2025-03-03", draft, JAPANESE, LABELS_JA, pieces)  # fmt: skip


def with_blocks(book: Book, *blocks: Node) -> Book:
    """The book with a single chapter that holds these blocks."""
    chapter = Chapter("x", 1, words("X"), "X", "#333333", None, (Passage("original", "", blocks),))
    return replace(book, pieces=(chapter,))
