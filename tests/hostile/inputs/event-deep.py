"""An event.yaml 50,000 lists deep."""


def attack(world):
    (world.sources / "event.yaml").write_text("id: " + "[" * 50_000)
