"""The court: it opens what was kept with the keys of the safe, restores it on its own instance, and compares."""

import base64
import re
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import machines

AGE = (b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----")
POSITION = re.compile(rb"gtid_slave_pos\s*=\s*'([0-9,-]+)'", re.IGNORECASE)
HEAD, LARGEST = 64 * 1024, 64 * 2**20
NOBODY = {"user": "nobody", "group": "nogroup", "extra_groups": []}
CLIENT = ("mariadb", "--no-defaults", "--sandbox", "--force", "--user=tried", "--password=tried", "--binary-mode")
SOCKET = "--socket=/run/mysqld/mysqld.sock"
PATIENCE = 30
STARTED = 15
"""Seconds within which a machine that was started, such as after a restart, answers on a busy computer."""


@contextmanager
def desk():
    """A folder that nobody may read and write in, and is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


def lay(folder, name, content):
    """Lay a file into the folder, to be read by nobody's programs."""
    file = folder / name
    file.write_bytes(content)
    file.chmod(0o644)
    return file


def run(*command, text=b""):
    """Run a program for nobody; gives its exit code and what it wrote, of which there is a bound."""
    done = subprocess.run(command, input=text, capture_output=True, timeout=PATIENCE, check=False, **NOBODY)
    return done.returncode, done.stdout[:LARGEST], done.stderr.decode("utf-8", "replace")[-300:]


def opened(dump, keys):
    """What a dump says; gives the text, or why there is none: nothing, plain, locked, damaged."""
    if not dump:
        return b"", "nothing"
    if not dump.startswith(AGE):
        return b"", "plain"
    with desk() as folder:
        locked = lay(folder, "dump", dump)
        for number, key in enumerate(keys):
            code, packed, _ = run("age", "-d", "-i", str(lay(folder, f"key-{number}", key)), str(locked))
            if code == 0:
                break
        else:
            return b"", "locked"
        code, text, _ = run("gzip", "-dc", text=packed)
    return (text, "") if code == 0 else (b"", "damaged")


def restored(text):
    """Restore a dump on the fresh instance."""
    machines.ask("", "DROP DATABASE IF EXISTS shop", "CREATE DATABASE shop")
    run(*CLIENT, SOCKET, "shop", text=text)


def compared(wanted, found):
    """How two sets of rows differ, in numbers."""
    missing = changed = extra = marks = 0
    for table, rows in wanted.items():
        seen = found.get(table, {})
        missing += len(rows.keys() - seen.keys())
        extra += len(seen.keys() - rows.keys())
        for key in rows.keys() & seen.keys():
            if rows[key] != seen[key]:
                changed += 1
                marks += any("?" in one and "?" not in was for was, one in zip(rows[key], seen[key], strict=False))
    return {"missing": missing, "changed": changed, "extra": extra, "marks": marks}


def on(host, wanted):
    """The same for what a machine has, and whether tables are defined another way; ``unread`` if nothing can be read."""
    try:
        machines.wait_for(host, STARTED)
        found, reshaped = machines.rows_of(host), machines.shape(host) != machines.shape("db-1")
    except (*[machines.Trouble], OSError, UnicodeError) as problem:
        return {"unread": str(problem)[:200], "missing": sum(map(len, wanted.values())), "changed": 0, "extra": 0, "marks": 0}
    return {**compared(wanted, found), "reshaped": reshaped}


def judge_night(wanted, dump, keys):
    """What a night's dump gives back."""
    text, why = opened(dump, keys)
    if why:
        return {"why": why}
    restored(text)
    return on("", wanted)


def judge_point(wanted, at, dump, keys, logs):
    """What an older dump and the logs since then give back of the moment before a mistake."""
    text, why = opened(dump, keys)
    if why:
        return {"why": why}
    position = POSITION.search(text[:HEAD]) or POSITION.search(text[-HEAD:])
    if not position:
        return {"why": "position"}
    restored(text)
    with desk() as folder:
        files = [str(lay(folder, name, logs[name])) for name in sorted(logs)]
        code, statements, told = run(
            "mariadb-binlog", "--no-defaults", f"--start-position={position[1].decode()}", f"--stop-datetime={at}", *files
        )
        if code == 0:
            run(*CLIENT, SOCKET, "shop", text=statements)
    return {"told": told, **on("", wanted)}


def logs_of_first():
    """The logs that the first machine has now, by name."""
    names = machines.logs("db-1")
    with desk() as folder:
        folder.chmod(0o777)
        for name in names:
            run(
                "mariadb-binlog", "--no-defaults", "--host=db-1", "--user=town", "--password=town",
                "--read-from-remote-server", "--raw", f"--result-file={folder}/", name,
            )  # fmt: skip
        return {one.name: one.read_bytes() for one in folder.iterdir() if one.name in names}


def sent(text):
    """A file as it was handed in."""
    return base64.b64decode(text or "")
