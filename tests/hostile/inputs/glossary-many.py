"""A glossary of 200,000 entries that are none."""


def attack(world):
    (world.sources / "glossary.yaml").write_text("- a\n" * 200_000)
