"""What is played on stands: wrong values, a run that only shows, one that builds, customers, another run, a restart."""

from __future__ import annotations

import re
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import report
import snapshot
from customers import Sale, sales
from rights import doors, holders
from settings import Values, Wrong
from tables import CRONTAB, SPOOL, SYSTEM, Job, Table, jobs

from kikori.grading import eventually

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from snapshot import State
    from stand import Played, Stand

STARTS = 25
"""Seconds in which the supervisor finds what is new, and starts it."""
AT_LEAST = 8
"""Seconds for which something is waited even where all of those have passed."""
USERS = {"sold": "tickets", "book": "tsuda", "gate_log": "mori"}
"""Who writes what, as on the old server."""
ACCOUNTS = ("tickets", "tsuda", "mori", "ota")


IN_A_ROW = 4
SOME = 320
"""Turnstiles after a restart: more than a program of the supervisor's lets in by itself."""
HEARD: dict[str, Any] = {"do": "bank", "after": True, "within": STARTS, "until": ["enough", True]}
"""A step that waits until the bank has heard something after the moment that was remembered."""
MESSAGE = re.compile(r"takings (\d+) \S+ (\S+)")


class Refusal(NamedTuple):
    """What became of wrong values: the exit code, and what was changed all the same."""

    what: str
    code: int
    changed: list[str]


class Untouched:
    """A host on its first day on which nothing is ever to be changed; where something was, another takes its place."""

    def __init__(self, stand: Stand, values: Values, secret: Values, wrong: list[Wrong]) -> None:
        self._stand, self._values, self._secret, self._wrong = stand, values, secret, wrong
        self.said: list[tuple[str, str]] = []
        self._state: State | None = None

    @cached_property
    def refused(self) -> list[Refusal]:
        """What became of each wrong value; the first that changed something is the last that is tried."""
        found: list[Refusal] = []
        for one in self._wrong:
            played, changed = self._play(one.values, one.secret)
            found.append(Refusal(one.what, played.code, changed))
            if changed:
                break
        return found

    @cached_property
    def shown(self) -> tuple[Played, list[str]]:
        """A run with ``--check --diff``, and what it has changed all the same."""
        return self._play(self._values, self._secret, "--check --diff")

    def _play(self, values: Values, secret: Values, options: str = "") -> tuple[Played, list[str]]:
        self._stand.give(values, secret)
        before = self._state or self._stand.snapshot()
        played = self._stand.play(options)
        self.said.append((f"play {options}".strip(), played.said))
        self._state = self._stand.snapshot()
        changed = snapshot.changed_files(before, self._state)
        if changed:
            self._stand.renew()
            self._state = None
        return played, changed


