"""Footnote marks matched with their notes, and numbered anew through the whole text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.drafts.plaintext.model import (
    MARK_CLOSE,
    MARK_OPEN,
    Edit,
    Flag,
    Traced,
    concat,
    written,
)
from pipeline.drafts.plaintext.notes import ANSWERS, Mark, NoteText, marks


@dataclass(frozen=True)
class Matched:
    """The texts with their marks, the label of each note ("" where no mark was found)."""

    texts: tuple[Traced, ...]
    labels: tuple[str, ...]
    edits: tuple[Edit, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    block: int
    mark: Mark
    at: int


def match_notes(texts: Sequence[Traced], notes: Sequence[NoteText]) -> Matched:
    """Match notes with marks.

    Inputs: the texts of the blocks in order, and the notes in order. Output: the texts with marks
    in place; a note answers to a mark of its label before it, on its own page if there is one,
    after the mark of the note before. What looks like a mark and has no note is a doubt.
    """
    by_label: dict[tuple[str, str], list[_Found]] = {}
    for i, text in enumerate(texts):
        for mark in marks(text.text):
            found = _Found(i, mark, text.offset(mark.start))
            by_label.setdefault((mark.form, mark.label), []).append(found)
    chosen: dict[tuple[int, int], tuple[Mark, str]] = {}
    labels: list[str] = []
    edits: list[Edit] = []
    flags: list[Flag] = []
    page, block, last = -1, -1, -1
    used = 0
    previous = -1
    for note in notes:
        if note.block != block:
            page, block, last = previous, note.block, -1
        previous = note.at
        free = [
            found
            for form in ANSWERS.get(note.form, (note.form,))
            for found in by_label.get((form, note.label), [])
            if found.at < note.at and (found.block, found.mark.start) not in chosen
        ]
        best = _best(free, page, last)
        if not best:
            labels.append("")
            flags.append(Flag("note-without-mark", note.at, note.head.strip()))
            continue
        used += 1
        label = str(used)
        labels.append(label)
        edits.append(Edit("note-text", note.at, note.head, f"[^{label}]: "))
        # A bracketed mark may be met twice; a bare figure that is met twice may be a figure.
        repeated = best[0].mark.form in ("bracket", "paren", "kome", "chu")
        if len(best) > 1 and not repeated:
            typed = _around(texts[best[0].block].text, best[0].mark)
            flags.append(Flag("note-mark-ambiguous", best[0].at, typed))
        for found in best if repeated else best[:1]:
            chosen[found.block, found.mark.start] = (found.mark, label)
            last = max(last, found.at)
    marked: list[Traced] = []
    taken: dict[int, list[tuple[Mark, str]]] = {}
    for (i, _), pair in sorted(chosen.items()):
        taken.setdefault(i, []).append(pair)
    for i, text in enumerate(texts):
        done, changes = _placed(text, taken.get(i, []))
        marked.append(done)
        edits += changes
    flags += _orphans(texts, chosen)
    return Matched(tuple(marked), tuple(labels), tuple(edits), tuple(flags))


def _best(free: Sequence[_Found], page: int, last: int) -> list[_Found]:
    """Choose among marks: those of the page, else any; likely ones; after the last one if any."""
    here = [found for found in free if found.at > page] or list(free)
    here = [found for found in here if found.mark.likely] or here
    return [found for found in here if found.at > last] or here


def _placed(text: Traced, pairs: Sequence[tuple[Mark, str]]) -> tuple[Traced, list[Edit]]:
    parts: list[Traced] = []
    edits: list[Edit] = []
    done = 0
    for mark, label in pairs:
        at = text.offset(mark.start)
        parts += [text.cut(done, mark.start), written(f"{MARK_OPEN}{label}{MARK_CLOSE}", at)]
        edits.append(Edit("note-mark", at, text.text[mark.start : mark.end], f"[^{label}]"))
        done = mark.end
    return concat([*parts, text.cut(done, len(text.text))]), edits


def _orphans(
    texts: Sequence[Traced], chosen: dict[tuple[int, int], tuple[Mark, str]]
) -> list[Flag]:
    """Return a doubt for each figure glued to a word or bracket, and each ※, that has no note."""
    flags: list[Flag] = []
    for i, text in enumerate(texts):
        for mark in marks(text.text):
            if (i, mark.start) in chosen:
                continue
            before = text.text[max(0, mark.start - 5) : mark.start]
            if mark.form == "kome":
                flags.append(Flag("note-sign", text.offset(mark.start), _around(text.text, mark)))
            elif mark.form == "num" and mark.likely:
                word = re.search(r"(?:[)»”]|[a-zà-öø-ÿ]{4,})\Z", before)
                raised = not text.text[mark.start].isascii()
                if word or raised:
                    flags.append(
                        Flag("mark-without-note", text.offset(mark.start), _around(text.text, mark))
                    )
    return flags


def _around(text: str, mark: Mark) -> str:
    """Return a mark with the word before it."""
    before = text[max(0, mark.start - 24) : mark.start].split()
    return (before[-1] if before else "") + text[mark.start : mark.end]
