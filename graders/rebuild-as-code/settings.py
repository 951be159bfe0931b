"""The values that a playbook is given: those of this server, others that a check draws, and wrong ones."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import yaml

Values = dict[str, Any]
MAIL, TURNSTILES = "office@railway.example", 300
"""What the task says of this server, beyond what can be read off the old one."""
EVERY_MINUTE = ("*/1 * * * *", "0-59 * * * *", "* 0-23 * * *", "* * 1-31 * *", "* * * 1-12 *", "* * * * 0-6")
"""Forms of a schedule that cron carries out within the minute."""
PORTS = ("web_port", "status_port", "ledger_port", "gate_port", "bank_port")
PATHS = ("sold", "book", "gate_log")
NAMES = (*PORTS, "pause", "turnstiles", *PATHS, "nightly", "mail_to")
OF_PROGRAMS = (
    "gate_port", "turnstiles", "gate_log", "ledger_port", "bank_port", "pause", "sold", "book", "bank_word",
)  # fmt: skip
"""Values of which one alone is another first: whatever is started anew for its sake is so for no other value's."""
NO_TIME = (
    "60 2 * * *", "31 24 * * *", "31 2 32 * *", "31 2 0 * *", "31 2 * 13 *", "31 2 * * 8", "2 31 * * *",
)  # fmt: skip
"""Five fields that cron does not take: it passes over the whole table, and the job never begins."""
LARGEST = 4096


class Wrong(NamedTuple):
    """Values of which one is not as it has to be: which, and the secret that goes with them."""

    what: str
    values: Values
    secret: Values


class Change(NamedTuple):
    """What is another at a run on a host that stands: the names, all values then, and the secret."""

    names: tuple[str, ...]
    values: Values
    secret: Values


def read(text: str) -> Values | None:
    """Read a file of values: plain names with plain values; None where it is something else."""
    if not text or len(text) > LARGEST or "&" in text or "!" in text:
        return None
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        return None
    plain = isinstance(found, dict) and all(isinstance(one, str | int | float | None) for one in found.values())
    return {str(name): value for name, value in found.items()} if plain else None


def of_box(box: Any) -> Values:
    """The values of this server, as the old box has them; ``box`` is what was drawn of it."""
    return {
        "web_port": box.web, "status_port": box.status_then, "ledger_port": box.ledger_port,
        "gate_port": box.gate_port, "bank_port": box.bank_port, "pause": box.pause, "turnstiles": TURNSTILES,
        "sold": box.sold, "book": box.book, "gate_log": box.gate_log, "nightly": box.nightly_when, "mail_to": MAIL,
    }  # fmt: skip


def drawn(chance: random.Random) -> Values:
    """Values of another server of the same kind."""
    ports = dict(zip(PORTS, chance.sample(range(4100, 7900), len(PORTS)), strict=True))
    place = chance.choice(("north", "east", "lake", "ridge"))
    return ports | {
        "pause": chance.choice((2, 3)),
        "turnstiles": chance.randint(560, 640),
        "sold": chance.choice((f"/srv/{place}/tickets/sold.csv", f"/var/lib/desk-{place}/sales.log")),
        "book": chance.choice((f"/srv/{place}-ledger/book.txt", f"/var/local/{place}/ledger.txt")),
        "gate_log": chance.choice((f"/var/log/gate-{place}/passes.log", f"/srv/{place}-gate/log/passed.txt")),
        "nightly": chance.choice(EVERY_MINUTE),
        "mail_to": f"{place}@railway.example",
    }


def later(chance: random.Random, good: Values, word: str) -> list[Change]:
    """Draw other values for all: one of them is another first, and then all that are left."""
    ports = chance.sample([one for one in range(4100, 7900) if one not in good.values()], len(PORTS))
    place = chance.choice(("south", "west", "glen", "pass"))
    new = dict(zip(PORTS, ports, strict=True)) | {
        "pause": chance.choice((5, 6)),
        "turnstiles": chance.randint(840, 900),
        "sold": f"/srv/{place}/desk/sold.txt",
        "book": f"/var/local/{place}-ledger/book.csv",
        "gate_log": f"/var/log/{place}-gate/passes.log",
        "nightly": chance.choice([one for one in EVERY_MINUTE if one != good["nightly"]]),
        "mail_to": f"{place}@railway.example",
        "bank_word": secret_word(chance),
    }
    first = chance.choice(OF_PROGRAMS)
    rest = tuple(name for name in (*NAMES, "bank_word") if name != first)
    found, now = [], good | {"bank_word": word}
    for names in ((first,), rest):
        now = now | {name: new[name] for name in names}
        values = {name: now[name] for name in NAMES}
        found.append(Change(names, values, {"bank_word": now["bank_word"]}))
    return found


def secret_word(chance: random.Random) -> str:
    """A word for the bank that stands nowhere else."""
    return "".join(chance.choice("abcdefghkmnpqrstuvwxyz23456789") for _ in range(24))


def wrong(chance: random.Random, good: Values, word: str) -> list[Wrong]:
    """Draw wrong values: one is missing or is the secret, a port is none or two are one, some have no such form."""
    secret = {"bank_word": word}
    gone, port = chance.choice((*NAMES, "bank_word")), chance.choice(PORTS)
    first, second = chance.sample(PORTS[:4], 2)
    bad_port = chance.choice((70000, 0, -1, 443.5, "80 80", "eighty", None))
    name, value = chance.choice((
        ("pause", 0), ("pause", "soon"), ("pause", 7200), ("turnstiles", 0), ("turnstiles", "many"),
        ("sold", "sold.csv"), ("book", ""), ("gate_log", "log/passes.log"), ("bank_word", ""), ("bank_word", None),
        ("nightly", "31 2 * *"), ("nightly", "at night"), ("mail_to", "office"), ("mail_to", None),
    ))  # fmt: skip
    off = (good, {name: value}) if name in secret else (good | {name: value}, secret)
    return [
        Wrong(gone, {key: one for key, one in good.items() if key != gone}, {} if gone in secret else secret),
        chance.choice((
            Wrong(port, good | {port: bad_port}, secret),
            Wrong(f"{first}, {second}", good | {first: good[second]}, secret),
        )),
        Wrong(name, *off),
        Wrong("nightly", good | {"nightly": chance.choice(NO_TIME)}, secret),
        wrong_place(chance, good, secret),
        Wrong("bank_word", good, {"bank_word": f"{word}{chance.choice('-.!')}"}),
    ]  # fmt: skip


def wrong_place(chance: random.Random, good: Values, secret: Values) -> Wrong:
    """Draw a path that leads elsewhere or lies in no folder of its own, or two in one folder."""
    one, first, second = chance.choice(PATHS), *chance.sample(PATHS, 2)
    place = chance.choice(("/srv/../etc/passed.txt", "/var/lake/../../root/book.txt", "/srv/book.txt", "/var/sold.csv"))
    beside = f"{good[second].rpartition('/')[0]}/other.txt"
    return chance.choice((
        Wrong(one, good | {one: place}, secret),
        Wrong(f"{first}, {second}", good | {first: beside}, secret),
    ))  # fmt: skip
