"""A language table of the workspace that is a link outside."""


def attack(world):
    (world.root / "templates/languages").mkdir(parents=True)
    (world.root / "templates/languages/fr.toml").symlink_to(world.canary)
