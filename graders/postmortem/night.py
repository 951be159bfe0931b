"""The night as it was: all of it is computed from the recording in the lab, and nothing is typed by hand."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from kikori.errors import OurFault

RECORDING = Path(__file__).resolve().parents[2] / "labs" / "postmortem" / "workspace" / "recording"
TRIGGER = "evening-archive.schedule"
"""What a change moved so that the archive met the evening's customers: the one fact that is no number."""
GROUNDWORK = "database.lock-wait"
"""The change by which connections ran out, some minutes before the next one needed some."""
SPAN = 180
"""Seconds before and after a change in which customers are looked at."""
FELT = 0.1
"""By how much a share of bad answers differs where customers feel it."""
LOCAL = 9 * 3600
"""How many seconds the clock of the chat is ahead."""
BEFORE, AFTER = 60, 120
"""How many seconds before and after a row of the timeline whom it names wrote in the chat, at most."""
DARK = 300
"""Seconds without a confirmed order, at least, that are this incident and not a single bad answer."""


class Request(NamedTuple):
    """A request of a customer, as the customers' book has it."""

    at: float
    customer: str
    path: str
    status: int

    @property
    def is_order(self) -> bool:
        """Whether it is an order, and not a page, a cart or a look at an order."""
        return self.path == "POST /orders"

    @property
    def is_page(self) -> bool:
        """Whether it is a page of the catalog."""
        return self.path.startswith("GET ") and not self.path.startswith("GET /orders")

    @property
    def is_bad(self) -> bool:
        """Whether the customer got an error, no answer, or an order that nobody confirmed."""
        return self.status != 201 if self.is_order else self.status == 0 or self.status >= 500


class Change(NamedTuple):
    """A change that people or their programs made."""

    at: float
    number: int
    what: str
    by: str


