"""Labels that ask for more than their values."""

from tests.support.workspace import REPOSITORY, put


def attack(world):
    table = (REPOSITORY / "templates/languages/fr.toml").read_text(encoding="utf-8")
    table = table.replace("{page}", "{page.__class__.__mro__}").replace(
        "Thème {number}", "{number:>999999999}"
    )
    put(world.root / "templates/languages/fr.toml", table.replace("{name} ({country})", "{absent}"))
