"""A cache that counts without end as soon as something is added."""

import sqlite3


def attack(world):
    (world.root / "build/cache").mkdir(parents=True)
    connection = sqlite3.connect(world.root / "build/cache/texts.sqlite")
    connection.execute("CREATE TABLE entries (key TEXT PRIMARY KEY, version TEXT, value BLOB)")
    connection.execute(
        "CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
        "SELECT x FROM n"
    )
    connection.execute(
        "CREATE TRIGGER t BEFORE INSERT ON entries BEGIN SELECT count(*) FROM endless; END"
    )
    connection.commit()
    connection.close()
