"""Does a crowd at one station's counter get numbers and slips, without one waiting for the other's slip?"""

from __future__ import annotations

from typing import Any

import pytest

from kikori.grading import reasons

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(90)


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_printers_keep_their_pace(visit: Any) -> None:
    """The slip printers are as they were: they belong to another department.

    ja: 伝票のプリンターは元のまま。ほかの部署のものである。
    """
    seen = visit.printed
    as_before = seen.status == 200 and seen.seconds > visit.printing * 0.9
    assert as_before, reason(
        "printers-keep-their-pace", printing=visit.printing, seconds=seen.seconds, status=seen.status
    )


@pytest.mark.needs("test_services_are_up")
def test_crowd_gets_its_numbers(visit: Any) -> None:
    """When several report something at one station at a time, each gets a number, and no two the same.

    ja: 一つの駅で何人かが同時に届け出ても、全員が番号をもらい、同じ番号はない。
    """
    statuses = [seen.status for seen in visit.crowd]
    numbers = [seen.facts.get("number") for seen in visit.crowd if isinstance(seen.facts, dict)]
    fine = statuses == [201] * visit.crowd_size and len({*numbers}) == visit.crowd_size
    assert fine, reason("crowd-gets-its-numbers", crowd_size=visit.crowd_size, statuses=statuses, numbers=numbers)


@pytest.mark.needs("test_crowd_gets_its_numbers", "test_printers_keep_their_pace")
def test_crowd_is_not_held_up(visit: Any) -> None:
    """In a crowd at one station nobody waits for the others' slips.

    ja: 一つの駅が混んでいても、ほかの人の伝票を待たされない。
    """
    bound = 3 * max(visit.printing, visit.printed.seconds)
    assert visit.slowest < bound, reason(
        "crowd-is-not-held-up",
        crowd_size=visit.crowd_size,
        slowest=visit.slowest,
        seconds=visit.alone.seconds,
        printing=visit.printing,
    )


@pytest.mark.needs("test_crowd_gets_its_numbers")
def test_slips(visit: Any) -> None:
    """Everybody who reports something gets a slip with their number.

    ja: 届け出た人は全員、自分の番号の伝票を受け取る。
    """
    missing = visit.slips()
    assert not missing, reason("slips", count=len(visit.made), count_2=len(missing), missing=missing[0][0])
