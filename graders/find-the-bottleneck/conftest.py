"""A visit to the office, made once for all checks, while the passengers keep quiet: what is read then is ours."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import quote

import lost_property as known
import pytest

from kikori.grading import Record, Scene, amount, eventually, growth, quoted, reasons

reason = reasons(__file__)

PAGES, LOOKS, CROWD = 8, 8, 6
HUSH = 60
SLIP_WITHIN = 4
"""Seconds after an answer in which a crowd looks for its slips; who has none by then is asked for once more."""
LEFT = {"processes": 2, "ended": 3, "descriptors": 4, "connections": 4}
"""What a crowd may leave at the desk: a worker that begins a thread or a connection keeps it, up to its limit."""
WISHES = (
    "A child's red glove, 100% wool; the left one.",
    'A book called "It\'s raining", 3rd edition.',
    "A -- rather old -- umbrella; it's 50% black.",
)
"""Words as people write them: with signs that mean something to somebody else."""
NONSENSE = ("0' OR '1'='1", "%", "{almost}_", "{real} OR 1=1")
"""What nobody's tag or telephone is, though some of it begins like one."""
CLIENT = "kikori/find-the-bottleneck-database"
BOOKS = "SELECT number, phone, wish FROM lost.claims WHERE station = {station} AND number IN ({numbers})"
AS_THE_DESK = "mariadb --skip-ssl -h 127.0.0.1 -u desk -pdesk"

# Requests as JSON on the command line, made one after the other or all at once; what came of each is printed.
# Where slips are waited for, it is told when the printers had them.
ASK = """
import http.client, json, sys, threading, time, urllib.error, urllib.request
requests, together, within = json.loads(sys.argv[1])
seen = [None] * len(requests)

def has_slip(text, body):
    end = time.monotonic() + within
    try:
        printed = f"http://printer:9100/slips/{body['station']}/{int(json.loads(text)['number'])}"
        while time.monotonic() < end:
            if body["phone"] in json.load(urllib.request.urlopen(printed, timeout=5)):
                return True
            time.sleep(0.1)
    except (OSError, http.client.HTTPException, LookupError, TypeError, ValueError):
        pass
    return False

def ask(place, method, url, body):
    begun = time.monotonic()
    data = json.dumps(body).encode() if body is not None else None
    made = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(made, timeout=10) as answer:
            status, text = answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as refused:
        status, text = refused.code, ""
    except (OSError, http.client.HTTPException) as problem:
        status, text = 0, str(problem)
    seconds = time.monotonic() - begun
    slip = time.monotonic() - begun if within and has_slip(text, body) else None
    seen[place] = [status, text, seconds, slip]

threads = [threading.Thread(target=ask, args=(place, *one)) for place, one in enumerate(requests)]
for thread in threads:
    thread.start()
    if not together:
        thread.join()
[thread.join() for thread in threads]
print(json.dumps(seen))
"""


class Seen(Record):
    """What came back of one request."""

    status: int
    text: str
    seconds: float
    slip: float | None
    """After how many seconds the slip was out, if it was waited for and came."""

    @property
    def is_done(self) -> bool:
        """Say whether what was asked for is done, or will be."""
        return 200 <= self.status < 300

    @property
    def facts(self) -> Any:
        """The answer's JSON, if it is some."""
        try:
            return json.loads(self.text) if self.is_done else None
        except ValueError:
            return None

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Give the rows of a list that was shown."""
        return [row for row in self.facts if isinstance(row, dict)] if isinstance(self.facts, list) else []

    @property
    def number(self) -> int | None:
        """Give the number that somebody was told, if it is one."""
        told = str(self.facts.get("number")) if isinstance(self.facts, dict) else ""
        return int(told) if told.isdecimal() else None


class Office:
    """The office as a visitor sees it, and the account that its database keeps."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def ask(self, *requests: tuple[str, str, object], together: bool = False, slips_within: int = 0) -> list[Seen]:
        """Ask from where the passengers are.

        Slips are waited for, if at all, so many seconds after an answer.
        """
        made = [
            (method, path if "://" in path else f"http://front:8080{path}", body) for method, path, body in requests
        ]
        asked = json.dumps([made, together, slips_within])
        out = self.scene.host("passengers").check_output("python3 -c %s %s", ASK, asked)
        return [
            Seen(status=status, text=text, seconds=seconds, slip=slip)
            for status, text, seconds, slip in json.loads(out)
        ]

    def get(self, *paths: str) -> list[Seen]:
        """Pages, one after the other."""
        return self.ask(*(("GET", path, None) for path in paths))

    def sql(self, query: str) -> list[list[str]]:
        """What the database answers to the desk's account."""
        out = self.scene.debug("database", CLIENT).run(f"{AS_THE_DESK} -N -B -e %s", query)
        assert out.rc == 0, reason("database-refuses", said=quoted(out.stderr, 160))
        return [line.split("\t") for line in out.stdout.splitlines()]

    def ping(self) -> Any:
        """Whether the database is awake."""
        return self.scene.debug("database", CLIENT).run(f"{AS_THE_DESK} -e 'SELECT 1'")

    def reads(self) -> int:
        """How many rows and index entries the database has looked at since it started."""
        counted = self.sql(
            "SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Handler_read_%' OR Variable_name = 'Handler_icp_attempts'"
        )
        return sum(int(value) for name, value in counted if name != "Handler_read_rnd_deleted")

    def hush(self, seconds: int) -> None:
        """Ask the passengers to keep quiet for so long."""
        self.scene.host("passengers").run("curl -s -m 9 http://127.0.0.1:7000/hush?seconds=%s", str(seconds))


