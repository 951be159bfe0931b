"""What is true of the service: settings that hold, names that exist, signals that show an incident."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePosixPath

from drawn_house.draw import COMMANDS, SIGNALS, Alert, House, Incident, house_of
from drawn_house.tell import files_of
from shown import lines_of
from telephones import numbers

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
UP = r"(?<![a-z_])up(?:\{[^}]*\})? ?(?:=+|is|was|が|は)? ?0"
"""The metric whose name is a word."""


class Truth:
    """The service of one attempt."""

    def __init__(self, number: int) -> None:
        self.house: House = house_of(number)

    @cached_property
    def facts(self) -> dict[str, tuple[str, str]]:
        """Each fact of the form: what is so, and where it is set."""
        return self.house.facts

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
        known = path.rstrip("/") in self.paths or path.startswith(f"{self.house.settings['data'].value}-")
        return known or path.startswith((f"{self.house.backups}/", *(f"{one}/" for one in ELSEWHERE)))

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
    def telephones(self) -> dict[str, str]:
        """Which team answers which number."""
        return numbers(self.files["oncall.csv"])

    @cached_property
    def screens(self) -> list[str]:
        """All lines that may be on a screen, with the names of this attempt."""
        files = self.files
        names = [*self.commands, *self.alerts, *self.machines, self.house.host, self.house.user, *self.paths]
        facts = [value for value, _ in self.facts.values()]
        others = [*files["metrics.txt"].splitlines(), *files["listing.txt"].splitlines(), *names, *facts]
        return lines_of(files["tally.py"], files["log.txt"], others)

    def kind_of(self, said: str, before: list[str]) -> str:
        """The one kind of failure that a row is about; empty where it may be about several."""
        kinds = {self.incidents[number].kind for number in before if number in self.incidents}
        kinds = kinds or {kind for kind in SIGNALS if self.signals(said, [kind])}
        return kinds.pop() if len(kinds) == 1 else ""

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

    def is_too_long(self, said: str, count: float, unit: str) -> bool:
        """Whether something that is safe until morning is told to hold longer than it does."""
        if re.search(r"backup|バックアップ", said):
            return False
        hours = count * {"h": 1, "d": 24, "w": 168}[unit]
        nights, resend = 24 * self.house.nights, self.house.resend
        if re.search(r"\bdocks?\b|ドック", said) and not re.search(
            r"planner|snapshot|van|計画|スナップ|トラック", said
        ):
            return hours > resend
        return hours > max(nights, resend, *(one.hours for one in self.house.needs.values()))

    @cached_property
    def incidents(self) -> dict[str, Incident]:
        """What has gone wrong, by number."""
        return {one.number: one for one in self.house.incidents}

    def signals(self, said: str, kinds: list[str]) -> bool:
        """Whether a text names something by which one of some kinds of failure is seen."""
        for kind in kinds:
            alert, metric, line = SIGNALS[kind]
            patterns = [re.escape(alert.casefold())] if alert else []
            patterns += [UP if metric == "up" else rf"(?<![a-z_]){metric.casefold()}(?![a-z_])", re.escape(line)]
            if any(re.search(pattern, said) for pattern in patterns):
                return True
        return False
