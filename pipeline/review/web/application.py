"""The routes of the page: what is asked, handed to one function each, and its answer as HTML."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import Route

from pipeline.errors import ActesError, in_order, trace
from pipeline.review.web.languages import spoken
from pipeline.wording import say
from pipeline.workspace.languages import program_templates

if TYPE_CHECKING:
    from pipeline.review.web.desk import Desk

_MOST_FIELDS = 12
_KEPT = {"cache-control": "private, max-age=3600"}
_MODULES = ("review", "asking", "cards", "editing", "deciding", "following")
_ASSETS = ("review.css", "icon.svg", *(f"{name}.js" for name in _MODULES))
_FONTS = {"mincho.otf": "NotoSerifJP-Regular.otf", "gothic.otf": "NotoSansJP-Regular.otf"}
_FONT_PACKAGE = "pylopdf_fonts_jp"


@dataclass(frozen=True)
class Question:
    """A request: the language of the page, what the address says, what was sent."""

    language: str
    query: Mapping[str, str]
    form: Mapping[str, str]


Answer = Mapping[str, Any]


def application(desk: Desk, language: str | None = None) -> Starlette:
    """The page over ``desk``, in ``language`` or in that of the browser."""
    pages: dict[str, Callable[[Question], Answer]] = {
        "/list": lambda q: desk.list(q.language, q.query),
        "/next": lambda q: desk.next(q.language, q.query),
        "/changes": lambda q: desk.changes(q.language, q.query),
        "/beside": lambda q: desk.beside(q.language, q.query.get("key", "")),
    }
    deeds: dict[str, Callable[[Question], Answer]] = {
        "/preview": lambda q: desk.preview(q.language, q.form.get("words", "")),
        "/decide": lambda q: desk.decide(q.language, q.query, q.form),
        "/approve-shown": lambda q: desk.approve_shown(q.language, q.query, q.form),
        "/undo": lambda q: desk.undo(q.language, q.query),
    }
    page = partial(_page, desk, language)
    return Starlette(
        routes=[
            Route("/", page, methods=["GET"]),
            Route("/assets/{name}", _asset, methods=["GET"]),
            *(_route(path, answer, "GET", language) for path, answer in pages.items()),
            *(_route(path, answer, "POST", language) for path, answer in deeds.items()),
        ]
    )


async def _page(desk: Desk, language: str | None, request: Request) -> Response:
    question = await _question(request, language)
    made = await run_in_threadpool(
        _answered, lambda q: {"page": desk.page(q.language, q.query)}, question
    )
    return HTMLResponse(made["page"]) if "page" in made else PlainTextResponse(made["said"], 500)


def _route(
    path: str, answer: Callable[[Question], Answer], method: str, language: str | None
) -> Route:
    async def endpoint(request: Request) -> Response:
        question = await _question(request, language)
        return JSONResponse(await run_in_threadpool(_answered, answer, question))

    return Route(path, endpoint, methods=[method])


def _answered(answer: Callable[[Question], Answer], question: Question) -> Answer:
    """The answer; what went wrong as a sentence, never as a trace."""
    try:
        return answer(question)
    except ActesError as error:
        problems = in_order(error.problems)
        return {"said": "\n".join(problem.message(question.language) for problem in problems)}
    except Exception as error:
        if os.environ.get("ACTES_TRACE"):
            sys.stderr.write(f"{trace(error)}\n")
        return {"said": say("defect", question.language, reason=type(error).__name__)}


async def _question(request: Request, language: str | None) -> Question:
    body = (await request.body()).decode("utf-8", "replace") if request.method == "POST" else ""
    return Question(
        spoken(request.headers.get("accept-language", ""), language),
        _pairs(request.url.query),
        _pairs(body),
    )


def _pairs(encoded: str) -> dict[str, str]:
    """Fields of a form or an address; none where there are too many to be ours."""
    try:
        found: Iterable[tuple[str, str]] = parse_qsl(
            encoded, keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return {}
    return dict(found)


async def _asset(request: Request) -> Response:
    """One of our own files by its name in a list: no path of a request reaches the disk."""
    name = request.path_params["name"]
    if name in _ASSETS:
        return FileResponse(program_templates() / "review" / name)
    folder = _fonts()
    if name in _FONTS and folder is not None:
        return FileResponse(folder / _FONTS[name], headers=_KEPT)
    return Response(status_code=404)


def _fonts() -> Path | None:
    """Where the Japanese fonts are, for machines that have none of their own."""
    spec = find_spec(_FONT_PACKAGE)
    return Path(spec.origin).parent if spec and spec.origin else None
