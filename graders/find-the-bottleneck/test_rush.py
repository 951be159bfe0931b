"""Does a crowd at one station's counter get numbers and slips, without one waiting for the other's slip?"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

import pytest

from kikori.grading import Scene, family, in_words, quoted, reasons

reason = reasons(__file__)

AROUND = "kikori/find-the-bottleneck-around"
PROGRAMS = ("python", "gunicorn")
"""How the names of programs begin that do the desk's work; what only starts them is root's, and may be."""
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


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_services_are_up")
def test_others_are_as_they_were(scene: Scene) -> None:
    """What runs the printers and the passengers is as it was: neither is the office's to change.

    ja: プリンターと乗客を動かすものは元のまま。どちらも、センターが変えてよいものではない。
    """
    before = scene.debug("passengers", AROUND)
    for service in ("printer", "passengers"):
        listed = before.check_output("find /srv/around /etc/roles/%s -type f -exec sha256sum {} +", service)
        for digest, path in [line.split(maxsplit=1) for line in listed.splitlines()]:
            same = hashlib.sha256(scene.read(service, path).encode()).hexdigest() == digest
            assert same, reason("others-are-as-they-were", service=service, path=path)


@pytest.mark.static
@pytest.mark.needs("test_services_are_up")
def test_desk_is_not_root(scene: Scene) -> None:
    """No program that does the desk's work is root.

    ja: desk の仕事をするプログラムは、どれも root で動いていない。
    """
    first = int(scene.inspect("desk")["State"]["Pid"])
    own = family(scene.processes("desk"), first)
    rooted = [one.command for one in own if one.is_root and one.program.startswith(PROGRAMS)]
    assert not rooted, reason("desk-is-not-root", command=quoted(" ".join(rooted[:1])))


@pytest.mark.needs("test_services_are_up")
def test_crowd_gets_its_numbers(visit: Any) -> None:
    """When several report something at one station at a time, each gets a number, and no two the same.

    ja: 一つの駅で何人かが同時に届け出ても、全員が番号をもらい、同じ番号はない。
    """
    told = [seen for _, seen in visit.made]
    refused = [seen.status for seen in told if not seen.is_done]
    without = sum(seen.is_done and seen.number is None for seen in told)
    shared = [number for number, times in Counter(number for number, _ in visit.told()).items() if times > 1]
    fine = not (refused or without or shared)
    assert fine, reason(
        "crowd-gets-its-numbers",
        count=len(told),
        crowd_size=visit.crowd_size,
        refused=refused,
        without=without,
        shared=shared,
    )


@pytest.mark.needs("test_crowd_gets_its_numbers")
def test_claims_are_kept(visit: Any) -> None:
    """Under the number that somebody was given, the database has what they reported, and nobody else's claim.

    ja: 渡された番号で、その人の届け出だけが記録されている。
    """
    wrong = visit.misplaced()
    assert not wrong, reason(
        "claims-are-kept", count=len(visit.made), count_2=len(wrong), station=visit.station, numbers=wrong[:3]
    )


@pytest.mark.needs("test_crowd_gets_its_numbers")
def test_nothing_piles_up(visit: Any) -> None:
    """A crowd leaves nothing behind at the desk.

    ja: 混雑が過ぎたあと、desk には何も残らない。
    """
    assert not visit.left, reason("nothing-piles-up", crowd_size=visit.crowd_size, left=in_words(visit.left))


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
    """Everybody who reports something gets one slip with their number.

    ja: 届け出た人は全員、自分の番号の伝票を1枚受け取る。
    """
    missing = visit.slips()
    assert not missing, reason("slips", count=len(visit.made), count_2=len(missing), missing=missing[0])


@pytest.mark.needs("test_slips", "test_crowd_is_not_held_up")
def test_slips_are_printed_side_by_side(visit: Any) -> None:
    """In a crowd at one station no slip waits for another to be printed.

    ja: 一つの駅が混んでいても、伝票は、ほかの伝票の印刷を待たずに出てくる。
    """
    bound = 3.5 * max(visit.printing, visit.printed.seconds)
    assert visit.slips_apart < bound, reason(
        "slips-are-printed-side-by-side",
        crowd_size=visit.crowd_size,
        apart=visit.slips_apart,
        printing=visit.printing,
    )
