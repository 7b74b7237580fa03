"""A text that is a chain of relative links, the last of which leads outside."""


def attack(world):
    folder = world.sources / "eco"
    (folder / "symlink-relative.fr.md").symlink_to("images/../images/pas")
    (folder / "images/pas").symlink_to("../../../../canary.fr.md")
