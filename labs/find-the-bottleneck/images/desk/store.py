"""What the desk asks the database."""

from contextlib import contextmanager

import pymysql
from pymysql.cursors import DictCursor


@contextmanager
def transaction():
    """A cursor; what was done with it is kept when all went well, and else undone."""
    connection = pymysql.connect(host="database", user="desk", password="desk", database="lost", cursorclass=DictCursor)
    try:
        with connection.cursor() as cursor:
            yield cursor
        connection.commit()
    finally:
        connection.close()


def rows(query, *values):
    """What a query finds, with times as text."""
    with transaction() as cursor:
        cursor.execute(query, values)
        return [{name: told(value) for name, value in row.items()} for row in cursor.fetchall()]


def told(value):
    """A value as a page shows it."""
    return value.isoformat(" ", "seconds") if hasattr(value, "isoformat") else value


def item(tag):
    """The thing with this number on its label, if there is one."""
    found = rows("SELECT tag, station, kind, colour, note, found_at FROM items WHERE tag = %s", tag)
    return found[0] | {"tag": str(found[0]["tag"])} if found else None


def add_item(told):
    """Keep a thing that was found."""
    with transaction() as cursor:
        cursor.execute(
            "INSERT INTO items (tag, station, kind, colour, note) VALUES (%s, %s, %s, %s, %s)",
            [told[name] for name in ("tag", "station", "kind", "colour", "note")],
        )


def found(station):
    """The last twenty things that were found at a station."""
    return rows("SELECT tag, kind, colour FROM items WHERE station = %s ORDER BY found_at DESC LIMIT 20", station)


def claims(phone):
    """All claims of a telephone, the newest first."""
    return rows(
        "SELECT station, number, wish, made_at FROM claims WHERE phone = %s ORDER BY made_at DESC, id DESC", phone
    )


def next_number(cursor, station):
    """The next number of a station; no two claims get the same one."""
    cursor.execute("UPDATE stations SET last_number = last_number + 1 WHERE id = %s", [station])
    cursor.execute("SELECT last_number FROM stations WHERE id = %s", [station])
    return cursor.fetchone()["last_number"]


def add_claim(cursor, number, told):
    """Keep a claim."""
    cursor.execute(
        "INSERT INTO claims (station, number, phone, wish) VALUES (%s, %s, %s, %s)",
        [told["station"], number, told["phone"], told["wish"]],
    )
