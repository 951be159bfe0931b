"""When on-call's town is played once more, and when not. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any

import pytest

from kikori import paths
from kikori.errors import OurFault
from lab_modules import modules_of

KINDS = {"browse": 40, "list": 14, "cart": 20, "order": 10, "look": 4}


@pytest.fixture
def conftest() -> Iterator[Any]:
    with modules_of(paths.ROOT / "graders" / "on-call") as load:
        yield load("conftest")


def met(**bad: dict[str, int]) -> dict[str, Any]:
    """What customers met; of each kind, how many were badly served and why."""
    return {
        kind: {"asked": many, "bad": sum(whys.values()), "taken": many - sum(whys.values()), "whys": whys}
        for kind, many in KINDS.items()
        for whys in [bad.get(kind, {})]
    }


def played(conftest: Any, *trigger: dict[str, Any], lag: float = 0.0) -> tuple[dict[str, Any], int]:
    """What is judged of plays, of which the last stands for all that follow, and how many there were."""
    plays = chain(trigger, repeat(trigger[-1]))
    looked = []

    def look() -> dict[str, Any]:
        looked.append({"trigger": next(plays), "after": met(), "lag": lag})
        return looked[-1]

    return conftest.Town(None).twice(look, spells=("trigger", "after")), len(looked)


@pytest.mark.parametrize(
    ("first", "plays"),
    [
        (met(), 1),
        (met(list={"slow": 3}), 1),
        (met(order={"slow": 4}), 1),
        (met(list={"slow": 4}), 2),
        (met(list={"slow": 14}, browse={"slow": 3}), 2),
        (met(list={"slow": 3, "504": 1}), 1),
    ],
)
def test_lateness_alone_is_looked_at_twice(conftest: Any, first: dict[str, Any], plays: int) -> None:
    """A list that is late, and nothing else, may be the computer's fault, and so may a page."""
    _, looked = played(conftest, first, met())
    assert looked == plays


def test_what_is_late_twice_is_late(conftest: Any) -> None:
    found, looked = played(conftest, met(list={"slow": 4}))
    assert looked == 2
    assert conftest.trigger_troubles(found["trigger"]) == {"list": "4/14 (slow)"}


def test_nothing_is_said_where_customers_themselves_come_late(conftest: Any) -> None:
    with pytest.raises(OurFault, match="too busy"):
        played(conftest, met(list={"504": 9}), lag=1.5)
