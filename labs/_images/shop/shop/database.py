"""The shop's MariaDB: one connection for each thread, made anew when it has broken."""

import os
import threading
from contextlib import suppress

import pymysql

from shop.steps import step

_own = threading.local()


class Database:
    """Runs statements; ``slow`` says by how many seconds the next one is late."""

    def __init__(self, slow):
        self.slow = slow

    def connection(self):
        """This thread's connection."""
        if getattr(_own, "connection", None) is None:
            _own.connection = pymysql.connect(
                host=os.environ.get("SHOP_DATABASE", "database"), user="shop", password="shop", database="shop",
                autocommit=True, connect_timeout=2, read_timeout=10, cursorclass=pymysql.cursors.DictCursor,
            )  # fmt: skip
        return _own.connection

    def query(self, statement, *values):
        """Rows of one statement."""
        return self.transaction((statement, values))

    def transaction(self, *statements):
        """Several statements, all or none; gives the rows of the last."""
        try:
            connection = self.connection()
            connection.begin()
            with connection.cursor() as cursor:
                for statement, values in statements:
                    self.run(cursor, statement, values)
                rows = list(cursor.fetchall())  # where there are none, the driver gives a tuple
            connection.commit()
            return rows
        except (pymysql.err.OperationalError, pymysql.err.InterfaceError):
            self.drop()
            raise

    def run(self, cursor, statement, values):
        """One statement, late where a fault says so."""
        with step("database", statement=statement):
            if late := self.slow():
                cursor.execute("SELECT SLEEP(%s)", (late,))
            cursor.execute(statement, values)

    def drop(self):
        """Forget a connection that has broken."""
        with suppress(pymysql.err.Error, AttributeError):
            _own.connection.close()
        _own.connection = None
