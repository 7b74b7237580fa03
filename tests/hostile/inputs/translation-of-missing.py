"""A counterpart that names no original, beside one."""

from tests.support.workspace import put


def attack(world):
    world.text("Un texte.")
    content = "---\ntitle: 訳\ntranslation: {fields: {}}\n---\n\n訳文。\n"
    put(world.sources / "eco/translation-of-missing.ja.md", content)
