"""The customers' own book: what they ordered, paid and changed, and what of it somebody deleted by mistake."""

import json
import os
from contextlib import suppress
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path

import machines
from trade import TEST, Trade

FILE = Path("/var/lib/town/book.json")
BEGIN = datetime(2036, 2, 2, 9)
WEEKS, NIGHT = datetime(2036, 9, 24, 2), datetime(2036, 10, 15, 2)
MISTAKE, AFTER = datetime(2036, 10, 15, 10, 42, 5), datetime(2036, 10, 15, 11, 30)
WATCH = timedelta(hours=4)
A_DAY = 24
"""Orders of a day of the past weeks."""
WRONG = f"DELETE FROM orders WHERE state <> '{TEST}'"
"""What was meant to remove the tests, and removes all but them."""


class Book:
    """Kept on the disk: it outlives a restart."""

    def __init__(self):
        self.orders, self.payments, self.base = {}, {}, []
        self.now, self.next, self.stretch = str(BEGIN), 1, 0
        self.wanted, self.gap, self.point, self.furniture = None, [], "", {}
        with suppress(FileNotFoundError):
            self.__dict__.update(json.loads(FILE.read_text()))

    @property
    def is_open(self):
        """Whether the shop has been opened."""
        return self.next > 1

    def save(self):
        """Write it down."""
        half = FILE.with_suffix(".part")
        half.write_text(json.dumps(self.__dict__, ensure_ascii=False))
        os.replace(half, FILE)

    def rows(self):
        """What there should be now, as rows of text."""
        return as_text({"orders": self.orders, "payments": self.payments})

    def draw(self):
        """Chance for the next stretch of time."""
        self.stretch += 1
        return Trade(os.environ["KIKORI_WAVE"], self.stretch)

    def note(self, orders):
        """Write orders down."""
        for order, payment in orders:
            self.orders[str(order[0])] = order
            if payment:
                self.payments[str(order[0])] = payment
        self.next += len(orders)

    def days(self, until, many, each):
        """Weeks in which nobody looked: some statements with many orders each."""
        begin, trade = datetime.fromisoformat(self.now), self.draw()
        orders = trade.orders(begin, until, many, self.next)
        with machines.cursor("db-1", database="shop") as machine:
            for at in range(0, len(orders), each):
                machines.insert(machine, orders[at : at + each])
        self.note(orders)
        self.now = str(until)
        return [str(order[0]) for order, _ in orders]

    def hours(self, until, many, *, apart=False):
        """Some hours, each order for itself, and changes of orders; ``apart`` of none but those of these hours.

        Of those that are placed apart none is a test: a mistake leaves the tests alone, so that they could be had again.
        """
        begin, trade = datetime.fromisoformat(self.now), self.draw()
        orders, placed = trade.orders(begin, until, many, self.next), []
        known = placed if apart or not self.base else self.base
        with machines.cursor("db-1", database="shop") as machine:
            for at, one in enumerate(orders):
                one[0][5] = "open" if apart else one[0][5]
                machines.insert(machine, [one])
                self.note([one])
                placed.append(str(one[0][0]))
                if at % 4 == 3:
                    self.change(machine, trade.changed(known, one[0][-1]))
        self.now = str(until)
        return placed

    def changes(self, until, many):
        """Hours in which nobody orders, and the state of some orders is changed: as many rows as before."""
        begin, trade = datetime.fromisoformat(self.now), self.draw()
        known = sorted((key for key, order in self.orders.items() if order[5] == "open"), key=int)
        with machines.cursor("db-1", database="shop") as machine:
            for at, number in enumerate(trade.chance.sample(known, min(many, len(known)))):
                self.change(machine, [number, "state", "sent", str(begin + timedelta(seconds=at + 1))])
        self.now = str(until)

    def change(self, machine, changed):
        """Change an order, if it is still there."""
        machines.change(machine, changed)
        if order := self.orders.get(str(changed[0])):
            order[3 if changed[1] == "quantity" else 5] = changed[2]

    def delete(self, condition, keeps):
        """Delete what does not meet ``keeps``; gives what there was before."""
        before = deepcopy(self.rows())
        with machines.cursor("db-1", database="shop") as machine:
            machine.execute(f"SET TIMESTAMP = {int(datetime.fromisoformat(f'{self.now}+00:00').timestamp())}")
            machine.execute(condition)
        self.orders = {number: order for number, order in self.orders.items() if keeps(order)}
        self.payments = {number: paid for number, paid in self.payments.items() if number in self.orders}
        return before

    def last_before(self, numbers):
        """The time of the last order before the first of some."""
        return max((order[-1] for key, order in self.orders.items() if int(key) < min(map(int, numbers))), default="")


def as_text(tables):
    """Each value as text, as rows of a machine are read."""
    return {name: {key: [str(one) for one in row] for key, row in rows.items()} for name, rows in tables.items()}


def without(tables, numbers):
    """The same without some orders and their payments."""
    return {name: {key: row for key, row in rows.items() if key not in numbers} for name, rows in tables.items()}
