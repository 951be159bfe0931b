"""Draw the service: what is set where, what it needs, what rings, what has gone wrong."""

from __future__ import annotations

import datetime
import random
from typing import NamedTuple

CODE, SETTINGS, UNIT, OVERRIDE = "tally.py", "tally.toml", "tally.service", "override.conf"
"""Where a setting is made; the later ones win."""
CRON, DOCKS, CHAT = "tally.cron", "docks.json", "chat.txt"
"""Where the rest is known from."""


class Setting(NamedTuple):
    """A setting in all places in which it stands, and the one that holds."""

    name: str
    code: str
    settings: str
    """What stands in the file of settings; empty where it is only a comment there."""
    comment: str
    unit: str
    override: str

    @property
    def value(self) -> str:
        """What holds."""
        return self.override or self.unit or self.settings or self.code

    @property
    def place(self) -> str:
        """The file that makes it hold."""
        places = ((self.override, OVERRIDE), (self.unit, UNIT), (self.settings, SETTINGS))
        return next((place for value, place in places if value), CODE)


class Need(NamedTuple):
    """Something that the service can't do without."""

    name: str
    address: Setting
    effect: str
    """What becomes of it: stops, stale, refuses, open, waits or loses."""
    hours: int
    """How long that can be borne."""


class Alert(NamedTuple):
    """A rule: after how many minutes it rings, how loudly, and for whom."""

    name: str
    metric: str
    bound: int
    minutes: int
    severity: str
    team: str


class Incident(NamedTuple):
    """What has gone wrong once."""

    number: str
    day: datetime.date
    minutes: int
    kind: str


class House(NamedTuple):
    """All that is known of the service."""

    settings: dict[str, Setting]
    needs: dict[str, Need]
    host: str
    user: str
    memory: int
    memory_place: str
    memory_other: int
    stop: int
    every: int
    kept: int
    at: int
    backups: str
    largest: int
    docks: int
    closed: int
    alerts: tuple[Alert, ...]
    incidents: tuple[Incident, ...]
    nights: int
    resend: int

    @property
    def facts(self) -> dict[str, tuple[str, str]]:
        """Each fact of the form: what is so, and the file in which it is set."""
        own = {name: (one.value, one.place) for name, one in self.settings.items()}
        return own | {
            "host": (self.host, CHAT),
            "nights": (str(self.nights), CHAT),
            "resend": (str(self.resend), CHAT),
            "least": (str(self.docks - 10), CHAT),
            "user": (self.user, UNIT),
            "memory": (str(self.memory), self.memory_place),
            "stop": (str(self.stop), UNIT),
            "every": (str(self.every), CRON),
            "kept": (str(self.kept), CRON),
            "backups": (self.backups, CRON),
            "largest": (str(self.largest), CODE),
            "docks": (str(self.docks), DOCKS),
        }

    @property
    def ports(self) -> set[str]:
        """All ports that lead anywhere."""
        own = {self.settings["port"].value, self.settings["metrics"].value}
        return own | {one.address.value.rpartition(":")[2] for one in self.needs.values()}


SIGNALS = {
    "silent": ("DocksSilent", "tally_docks_silent", "silent since"),
    "full": ("TallyDiskFull", "tally_disk_free_megabytes", "database or disk is full"),
    "tokens": ("TallyRefuses", "tally_refused_total", "tokens do not answer"),
    "crowded": ("TallyCrowded", "tally_waiting", "told to come again"),
    "torn": ("TallyDown", "up", "malformed"),
    "double": ("", "tally_starts_total", "another one holds the lock"),
}
"""By which alert, metric and line of the log each kind of incident is seen."""
COMMANDS = ("tally-silent", "tally-prune", "tally-backup", "tally-restore", "tally-check", "tally-ask-again")
"""What was written for those who run it."""


