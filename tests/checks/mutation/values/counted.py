"""Numbers, sums of money, shares and measures."""

from __future__ import annotations

import random

from tests.checks.mutation.values.value import Error, Value, fr_number, ja_number, near

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
    wrong = near(n, rng)
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
    wrong = near(value, rng)
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
        ("number", "fr", f"{near(n, rng)} %"), ("number", "ja", f"{near(n, rng)}％"),
    ))  # fmt: skip


def points(rng: random.Random) -> Value:
    """Points of a percentage."""
    n = rng.choice([3, 5, 6, 8, 11, 14])
    fr = rng.choice([f"{n} points", f"{n} points de pourcentage"])
    return Value(fr, f"{n}ポイント", (("percent", "ja", f"{n}％"), ("percent", "fr", f"{n} %")))


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
