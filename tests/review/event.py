"""A small event in the middle of its review: a passage in each state, and one hostile text."""

from __future__ import annotations

from pathlib import Path

from pipeline.translation.fingerprint import fingerprint
from tests.support.workspace import block, counterpart, make_workspace, reviewed, summary

MARKET = "Le marché ouvre **trois** fois par semaine."
MARKET_BEFORE = "Le marché ouvre **deux** fois par semaine."
MARKET_JA = "市場は週**2**回開かれる。"
MARKET_PROPOSAL = "市場は週**3**回開かれる。"
PARAGRAPHS = {
    "reviewed": ("La rencontre a réuni 54 collectivités.", "会議には54の自治体が集まった。"),
    "stale": (MARKET, MARKET_JA),
    "machine": ("Les cantines achètent local.", "食堂は地元で買う。"),
    "edited": ("La ville soutient les écoles.", "市は学校を応援している。"),
    "missing": ("La suite est prévue en 2026.", ""),
}
NEIGHBOUR = ("Les cantines achètent local et bio.", "食堂は地元の有機食材を買う。")
"""Of another text, and like what the machine translated."""

HOSTILE = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg onload=window.pwned=1></svg>",
    "<svg><script>window.pwned=1</script></svg>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<iframe src=javascript:parent.pwned=1></iframe>",
    "<body onload=window.pwned=1>",
    "<a href=javascript:window.pwned=1 id=trap>lien</a>",
    "[lien](javascript:window.pwned=1)",
    "[lien](data:text/html,<script>window.pwned=1</script>)",
    "[lien](JaVaScRiPt:window.pwned=1 \"titre\")",
    "![image](x\"onerror=\"window.pwned=1)",
    "![image](javascript:window.pwned=1)",
    "</textarea><script>window.pwned=1</script>",
    "</div></article><script>window.pwned=1</script>",
    "\"><script>window.pwned=1</script>",
    "'><script>window.pwned=1</script>",
    "\" autofocus onfocus=\"window.pwned=1",
    "' onmouseover='window.pwned=1",
    "{{ 7*7 }}{% raw %}{{ config }}{% endraw %}",
    "${window.pwned=1}",
    "<style>*{background:url(http://attaque.example/)}</style>",
    "<link rel=stylesheet href=http://attaque.example/a.css>",
    "<meta http-equiv=refresh content='0;url=http://attaque.example/'>",
    "<base href=http://attaque.example/>",
    "<form action=http://attaque.example/><button id=undo>x</button></form>",
    "<input name=words value=autre>",
    "<template id=help><script>window.pwned=1</script></template>",
    "<object data=javascript:window.pwned=1></object>",
    "<embed src=javascript:window.pwned=1>",
    "<math><mtext><img src=x onerror=window.pwned=1></mtext></math>",
    "<details open ontoggle=window.pwned=1>x</details>",
    "<video><source onerror=window.pwned=1></video>",
    "`<script>window.pwned=1</script>`",
    "texte {.card #help onclick=window.pwned=1}",
    "<noscript><p title='</noscript><img src=x onerror=window.pwned=1>'>",
    "\u202e<script>window.pwned=1</script>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
)  # fmt: skip


def make_event(folder: Path) -> Path:
    """The workspace: a text in the middle of its review, a confidential one, a hostile one."""
    body = "\n\n".join(source for source, _text in PARAGRAPHS.values())
    texts = {
        "eco/essai.fr.md": summary("Essai", body),
        "eco/essai.ja.md": _middle(),
        "eco/voisin.fr.md": summary("Voisin", NEIGHBOUR[0]),
        "eco/voisin.ja.md": counterpart("voisin.fr.md", "隣", [NEIGHBOUR], "Voisin"),
        "eco/secret.fr.md": summary("Secret", "Un projet discret.", confidential="true"),
        "eco/secret.ja.md": counterpart(
            "secret.fr.md", "秘密", [("Un projet ancien.", "内密の計画。")], "Secret"
        ),
        "eco/piege.fr.md": summary("Piege", "\n\n".join(HOSTILE)),
        "eco/piege.ja.md": counterpart(
            "piege.fr.md", "罠", [(text, f"{text} 訳") for text in HOSTILE if "-->" not in text],
            "Piege",
        ),
    }  # fmt: skip
    return make_workspace(folder, texts=texts)


def _middle() -> str:
    whole = counterpart("essai.fr.md", "試行", [PARAGRAPHS["reviewed"]], "Essai")
    stale = (
        f"<!-- stale\n{block('source', MARKET_BEFORE)}{block('now', MARKET)}"
        f"{block('proposal', MARKET_PROPOSAL)}"
        f"text: {fingerprint(MARKET_JA)}\n-->\n{MARKET_JA}\n"
    )
    machine = reviewed(*PARAGRAPHS["machine"], word="machine")
    edited = reviewed(*PARAGRAPHS["edited"], word="edited")
    missing = f"<!-- missing\n{block('source', PARAGRAPHS['missing'][0])}-->\n"
    return "\n".join([whole, stale, machine, edited, missing])
