"""Each note cites the next one twice: thirty make a thousand million."""


def attack(world):
    world.text(
        "Un appel[^0].\n\n"
        + "\n\n".join(f"[^{n}]: a[^{n + 1}] b[^{n + 1}]" for n in range(30))
        + "\n\n[^30]: fin"
    )
