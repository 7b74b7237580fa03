"""3,000 delegations, each with a twin that nobody knows."""


def attack(world):
    (world.sources / "delegations.yaml").write_text(
        "".join(
            f"- {{id: ville{n}, twin: vile{n}x, kind: c, country: FR, name: {{fr: a, ja: b}}}}\n"
            for n in range(3_000)
        )
    )
