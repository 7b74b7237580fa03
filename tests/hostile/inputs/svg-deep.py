"""An SVG of 10,000 groups in groups."""


def attack(world):
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
    world.image((head + "<g>" * 10_000 + "</g>" * 10_000 + "</svg>").encode(), ".svg")
