"""A GIF that is also JavaScript, called SVG."""


def attack(world):
    world.image(
        b"GIF89a/*\x01\x00\x01\x00*/=1;alert(1)//<svg xmlns='http://www.w3.org/2000/svg'/>", ".svg"
    )
