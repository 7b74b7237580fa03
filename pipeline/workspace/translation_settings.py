"""What event.yaml says of translation: the engine it names, and what may be sent to it."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from pipeline.workspace.nearest import nearest
from pipeline.workspace.schema import Strict, Text

ENGINES = (
    "google", "deepl", "microsoft", "mymemory", "libretranslate", "argos", "command", "memory",
)  # fmt: skip
"""The engines that event.yaml may name."""
_DEAREST = 100_000
_SECRET = re.compile(r"key|cl[eé]f?\b|token|jeton|secret|pass|auth|鍵|キー|トークン", re.IGNORECASE)


def _engine(value: str) -> str:
    """What is no engine's name may be a key put in the wrong place: it is not repeated."""
    if value not in ENGINES:
        known = ", ".join(ENGINES)
        values = {"known": known, "nearest": nearest(value, ENGINES) or known}
        raise PydanticCustomError("engine-unknown", "not an engine", values)
    return value


def _url(value: str) -> str:
    """A server's address: http or https, a host, and neither password nor question in it."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise PydanticCustomError("engine-url-wrong", "not a URL") from None
    plain = value.isascii() and value.isprintable() and " " not in value and port != 0
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise PydanticCustomError("engine-url-wrong", "not a URL")
    if parts.username is not None or parts.query or parts.fragment:
        raise PydanticCustomError("engine-url-secret", "a URL with more than an address")
    return value


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,190}", value):
        raise PydanticCustomError("engine-email-wrong", "not an address")
    return value


def _region(value: str) -> str:
    if not re.fullmatch(r"[a-z]{4,30}[0-9]?", value):
        raise PydanticCustomError("engine-region-wrong", "not a region")
    return value


def _price(value: Any) -> float:
    try:
        price = float(str(value).replace(",", "."))
    except ValueError:
        price = -1
    if not 0 <= price <= _DEAREST:
        raise PydanticCustomError("engine-price-wrong", "not a price")
    return price


class Translation(Strict):
    """What may be sent where (law 6): nothing, unless an engine is named and allowed here.

    Keys are never here, but in the environment or the system keyring. ``url`` is a LibreTranslate
    server, ``region`` that of a Microsoft (Azure) resource, ``email`` what MyMemory counts a larger
    allowance for, ``price`` euros per million characters, ``formality`` a wish to DeepL.
    """

    engine: Annotated[Text, AfterValidator(_engine)] | None = None
    external_services: bool = False
    url: Annotated[Text, AfterValidator(_url)] | None = None
    region: Annotated[Text, AfterValidator(_region)] | None = None
    email: Annotated[Text, AfterValidator(_email)] | None = None
    formality: Literal["default", "more", "less"] = "default"
    price: Annotated[float, BeforeValidator(_price)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_keys(cls, value: Any) -> Any:
        """A key is refused by its name, before anything could repeat it."""
        for name in value if isinstance(value, dict) else ():
            if name not in cls.model_fields and _SECRET.search(str(name)):
                shown = str(name) if re.fullmatch(r"[^\W\d][\w -]{0,30}", str(name)) else "…"
                values = {"given": shown, "at": (name,)}
                raise PydanticCustomError("engine-key-in-event", "a key in event.yaml", values)
        return value

    @model_validator(mode="after")
    def _with_server(self) -> Self:
        if self.engine == "libretranslate" and self.url is None:
            raise PydanticCustomError("engine-url-missing", "no URL", {"at": ("engine",)})
        return self
