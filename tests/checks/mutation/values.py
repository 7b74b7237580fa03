"""What fills the slots of a template: a value as each language may write it, and its errors.

An error is a class, a side, and what that side says instead; ``both`` sides may be wrong together.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.workspace.event import Delegation
from tests.checks.mutation.register import DELEGATIONS

Error = tuple[str, str, str]
"""Class, side (``fr``, ``ja``), and what stands there instead."""


@dataclass(frozen=True)
class Value:
    """A slot filled on both sides, and how it may be wrong."""

    fr: str
    ja: str
    errors: tuple[Error, ...] = ()
    twin: tuple[str, str, str] | None = None
    """An error made on both sides at once: class, French, Japanese."""


# -- numbers ------------------------------------------------------------------------------------


def fr_number(n: int) -> str:
    """1234567 as French prints it."""
    return f"{n:,}".replace(",", "\u202f")


def ja_number(n: int, rng: random.Random) -> str:
    """A number as Japanese official texts print it: 3万8,000, 150万, 1,200."""
    if n >= 10**8 and n % 10**6 == 0:
        rest = n % 10**8 // 10**4
        return f"{n // 10**8}億" + (f"{rest:,}万" if rest else "")
    if n >= 10**4:
        rest = n % 10**4
        whole = f"{n // 10**4:,}万" if n >= 10**7 else f"{n // 10**4}万"
        mixed = whole + (f"{rest:,}" if rest >= 1000 else str(rest) if rest else "")
        return rng.choice([mixed, mixed, f"{n:,}"])
    return f"{n:,}" if n >= 1000 else str(n)


def _near(n: int, rng: random.Random) -> int:
    """Another number that a slip of the pen may give."""
    digits = str(n)
    if len(digits) > 1 and digits[0] != digits[1] and digits[1] != "0" and rng.random() < 0.5:
        return int(digits[1] + digits[0] + digits[2:])
    step = 10 ** max(0, len(digits) - 2)
    return n + step * rng.choice([1, 2, 3])


_NOUNS = (
    ("habitants", "人の住民"), ("repas", "食"), ("arbres", "本の樹木"), ("élèves", "人の児童"),
    ("logements", "戸の住宅"), ("visiteurs", "人の来訪者"), ("bénévoles", "人のボランティア"),
    ("signatures", "筆の署名簿"), ("emplois", "人分の雇用"), ("documents", "点の資料"),
)  # fmt: skip


def count(rng: random.Random) -> Value:
    """So many of something."""
    n = rng.choice(
        [
            rng.randrange(21, 999),
            rng.randrange(11, 99) * 100,
            rng.randrange(11, 99) * 1000,
            rng.randrange(11, 99) * 10_000,
        ]
    )
    noun, counter = rng.choice(_NOUNS)
    wrong = _near(n, rng)
    errors = [
        ("number", "fr", f"{fr_number(wrong)} {noun}"),
        ("number", "ja", f"{ja_number(wrong, rng)}{counter}"),
        ("magnitude", "ja", f"{ja_number(n * 10, rng)}{counter}"),
        ("magnitude", "fr", f"{fr_number(n * 10)} {noun}"),
        ("number-absent", "fr", f"de nombreux {noun}"),
    ]
    if "の" in counter:
        errors.append(("number-absent", "ja", f"多くの{counter.partition('の')[2]}"))
    return Value(f"{fr_number(n)} {noun}", f"{ja_number(n, rng)}{counter}", tuple(errors))


def million(rng: random.Random) -> Value:
    """« 1,5 million de visiteurs », 150万人."""
    tenths = rng.choice([12, 15, 18, 25, 32, 47, 120, 155])
    n = tenths * 100_000
    shown = f"{tenths / 10:g}".replace(".", ",")
    word = "million" if tenths < 20 else "millions"
    fr = f"{shown} {word} de visiteurs"
    ja = f"{n // 10_000:,}万人の来訪者"
    return Value(fr, ja, (
        ("magnitude", "ja", f"{n // 100_000:,}万人の来訪者"),
        ("magnitude", "ja", f"{n // 10_000:,}億人の来訪者"),
        ("magnitude", "fr", fr.replace("millions", "milliards").replace("million ", "milliard ")),
    ))  # fmt: skip


_WORDS = {
    3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 12: "douze", 15: "quinze",
    19: "dix-neuf", 21: "vingt et un", 35: "trente-cinq", 54: "cinquante-quatre",
    71: "soixante et onze", 80: "quatre-vingts", 92: "quatre-vingt-douze", 120: "cent vingt",
    300: "trois cents", 1200: "mille deux cents",
}  # fmt: skip
_KANJI = {3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 12: "十二", 15: "十五", 19: "十九"}


def word(rng: random.Random) -> Value:
    """A number in words on the French side."""
    n = rng.choice(list(_WORDS))
    others = [k for k in _WORDS if k != n]
    ja = f"{_KANJI[n]}つの団体" if n < 10 and rng.random() < 0.5 else f"{n:,}団体"
    wrong = rng.choice(others)
    return Value(f"{_WORDS[n]} associations", ja, (
        ("number-word", "fr", f"{_WORDS[wrong]} associations"),
        ("number-word", "ja", f"{wrong:,}団体"),
    ))  # fmt: skip


def approximate(rng: random.Random) -> Value:
    """About, more than, at least, less than: on both sides or on neither."""
    n = rng.choice([20, 30, 50, 60, 300, 450, 800, 1500, 2400])
    exact = (
        ("approximation", "fr", f"{fr_number(n)} participants"),
        ("approximation", "ja", f"{n:,}人の参加者"),
    )
    forms = [
        (f"environ {fr_number(n)} participants", f"約{n:,}人の参加者"),
        (f"près de {fr_number(n)} participants", f"{n:,}人近い参加者"),
        (f"quelque {fr_number(n)} participants", f"およそ{n:,}人の参加者"),
        (f"plus de {fr_number(n)} participants", f"{n:,}人を超える参加者"),
        (f"au moins {fr_number(n)} participants", f"少なくとも{n:,}人の参加者"),
        (f"moins de {fr_number(n)} participants", f"{n:,}人未満の参加者"),
        (f"à peu près {fr_number(n)} participants", f"{n:,}人ほどの参加者"),
    ]
    words = {
        20: "une vingtaine",
        30: "une trentaine",
        50: "une cinquantaine",
        60: "une soixantaine",
    }
    if n in words:
        forms.append((f"{words[n]} de participants", f"{n}人程度の参加者"))
        forms.append((f"{words[n]} de participants", f"約{n}人の参加者"))
    fr, ja = rng.choice(forms)
    return Value(fr, ja, exact)


def money(rng: random.Random) -> Value:
    """Sums of money in euros or yen."""
    n = rng.choice([12, 15, 24, 36, 48, 75, 120, 350])
    euro = rng.random() < 0.6
    name, sign = ("euros", "ユーロ") if euro else ("yens", "円")
    scale = rng.choice(["M", "k", "plain"])
    if scale == "M":
        fr = rng.choice([f"{n} M€", f"{n} millions d’euros"]) if euro else f"{n} millions de yens"
        ja = (
            f"{n * 100:,}万{sign}"
            if n < 100
            else f"{n // 100}億{(n % 100) * 100 or ''}{'万' if n % 100 else ''}{sign}"
        )
        value = n * 10**6
    elif scale == "k":
        value = n * 1000
        fr = (
            rng.choice([f"{n} k€", f"{fr_number(value)} €", f"{fr_number(value)} euros"])
            if euro
            else f"{fr_number(value)} yens"
        )
        ja = f"{ja_number(value, rng)}{sign}"
    else:
        value = n * 10
        fr = f"{fr_number(value)} {'€' if euro else 'yens'}"
        ja = f"{ja_number(value, rng)}{sign}"
    other, plural = ("円", "yens") if euro else ("ユーロ", "euros")
    wrong = _near(value, rng)
    errors: list[Error] = [
        ("currency", "ja", ja.replace(sign, other)),
        ("currency", "fr", f"{fr_number(value)} {plural}"),
        ("number", "fr", f"{fr_number(wrong)} {name}"),
        ("magnitude", "fr", f"{fr_number(value * 10)} {name}"),
    ]
    if "万" in ja and "億" not in ja:
        errors.append(("magnitude", "ja", ja.replace("万", "億")))
    return Value(fr, ja, tuple(errors))


def percent(rng: random.Random) -> Value:
    """A share."""
    n = rng.choice([7, 12, 18, 24, 33, 42, 58, 65, 87])
    fr = rng.choice([f"{n} %", f"{n} %", f"{n} pour cent"])
    ja = rng.choice([f"{n}％", f"{n}%", f"{n}パーセント"])
    return Value(fr, ja, (
        ("percent", "ja", f"{n}ポイント"), ("percent", "fr", f"{n} points"),
        ("number", "fr", f"{_near(n, rng)} %"), ("number", "ja", f"{_near(n, rng)}％"),
    ))  # fmt: skip


def points(rng: random.Random) -> Value:
    """Points of a percentage."""
    n = rng.choice([3, 5, 6, 8, 11, 14])
    fr = rng.choice([f"{n} points", f"{n} points de pourcentage"])
    return Value(fr, f"{n}ポイント", (("percent", "ja", f"{n}％"), ("percent", "fr", f"{n} %")))


def year(rng: random.Random) -> Value:
    """A year, in either reckoning."""
    y = rng.randrange(1995, 2027)
    era, start = ("令和", 2018) if y > 2019 else ("平成", 1988)
    ja = (
        rng.choice([f"{y}年", f"{y}年", f"{era}{y - start}年（{y}年）", f"{era}{y - start}年"])
        if y != 2019
        else f"{y}年"
    )
    errors: list[Error] = [
        ("date", "fr", str(y + rng.choice([-1, 1, 2]))),
        ("date", "ja", f"{y + rng.choice([-2, 2])}年"),
    ]
    if y != 2019:
        errors.append(("era", "ja", f"{era}{y - start + 1}年（{y}年）"))
    return Value(str(y), ja, tuple(errors))


_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WEEK = "月火水木金土日"
_SHORT = (4, 6, 9, 11)


def _a_date(rng: random.Random) -> datetime.date:
    return datetime.date(2020, 1, 6) + datetime.timedelta(days=rng.randrange(0, 2400))


def _fr_date(d: datetime.date) -> str:
    return f"{'1er' if d.day == 1 else d.day} {_MONTHS[d.month - 1]} {d.year}"


def _ja_date(d: datetime.date, rng: random.Random) -> str:
    head = rng.choice(
        [f"{d.year}年", f"令和{d.year - 2018}年（{d.year}年）", f"令和{d.year - 2018}年"]
    )
    return f"{head}{d.month}月{d.day}日"


def date(rng: random.Random) -> Value:
    """A day, in either reckoning."""
    d = _a_date(rng)
    shift = d + datetime.timedelta(days=rng.choice([1, 2, 40]))
    impossible = rng.choice(
        [
            "平成31年6月1日",
            "令和元年4月30日",
            f"令和{d.year - 2018}年（{d.year + 1}年）{d.month}月{d.day}日",
        ]
    )
    return Value(_fr_date(d), _ja_date(d, rng), (
        ("date", "fr", _fr_date(shift)), ("date", "ja", _ja_date(shift, rng)),
        ("era", "ja", f"令和{d.year - 2017}年{d.month}月{d.day}日"), ("era", "ja", impossible),
        ("impossible-date", "fr", f"31 {_MONTHS[d.month - 1]} {d.year}" if d.month in _SHORT else f"30 février {d.year}"),
        ("impossible-date", "ja", f"{d.year}年{d.month if d.month in _SHORT else 2}月31日"),
        ("date-absent", "fr", "jour convenu"), ("date-absent", "ja", "所定の日"),
    ))  # fmt: skip


def weekday(rng: random.Random) -> Value:
    """A day with its weekday."""
    d = _a_date(rng)
    wrong = rng.choice([w for w in range(7) if w != d.weekday()])
    style = rng.choice(["（{}）", "（{}曜日）"])
    ja = f"{d.year}年{d.month}月{d.day}日"
    return Value(f"{_DAYS[d.weekday()]} {_fr_date(d)}", ja + style.format(_WEEK[d.weekday()]), (
        ("weekday", "fr", f"{_DAYS[wrong]} {_fr_date(d)}"), ("weekday", "ja", ja + style.format(_WEEK[wrong])),
    ))  # fmt: skip


def period(rng: random.Random) -> Value:
    """From a day to a day."""
    a = _a_date(rng).replace(day=rng.randrange(2, 20))
    b = a + datetime.timedelta(days=rng.randrange(2, 6))
    fr = f"du {a.day} au {_fr_date(b)}"
    ja = f"{a.year}年{a.month}月{a.day}日" + rng.choice(
        ["から{}日まで", "～{}日", "〜{}日"]
    ).format(b.day)
    wrong = a + datetime.timedelta(days=1)
    return Value(fr, ja, (
        ("range", "fr", f"le {_fr_date(b)}"), ("range", "ja", f"{a.year}年{a.month}月{a.day}日"),
        ("date", "fr", f"du {wrong.day} au {_fr_date(b)}"),
    ))  # fmt: skip


def interval(rng: random.Random) -> Value:
    """From a number to a number."""
    a = rng.choice([8, 12, 15, 18, 24, 30])
    b = a + rng.choice([3, 5, 7, 14])
    fr = rng.choice([f"de {a} à {b} ans", f"entre {a} et {b} ans", f"de {a}–{b} ans"])
    ja = rng.choice([f"{a}歳から{b}歳まで", f"{a}～{b}歳", f"{a}〜{b}歳"])
    return Value(fr, ja, (
        ("range", "fr", f"de {b} ans"), ("range", "ja", f"{a}歳"),
        ("number", "fr", f"de {a} à {b + 1} ans"), ("number", "ja", f"{a}～{b + 2}歳"),
    ))  # fmt: skip


def total(rng: random.Random) -> Value:
    """Two numbers and their sum; wrong on both sides at once, only the sum can tell."""
    a, b = rng.randrange(11, 40), rng.randrange(11, 40)

    def fr(t: int) -> str:
        return f"{a} communes françaises et {b} communes japonaises, soit {t} communes au total"

    def ja(t: int) -> str:
        return f"フランスの{a}自治体及び日本の{b}自治体、合わせて{t}自治体"

    t, wrong = a + b, a + b - 3
    return Value(
        fr(t),
        ja(t),
        (("number", "fr", fr(wrong)), ("number", "ja", ja(wrong))),
        ("sum", fr(wrong), ja(wrong)),
    )


def clock(rng: random.Random) -> Value:
    """A time of day."""
    h, m = rng.randrange(8, 21), rng.choice([0, 15, 30, 45])
    fr = f"{h} h" + (f" {m:02d}" if m else "")
    half = f"午後{h - 12}時" if h > 12 else f"午前{h}時"
    ja = rng.choice([f"{h}時", half]) + (
        ("半" if m == 30 and rng.random() < 0.4 else f"{m}分") if m else ""
    )
    wrong = h + 1
    return Value(
        fr,
        ja,
        (
            ("number", "fr", f"{wrong} h" + (f" {m:02d}" if m else "")),
            ("number", "ja", f"{wrong}時" + (f"{m}分" if m else "")),
        ),
    )


def measure(rng: random.Random) -> Value:
    """A length, surface or weight."""
    n = rng.choice([4, 12, 25, 60, 140])
    fr, ja, wrong = rng.choice([
        ("hectares", "ヘクタール", "km²"), ("kilomètres", "キロメートル", "m"), ("tonnes", "トン", "kg"),
        ("km", "km", "ha"), ("ha", "ha", "km²"), ("m²", "平方メートル", "m³"), ("MWh", "MWh", "GWh"),
    ])  # fmt: skip
    return Value(
        f"{n} {fr}", f"{n}{ja}", (("unit", "fr", f"{n} {wrong}"), ("number", "ja", f"{n + 1}{ja}"))
    )


# -- what is numbered ---------------------------------------------------------------------------


def goal(rng: random.Random) -> Value:
    """A sustainable development goal."""
    n = rng.randrange(1, 18)
    wrong = n % 17 + 1
    fr = rng.choice(["l’ODD {}", "l’ODD n° {}", "l’objectif de développement durable {}"])
    ja = rng.choice(["SDGs目標{}", "SDGsの目標{}", "持続可能な開発目標（SDGs）の目標{}"])
    return Value(
        fr.format(n),
        ja.format(n),
        (("goal", "fr", fr.format(wrong)), ("goal", "ja", ja.format(wrong))),
    )


def target(rng: random.Random) -> Value:
    """A target of a goal."""
    g, t = rng.randrange(1, 18), rng.randrange(1, 8)
    return Value(f"la cible {g}.{t}", f"ターゲット{g}.{t}", (
        ("goal", "fr", f"la cible {g}.{t + 1}"), ("goal", "ja", f"ターゲット{g % 17 + 1}.{t}"),
    ))  # fmt: skip


def edition(rng: random.Random) -> Value:
    """An edition of the meetings."""
    n = rng.randrange(2, 10)
    words = {
        2: "deuxièmes",
        3: "troisièmes",
        4: "quatrièmes",
        5: "cinquièmes",
        6: "sixièmes",
        7: "septièmes",
        8: "huitièmes",
        9: "neuvièmes",
    }
    fr = rng.choice([f"{n}^es^ Rencontres", f"{n}es Rencontres", f"{words[n]} Rencontres"])
    return Value(fr, f"第{n}回日仏自治体交流会議", (
        ("edition", "fr", f"{n + 1}^es^ Rencontres"), ("edition", "ja", f"第{n + 1}回日仏自治体交流会議"),
        ("edition", "fr", f"{n}^e^ atelier"), ("edition", "ja", f"第{n}回分科会"),
    ))  # fmt: skip


def article(rng: random.Random) -> Value:
    """A reference to an article and its item."""
    n, i = rng.randrange(1, 12), rng.randrange(1, 5)
    letter = "abcde"[i - 1]
    return Value(f"article {n}, {letter})", f"第{n}条({i})", (
        ("reference", "fr", f"article {n + 1}, {letter})"), ("reference", "ja", f"第{n}条({i + 1})"),
        ("reference", "ja", f"第{n + 1}条({i})"),
    ), ("dangling", f"article 27, {letter})", f"第27条({i})"))  # fmt: skip


# -- names --------------------------------------------------------------------------------------


def _varied(name: str) -> str:
    for right, wrong in (
        ("ヴァ", "バ"),
        ("ヴィ", "ビ"),
        ("ヴ", "ブ"),
        ("ンタ", "ンテ"),
        ("ワーズ", "ワズ"),
        ("オルヌ", "オーヌ"),
        ("朱鷺", "朱路"),
        ("日向岳", "日向丘"),
        ("霧ヶ丘", "霧ヶ岡"),
        ("青鐘", "青鏡"),
    ):
        if right in name:
            return name.replace(right, wrong, 1)
    raise AssertionError(name)


def authority(rng: random.Random) -> Value:
    """An authority of the register."""
    d = rng.choice(list(DELEGATIONS.values()))
    other = rng.choice([o for o in DELEGATIONS.values() if o.id != d.id])
    fr, ja = d.name["fr"], d.name["ja"]
    kind = {"市": "県", "県": "市", "町": "県", "圏": "市"}[ja[-1]]
    stem = ja[:-3] if ja.endswith("地域圏") else ja[:-1]
    head = {
        "commune": "Département de ",
        "departement": "Ville de ",
        "region": "Ville d’",
        "city": "Préfecture de ",
        "town": "Préfecture de ",
        "prefecture": "Ville d’",
    }[d.kind]
    core = fr.split(" de la ")[-1].split(" de ")[-1].split("d’")[-1].split("Région ")[-1]
    lower = f"la {fr[0].lower()}{fr[1:]}" if fr[0] in "VPR" else f"le {fr[0].lower()}{fr[1:]}"
    return Value(lower, ja, (
        ("name", "ja", _varied(ja)), ("name", "ja", other.name["ja"]),
        ("kind", "ja", stem + kind), ("kind", "fr", f"la {head}{core}"),
        ("name-absent", "fr", "une collectivité"), ("name-absent", "ja", "ある自治体"),
    ))  # fmt: skip


def person(rng: random.Random) -> Value:
    """A person with a title."""
    d = rng.choice(list(DELEGATIONS.values()))
    m = d.members[0]
    title = m.role["fr"]
    fr = f"{m.name['fr']}, {title}"
    ja = f"{m.name['ja']}{m.role['ja']}"
    first, last = m.name["fr"].split(" ", 1)
    wrong = "gouverneur" if "maire" in title else "maire"
    ja_wrong = "知事" if "maire" in title else "市長"
    errors: list[Error] = [
        ("person", "fr", f"{last} {first}, {title}"),
        ("person", "fr", f"{m.name['fr']}, {wrong}"),
        ("person", "ja", f"{m.name['ja']}{ja_wrong}"),
        ("person", "ja", f"{ja}氏"),
    ]
    return Value(fr, ja, tuple(errors))


# -- words --------------------------------------------------------------------------------------

_ACTIONS = (
    ("réduire les déchets à la source", "廃棄物の発生を抑制する"),
    ("soutenir les producteurs locaux", "地域の生産者を支援する"),
    ("partager leurs données ouvertes", "オープンデータを共有する"),
    ("accueillir des stagiaires du pays partenaire", "相手国の研修生を受け入れる"),
    ("restaurer les berges du fleuve", "河岸を再生する"),
    ("ouvrir les écoles aux habitants", "学校を住民に開放する"),
    ("former les agents à la gestion de crise", "職員に危機管理の研修を行う"),
    ("préserver les savoir-faire artisanaux", "職人の技を守る"),
)  # fmt: skip
_MODES = {
    "commit": ("s’engagent à {}", "{}ことを約束する"), "strive": ("s’efforcent de {}", "{}よう努める"),
    "must": ("doivent {}", "{}義務を負う"), "may": ("peuvent {}", "{}ことができる"),
    "wish": ("souhaitent {}", "{}ことを希望する"), "decide": ("décident de {}", "{}ことを決定する"),
}  # fmt: skip


def mode(rng: random.Random) -> Value:
    """What the parties promise, strive for, must or may do."""
    action, ja = rng.choice(_ACTIONS)
    de = "s’efforcent d’{}" if action[0] in "aeiouéh" else "s’efforcent de {}"
    modes = dict(_MODES) | {
        "strive": (de, "{}よう努める"),
        "decide": (
            ("décident d’{}" if action[0] in "aoé" else "décident de {}"),
            "{}ことを決定する",
        ),
    }
    name = rng.choice(list(modes))
    wrong = rng.choice([other for other in modes if other != name])
    return Value(modes[name][0].format(action), modes[name][1].format(ja), (
        ("modality", "fr", modes[wrong][0].format(action)), ("modality", "ja", modes[wrong][1].format(ja)),
    ))  # fmt: skip


_DENIALS = (
    ("ne crée aucune obligation", "義務を生じさせるものではない", "crée une obligation", "義務を生じさせるものである"),
    ("n’a pas été reconduit", "更新されなかった", "a été reconduit", "更新された"),
    ("ne dépend plus de l’État", "国に依存していない", "dépend de l’État", "国に依存している"),
    ("n’a jamais été interrompue", "一度も中断されていない", "a été interrompue", "中断されている"),
    ("ne remplace pas l’accord de 2012", "2012年の協定に代わるものではない", "remplace l’accord de 2012", "2012年の協定に代わるものである"),
    ("ne prévoit aucune subvention", "補助金を予定していない", "prévoit une subvention", "補助金を予定している"),
)  # fmt: skip


def denial(rng: random.Random) -> Value:
    """Something denied."""
    fr, ja, yes_fr, yes_ja = rng.choice(_DENIALS)
    return Value(fr, ja, (("negation", "fr", yes_fr), ("negation", "ja", yes_ja)))


_SCOPES = (
    ("tous les quartiers", "全ての地区", "les quartiers", "地区"),
    ("toutes les écoles", "すべての学校", "les écoles", "学校"),
    ("l’ensemble des services", "あらゆる部署", "les services", "部署"),
    ("notamment les jeunes", "特に若者", "les jeunes", "若者"),
    ("en particulier les familles", "とりわけ家庭", "les familles", "家庭"),
    ("seulement les communes du littoral", "沿岸の市町村のみ", "les communes du littoral", "沿岸の市町村"),
    ("uniquement les entreprises locales", "地元企業だけ", "les entreprises locales", "地元企業"),
)  # fmt: skip


def scope(rng: random.Random) -> Value:
    """All, notably, only."""
    fr, ja, bare_fr, bare_ja = rng.choice(_SCOPES)
    return Value(fr, ja, (("scope", "fr", bare_fr), ("scope", "ja", bare_ja)))


_HOSTS = (
    ("Cannes", "カンヌ"),
    ("Nantes", "ナント"),
    ("Kumamoto", "熊本"),
    ("Rennes", "レンヌ"),
    ("Kanazawa", "金沢"),
)


def host(rng: random.Random) -> Value:
    """Where and when the next meeting takes place: a whole statement."""
    fr, ja = rng.choice(_HOSTS)
    y = rng.choice([2026, 2028])
    n = rng.randrange(9, 12)
    other = rng.choice([h for h in _HOSTS if h[0] != fr])
    head, tail = f"Les {n}^es^ Rencontres se tiendront", f"第{n}回日仏自治体交流会議は、"
    right = f"{tail}令和{y - 2018}年（{y}年）に{ja}市において開催する"
    return Value(f"{head} à {fr} en {y}", right, (
        ("host", "fr", f"{head} à {fr}"), ("host", "fr", f"{head} en {y}"),
        ("host", "ja", f"{tail}令和{y - 2018}年（{y}年）に開催する"), ("host", "ja", f"{tail}{ja}市において開催する"),
        ("host", "ja", f"{tail}令和{y - 2018}年（{y}年）に{other[1]}市において開催する"),
    ))  # fmt: skip


def _compatriots(chosen: Sequence[Delegation]) -> tuple[int, int]:
    """The places of two parties of one country: four parties of two countries have some."""
    return next(
        (one, other)
        for other, party in enumerate(chosen)
        for one in range(other)
        if chosen[one].country == party.country
    )


def parties(rng: random.Random) -> Value:
    """A list of parties, in the order of either side."""
    chosen = rng.sample(list(DELEGATIONS.values()), 4)
    other = next(d for d in DELEGATIONS.values() if d not in chosen)
    fr, ja = ([f"- {d.name[tag]}" for d in chosen] for tag in ("fr", "ja"))
    gone = rng.randrange(4)
    first, second = _compatriots(chosen)
    turned = list(ja)
    turned[first], turned[second] = ja[second], ja[first]

    def joined(lines: list[str], instead: list[str]) -> str:
        return "\n".join([*lines[:gone], *instead, *lines[gone + 1 :]])

    return Value(
        "\n".join(fr),
        "\n".join(ja),
        (
            ("signatories", "fr", joined(fr, [])),
            ("signatories", "ja", joined(ja, [])),
            ("signatories", "ja", joined(ja, [f"- {other.name['ja']}"])),
            ("party-order", "ja", "\n".join(turned)),
        ),
    )


KINDS: dict[str, Callable[[random.Random], Value]] = {
    "count": count, "million": million, "word": word, "approximate": approximate, "money": money,
    "percent": percent, "points": points, "year": year, "date": date, "weekday": weekday,
    "period": period, "interval": interval, "total": total, "clock": clock, "measure": measure,
    "goal": goal, "target": target, "edition": edition, "article": article,
    "authority": authority, "person": person, "mode": mode, "denial": denial, "scope": scope,
    "host": host, "parties": parties,
}  # fmt: skip
