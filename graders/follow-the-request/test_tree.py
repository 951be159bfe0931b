"""Is a trace one tree that shows who waited for whom, and does the answer name the part that was slow?"""

import re
import secrets
import subprocess
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from kikori.grading import Scene, eventually, quoted, reasons, say

if TYPE_CHECKING:
    from conftest import Morning, Spans

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(180)
SLOW = 1.0  # seconds; what makes requests slow here takes longer than that
SERVICES = ("catalog", "checkout")
LASTED = 0.5  # seconds; who waits in a check of lengths waits for much longer
STATEMENT = re.compile(r"\b(select|insert|replace|delete|update)\b", re.IGNORECASE)
OUTBOX = "INSERT INTO outbox (id) VALUES (%s)"
SLOW_PARTS = {
    "clear": ("catalog", "database"),
    "dew": ("catalog", "nothing"),
    "frost": ("checkout", "database"),
    "mist": ("checkout", "nothing"),
}


ASKED = {
    ("POST", "/cart"): (
        ("checkout", "REPLACE INTO carts (customer, product, quantity) VALUES (%s, %s, %s)"),
        ("catalog", "SELECT id, price FROM products WHERE id IN %s"),
    ),
    ("POST", "/orders"): (
        ("checkout", "SELECT product, quantity FROM carts WHERE customer = %s"),
        ("checkout", "INSERT INTO orders (id, customer, total, payment) VALUES (%s, %s, %s, %s)"),
        ("checkout", "DELETE FROM carts WHERE customer = %s"),
    ),
    ("GET", "/search"): (
        ("catalog", "SELECT id, name, price FROM products WHERE name LIKE %s OR description LIKE %s LIMIT 12"),
    ),
}


LOCKED = "LOCK TABLES products WRITE; SELECT 'begun'; DO SLEEP(1.5)"
"""Nobody can read the products for a while: who wants to waits."""
AWAY = "RENAME TABLE products TO elsewhere; SELECT 'begun'; DO SLEEP(1.5); RENAME TABLE elsewhere TO products"
"""There are no products for a while: who asks for them is told so at once."""


class Span(NamedTuple):
    """One part of a request: what the traces keep, and what is worked out from it."""

    number: str
    parent: str
    service: str
    text: str
    start: int
    end: int

    @property
    def is_statement(self) -> bool:
        """Whether the database was asked."""
        return bool(STATEMENT.search(self.text))

    @property
    def is_of_the_cache(self) -> bool:
        """Whether the cache was asked, as far as the span says so."""
        return bool(re.search("cache", self.text, re.IGNORECASE)) or self.text.split()[0] in ("get", "set")

    @property
    def seconds(self) -> float:
        """How long it lasted."""
        return (self.end - self.start) / 1e9


class Trace:
    """The spans of one request."""

    def __init__(self, spans: "Spans") -> None:
        self.spans = {one["span_id"]: span_of(one) for one in spans}

    def above(self, span: Span) -> Iterator[Span]:
        """The span itself, and those that waited for it."""
        seen: set[str] = set()
        while span.number not in seen:
            seen.add(span.number)
            yield span
            span = self.spans.get(span.parent, span)

    def owner(self, span: Span) -> str:
        """Catalog or checkout: who did this, or asked for it."""
        return next((one.service for one in self.above(span) if one.service in SERVICES), "")

    def services(self) -> set[str]:
        """Who took part."""
        return {self.owner(span) for span in self.spans.values()} & set(SERVICES)

    def linked(self) -> bool:
        """Whether it is one tree in which catalog works for checkout."""
        outside = {span.parent for span in self.spans.values()} - self.spans.keys()
        asked = [span for span in self.spans.values() if span.service == "catalog"]
        below = any(one.service == "checkout" for span in asked for one in self.above(span))
        return len(outside) == 1 and below

    def asks(self, service: str, words: re.Pattern[str]) -> bool:
        """Whether the service's question to the database is there in these words, and in a span of its own."""
        return any(
            self.is_question(span)
            and words.search(span.text)
            and is_one_statement(span.text)
            and self.owner(span) == service
            for span in self.spans.values()
        )

    def tells_where(self) -> bool:
        """Whether any part of it took long by itself."""
        return self.slow_part() != ("", "")

    def statement_of(self, service: str) -> str:
        """What a service has written down of a question to the database, for a reason."""
        questions = (span for span in self.spans.values() if self.is_question(span) and self.owner(span) == service)
        return next((quoted(span.text, 160) for span in questions), reason("statement-of"))

    def is_question(self, span: Span) -> bool:
        """Whether it stands for a question to the database alone: the service has another above it, for its request."""
        return span.is_statement and any(
            one is not span and self.owner(one) == self.owner(span) for one in self.above(span)
        )

    def alone(self, span: Span) -> float:
        """The seconds of a span in which it waited for no other."""
        until, waited = span.start, 0
        children = [one for one in self.spans.values() if one.parent == span.number]
        for below in sorted(children, key=lambda one: one.start):
            begin, end = max(below.start, until), min(below.end, span.end)
            waited, until = waited + max(0, end - begin), max(until, end)
        return (span.end - span.start - waited) / 1e9

    def slow_part(self) -> tuple[str, str]:
        """Whose work took longest, and what it waited for."""
        longest = max(self.spans.values(), key=self.alone)
        if self.alone(longest) < SLOW:
            return "", ""
        return self.owner(longest), "database" if self.is_question(longest) else "nothing"


