"""Requests as customers send them, and what the front's log says of those that bring no context of their own."""

from __future__ import annotations

import json
import random
import re
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from kikori.grading import reasons

if TYPE_CHECKING:
    from conftest import Morning

reason = reasons(__file__)

ID = re.compile(r"(?!0{32})[0-9a-f]{32}")
WORDS = ("ink", "letter", "winter", "indigo", "brush", "moss", "travel", "lamp", "plum", "folder")
CATEGORIES = ("paper", "pens", "ink", "desk", "bags")


class Visit(NamedTuple):
    """A request: who answers it, and how it is sent."""

    service: str
    method: str
    path: str
    body: dict[str, Any] | None = None
    header: str | None = None

    def __str__(self) -> str:
        """As a reason says it."""
        with_header = reason("str", header=self.header)
        return f"{self.method} {self.path}" + (with_header if self.header is not None else "")

    def is_told_by(self, line: dict[str, Any]) -> bool:
        """Whether a line of the front has the path, with what was asked for or without it."""
        plain = re.escape(self.path.partition("?")[0])
        said = re.sub(r'https?://[^/"\s]+', " ", json.dumps(line))
        return bool(re.search(rf"(?<![\w.:/*-]){plain}(?![\w/*])", said))


def customers(chance: random.Random) -> list[Visit]:
    """One of each kind of request, in any order."""
    category, page = chance.choice(CATEGORIES), chance.randrange(4)
    thing = {"customer": f"c{chance.randrange(10**8):08}", "product": chance.randint(1, 500)}
    found = [
        Visit("catalog", "GET", "/"),
        Visit("catalog", "GET", f"/browse?category={category}&page={page}"),
        Visit("catalog", "GET", f"/search?q={chance.choice(WORDS)}"),
        Visit("checkout", "POST", "/cart", thing),
        Visit("checkout", "GET", f"/orders/{secrets.token_hex(8)}"),
    ]
    return chance.sample(found, len(found))


def turned_away() -> list[Visit]:
    """Requests that the shop can't serve, each for another reason."""
    nobody = f"c{secrets.randbelow(10**8):08}"
    return [
        Visit("checkout", "POST", "/orders", {"customer": nobody, "payment": "shells"}),
        Visit("checkout", "POST", "/orders", {"customer": nobody, "payment": "card"}),
        Visit("checkout", "POST", "/cart", {"customer": nobody, "product": 90000 + secrets.randbelow(9999)}),
        Visit("checkout", "POST", "/cart", {"customer": nobody}),
        Visit("checkout", "GET", f"/orders/%22{secrets.token_hex(6)}%5C%E5%A2%A8"),
        Visit("catalog", "GET", "/browse?category=ink&page=last"),
    ]


class Strangers:
    """Requests without a context that counts: by the front's lines alone it is known what they are called."""

    def __init__(self, morning: Morning, visits: list[Visit]) -> None:
        self.morning, self.visits = morning, visits
        self.before = {str(line.get("trace_id")) for line in morning.lines("front")}
        self.found: set[tuple[str, str]] = set()
        for visit in visits:
            send(morning, visit)

    def lost(self) -> list[tuple[Visit, str]]:
        """Those that lead nowhere, with what was seen of them."""
        lines = [line for line in self.morning.lines("front") if str(line.get("trace_id")) not in self.before]
        logged = {name: self.morning.logged(name) for name in {visit.service for visit in self.visits}}
        first = {visit.path.partition("?")[0]: visit for visit in reversed(self.visits)}.values()
        return [(visit, seen) for visit in first if (seen := self.unlike(visit, lines, logged[visit.service]))]

    def unlike(self, visit: Visit, lines: list[dict[str, Any]], logged: set[str]) -> str:
        """What is not as it should be with the requests for the path of this one; empty where all is well."""
        sent = sum(other.path.partition("?")[0] == visit.path.partition("?")[0] for other in self.visits)
        ids = {str(line.get("trace_id")) for line in lines if visit.is_told_by(line)}
        made = {one for one in ids if ID.fullmatch(one)}
        if len(made) < sent:
            return reason("unlike", count=len(made), sent=sent)
        if taken := next((one for one in made for other in self.visits if one in (other.header or "").lower()), ""):
            return reason("unlike-2", taken=taken)
        for one in sorted(made):
            if one not in logged:
                return reason("unlike-3", one=one, service=visit.service)
            if (visit.service, one) not in self.found:
                if not self.morning.took_part(one, visit.service):
                    return reason("unlike-4", one=one, service=visit.service)  # fmt: skip
                self.found.add((visit.service, one))
        return ""


def send(morning: Morning, visit: Visit) -> int:
    """Send a request to the front; gives the status of its answer."""
    headers = {} if visit.header is None else {"traceparent": visit.header}
    return morning.scene.ask(visit.method, "front", visit.path, json=visit.body, headers=headers).status
