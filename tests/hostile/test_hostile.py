"""Law 9: every attack of `cases.toml`, through the command line, in every output.

A canary file lies beside the workspace and a port listens: its content is in no output, and
nothing connects. The command ends in time and memory with a documented exit code, names the
file, and the other text is still there. Attacks that do not disturb each other share a workspace,
and those on what all texts share are tried in PDF alone; `make test-long` puts each in a workspace
of its own, the slow ones too, and tries it in every output.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pytest

from tests.hostile.outputs import forbidden
from tests.hostile.world import SECRET, WITNESS, WITNESS_JA, Case, World, cases, make_world, place
from tests.support.workspace import Outcome, actes, docx_text, outputs, pdf_text, squeezed

CASES = cases()
SECONDS, BYTES = 120.0, 2_500_000_000
EDITIONS = ("proceedings-fr", "proceedings-ja", "proceedings-bilingual")
FORMATS = ("docx", "pdf")
ALONE = [case for case in CASES if case.group == "alone" and not case.slow]
TOGETHER = [case for case in CASES if case.group != "alone" and not case.slow]
GROUPS = {
    name: list(found)
    for name, found in groupby(sorted(TOGETHER, key=lambda c: c.group), lambda c: c.group)
}


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and what has connected to it."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                heard.append(str(address))
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        over.set()
        thread.join()


@pytest.mark.parametrize("group", GROUPS)
def test_attacks_together(group: str, tmp_path: Path, listener: tuple[int, list[str]]) -> None:
    """The attacks of one group, each a text of its own, in one workspace; images in a bilingual
    edition on facing pages, texts in one in columns."""
    _try(GROUPS[group], tmp_path, listener, FORMATS, facing=group == "images")


@pytest.mark.parametrize("case", ALONE, ids=lambda case: case.name)
def test_attack_alone(case: Case, tmp_path: Path, listener: tuple[int, list[str]]) -> None:
    """An attack on what all texts share: the event, the register, build/."""
    _try([case], tmp_path, listener, ("pdf",))


@pytest.mark.long
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_attack_one_by_one(case: Case, tmp_path: Path, listener: tuple[int, list[str]]) -> None:
    """Every attack in a workspace of its own and in every output, the slow ones too."""
    _try([case], tmp_path, listener, FORMATS)


def test_every_input_has_its_case() -> None:
    """No attack lies about untried, and there are at least forty-five."""
    tried = {case.input for case in CASES}
    there = {file for file in CASES[0].input.parent.iterdir() if file.is_file()}
    assert tried == there
    assert len(tried) >= 45


def _try(
    attacks: Sequence[Case],
    folder: Path,
    listener: tuple[int, list[str]],
    formats: Sequence[str],
    facing: bool = False,
) -> None:
    wrong = _tried(attacks, folder, listener, formats, facing)
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def _tried(
    attacks: Sequence[Case],
    folder: Path,
    listener: tuple[int, list[str]],
    formats: Sequence[str],
    facing: bool,
) -> list[str]:
    """Everything that is wrong after a build with these attacks, each sentence with its case."""
    port, heard = listener
    world = make_world(folder, port, formats, facing)
    for case in attacks:
        place(case, world)
    outside = _outside(world)
    outcome = actes(world.root, "build", "proceedings", seconds=SECONDS * 2)
    names = ", ".join(case.name for case in attacks) if len(attacks) < 3 else "together"
    wrong = [f"{names}: {words}" for words in _of_command(outcome, attacks)]
    if heard:
        wrong.append(f"{names}: connected from {heard}")
    if _outside(world) != outside:
        wrong.append(f"{names}: files outside changed")
    texts = {} if wrong and outcome.code not in (0, 1) else _texts(world)
    made = {f"{edition}.{form}" for edition in EDITIONS for form in formats}
    made -= {name for case in attacks for name in case.lost}
    wrong += [f"{names}: {words}" for words in _of_outputs(texts, world, attacks, made)]
    for case in attacks:
        wrong += [f"{case.name}: {words}" for words in _of_case(case, outcome, texts)]
    return wrong


def _outside(world: World) -> dict[str, bytes]:
    """What lies outside the workspace: none of it is changed, nothing is added."""
    return {
        str(file.relative_to(world.canary.parent)): file.read_bytes()
        for file in sorted(world.canary.parent.rglob("*"))
        if world.root not in file.parents and file.is_file() and file.suffix not in (".out", ".err")
    }


def _of_command(outcome: Outcome, attacks: Sequence[Case]) -> Iterator[str]:
    expected = max(case.code for case in attacks)
    # On a busy machine what is slow may be left out, which is as bounded an end.
    if any(case.slow for case in attacks) and "[text-too-slow]" in outcome.err:
        expected = 1
    if outcome.code != expected:
        yield f"exit code {outcome.code} instead of {expected}: {outcome.err[-300:]}"
    if "Traceback" in outcome.said:
        yield f"a traceback: {outcome.err[-300:]}"
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", outcome.said):
        yield "control characters on the terminal"
    if outcome.seconds > SECONDS:
        yield f"took {outcome.seconds:.0f} s"
    if outcome.peak > BYTES:
        yield f"took {outcome.peak // 10**6} MB"


def _texts(world: World) -> dict[str, str]:
    read = {".pdf": pdf_text, ".docx": docx_text}
    return {file.name: squeezed(read[file.suffix](file)) for file in outputs(world.root)}


def _of_outputs(
    texts: dict[str, str], world: World, attacks: Sequence[Case], made: set[str]
) -> Iterator[str]:
    if not all(case.outputs for case in attacks):
        if texts:
            yield f"made {', '.join(texts)}"
        return
    if set(texts) != made:
        yield f"made {sorted(texts)} instead of {sorted(made)}"
    for name, text in texts.items():
        witness = WITNESS if "-fr" in name else WITNESS_JA
        if squeezed(witness) not in text:
            yield f"the witness is not in {name}"
        if squeezed(SECRET) in text:
            yield f"the canary is in {name}"
    for file in outputs(world.root):
        yield from (f"{file.name} holds {found}" for found in forbidden(file, SECRET))


def _of_case(case: Case, outcome: Outcome, texts: dict[str, str]) -> Iterator[str]:
    named = case.named
    about = [line for line in outcome.err.splitlines() if named in line]
    for rule in case.rules:
        if not any(line.endswith(f"[{rule}]") for line in about):
            yield f"no message {rule} that names {case.named}: {' / '.join(about)[:300]}"
    if case.line and not any(f"{case.named}:{case.line}:" in line for line in about):
        yield f"no message for line {case.line}: {' / '.join(about)[:300]}"
    french = {name: text for name, text in texts.items() if "-fr" in name}
    for words in case.kept:
        yield from (
            f"« {words} » is lost in {n}" for n, t in french.items() if squeezed(words) not in t
        )
    for words in case.gone:
        yield from (f"« {words} » is in {n}" for n, t in texts.items() if squeezed(words) in t)
    if case.left_out:
        notice = squeezed(f"sources/eco/{case.name}.fr.md")
        yield from (f"no notice in {n}" for n, t in french.items() if notice not in t)
