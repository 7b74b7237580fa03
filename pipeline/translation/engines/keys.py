"""Keys of engines: from the environment or the system keyring, never from the workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.errors import Exit, stop

NAMES: Mapping[str, str] = {
    "deepl": "DEEPL_API_KEY",
    "microsoft": "MICROSOFT_API_KEY",
    "libretranslate": "LIBRETRANSLATE_API_KEY",
}
"""The variable of the environment, and the user name in the keyring, of each engine's key."""
SERVICE = "actes"
"""The service name in the keyring: ``keyring set actes DEEPL_API_KEY``."""

Keyring = Callable[[str, str], str | None]


class Secret:
    """A key that no message, log or exception can show by accident."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The key itself, for the header it goes into."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a key is not written anywhere")


def system_keyring(service: str, user: str) -> str | None:
    """A password of the system keyring; None without the extra ``keyring``, or without a keyring.

    What its library says when it fails is not shown: it may be locked, absent or not answer.
    """
    try:
        import keyring

        found: str | None = keyring.get_password(service, user)
    except Exception:
        return None
    return found


def find_key(
    engine: str, environment: Mapping[str, str], keyring: Keyring = system_keyring
) -> Secret | None:
    """The key of ``engine``, if one is set."""
    variable = NAMES[engine]
    value = (environment.get(variable) or keyring(SERVICE, variable) or "").strip()
    return Secret(value) if value else None


def need_key(
    engine: str, environment: Mapping[str, str], keyring: Keyring = system_keyring
) -> Secret:
    """The key of ``engine``.

    Raises ActesError ``engine-key-missing``; ``engine-key-odd`` when it cannot be one (spaces,
    accents), which a header would refuse in words that repeat it.
    """
    found = find_key(engine, environment, keyring)
    variable = NAMES[engine]
    if found is None:
        raise stop("engine-key-missing", code=Exit.REFUSED, name=engine, variable=variable)
    expect_plain(found, engine)
    return found


def expect_plain(key: Secret, engine: str) -> None:
    """Let pass a key of printable ASCII without spaces. Raises ActesError ``engine-key-odd``."""
    value = key.reveal()
    if not (value.isascii() and value.isprintable() and " " not in value):
        raise stop("engine-key-odd", code=Exit.REFUSED, name=engine, variable=NAMES[engine])
