"""An event.yaml that is a link to a file outside."""


def attack(world):
    event = world.sources / "event.yaml"
    event.unlink()
    event.symlink_to(world.canary)
