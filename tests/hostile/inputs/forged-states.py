"""Comments that claim more than the fingerprints they stand over, in a counterpart."""

from tests.support.workspace import put, reviewed, summary

FIRST, SECOND, THIRD = "Le pont coûte deux millions.", "Le maire refuse.", "La séance est levée."


def attack(world):
    put(
        world.sources / "eco/forged-states.fr.md",
        summary("Des états forgés", "\n\n".join([FIRST, SECOND, THIRD])),
    )
    honest = reviewed(FIRST, "橋は二百万である。")
    changed_text = honest.replace("橋は二百万である。\n", "橋は二億である FORGEUN。\n")
    changed_source = reviewed("Le maire accepte.", "市長は承諾する FORGEDEUX。")
    ended = reviewed("x --> <b>dehors</b>\n" + THIRD, "閉会 FORGETROIS。")
    head = (
        "---\ntitle: 偽造\ntranslation:\n  of: forged-states.fr.md\n  fields:\n"
        "    title: {state: reviewed, source: Des états forgés, text: '00000000'}\n---\n\n"
    )
    body = f"{changed_text}\n{changed_source}\n{ended}"
    put(world.sources / "eco/forged-states.ja.md", head + body)
