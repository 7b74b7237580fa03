"""An event.yaml in UTF-16."""


def attack(world):
    event = world.sources / "event.yaml"
    event.write_bytes(event.read_text().encode("utf-16"))
