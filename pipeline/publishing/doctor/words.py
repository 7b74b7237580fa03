"""What the doctor found, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import Place
from pipeline.publishing.doctor.engine import EngineState
from pipeline.publishing.doctor.examine import Health, Tool, WorkspaceState
from pipeline.publishing.doctor.fonts import Font, LanguageFonts
from pipeline.wording import say

_SHOWN = 12
_GOOD, _BAD, _NOTE = "✓", "✗", "·"


def lines(health: Health) -> Iterable[str]:
    """One line a finding, under three headings; the last says whether Actes can work."""
    yield say("doctor-tools")
    yield from (f"  {line}" for line in map(_tool, health.tools))
    yield ""
    if health.workspace is None:
        yield say("doctor-no-workspace")
    else:
        yield from _workspace(health.workspace)
        yield from _fonts(health.languages)
        if health.workspace.readable:
            yield from _engine(health.engine)
    yield ""
    yield say(f"doctor-code-{int(health.code)}")


def _tool(tool: Tool) -> str:
    if tool.found:
        return f"{_GOOD} {_name(tool)} {tool.detail}".rstrip()
    if tool.needed:
        return f"{_BAD} {say('doctor-tool-missing', name=_name(tool))}"
    return f"{_NOTE} {say('doctor-tool-optional', name=_name(tool))}"


def _name(tool: Tool) -> str:
    names = {
        "python": "Python",
        "typst": "Typst",
        "libreoffice": "LibreOffice",
        "poppler": "Poppler",
    }
    return names.get(tool.name, tool.name)


def _workspace(state: WorkspaceState) -> Iterable[str]:
    yield say("doctor-workspace", root=state.root)
    if not state.readable:
        yield f"  {_BAD} {say('doctor-unreadable', count=len(state.problems))}"
        yield from _problems(state)
        return
    if any(state.kinds.values()):
        for kind, count in state.kinds.items():
            if count:
                yield f"  {_GOOD} {say(f'doctor-kind-{kind}', count=count)}"
        counts = ", ".join(f"{tag} {count}" for tag, count in state.texts.items())
        yield f"  {_GOOD} {say('doctor-texts', counts=counts)}"
    else:
        yield f"  {_NOTE} {say('doctor-no-texts')}"
    if state.problems:
        remarks = len(state.problems) - state.errors
        mark = _BAD if state.errors else _NOTE
        yield f"  {mark} {say('doctor-problems', errors=state.errors, remarks=remarks)}"
        yield from _problems(state)
    else:
        yield f"  {_GOOD} {say('doctor-no-problem')}"
    if state.placeholders:
        yield f"  {_NOTE} {say('doctor-placeholders', count=len(state.placeholders))}"
        yield from _some(list(_by_file(state.placeholders)))


def _by_file(places: Iterable[Place]) -> Iterable[str]:
    """The files that places are in, each with its lines: ``event.yaml: 3, 13``."""
    lines: dict[str, dict[int, None]] = {}
    for place in places:
        lines.setdefault(place.file, {})[place.line] = None
    for file, numbers in lines.items():
        yield f"{file}: {', '.join(map(str, numbers))}"


def _problems(state: WorkspaceState) -> Iterable[str]:
    yield from _some([problem.render() for problem in state.problems])


def _some(items: list[str]) -> Iterable[str]:
    for item in items[:_SHOWN]:
        yield "\n".join(f"      {line}" for line in item.splitlines())
    if len(items) > _SHOWN:
        yield f"      {say('doctor-more', count=len(items) - _SHOWN)}"


def _fonts(languages: Iterable[LanguageFonts]) -> Iterable[str]:
    for its in languages:
        mark = _GOOD if its.printable else _BAD
        yield f"  {mark} {say('doctor-language', tag=its.language)}"
        if its.problem:
            yield f"      {its.problem}"
            continue
        for key, faces in (
            ("doctor-pdf-body", its.pdf_body),
            ("doctor-pdf-heading", its.pdf_heading),
            ("doctor-word", its.word),
        ):
            yield f"      {say(key, fonts=', '.join(map(_font, faces)))}"
        for extra, families in its.extras:
            yield f"      {_NOTE} {say('doctor-font-extra', fonts=families, extra=extra)}"
        if its.without_glyph:
            shown = " ".join(its.without_glyph[:_SHOWN])
            words = say("doctor-glyphs", characters=shown, count=len(its.without_glyph))
            yield f"      {_BAD} {words}"
        if its.untranslated:
            yield f"      {_NOTE} {say('doctor-untranslated', tag=its.language)}"


def _font(font: Font) -> str:
    if font.found is None:
        return font.name
    if font.source:
        return f"{font.name} {_GOOD} ({font.source})"
    return f"{font.name} {_GOOD}" if font.found else f"{font.name} ({say('doctor-font-absent')})"


def _engine(engine: EngineState | None) -> Iterable[str]:
    if engine is None:
        yield f"  {_NOTE} {say('doctor-engine-none')}"
        return
    allowed = "doctor-engine-allowed" if engine.allowed else "doctor-engine-off"
    yield f"  {_GOOD if engine.ready else _NOTE} {say(allowed, name=engine.name)}"
    if engine.problem is not None:
        yield "\n".join(f"      {line}" for line in engine.problem.render().splitlines())
    if engine.key:
        yield f"      {say('doctor-engine-key')}"
    if engine.reachable is not None:
        answer = "doctor-engine-reached" if engine.reachable else "doctor-engine-unreached"
        yield f"      {say(answer, to=engine.to)}"
    elif engine.proxied:
        yield f"      {say('doctor-engine-proxied', to=engine.to)}"
    elif engine.to:
        yield f"      {say('doctor-engine-program', to=engine.to)}"
    for way in engine.ways:
        pair = f"{way.source} → {way.target}"
        yield f"      {say(f'doctor-models-{way.models}', pair=pair)}"
