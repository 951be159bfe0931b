"""Make the recording of the lab postmortem from what the played night left: ``python -m tools.incident_recording RAW``.

Times and durations are stretched tenfold, and times moved to one fixed night; nothing else is changed.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kikori import paths

NIGHT = datetime(2026, 5, 14, 12, tzinfo=UTC).timestamp()
STRETCH = 10
END = 13.25 * 3600 - 12 * 3600
"""Seconds of the night after which nothing is kept."""
FOLDER = paths.ROOT / "labs" / "postmortem" / "workspace" / "recording"
STAMP = re.compile(r"^(?:\x1b\[2K)?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})\d*Z (.*)$")
WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
LOCAL = re.compile(r"\d+|[0-9a-f]{8,}")
"""What differs in lines that say the same."""
ORDER = re.compile(r"/orders/.+")
WORRYING = re.compile(r"\[(?:ERROR|Warning|CRITICAL|WARNING|error|warn|Note)\]")
REPEATED = 6
"""How many lines of one kind are kept in a row; of more, how many there were."""


class Raw:
    """What the run left, with the night's times."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run = self.read("night.json")
        self.began = float(self.run["began"])

    def read(self, name: str) -> Any:
        """Read a file of JSON."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def night(self, moment: float) -> float:
        """Give the time of the night for a moment of the run."""
        return NIGHT + (moment - self.began) * STRETCH

    def is_kept(self, moment: float) -> bool:
        """Whether a moment of the run is in the recording."""
        return 0 <= self.night(moment) - NIGHT < END

    def series(self, name: str) -> list[tuple[dict[str, str], list[tuple[float, float]]]]:
        """Give the series of a query: labels, and values with the night's times."""
        return [
            (one["metric"], [(self.night(float(at)), float(value)) for at, value in one["values"]])
            for one in self.read(f"{name}.json")
        ]

    def lines(self, service: str) -> Iterator[tuple[float, str]]:
        """Give what a service wrote, each line with its moment of the run."""
        for line in (self.folder / f"{service}.log").read_text(encoding="utf-8").splitlines():
            if found := STAMP.match(line):
                yield datetime.fromisoformat(found[1]).replace(tzinfo=UTC).timestamp(), found[2]


def told(moment: float) -> str:
    """A time of the night as the recording has it."""
    return datetime.fromtimestamp(round(moment), UTC).strftime("%Y-%m-%dT%H:%M:%S")


