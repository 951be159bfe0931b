"""Is a trace one tree that shows who waited for whom, and does the answer name the part that was slow?"""

import re
import tomllib
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from kikori.grading import Scene, eventually, say

if TYPE_CHECKING:
    from conftest import Morning, Spans

pytestmark = pytest.mark.timeout(180)
SLOW = 1.0  # seconds; what makes requests slow here takes longer than that
SERVICES = ("catalog", "checkout")
STATEMENT = re.compile(r"\b(select|insert|replace|delete|update)\b", re.IGNORECASE)
SLOW_PARTS = {
    "clear": ("catalog", "database"),
    "dew": ("catalog", "nothing"),
    "frost": ("checkout", "database"),
    "mist": ("checkout", "nothing"),
}


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

    def asks(self, service: str, table: str) -> bool:
        """Whether the service's question to the database about a table is there, word for word."""
        return any(
            self.is_question(span) and table in span.text and self.owner(span) == service
            for span in self.spans.values()
        )

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
    text = " ".join([one["name"], *map(str, one["attributes"].values())])
    return Span(one["span_id"], one["parent_id"], one["service"], text, one["start"], one["end"])


def told(rows: list[dict[str, Any]]) -> str:
    """The first of some requests, for a reason."""
    row = rows[0]
    return f"{row['method']} {row['path']} ({row['seconds']:.2f} s, trace {row['trace']})"


@pytest.mark.needs("test_nothing_thrown_away")
def test_one_trace(morning: "Morning") -> None:
    """A request is one trace, in which catalog's part hangs below checkout's.

    ja: 一つの要求は一つのトレースであり、catalog の部分は checkout の部分の下にある。
    """
    rows = morning.buying[:12]
    loose = morning.waits_for(rows, lambda spans: Trace(spans).linked())
    seen = ", ".join(sorted(Trace(morning.traces[loose[0]["trace"]]).services())) if loose else ""
    assert rows, say("nobody could fill a cart", "かごに入れられた客がいません")
    assert not loose, say(
        f"{told(loose)}: expected one tree of spans with checkout and, below it, catalog; "
        f"saw spans of {seen or 'nobody'}, not joined to one tree",
        f"{told(loose)}。checkout の下に catalog がある一本の木のはずですが、"
        f"見えたのは {seen or 'なし'} のスパンで、一本の木になっていません",
    )


@pytest.mark.needs("test_nothing_thrown_away")
def test_statements(morning: "Morning") -> None:
    """A trace shows what each service asked the database.

    ja: トレースを見れば、それぞれのサービスがデータベースに何を尋ねたかが分かる。
    """

    def tells(service: str, table: str, spans: "Spans") -> bool:
        trace = Trace(spans)
        return bool(spans) and (trace.asks(service, table) or service not in trace.services())

    for service, table in (("checkout", "carts"), ("catalog", "products")):
        mute = morning.waits_for(morning.buying[:12], partial(tells, service, table))
        assert not mute, say(
            f"{told(mute)}: expected a span of {service} that stands for its SQL statement about {table}, and has it, "
            "below the request's own; saw none",
            f"{told(mute)}。{service} には、要求そのもののスパンの下に、{table} への SQL 文を表し、その文を持つスパンが"
            "あるはずですが、ありません",
        )


@pytest.mark.needs("test_one_trace", "test_statements")
def test_slow_part_shows(scene: Scene, morning: "Morning") -> None:
    """The trace of a slow request shows where its time went.

    ja: 遅い要求のトレースを見れば、時間がどこへ行ったかが分かる。
    """
    wanted = SLOW_PARTS[scene.params["morning"]]

    def shows(spans: "Spans") -> bool:
        return bool(spans) and Trace(spans).slow_part() == wanted

    rows = morning.slow[:20]
    assert rows, say(
        "nobody had to wait: there is no slow request to follow", "誰も待たされず、たどるべき遅い要求がありません"
    )
    seen = eventually(lambda: any(shows(morning.spans(row["trace"])) for row in rows), bool, within=12, every=0.5)
    assert seen, say(
        f"{told(rows)}: expected its trace to have the lost time in a span of the one who lost it; "
        "by the trace, somebody else was busy",
        f"{told(rows)}。失われた時間は、失った当人のスパンに現れるはずですが、トレースでは別のところが働いていたことになっています",
    )


@pytest.mark.needs("test_slow_part_shows")
def test_answer(scene: Scene) -> None:
    """answer.toml names the slow part.

    ja: answer.toml が、遅い部分の名を挙げている。
    """
    try:
        found = tomllib.loads(scene.text("answer.toml"))
    except tomllib.TOMLDecodeError as problem:
        pytest.fail(say(f"answer.toml is not TOML: {problem}", f"answer.toml が TOML になっていません: {problem}"))
    said = (found.get("service"), found.get("waits_for"))
    assert said == SLOW_PARTS[scene.params["morning"]], say(
        f"expected the part that makes requests slow here, as slow traces show it; answer.toml says {said[0] or '-'}, "
        f"which waits for {said[1] or '-'}",
        "ここで要求を遅くしている部分、遅いトレースに現れるとおりのもののはずですが、"
        f"answer.toml は {said[0] or '-'} が {said[1] or '-'} を待つとしています",
    )
