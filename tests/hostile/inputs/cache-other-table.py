"""A cache whose table is another one, with a trigger."""

import sqlite3


def attack(world):
    (world.root / "build/cache").mkdir(parents=True)
    connection = sqlite3.connect(world.root / "build/cache/texts.sqlite")
    connection.execute("CREATE TABLE entries (a, b)")
    connection.execute("CREATE TRIGGER t AFTER INSERT ON entries BEGIN SELECT randomblob(9e8); END")
    connection.commit()
    connection.close()
