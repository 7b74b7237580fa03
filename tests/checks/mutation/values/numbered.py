"""Goals, targets, editions and articles."""

from __future__ import annotations

import random

from tests.checks.mutation.values.value import Value


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
