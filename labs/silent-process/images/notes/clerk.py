"""A clerk: gives every order the register's next number, books its parcel, and has its note printed.

Two clerks work side by side. The register's numbers must have no gap and no double, the tax office wants it so; hence
one lock, held from reading the last number until the new line is written.
"""

import fcntl
import http.client
import json
import sys
import time
from configparser import ConfigParser
from contextlib import contextmanager
from urllib.parse import urlsplit

import paths


class Carrier:
    """The parcel service that gives us tracking numbers."""

    def __init__(self, settings):
        self.addresses = settings["addresses"].split()
        self.patience = float(settings["patience"] or 0) or None

    def book(self, number, order):
        """The tracking number of a new parcel, from the first address that answers."""
        for address in list(self.addresses):
            try:
                tracking = self._ask(urlsplit(address), {"reference": number, "to": order["customer"]})
            except OSError:
                continue
            self.addresses.sort(key=lambda other: other != address)
            return tracking
        raise OSError("no carrier answers")

    def _ask(self, address, parcel):
        line = http.client.HTTPConnection(address.hostname, address.port, timeout=self.patience)
        try:
            line.request("POST", "/parcels", json.dumps(parcel))
            answer = line.getresponse()
            told = answer.read()
        except http.client.HTTPException as problem:
            raise OSError(problem) from None
        finally:
            line.close()
        if answer.status != 201:
            raise OSError(answer.status)
        return json.loads(told)["tracking"]


@contextmanager
def register():
    """The register's rows, with nobody else writing meanwhile."""
    with paths.LOCK.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield [row.split(";") for row in paths.REGISTER.read_text(encoding="utf-8").splitlines()]


def enter(order, carrier):
    """The order's number and tracking number; entered once, however often it is asked."""
    with register() as rows:
        for number, known, tracking in rows:
            if known == order["order"]:
                return int(number), tracking
        number = int(rows[-1][0]) + 1
        tracking = carrier.book(number, order)
        with paths.REGISTER.open("a", encoding="utf-8") as file:
            file.write(f"{number};{order['order']};{tracking}\n")
        return number, tracking


def tell(pipe, line):
    """Write one line into a pipe."""
    with open(pipe, "w", encoding="utf-8") as out:
        out.write(line + "\n")


def claim(name):
    """The oldest order, moved where the other clerk does not look; what was begun and not ended comes first."""
    mine = paths.CLAIMED / name
    for file in mine.glob("*.json"):
        return file
    for file in sorted(paths.WAITING.glob("*.json"), key=age):
        try:
            return file.rename(mine / file.name)
        except FileNotFoundError:
            continue  # the other clerk was faster
    return None


def age(file):
    """When a file was written; one that is gone comes last."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def handle(file, carrier, tally):
    """One order from the desk to the printer."""
    order = json.loads(file.read_text(encoding="utf-8"))
    number, tracking = enter(order, carrier)
    tell(tally, str(number))
    tell(paths.PRINTER_PIPE, json.dumps(order | {"number": number, "tracking": tracking}))
    file.unlink()
    print(f"note {number} for order {order['order']}", flush=True)


def main(name):
    """Work for ever."""
    settings = ConfigParser()
    with paths.CONFIG.open(encoding="utf-8") as lines:
        settings.read_file(lines)
    carrier, tally = Carrier(settings["carrier"]), settings["tally"]["pipe"]
    print(f"{name} is ready", flush=True)
    while True:
        file = claim(name)
        try:
            if file:
                handle(file, carrier, tally)
                continue
        except OSError:
            time.sleep(0.5)  # the carrier is away now and then; the order stays in hand
        time.sleep(0.1)


if __name__ == "__main__":
    main(sys.argv[1])
