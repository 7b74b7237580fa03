"""A register that is a link to a file outside."""


def attack(world):
    register = world.sources / "delegations.yaml"
    register.unlink()
    register.symlink_to(world.canary)
