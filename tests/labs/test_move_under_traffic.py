"""What move-under-traffic makes of a book and a server's rows, and of when somebody failed. No Docker needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from kikori import paths

NAME = "move-under-traffic"
PLACES = (paths.ROOT / "graders" / NAME, paths.ROOT / "labs" / NAME / "images" / "street")
OURS = ("judging", "ledger")
ORDERS = {"a": (1, 5, False), "b": (2, 7, False), "c": (3, None, False), "d": (4, 9, True)}
GIVEN = [(1, "a"), (2, "b"), (3, "c")]
RIGHT = [(1, "a", 5), (2, "b", 7)]


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The modules of the grader and of the street, for this test alone."""
    for place in PLACES:
        monkeypatch.syspath_prepend(place)
    kept = {name: sys.modules.pop(name, None) for name in OURS}
    yield {name: import_module(name) for name in OURS}
    for name, module in kept.items():
        sys.modules.pop(name, None)
        if module:
            sys.modules[name] = module


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (RIGHT, {}),
        ([*RIGHT, (4, "d", 9)], {}),
        (RIGHT[:1], {"lost": ["b"]}),
        ([*RIGHT, (9, "b", 7)], {"doubled": ["b"]}),
        ([*RIGHT, (8, "d", 9), (9, "d", 9)], {"doubled": ["d"]}),
        ([(1, "a", 6), RIGHT[1]], {"changed": ["a"]}),
        ([*RIGHT, (3, "c", 2)], {"back": ["c"]}),
        ([(7, "a", 5), RIGHT[1]], {"number": ["a"]}),
        ([*RIGHT, (5, "z", 1)], {"strange": ["z"]}),
    ],
)
def test_rows_are_held_against_the_book(
    modules: dict[str, Any], rows: list[tuple[int, str, int]], found: dict[str, list[str]]
) -> None:
    seen = modules["ledger"].compare(ORDERS, GIVEN, rows)
    assert {name: some for name, some in seen.items() if some} == found


def test_number_of_a_cancelled_order_is_not_given_again(modules: dict[str, Any]) -> None:
    orders = ORDERS | {"e": (3, 4, False)}
    seen = modules["ledger"].compare(orders, [*GIVEN, (3, "e")], [*RIGHT, (3, "e", 4)])
    assert seen["twice"] == [3]


def test_failure_belongs_to_the_part_in_which_it_came(modules: dict[str, Any]) -> None:
    judging = modules["judging"]
    parts = [judging.Part("before", 10.0), judging.Part("prepare", 12.0), judging.Part("forward", 15.0)]
    told = {"kind": "late", "what": "order", "address": "old", "why": "status 502", "at": 14.9}
    assert judging.Failure.of(told, parts).part == "prepare"
    assert judging.Failure.of(told | {"at": 9.0}, parts).part == "before"
    assert judging.commonest([judging.Failure.of(told, parts)]) == "status 502"


RUNS = [
    "runsvdir /etc/service",
    "runsv door",
    "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups",
    "nginx: master process nginx -g daemon off;",
    "python3 /srv/shop/shop.py",
    "/usr/sbin/mariadbd --user=mysql --server-id=1 --init-file=/run/past.sql",
]


def test_services_of_a_server_are_known_by_name_whatever_their_options(modules: dict[str, Any]) -> None:
    programs = modules["judging"].programs
    assert programs(RUNS) == {"nginx: master", "python3 /srv/shop/shop.py", "/usr/sbin/mariadbd"}
    assert programs(["/usr/sbin/mariadbd --user=mysql --server-id=1", ""]) & programs(RUNS) == {"/usr/sbin/mariadbd"}


def test_no_supervisor_and_no_ssh_is_a_service(modules: dict[str, Any]) -> None:
    assert not modules["judging"].programs([*RUNS[:3], "sshd: root@notty", "/usr/sbin/sshd -D"])


AT_FIRST = [
    "0.0.0.0:22",
    ":::22",
    "127.0.0.11:40123",
    "0.0.0.0:8080",
    "0.0.0.0:8081",
    "0.0.0.0:3306",
    "/run/mysqld/mysqld.sock",
]


@pytest.mark.parametrize(
    "left", ["127.0.0.1:8081", "0.0.0.0:8080", "127.0.0.11:8081", "/run/mysqld/mysqld.sock", "@shop"]
)
def test_what_a_server_still_takes_from_itself_is_seen(modules: dict[str, Any], left: str) -> None:
    openings = modules["judging"].openings
    assert openings([*AT_FIRST[:3], left], AT_FIRST) == [left]
    assert openings(AT_FIRST[:2], AT_FIRST) == []
