"""A folder of texts that is a link to a folder outside, where a temporary file lies."""


def attack(world):
    outside = world.canary.with_name("ailleurs")
    world.sources.rename(outside)
    (outside / ".x.actes-tmp").write_text("à garder")
    world.sources.symlink_to(outside)
