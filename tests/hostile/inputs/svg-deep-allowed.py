"""An SVG of 200 groups in groups, which an XML reader lets through."""


def attack(world):
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
    world.image((head + "<g>" * 200 + "</g>" * 200 + "</svg>").encode(), ".svg")
