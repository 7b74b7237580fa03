"""A manifest of the wrong kinds."""

from tests.support.workspace import put


def attack(world):
    put(
        world.root / "build/manifest.json",
        '{"format": 1, "versions": 1, "inputs": [], "outputs": [[]], "problems": [1]}',
    )
