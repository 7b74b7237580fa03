"""A build/ that is a link to nothing."""


def attack(world):
    (world.root / "build").symlink_to(world.canary.with_name("nulle-part"))
