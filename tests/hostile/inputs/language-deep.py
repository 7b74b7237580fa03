"""A language table 100,000 lists deep."""

from tests.support.workspace import put


def attack(world):
    put(world.root / "templates/languages/fr.toml", "a = " + "[" * 100_000)
