"""ledger keeps records as files, one for each, and of these the newest."""

import json
import pathlib
import secrets
import time

__version__ = "2.0"


def prepare(folder):
    """Make the folder that records lie in."""
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)


def keep(folder, record, most):
    """Keep a record, and give its number."""
    number = f"{time.time_ns():x}{secrets.token_hex(2)}"
    (pathlib.Path(folder) / number).write_text(json.dumps(record))
    names = sorted(pathlib.Path(folder).iterdir())
    for name in names[: max(0, len(names) - most)]:
        name.unlink(missing_ok=True)
    return number


def find(folder, number):
    """The record with a number; None where there is none."""
    file = pathlib.Path(folder) / number
    return json.loads(file.read_text()) if number.isalnum() and file.is_file() else None
