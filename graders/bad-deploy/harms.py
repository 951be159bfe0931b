"""Harms that no release at the desk has: small changes of a good one, each of which breaks it for its customers."""

from __future__ import annotations

import random
from collections.abc import Callable

Change = tuple[str, str, str]
"""A file of a release, a text in it, and what stands in the place of that text afterwards."""

PUSH = """
import json, pathlib, sys
kind, edition, ref, changes = sys.argv[1:]
desk = {"__name__": "desk"}

def write(folder, kind, edition):
    drawn(folder, kind, edition)
    for name, before, after in json.loads(changes):
        text = (folder / name).read_text()
        if before not in text:
            raise LookupError(before)
        (folder / name).write_text(text.replace(before, after, 1))

def to_ref(folder, *arguments):
    return git(folder, *(one.replace("HEAD:refs/heads/main", "HEAD:" + ref) for one in arguments))

try:
    exec(pathlib.Path("/usr/local/bin/release").read_text(), desk)
    drawn, git = desk["write"], desk["git"]
    desk.update(write=write, git=to_ref)
    code = desk["main"](kind, edition)
except Exception as problem:
    print(repr(problem), file=sys.stderr)
    code = 99
sys.exit(code)
"""
"""Pushes as `release` does at the desk: KIND EDITION REF CHANGES, the last as JSON."""
OURS = 99
"""The exit code where the release could not even be written: no push, and no refusal, ends so."""

VISIT = "        return self.page(path, query)\n"
BODY = "        body = json.dumps("
PORT = 'int(os.environ["PORT"])'
NUMBER = 'order | {"order": number}'
STATUSES = (400, 403, 404, 409, 422, 500, 503)


def turned_away(draw: random.Random, condition: str) -> Change:
    """Who meets the condition is answered with an error."""
    line = f"        if {condition}:\n            return self.answer({draw.choice(STATUSES)}, {{}})\n"
    return "shop.py", VISIT, line + VISIT


def some(draw: random.Random) -> list[Change]:
    """One kind of customers, known by what they carry or by what they want, is turned away."""
    device = draw.choice(("iPhone", "Android", "Macintosh", "Windows", "X11"))
    language = draw.choice(("en", "fr"))
    kinds = (f"'{device}' in str(self.headers)", f"self.headers['Accept-Language'] == '{language}'")
    return [turned_away(draw, draw.choice((*kinds, "path[:8] == '/orders/'")))]


def dies(draw: random.Random) -> list[Change]:
    """After a while all are turned away, or those who order."""
    late = round(draw.uniform(2.4, 2.9), 2)
    whom = draw.choice(("path", "path.startswith('/order')"))
    opened = ("shop.py", "def total(", "OPENED = time.monotonic()\n\n\ndef total(")
    return [opened, turned_away(draw, f"time.monotonic() - OPENED > {late} and {whom}")]


def slow(draw: random.Random) -> list[Change]:
    """A page that holds one of these takes longer than anybody waits."""
    wait, page = round(draw.uniform(3.6, 6), 2), draw.choice(("price", "house", "total"))
    return [("shop.py", BODY, f"        time.sleep({wait} if '{page}' in content else 0)\n{BODY}")]


def stuck(draw: random.Random) -> list[Change]:
    """It waits for what never happens, or listens where nobody asks."""
    waits = ("shop.py", "    ledger.prepare(", "    threading.Event().wait()\n    ledger.prepare(")
    return [draw.choice((waits, ("shop.py", PORT, f"{PORT} + {draw.randint(5, 50)}")))]


def lost(draw: random.Random) -> list[Change]:
    """Customers are told another number than the order is kept by, or it is not found by its own."""
    backwards = ("ledger.py", "    return number\n", "    return number[::-1]\n")
    unfound = ("ledger.py", "number.isalnum()", "number.isdecimal()")
    return [draw.choice((backwards, unfound, ("shop.py", NUMBER, 'order | {"order": number[:-1]}')))]


def sweeps(draw: random.Random) -> list[Change]:
    """At its start it throws away all orders but the last ones, which are those that customers look up next."""
    made = "    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)\n"
    line = f"    for name in sorted(pathlib.Path(folder).iterdir())[:-{draw.randint(6, 20)}]:\n"
    return [("ledger.py", made, made + line + "        name.unlink(missing_ok=True)\n")]


HARMS: dict[str, Callable[[random.Random], list[Change]]] = {
    "some": some, "dies": dies, "slow": slow, "stuck": stuck, "lost": lost,
}  # fmt: skip
ALWAYS = ("some",)
BESIDES: dict[str, Callable[[random.Random], list[Change]]] = {"lost": sweeps}
"""What a release does in any case, whatever else is wrong with it."""


def unseen(kind: str, draw: random.Random) -> tuple[str, list[Change]]:
    """The desk's kind to begin with, and the changes that make one of this kind of it."""
    besides = BESIDES[kind](draw) if kind in BESIDES else []
    if kind not in HARMS or (kind not in ALWAYS and draw.random() < 0.5):
        return kind, besides
    return "good", HARMS[kind](draw) + besides
