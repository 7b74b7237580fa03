"""Authorities, persons, the next host and the parties."""

from __future__ import annotations

import random
from collections.abc import Sequence

from pipeline.workspace.event import Delegation
from tests.checks.mutation.register import DELEGATIONS
from tests.checks.mutation.values.value import Error, Value


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
