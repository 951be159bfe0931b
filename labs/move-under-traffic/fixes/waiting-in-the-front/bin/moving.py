"""What the steps are made of: a word to the front, and rows that are carried from one server to the other."""

import os
import socket
import subprocess

OLD, NEW, FRONT, NAME = (os.environ[name] for name in ("OLD", "NEW", "FRONT", "NAME"))
QUIET = int(os.environ["QUIET"])
COLUMNS = ("number", "id", "office", "boxes", "changed")
NEXT = "SELECT AUTO_INCREMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'hiruya' AND TABLE_NAME = 'orders'"


def tell(word):
    """Tell the front something, and wait until that is so."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(10)
        line.connect("/run/front/socket")
        line.sendall(word.encode() + b"\n")
        if line.recv(16) != b"done\n":
            raise SystemExit("the front did not do that")


def run(server, command, text=""):
    """Run a command on a server."""
    done = subprocess.run(["ssh", server, command], input=text, text=True, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{server}: {done.stderr.strip()}")
    return done.stdout


def rows(server):
    """All orders by their numbers, and the number that the next one gets."""
    told = run(server, "mariadb -N hiruya", f"SELECT {', '.join(COLUMNS)} FROM orders; {NEXT};").splitlines()
    return {line.split("\t")[0]: line for line in told[:-1]}, told[-1]


def quoted(line):
    """A row for INSERT."""
    return "(" + ", ".join("'" + part.replace("\\", "\\\\").replace("'", "''") + "'" for part in line.split("\t")) + ")"


def carry(source, target):
    """Make the target equal to the source: what is new or other is written, what is gone is deleted."""
    (has, following), (there, _) = rows(source), rows(target)
    other = [line for number, line in has.items() if there.get(number) != line]
    gone = [number for number in there if number not in has]
    text = f"START TRANSACTION; DELETE FROM orders WHERE number IN ({', '.join(gone)});" if gone else "START TRANSACTION;"
    if other:
        text += f"REPLACE INTO orders ({', '.join(COLUMNS)}) VALUES {', '.join(map(quoted, other))};"
    run(target, "mariadb hiruya", f"{text} COMMIT; ALTER TABLE orders AUTO_INCREMENT = {following};")


def move(source, target):
    """Carry most of it beforehand, hold, carry the rest, compare, and let the requests go on at the right side."""
    carry(source, target)
    takes = source
    tell("hold")
    try:
        carry(source, target)
        if rows(source) != rows(target):
            raise SystemExit("the two are not equal")
        takes = target
    finally:
        tell(f"to {takes}")
