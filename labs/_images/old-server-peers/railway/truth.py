"""What is true of the old server: for each part of an inventory the rows that belong into it."""

from typing import NamedTuple

from railway.box import AT_BOOT, BY_HAND, FIRST, RC_LOCAL, RUNIT

NOBODY = frozenset({"nobody"})
NONE = frozenset({"none"})
SERVICES = ("service", "sv", "runit/runsvdir/current", "runit/runsvdir/default")
"""The names below /etc by which the supervisor's folder can be called."""
SUPERVISORS = ("/usr/bin/runsv", "/usr/bin/runsvdir", "runsv", "runsvdir", "/usr/bin/sleep", "sleep")
"""What runs beside the programs, and is asked of nobody."""
RELEASE, MEMORY_MB, PROCESSORS = "13", 192, 1
"""What the box may use; compose.yaml gives it that."""
VENDOR = ("kiosk-text", "0.9-1", "file:/srv/mirror/vendor")
"""The package that came from the vendor's repository, as the image of ``old-server`` has it."""


class Row(NamedTuple):
    """A line that belongs into the inventory: what names it, and for each field the values that are right."""

    key: str
    fields: dict = {}


class Part(NamedTuple):
    """The rows of a part, and what may stand there as well: a name, or a beginning that ends in one of ``/:.``."""

    rows: tuple
    optional: tuple = ()


def any_of(*values):
    """Values of which each is right."""
    return frozenset(map(str, values))


def anywhere(port):
    """A port that is open to everybody."""
    return f"0.0.0.0:{port}"