def write_table(name: str, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Write a file of comma-separated values."""
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def write_lines(name: str, rows: Iterable[dict[str, object]]) -> None:
    """Write a file of JSON lines."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (FOLDER / name).write_text(text, encoding="utf-8")


def customers(raw: Raw) -> None:
    """Write the customers' book: each request, as its customer met it."""
    rows = sorted(raw.read("seen.json"), key=lambda one: one["at"])
    write_table(
        "customers.csv",
        ("sent", "customer", "request", "status", "seconds", "order"),
        (
            (
                told(raw.night(row["at"])),
                row["customer"],
                f"{row['method']} {row['route']}",
                row["status"],
                f"{row['seconds'] * STRETCH:.1f}",
                row.get("order") or "",
            )
            for row in rows
            if raw.is_kept(row["at"])
        ),
    )


def orders(raw: Raw) -> None:
    """Write what the database knows of the night's orders, the probe's included."""
    found = [line.split("\t") for line in (raw.folder / "orders.tsv").read_text(encoding="utf-8").splitlines()]
    write_table(
        "orders.csv",
        ("order", "customer", "payment", "accepted", "completed"),
        (
            (one[0], one[1], one[2], told(raw.night(float(one[3]))), done(raw, one[4]))
            for one in found
            if raw.is_kept(float(one[3]))
        ),
    )


def done(raw: Raw, moment: str) -> str:
    """When an order was completed; empty where it was not."""
    return told(raw.night(float(moment))) if moment != "NULL" else ""


def metrics(raw: Raw) -> None:
    """Write what the front and Prometheus saw, minute by minute; empty where Prometheus got no answer."""
    front = [(raw.night(at), json.loads(text)) for at, text in raw.lines("front") if text.startswith("{")]
    gauges = [dict(_by_minute(raw.series(name))) for name in ("probe", "connections", "busy")]
    rows = []
    for minute in range(int(END) // 60):
        begin = NIGHT + 60 * minute
        now = [one for at, one in front if begin <= at < begin + 60]
        sent = [one for one in now if (one["method"], one["path"]) == ("POST", "/orders")]
        pages = [one for one in now if not one["path"].startswith(("/orders", "/cart"))]
        good = [sum(one["status"] == 201 for one in sent), sum(one["status"] < 500 for one in pages)]
        values = [one.get(minute) for one in gauges]
        counts = (good[0], len(sent) - good[0], good[1], len(pages) - good[1])
        rows.append((told(begin), *counts, *("" if one is None else f"{one:g}" for one in values)))
    head = ("minute", "orders_confirmed", "orders_failed", "pages_answered", "pages_failed")
    write_table("metrics.csv", (*head, "probe", "database_connections", "checkout_in_progress"), rows)


def _by_minute(found: list[tuple[dict[str, str], list[tuple[float, float]]]]) -> Iterator[tuple[int, float]]:
    """The last value of each minute."""
    for _, values in found:
        for at, value in values:
            yield int((at - NIGHT) // 60), value


def pager(raw: Raw) -> None:
    """Write what reached the pager and the ticket queue: when each alert fired, and when it ended."""
    rows = []
    for labels, values in raw.series("alerts"):
        name, about = labels["alertname"], labels.get("service", "")
        for begin, end in _runs([at for at, _ in values]):
            for moment, state in ((begin, "fired"), (end + STRETCH, "ended")):
                if moment - NIGHT < END:
                    words = {lang: WORDS["alerts"][name][state][lang].format(service=about) for lang in ("en", "ja")}
                    rows.append(
                        {"at": told(moment), "severity": labels["severity"], "alert": name, "state": state, **words}
                    )
    write_lines("pager.jsonl", sorted(rows, key=lambda row: str(row["at"])))


def _runs(moments: list[float]) -> list[tuple[float, float]]:
    """Where moments follow each other from one evaluation to the next."""
    runs: list[list[float]] = []
    for at in moments:
        if runs and at - runs[-1][1] < 2.5 * STRETCH:
            runs[-1][1] = at
        else:
            runs.append([at, at])
    return [(begin, end) for begin, end in runs]


def changes(raw: Raw) -> None:
    """Write the log of changes: those of the run, and the one of the afternoon."""
    made = {one["name"]: raw.night(one["at"]) for one in raw.run["done"]}
    rows = []
    for number, about in WORDS["changes"].items():
        moment = made[about["run"]] if "run" in about else datetime.fromisoformat(about["at"]).timestamp()
        rows.append(
            {"at": told(moment), "number": int(number)} | {key: about[key] for key in ("what", "by", "en", "ja")}
        )
    write_lines("changes.jsonl", rows)


def logs(raw: Raw) -> None:
    """Write the services' warnings and errors, in one list; what is said again and again is counted."""
    found = sorted(
        line for service in ("front", "catalog", "checkout", "database", "cache") for line in _said(raw, service)
    )
    with (FOLDER / "log.txt").open("w", encoding="utf-8") as file:
        held: dict[tuple[str, str], list[float]] = {}
        for at, service, text in found:
            times = held.setdefault((service, LOCAL.sub("#", text)), [])
            times.append(at)
            if len(times) <= REPEATED or len(times) % 50 == 0:
                more = f"   (so far {len(times)} of these)" if len(times) > REPEATED else ""
                file.write(f"{told(at)} {service:9} {text}{more}\n")


def sessions(raw: Raw) -> None:
    """Write what the database was busy with when somebody looked, the longest first."""
    look = next(one for one in raw.run["done"] if one["name"] == "look")
    rows = [line.split("\t") for line in look["said"].splitlines()]
    busy = sorted(
        (one for one in rows if one[4] == "Query" and "PROCESSLIST" not in one[7]), key=lambda one: -int(one[5])
    )
    with (FOLDER / "sessions.txt").open("w", encoding="utf-8") as file:
        file.write(f"# SHOW FULL PROCESSLIST at {told(raw.night(look['at']))}, the longest first\n")
        file.write("#   id user  seconds state            statement\n")
        for one in busy:
            file.write(f"{one[0]:>6} {one[1]:6} {int(one[5]) * STRETCH:>6} {one[6]:16} {_short(one[7])}\n")


def _said(raw: Raw, service: str) -> Iterator[tuple[float, str, str]]:
    """The warnings and errors of a service, as a person would want to read them."""
    for at, text in raw.lines(service):
        if raw.is_kept(at) and (said := _line(service, text)):
            yield raw.night(at), service, said


def _line(service: str, text: str) -> str:
    """One line of a log without what is said elsewhere; empty where it is nothing to worry about."""
    if not text.startswith("{"):
        found = WORRYING.search(text)
        return _short(text[found.start() :]) if found else ""
    line, _ = json.JSONDecoder().raw_decode(text)
    if service == "front":
        path = ORDER.sub("/orders/…", line["path"])
        told = f"{line['method']} {path} {line['status']} after {float(line['seconds']) * STRETCH:.0f} s"
        return told if line["status"] >= 499 else ""
    why = str(line.get("error", "")).strip().splitlines()[-1:]
    is_bad = line.get("level") in ("warning", "error", "critical")
    return _short(": ".join([f"{line['level']}: {line['message']}", *why])) if is_bad else ""


def _short(text: str) -> str:
    return " ".join(text.split())[:200]


def main() -> None:
    """Make all files."""
    raw = Raw(Path(sys.argv[1]))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for write in (customers, orders, metrics, pager, changes, logs, sessions):
        write(raw)


if __name__ == "__main__":
    main()