def house_of(number: int) -> House:
    """Draw the service of a number."""
    rng = random.Random(f"house {number}")  # noqa: S311  # nothing is kept secret
    ports = rng.sample(range(7100, 9899), 16)
    data = rng.sample(["/var/lib/tally", "/srv/tally", "/data/tally", "/var/spool/tally"], 4)
    ways = rng.sample(["code", "settings", "unit", "override"], 4)
    settings = {
        "port": _setting(rng, "port", ways[0], [str(one) for one in ports[:4]]),
        "metrics": _setting(rng, "metrics", ways[1], [str(one) for one in ports[4:8]]),
        "data": _setting(rng, "data", ways[2], [f"{one}/docks.db" for one in data]),
        "at_once": _setting(rng, "at_once", ways[3], [str(one) for one in rng.sample(range(12, 96, 4), 4)]),
        "oldest": _setting(rng, "oldest", rng.choice(ways), [str(one) for one in rng.sample(range(70, 180, 5), 4)]),
    }
    needs = {}
    for place, (name, effects) in enumerate(NEEDS.items()):
        one, other = (f"{name}:{port}" for port in ports[8 + 2 * place :][:2])
        effect = rng.choice(effects)
        hours = 0 if effect in ("loses", "stops") else rng.choice([2, 3, 4, 5])
        places = rng.choice([("", other, "", ""), (other, "", "", ""), (one, "", "", other)])
        needs[name] = Need(name, Setting(name, one, *places), effect, hours)
    memory, other = rng.sample([160, 192, 256, 320, 384, 448], 2)
    alerts = _alerts(rng)
    return House(
        settings=settings,
        needs=needs,
        host=rng.choice(["tram", "ferry", "harbour", "hill", "beach"]),
        user=rng.choice(["tally", "docks", "bicycle"]),
        memory=memory,
        memory_place=rng.choice([UNIT, OVERRIDE]),
        memory_other=other,
        stop=rng.choice([15, 20, 25, 35, 45]),
        every=rng.choice([3, 4, 6, 8, 12]),
        kept=rng.choice([5, 9, 14, 21, 28]),
        at=rng.randint(3, 55),
        backups=rng.choice(["/srv/backup/tally", "/var/backups/tally", "/mnt/safe/tally"]),
        largest=rng.choice([8, 12, 16, 24, 32]),
        docks=rng.randint(61, 80),
        closed=rng.randint(3, 9),
        alerts=alerts,
        incidents=_incidents(rng),
        nights=rng.choice([2, 3]),
        resend=rng.choice([6, 12, 18, 24]),
    )


NEEDS = {"registry": ("stops", "stale"), "tokens": ("refuses", "open"), "archive": ("waits", "loses")}
"""What the service needs, and what may become of it without each."""


def _setting(rng: random.Random, name: str, way: str, values: list[str]) -> Setting:
    """A setting that holds in one way, with other values in the places that lose."""
    code, settings, unit, override = values
    if way == "code":
        return Setting(name, code, "", settings, "", "")
    if way == "settings":
        return Setting(name, code, settings, "", "", "")
    if way == "unit":
        return Setting(name, code, settings, "", unit, "")
    return Setting(name, code, settings, "", unit if rng.random() < 0.5 else "", override)


def _alerts(rng: random.Random) -> tuple[Alert, ...]:
    minutes = rng.sample([2, 3, 5, 8, 10, 15, 20, 30], 5)
    bounds = {"silent": rng.randint(8, 14), "full": rng.choice([200, 300, 500]), "tokens": rng.randint(2, 9)}
    bounds |= {"crowded": rng.randint(15, 40), "torn": 0}
    found = []
    for place, (kind, bound) in enumerate(bounds.items()):
        alert, metric, _ = SIGNALS[kind]
        severity = "page" if kind in ("silent", "torn") else rng.choice(["page", "ticket"])
        team = "servers" if kind == "full" else "bicycles"
        found.append(Alert(alert, metric, bound, minutes[place], severity, team))
    return tuple(found)


def _incidents(rng: random.Random) -> tuple[Incident, ...]:
    kinds = [*rng.sample(["silent", "full", "tokens", "crowded"], 2), "torn", "double"]
    days = sorted(rng.sample(range(1, 170), len(kinds)))
    rng.shuffle(kinds)
    number, first = rng.randint(71, 90), datetime.date(2026, 1, 4)
    return tuple(
        Incident(f"INC-{number + 3 * at}", first + datetime.timedelta(days=day), rng.randint(12, 190), kind)
        for at, (day, kind) in enumerate(zip(days, kinds, strict=True))
    )
