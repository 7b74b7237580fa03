"""UTF-16 with its byte order mark."""

from tests.support.workspace import put, summary


def attack(world):
    put(world.sources / "eco/utf16.fr.md", summary("Cas", "Corps").encode("utf-16"))
