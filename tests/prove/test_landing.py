"""What a landing executes: decided from rows, keys, the commit and a budget alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kikori.prove.landing import DRAWN, OLDEST, OWED, SETTLED, Known, Landing, Why, select
from kikori.prove.ledger import Row

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
NAMES = ("healthy", "torn", "torn/fixes/sew", "torn/traps/glue", "torn/traps/hide")


def row(days: float = 3, *, key: str = "k", engine: str = "e", processor: float = 10.0) -> Row:
    at = NOW - timedelta(days=days)
    return Row(key=key, engine=engine, seed=1, processor=processor, wall=20, at=at, docker="26", kernel="6")


def demand(name: str, lab: str = "lab", **about: object) -> Known:
    return Known(lab=lab, name=name, key="k", engine="e", row=row(**about))  # type: ignore[arg-type]


def labs(many: int, **about: object) -> list[Known]:
    return [demand(name, f"lab-{number}", **about) for number in range(many) for name in NAMES]


def landing(commit: str = "c0ffee", budget: float = 0.0, number: int = 7) -> Landing:
    return Landing(commit=commit, number=number, now=NOW, budget=budget)


def chosen(demands: list[Known], at: Landing) -> dict[str, Why]:
    return {one.demand.id: one.why for one in select(demands, at)}


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (Known(lab="lab", name="torn", key="k", engine="e"), Why.MISSING),
        (demand("torn", key="another lab's, or a spoiled one"), Why.MISSING),
        (demand("torn", days=-0.01), Why.FUTURE),
        (demand("torn", days=0.9), Why.FRESH),
        (demand("torn", days=14.1), Why.EXPIRED),
    ],
    ids=["no row", "another key", "from the future", "younger than a day", "too old"],
)
def test_what_must_be_executed_is_without_a_budget(one: Known, why: Why) -> None:
    assert chosen([one, *labs(20)], landing())["lab torn"] is why


@pytest.mark.parametrize("days", [0.1, 15.0], ids=["younger than a day", "too old"])
def test_a_lab_that_was_recorded_alone_is_executed_whole(days: float) -> None:
    found = chosen([*labs(1, days=days), *labs(20)[len(NAMES) :]], landing(budget=25))
    assert {f"lab-0 {name}" for name in NAMES} <= {name for name, why in found.items() if why is not Why.DRAWN}


@pytest.mark.parametrize(("days", "why"), [(0.1, Why.FRESH), (15.0, Why.EXPIRED)], ids=["younger", "too old"])
def test_of_many_recorded_labs_each_shows_some_and_the_commit_draws_the_rest(days: float, why: Why) -> None:
    demands, budget = labs(40, days=days), 40 * 30 / OWED + 50
    ends = [select(demands, landing(commit, budget)) for commit in "abcdefgh"]
    for end in ends:
        owed = [one.demand for one in end if one.why is why]
        assert sum(one.cost for one in owed) == pytest.approx(OWED * budget, abs=10)
        for number in range(40):
            names = {one.name for one in owed if one.lab == f"lab-{number}"}
            assert {"healthy", "torn"} < names
            assert names & {"torn/traps/glue", "torn/traps/hide"}
    assert len({frozenset(one.demand.id for one in end) for end in ends}) == len(ends)


def test_of_more_labs_than_there_is_time_for_each_shows_one() -> None:
    budget = 40 * 20 / OWED
    ends = [select(labs(40, days=0.1), landing(commit, budget)) for commit in "abcdefgh"]
    sorts = set[str]()
    for end in ends:
        owed = [one.demand for one in end if one.why is Why.FRESH]
        assert sum(one.cost for one in owed) == pytest.approx(OWED * budget, abs=10)
        assert {one.lab for one in owed} == {f"lab-{number}" for number in range(40)}
        sorts |= {one.name for one in owed if one.lab == "lab-0"}
    assert sorts >= {"healthy", "torn"}


def test_what_was_never_recorded_is_executed_whatever_it_costs() -> None:
    missing = [Known(lab=f"new-{number}", name=name, key="k", engine="e") for number in range(40) for name in NAMES]
    assert len(select(missing, landing(budget=10))) == len(missing)


def test_a_lab_whose_rows_are_young_shows_them_once_though_the_engine_changed() -> None:
    found = chosen(labs(1, days=0.1, engine="of before"), landing())
    assert Why.ENGINE not in found.values()


@pytest.mark.parametrize("days", [SETTLED / timedelta(days=1), OLDEST / timedelta(days=1)])
def test_a_row_counts_from_a_day_to_fourteen(days: float) -> None:
    assert "lab torn" not in chosen([*labs(60, days=days), demand("torn", days=days)], landing("a" * 40))


def test_nothing_else_is_executed_without_a_budget_but_what_is_drawn() -> None:
    found = chosen(labs(20), landing())
    assert list(found.values()) == [Why.DRAWN] * DRAWN


def test_another_commit_draws_others() -> None:
    draws = {frozenset(chosen(labs(20), landing(commit))) for commit in "abcdefgh"}
    assert len(draws) == 8


def test_the_same_commit_draws_the_same() -> None:
    assert chosen(labs(20), landing()) == chosen(labs(20)[::-1], landing())


def test_of_a_changed_engine_one_demand_of_each_sort_is_executed_in_every_lab() -> None:
    found = select([*labs(3, engine="of before"), *labs(2)[5:]], landing(budget=3 * 30 / OWED))
    executed = {one.demand.id for one in found if one.why is Why.ENGINE}
    for number in range(3):
        names = {name for name in NAMES if f"lab-{number} {name}" in executed}
        assert {"healthy", "torn"} < names
        assert len(names) == 3


def test_work_without_a_fault_has_its_fix_and_its_replay_executed_on_a_changed_engine() -> None:
    unfinished = [demand(name, engine="of before") for name in ("unfinished", "fixes/a", "fixes/b", "traps")]
    executed = {one.demand.name for one in select(unfinished, landing(budget=30)) if one.why is Why.ENGINE}
    assert {"unfinished", "traps"} < executed
    assert len(executed) == 3


@pytest.mark.parametrize("budget", [0, 40 * 20 / OWED], ids=["none", "two of three"])
def test_a_changed_engine_is_tried_in_every_lab_and_costs_no_more_than_there_is_time_for(budget: float) -> None:
    ends = [select(labs(40, engine="of before"), landing(commit, budget)) for commit in "abcdefgh"]
    sorts = set[str]()
    for end in ends:
        executed = [one.demand for one in end if one.why is Why.ENGINE]
        assert sum(one.cost for one in executed) == pytest.approx(max(40 * 10, OWED * budget))
        assert {one.lab for one in executed} == {f"lab-{number}" for number in range(40)}
        sorts |= {one.name for one in executed if one.lab == "lab-0"}
    assert sorts >= {"healthy", "torn"}


def test_what_is_owed_and_what_a_changed_engine_asks_for_share_the_time() -> None:
    demands = [*labs(20, days=0.1), *labs(40, engine="of before")[20 * len(NAMES) :]]
    found = select(demands, landing(budget=40 * 20 / OWED))
    due = [one for one in found if one.why in (Why.FRESH, Why.ENGINE)]
    assert sum(one.demand.cost for one in due) == pytest.approx(40 * 20)
    assert {one.demand.lab for one in due} == {f"lab-{number}" for number in range(40)}


def test_of_a_changed_engine_the_oldest_come_first_and_the_cheaper_half_take_turns() -> None:
    demands = [
        demand("torn/traps/dear", engine="of before", days=9, processor=50),
        demand("torn/traps/dearer", engine="of before", days=9, processor=60),
        demand("torn/traps/cheap", engine="of before", days=9, processor=5),
        demand("torn/traps/cheaper", engine="of before", days=9, processor=4),
        demand("torn/traps/young", engine="of before", days=2, processor=1),
    ]
    executed = [
        [one.demand.name for one in select(demands, landing(str(number))) if one.why is Why.ENGINE]
        for number in range(20)
    ]
    assert all(len(names) == 1 for names in executed)
    assert {names[0] for names in executed} == {"torn/traps/cheap", "torn/traps/cheaper"}


def test_those_whose_turn_it_is_fill_the_budget() -> None:
    demands = [*labs(4, days=9), *labs(30, days=2)]
    turns = [
        {one.demand.id: one.why for one in select(demands, landing(budget=100, number=number))} for number in range(3)
    ]
    due = [{name for name, why in turn.items() if why is Why.TURN} for turn in turns]
    assert all(10 - DRAWN <= len(some) <= 10 for some in due)
    assert sum(map(len, due)) == len(set.union(*due)) > 20


def test_what_must_be_executed_is_paid_from_the_budget() -> None:
    missing = [Known(lab="new", name=name, key="k", engine="e") for name in NAMES]
    found = select([*missing, *labs(20)], landing(budget=60))
    assert not [one for one in found if one.why is Why.TURN]


def test_none_is_executed_twice() -> None:
    found = select(labs(4, days=20, engine="of before"), landing(budget=10_000))
    assert len({one.demand.id for one in found}) == len(found) == 20


@pytest.mark.parametrize("beginning", [0, 17, 40, 1000])
@pytest.mark.parametrize("part", [0.12, 0.15, 0.25])
def test_in_fourteen_landings_all_have_had_their_turn_though_nobody_records_anew(beginning: int, part: float) -> None:
    """Without what is drawn, and without what expires."""
    demands = [demand(f"{name}", f"lab-{n}", processor=1.0 + n % 30) for n in range(60) for name in NAMES]
    budget = part * sum(one.cost for one in demands)
    seen: set[str] = set()
    for number in range(beginning, beginning + 14):
        found = select(demands, landing("the same", budget, number))
        seen |= {one.demand.id for one in found if one.why is Why.TURN}
    drawn = {one.demand.id for one in found if one.why is Why.DRAWN}
    assert seen | drawn == {one.id for one in demands}
