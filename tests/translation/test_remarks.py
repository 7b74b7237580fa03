"""Comments and values of a counterpart that would otherwise be left out, or printed, in silence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.errors import Place, Problem
from pipeline.texts.read import Text, read_texts
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.pretranslate.lines import as_written
from pipeline.translation.remarks import marker_problems
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.support.workspace import (
    actes,
    block,
    counterpart,
    make_workspace,
    reviewed,
    summary,
)

PAIR = ("Un marché.", "市場。")
FILE = "sources/eco/marche.ja.md"


def make(tmp_path: Path, body: str, original: str = PAIR[0], **head: str) -> Path:
    """A workspace whose counterpart has ``body`` and more lines in its head."""
    text = counterpart("marche.fr.md", "市場", [], "Marché") + body
    more = "".join(f"{key}: {value}\n" for key, value in head.items())
    text = text.replace("---\n", f"---\n{more}", 1)
    return make_workspace(
        tmp_path, texts={"eco/marche.fr.md": summary("Marché", original), "eco/marche.ja.md": text}
    )


def texts(root: Path) -> dict[str, Text]:
    workspace, _ = load(root)
    return dict(read_texts(workspace, find_texts(root, workspace.event)[0]).texts)


def problems(root: Path) -> list[Problem]:
    found = texts(root)
    return list(marker_problems(found[FILE], found["sources/eco/marche.fr.md"]))


@pytest.mark.parametrize(
    ("typed", "rule", "nearest"),
    [
        ("aprove", "marker-unknown", "approve"),
        ("aproved", "marker-unknown", "approve"),
        ("review", "marker-unknown", "reviewed"),
        ("approve\nremarque: x", "marker-unreadable", ""),
        ("approve ok", "marker-unreadable", ""),
        ("approuvé", "marker-unknown", "approve"),
    ],
)
def test_a_mistyped_state_is_said(tmp_path: Path, typed: str, rule: str, nearest: str) -> None:
    root = make(tmp_path, reviewed(*PAIR) + f"\n<!-- {typed}\nsource: |\n  X.\n-->\n別。\n")
    [problem] = problems(root)
    assert problem.rule == rule
    assert (root / FILE).read_text().splitlines()[problem.place.line - 1].startswith("<!-- ap") or (
        typed == "review"
    )
    assert problem.values.get("nearest", "") == nearest
    assert nearest in problem.render("en")


@pytest.mark.parametrize(
    ("damage", "to", "wrong", "said"),
    [
        ("  Un marché.", "Un marché.", "Un marché.", "line {} keeps this comment “reviewed”"),
        ("text: ", "text：", "text：", "line {} keeps this comment “reviewed”"),
        ("-->\n市場。", "市場。", "市場。", "“-->” is missing before line {}"),
        ("-->\n市場。", "—>\n市場。", "—>", "“-->” is missing before line {}"),
        (
            "<!-- reviewed\n" + block("source", PAIR[0]),
            block("source", PAIR[0]),
            "-->",
            "{}: this line closes a comment whose beginning",
        ),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line_and_left_alone(
    tmp_path: Path, damage: str, to: str, wrong: str, said: str
) -> None:
    body = (reviewed(*PAIR) + "\n" + reviewed("Un pont.", "橋。")).replace(damage, to, 1)
    root = make(tmp_path, body, f"{PAIR[0]}\n\nUn pont.")
    before = (root / FILE).read_text()
    lines = before.splitlines()
    line = next(number for number, words in enumerate(lines, 1) if words.startswith(wrong))
    for _run in "first", "again":
        done = actes(root, "translate", "--engine", "memory")
        assert (done.code, said.format(line) in done.said) == (1, True), done.said
        assert (root / FILE).read_text() == before
    next_steps = actes(root, "status").said.partition("What comes next")[2]
    assert next_steps.split()[:2] == ["To", "mend:"]
    assert FILE in next_steps


def test_a_line_is_told_as_the_file_stands_once_it_was_written(tmp_path: Path) -> None:
    body = reviewed(*PAIR) + "\n" + reviewed("Un pont.", "橋。").replace("text:", "texte:")
    root = make(tmp_path, body, "Un marché neuf.\n\nUn pont.")
    done = actes(root, "translate", "--engine", "memory")
    lines = (root / FILE).read_text().splitlines()
    assert lines.index("<!-- stale") < (wrong := lines.index("texte: " + fingerprint("橋。")))
    assert f"{FILE}:{wrong - 2}: line {wrong + 1} keeps this comment" in done.said


def test_lines_of_a_long_file_are_found_soon_and_counted_as_everywhere() -> None:
    many = 1_000
    before = "".join(f"<!-- missing\nsource: |\n  Un\u2028{n}.\n-->\n\n" for n in range(many))
    now = before.replace("-->\n", "text: 00000000\n-->\nMot.\n").replace("missing", "machine")
    last = 5 * many - 2  # the source of the last passage
    problem = Problem("marker-unreadable", Place(FILE, last), {"word": "missing", "line": last})
    begun = time.process_time()
    told = as_written(problem, {FILE: (before, now)})
    assert time.process_time() - begun < 5
    assert now.split("\n")[(told.place.line or 0) - 1] == f"  Un\u2028{many - 1}."
    assert told.values["line"] == told.place.line


def test_a_file_whose_comment_has_no_end_is_touched_by_no_command(tmp_path: Path) -> None:
    body = reviewed(*PAIR).replace("-->\n", "") + "\n" + reviewed("Un pont.", "橋。", "approve")
    root = make(tmp_path, body, f"{PAIR[0]}\n\nUn pont.")
    before = (root / FILE).read_text()
    for words in (
        ("approve", FILE),
        ("approve", f"{FILE}#1"),
        ("exchange", "export", "--to", "po", "--lang", "ja"),
        ("build", "proceedings-ja", "--format", "pdf"),
    ):
        done = actes(root, *words)
        assert "“-->” is missing before line" in done.said, (words, done.said)
        assert done.code
        assert (root / FILE).read_text() == before


def test_a_comment_without_its_beginning_is_seen_among_many_remarks(tmp_path: Path) -> None:
    many = "".join(f"**題{number}**\n\n" for number in range(60))
    body = reviewed(*PAIR) + "\n" + many + reviewed("Un pont.", "橋。").partition("\n")[2]
    root = make(tmp_path, body, f"{PAIR[0]}\n\nUn pont.")
    before = (root / FILE).read_text()
    done = actes(root, "translate", "--engine", "memory")
    assert "[comment-unbegun]" in done.said
    assert (root / FILE).read_text() == before


def test_a_proposal_corrected_in_its_comment_is_neither_approved_nor_passed_over(
    tmp_path: Path,
) -> None:
    corrected = block("proposal", "市。").replace("市。", "直した市場。")
    news = block("source", "Un.") + block("now", "Un marché.") + corrected
    body = f"<!-- approve\n{news}text: {fingerprint('旧。')}\n-->\n旧。\n"
    root = make(tmp_path, body)
    done = actes(root, "translate", "--engine", "memory")
    assert "[proposal-corrected]" in done.said
    assert (root / FILE).read_text().endswith(body.replace("approve", "stale"))


def test_words_among_what_actes_shows_are_said_and_become_a_note(tmp_path: Path) -> None:
    """A line was deleted: ``note:``, below the remark, and the last of ``text:`` is no mark."""
    shown = block("source", "Un marché.") + block("remark", "absent : 2")
    body = f"<!-- machine\n{shown}  要確認\n-->\n市場。\n"
    root = make(tmp_path, body)
    assert "[comment-mixed]" in actes(root, "translate", "--engine", "memory").said
    done = actes(root, "approve", FILE)
    assert done.code == 0, done.said
    assert (root / FILE).read_text().endswith("note: |\n  要確認\n-->\n市場。\n")
    assert "[comment-mixed]" not in actes(root, "translate", "--engine", "memory").said


def test_words_among_what_actes_shows_of_a_value_are_said_and_become_its_note(
    tmp_path: Path,
) -> None:
    root = make(tmp_path, reviewed(*PAIR))
    file = root / FILE
    content = file.read_text()
    file.write_text(content.replace("source: Marché,", "source: Marché 要確認,"))
    assert "[value-mixed]" in actes(root, "translate", "--engine", "memory").said
    assert "note: 要確認" in file.read_text()
    assert "[value-mixed]" not in actes(root, "translate", "--engine", "memory").said


def test_other_comments_are_left_alone(tmp_path: Path) -> None:
    root = make(tmp_path, "<!-- à voir : la source -->\n\n" + reviewed(*PAIR, word="Reviewed"))
    assert problems(root) == []


def test_a_passage_whose_source_is_gone_is_said(tmp_path: Path) -> None:
    root = make(tmp_path, reviewed(*PAIR) + "\n" + reviewed("Parti.", "去った。"))
    [problem] = problems(root)
    assert (problem.rule, problem.severity) == ("passage-orphaned", "remark")
    line = (root / FILE).read_text().splitlines()[problem.place.line - 1 :][:3]
    assert line == ["<!-- reviewed", *block("source", "Parti.").splitlines()]


# -- values and notes that nobody approved ------------------------------------------------------


def refused(root: Path) -> str:
    done = actes(root, "build", "proceedings-ja", "--format", "pdf", "--final")
    assert done.code == 4, done.said
    return done.said


def test_values_that_only_the_counterpart_has_are_not_approved(tmp_path: Path) -> None:
    head = {"abstract": "要旨。", "keywords": "[市]", "speakers": "[{name: 甲, role: 乙}]"}
    said = refused(make(tmp_path, reviewed(*PAIR), **head))
    for name in ("abstract", "keywords.1", "speakers.1.name", "speakers.1.role"):
        assert f"head data not approved: {name} (edited" in said


def test_a_counterpart_names_no_authority(tmp_path: Path) -> None:
    said = refused(make(tmp_path, reviewed(*PAIR), speakers="[{name: 甲, authority: atlantis}]"))
    assert "“authority” is said in the original" in said
    assert f"{FILE}:2:" in said


@pytest.mark.parametrize(
    ("note", "mark"), [("[^Note]: {}", "[^note]"), ("[^a:b]: {}", "[^a:b]"), ("[^1]: x\n\n[^2]: {}", "[^2]")]
)  # fmt: skip
def test_a_note_that_nobody_approved_holds_back_who_cites_it(
    tmp_path: Path, note: str, mark: str
) -> None:
    source, translation = f"Un marché.{mark}", f"市場。{mark}"
    old, new = note.format("Vieux."), note.format("注。")
    body = reviewed(source, translation) + "\n" + reviewed(old, new).replace("注", "別")
    root = make(tmp_path, body, f"{source}\n\n{old}")
    cited = next(
        number for number, line in enumerate((root / FILE).read_text().splitlines(), 1)
        if line == translation
    )  # fmt: skip
    assert f"{FILE}:{cited}: passage not approved" in refused(root)


def test_the_declaration_is_no_translation(tmp_path: Path) -> None:
    head = "---\ntitle: 宣言\ntranslation: {of: declaration.fr.md}\n---\n\n# 一 {#un}\n\n甲。\n"
    root = make_workspace(
        tmp_path,
        texts={
            "declaration/declaration.fr.md": "---\ntitle: D\n---\n\n# Un {#un}\n\nA.\n",
            "declaration/declaration.ja.md": head,
        },
    )
    done = actes(root, "build", "declaration", "--format", "pdf", "--final")
    assert done.code == 4
    assert "sources/declaration/declaration.ja.md:3:1" in done.said
    assert "[declaration-translation]" in done.said