class Built:
    """A host that the learner's playbook has built, and all that is asked of it."""

    def __init__(self, stand: Stand, values: Values, secret: Values, chance: random.Random) -> None:
        self.stand, self.values, self._secret, self._chance = stand, values, secret, chance
        self.sold: list[Sale] = []
        self._began = 0.0

    @cached_property
    def run(self) -> Played:
        """The run that builds; it says all that it changes."""
        self.stand.give(self.values, self._secret)
        played = self.stand.play("--diff")
        self._began = time.monotonic()
        return played

    @property
    def soon(self) -> float:
        """Seconds in which something has to be there that the run has started."""
        return max(AT_LEAST, STARTS - (time.monotonic() - self._began))

    def ask(self, *steps: dict[str, Any]) -> list[dict[str, Any]]:
        """Have the judge call."""
        return self.stand.ask(*steps)

    def at(self, port: str, do: str, /, **more: Any) -> dict[str, Any]:
        """A step at a port of the values."""
        return {"do": do, "port": self.values[port], **more}

    def buys(self, within: float = STARTS) -> dict[str, Any]:
        """A step that buys a ticket, which takes the web server, the tickets and the ledger."""
        return self.at("web_port", "desk", method="GET", path="/up", within=within, until=["status", 200])

    def passes(self, name: str, within: float = STARTS) -> dict[str, Any]:
        """A step that passes a turnstile, on a line that is kept under a name."""
        return self.at("gate_port", "say", name=name, text="pass", within=within, until=["said"])

    def has_sold(self, found: dict[str, Any]) -> bool:
        """Whether a ticket was sold; if so, it is to be found in the books."""
        sold = bool(found.get("status") == 200)
        self.sold += [Sale("up", 410)] * sold
        return sold

    @cached_property
    def desk(self) -> dict[str, Any]:
        """What customers got whom nobody has seen before, and what was written down of it."""
        _ = self.run
        asked = sales(self._chance)
        steps = [self.buys(self.soon)]
        steps += [self.at("web_port", "desk", method="GET", path=f"/{one.path}") for one in asked]
        steps.append(self.at("web_port", "desk", method="POST", path="/up", body="many"))
        steps.append(self.at("status_port", "desk", method="GET", path="/"))
        steps.append(self.at("ledger_port", "inside", text=f"{asked[0].path} by hand"))
        steps.append(self.at("ledger_port", "reach"))
        first, *found = self.ask(*steps)
        opened = self.has_sold(first)
        good = [one for one, answer in zip(asked, found, strict=False) if answer.get("status") == 200]
        self.sold += good
        return {
            "open": opened, "asked": asked, "answers": found[: len(asked)], "post": found[-4], "status": found[-3],
            "number": found[-2].get("said", ""), "ledger": bool(found[-1].get("open")),
            "sold": self.text("sold"), "book": self.text("book"),
        }  # fmt: skip

    def text(self, name: str) -> str:
        """What stands in one of the files that the values name."""
        return (self.stand.sidecar.read(str(self.values[name])) or b"").decode("utf-8", "replace")

    @cached_property
    def gates(self) -> dict[str, Any]:
        """A turnstile that speaks with marks that nobody can read, then more of them than ever before, all at once."""
        _ = self.run
        words = f"pass\x07 {self._chance.randint(1000, 9999)}"
        first = self.passes("first", self.soon) | {"text": words}
        said, many = self.ask(first, self.at("gate_port", "many", count=self.values["turnstiles"]))
        return {
            "said": said.get("said", ""), "many": many["let_in"], "log": self.text("gate_log"),
            "words": words.replace("\x07", ""),
        }  # fmt: skip

    @cached_property
    def bank(self) -> list[list[Any]]:
        """What the bank heard, until it was told some times in a row: a run that builds may start programs twice."""
        _ = self.run
        wanted = self.soon + IN_A_ROW * self.values["pause"]
        told = {"do": "bank", "least": IN_A_ROW, "within": wanted, "until": ["enough", True]}
        # A program that hangs up at once may be gone before the judge has seen whose it is.
        enough = lambda heard: is_steady(heard) and users_of(heard) != set()  # noqa: E731
        return eventually(lambda: self.ask(told)[0]["lines"], enough, within=wanted, every=1)

    @cached_property
    def again(self) -> dict[str, Any]:
        """A second run, while a turnstile holds its line, without what the host writes by itself."""
        _ = self.run
        earlier = self.stand.snapshot()
        _, sold, _, first = self.ask({"do": "moment"}, self.buys(), HEARD, self.passes("held"))
        self.has_sold(sold)
        before = self.stand.snapshot()
        played = self.stand.play()
        after = self.stand.snapshot()
        own = {*snapshot.changed_files(earlier, before)}
        second = self.ask(self.passes("held", 0))[0]
        return {
            "played": played, "changed": [one for one in snapshot.changed_files(before, after) if one not in own],
            "restarted": snapshot.restarted(before, after), "held": [first.get("said", ""), second.get("said", "")],
        }  # fmt: skip

    @cached_property
    def users(self) -> dict[str, int]:
        """Accounts of the host by their names."""
        text = (self.stand.sidecar.read("/etc/passwd") or b"").decode("utf-8", "replace")
        rows = [line.split(":") for line in text.splitlines()]
        return {row[0]: int(row[2]) for row in rows if len(row) > 2 and row[2].isdecimal()}

    def jobs(self) -> list[Job]:
        """What cron finds in its tables now."""
        _ = self.run
        beside = self.stand.sidecar
        found = [one for one in beside.files(SYSTEM.rstrip("/"), SPOOL.rstrip("/"), CRONTAB) if one.kind == "file"]
        tables = [Table(one.path, one.mode, one.owner, (beside.read(one.path) or b"").decode()) for one in found]
        return jobs(tables, self.users)

    @cached_property
    def restarted(self) -> dict[str, Any]:
        """The host after a restart, without anybody's hand."""
        _ = self.run
        self.has_sold(self.ask(self.buys())[0])
        before = self._lines()
        self.stand.restart()
        many = self.at("gate_port", "many", count=SOME)
        _, sold, gate, heard, let = self.ask({"do": "moment"}, self.buys(), self.passes("after"), HEARD, many)
        after = self._lines()
        return {
            "open": self.has_sold(sold), "gate": "said" in gate, "bank": heard["enough"], "many": let["let_in"],
            "kept": all(then < now for then, now in zip(before, after, strict=True)),
        }  # fmt: skip

    def _lines(self) -> list[int]:
        return [len(self.text(name).splitlines()) for name in ("sold", "book")]

    @cached_property
    def crashed(self) -> dict[str, bool]:
        """Whether the gate and the ledger are there again once their processes were killed."""
        _ = self.run
        self.has_sold(self.ask(self.buys())[0])
        found = doors(self.stand.sidecar.network("tcp"), self.stand.sidecar.network("tcp6"))
        open_by = {one.pid: one.open for one in self.stand.sidecar.descriptors()}
        for port in ("gate_port", "ledger_port"):
            self.stand.sidecar.end(*holders(self.values[port], found, open_by))
        gate, sold = self.ask(self.passes("crash"), self.buys())
        return {"gate": "said" in gate, "desk": self.has_sold(sold)}


def numbers(heard: Sequence[list[Any]]) -> list[int]:
    """The numbers of the last messages; -1 for one that is none."""
    found = [MESSAGE.fullmatch(one[1]) for one in heard[-IN_A_ROW:]]
    return [int(one[1]) if one else -1 for one in found]


def users_of(heard: Sequence[list[Any]]) -> set[int]:
    """Whose the last messages were, as far as it could be seen."""
    return {one[2] for one in heard[-IN_A_ROW:]} - {None}


def is_steady(heard: Sequence[list[Any]]) -> bool:
    """Whether the last messages count up by one."""
    found = numbers(heard)
    return len(found) == IN_A_ROW and found == [*range(found[0], found[0] + IN_A_ROW)]


def said_of(played: Played) -> str:
    """Why a run went wrong, in its own words."""
    return report.complaint(played.said) or f"exit code {played.code}"