def span_of(one: dict[str, Any]) -> Span:
    """A span as we look at it."""
    text = " ".join([one["name"] or "-", *map(str, one["attributes"].values())])
    return Span(one["span_id"], one["parent_id"], one["service"], text, one["start"], one["end"])


def told(rows: list[dict[str, Any]]) -> str:
    """The first of some requests, for a reason."""
    row = rows[0]
    return f"{row['method']} {row['path']} ({row['seconds']:.2f} s, trace {row['trace']})"


@pytest.mark.needs("test_nothing_thrown_away")
def test_one_trace(morning: "Morning") -> None:
    """A request is one trace, in which catalog's part hangs below checkout's.

    ja: 一つのリクエストは一つのトレースであり、catalog の部分は checkout の部分の下にある。
    """
    rows = morning.buying[:12]
    loose = morning.waits_for(rows, lambda spans: Trace(spans).linked())
    names = {span["service"] for span in morning.traces[loose[0]["trace"]]} if loose else set()
    seen = ", ".join(sorted(names))
    assert rows, reason("one-trace")
    assert not loose or names >= set(SERVICES), reason(
        "one-trace-2", told=told(loose), seen=seen or say("none", "なし")
    )
    assert not loose, reason("one-trace-3", told=told(loose), seen=seen)


@pytest.mark.needs("test_nothing_thrown_away")
def test_statements(morning: "Morning") -> None:
    """A trace shows what each service asked the database.

    ja: トレースを見れば、それぞれのサービスがデータベースに何を尋ねたかが分かる。
    """

    def tells(service: str, words: re.Pattern[str], spans: "Spans") -> bool:
        return bool(spans) and Trace(spans).asks(service, words)

    for (method, path), asked in ASKED.items():
        rows = [row for row in morning.rows if (row["method"], row["path"].partition("?")[0]) == (method, path)]
        rows = [row for row in rows if row["status"] in (200, 201)][:6]
        for service, statement in asked:
            mute = morning.waits_for(rows, partial(tells, service, word_for_word(statement)))
            seen = Trace(morning.traces[mute[0]["trace"]]).statement_of(service) if mute else ""
            table = statement.partition("INTO " if "INTO" in statement else "FROM ")[2].split()[0]
            assert not mute, reason("statements", told=told(mute), service=service, table=table, seen=seen)


@cache
def word_for_word(statement: str) -> re.Pattern[str]:
    """A statement as it may be written down: with its values, or with what stands for them."""
    parts = (r"\s+".join(map(re.escape, part.split(" "))) for part in statement.split("%s"))
    return re.compile(".+?".join(parts), re.DOTALL)


def is_one_statement(text: str) -> bool:
    """Whether what is written down tells of one of the shop's statements, and not of several."""
    known = {OUTBOX} | {statement for asked in ASKED.values() for _, statement in asked}
    return sum(bool(word_for_word(one).search(text)) for one in known) == 1


@pytest.mark.needs("test_one_trace", "test_statements")
def test_slow_part_shows(scene: Scene, morning: "Morning") -> None:
    """The trace of a slow request shows where its time went.

    ja: 遅いリクエストのトレースを見れば、時間がどこへ行ったかが分かる。
    """
    wanted = SLOW_PARTS[scene.params["morning"]]

    def shows(spans: "Spans") -> bool:
        return bool(spans) and Trace(spans).slow_part() == wanted

    rows = morning.slow[:20]
    assert rows, reason("slow-part-shows")
    seen = eventually(lambda: any(shows(morning.spans(row["trace"])) for row in rows), bool, within=12, every=0.5)
    somewhere = any(Trace(spans).tells_where() for row in rows if (spans := morning.spans(row["trace"])))
    assert seen or not somewhere, reason("slow-part-shows-2", told=told(rows))
    assert seen, reason("slow-part-shows-3", told=told(rows), slow=SLOW)


