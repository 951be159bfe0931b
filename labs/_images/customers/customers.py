"""The customers of the shop.

They come by themselves: CUSTOMERS_RATE requests in a second, from CUSTOMERS_SEED, in CUSTOMERS_MODE (day or night).

GET  /                 how they are: rate, mode, last number of the record
GET  /seen?since=N     every request after number N, as the customer saw it
GET  /truth?since=N    the same, summed up: counts, codes, durations, orders and what became of them
POST /mode             {"mode": "day" | "night" | "stop", "rate": 4}
POST /drive            {"requests": 200, "rate": 40, "mix": {"browse": 3, "order": 1}, "seed": 1, "traced": true}
GET  /drive/N          {"done": false}, or done and the truth of that drive (and of nothing else)
"""

import asyncio
import json
import os
import random
import signal
import time

from truth import Record, summary
from visits import MIXES, Visits, pauses
from web import ask, serve

FRONT = os.environ.get("CUSTOMERS_FRONT", "front")
NIGHT = 0.05
"""What is left of the rate at night."""
LOOKS, BETWEEN = 8, 0.8
"""How often a customer looks after an order, and the seconds in between."""


class Crowd:
    """Customers who send requests; each goes into the record, and into ``rows`` where those are asked for."""

    def __init__(self, record, rows=None, traced=False):
        self.record, self.rows, self.traced = record, rows, traced
        self.tasks = set()
        self.carts = {}
        self.chance = random.Random()

    def send(self, visit):
        """Send a customer on the way, and do not wait."""
        customer, action, method, path, body = visit
        before = self.carts.pop(customer, None) if action == "order" else None
        task = asyncio.create_task(self.visit(customer, method, path, body, before))
        if action == "cart":
            self.carts[customer] = task
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def visit(self, customer, method, path, body, before):
        """One request; who orders waits for the cart first, and looks afterwards how the order fares."""
        if before:
            await before
        row, answer = await self.request(customer, method, path, body)
        if path == "/orders" and row["status"] == 201:
            row["order"], row["completed"] = answer.get("order"), None
            await self.follow(customer, row)

    async def follow(self, customer, row):
        """Look at an order until it is completed, or the customer has had enough."""
        began = time.monotonic()
        for _ in range(LOOKS):
            await asyncio.sleep(BETWEEN)
            _, answer = await self.request(customer, "GET", f"/orders/{row['order']}", None)
            if answer.get("state") == "completed":
                row["completed"] = round(time.monotonic() - began, 3)
                return

    async def request(self, customer, method, path, body):
        """Ask the shop, and write down what came of it."""
        headers = {"X-Customer": customer}
        row = {"at": round(time.time(), 3), "method": method, "path": path, "route": route_of(path)}
        if self.traced:
            row["trace"] = f"{self.chance.getrandbits(128):032x}"
            headers["traceparent"] = f"00-{row['trace']}-{self.chance.getrandbits(64):016x}-01"
        row["status"], text, row["seconds"] = await ask(FRONT, 8080, method, path, body, headers)
        self.record.add(row)
        if self.rows is not None:
            self.rows.append(row)
        return row, read(text)


class Street:
    """All who come by themselves, and the drives of whoever asks for one."""

    def __init__(self):
        self.record = Record()
        self.mode = os.environ.get("CUSTOMERS_MODE", "day")
        self.rate = float(os.environ.get("CUSTOMERS_RATE", "4"))
        self.seed = os.environ.get("CUSTOMERS_SEED", "1")
        self.changed = asyncio.Event()
        self.drives = []
        self.tasks = []

    async def live(self):
        """Let customers come and go for ever, as the mode says, once the shop is open."""
        crowd = Crowd(self.record)
        for path, wanted in (("/", 200), ("/orders/none", 404)):
            while (await ask(FRONT, 8080, "GET", path, patience=2))[0] != wanted:
                await asyncio.sleep(0.2)
        while True:
            self.changed.clear()
            if self.mode == "stop":
                await self.changed.wait()
                continue
            rate = self.rate * (NIGHT if self.mode == "night" else 1)
            visits, due = Visits(self.seed, MIXES[self.mode]), time.monotonic()
            for pause in pauses(self.seed, rate):
                due += pause
                if await until(due, self.changed):
                    break
                crowd.send(next(visits))

    def drive(self, asked):
        """Begin a drive: so many requests, at that rate, beside those who come by themselves."""
        drive = {"done": False, "rows": [], "began": time.time()}
        visits = Visits(asked.get("seed", 1), asked.get("mix"))
        count, rate = min(int(asked.get("requests", 100)), 20000), min(float(asked.get("rate", 20)), 500)
        crowd = Crowd(self.record, drive["rows"], bool(asked.get("traced")))
        self.drives.append(drive)
        self.tasks.append(asyncio.create_task(self.carry_out(drive, crowd, visits, count, rate)))
        return {"drive": len(self.drives)}

    async def carry_out(self, drive, crowd, visits, count, rate):
        """Send so many requests, by the wall clock, and wait until the last order has been followed."""
        due, never = time.monotonic(), asyncio.Event()
        gaps = pauses("drive", rate)
        for _ in range(count):
            due += next(gaps)
            await until(due, never)
            crowd.send(next(visits))
        drive["sent"] = time.time()
        while crowd.tasks:
            await asyncio.wait(set(crowd.tasks))
        drive["ended"], drive["done"] = time.time(), True

    async def answer(self, method, path, words, body):
        """What the control port says."""
        since = int(words.get("since", 0))
        if (method, path) == ("GET", "/seen"):
            return 200, {"last": self.record.last, "requests": self.record.since(since)}
        if (method, path) == ("GET", "/truth"):
            return 200, {"last": self.record.last} | summary(self.record.since(since))
        if (method, path) == ("POST", "/mode"):
            return 200, self.turn(body)
        if (method, path) == ("POST", "/drive"):
            return 200, self.drive(body)
        if path.startswith("/drive/"):
            return self.drive_truth(path[7:])
        return 200, {"mode": self.mode, "rate": self.rate, "last": self.record.last, "now": time.time()}

    def turn(self, asked):
        """Another mode or rate."""
        mode = asked.get("mode", self.mode)
        if mode not in (*MIXES, "stop"):
            raise ValueError(f"mode: {', '.join(MIXES)} or stop")
        self.mode, self.rate = mode, max(0.01, min(float(asked.get("rate", self.rate)), 200))
        self.changed.set()
        return {"mode": self.mode, "rate": self.rate, "last": self.record.last}

    def drive_truth(self, number):
        """How far a drive is."""
        if not number.isdigit() or not 1 <= int(number) <= len(self.drives):
            return 404, {"error": "no such drive"}
        drive = self.drives[int(number) - 1]
        if not drive["done"]:
            return 200, {"done": False, "requests": len(drive["rows"])}
        times = {name: drive[name] for name in ("began", "sent", "ended")}
        return 200, {"done": True} | times | summary(drive["rows"]) | {"requests": drive["rows"]}


async def until(due, event):
    """Wait for a moment of the wall clock, or for an event; tells whether it was the event."""
    try:
        await asyncio.wait_for(event.wait(), max(0.0, due - time.monotonic()))
    except TimeoutError:
        return False
    return True


def route_of(path):
    """The route of a path: no query, and no order's number."""
    route = path.partition("?")[0]
    return "/orders/<number>" if route.startswith("/orders/") else route


def read(text):
    """An answer's JSON, or nothing."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


async def main():
    """Open the control port, and let the customers come."""
    street = Street()
    await serve(7000, street.answer)
    await street.live()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    asyncio.run(main())
