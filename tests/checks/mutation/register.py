"""A small fictional register for generated pairs."""

from __future__ import annotations

from pipeline.checks.model import Facts
from pipeline.workspace.event import Delegation

_ROWS = (
    ("valombre", "Ville de Valombre", "ヴァロンブル市", "FR", "commune", "Claire Aubertin", "クレール・オーベルタン", "maire", "市長"),
    ("pontarel", "Ville de Pontarel", "ポンタレル市", "FR", "commune", "Hugo Lescaut", "ユーゴ・レスコー", "adjoint au maire", "副市長"),
    ("basse-orne", "Département de la Basse-Orne", "バス＝オルヌ県", "FR", "departement", "Sylvie Tournac", "シルヴィ・トゥルナック", "présidente du conseil départemental", "県議会議長"),
    ("armoise", "Région Armoise", "アルモワーズ地域圏", "FR", "region", "Denis Falguier", "ドゥニ・ファルギエ", "vice-président", "副議長"),
    ("hinatake", "Ville de Hinatake", "日向岳市", "JP", "city", "MISUMI Kaoru", "三隅薫", "maire", "市長"),
    ("tokisawa", "Ville de Tokisawa", "朱鷺沢市", "JP", "city", "HAKUBA Ryo", "白馬諒太", "directeur de l’urbanisme", "都市計画部長"),
    ("kirigaoka", "Bourg de Kirigaoka", "霧ヶ丘町", "JP", "town", "SENDO Yuki", "仙道由紀", "maire", "町長"),
    ("aoshima", "Préfecture d’Aogane", "青鐘県", "JP", "prefecture", "TOGAWA Mei", "戸川芽衣", "gouverneure", "知事"),
)  # fmt: skip

DELEGATIONS = {
    row[0]: Delegation.model_validate(
        {
            "id": row[0], "name": {"fr": row[1], "ja": row[2]}, "country": row[3], "kind": row[4],
            "members": [
                {"name": {"fr": row[5], "ja": row[6]}, "role": {"fr": row[7], "ja": row[8]}, "signatory": True}
            ],
        },
        context={"languages": ("fr", "ja")},
    )
    for row in _ROWS
}  # fmt: skip
FACTS = Facts(DELEGATIONS, articles=12)
"""What the rules are told of the generated event: its register, and twelve articles."""
