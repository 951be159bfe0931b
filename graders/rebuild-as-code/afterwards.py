"""A built host later on: values that runs bring, a bank that is away, a caller without a word, and the night."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import rights
from plays import HEARD, IN_A_ROW, MESSAGE, STARTS, numbers

from kikori.grading import eventually

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plays import Built, Played
    from settings import Change

MINUTE = 80
"""Seconds within which cron has carried out what it does every minute."""
TAKINGS = "/home/tsuda/takings.txt"
RELAY = "/var/spool/relay"
"""Where each letter that the host sends is a file."""
NIGHT, SALES = 2000, 2100
"""Lines that the old job takes from the end of the book, and how many a program of the host adds to the book."""
ADDED, STAYS = "filled", 4
"""The first word of these lines, and how many looks apart by a second find a file that nobody is writing."""
EARLY = 1.0
"""Seconds by which the bank may hear sooner than after a pause."""
SETTLED = 2
"""Seconds in which a letter of the job's is there."""
SILENT = 2
"""Callers of the ledger that say nothing: an old ledger waits longer for two than an old desk does for the ledger."""
DOORS = ("web_port", "status_port", "ledger_port", "gate_port")


class Afterwards:
    """What becomes of a host on which other values are brought."""

    def __init__(self, built: Built, changes: Sequence[Change]) -> None:
        self.built, self._changes = built, changes
        self.runs: list[tuple[Change, Played]] = []
        self._filled = 0
        self._letters: set[str] = set()

    @cached_property
    def brought(self) -> dict[str, Any]:
        """What is not in use of the values that each run was to bring; after the first such run no other is tried."""
        built = self.built
        _ = built.run
        seen: dict[str, Any] = {}
        for change in self._changes:
            built.stand.give(change.values, change.secret)
            built.values = change.values
            # The last one says all that it can: what a run shows is asked of the most talkative.
            played = built.stand.play("--diff -vvv" if change is self._changes[-1] else "")
            self.runs.append((change, played))
            seen = {"played": played, "names": change.names, **(self._use(change) if played.code == 0 else {})}
            if played.code or not seen["open"] or seen["old"] or seen["unused"]:
                return seen
        built.ask(built.at("ledger_port", "fill", count=SALES, text=ADDED))
        self._filled = len(built.text("book").splitlines())
        self._letters = self._relay()
        return seen

    def _use(self, change: Change) -> dict[str, Any]:
        """What the host does with the values that it should have by now."""
        built, name = self.built, f"later {len(self.runs)}"
        told = HEARD | {"ending": f" {change.secret['bank_word']}", "port": change.values["bank_port"]}
        steps = [{"do": "moment"}, built.buys(), built.passes(name)]
        steps.append(built.at("ledger_port", "inside", text="up;410", within=STARTS, until=["said"]))
        steps.append(built.at("status_port", "desk", method="GET", path="/", within=STARTS, until=["status", 200]))
        steps.append(told)
        if "turnstiles" in change.names:
            steps.append(built.at("gate_port", "many", count=change.values["turnstiles"]))
        _, sold, gate, number, status, bank, *many = built.ask(*steps)
        unused = [
            ("gate_port", "said" not in gate), ("ledger_port", not str(number.get("said", "")).startswith("number ")),
            ("status_port", not status.get("text", "").startswith("Active connections")),
            ("turnstiles", any(one["let_in"] != change.values["turnstiles"] for one in many)),
            ("bank_port, bank_word", not bank["enough"]), ("pause", "pause" in change.names and self._is_hasty(told)),
            *((path, not built.text(path).strip()) for path in ("sold", "book", "gate_log")),
            ("nightly, mail_to", not self._has_job()),
        ]  # fmt: skip
        return {
            "open": built.has_sold(sold), "unused": [what for what, is_so in unused if is_so], "old": self._old_doors()
        }  # fmt: skip

    def _is_hasty(self, told: dict[str, Any]) -> bool:
        """Whether messages in a row come sooner than after the pause."""
        pause = self.built.values["pause"]

        def pairs() -> list[float]:
            lines = self.built.ask(told | {"within": 0})[0]["lines"]
            found = [(one[0], MESSAGE.fullmatch(one[1])) for one in lines]
            read = [(at, int(one[1])) for at, one in found if one]
            return [later[0] - one[0] for one, later in pairwise(read) if later[1] == one[1] + 1]

        def enough(gaps: list[float]) -> bool:
            """One that is long enough tells; a short one may be a message that was late itself."""
            return bool(gaps) and (max(gaps) > pause - EARLY or len(gaps) >= IN_A_ROW)

        gaps = sorted(eventually(pairs, enough, within=STARTS, every=0.5))
        return bool(gaps) and gaps[len(gaps) // 2] < pause - EARLY

    def _has_job(self) -> bool:
        values = self.built.values
        wanted = ("tsuda", values["nightly"], values["mail_to"])
        return any((one.user, one.when, one.mailto) == wanted for one in self.built.jobs())

    def _old_doors(self) -> list[int]:
        """Ports that nothing should listen at any more; a web server takes a moment to leave the old one."""
        beside, values = self.built.stand.sidecar, self.built.values
        banks = self.built.stand.banks

        def strange() -> list[int]:
            found = rights.doors(beside.network("tcp"), beside.network("tcp6"))
            return rights.strange_doors(found, (values[one] for one in DOORS), banks)

        return eventually(strange, lambda some: not some, within=STARTS, every=1)

    @cached_property
    def troubled(self) -> dict[str, Any]:
        """What the others do while the bank is away and some at the ledger say nothing, and once that is over."""
        built = self.built
        _ = built.run
        away = built.values["pause"] + 2
        told = HEARD | {"within": STARTS + built.values["pause"]}
        before, _, _, asked, sold, _, _, _, again = built.ask(
            {"do": "moment"}, told, {"do": "shut"}, built.at("ledger_port", "hush", count=SILENT),
            built.at("web_port", "desk", method="GET", path="/up"), built.buys(),
            {"do": "rest", "seconds": away}, {"do": "open"}, {"do": "moment"}, told,
        )[1:]  # fmt: skip
        counts = [numbers(one["lines"])[-1:] for one in (before, again)]
        built.has_sold(asked)
        return {
            "status": asked.get("status", 0), "text": asked.get("text", "").strip(), "open": built.has_sold(sold),
            "before": counts[0], "again": counts[1],
        }  # fmt: skip

    def _relay(self) -> set[str]:
        return {one.path for one in self.built.stand.sidecar.files(RELAY) if one.kind == "file"}

    @cached_property
    def takings(self) -> dict[str, Any]:
        """What the office finds, once a minute has turned since the book has grown long."""
        _ = self.brought
        beside, book = self.built.stand.sidecar, self.built.text("book").splitlines(keepends=True)
        ends = range(self._filled, len(book) + 1)
        wanted = {"".join(book[max(0, end - NIGHT) : end]) for end in ends if self._filled}

        def look() -> str:
            return (beside.read(TAKINGS) or b"").decode("utf-8", "replace")

        looks: list[str] = []

        def is_over(text: str) -> bool:
            """What is right is so at once; what is not, and has the new lines, is the job's once it stays."""
            looks.append(text)
            return text in wanted or (ADDED in text and looks[-STAYS:] == [text] * STAYS)

        text = eventually(look, is_over, within=MINUTE, every=1)
        # A letter comes when the job has ended.
        letters = eventually(lambda: self._relay() - self._letters, bool, within=SETTLED, every=0.5)
        folders = {one.path: one for one in beside.at(*rights.above(TAKINGS))}
        files = {one.path: one for one in beside.at(TAKINGS)}
        return {
            "text": text, "is_right": text in wanted, "owner": files[TAKINGS].owner if TAKINGS in files else -1,
            "open": bool(rights.open_to_all(files, folders, rights.READ)),
            "letters": len(letters),
        }  # fmt: skip
