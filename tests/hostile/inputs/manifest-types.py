"""A manifest of the wrong kinds."""

from tests.support.workspace import put


def attack(world):
    put(
        world.root / "build/manifest.json",
        '{"format": 2, "versions": 1, "inputs": [], "outputs": [[]], "builds": [1]}',
    )
