"""Rows as LOAD DATA reads them: fields between tabs, with the four bytes escaped that would end them."""

from collections.abc import Iterable
from datetime import datetime

Value = int | str | bytes | datetime

STATEMENTS = {
    "members": "(id, name, salt, digest, moderator, banished, joined_at)",
    "pictures": "(id, member_id, mime, bytes, caption, created_at)",
    "remarks": "(id, picture_id, member_id, words, created_at)",
}
"""The columns of each table, in the order in which the rows have them."""


def load_statement(table: str) -> str:
    """Read a table's rows from the client's input; binary, so that nothing is taken for text and changed."""
    return f"LOAD DATA LOCAL INFILE '/dev/stdin' INTO TABLE {table} CHARACTER SET binary {STATEMENTS[table]}"


def row(values: Iterable[Value]) -> bytes:
    """One row."""
    return b"\t".join(_field(value) for value in values) + b"\n"


def _field(value: Value) -> bytes:
    if isinstance(value, bytes):
        return _escaped(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="milliseconds").encode()
    return _escaped(value.encode()) if isinstance(value, str) else b"%d" % value


def _escaped(value: bytes) -> bytes:
    value = value.replace(b"\\", b"\\\\").replace(b"\t", b"\\t")
    return value.replace(b"\n", b"\\n").replace(b"\0", b"\\0")
