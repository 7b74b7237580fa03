"""The certificate as a parallel book: what each side reads in its own language, row beside row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.checks.reported import Reported
from pipeline.checks.rules.registry import RULES
from pipeline.declaration.alternat import plain_title
from pipeline.declaration.dossier import clause_of
from pipeline.declaration.fingerprints import TITLE
from pipeline.declaration.parallel import parallel
from pipeline.errors import ActesError
from pipeline.proceedings import wording
from pipeline.proceedings.book import Blocks, Inlines, Side
from pipeline.proceedings.merge import style
from pipeline.proceedings.parallel import ParallelBook, ParallelRow
from pipeline.proceedings.setting import Setting
from pipeline.publishing.proof.certificate import (
    Certificate,
    Certified,
    questions,
    reason_of,
    waived,
)
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.workspace.languages import load_language

_GROUP = 8  # digits of a digest that an eye compares at once


def book(whole: Certificate) -> ParallelBook:
    """The certificate with a side a language, in the event's order."""
    texts, workspace = whole.kept.dossier.texts, whole.kept.workspace
    tables = {tag: load_language(whole.kept.folder, tag) for tag in workspace.event.languages}
    printed, problems = parallel(workspace, texts, tables, draft=False)
    if printed is None:
        raise ActesError(problems)
    sides = [_Page(whole, Setting(workspace, tables[tag], tables, {}, False)) for tag in texts]
    heads = {row.id: row.cells for row in printed.rows}
    return ParallelBook(
        sides=tuple(
            Side(
                tag,
                style(tables[tag], tables.values()),
                page.words("certificate"),
                tables[tag].labels,
            )
            for tag, page in zip(texts, sides, strict=True)
        ),
        subtitle=tuple(page.subtitle for page in sides),
        rows=(
            _row("clause", "statement", (page.statement() for page in sides)),
            _row("section", "clauses", (page.section("certificate-clauses") for page in sides)),
            *(_clause_row(one, sides, heads) for one in whole.clauses),
            _row("section", "checks", (page.checks() for page in sides)),
            _row("section", "files", (page.files() for page in sides)),
            _row("section", "printed", (page.printed() for page in sides)),
        ),
        signatures_title=tuple(() for _side in sides),
        parties=(),
        title=" / ".join(table.labels["certificate"] for table in tables.values()),
        author=printed.author,
        date=whole.version.on.isoformat(),
        draft=False,
        draft_marks=(),
    )


def _row(kind: str, name: str, cells: Iterable[Blocks]) -> ParallelRow:
    return ParallelRow("section" if kind == "section" else "clause", name, tuple(cells))


def _clause_row(
    one: Certified,
    sides: Sequence[_Page],
    heads: Mapping[str, tuple[Blocks, ...]],
) -> ParallelRow:
    cells = (
        page.clause(one, _heading(heads.get(one.id, ((),) * len(sides))[number]))
        for number, page in enumerate(sides)
    )
    return _row("clause", f"clause-{one.id}", cells)


def _heading(cell: Blocks) -> Inlines:
    """The words under which the declaration prints a clause; nothing in the preamble."""
    return tuple(cell[0]["c"][2]) if cell and cell[0]["t"] == "Header" else ()


class _Page:
    """What one side says of a certificate."""

    def __init__(self, whole: Certificate, setting: Setting) -> None:
        self._whole, self._setting = whole, setting

    def words(self, key: str, /, **values: object) -> Inlines:
        return self._setting.label(key, **values)

    @property
    def subtitle(self) -> Inlines:
        title = plain_title(self._whole.kept.dossier.texts[self._setting.table.tag])
        return self.words("certificate-of", title=title, version=self._whole.version.title)

    def statement(self) -> Blocks:
        version, table = self._whole.version, self._setting.table
        names = [wording.language_name(tag, table) for tag in self._whole.kept.dossier.texts]
        date = wording.long_date(version.on, table)
        kept = self.words("certificate-kept", version=version.title, name=version.by, date=date)
        said = self.words("certificate-statement", languages=wording.listed(names, table))
        return (ast.para(kept), ast.para(said))

    def section(self, key: str) -> Blocks:
        return (ast.header(1, self.words(key)),)

    def clause(self, one: Certified, heading: Inlines) -> Blocks:
        """A clause's heading and facts, a line each."""
        table = self._setting.table
        lines = [self._with_code("certificate-id", "id", one.id)] if one.id != TITLE else []
        lines.append(self._with_code("certificate-text", "fingerprint", one.texts[table.tag]))
        for tag, said in one.confirmed.items():
            values = {"name": said.by, "date": wording.long_date(said.on, table)}
            language = wording.language_name(tag, table)
            lines.append(self.words("certificate-confirmed", language=language, **values))
        if one.examined is not None:
            count = len(one.examined.passed)
            lines.append(self.words("certificate-passed", count=count, total=len(RULES)))
            for found in waived(one.examined):
                lines.append(self._finding("certificate-waived", found, reason=reason_of(found)))
            lines += [self._finding("certificate-question", q) for q in questions(one.examined)]
        return (ast.header(2, heading or self._title(one)), _list(lines))

    def _title(self, one: Certified) -> Inlines:
        """The title of the declaration, or of a clause that is printed without."""
        dossier, tag = self._whole.kept.dossier, self._setting.table.tag
        if one.id == TITLE:
            return self._setting.words(plain_title(dossier.texts[tag]))
        clause = clause_of(dossier, one.id, tag)
        return self._setting.words(ast.plain_text(clause.title)) if clause else ()

    def _finding(self, key: str, found: Reported, **more: str) -> Inlines:
        one, other = found.shown
        return self.words(key, rule=found.finding.rule, one=one, other=other, **more)

    def _with_code(self, key: str, field: str, code: str) -> Inlines:
        before, _, after = self._setting.table.label(key, **{field: _HERE}).partition(_HERE)
        return (*self._setting.words(before), _code(code), *self._setting.words(after))

    def checks(self) -> Blocks:
        labels = self._setting.table.labels
        names = labels["list-separator"].join(labels[f"rule-{name}"] for name in RULES)
        said = self.words("certificate-rules", rules=names)
        return (*self.section("certificate-checks"), ast.para(said))

    def files(self) -> Blocks:
        return self._digests("certificate-files", self._whole.version.files)

    def printed(self) -> Blocks:
        return self._digests("certificate-printed", self._whole.printed)

    def _digests(self, key: str, digests: Mapping[str, str]) -> Blocks:
        lines = [
            [*ast.text(name), {"t": "LineBreak"}, *_grouped(digest)]
            for name, digest in sorted(digests.items())
        ]
        return (*self.section(key), _list(lines))


_HERE = "\ufffc"


def _code(words: str) -> Node:
    return {"t": "Code", "c": [ast.EMPTY, words]}


def _list(lines: Sequence[Sequence[Node]]) -> Node:
    return {"t": "BulletList", "c": [[ast.plain(line)] for line in lines]}


def _grouped(digest: str) -> list[Node]:
    """A digest in groups that an eye can compare, and between which a line may end."""
    groups = [digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP)]
    nodes = [node for group in groups for node in (_code(group), ast.SPACE)]
    return nodes[:-1]
