"""The translation program of the examples of docs/*.md: it knows the sentences of phrases.json.

It speaks as the engine ``command`` wants, a JSON object a line in and out; what it does not know
stays without an answer.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    phrases = json.loads(Path(__file__).with_name("phrases.json").read_text(encoding="utf-8"))
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        if asked["text"] in phrases:
            answer = {"id": asked["id"], "text": phrases[asked["text"]]}
            sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
