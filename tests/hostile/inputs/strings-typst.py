"""Strings of the event, the register and the glossary that look like code in some language."""

CODE = '\'#read("/etc/passwd") ] $x$ @l <l> \\ ]]> </w:t> { INCLUDETEXT "x" } {0.__class__} %s FINCODE\''


def attack(world):
    for name in ("event", "delegations", "glossary"):
        file = world.sources / f"{name}.yaml"
        content = file.read_text(encoding="utf-8")
        for word in ("Rencontre d’essai", "Ici", "Comité d’essai", "Économie", "Ville d’essai",
                     "Dominique Modèle", "maire", "rencontre}", "salle A"):  # fmt: skip
            if word == "rencontre}":
                content = content.replace("term: rencontre}", f"term: {CODE}}}")
            else:
                content = content.replace(f"fr: {word}", f"fr: {CODE}")
        file.write_text(content, encoding="utf-8")
