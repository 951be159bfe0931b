"""What kill-the-toil's checks make of books that were kept rightly and wrongly. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = pytest.mark.stands_on("kill-the-toil", code=STANDS_ON)
PLACES = ("graders/kill-the-toil", "labs/kill-the-toil/images/office")
SEEDS = range(20)


@pytest.fixture
def load() -> Iterator[Import]:
    with modules_of(*(paths.ROOT / place for place in PLACES)) as load:
        yield load


def act(world: Any, ticket: dict[str, Any], key: str = "") -> None:
    """Carry a ticket out, whoever should have decided it."""
    asks = ticket["asks"]
    if ticket["kind"] == "access":
        world.join(asks["group"], asks["user"])
    elif ticket["kind"] == "quota":
        world.grow(asks["volume"], {"gb": asks["gb"]}, key)
    else:
        world.sign({"host": asks["host"], "for": str(ticket["id"])})


def worked(load: Import, week: dict[str, Any]) -> Any:
    """A world in which each ticket of a week was worked as it should be."""
    world, codes = load("machikado.world").World(week), load("truth").codes_of(week)
    for ticket in week["tickets"]:
        number, reasons = str(ticket["id"]), sorted(codes[ticket["id"]])
        if not reasons:
            act(world, ticket, key=number)
        world.close(number, {"status": "person", "reason": reasons[0]} if reasons else {"status": "done"})
    return world


@pytest.mark.parametrize("seed", SEEDS)
def test_right_books_are_right_and_each_week_has_all_that_comes(load: Import, seed: int) -> None:
    weeks, truth = load("weeks"), load("truth")
    week = weeks.main(Random(seed)).week
    state, codes = worked(load, week).state(), truth.codes_of(week)
    assert truth.compare_books(week, state, truth.as_always(week)).right
    assert not any(truth.compare_tickets(state, codes))
    assert {"remark", "unknown", "restricted", "not-theirs", "too-much"} == set().union(*codes.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_week_changes_once_it_is_shown(load: Import, seed: int) -> None:
    weeks, truth = load("weeks"), load("truth")
    drawn = weeks.main(Random(seed))
    before, after = truth.codes_of(drawn.week), truth.codes_of(drawn.changed)
    assert (before[drawn.roomier["id"]], after[drawn.roomier["id"]]) == ({"too-much"}, set())
    assert (before[drawn.decided["id"]], after[drawn.decided["id"]]) == (set(), {"restricted"})
    assert drawn.withdrawn["id"] not in after
    turned = [number for number, reasons in after.items() if "restricted" in reasons - before.get(number, set())]
    assert turned == [drawn.decided["id"]]
    assert not after[drawn.late["id"]]
    assert (before[drawn.larger["id"]], after[drawn.larger["id"]]) == ({"too-much"}, set())
    assert drawn.larger["asks"]["gb"] < drawn.changed["policy"]["most_gb"]


@pytest.mark.parametrize("seed", SEEDS)
def test_hosts_whose_answers_are_lost_are_two_of_one_ticket_each(load: Import, seed: int) -> None:
    drawn = load("weeks").absence(Random(seed))
    asked = [one["asks"]["host"] for one in drawn.week["tickets"] if one["kind"] == "certificate"]
    assert drawn.host != drawn.cut
    assert [asked.count(drawn.host), asked.count(drawn.cut)] == [1, 1]


@pytest.mark.parametrize("seed", SEEDS)
def test_tickets_that_come_later_are_not_in_the_week(load: Import, seed: int) -> None:
    weeks, truth = load("weeks"), load("truth")
    drawn = weeks.unclosed(Random(seed))
    numbers = [one["id"] for one in drawn.week["tickets"]]
    assert drawn.usual["id"] in numbers
    assert max(numbers) < drawn.person["id"] < drawn.late["id"]
    later = {**drawn.week, "tickets": [drawn.person, drawn.late]}
    assert truth.codes_of(later) == {drawn.person["id"]: {"remark"}, drawn.late["id"]: set()}


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_of_tickets_stand_in_the_list_for_something_else(load: Import, seed: int) -> None:
    drawn = load("weeks").main(Random(seed))
    asked = {one["id"] for one in drawn.changed["tickets"] if one["kind"] == "certificate"}
    assert asked & {one["serial"] for one in drawn.changed["certificates"]}
    assert asked.isdisjoint(int(one["for"]) for one in drawn.changed["certificates"])


@pytest.mark.parametrize("done", [(0,), (1,), (0, 1), ()])
def test_of_two_that_have_room_for_one_either_may_be_done(load: Import, done: tuple[int, ...]) -> None:
    weeks, truth = load("weeks"), load("truth")
    drawn = weeks.main(Random(7))
    pair = sorted(drawn.pair, key=lambda one: int(one["id"]))
    world = load("machikado.world").World(drawn.week)
    for at in done:
        world.close(str(pair[at]["id"]), {"status": "done"})
    assert truth.second_of(drawn.pair, world.state()) == pair[0 if done == (1,) else 1]["id"]


@pytest.mark.parametrize("kind", ["quota", "certificate"])
def test_what_was_done_twice_is_told(load: Import, kind: str) -> None:
    weeks, truth = load("weeks"), load("truth")
    week = weeks.mixed(Random(1), access=2, quota=2, certificate=2)
    world = worked(load, week)
    act(world, next(one for one in week["tickets"] if one["kind"] == kind))
    found = truth.compare_books(week, world.state(), truth.as_always(week))
    assert len(found.twice) == 1
    assert not found.lacking
    assert not found.uncalled


def test_same_key_grows_once(load: Import) -> None:
    weeks, truth = load("weeks"), load("truth")
    week = weeks.mixed(Random(2), access=0, quota=2, certificate=0)
    world = worked(load, week)
    for ticket in week["tickets"]:
        act(world, ticket, key=str(ticket["id"]))
    assert truth.compare_books(week, world.state(), truth.as_always(week)).right


def test_what_was_closed_and_not_done_is_told(load: Import) -> None:
    weeks, truth = load("weeks"), load("truth")
    week = weeks.mixed(Random(3), access=1, quota=1, certificate=1)
    world = load("machikado.world").World(week)
    for ticket in week["tickets"]:
        world.close(str(ticket["id"]), {"status": "done"})
    found = truth.compare_books(week, world.state(), truth.as_always(week))
    assert len(found.lacking) == 3
    assert not any(truth.compare_tickets(world.state(), truth.codes_of(week)))


def test_what_a_person_should_have_decided_is_told_as_that(load: Import) -> None:
    weeks, truth = load("weeks"), load("truth")
    week = weeks.main(Random(4)).week
    world, codes = worked(load, week), truth.codes_of(week)
    ticket = next(one for one in week["tickets"] if "too-much" in codes[one["id"]])
    act(world, ticket)
    world.tickets[str(ticket["id"])]["status"] = "done"
    found = truth.compare_books(week, world.state(), truth.as_always(week))
    assert len(found.uncalled) == 1
    assert not found.twice
    assert truth.compare_tickets(world.state(), codes).closed == [ticket["id"]]


def test_certificate_that_names_no_ticket_is_told(load: Import) -> None:
    weeks, truth = load("weeks"), load("truth")
    week = weeks.mixed(Random(5), access=0, quota=0, certificate=1)
    world = load("machikado.world").World(week)
    world.sign({"host": week["tickets"][0]["asks"]["host"], "for": "the robot"})
    assert len(truth.compare_books(week, world.state(), week["tickets"]).unnamed) == 1


def test_dry_run_is_read_line_by_line(load: Import) -> None:
    said = "tickets of today\n1 do\n 2\tperson too-much\tand a word\n3 person remark\n4 do\nnothing was changed\n"
    codes: dict[int, set[str]] = {1: set(), 2: {"too-much"}, 3: {"unknown"}, 4: {"restricted"}, 5: set()}
    found = load("truth").compare_plan(said, codes)
    assert found == ([5], [4], [], ["3 remark"])


@pytest.mark.parametrize("seed", SEEDS)
def test_bad_forms_are_no_ticket_that_somebody_could_carry_out(load: Import, seed: int) -> None:
    weeks, truth = load("weeks"), load("truth")
    drawn = weeks.bad(Random(seed))
    usual = truth.as_always(drawn.week, drawn.codes)
    assert [one["kind"] for one in sorted(usual, key=lambda one: one["kind"])] == ["access", "certificate", "quota"]
    assert len(drawn.codes) == 12


def test_metrics_are_kept_as_pushgateway_keeps_them(load: Import) -> None:
    weeks, truth = load("weeks"), load("truth")
    world = load("machikado.world").World(weeks.mixed(Random(6), access=1, quota=0, certificate=0))
    assert world.push("tickets", "tickets_done 3", whole=True)[0] == 400
    world.push("tickets", "# TYPE tickets_done gauge\ntickets_done 3\ntickets_for_a_person 1\n", whole=True)
    world.push("tickets", "tickets_done 4\n", whole=False)
    assert truth.report_of(world.state()) == (4, 1, -1)
    world.push("tickets", "tickets_last_success_timestamp_seconds 1.5e9\n", whole=True)
    assert truth.report_of(world.state()) == (-1, -1, 1.5e9)


def test_each_success_that_was_told_is_read_with_its_counts(load: Import) -> None:
    weeks, truth = load("weeks"), load("truth")
    world = load("machikado.world").World(weeks.mixed(Random(6), access=1, quota=0, certificate=0))
    assert truth.report_of(world.state()) == (-1, -1, float(weeks.SUCCEEDED))
    assert truth.reports_of(world.state()) == []
    stamp = "tickets_last_success_timestamp_seconds"
    world.push("tickets", "tickets_done 3\ntickets_for_a_person 1\n", whole=False)
    world.push("tickets", f"{stamp} 1.8e9\n", whole=False)
    world.push("other", f"{stamp} 1.8e9\n", whole=True)
    world.push("tickets", f"tickets_done 0\ntickets_for_a_person 2\n{stamp} 1.9e9\n", whole=True)
    assert truth.reports_of(world.state()) == [(3, 1, 1.8e9), (0, 2, 1.9e9)]


def test_an_act_is_named_with_what_became_of_a_ticket(load: Import) -> None:
    truth = load("truth")
    assert truth.told_act({"at": 1.0, "what": "ticket", "name": "2541", "status": "person"}) == "ticket 2541 person"
    assert truth.told_act({"at": 1.0, "what": "growth", "name": "maps-api", "gb": 5}) == "growth maps-api"
