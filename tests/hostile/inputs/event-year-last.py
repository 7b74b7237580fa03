"""An event that lasts until the last day of all."""


def attack(world):
    event = world.sources / "event.yaml"
    event.write_text(
        event.read_text().replace("2024-11-21", "9999-12-31").replace("2025-03-14", "9999-12-31")
    )
