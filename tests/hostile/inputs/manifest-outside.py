"""A manifest that names files outside and files that never end as outputs."""

import json

from tests.support.workspace import put

NAMES = [
    "../../canary.txt",
    "/dev/zero",
    "sub/../../../canary.txt",
    "proceedings-fr.pdf",
    ".lock",
    "",
]


def attack(world):
    record = {"key": "x", "sources": "z", "digest": "y", "size": 1}
    content = {
        "format": 2, "versions": {}, "inputs": {}, "builds": {"x": {"outputs": NAMES, "problems": []}},
        "outputs": dict.fromkeys(NAMES, record) | {"odd.pdf": {"key": [1], "sources": 0, "digest": {}, "size": "9"}},
    }  # fmt: skip
    put(world.root / "build/manifest.json", json.dumps(content))
