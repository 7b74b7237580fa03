"""A folder with the name of a text, and one with the name of an image."""


def attack(world):
    (world.sources / "eco/folder-as-text.fr.md").mkdir()
    (world.sources / "eco/images/dossier.png").mkdir()
    world.text("![x](images/dossier.png)", name="folder-as-image")
