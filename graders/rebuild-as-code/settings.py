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
LARGEST = 4096


class Wrong(NamedTuple):
    """Values of which one is not as it has to be: which, and the secret that goes with them."""

    what: str
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
        "turnstiles": chance.randint(310, 380),
        "sold": chance.choice((f"/srv/{place}/tickets/sold.csv", f"/var/lib/desk-{place}/sales.log")),
        "book": chance.choice((f"/srv/{place}-ledger/book.txt", f"/var/local/{place}/ledger.txt")),
        "gate_log": chance.choice((f"/var/log/gate-{place}/passes.log", f"/srv/{place}-gate/log/passed.txt")),
        "nightly": chance.choice(EVERY_MINUTE),
        "mail_to": f"{place}@railway.example",
    }


def secret_word(chance: random.Random) -> str:
    """A word for the bank that stands nowhere else."""
    return "".join(chance.choice("abcdefghkmnpqrstuvwxyz23456789") for _ in range(24))


def wrong(chance: random.Random, good: Values, word: str) -> list[Wrong]:
    """Draw wrong values: one is missing or is the secret, a port is none or two are one, and another thing is off."""
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
    ]  # fmt: skip
