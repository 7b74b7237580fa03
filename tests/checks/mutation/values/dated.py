"""Years, days, weekdays, periods and hours."""

from __future__ import annotations

import datetime
import random

from tests.checks.mutation.values.value import Error, Value


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
