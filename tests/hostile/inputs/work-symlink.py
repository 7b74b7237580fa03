"""A working folder that is a link to a folder outside."""


def attack(world):
    outside = world.canary.with_name("ailleurs")
    outside.mkdir()
    (outside / "precieux.txt").write_text("à garder")
    (world.root / "build").mkdir()
    (world.root / "build/.work").symlink_to(outside)
