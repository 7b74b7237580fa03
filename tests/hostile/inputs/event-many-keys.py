"""An event.yaml with 20,000 unknown keys."""


def attack(world):
    (world.sources / "event.yaml").write_text("".join(f"titel{n}: x\n" for n in range(20_000)))
