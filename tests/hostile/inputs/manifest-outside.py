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
    record = {"key": "x", "digest": "y", "size": 1}
    content = {
        "format": 1, "versions": {}, "inputs": {}, "problems": [],
        "outputs": dict.fromkeys(NAMES, record) | {"odd.pdf": {"key": [1], "digest": {}, "size": "9"}},
    }  # fmt: skip
    put(world.root / "build/manifest.json", json.dumps(content))
