"""From a YAML document to a frozen model, with every problem at its line and column.

pydantic finds the problems; this module says them in plain words (catalogue ``schema.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from pipeline.errors import Place, Problem
from pipeline.wording import has
from pipeline.workspace import likely
from pipeline.workspace.nearest import nearest
from pipeline.workspace.yaml import Document, Path
from pipeline.workspace.yaml_slips import slip_of_key

Model = TypeVar("Model")
LONGEST_TEXT = 20_000  # characters of one value
_LONGEST = 40
_LONGEST_LIST = 200  # characters of a value for which another form is proposed
_MOST = 50  # problems listed for one file

_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_A_CHOICE = re.compile(r"'([^']*)'")  # pydantic says: 'signed', 'read' or 'none'
_EXPECTED = {
    "string_type": "expected-text",
    "int_parsing": "expected-number",
    "int_type": "expected-number",
    "bool_parsing": "expected-boolean",
    "bool_type": "expected-boolean",
    "list_type": "expected-list",
    "tuple_type": "expected-list",
    "dict_type": "expected-mapping",
    "model_type": "expected-mapping",
    "model_attributes_type": "expected-mapping",
    "date_from_datetime_parsing": "expected-date",
    "date_type": "expected-date",
    "date_parsing": "expected-date",
    "enum": "expected-one-of",
    "literal_error": "expected-one-of",
    "greater_than_equal": "expected-range",
    "less_than_equal": "expected-range",
    "string_pattern_mismatch": "expected-slug",
    "string_too_short": "value-empty",
    "string_too_long": "value-too-long",
    "too_short": "value-empty",
    "too_long": "list-too-long",
}


class Strict(BaseModel):
    """Base of every model: frozen, and an unknown key is an error rather than ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _complete(value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    languages: tuple[str, ...] = (info.context or {}).get("languages", ())
    unknown = [key for key in value if languages and key not in languages]
    missing = [key for key in languages if not value.get(key)]
    if unknown:
        raise PydanticCustomError(
            "language-unknown",
            "unknown language",
            {"language": unknown[0], "languages": ", ".join(languages)},
        )
    if missing:
        raise PydanticCustomError(
            "language-missing", "missing language", {"missing": ", ".join(missing)}
        )
    return value


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


_Bounded = StringConstraints(min_length=1, max_length=LONGEST_TEXT)
Text = Annotated[str, BeforeValidator(_stripped), _Bounded]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Localized = Annotated[dict[str, Text], AfterValidator(_complete)]
"""A human string in every language of the event."""


def validate(
    model: type[Model] | Any, document: Document, context: Mapping[str, Any] | None = None
) -> tuple[Model | None, list[Problem]]:
    """The document as ``model``, or every problem it has (rules of ``messages/schema.toml``)."""
    try:
        return _adapter(model).validate_python(document.value, context=dict(context or {})), []
    except ValidationError as error:
        found = [detail for detail in error.errors() if not _only_counts_the_valid(detail)]
        made = [partial(_problem, model, document, detail) for detail in found]
        return None, _misspelt_once(few(document.file, made))


_adapter: Callable[[Any], TypeAdapter[Any]] = lru_cache(maxsize=16)(TypeAdapter)
"""What validates, made once for all files of a kind."""


def few(file: str, problems: Sequence[Callable[[], Problem]]) -> list[Problem]:
    """The first problems of a file, each made when it is listed, and how many more there are."""
    listed = [make() for make in problems[:_MOST]]
    if len(problems) > _MOST:
        listed.append(Problem("problems-more", Place(file), {"count": len(problems) - _MOST}))
    return listed


def _misspelt_once(problems: list[Problem]) -> list[Problem]:
    """A key that is missing because it stands there misspelt is said once."""
    misspelt: set[object] = set()
    for problem in problems:
        if problem.rule == "key-unknown":
            misspelt.add(problem.values["nearest"])
        elif problem.rule.startswith("yaml-"):
            misspelt.add(problem.values.get("key"))
    return [p for p in problems if p.rule != "key-missing" or p.values["key"] not in misspelt]


def _only_counts_the_valid(detail: Any) -> bool:
    """pydantic calls a list too short when its items are invalid: they are reported already."""
    if detail["type"] != "too_short" or not isinstance(detail["input"], list):
        return False
    return bool(len(detail["input"]) >= detail["ctx"]["min_length"])


def _problem(model: Any, document: Document, detail: Any) -> Problem:
    kind, path = detail["type"], tuple(detail["loc"])
    place = document.place(path)
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    if kind == "missing":
        return Problem("key-missing", place, {"key": key})
    if kind == "extra_forbidden":
        return _unknown_key(model, document, path, detail["input"])
    context: dict[str, Any] = dict(detail.get("ctx", {}))
    rule = _EXPECTED.get(kind, "")
    if rule == "expected-one-of":
        allowed = ", ".join(_A_CHOICE.findall(str(context.get("expected", ""))))
        values = {"key": key, "given": _short(detail["input"]), "allowed": allowed}
        return Problem(rule, place, values)
    if rule == "expected-range":
        bound = context.get("ge", context.get("le"))
        return Problem(rule, place, {"key": key, "given": _short(detail["input"]), "bound": bound})
    if rule in ("list-too-long", "value-too-long"):
        return Problem(rule, place, {"key": key, "limit": context.get("max_length")})
    if rule == "expected-date" and _A_DATE.fullmatch(str(detail["input"])):
        return Problem("date-impossible", place, {"key": key, "given": _short(detail["input"])})
    if rule:
        values = {"key": key, "given": _short(detail["input"])}
        return Problem(rule, place, values | _meant(model, rule, path, detail["input"]))
    if not has(kind):  # one of pydantic's own, for which there is no better word
        return Problem("value-wrong", place, {"key": key, "given": _short(detail["input"])})
    if kind == "expected-time":
        context["nearest"] = likely.time(_short(detail["input"]))
    return Problem(kind, _precise(document, path, context), {"key": key, **context})


def _unknown_key(model: Any, document: Document, path: Path, value: object) -> Problem:
    """A key that is not known, or words that were read as one."""
    place, key = document.place(path), str(path[-1])
    known = list(_node_at(model, path[:-1]).get("properties", {}))
    slip = slip_of_key(key)
    if slip:
        rule, values = slip
        return Problem(rule, place, values)
    near = nearest(key, known)
    beside = [other for other in known if (*path[:-1], other) in document.places]
    if (
        value is None
        and not near
        and any(document.place((*path[:-1], other)).line == place.line for other in beside)
    ):
        return Problem("yaml-comma", place, {"words": _short(key)})
    return Problem("key-unknown", place, {"key": key, "nearest": near or ", ".join(known)})


def _meant(model: Any, rule: str, path: Path, given: object) -> dict[str, str]:
    """What is proposed in the place of a value of another shape, as ``nearest``."""
    words = given if isinstance(given, str) and len(given) <= _LONGEST_LIST else ""
    if rule == "expected-date":
        return {"nearest": likely.date(words)}
    if rule == "expected-number":
        return {"nearest": likely.number(words)}
    if rule == "expected-list":
        items = _node_at(model, (*path, 0))
        return {"nearest": likely.listed(words, items)}
    if rule == "expected-mapping":
        return {"nearest": likely.mapping(words, _node_at(model, path))}
    return {}


def _precise(document: Document, path: Path, context: Mapping[str, Any]) -> Place:
    """A validator of a whole mapping may name the key it complains about as ``at``."""
    return document.place((*path, *context.get("at", ())))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


@lru_cache(maxsize=16)
def _schema(model: Any) -> dict[str, Any]:
    return TypeAdapter(model).json_schema()


def _node_at(model: Any, path: Path) -> dict[str, Any]:
    """The schema of what stands at ``path``: its ``properties``, ``required``, ``type``."""
    schema = _schema(model)
    definitions = schema.get("$defs", {})

    def resolve(node: dict[str, Any]) -> dict[str, Any]:
        while True:
            if "$ref" in node:
                node = definitions[node["$ref"].rsplit("/", 1)[1]]
            elif choices := [c for c in node.get("anyOf", ()) if c.get("type") != "null"]:
                node = choices[0]
            else:
                return node

    node = resolve(schema)
    for step in path:
        inner = node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
        inner = inner or node.get("additionalProperties")
        node = resolve(inner) if isinstance(inner, dict) else {}
    return node


def problem_at(document: Document, path: Path, rule: str, **values: object) -> Problem:
    """A problem of meaning (not of shape) at ``path`` of a document."""
    return Problem(rule, document.place(path), values)


__all__ = [
    "Localized", "Place", "Slug", "Strict", "Text", "problem_at", "validate",
]  # fmt: skip
