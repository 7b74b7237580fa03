"""One Typst compilation in a process of its own, that can be limited and killed.

Reads a request (JSON) on standard input, writes the file it asks for and answers on standard
output. Nobody but `typst.run` starts it, once a PDF: it imports little, so as to begin at once.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys

TYPE_CHECKING = False  # as in typing, which takes as long to import as all that is here
if TYPE_CHECKING:
    import typst


def main() -> None:
    """Compile once and answer with the problems Typst found."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends a compilation at once
    request = json.loads(sys.stdin.read())
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (request["memory"], request["memory"]))
    import typst

    root = request["root"]
    nowhere = f"{root}/no-packages"
    problems: list[typst.TypstError | typst.TypstWarning]
    written: list[str] = []
    try:
        # The font folders hold other files too (the packages' own); Typst looks at fonts only.
        content, warnings = typst.compile_with_warnings(
            f"{root}/{request['input']}",
            root=root,
            font_paths=request["fonts"],
            ignore_system_fonts=True,
            format=request["format"],
            ppi=request["ppi"],
            pdf_standards=request["standards"],
            timestamp=request["timestamp"],
            package_path=nowhere,
            package_cache_path=nowhere,
        )
        problems = [*warnings]
    except typst.TypstError as error:
        problems = [error]
    if not problems:
        for number, page in enumerate(content if isinstance(content, list) else [content]):
            written.append(f"{request['output']}{number or ''}")
            with open(written[-1], "wb") as output:  # noqa: PTH123
                output.write(page)
    said = {"problems": [_words(problem) for problem in problems], "written": written}
    json.dump(said, sys.stdout)


def _words(problem: typst.TypstError | typst.TypstWarning) -> dict[str, str]:
    return {
        "message": problem.message,
        "diagnostic": problem.diagnostic,
        "hint": " ".join(problem.hints or ()),
    }


if __name__ == "__main__":
    main()
