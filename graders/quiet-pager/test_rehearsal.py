"""A live run: the same rules and routes, the shop as it is, and a second for a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kikori.errors import OurFault
from kikori.grading import eventually, reasons, say

if TYPE_CHECKING:
    from conftest import Tool

reason = reasons(__file__)

NIGHTS = (
    "test_batch_is_quiet",
    "test_deploy_is_quiet",
    "test_cache_is_quiet",
    "test_leak",
    "test_orders",
    "test_outage",
    "test_other_causes",
    "test_again",
    "test_hurt_while_busy",
    "test_other_alarms",
    "test_within_the_promise",
    "test_unscraped",
    "test_inside",
)
MET = ("orders were refused beside a batch job", "バッチの横で注文を断りました")


def well(seen: Any) -> bool:
    """A rehearsal as it should be."""
    return (
        isinstance(seen, dict) and seen["ready"] and not seen["quiet"] and seen["after"] is not None
    )  # which needs the page before


@pytest.mark.timeout(180)
@pytest.mark.needs(*NIGHTS, "test_watching", "test_nothing_silenced")
def test_live(tool: Tool) -> None:
    """Live: silent beside a batch job, loud when orders are refused there and in an outage.

    ja: 実際に動かすと、バッチの横では黙り、そこで注文が断られれば鳴り、停止でも鳴る。
    """
    # A machine that is busy with other things may miss scrapes, and take for silence what was only late: once more.
    seen = eventually(lambda: tool("rehearse"), well, within=32)
    if isinstance(seen, str) or not (seen["ready"] and seen["pager"]):
        raise OurFault(f"the rehearsal could not be held: {seen}")
    assert not seen["quiet"], reason("live", quiet=seen["quiet"][0])
    trouble = say(*(("the shop was taken away", "店を止めました") if seen["refused"] is not None else MET))
    assert None not in (seen["refused"], seen["after"]), reason("live-2", trouble=trouble)
