"""Tell what is true of the service: settings that hold, names that exist, signals that show an incident."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePosixPath

from drawn_house.draw import COMMANDS, SIGNALS, Alert, House, Incident, house_of
from drawn_house.tell import files_of
from filled_form.reader import plain

ELSEWHERE = ("/usr/bin", "/bin", "/tmp", "/dev/null", "/proc", "/run/systemd", "/var/log/journal")  # noqa: S108  # named, and never used
"""What is there on every machine."""
FOLDERS = ("/var/lib", "/var/log", "/srv", "/opt", "/etc", "/usr/local", "/home", "/root", "/mnt", "/dev")
"""Folders that every machine has, whatever lies in them."""
HOSTS = ("tram", "ferry", "harbour", "hill", "beach")
OLD_HOST = "hydrant"
"""Machines of the company, and the one of two years ago."""
OLD_SAYS = {
    "host": "Runs on {}.",
    "port": " port {},",
    "metrics": " metrics at {},",
    "data": " data is {}.",
    "docks": " {} docks.",
    "at_once": " most {} reports",
    "oldest": " for {} minutes",
    "memory": " Memory {} MB",
}
"""In which words the document of two years ago tells a fact."""
LINES = {kind: line for kind, (_, _, line) in SIGNALS.items()} | {
    "stops": "no docks:",
    "stale": "no docks, those of last time hold",
    "loses": "archive away",
}
"""Of which kind of failure a line of the log tells, by words of it; three are what becomes of it without something."""
SHORTEST = 8
"""How many letters words of the log have at least, so that they are those of one line."""


class Truth:
    """The service of one attempt."""

    def __init__(self, number: int) -> None:
        self.house: House = house_of(number)

    @cached_property
    def facts(self) -> dict[str, tuple[str, str]]:
        """Each fact of the form: what is so, and where it is set."""
        rows = [line.split(",") for line in self.files["oncall.csv"].splitlines()[1:]]
        return self.house.facts | {row[0]: (row[-1], "oncall.csv") for row in rows}

    @cached_property
    def files(self) -> dict[str, str]:
        """The records."""
        return files_of(self.house)

    @cached_property
    def paths(self) -> set[str]:
        """All that lies on the machine, with the folders around it."""
        named = re.findall(r"^/\S+", self.files["listing.txt"], re.MULTILINE)
        every = {*named, *ELSEWHERE, *FOLDERS, self.house.backups}
        return every | {str(above) for one in every for above in PurePosixPath(one).parents}

    def has_path(self, path: str) -> bool:
        """Whether a path is there, or may be there among backups and beside the data."""
        beside = re.escape(self.house.settings["data"].value.removesuffix(".db"))
        known = path.rstrip("/") in self.paths or re.fullmatch(rf"{beside}[\w.$-]+", path)
        return bool(known) or path.startswith((f"{self.house.backups}/", *(f"{one}/" for one in ELSEWHERE)))

    @cached_property
    def requests(self) -> dict[str, set[str]]:
        """What is asked at each port, by the beginning of its path: the program's own, and what it asks of others."""
        own = {self.facts["port"][0]: {"snapshot", "reports", "report"}, self.facts["metrics"][0]: {"metrics"}}
        asked = {"registry": {"docks"}, "tokens": {"check"}, "archive": {"counts"}}
        return own | {self.port_of(name): paths for name, paths in asked.items()}

    def port_of(self, need: str) -> str:
        """The port at which something is asked that it needs."""
        return self.house.needs[need].address.value.rpartition(":")[2]

    @cached_property
    def metrics(self) -> set[str]:
        """The names of its metrics."""
        return set(re.findall(r"^tally_\w+", self.files["metrics.txt"], re.MULTILINE))

    @property
    def own_ports(self) -> set[str]:
        """The ports at which it listens itself."""
        return {self.facts[name][0] for name in ("port", "metrics")}

    def accepted(self, name: str) -> list[float]:
        """The numbers by which a fact may be told; find deletes what is older than N days on the day after."""
        wanted = float(self.facts[name][0])
        return [wanted, wanted + 1] if name == "kept" else [wanted]

    @cached_property
    def machines(self) -> set[str]:
        """Machines on which it does not run."""
        return {*HOSTS, OLD_HOST} - {self.house.host}

    def is_old(self, name: str, value: str) -> bool:
        """Whether a fact is told as in the document of two years ago."""
        told = " ".join(self.files["README-2024.md"].split())
        return name in OLD_SAYS and OLD_SAYS[name].format(value) in told

    @property
    def commands(self) -> tuple[str, ...]:
        """What was written for those who run it."""
        return COMMANDS

    @cached_property
    def alerts(self) -> dict[str, Alert]:
        """The rules by their names."""
        return {one.name: one for one in self.house.alerts}

    @property
    def newest(self) -> str:
        """The newest of the backups that there are, in small letters."""
        found = re.findall(rf"^{re.escape(self.house.backups)}/\S+", self.files["listing.txt"], re.MULTILINE)
        return max(found).casefold()

    @cached_property
    def incidents(self) -> dict[str, Incident]:
        """What has gone wrong, by number."""
        return {one.number: one for one in self.house.incidents}

    @cached_property
    def lines(self) -> list[str]:
        """What the log has, and what the program may write there, without that which differs from line to line."""
        written = re.findall(r'log\(f?"([^"]*)"', self.files["tally.py"])
        lines = [*self.files["log.txt"].splitlines(), *(re.sub(r"\{[^{}]*\}", "", line) for line in written)]
        return [plain(line) for line in lines]

    def shows(self, signal: str) -> set[str] | None:
        """Give the kinds of failure of which a signal is one; None where there is no such signal."""
        name = re.sub(r"\{[^{}]*\}$", "", signal)
        known = {plain(one) for one in (*self.alerts, *self.metrics, "up")}
        words = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        found = [one for one in self.lines if len(name) >= SHORTEST and words.search(one)]
        if name not in known and not found:
            return None
        named = {kind for kind, (alert, metric, _) in SIGNALS.items() if name in (plain(alert), metric)}
        return named | {kind for kind, line in LINES.items() if any(line in one for one in found)}
