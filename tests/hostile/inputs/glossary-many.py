"""A glossary of 100,000 entries that are none."""


def attack(world):
    (world.sources / "glossary.yaml").write_text("- a\n" * 100_000)
