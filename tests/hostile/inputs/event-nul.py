"""An event.yaml of NULs."""


def attack(world):
    (world.sources / "event.yaml").write_bytes(b"\0" * 1000)
