"""A manifest 100,000 lists deep."""

from tests.support.workspace import put


def attack(world):
    put(world.root / "build/manifest.json", "[" * 100_000)
