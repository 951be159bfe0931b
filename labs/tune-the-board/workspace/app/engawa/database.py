"""The board's MariaDB."""

import os
from contextlib import contextmanager, suppress

import pymysql

SETTINGS = {
    "host": os.environ.get("BOARD_DATABASE", "database"),
    "user": "board",
    "password": "board",
    "database": "board",
    "charset": "utf8mb4",
    "autocommit": True,
    "connect_timeout": 5,
    "read_timeout": 40,
    "cursorclass": pymysql.cursors.DictCursor,
}
LOST = (2006, 2013, 2014, 2055)

_only = []


def connection():
    """The connection to the database."""
    if not _only:
        _only.append(pymysql.connect(**SETTINGS))
    return _only[0]


def drop():
    """Forget a connection that has broken."""
    while _only:
        with suppress(pymysql.err.Error):
            _only.pop().close()


def query(statement, *values):
    """All rows of a statement that changes nothing; asked again when the server had gone away."""
    try:
        return _run(statement, values).fetchall()
    except (pymysql.err.OperationalError, pymysql.err.InterfaceError) as problem:
        if isinstance(problem, pymysql.err.OperationalError) and problem.args[0] not in LOST:
            raise
        drop()
        return _run(statement, values).fetchall()


def first(statement, *values):
    """The first row, or None."""
    return next(iter(query(statement, *values)), None)


@contextmanager
def changes():
    """Statements that hold together: all of them or none. Gives what runs one of them."""
    try:
        connection().ping(reconnect=True)
    except pymysql.err.Error:
        drop()
    own = connection()
    own.begin()
    try:
        yield lambda statement, *values: _run(statement, values)
        own.commit()
    except BaseException:
        drop()  # the server rolls back what a lost connection began
        raise


def change(statement, *values):
    """One statement that changes something; gives the number of the row that it made, if it made one."""
    with changes() as run:
        return run(statement, *values).lastrowid


def _run(statement, values):
    cursor = connection().cursor()
    cursor.execute(statement, values or None)
    return cursor