@contextmanager
def at_work(scene: Scene, work: str) -> Iterator[None]:
    """Let somebody work on the table products meanwhile."""
    command = ["docker", "exec", str(scene.inspect("database")["Id"]), "mariadb", "-nN", "shop", "-e", work]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        for _ in worker.stdout or ():
            break  # it is held
        yield


@contextmanager
def frozen(scene: Scene) -> Iterator[None]:
    """Let the cache answer nobody."""
    cache = str(scene.inspect("cache")["Id"])
    scene.docker("pause", cache)
    try:
        yield
    finally:
        scene.docker("unpause", cache)


def waited(scene: Scene, method: str, path: str, body: object = None) -> dict[str, Any]:
    """Send a request that has to wait."""
    trace, began = secrets.token_hex(16), time.monotonic()
    header = {"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"}
    status = scene.ask(method, "front", path, json=body, headers=header).status
    return {"method": method, "path": path, "trace": trace, "status": status, "seconds": time.monotonic() - began}


@pytest.mark.needs("test_one_trace", "test_statements")
def test_failed_midway(scene: Scene, morning: "Morning") -> None:
    """A request in which a statement fails is one trace too, and shows that statement.

    ja: 途中の SQL 文が失敗したリクエストも一つのトレースであり、その文が見える。
    """
    with at_work(scene, AWAY):
        sent = [waited(scene, "POST", "/cart", {"customer": "kikori", "product": number}) for number in (7, 8, 9)]
    rows = [row for row in sent if row["status"] >= 500]  # a busy computer may come too late for all of them
    words = word_for_word(ASKED["POST", "/cart"][1][1])

    def shows(spans: "Spans") -> bool:
        return bool(spans) and Trace(spans).linked() and Trace(spans).asks("catalog", words)

    lost = morning.waits_for(rows, shows)
    assert not lost, reason("failed-midway", told=told(lost), status=lost[0]["status"])


@pytest.mark.needs("test_one_trace", "test_statements")
def test_lengths(scene: Scene, morning: "Morning") -> None:
    """Each span lasts as long as what it stands for.

    ja: どのスパンも、それが表す仕事と同じだけの長さを持つ。
    """
    rows = []
    for number in range(3):
        with at_work(scene, LOCKED):
            rows.append(waited(scene, "POST", "/cart", {"customer": f"kikori{number}", "product": 1 + number}))

    def as_long(spans: "Spans") -> bool:
        trace = Trace(spans)
        asked = (one for one in trace.spans.values() if "products" in one.text and trace.is_question(one))
        return any(all(one.seconds >= LASTED for one in trace.above(span)) for span in asked)

    short = morning.waits_for(rows, as_long)
    assert len(short) < len(rows), reason("lengths", told=told(short), lasted=LASTED)
    rows = []
    for number in range(3):
        with at_work(scene, LOCKED):
            rows.append(waited(scene, "POST", "/orders", {"customer": f"kikori{number}", "payment": "test"}))
    rows = [row for row in rows if row["status"] == 201 and row["seconds"] > LASTED]
    cart = word_for_word(ASKED["POST", "/orders"][0][1])

    def is_short(spans: "Spans") -> bool:
        questions = (one for one in Trace(spans).spans.values() if cart.search(one.text))
        return any(Trace(spans).is_question(one) and one.seconds < LASTED for one in questions)

    long = morning.waits_for(rows, is_short)
    assert not rows or len(long) < len(rows), reason("lengths-3", told=told(long), lasted=LASTED)
    with frozen(scene):
        path = f"/browse?category=desk&page={secrets.randbelow(4)}"
        row = waited(scene, "GET", path)
    morning.waits_for([row], lambda spans: any(one.seconds >= LASTED for one in Trace(spans).spans.values()))
    trace = Trace(morning.spans(row["trace"]))
    asked = [one for one in trace.spans.values() if one.is_of_the_cache and not trace.is_question(one)]
    below = [one.seconds for one in asked if one.parent in trace.spans]
    assert not below or row["seconds"] < LASTED or sum(below) >= LASTED / 2, reason(
        "lengths-2", told=told([row]), below=sum(below)
    )


@pytest.mark.needs("test_slow_part_shows")
def test_answer(scene: Scene) -> None:
    """answer.toml names the slow part.

    ja: answer.toml が、遅い部分の名を挙げている。
    """
    try:
        found = tomllib.loads(scene.text("answer.toml"))
    except tomllib.TOMLDecodeError as problem:
        pytest.fail(reason("answer", problem=problem))
    said = (found.get("service"), found.get("waits_for"))
    assert said == SLOW_PARTS[scene.params["morning"]], reason("answer-2", said=said[0] or "-", said_2=said[1] or "-")
