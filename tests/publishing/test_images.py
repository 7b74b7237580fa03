"""Images: what passes, what is refused, and that nothing comes along with them."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from pipeline.errors import ActesError
from pipeline.publishing import images, images_svg
from pipeline.publishing.album import Album

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
GOOD = HEAD + 'viewBox="0 0 40 20"><defs><linearGradient id="g"/></defs><!-- who --><rect ' \
    'fill="url(#g)" width="4" height="4"/><use href="#g"/></svg>'  # fmt: skip


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png(width: int = 2, height: int = 1, *extra: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x10\x20\x30" * min(width, 9) for _ in range(height)))
    return b"".join([b"\x89PNG\r\n\x1a\n", _chunk(b"IHDR", header), *extra, _chunk(b"IDAT", rows),
                     _chunk(b"IEND", b"")])  # fmt: skip


def _jpeg(width: int, height: int) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    return (b"\xff\xd8\xff\xe0\0\x04ab" + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame
            + b"\xff\xd9")  # fmt: skip


def _refusal(content: bytes | str, name: str = "a.svg") -> tuple[str, str]:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(ActesError) as caught:
        images.clean(raw, name)
    problem = caught.value.problems[0]
    assert problem.place.file == name
    assert problem.message("fr")
    return problem.rule, str(problem.values.get("found", problem.values.get("limit")))


def test_a_good_drawing_passes_without_its_comments() -> None:
    clean = images.clean(GOOD.encode(), "a.svg")
    assert (clean.width, clean.height) == (40, 20)
    assert b"who" not in clean.content
    assert b"url(#g)" in clean.content


BAD = {
    "script": "<script>1</script>",
    "foreign object": "<foreignObject/>",
    "event": '<rect onload="x"/>',
    "link out": '<use href="file:///etc/passwd#a"/>',
    "old link out": '<use xlink:href="//host/a.svg#b"/>',
    "image out": '<image href="http://host/a.png"/>',
    "image file": '<image href="../../secret.png"/>',
    "svg in data": '<image href="data:image/svg+xml;base64,AAAA"/>',
    "no png in data": '<image href="data:image/png;base64,AAAA"/>',
    "style url": "<style>rect { fill: url(http://host/x) }</style>",
    "style import": '<style>@import "http://host/x.css";</style>',
    "style escape": r"<style>rect { fill: u\72l(x) }</style>",
    "fill out": '<rect fill="url(//host/x#g)"/>',
    "style attribute": '<rect style="fill:url(http://host/x)"/>',
    "animation": '<set attributeName="href" to="http://host"/>',
    "link": '<a href="#x"/>',
    "base": '<g xml:base="http://host/"/>',
    "itself": '<g id="a"><use href="#a"/></g>',
    "filter image": '<filter id="f"><feImage href="#x"/></filter>',
}


@pytest.mark.parametrize("inside", BAD.values(), ids=BAD.keys())
def test_what_is_not_drawing_is_refused(inside: str) -> None:
    assert _refusal(f'{HEAD}viewBox="0 0 9 9">{inside}</svg>')[0] == "image-refused-content"


def test_entities_are_refused_and_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("canary")
    doc = f'<!DOCTYPE svg [<!ENTITY e SYSTEM "file://{secret}">]>{HEAD}viewBox="0 0 9 9">&e;</svg>'
    rule, found = _refusal(doc)
    assert rule == "image-refused-content"
    assert "canary" not in found
    bomb = "<!DOCTYPE svg [" + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "x" * 10}">' for n in range(9)
    )
    assert _refusal(f'{bomb}]>{HEAD}viewBox="0 0 9 9">&a8;</svg>')[0] == "image-refused-content"


def test_what_unfolds_without_end_is_refused() -> None:
    layers = '<rect id="l0"/>' + "".join(
        f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
    )
    assert _refusal(f'{HEAD}viewBox="0 0 9 9">{layers}</svg>')[0] == "image-too-large"
    deep = "<g>" * 200 + "</g>" * 200
    assert _refusal(f'{HEAD}viewBox="0 0 9 9">{deep}</svg>')[0] == "image-too-large"


def test_a_drawing_needs_a_size_and_to_be_one() -> None:
    assert _refusal(f"{HEAD}/>")[1] == "viewBox"
    assert _refusal(f'{HEAD}viewBox="0 0 1e9 1"/>')[1] == "viewBox"
    assert _refusal("<html/>")[1] == "<html>"
    assert _refusal("not xml")[0] == "image-refused-content"
    assert images_svg.cleaned(f'{HEAD}width="20mm" height="10mm"/>'.encode(), "a.svg").width == 20


def test_a_png_keeps_only_what_draws() -> None:
    text = _chunk(b"tEXt", b"Author\0somebody")
    clean = images.clean(_png(2, 1, text) + b"trailing", "a.png")
    assert (clean.width, clean.height, clean.content) == (2, 1, _png())


def test_pictures_are_bounded_in_pixels_before_they_are_opened() -> None:
    assert _refusal(_png(60_000, 60_000 // 60_000 + 999), "a.png") == ("image-too-large", "50 Mpx")
    assert _refusal(_jpeg(30_000, 30_000), "a.jpg") == ("image-too-large", "50 Mpx")
    assert _refusal(_png(0, 5), "a.png")[0] == "image-refused-content"
    assert images.clean(_jpeg(30, 20), "b.JPEG").height == 20


@pytest.mark.parametrize(
    ("content", "name"),
    [(_png(), "a.jpg"), (_jpeg(2, 2), "a.png"), (b"GIF89a", "a.png"), (GOOD.encode(), "a.png"),
     (_png()[:40], "a.png"), (b"\xff\xd8\xff", "a.jpg"), (_png(), "a.gif"), (b"", "a.svg")],
)  # fmt: skip
def test_a_file_that_is_not_what_its_name_says(content: bytes, name: str) -> None:
    assert _refusal(content, name)[0] == "image-refused-content"


def test_opening_is_contained_and_bounded(tmp_path: Path) -> None:
    root = tmp_path / "event"
    root.mkdir()
    (root / "a.svg").write_text(GOOD)
    (root / "big.png").write_bytes(b"\0" * (images.MAX_BYTES + 1))
    (tmp_path / "out.svg").write_text(GOOD)
    (root / "link.svg").symlink_to(tmp_path / "out.svg")
    assert images.prepared(root, "a.svg").startswith(b"<?xml")
    for path, rule in (("none.svg", "image-missing"), ("big.png", "image-too-large"),
                       ("link.svg", "path-outside"),
                       ("../out.svg", "path-outside")):  # fmt: skip
        with pytest.raises(ActesError, match=rule):
            images.prepared(root, path)


def test_a_drawing_becomes_a_picture_of_the_width_asked_for() -> None:
    content = images.raster(images.clean(GOOD.encode(), "a.svg").content, "a.svg", 25.4, 100)
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") == 100


def test_a_drawing_that_cannot_be_drawn_costs_nothing_but_itself(tmp_path: Path) -> None:
    folder = tmp_path / "sources/x/images"
    folder.mkdir(parents=True)
    for name in ("a", "b"):
        (folder / f"{name}.svg").write_text(GOOD.replace("<use", f'<rect id="{name}"/><use'))
    alone = images.raster(images.prepared(tmp_path, "sources/x/images/b.svg"), "b.svg", 20.0)
    paths = [f"sources/x/images/{name}.svg" for name in ("a", "b", "none")]
    assert Album(tmp_path, paths).picture(paths[1], 20.0) == alone
    (folder / "none.svg").write_text(f'{HEAD}width="0" height="0" viewBox="0 0 9 9"/>')
    album = Album(tmp_path, paths)
    assert album.picture(paths[1], 20.0) == alone
    with pytest.raises(ActesError) as refused:
        album.picture(paths[2], 20.0)
    assert refused.value.problems[0].place.file == paths[2]


def test_the_workspace_of_an_image() -> None:
    path = "sources/x/images/a.svg"
    assert images.workspace_of(path, f"/home/me/event/{path}") == Path("/home/me/event")
