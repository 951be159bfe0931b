"""Does a crowd at one station's counter get numbers and slips, without one waiting for the other's slip?"""

from __future__ import annotations

from typing import Any

import pytest

from kikori.grading import say

pytestmark = pytest.mark.timeout(90)


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_printers_keep_their_pace(visit: Any) -> None:
    """The slip printers are as they were: they belong to another department.

    ja: 伝票のプリンターは元のまま。ほかの部署のものである。
    """
    seen = visit.printed
    as_before = seen.status == 200 and seen.seconds > visit.printing * 0.9
    assert as_before, say(
        f"a slip should take {visit.printing} s to print, as in the stations; it took {seen.seconds:.2f} s "
        f"(status {seen.status})",
        f"伝票の印刷には、駅と同じく {visit.printing} 秒かかるはずですが、{seen.seconds:.2f} 秒でした"
        f"（ステータス {seen.status}）",
    )


@pytest.mark.needs("test_services_are_up")
def test_crowd_gets_its_numbers(visit: Any) -> None:
    """When several report something at one station at a time, each gets a number, and no two the same.

    ja: 一つの駅で何人かが同時に届け出ても、全員が番号をもらい、同じ番号はない。
    """
    statuses = [seen.status for seen in visit.crowd]
    numbers = [seen.facts.get("number") for seen in visit.crowd if isinstance(seen.facts, dict)]
    fine = statuses == [201] * visit.crowd_size and len({*numbers}) == visit.crowd_size
    assert fine, say(
        f"{visit.crowd_size} people reported something at once and were told {statuses}; numbers: {numbers}",
        f"{visit.crowd_size} 人が同時に届け出て、返ったステータスは {statuses}、番号は {numbers} でした",
    )


@pytest.mark.needs("test_crowd_gets_its_numbers", "test_printers_keep_their_pace")
def test_crowd_is_not_held_up(visit: Any) -> None:
    """In a crowd at one station nobody waits for the others' slips.

    ja: 一つの駅が混んでいても、ほかの人の伝票を待たされない。
    """
    bound = 3 * max(visit.printing, visit.printed.seconds)
    assert visit.slowest < bound, say(
        f"{visit.crowd_size} people reported something at once: the last of them was done after {visit.slowest:.1f} s, "
        f"one alone after {visit.alone.seconds:.1f}; a slip takes {visit.printing} s, and there are printers enough. "
        "Who waits for whom?",
        f"{visit.crowd_size} 人が同時に届け出ると、最後の人が終わるまで {visit.slowest:.1f} 秒、ひとりなら "
        f"{visit.alone.seconds:.1f} 秒でした。伝票は1枚 {visit.printing} 秒、プリンターは足りています。"
        "誰が誰を待っていますか",
    )


@pytest.mark.needs("test_crowd_gets_its_numbers")
def test_slips(visit: Any) -> None:
    """Everybody who reports something gets a slip with their number.

    ja: 届け出た人は全員、自分の番号の伝票を受け取る。
    """
    missing = visit.slips()
    assert not missing, say(
        f"of {len(visit.made)} people who reported something, {len(missing)} got no slip; the first of them has number "
        f"{missing[0][0]}",
        f"届け出た {len(visit.made)} 人のうち {len(missing)} 人に伝票が出ていません。最初のひとりの番号は "
        f"{missing[0][0]} です",
    )
