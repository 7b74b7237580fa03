"""Bytes that are no UTF-8, on the third line of the body."""

from tests.support.workspace import put, summary


def attack(world):
    content = summary("Cas", "Ligne un\nligne deux\nligne Ã").encode()
    put(
        world.sources / "eco/invalid-utf8.fr.md", content.replace("Ã".encode(), b"\xe9\xff\xc0\xaf")
    )
