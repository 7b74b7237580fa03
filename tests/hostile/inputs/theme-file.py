"""A theme that is a file."""


def attack(world):
    event = world.sources / "event.yaml"
    event.write_text(
        event.read_text().replace(
            "themes:", "themes:\n  - {id: fichier, title: {fr: Fichier, ja: 紙}}"
        )
    )
    (world.sources / "fichier").write_text("x")
