# ruff: noqa: S608  # names that are drawn, and none of a stranger's
"""People of the clinic whom nobody knew before, what they read, and what the log host has of it."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import PurePosixPath
from threading import Thread
from typing import Any, NamedTuple

import pytest
from hosts import IMAGE, cut, emptied
from programs import ISSUED, KEPT, KNOCK, POSE, READS

from kikori.grading import Scene, eventually

TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)\S*\s+(\S+)")
LATEST = 20  # seconds within which a line is there, or follows once the log host is back, as the task says
WAIT = 20  # seconds for a statement; one that is not done by then waits for something
PLACES = 60  # tables that one statement reads
LONG = 20  # of them with long names, each read three times
FLOODS = (110, 110, 95)  # before a restart, before a power cut, and after: with all else, fewer than the 20,000 lines
GROWN = 2**18  # bytes: each of these floods is more than that in whatever way it is written down
STEP = 2**13  # bytes that the quiet work of the clinic takes some time to write
BEGUN, AT_REST = 20, 60  # seconds until a queue has begun to be written, and is written however often it is noted
TALK = 4000  # lines of 7,000 letters that a program of the host has for its log
DATA = ("ib_*", "ibdata*", "ibtmp*", "undo*", "aria_log*", "*.ibd", "*.MA[ID]", "*.MY[ID]", "*.frm")
"""What MariaDB keeps of the tables themselves; whatever else lies beside it may be a log."""
OFFICE = "records"  # the office's own account
LETTERS = "bcdfghjkmpqrtvwxz"  # of which no word comes about by chance
GONE = 2  # how the engine tells that something of the image was deleted
PARTS = ("青木", "Sato", "久保", "野々村", "Hayashi", "渡辺", "Ōta", "石橋", "桐生", "Mita")
TABLES = ("検査", "lab_results", "処方", "invoices", "紹介状", "allergies", "入院", "カルテ")


class Moment(NamedTuple):
    """Statements that somebody sent: when they began and ended, by the clock of all, and how they came out."""

    begin: float
    end: float
    code: int
    said: str

    @property
    def took(self) -> float:
        """In seconds."""
        return self.end - self.begin


class Read(NamedTuple):
    """A line of who-read."""

    at: float
    user: str


def mark() -> str:
    """Something new each time: an earlier check has left its own names in the logs."""
    return secrets.token_hex(3)


def utc(at: float) -> str:
    """A time as who-read is given it."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S")


