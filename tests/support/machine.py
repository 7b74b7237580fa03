"""A machine that translates, for the tests of `actes translate` (the engine ``command``).

Every text it is given is written down in the file named by its first argument; its translation is
the text behind a mark, so that links, notes and numbers are in it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

MARK = "訳文："


def main() -> None:
    log = Path(sys.argv[1])
    for line in sys.stdin:
        asked = json.loads(line)
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asked["text"], ensure_ascii=False) + "\n")
        answer = {"id": asked["id"], "text": MARK + asked["text"]}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
