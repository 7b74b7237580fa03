"""Many definitions and many words that might refer to one."""


def attack(world):
    world.text("[a b c d e f]" * 8_000 + "\n\n" + "\n".join(f"[r{n}]: #x" for n in range(10_000)))