class Truth:
    """All that is true of a server."""

    def __init__(self, box):
        """Of that one."""
        self.box = box

    def parts(self):
        """Each part of an inventory by its name."""
        made = ("system", "addresses", "processes", "ports", "calls", "packages", "changed", "unowned", "data", "jobs")
        return {name: getattr(self, name)() for name in made} | self.after_restart()

    def starter(self, name):
        """What brings a program back, by each name of it."""
        return {
            RUNIT: any_of(name, *(f"/etc/{place}/{name}{end}" for place in SERVICES for end in ("", "/run"))),
            AT_BOOT: any_of(RC_LOCAL),
            BY_HAND: NOBODY,
        }[self.box.starters[name]]

    def system(self):
        """Its name, its release, and what it may use."""
        rows = {"name": self.box.name, "release": RELEASE, "memory_mb": MEMORY_MB, "processors": PROCESSORS}
        return Part(tuple(Row(name, {"value": any_of(value)}) for name, value in rows.items()))

    def addresses(self):
        """Those that Docker did not give."""
        hand, kept = f"{self.box.by_hand}/{self.box.length}", f"{self.box.from_file}/{self.box.length}"
        given, length = tuple(f"{self.box.block}.{last}" for last in range(FIRST)), any_of(f"/{self.box.length}")
        rows = ((hand, NOBODY), (kept, any_of(RC_LOCAL)))
        return Part(tuple(Row(key, {"address": length, "set_by": by}) for key, by in rows), ("127.", *given))

    def processes(self):
        """Programs that run all the time, without the supervisor itself."""
        box, packages = self.box, {"web": any_of("nginx"), "cron": any_of("cron")}
        users = {name: any_of(user) for name, user in box.users.items()} | {"web": any_of("root", "www-data")}
        return Part(
            tuple(
                Row(path, {"user": users[name], "started_by": self.starter(name), "package": packages.get(name, NONE)})
                for name, path in box.programs.items()
            ),
            SUPERVISORS,
        )

    def ports(self):
        """What is listened at, by which program, and who was seen to call."""
        box, path = self.box, self.box.programs
        callers = [
            (anywhere(box.web), "web", [*box.kiosks, box.office]),
            (anywhere(box.status_now), "web", []),
            ("/run/tickets/tickets.sock", "tickets", [path["web"]]),
            (f"127.0.0.1:{box.ledger_port}", "ledger", [path["tickets"]]),
            (anywhere(box.gate_port), "gate", box.gates),
            (anywhere(box.weather_port), box.weather, [box.sensor]),
            (anywhere(box.beacon_port), "beacon", [box.bus]),
        ]
        rows = (Row(key, {"program": any_of(path[name]), "callers": frozenset(who)}) for key, name, who in callers)
        return Part(tuple(rows), ("127.0.0.11:",))

    def calls(self):
        """Whom it calls itself, beyond its own loopback."""
        box = self.box
        bank = {"program": any_of(box.programs["push"]), "answers": any_of("yes")}
        gone = {"program": any_of(box.report), "answers": any_of("no")}
        return Part(
            (Row(f"{box.bank}:{box.bank_port}", bank), Row(f"{box.gone}:80", gone)),
            ("127.0.0.1:", "127.0.0.11:", "/run/"),
        )

    def packages(self):
        """Packages that are not Debian's."""
        name, version, came_from = VENDOR
        vendor = {"version": any_of(version), "from": any_of(came_from)}
        local = {"version": any_of(self.box.turnstile), "from": any_of("nowhere")}
        return Part((Row(name, vendor), Row("turnstile", local)))

    def changed(self):
        """Files of packages that are not what the package brought."""
        return Part((Row(self.box.edited), Row(self.box.conffile)))

    def unowned(self):
        """Programs that run, or are started by the clock, and what they load: of these, the files of no package."""
        box = self.box
        own = [path for name, path in box.programs.items() if name not in ("web", "cron")]
        own += ["/usr/local/lib/python3.13/dist-packages/fare.py", box.report, box.nightly]
        others = ("/etc/", "/home/", "/opt/", "/root/", "/srv/", "/usr/local/", "/var/")
        return Part(tuple(map(Row, own)), others)

    def data(self):
        """What programs write, and where that lies."""
        box, path = self.box, self.box.programs
        kept = [
            (box.sold, "tickets", "disk"), (box.book, "ledger", "disk"), (box.memory, box.weather, "memory"),
            (box.gate_log, "gate", "deleted"), (box.beacon_log, "beacon", "disk"), (box.access_log, "web", "disk"),
        ]  # fmt: skip
        rows = [Row(key, {"program": any_of(path[name]), "kept": any_of(where)}) for key, name, where in kept]
        by_hand = [path[name] for name in ("push", box.hand) if box.users[name] == "ota"]
        rows.append(Row(box.nohup, {"program": any_of(*by_hand), "kept": any_of("disk")}))
        others = (
            "/dev/null",
            "/etc/service/",
            "/etc/sv/",
            "/home/",
            "/run/",
            "/var/lib/nginx/",
            "/var/log/nginx/",
            "/var/log/kanko.log",
        )
        return Part(tuple(rows), others)

    def jobs(self):
        """What the clock starts, what it would start if somebody read the table, and what has a clock of its own."""
        box, push = self.box, self.box.programs["push"]
        each = [
            (box.report, box.report_when, "tsuda", ["/etc/cron.d/kanko"], "yes"),
            (box.nightly, box.nightly_when, "tsuda", ["/var/spool/cron/crontabs/tsuda"], "yes"),
            (box.backup, box.backup_when, "root", [box.dead_table], "no"),
            (push, f"every {box.pause} s", "ota", [push, "nobody", "none"], "yes"),
        ]
        rows = (
            Row(key, {"when": any_of(when), "user": any_of(user), "table": any_of(*tables), "runs": any_of(runs)})
            for key, when, user, tables, runs in each
        )
        return Part(tuple(rows), ("/etc/cron.", "/etc/crontab", "run-parts", "cd"))

    def after_restart(self):
        """What a restart takes, what it brings, and who gets nothing any more."""
        box, hand = self.box, self.box.hand
        port = {"gate": anywhere(box.gate_port), "ledger": f"127.0.0.1:{box.ledger_port}"}
        gone = [box.programs[hand], box.programs["push"], box.by_hand, port.get(hand, anywhere(box.weather_port))]
        gone += [anywhere(box.status_now), box.memory, box.gate_log]
        return {
            "gone": Part(tuple(map(Row, gone)), ("/run/", f"{box.by_hand}:")),
            "opens": Part((Row(anywhere(box.status_then)),)),
            "cut": Part(tuple(map(Row, [*box.gates, box.office, *self._cut_by_hand()])), ("/", box.bank)),
        }

    def _cut_by_hand(self):
        """Who calls, by the address that stays, something that the program which is not back was needed for."""
        return {"ledger": self.box.kiosks, "gate": [], self.box.weather: [self.box.sensor]}[self.box.hand]
