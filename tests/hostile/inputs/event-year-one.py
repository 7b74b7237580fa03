"""An event in the year 1, published then."""


def attack(world):
    event = world.sources / "event.yaml"
    event.write_text(event.read_text().replace("2025-03-14", "0001-01-01"))
