"""Plain text, pasted or extracted from a PDF, made into clean Markdown.

    >>> repair_plain_text("LE MARCHÉ\\n\\nIl ouvre à 8 h; il ferme à midi.\\n", "fr").title
    'LE MARCHÉ'

The way of a text: characters → lines → page furniture and footnotes taken out → groups of lines
→ what each group is → joined text → footnote marks → typography → Markdown. Each step is a pure
function in a module beside this one; this module only calls them in order. Rules come from the
defects seen in real texts of the series (`facts/rencontres.md`) and, for typography, from the
Imprimerie nationale's *Lexique*.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.drafts.plaintext.blocks import group_lines
from pipeline.drafts.plaintext.characters import normalise, places
from pipeline.drafts.plaintext.compose import Draft, compose, lacks_stop, plain_title
from pipeline.drafts.plaintext.join import Vocabulary, join_lines, vocabulary
from pipeline.drafts.plaintext.lines import Layout, condense, measure, split_lines
from pipeline.drafts.plaintext.markdown import Block, write_blocks, write_sentences
from pipeline.drafts.plaintext.marks import match_notes
from pipeline.drafts.plaintext.model import (
    EMPTY,
    Doubt,
    Edit,
    Flag,
    ImportedText,
    Repair,
    Traced,
    concat,
    written,
)
from pipeline.drafts.plaintext.notes import NoteText, take_notes
from pipeline.drafts.plaintext.outline import outline
from pipeline.drafts.plaintext.pages import drop_page_furniture
from pipeline.drafts.plaintext.typography import set_type

__all__ = ["Doubt", "ImportedText", "Repair", "repair_plain_text"]


def repair_plain_text(text: str, language: str) -> ImportedText:
    """Make a plain text into Markdown.

    Inputs: any text, and its language (`fr`, `ja`, …). Output: its title in plain text, its body
    in Markdown (one sentence a line, headings from `##` on, footnotes at the end), what was
    repaired, and what a person must look at. No letter or digit is lost or invented but by a
    repair that says so. Never raises.
    """
    source, edits = normalise(text)
    lines, trimmed = split_lines(source)
    lines, dropped, flags = drop_page_furniture(lines)
    layout = measure(lines, language)
    lines, notes, separators = take_notes(lines, layout)
    edits += [*trimmed, *dropped, *separators]
    words = vocabulary(line.text.text for line in lines)
    groups = group_lines(condense(lines), layout)
    sourced = frozenset(n.label for n in notes if _gives_source(n))
    drafts, changes, doubts = compose(outline(groups, layout, sourced), layout, words)
    edits += changes
    flags += doubts

    title = EMPTY
    if drafts and drafts[0].kind == "title":
        title, changes, doubts = set_type(drafts[0].text, language, ordinals=False)
        drafts = drafts[1:]
        title = plain_title(title)
        edits += changes
        flags += doubts
    matched = match_notes([draft.text for draft in drafts], notes)
    edits += matched.edits
    flags += matched.flags
    placed: list[tuple[int, Block]] = []
    for i, (draft, marked) in enumerate(zip(drafts, matched.texts, strict=True)):
        following = drafts[i + 1] if i + 1 < len(drafts) else None
        block, changes, doubts = _block(draft, marked, following, language)
        edits += changes
        flags += doubts
        placed.append((draft.text.offset(0), block))
    definitions: list[Traced] = []
    for note, label in zip(notes, matched.labels, strict=True):
        done, changes, doubts = _note(note, "" if label else note.head, layout, words)
        edits += changes
        flags += doubts
        if label:
            definitions.append(EMPTY)
            definitions += write_sentences(done, language, f"[^{label}]: ", "    ")
        else:
            # A definition that nothing calls is not shown: the note stays a paragraph.
            placed.append((note.at, Block("paragraph", done)))
    placed.sort(key=lambda pair: pair[0])
    output = write_blocks([block for _, block in placed], language)
    output += definitions if output else definitions[1:]
    body = "".join(line.text + "\n" for line in output)
    return ImportedText(title.text, body, _told(edits, text), _asked(flags, text, title, output))


def _block(
    draft: Draft, text: Traced, following: Draft | None, language: str
) -> tuple[Block, list[Edit], list[Flag]]:
    """Make a draft into a block, with the typography of its text put right."""
    done, edits, flags = set_type(text, language, ordinals=True)
    if draft.kind == "caption":
        flags.append(Flag("picture-missing", text.offset(0), text.text[:80]))
    listed = following is not None and following.kind == "item"
    if draft.kind == "paragraph" and not listed and lacks_stop(done.text):
        flags.append(Flag("missing-full-stop", done.offset(len(done.text)), done.text[-40:]))
    kind = draft.kind if draft.kind in ("heading", "item") else "paragraph"
    return Block(kind, done, draft.level, draft.marker, draft.depth), edits, flags


def _gives_source(note: NoteText) -> bool:
    return note.lines[0].text.text.casefold().startswith(("source", "出典", "資料", "crédit"))


def _note(
    note: NoteText, head: str, layout: Layout, words: Vocabulary
) -> tuple[Traced, list[Edit], list[Flag]]:
    """Return the text of a note, with its label before it where it stays in the flow."""
    text, edits, flags = join_lines(note.lines, layout, words)
    done, changes, doubts = set_type(
        concat([written(head, note.at), text]), layout.language, ordinals=True
    )
    return done, edits + changes, flags + doubts


def _told(edits: Sequence[Edit], text: str) -> tuple[Repair, ...]:
    where = places(text)
    found = [Repair(e.rule, *where.of(e.at), e.before, e.after) for e in edits]
    return tuple(sorted(found, key=lambda repair: (repair.line, repair.column)))


def _asked(
    flags: Sequence[Flag], text: str, title: Traced, output: Sequence[Traced]
) -> tuple[Doubt, ...]:
    """Give doubts their places: in the input, and on the line of the body nearest to it."""
    if not flags:
        return ()
    where = places(text)
    spots = [(at, 0) for at in title.at]
    for number, line in enumerate(output, start=1):
        spots += [(at, number) for at in line.at]
    spots.sort()
    offsets = [at for at, _ in spots]
    found = []
    for flag in flags:
        near = max(0, bisect_right(offsets, flag.at) - 1)
        out_line = spots[near][1] if spots else 0
        found.append(Doubt(flag.rule, *where.of(flag.at), _bare(flag.excerpt), out_line))
    return tuple(sorted(found, key=lambda doubt: (doubt.line, doubt.column)))


def _bare(text: str) -> str:
    """Return a text without the noncharacters that stand for Markdown until it is written."""
    return re.sub("[\ufdd0-\ufdef]", "", text)
