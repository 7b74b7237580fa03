"""SVG drawings made safe: parsed without anything from outside, refused if they are more than
drawing, bounded in what they unfold to, and written out again."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import ActesError, stop
from pipeline.publishing import images_raster

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SVG = "{http://www.w3.org/2000/svg}"
MAX_ELEMENTS = 50_000
MAX_DEPTH = 100
MAX_DATA = 2 * 1024 * 1024
_REFUSED = frozenset(
    {"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "canvas", "handler",
     "listener", "animate", "animateMotion", "animateTransform", "animateColor", "set", "discard",
     "filter", "feImage", "a", "tref", "cursor", "font-face-uri", "color-profile", "include",
     "link", "meta"}
)  # fmt: skip
_DATA = re.compile(r"^\s*data:image/(png|jpeg);base64,([A-Za-z0-9+/=\s]*)$")
_FRAGMENT = re.compile(r"^\s*#[^\s]+\s*$")
_URL = re.compile(r"url\s*\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_STYLE_REACH = re.compile(r"@import|expression|behavior|-moz-binding|\\|image-set|src\s*\(", re.I)
_LENGTH = re.compile(r"^\s*([0-9.]+(?:e[0-9]+)?)\s*(px|pt|mm|cm|in|pc)?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Drawing:
    """A clean drawing and its size in user units; the ratio is what matters."""

    content: bytes
    width: float
    height: float


def cleaned(content: bytes, path: str) -> Drawing:
    """The drawing without comments and instructions.

    Raises ActesError ``image-refused-content`` with what was found, or ``image-too-large``.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise stop("image-refused-content", path, found=f"XML: {str(error)[:120]}") from None
    if root.getroottree().docinfo.internalDTD is not None or b"<!DOCTYPE" in content:
        raise stop("image-refused-content", path, found="<!DOCTYPE>")
    if root.tag != f"{_SVG}svg":
        raise stop("image-refused-content", path, found=f"<{_local(root)}>")
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    if len(elements) > MAX_ELEMENTS:
        raise stop("image-too-large", path, limit=f"{MAX_ELEMENTS} elements")
    for element in elements:
        _check(element, path)
    _check_unfolded(root, path)
    width, height = _size(root, path)
    return Drawing(etree.tostring(root, encoding="utf-8", xml_declaration=True), width, height)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _check(element: Element, path: str) -> None:
    name = _local(element)
    if name in _REFUSED:
        raise stop("image-refused-content", path, found=f"<{name}>")
    if name == "style":
        _check_style("".join(map(str, element.itertext())), path)
    for key, value in element.attrib.items():
        _check_attribute(str(key), str(value), path)


def _check_attribute(key: str, value: str, path: str) -> None:
    name = key.rpartition("}")[2].lower()
    if name.startswith("on") or name == "base":
        raise stop("image-refused-content", path, found=f"{name}=")
    if name in ("href", "src") and not _FRAGMENT.match(value):
        _check_data(value, path)
    if name == "style" or "url" in value.lower():
        _check_style(value, path)


def _check_style(value: str, path: str) -> None:
    reach = _STYLE_REACH.search(value)
    if reach:
        raise stop("image-refused-content", path, found=reach[0])
    for _quote, target in _URL.findall(value):
        if not _FRAGMENT.match(target):
            raise stop("image-refused-content", path, found=f"url({target[:60]})")


def _check_data(value: str, path: str) -> None:
    """An embedded picture is opened like any other; anything else from outside is refused."""
    found = _DATA.match(value)
    if not found:
        raise stop("image-refused-content", path, found=f"href={value[:60]}")
    if len(found[2]) > MAX_DATA:
        raise stop("image-too-large", path, limit=f"{MAX_DATA // 1024**2} MB (data:)")
    try:
        content = base64.b64decode(found[2], validate=False)
        images_raster.cleaned(content, found[1], path)
    except (binascii.Error, ActesError):
        raise stop("image-refused-content", path, found="data:") from None


def _check_unfolded(root: Element, path: str) -> None:
    """What ``use`` unfolds to is bounded, and no element uses itself."""
    by_id: dict[str, Element] = {}
    for element in root.iter():
        identifier = element.get("id") if isinstance(element.tag, str) else None
        if identifier:
            by_id.setdefault(identifier, element)
    sizes: dict[Element, int] = {}
    _unfolded(root, by_id, sizes, frozenset(), path)


def _unfolded(
    element: Element,
    by_id: dict[str, Element],
    sizes: dict[Element, int],
    above: frozenset[Element],
    path: str,
) -> int:
    if element in sizes:
        return sizes[element]
    if element in above:
        raise stop("image-refused-content", path, found="<use> ↻")
    if len(above) > MAX_DEPTH:
        raise stop("image-too-large", path, limit=f"{MAX_DEPTH} levels")
    inside = above | {element}
    total = 1
    for child in element:
        total += _unfolded(child, by_id, sizes, inside, path)
    for target in _targets(element, by_id):
        total += _unfolded(target, by_id, sizes, inside, path)
    if total > MAX_ELEMENTS:
        raise stop("image-too-large", path, limit=f"{MAX_ELEMENTS} elements")
    sizes[element] = total
    return total


def _targets(element: Element, by_id: dict[str, Element]) -> list[Element]:
    """What an element draws by reference: ``use``, and fills, masks and markers by ``url(#…)``."""
    names = []
    for key, value in element.attrib.items():
        text = str(value).strip()
        if str(key).rpartition("}")[2] == "href" and text.startswith("#"):
            names.append(text[1:])
        names += [target.strip()[1:] for _quote, target in _URL.findall(text)]
    return [by_id[name] for name in names if name in by_id]


def _size(root: Element, path: str) -> tuple[float, float]:
    box = (root.get("viewBox") or "").replace(",", " ").split()
    found = [_LENGTH.match(root.get(name) or "") for name in ("width", "height")]
    try:
        if len(box) == 4:  # noqa: PLR2004
            width, height = float(box[2]), float(box[3])
        else:
            width, height = (float(match[1]) if match else 0.0 for match in found)
    except ValueError:
        width = height = 0.0
    if not (0 < width < 1e6 and 0 < height < 1e6 and 0.02 < height / width < 50):  # noqa: PLR2004
        raise stop("image-refused-content", path, found="viewBox")
    return width, height
