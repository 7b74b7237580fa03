"""A cache that is no database."""

from tests.support.workspace import put


def attack(world):
    put(world.root / "build/cache/texts.sqlite", b"SQLite format 3\0" + bytes(range(256)) * 50)
