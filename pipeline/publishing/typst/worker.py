"""One Typst compilation in a process of its own, that can be limited and killed.

Reads a request (JSON) on standard input, writes the file it asks for and answers on standard
output. Run as ``python -m pipeline.publishing.typst.worker``; nobody but `typst_run` starts it.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Compile once and answer with the problems Typst found."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends a compilation at once
    request = json.loads(sys.stdin.read())
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (request["memory"], request["memory"]))
    json.dump(_compiled(request), sys.stdout)


def _compiled(request: dict[str, Any]) -> dict[str, Any]:
    import typst

    root = Path(request["root"])
    nowhere = root / "no-packages"
    try:
        # The font folders hold other files too (the packages' own); Typst looks at fonts only.
        content, warnings = typst.compile_with_warnings(
            str(root / request["input"]),
            root=str(root),
            font_paths=request["fonts"],
            ignore_system_fonts=True,
            format=request["format"],
            ppi=request["ppi"],
            pdf_standards=request["standards"],
            timestamp=request["timestamp"],
            package_path=str(nowhere),
            package_cache_path=str(nowhere),
        )
    except typst.TypstError as error:
        return {"problems": [_words(error)]}
    if warnings:
        return {"problems": [_words(warning) for warning in warnings]}
    pages = content if isinstance(content, list) else [content]
    Path(request["output"]).write_bytes(pages[0])
    return {"problems": []}


def _words(problem: Any) -> dict[str, str]:
    return {
        "message": problem.message,
        "diagnostic": problem.diagnostic,
        "hint": " ".join(problem.hints or ()),
    }


if __name__ == "__main__":
    main()