class Clinic:
    """The clinic during one check."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.schema = scene.params["clinic"]
        draw = scene.draw("people and tables")
        self.office = scene.debug("office", IMAGE, holding="/srv/ca/office")
        self.office.run("chmod 600 /srv/ca/office/ssh")  # ssh takes no key that others could read
        self.people = [f"{name}{mark()[:3]}" for name in draw.sample(PARTS, 4)]
        first, second, *more = [f"{name}_k{mark()[:4]}" for name in draw.sample(TABLES, 4)]
        self.tables = [first, second.replace("_k", ".k_"), *more]
        self.secrets = ["".join(secrets.choice(LETTERS) for _ in range(8)) for _ in range(9)]
        self.words = [f"gast{mark()}" for _ in range(48)]
        self.password = f"pw{mark()}"
        self.before: dict[str, dict[str, int]] = {}

    def send(self, sql: str, user: str = "", *, times: int = 1, within: float = WAIT, password: str = "") -> Moment:
        """Send statements from the office, as the office's own account or as somebody."""
        given = {
            "times": times,
            "user": user or OFFICE,
            "password": password or (self.password if user else "records"),
            "sql": sql,
            "within": within,
            "schema": self.schema,
        }
        done = self.office.run("printf %%s %s | python3 -c %s", json.dumps(given), READS)
        return Moment(**json.loads(done.stdout))

    def is_open(self, within: float) -> bool:
        """Wait until the database answers."""
        return eventually(lambda: self.send("SELECT 1", within=3).code == 0, bool, within=within, every=0.3)

    def read(self, table: str, user: str, times: int = 1) -> Moment:
        """Somebody reads a table."""
        return self.send(f"SELECT COUNT(*) FROM `{table}`;", user, times=times)

    def flood(self, times: int, user: str, more: str = "", *, long: bool = False) -> Moment:
        """Somebody reads all the registers, again and again: each time makes sixty lines."""
        names = self.long * (PLACES // LONG) if long else self.registers
        every = " UNION ALL ".join(f"(SELECT 1 FROM `{name}`)" for name in names)
        return self.send(f"{every};{more}", user, times=times)

    @property
    def registers(self) -> list[str]:
        """The names of sixty tables."""
        return [f"台帳_{self.tables[0][-4:]}_{number}" for number in range(PLACES)]

    @property
    def long(self) -> list[str]:
        """The names of twenty more, as long as a file's name may be."""
        return [f"台帳_{self.tables[0][-4:]}_{number:02}{'控' * 42}" for number in range(LONG)]

    def similar(self, table: str) -> list[str]:
        """Tables whose names differ from one by more, by the case of a letter, or by a dot."""
        names = [f"{table}_old", f"old_{table}", table.swapcase(), table.replace(".", "_"), table.replace("_", ".")]
        return [name for name in names if name != table]

    @property
    def near(self) -> list[str]:
        """The tables that are asked for, and some with similar names."""
        return [name for table in self.tables for name in (table, *self.similar(table))]

    def view(self, table: str) -> str:
        """The name of a view of a table."""
        return f"一覧_{table[-4:]}"

    def prepare(self) -> Moment:
        """New people and tables, of which nobody has heard."""
        made = [f"CREATE TABLE IF NOT EXISTS `{name}` (id INT) ENGINE=Aria;" for name in self.registers + self.long]
        made += [f"CREATE TABLE IF NOT EXISTS `{name}` (id INT);" for name in self.near]
        made += [f"CREATE OR REPLACE VIEW `{self.view(name)}` AS SELECT id FROM `{name}`;" for name in self.tables]
        for name in self.people:
            made.append(f"CREATE OR REPLACE USER `{name}`@'%' IDENTIFIED BY '{self.password}';")
            made.append(f"GRANT SELECT, INSERT ON {self.schema}.* TO `{name}`@'%';")
        return self.send("".join(made))

    def tidy(self) -> None:
        """Take the tables away again."""
        gone = [f"DROP TABLE IF EXISTS `{name}`;" for name in [*self.registers, *self.long, *self.near]]
        gone += [f"DROP VIEW IF EXISTS `{self.view(name)}`;" for name in self.tables]
        self.send("".join(gone), within=10)

    def who_read(self, table: str, begin: float, end: float, *, office: bool = False) -> list[Read]:
        """Ask the learner's command; the office reads tables for its views, so it is left out unless asked for."""
        # runs: the command is what is judged
        done = self.scene.host("loghost").run("timeout 30 who-read %s %s %s", table, utc(begin), utc(end))
        found = (TIME.search(line) for line in done.stdout.splitlines())
        told = [
            Read(datetime.fromisoformat(f"{one[1]}T{one[2]}+00:00").timestamp(), one[3].strip("'\"`,"))
            for one in found
            if one
        ]
        return [one for one in told if office or one.user != OFFICE]

    def awaited(
        self, table: str, begin: float, end: float, wanted: Callable[[list[Read]], bool], within: float = LATEST
    ) -> list[Read]:
        """Ask it until it tells what is wanted."""
        return eventually(lambda: self.who_read(table, begin, end), wanted, within, every=0.5)

    def told(self, table: str, user: str, within: float) -> Moment | None:
        """Have somebody read a table until who-read tells of it: while a queue is full, a line may be dropped."""

        def tried() -> Moment | None:
            done = self.read(table, user)
            return done if self.awaited(table, done.begin - 2, done.end + 2, bool, within=3) else None

        return eventually(tried, bool, within, every=0.1)

    def sign_in(self, name: str) -> None:
        """Somebody tries to come into the database's host."""
        self.office.run(
            "timeout 8 ssh -n -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null %s true",
            f"{name}@database",
        )

    def knock(self, *visits: dict[str, Any]) -> None:
        """Come to the log host from the database's own address."""
        host = self.scene.debug("database", IMAGE)
        host.run("printf %%s %s | timeout 90 python3 -c %s", json.dumps({"visits": visits}), ISSUED + KNOCK)

    def filled(self, *visits: dict[str, Any]) -> int:
        """Come to the log host, and give how large its logs were meanwhile and just after; one look may count twice."""
        seen: list[int] = []
        coming = Thread(target=lambda: self.knock(*visits))
        coming.start()
        while coming.is_alive():
            seen.append(self.logs("loghost"))
            coming.join(0.5)
        eventually(lambda: seen.append(self.logs("loghost")), lambda _: False, within=3, every=0.5)
        return sorted(seen)[-2]

    def talk(self) -> None:
        """Have a program on the database's host say much to its log, as each may."""
        # runs: it says something and decides nothing
        host = self.scene.host("database")
        host.run(f"yes %s | head -n {TALK} | timeout 30 logger --size 8192 --tag sshd -p auth.info", "x" * 7000)

    def key(self, service: str, place: str) -> dict[str, str]:
        """A certificate and its key, as they are now."""
        return {kind: self.scene.read(service, f"{place}.{kind}") for kind in ("pem", "key")}

    def places(self, service: str) -> list[str]:
        """Where something of a host's has written since it was made, and what it keeps beside MariaDB's tables."""
        beside = self.scene.sidecar(service)
        changed = [(str(one["Path"]), one["Kind"]) for one in self.scene.container(service).diff() or []]
        above = {str(parent) for path, _ in changed for parent in PurePosixPath(path).parents}
        lowest = [path for path, kind in changed if kind != GONE and path not in above]
        found = [one.path for one in beside.at(*lowest) if one.kind in ("file", "folder")]
        mounted = {str(mount["Destination"]) for mount in self.scene.inspect(service)["Mounts"]} | {"/dev/shm"}  # noqa: S108
        for file in beside.files("/var/lib/mysql") if "/var/lib/mysql" in mounted else ():
            if file.kind == "file" and not any(fnmatchcase(PurePosixPath(file.path).name, name) for name in DATA):
                found.append(file.path)
        return [*found, *sorted(mounted - {"/var/lib/mysql"})]

    def written(self, service: str) -> dict[str, int]:
        """Bytes on each file system of a service."""
        return {one.place: one.bytes for one in self.scene.sidecar(service).written()}

    def remember(self) -> None:
        """Look at both hosts once, before there is much in their logs."""
        self.before = {service: self.written(service) for service in ("database", "loghost")}

    def logs(self, service: str) -> int:
        """Bytes of logs and queues: all on a host's volumes, and what came to its programs' and tables' own places."""
        before, grown = self.before[service], ("/", "/var/lib/mysql")
        now = self.written(service).items()
        return sum(max(0, size - before.get(place, 0)) if place in grown else size for place, size in now)


class Keeper:
    """Looks into what the log host has, whatever runs there."""

    def __init__(self, scene: Scene) -> None:
        self.container = scene.engine.containers.run(
            IMAGE, ["sleep", "600"], entrypoint=[], detach=True, init=True, network_mode="none", mem_limit="256m",
            volumes_from=[f"{scene.container('loghost').id}:ro"], labels=scene.labels,
        )  # fmt: skip

    def count(self, *words: str) -> Counter[str]:
        """How often each word is there."""
        done = self.container.exec_run(["python3", "-c", KEPT, json.dumps(words)])
        output: Any = done.output
        return Counter(json.loads(output))

    def awaited(self, *words: str, within: float = LATEST) -> list[str]:
        """Wait until all words are there; gives those that are missing."""
        found = eventually(lambda: self.count(*words), lambda seen: all(seen[word] for word in words), within, 0.5)
        return [word for word in words if not found[word]]


@pytest.fixture(scope="module")
def clinic(scene: Scene) -> Iterator[Clinic]:
    """The clinic, with people and tables that are drawn."""
    found = Clinic(scene)
    eventually(found.prepare, lambda done: done.code == 0, within=LATEST, every=1)
    found.remember()
    yield found
    found.tidy()


@pytest.fixture(scope="module")
def keeper(scene: Scene) -> Iterator[Keeper]:
    """Whoever looks at the log host's folder."""
    found = Keeper(scene)
    yield found
    found.container.remove(force=True, v=False)


class Away(NamedTuple):
    """What happened while the log host was away."""

    bursts: list[Moment]
    begin: float
    end: float
    up: bool
    """Whether the database's host came back, after a restart and after a power cut."""

    @property
    def times(self) -> tuple[int, ...]:
        """How often the table was read before the restart, between, and after the power cut."""
        return FLOODS

    @property
    def borders(self) -> list[float]:
        """When nobody read it."""
        return [(one.end + two.begin) / 2 for one, two in pairwise(self.bursts)]


@pytest.fixture(scope="module")
def away(scene: Scene, clinic: Clinic) -> Away:
    """The log host goes away, much is read, and the database's host is started again and loses its power."""
    user, table = clinic.people[2], clinic.tables[2]
    one = f"SELECT COUNT(*) FROM `{table}`;"
    loghost, database = scene.container("loghost"), scene.container("database")
    leaving = Thread(target=lambda: loghost.stop(timeout=15))
    leaving.start()
    while leaving.is_alive():
        clinic.read(f"{table}_old", user)
        leaving.join(0.3)
    counted, bursts, up = time.time(), [], True
    for times, leave in zip(FLOODS, (lambda: database.stop(timeout=25), lambda: cut(database), None), strict=True):
        empty = sum(clinic.written("database").values())
        bursts.append(clinic.flood(times, user, one))
        if leave:
            settled(clinic, empty)
            leave()
            database.start()
            up = clinic.is_open(within=40) and up
    loghost.start()
    return Away(bursts, counted, time.time(), up)


def settled(clinic: Clinic, empty: int) -> None:
    """Wait until the database's host has begun to write down what was read, and writes no more."""
    seen: list[int] = []

    def look() -> list[int]:
        seen.append(sum(clinic.written("database").values()))
        return seen[-4:]

    eventually(look, lambda sizes: sizes[-1] > empty + GROWN, within=BEGUN, every=0.7)
    eventually(look, lambda sizes: len(sizes) > 3 and max(sizes) - min(sizes) < STEP, within=AT_REST, every=0.7)


@pytest.fixture
def heard(scene: Scene, clinic: Clinic) -> dict[str, list[str]]:
    """Have others answer to the log host's name while it is away; gives what each of them heard."""
    loghost, database = scene.container("loghost"), scene.container("database")
    emptied(scene, clinic)  # the intruder took its queue's files, maybe out of a program's hands
    loghost.stop(timeout=15)
    try:
        one = posed(scene, clinic, "near")
        cut(database)  # a sender may give up for good when it has met somebody else
        database.start()
        clinic.is_open(within=40)
        return {"near": one, "other": posed(scene, clinic, "other")}
    finally:
        loghost.start()
        emptied(scene, clinic)  # what a power cut left of a short queue is not what the next check judges


def posed(scene: Scene, clinic: Clinic, face: str) -> list[str]:
    """Have somebody answer to the log host's name until the database's host has come; gives what they heard."""
    network = next(iter(scene.inspect("database")["NetworkSettings"]["Networks"]))
    other = scene.engine.containers.create(
        IMAGE, ["python3", "-c", ISSUED + POSE, face], entrypoint=[], init=True, mem_limit="128m", labels=scene.labels,
        volumes_from=[f"{scene.container('office').id}:ro"], network=network,
        networking_config={network: scene.engine.api.create_endpoint_config(aliases=["loghost"])},
    )  # fmt: skip
    try:
        other.start()

        def told() -> list[str]:
            clinic.read(clinic.tables[2] + "_old", clinic.people[2])
            clinic.sign_in(clinic.words[5])
            return other.logs().decode(errors="replace").splitlines()

        return eventually(told, lambda lines: "came" in lines, LATEST, 0.5)
    finally:
        with suppress(Exception):
            other.remove(force=True)


@pytest.fixture
def renewed(scene: Scene, clinic: Clinic) -> bool:
    """Have the office issue new keys, and both hosts start with them; gives whether the database answers again."""
    hosts = [scene.container(name) for name in ("database", "loghost")]
    for host in hosts:
        host.stop(timeout=25)
    scene.engine.containers.run(
        IMAGE, ["sh", "-c", "rm /srv/keys/*/ready && /usr/lib/office/issue"], entrypoint=[], remove=True,
        network_mode="none", volumes_from=[str(scene.container("office").id)], labels=scene.labels,
    )  # fmt: skip
    for host in reversed(hosts):
        host.start()
    return clinic.is_open(within=40)
