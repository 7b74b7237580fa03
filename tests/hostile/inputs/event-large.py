"""An event.yaml of 10 MB."""


def attack(world):
    (world.sources / "event.yaml").write_text("# x\n" + "a: b\n" * 2_000_000)
