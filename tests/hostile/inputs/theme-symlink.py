"""A theme that is a link to a folder outside."""

from tests.support.workspace import put, summary


def attack(world):
    world.canary.with_name("ailleurs").mkdir()
    put(world.canary.with_name("ailleurs") / "perdu.fr.md", summary("AILLEURS", "AILLEURS"))
    event = world.sources / "event.yaml"
    event.write_text(
        event.read_text().replace(
            "themes:", "themes:\n  - {id: dehors, title: {fr: Dehors, ja: 外}}"
        )
    )
    (world.sources / "dehors").symlink_to(world.canary.with_name("ailleurs"))
