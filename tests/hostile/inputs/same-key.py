"""Two texts that both claim to be the original."""

from tests.support.workspace import put, summary


def attack(world):
    put(world.sources / "eco/same-key.fr.md", summary("Original un", "Je suis l’original PREMIER."))
    put(world.sources / "eco/same-key.ja.md", summary("原文二", "私が原文である SECOND。"))
