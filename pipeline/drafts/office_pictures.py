"""Pictures of a word processor's document: their names, their files, what they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.errors import Place, Problem, Severity
from pipeline.texts import ast
from pipeline.texts.allow import IMAGE_TYPES
from pipeline.texts.pandoc import Node


def named_images(
    blocks: Sequence[Node], media: Mapping[str, bytes], slug: str, file: str,
    problems: list[Problem],
) -> dict[str, bytes]:  # fmt: skip
    """Give pictures their names in ``images/``; those of other kinds are listed and left out."""
    found: dict[str, bytes] = {}
    for node in ast.walk(blocks):
        if node["t"] != "Image":
            continue
        target = node["c"][2][0]
        data = media.get(target) or media.get(f"word/{target}")
        suffix = "." + target.rsplit(".", 1)[-1].lower()
        if data is None or suffix not in IMAGE_TYPES:
            types = ", ".join(IMAGE_TYPES)
            values = {"target": target[:60], "types": types}
            problems.append(Problem("office-image", Place(file), values, Severity.REMARK))
            described = dict(node["c"][0][2]).get("alt", "") or ast.plain_text(node["c"][1]).strip()
            node["t"], node["c"] = "Str", f"[{described}]" if described else ""
            continue
        name = f"{slug}-{len(found) + 1}{suffix}"
        found[name] = data
        node["c"][2] = [f"images/{name}", ""]
        alternative = dict(node["c"][0][2]).get("alt")
        node["c"][0] = ["", [], [["alt", alternative]] if alternative else []]
        if not alternative and not ast.plain_text(node["c"][1]).strip():
            values = {"target": f"images/{name}"}
            problems.append(
                Problem("image-without-alternative", Place(file), values, Severity.REMARK)
            )
            node["c"][0] = ["", [], [["alt", name]]]
    return found


def local(inlines: list[Node], slug: str) -> list[Node]:
    """The allow-list resolved image paths; a Markdown text names them from where it stands."""
    for node in inlines:
        if node["t"] == "Image" and f"images/{slug}-" in node["c"][2][0]:
            node["c"][2][0] = "images/" + node["c"][2][0].rsplit("/", 1)[1]
    return inlines


def as_picture(node: Node) -> Node:
    """A figure of one picture as a picture with its caption: Markdown has no other word for it."""
    if node["t"] != "Figure":
        return node
    caption, content = node["c"][1][1], node["c"][2]
    inner = content[0]["c"] if len(content) == 1 and content[0]["t"] in ("Para", "Plain") else []
    pictures = [inline for inline in inner if inline["t"] == "Image"]
    if len(pictures) != 1 or len(inner) != 1 or len(caption) > 1:
        return node
    if caption:
        pictures[0]["c"][1] = caption[0]["c"]
    return ast.para(pictures)