class Night:
    """What is true of the recorded night; times are seconds since 1970."""

    def __init__(self, folder: Path = RECORDING) -> None:
        self.folder = folder

    @cached_property
    def requests(self) -> list[Request]:
        """The customers' book."""
        with (self.folder / "customers.csv").open(encoding="utf-8", newline="") as file:
            return [
                Request(seconds(row["sent"]), row["customer"], row["request"], int(row["status"]))
                for row in csv.DictReader(file)
            ]

    @cached_property
    def changes(self) -> list[Change]:
        """The log of changes."""
        return [
            Change(seconds(row["at"]), row["number"], row["what"], row["by"]) for row in self.lines("changes.jsonl")
        ]

    def lines(self, name: str) -> list[dict[str, Any]]:
        """Read a file of JSON lines."""
        return [json.loads(line) for line in (self.folder / name).read_text(encoding="utf-8").splitlines()]

    def table(self, name: str) -> dict[str, Any]:
        """Read a TOML file."""
        return tomllib.loads((self.folder / name).read_text(encoding="utf-8"))

    @cached_property
    def span(self) -> tuple[float, float]:
        """When the recording begins and ends."""
        return self.requests[0].at, self.requests[-1].at

    @property
    def day(self) -> date:
        """The day of the night, in UTC."""
        return datetime.fromtimestamp(self.began, UTC).date()

    @cached_property
    def sources(self) -> dict[str, list[tuple[float, float]]]:
        """From when to when each file of the recording has something to tell: the changes, of moments alone.

        The first page tells of the minutes before it, the chat of what was done before anybody wrote, and the list
        of sessions of how long each has lasted.
        """
        chat = [at for at, _, _ in self.chat]
        sessions = (self.folder / "sessions.txt").read_text(encoding="utf-8")
        seen = seconds(re.findall(r"20\d\d-\S+?(?=,)", sessions)[0])
        oldest = max(int(one) for one in re.findall(r"^ *\d+ \w+ +(\d+) ", sessions, re.MULTILINE))
        pages = [seconds(row["at"]) for row in self.lines("pager.jsonl")]
        minutes = re.findall(r"^20\d\d-[^,]+", self._metrics, re.MULTILINE)
        return {
            "pager": [(pages[0] - DARK, pages[-1])],
            "chat": [(min(chat), max(chat))],
            "changes": [(one.at, one.at) for one in self.changes],
            "metrics": [(seconds(minutes[0]), seconds(minutes[-1]) + 60)],
            "sessions": [(seen - oldest, seen)],
            **{name: [self.span] for name in ("customers", "orders", "log")},
        }

    @cached_property
    def _confirmed(self) -> list[float]:
        return [one.at for one in self.requests if one.is_order and not one.is_bad]

    @cached_property
    def _dark(self) -> tuple[float, float]:
        """The last confirmed order before the longest stretch without one, and the first one after it."""
        before, after = max(zip(self._confirmed, self._confirmed[1:], strict=False), key=lambda two: two[1] - two[0])
        if after - before < DARK:
            raise OurFault(f"{self.folder}: orders were confirmed all the time")
        return before, after

    @cached_property
    def began(self) -> float:
        """When the first of the orders was sent that nobody confirmed."""
        return next(one.at for one in self.requests if one.is_order and one.is_bad and one.at > self._dark[0])

    @cached_property
    def mitigated(self) -> float:
        """When the first order was sent that was confirmed again."""
        return self._dark[1]

    @cached_property
    def detected(self) -> float:
        """When somebody was paged first."""
        return next(seconds(row["at"]) for row in self.lines("pager.jsonl") if row["severity"] == "page")

    @cached_property
    def trigger(self) -> Change:
        """The change after which it could happen."""
        return next(one for one in self.changes if one.what == TRIGGER)

    @cached_property
    def job(self) -> Change:
        """The beginning of the job that was moved."""
        return next(one for one in self.changes if one.what == "evening-archive.run")

    @cached_property
    def resolved(self) -> float:
        """When what had been moved was moved away."""
        return next(one.at for one in self.changes if one.what == TRIGGER and one.at > self.mitigated)

    @cached_property
    def lost(self) -> int:
        """How many orders of customers were never confirmed."""
        return sum(one.is_order and one.is_bad and one.at >= self.began for one in self.requests)

    @cached_property
    def affected(self) -> int:
        """How many different customers met something bad."""
        return len({one.customer for one in self.requests if one.is_bad and one.at >= self.began})

    @cached_property
    def budget(self) -> float:
        """The share of the month's error budget that was lost, in percent."""
        slo = self.table("slo.toml")
        return 100 * self.lost / (slo["orders"] * (100 - slo["objective"]) / 100)

    def at(self, number: int) -> float:
        """When a change was made."""
        return next(one.at for one in self.changes if one.number == number)

    @cached_property
    def measures(self) -> dict[int, set[str]]:
        """What may be said of each change that was made after the beginning, until it could not come back.

        A change that did nothing by itself and without which a later one would have done no harm is either, and
        so is one with which the first pages failed, too few of them to be felt.
        """
        made = [one for one in self.changes if self.job.at < one.at <= self.resolved]
        either = {one.number for one in made if one.what == GROUNDWORK or self._broke_first_pages(one)}
        return {one.number: {self._effect(one)} | ({"worse"} if one.number in either else set()) for one in made}

    @cached_property
    def effects(self) -> dict[int, set[str]]:
        """What may be said of each change, those before the beginning and after the end included."""
        prepared = {self.trigger.number: {"worse"}, self.job.number: {"none"}}
        taken_back = {one.number: {"resolved"} for one in self.changes if one.what == GROUNDWORK}
        others = {one.number: {self._effect(one)} for one in self.changes if one.number not in self.measures}
        more = prepared | taken_back
        return self.measures | {number: effect | more.get(number, set()) for number, effect in others.items()}

    def _broke_first_pages(self, change: Change) -> bool:
        """Whether no page had failed before a change since the beginning, and some did right after it."""
        before, after = self.share("is_page", self.began, change.at), self.share("is_page", change.at, change.at + 60)
        return self._effect(change) == "none" and not before and after > 0

    def _effect(self, change: Change) -> str:
        if change.at == self.resolved:
            return "resolved"
        others = [one.at for one in self.changes if one.at > change.at]
        end = min([change.at + 2 * SPAN, *others])
        orders, pages = (
            self.share(kind, end - SPAN / 2, end) - self.share(kind, change.at - SPAN, change.at)
            for kind in ("is_order", "is_page")
        )
        if max(orders, pages) > FELT:
            return "worse"
        return "mitigated" if orders < -FELT else "none"

    def share(self, kind: str, begin: float, end: float) -> float:
        """The share of orders, or of pages, that went wrong for customers in some time."""
        found = [one.is_bad for one in self.requests if getattr(one, kind) and begin <= one.at < end]
        return sum(found) / len(found) if found else 0.0

    @cached_property
    def people(self) -> dict[str, str]:
        """The names of all who were there, in both languages, with what each looks after."""
        return {name: one["role"]["en"] for one in self.table("people.toml")["people"] for name in one["name"].values()}

    @cached_property
    def roles(self) -> set[str]:
        """What those who were there look after, in both languages, and who made changes."""
        told = {role for one in self.table("people.toml")["people"] for role in one["role"].values()}
        return told | {one.by for one in self.changes}

    @cached_property
    def chat(self) -> list[tuple[float, str, str]]:
        """What was written in both languages: when, by whom, and what."""
        files = [self.folder / name for name in ("chat.txt", "chat.ja.txt")]
        told = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
        said = [(line[:5], *line[6:].split(": ", 1)) for line in told]
        return [(seconds(f"{self.day}T{at}") - LOCAL, who, what) for at, who, what in said]

    def took_part(self, name: str, begin: float, end: float) -> bool:
        """Whether somebody wrote in the chat at some time of the day, was named in it, or made a change."""
        minute = begin - begin % 60
        wrote = any(who == name and minute - BEFORE <= clock(at) <= end + AFTER for at, who, _ in self.chat)
        named = any(name in what and minute <= clock(at) <= end for at, _, what in self.chat)
        made = [one.at for one in self.changes if one.by.replace("-", " ") in self.people[name]]
        return wrote or named or any(begin - AFTER <= clock(at) <= end + AFTER for at in made)

    @cached_property
    def alerts(self) -> dict[str, float]:
        """Of each alert when it fired first."""
        return {row["alert"]: seconds(row["at"]) for row in reversed(self.lines("pager.jsonl"))}

    @cached_property
    def words(self) -> set[str]:
        """All words of letters in the files that tell something: names of errors as well."""
        files = (*self.folder.glob("*.txt"), *self.folder.glob("*.jsonl"))
        return {word for file in files for word in re.findall(r"[A-Za-z]+", file.read_text(encoding="utf-8"))}

    @cached_property
    def log(self) -> list[tuple[float, str]]:
        """The lines of the log with their times."""
        lines = (self.folder / "log.txt").read_text(encoding="utf-8").splitlines()
        return [(seconds(line[:19]), line[19:]) for line in lines]

    def errors(self, end: int) -> set[str]:
        """Give the numbers of errors, and of bad answers to customers, up to some time of the day."""
        said = "\n".join(line for at, line in self.log if clock(at) <= end)
        found = re.findall(r"\((\d{2,5})[,:] |Errno (\d{1,3})| ([45]\d\d) after ", said)
        answered = {str(one.status) for one in self.requests if clock(one.at) <= end}
        return answered | {one for numbers in found for one in numbers if one}

    @cached_property
    def numbers(self) -> set[str]:
        """Numbers of four digits in the recording that are none of errors, such as those of changes."""
        files = [one for one in (*self.folder.glob("*.jsonl"), *self.folder.glob("*.txt")) if one.name != "log.txt"]
        said = " ".join(file.read_text(encoding="utf-8") for file in files)
        return {*re.findall(r"(?<!\d)\d{4}(?!\d)", said)}

    def words_of(self, sources: set[str], end: int) -> set[str]:
        """Give the English words of some files of the recording, of the log those up to some time of the day."""
        said = [line for at, line in self.log if clock(at) <= end] if "log" in sources else []
        for file in sorted(self.folder.iterdir()):
            name = file.name.split(".")[0]
            if name in sources and name != "log" and file.suffix != ".svg":
                text = file.read_text(encoding="utf-8")
                said.append(text.partition("\n")[0] if file.suffix == ".csv" else text)
        return {*re.findall(r"[a-z]{3,}", " ".join(said).casefold())}

    @cached_property
    def hours(self) -> set[int]:
        """The times of day of which the changes tell, such as that to which a job was moved."""
        told = re.findall(r"(\d\d):(\d\d)", " ".join(row["en"] for row in self.lines("changes.jsonl")))
        return {3600 * int(hour) + 60 * int(minute) for hour, minute in told}

    @cached_property
    def totals(self) -> dict[str, set[int]]:
        """How many customers there were, and orders, in all of the night or in a part of it."""
        parts = [self.requests, [one for one in self.requests if one.at >= self.began]]
        parts.append([one for one in parts[1] if one.at < self.mitigated])
        slo = self.table("slo.toml")
        failed = sum(int(one) for one in re.findall(r"^[^,]+,\d+,(\d+),", self._metrics, re.MULTILINE))
        orders = {len([one for one in part if one.is_order]) for part in parts}
        return {
            "customers": {len({one.customer for one in part}) for part in parts}
            | {len({one.customer for one in part if one.is_order}) for part in parts},
            "orders": orders | {failed, slo["orders"], round(slo["orders"] * (100 - slo["objective"]) / 100)},
        }

    @cached_property
    def _metrics(self) -> str:
        return (self.folder / "metrics.csv").read_text(encoding="utf-8")


def seconds(moment: str) -> float:
    """A moment of the recording, in seconds since 1970."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()


def clock(moment: float) -> int:
    """The seconds of the day at a moment, in UTC."""
    return int(moment) % 86400
