"""What is promised, denied, or holds for all, some or none."""

from __future__ import annotations

import random

from tests.checks.mutation.values.value import Value

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
