"""A visit to the office, made once for all checks, while the passengers keep quiet: what is read then is ours."""

from __future__ import annotations

import json
import random
from typing import Any

import lost_property as known
import pytest

from kikori.grading import Record, Scene, eventually

PAGES, LOOKS, CROWD = 8, 4, 6
HUSH = 30
CLIENT = "kikori/find-the-bottleneck-database"
AS_THE_DESK = "mariadb --skip-ssl -h 127.0.0.1 -u desk -pdesk"

# Requests as JSON on the command line, made one after the other or all at once; what came of each is printed.
ASK = """
import json, sys, threading, time, urllib.error, urllib.request
requests, together = json.loads(sys.argv[1])
seen = [None] * len(requests)

def ask(place, method, url, body):
    begun = time.monotonic()
    data = json.dumps(body).encode() if body is not None else None
    made = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(made, timeout=10) as answer:
            status, text = answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        status, text = refused.code, ""
    except OSError as problem:
        status, text = 0, str(problem)
    seen[place] = [status, text, time.monotonic() - begun]

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

    @property
    def facts(self) -> Any:
        """The answer's JSON, if it is some."""
        try:
            return json.loads(self.text) if self.status in (200, 201) else None
        except ValueError:
            return None


class Office:
    """The office as a visitor sees it, and the account that its database keeps."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def ask(self, *requests: tuple[str, str, object], together: bool = False) -> list[Seen]:
        """Requests from where the passengers are."""
        made = [
            (method, path if "://" in path else f"http://front:8080{path}", body) for method, path, body in requests
        ]
        out = self.scene.host("passengers").check_output("python3 -c %s %s", ASK, json.dumps([made, together]))
        return [Seen(status=status, text=text, seconds=seconds) for status, text, seconds in json.loads(out)]

    def get(self, *paths: str) -> list[Seen]:
        """Pages, one after the other."""
        return self.ask(*(("GET", path, None) for path in paths))

    def sql(self, query: str) -> list[list[str]]:
        """What the database answers to the desk's account."""
        out = self.scene.debug("database", CLIENT).check_output(f"{AS_THE_DESK} -N -B -e %s", query)
        return [line.split("\t") for line in out.splitlines()]

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

    rows, few = known.ROWS, known.ROWS // 100
    crowd_size, looks, pages = CROWD, LOOKS, PAGES

    def __init__(self, office: Office) -> None:
        chance = random.SystemRandom()
        self.chance, self.office = chance, office
        self.printing = float(office.scene.params["printing"])
        self.items = [known.item(number) for number in chance.sample(range(1, known.ROWS + 1), PAGES)]
        self.item_pages, self.item_rows = self.measured([f"/items/{item[1]}" for item in self.items])
        self.claims = list(known.claims())
        mine: dict[str, list[tuple[Any, ...]]] = {}
        for claim in self.claims:
            mine.setdefault(claim[3], []).append(claim)
        self.phones = {phone: mine[phone] for phone in chance.sample(sorted(mine), PAGES)}
        self.claim_pages, self.claim_rows = self.measured([f"/claims?phone={phone}" for phone in self.phones])
        self.other_pages, _ = self.measured([f"/stations/{chance.randint(1, 24)}" for _ in range(PAGES)])
        self.find_something()
        self.lose_something()
        self.come_in_a_crowd()

    def things(self) -> list[tuple[Any, ...]]:
        """All things that the office knew before today."""
        return [known.item(number) for number in range(1, known.ROWS + 1)]

    def measured(self, paths: list[str]) -> tuple[list[Seen], float]:
        """Pages, and how many rows the database looked at for one of them."""
        before = self.office.reads()
        seen = self.office.get(*paths)
        return seen, (self.office.reads() - before) / len(paths)

    def find_something(self) -> None:
        """A thing that nobody knows yet is asked for, then put on the shelf, then asked for again."""
        self.tag = known.tag(self.chance.randint(known.ROWS + 1, 899_999))
        thing = {"tag": self.tag, "station": 3, "kind": "glove", "colour": "red", "note": "A red glove, the left one."}
        self.tag_before = self.office.get(*[f"/items/{self.tag}"] * LOOKS)
        self.kept = self.office.ask(("POST", "/items", thing))[0]
        self.tag_after = self.office.get(*[f"/items/{self.tag}"] * LOOKS)

    def claim(self) -> tuple[str, str, dict[str, object]]:
        """A request to write down what a new person has lost."""
        phone = f"060-{self.chance.randrange(10**4):04}-{self.chance.randrange(10**4):04}"
        return "POST", "/claims", {"phone": phone, "station": self.station, "wish": "A red glove, the left one."}

    def lose_something(self) -> None:
        """One person looks at their claims, makes one, and looks again; meanwhile the printer is asked directly."""
        self.station = self.chance.randint(1, 24)
        one = self.claim()
        self.claims_before = self.office.get(*[f"/claims?phone={one[2]['phone']}"] * LOOKS)
        slip = ("POST", "http://printer:9100/slips", {"station": 0, "number": 0, "phone": "the grader's"})
        self.alone, self.printed = self.office.ask(one, slip, together=True)
        self.claims_after = self.office.get(*[f"/claims?phone={one[2]['phone']}"] * LOOKS)
        self.made = [(one, self.alone)]

    def come_in_a_crowd(self) -> None:
        """Six report something at the same station at the same time; a computer that is busy may try twice."""
        for _ in range(2):
            claims = [self.claim() for _ in range(CROWD)]
            self.crowd = self.office.ask(*claims, together=True)
            self.made += list(zip(claims, self.crowd, strict=True))
            self.slowest = max(seen.seconds for seen in self.crowd)
            if self.slowest < 2 * self.printing:
                break

    def slips(self) -> list[tuple[int, list[str]]]:
        """The number and the telephones of each slip that should be out by now."""
        made = [(claim, seen) for claim, seen in self.made if seen.status == 201 and isinstance(seen.facts, dict)]
        numbers = [int(seen.facts.get("number") or 0) for _, seen in made]
        paths = [f"http://printer:9100/slips/{self.station}/{number}" for number in numbers]

        def look() -> list[tuple[int, list[str]]]:
            found = [seen.facts or [] for seen in self.office.get(*paths)]
            return [
                (number, phones) for number, phones, (claim, _) in zip(numbers, found, made, strict=True)
                if claim[2]["phone"] not in phones
            ]  # fmt: skip

        return eventually(look, lambda missing: not missing, within=6)


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
