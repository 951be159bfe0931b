"""The house as the checks ask it: the street's book, the database's inspector, and the programs that are judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from kikori.grading import Scene, eventually

LEAKED = "k7P/9fTq+Wz2=Lx5bN"
"""It is known to everybody: that is what is wrong with it."""
KEEPER = "uE4xr0SgZcJm8dQyB1nV6"
"""The key that makes keys: root's alone."""
PATIENCE = 45
"""Seconds that a rotation may take, as the task says."""
PACKED = 8
"""Seconds within which the packer has made a parcel of an order."""
JOBS = {"reports": ("report", "/usr/local/bin/report"), "counts": ("books", "/srv/books/count")}
"""What cron runs: the table that a job writes to, its user and its command."""
COUNTED = {"reports": ("orders", "parcels"), "counts": ("plants", "parcels")}


class Met(NamedTuple):
    """What customers met for a while."""

    asked: int
    failed: tuple[str, ...]
    orders: tuple[str, ...]

    @property
    def how(self) -> str:
        """The kinds of failures, for a reason."""
        return ", ".join(dict.fromkeys(self.failed))


class State(NamedTuple):
    """The accounts of the database and their keys as it holds them, and who is in."""

    accounts: tuple[dict[str, Any], ...] = ()
    sessions: tuple[tuple[int, str, str], ...] = ()
    newest: int = 0

    @property
    def keys(self) -> set[str]:
        """What opens the database, as it holds it."""
        return {key for one in self.accounts for key in one["keys"]}

    def users_of(self, keys: set[str]) -> list[str]:
        """The accounts that one of these keys opens."""
        return sorted({one["user"] for one in self.accounts if keys & set(one["keys"])})


class House:
    """The nursery, from outside."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.problem = ""
        """Why the inspector could not be asked."""

    def ask(self, what: str, *words: str) -> Any:
        """What the inspector finds; nothing where the database does not let it in."""
        told = self.scene.host("street").run(f"timeout 40 python3 inspector.py {what}" + " %s" * len(words), *words)
        found = json.loads(told.stdout) if told.rc == 0 and told.stdout else {"problem": told.stderr[-160:]}
        if isinstance(found, dict) and "problem" in found:
            self.problem = str(found["problem"])
            return {}
        return found

    def state(self) -> State:
        """Accounts and sessions now."""
        found = self.ask("state")
        if not found:
            return State()
        return State(tuple(found["accounts"]), tuple(map(tuple, found["sessions"])), found["newest"])

    def mark(self) -> int:
        """The number of the customers' last request."""
        return int(json.loads(self.scene.get("street", "/seen").text)["last"])

    def met(self, after: int) -> Met:
        """What customers met since a request of theirs."""
        seen = json.loads(self.scene.get("street", f"/seen?after={after}").text)
        return Met(seen["asked"], tuple(seen["failed"]), tuple(seen["orders"]))

    def served(self, count: int, within: float) -> Met:
        """So many customers in a row who all got what they wanted, as soon as they have come; else the last ones."""
        last = [self.mark()]

        def customers() -> Met:
            seen = self.met(last[-1])
            if seen.failed:
                last.append(last[-1] + seen.asked)
            return seen

        return eventually(customers, lambda seen: seen.asked >= count and not seen.failed, within=within, every=0.25)

    def met_until_now(self, after: int, more: int = 8) -> Met:
        """What customers met since a request, those who came until now and a few more."""
        now = self.mark()
        return eventually(lambda: self.met(after), lambda seen: after + seen.asked >= now + more, within=10, every=0.2)

    def finders(self) -> list[dict[str, Any]]:
        """How those fare who found a key: first the leaked one."""
        return list(json.loads(self.scene.get("street", "/finder").text))

    def finders_tried(self) -> list[dict[str, Any]]:
        """The same, once each has tried again; one that gave up is none any more."""
        before = {one["id"]: one["tries"] for one in self.finders()}
        return eventually(
            self.finders,
            lambda seen: all(one["tries"] > before.get(one["id"], 0) + 1 for one in seen),
            within=12,
            every=0.3,
        )

    def unpacked(self, orders: tuple[str, ...]) -> dict[str, list[str]]:
        """Of confirmed orders those that are lost, those that nobody has packed yet, and those packed late."""
        if not orders:
            return {"lost": [], "unpacked": [], "late": []}

        def look() -> dict[str, list[str]]:
            return dict(self.ask("book", *orders[-300:]) or {"lost": [], "unpacked": [], "late": []})

        return eventually(look, lambda found: not found["unpacked"], within=PACKED, every=0.5)

    def rotate(self, within: float = PATIENCE) -> tuple[int, str]:
        """Run the rotation as root does, and kill it with all that it has begun when its time is over.

        Gives how it ended, 137 where it was killed, and what it said.
        """
        # runs: the rotation is the learner's work, and what comes of it is looked at from outside.
        done = self.scene.host("server").run('timeout -s KILL %s rotate; echo "ended $?"', f"{within:.2f}")
        said, _, code = str(done.stdout).rpartition("ended ")
        return int(code) if code.strip().isdecimal() else 1, str(done.stderr) + said

    def jobs(self) -> dict[str, str]:
        """Run the two jobs as cron does; gives what is wrong with what they wrote, by their tables."""

        def run(user: str, command: str) -> str:
            # runs: cron's command; what it wrote is looked at in the database.
            done = self.scene.host("server", user=user).run(f"timeout 20 {command}")
            return str(done.stderr).strip().rpartition("\n")[2]

        return wrong_jobs(self, run)


def wrong_jobs(house: House, run: Callable[[str, str], str]) -> dict[str, str]:
    """Have each job run; gives what is wrong with what it wrote, by its table."""
    before = house.ask("jobs")
    told = {table: run(user, command) for table, (user, command) in JOBS.items()}
    after = house.ask("jobs")
    if not (before and after):
        return {}
    wrong = {table: wrong_row(before, after, table) for table in JOBS}
    return {table: told[table][-160:] or why for table, why in wrong.items() if why}


def wrong_row(before: dict[str, Any], after: dict[str, Any], table: str) -> str:
    """Why the newest row of a job's table is not the one of now; nothing where it is."""
    newest = after[table][0] if after[table] else []
    if not newest or newest == (before[table][0] if before[table] else []):
        return "no row"
    in_bounds = (before[name] <= value <= after[name] for name, value in zip(COUNTED[table], newest[1:], strict=True))
    return "" if all(in_bounds) else f"{newest[1:]}"
