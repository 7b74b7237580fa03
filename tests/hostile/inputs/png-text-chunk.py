"""A PNG with a comment, a profile and a file after its end: a picture that is also a page."""

from tests.hostile.png import chunk, png


def attack(world):
    content = png(100, 50, b"\0" * (101 * 50))
    extra = chunk(b"tEXt", b"Comment\0CACHETEXTE <script>alert(1)</script>")
    whole = content[:33] + extra + chunk(b"iCCP", b"CACHEPROFIL\0\0xx") + content[33:]
    world.image(whole + b"<html>CACHESUITE<script>alert(1)</script></html>", ".png")
