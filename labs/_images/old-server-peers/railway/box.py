"""An old server, drawn from a number: which names, paths, ports and addresses it has, and who starts what.

It knows nothing of Docker: what builds the server, who calls it, and who checks what was read of it, all ask here.
"""

import random

USERS = {"root": 0, "www-data": 33, "nobody": 65534, "tickets": 1000, "mori": 1001, "tsuda": 1002, "ota": 1003}
"""Users of the server and their numbers; the Dockerfile of ``old-server`` makes the last four."""
RUNIT, AT_BOOT, BY_HAND = "runit", "boot", "hand"
"""Who starts a program: the supervisor, the script that is read at boot, or somebody who has gone home."""
RC_LOCAL = "/etc/rc.d/rc.local"
FIRST = 20
"""The least last number of an address that is drawn; below are those that the network itself gives."""
EDITED = ("/usr/bin/ldd", "/usr/bin/savelog", "/usr/bin/zgrep", "/usr/sbin/service")
"""Programs of Debian's packages that are text, one of which somebody has changed in place."""
CONFFILES = ("/etc/bash.bashrc", "/etc/crontab", "/etc/security/limits.conf")
"""Settings of Debian's packages, one of which somebody has changed, as settings are meant to be."""


class Box:
    """What is drawn of a server; the same number draws the same server."""

    def __init__(self, past, name="sanroku", network="10.199.102.0/24"):
        """Draw it; ``network`` is any address of the network in which it stands, with the length of that."""
        chance = random.Random(f"railway {past}")  # noqa: S311  # nothing is kept secret
        self.name = name
        self.block, self.length = network.rpartition(".")[0], network.rpartition("/")[2]
        self._draw_addresses(chance)
        self._draw_ports(chance)
        self._draw_programs(chance)
        self._draw_data(chance)
        self._draw_jobs(chance)
        self.edited = chance.choice(EDITED)
        self.conffile = chance.choice(CONFFILES)
        self.turnstile = f"1.{chance.randint(2, 19)}-{chance.randint(2, 6)}"

    def _draw_addresses(self, chance):
        """Last numbers of addresses; the others are the network's. One of the server's own came from a hand."""
        drawn = [f"{self.block}.{last}" for last in chance.sample(range(FIRST, 250), 13)]
        self.by_hand, self.from_file, self.office, self.gone = drawn[:4]
        self.gates, self.kiosks = drawn[4:7], drawn[7:9]
        self.bus, self.sensor, self.bank, self.nowhere = drawn[9:]

    def _draw_ports(self, chance):
        """Draw ports in the ranges in which each habit has them."""
        self.web = chance.choice((8000, 8080, 8888))
        self.status_now, self.status_then = chance.sample(range(8101, 8199), 2)
        drawn = chance.sample(range(4100, 7900), 5)
        self.gate_port, self.ledger_port, self.weather_port, self.beacon_port, self.bank_port = drawn

    def _draw_programs(self, chance):
        """Draw where the programs lie, and who starts the three of which one would not come back."""
        self.weather = chance.choice(("snow", "wind", "fog"))
        self.programs = {
            "tickets": "/srv/tickets/tickets.py",
            "ledger": chance.choice(("/srv/ledger/ledger.py", "/opt/tsuda/ledger.py", "/usr/local/lib/ledger.py")),
            "gate": chance.choice(("/opt/mori/gate.pl", "/usr/local/sbin/gated.pl", "/srv/gate/gate.pl")),
            self.weather: f"/home/ota/{self.weather}/{self.weather}.py",
            "push": chance.choice(("/opt/ota/push.sh", "/home/ota/bin/to-bank.sh", "/usr/local/bin/send-takings")),
            "beacon": "/usr/local/sbin/beacond",
            "web": "/usr/sbin/nginx",
            "cron": "/usr/sbin/cron",
        }
        self.users = {
            "tickets": "tickets", "ledger": "tsuda", "gate": "mori", self.weather: "ota", "push": "ota",
            "beacon": "nobody", "web": "root", "cron": "root",
        }  # fmt: skip
        drawn = chance.sample((RUNIT, AT_BOOT, BY_HAND), 3)
        self.starters = dict.fromkeys(self.programs, RUNIT) | {"push": BY_HAND}
        self.starters |= dict(zip(("gate", "ledger", self.weather), drawn, strict=True))

    def _draw_data(self, chance):
        """Draw where what comes in is written."""
        self.sold = chance.choice(("/srv/tickets/sold.csv", "/var/lib/tickets/sold.csv", "/srv/tickets/data/sold.log"))
        self.book = chance.choice(("/srv/ledger/book.txt", "/var/local/ledger.txt", "/home/tsuda/book.txt"))
        self.memory = f"/dev/shm/{self.weather}-{chance.randint(100, 999)}.csv"  # noqa: S108
        self.gate_log = chance.choice(("/var/log/gate.log", "/var/log/gate/passes.log", "/opt/mori/gate.log"))
        self.beacon_log = "/var/log/beacond.log"
        self.access_log = "/var/log/nginx/access.log"
        self.nohup = "/home/ota/nohup.out"

    def _draw_jobs(self, chance):
        """Draw what the clock does, or would do if somebody read the table."""
        self.report, self.nightly = "/usr/local/bin/kanko-report", "/home/tsuda/bin/nightly"
        self.backup = chance.choice(("/usr/local/sbin/backup-disk", "/root/backup.sh"))
        self.dead_table = f"/etc/cron.d/{chance.choice(('backup.old', 'backup.sh', 'disk.2017'))}"
        self.minute = chance.randint(2, 57)
        self.report_minute = chance.randint(2, 57)
        self.report_when = f"{self.report_minute} * * * *"
        self.nightly_when = f"{chance.randint(2, 57)} {chance.randint(1, 4)} * * *"
        self.backup_when = f"{chance.randint(2, 57)} 23 * * {chance.randint(0, 6)}"
        self.pause = chance.choice((300, 420, 600, 900))

    @property
    def hand(self):
        """Which of the three programs lives only since somebody started it."""
        return next(name for name in ("gate", "ledger", self.weather) if self.starters[name] == BY_HAND)

    def words(self):
        """What stands in the programs in the place of ``@word@``."""
        return {
            "name": self.name, "length": self.length, "by_hand": self.by_hand, "from_file": self.from_file,
            "gone": self.gone, "bank": self.bank, "nowhere": self.nowhere, "web": self.web,
            "status_now": self.status_now, "status_then": self.status_then, "gate_port": self.gate_port,
            "ledger_port": self.ledger_port, "weather_port": self.weather_port, "beacon_port": self.beacon_port,
            "bank_port": self.bank_port,
            "weather": self.weather, "sold": self.sold, "book": self.book, "memory": self.memory,
            "gate_log": self.gate_log, "access_log": self.access_log, "report": self.report,
            "nightly": self.nightly, "backup": self.backup, "report_when": self.report_when,
            "nightly_when": self.nightly_when, "backup_when": self.backup_when, "pause": self.pause,
        }  # fmt: skip
