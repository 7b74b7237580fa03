"""A machine that translates, for the tests of `actes translate` (the engine ``command``).

``machine.py [PHRASES]``. Every text it is given is written down in the file that ACTES_TEST_LOG
names, a JSON object a line with the run it came from (ACTES_TEST_RUN); its translation is the one
that PHRASES (a JSON object) gives for it, else the text behind a mark, so that links, notes and
numbers are in it.

A file beside the log, with ``.orders`` behind its name, tells it what happens while it is at work:
how many seconds it takes (``slow``), a file that it waits for (``until``), and what a person does
meanwhile, once (``edit``, ``write``, ``delete``).
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

MARK = "訳文："
LOG, RUN = "ACTES_TEST_LOG", "ACTES_TEST_RUN"


def main() -> None:
    log = Path(os.environ[LOG])
    phrases = json.loads(Path(sys.argv[1]).read_text("utf-8")) if len(sys.argv) > 1 else {}
    orders = _orders(log)
    for line in sys.stdin:
        asked = json.loads(line)
        note = {"run": os.environ.get(RUN, ""), "request": os.getpid(), "text": asked["text"]}
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(note, ensure_ascii=False) + "\n")
        translated = phrases.get(asked["text"], MARK + asked["text"])
        answer = {"id": asked["id"], "text": translated}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    time.sleep(orders.get("slow", 0))
    while "until" in orders and not Path(orders["until"]).exists():
        time.sleep(0.02)
    _obey(orders)


def _orders(log: Path) -> dict[str, Any]:
    """What shall happen during this request; people do a thing once."""
    file = log.with_name(log.name + ".orders")
    if not file.exists():
        return {}
    orders: dict[str, Any] = json.loads(file.read_text("utf-8"))
    lasting = {key: value for key, value in orders.items() if key in ("slow", "until")}
    file.write_text(json.dumps(lasting), "utf-8")
    return orders


def _obey(orders: dict[str, Any]) -> None:
    for path, before, after in orders.get("edit", []):
        file = Path(path)
        text = file.read_text("utf-8")
        assert before in text, before
        file.write_text(text.replace(before, after, 1), "utf-8")
    for path, content in orders.get("write", []):
        Path(path).write_text(content, "utf-8")
    for path in orders.get("delete", []):
        Path(path).unlink()


if __name__ == "__main__":
    main()