class Visit:
    """What was asked, what came back, and what it cost."""

    rows, few = known.ROWS, known.ROWS // 800
    crowd_size, looks, pages = CROWD, LOOKS, PAGES

    def __init__(self, office: Office) -> None:
        chance = random.SystemRandom()  # not by the seed: what is new to the office is known at the next check
        self.chance, self.office = chance, office
        self.printing = float(office.scene.params["printing"])
        self.items = [known.item(number) for number in chance.sample(range(1, known.ROWS + 1), PAGES)]
        self.item_pages, self.item_rows = self.measured([f"/items/{item[1]}" for item in self.items])
        self.claims = list(known.claims())
        mine: dict[str, list[tuple[Any, ...]]] = {}
        for claim in self.claims:
            mine.setdefault(claim[3], []).append(claim)
        most = max(mine, key=lambda phone: len(mine[phone]))
        self.phones = {phone: mine[phone] for phone in (most, *chance.sample(sorted(mine.keys() - {most}), PAGES - 1))}
        self.claim_pages, self.claim_rows = self.measured([f"/claims?phone={phone}" for phone in self.phones])
        self.other_pages, _ = self.measured([f"/stations/{chance.randint(1, 24)}" for _ in range(PAGES)])
        self.nonsense_items = office.get(*(f"/items/{words}" for words in nonsense(self.items[0][1])))
        self.nonsense_claims = office.get(*(f"/claims?phone={words}" for words in nonsense(most)))
        self.find_something()
        self.lose_something(chance.choice(sorted(mine)))
        self.come_in_a_crowd()

    def things(self) -> list[tuple[Any, ...]]:
        """All things that the office knew before today."""
        return [known.item(number) for number in range(1, known.ROWS + 1)]

    def measured(self, paths: list[str]) -> tuple[list[Seen], float]:
        """Pages, and how many rows the database looked at for one of them."""
        before = self.office.reads()
        seen = self.office.get(*paths)
        return seen, (self.office.reads() - before) / len(paths)

    def look(self, path: str) -> list[Seen]:
        """See a page as several people do at a time, so that no worker answers alone."""
        return self.office.ask(*[("GET", path, None)] * LOOKS, together=True)

    def find_something(self) -> None:
        """A thing that nobody knows yet is asked for, then put on the shelf, then asked for again."""
        station, note = self.chance.randint(1, 24), self.chance.choice(WISHES)
        self.thing: dict[str, Any] = {
            "tag": known.tag(self.chance.randint(known.ROWS + 1, 899_999)), "station": station,
            "kind": self.chance.choice(known.KINDS), "colour": self.chance.choice(known.COLOURS), "note": note,
        }  # fmt: skip
        page, shelf = f"/items/{self.thing['tag']}", f"/stations/{station}"
        self.shelf_before = self.office.get(shelf)[0]
        before = self.office.reads()
        self.tag_before = self.look(page)
        self.kept = self.office.ask(("POST", "/items", self.thing))[0]
        self.tag_after = self.look(page)
        self.new_item_rows = (self.office.reads() - before) / (2 * LOOKS + 1)
        self.shelf_after = self.office.get(shelf)[0]

    def claim(self, phone: str = "") -> dict[str, Any]:
        """Say what somebody has lost; where no telephone is given, somebody new."""
        phone = phone or f"060-{self.chance.randrange(10**4):04}-{self.chance.randrange(10**4):04}"
        return {"phone": phone, "station": self.station, "wish": self.chance.choice(WISHES)}

    def lose_something(self, known_phone: str) -> None:
        """Have two people look, report something, and look again.

        One of them is new, the other known; meanwhile the printer is asked directly.
        """
        self.station = self.chance.randint(1, 24)
        claims = [self.claim(), self.claim(known_phone)]
        pages = [f"/claims?phone={claim['phone']}" for claim in claims]
        slip = ("POST", "http://printer:9100/slips", {"station": 0, "number": 0, "phone": "the grader's"})
        rows_before = self.office.reads()
        before = [self.look(page) for page in pages]
        self.alone, self.printed = self.office.ask(("POST", "/claims", claims[0]), slip, together=True)
        again = self.office.ask(("POST", "/claims", claims[1]))[0]
        after = [self.look(page) for page in pages]
        self.new_claim_rows = (self.office.reads() - rows_before) / (4 * LOOKS + 2)
        self.reported = list(zip(claims, [self.alone, again], before, after, strict=True))
        self.made = [(claim, seen) for claim, seen, _, _ in self.reported]

    def come_in_a_crowd(self) -> None:
        """Have six report something at one station at a time, and others after them.

        Twice at least, so that a computer that is busy for a moment is forgiven; and again if something was left.
        """
        self.crowds: list[list[Seen]] = []

        def come() -> None:
            claims = [self.claim() for _ in range(CROWD)]
            requests = [("POST", "/claims", claim) for claim in claims]
            self.crowds.append(self.office.ask(*requests, together=True, slips_within=SLIP_WITHIN))
            self.made += list(zip(claims, self.crowds[-1], strict=True))

        self.left = growth(lambda: amount(self.office.scene, "desk"), come, LEFT)
        self.slowest = min(max(seen.seconds for seen in crowd) for crowd in self.crowds)
        self.slips_apart = min(map(self.between_slips, self.crowds))

    def between_slips(self, crowd: list[Seen]) -> float:
        """Measure the seconds between the first slip of a crowd and its last."""
        out = [seen.seconds + SLIP_WITHIN if seen.slip is None else seen.slip for seen in crowd]
        return max(out) - min(out)

    def told(self) -> list[tuple[int, dict[str, Any]]]:
        """List the numbers that people were given, with what they reported."""
        return [(seen.number, claim) for claim, seen in self.made if seen.number is not None]

    def slips(self) -> list[int]:
        """List the numbers of which there is not one slip by now, but none or several."""
        paths = [f"http://printer:9100/slips/{self.station}/{number}" for number, _ in self.told()]

        def look() -> list[int]:
            found = [seen.facts or [] for seen in self.office.get(*paths)]
            return [
                number for (number, claim), phones in zip(self.told(), found, strict=True)
                if phones.count(claim["phone"]) != 1
            ]  # fmt: skip

        return eventually(look, lambda missing: not missing, within=6)

    def misplaced(self) -> list[int]:
        """List the numbers under which the books have not that claim alone."""
        numbers = ", ".join(str(number) for number, _ in self.told())
        query = BOOKS.format(station=self.station, numbers=numbers)

        def look() -> list[int]:
            kept = self.office.sql(query)
            return [
                number for number, claim in self.told()
                if [row[1:] for row in kept if row[0] == str(number)] != [[claim["phone"], claim["wish"]]]
            ]  # fmt: skip

        return eventually(look, lambda wrong: not wrong, within=3)


def nonsense(real: str) -> list[str]:
    """Give what somebody may type in the place of this tag or telephone, as it stands in an address."""
    return [quote(words.format(real=real, almost=real[:-1]), safe="") for words in NONSENSE]


visits: dict[str, Visit] = {}


@pytest.fixture(scope="module")
def office(scene: Scene) -> Office:
    """The office, to be asked."""
    return Office(scene)


@pytest.fixture(scope="module")
def visit(scene: Scene, office: Office) -> Visit:
    """A visit while nobody else is there; the second file of checks gets the same."""
    if scene.attempt.id not in visits:
        office.hush(HUSH)
        try:
            visits[scene.attempt.id] = Visit(office)
        finally:
            office.hush(0)
    return visits[scene.attempt.id]
