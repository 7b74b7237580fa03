"""The memory told by examples: what is found, what is remembered, what TMX says.

Each file of `golden/` reads as documentation. ``search-*``: entries, questions, and what is found;
``gather-*``: an original, its counterpart, and the entries they give; ``tmx-*``: a TMX file, the
entries it gives, and, where Actes wrote it, the file that its first entry makes again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.texts.read import read_texts
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.memory.entries import Entry, Input
from pipeline.translation.memory.gather import workspace_inputs
from pipeline.translation.memory.index import Match, open_memory
from pipeline.translation.memory.tmx import read_tmx
from pipeline.translation.memory.tmx_write import write_tmx
from pipeline.translation.works import works
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.support.workspace import make_workspace, summary

GOLDEN = Path(__file__).parent / "golden"


def cases(kind: str) -> list[Path]:
    return sorted(GOLDEN.glob(f"{kind}-*.txt"))


def parts(case: Path) -> list[tuple[str, str]]:
    """The parts of a case after its explanation: what each is called, and what it holds."""
    _why, *found = re.split(r"^%%% (.*)\n", case.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return list(zip(found[::2], found[1::2], strict=True))


@pytest.mark.parametrize("case", cases("search"), ids=lambda case: case.stem)
def test_search(case: Path, tmp_path: Path) -> None:
    (languages, known), *questions = parts(case)
    source, target = languages.split()
    entries = []
    for number, line in enumerate(known.splitlines()):
        state, text = line.split(": ", 1)
        entries.append(Entry(source, target, *text.split(" = "), state, f"m#{number}"))
    memory = open_memory(tmp_path, tmp_path / "m.sqlite", [Input("m", "1", lambda: entries)])
    for (_asks, question), (_finds, expected) in zip(questions[::2], questions[1::2], strict=True):
        found = memory.search(question.strip(), source, target, before=None)
        assert "".join(shown(match) for match in found) == expected
    memory.close()


def shown(match: Match) -> str:
    differs = f"[{', '.join(match.differs)}] " if match.differs else ""
    return f"{int(match.score * 100)} % {differs}{match.entry.source} = {match.entry.target}\n"


@pytest.mark.parametrize("case", cases("gather"), ids=lambda case: case.stem)
def test_gather(case: Path, tmp_path: Path) -> None:
    (_o, original), (_c, body), (_g, expected) = parts(case)
    body = re.sub(r"FP\(([^)]*)\)", lambda match: fingerprint(match[1]), body)
    head = "---\ntitle: 試し\ntranslation: {of: essai.fr.md, fields: {}}\n---\n\n"
    files = {"eco/essai.fr.md": summary("Essai", original), "eco/essai.ja.md": head + body}
    workspace, _ = load(make_workspace(tmp_path, texts=files))
    found, _ = find_texts(workspace.root, workspace.event)
    grouped, _ = works(found, read_texts(workspace, found).texts)
    (item,) = workspace_inputs(grouped)
    assert item.name == "sources/eco/essai.ja.md"
    assert "".join(f"{line}\n" for line in remembered(list(item.read()))) == expected


def remembered(entries: list[Entry]) -> list[str]:
    """The entries in the order of the file, the context in words."""
    names = {fingerprint(text): text for text in (*(e.source for e in entries), "Le texte d’hier.")}
    lines = []
    for entry in entries:
        after = f" · after {names[entry.before]}" if entry.before else ""
        lines.append(f"{entry.state} · {entry.source} = {entry.target}{after}".replace("\n", "⏎"))
    return lines


@pytest.mark.parametrize("case", cases("tmx"), ids=lambda case: case.stem)
def test_tmx(case: Path) -> None:
    (kind, content), (_gives, expected), (_reports, problems) = parts(case)
    content = content.replace("VERSION", __version__)
    tmx = read_tmx(content.encode(), "m.tmx", kind.split()[1:])
    assert "".join(told(entry) for entry in tmx.entries) == expected
    assert "".join(f"{problem.render('en')}\n" for problem in tmx.problems) == problems
    if 'creationtool="Actes"' in content:
        assert write_tmx([replace(tmx.entries[0], state="reviewed")]).decode() == content


def told(entry: Entry) -> str:
    after = f" · after {entry.before}" if entry.before else ""
    head = f"{entry.source_language} → {entry.target_language} · {entry.state} · {entry.where}"
    return f"{head}{after}\n{entry.source}\n{entry.target}\n"
