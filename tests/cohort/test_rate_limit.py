"""How often somebody may ask."""

from kikori.cohort.server import rate_limit
from kikori.cohort.server.rate_limit import Pace


def test_so_many_in_so_many_seconds() -> None:
    asked = Pace(most=2, seconds=10)
    assert [asked.wait("ada", now) for now in (0.0, 4.0, 5.0, 9.0)] == [0.0, 0.0, 5.0, 1.0]
    assert asked.wait("ben", 9.0) == 0.0
    assert asked.wait("ada", 10.0) == 0.0
    assert asked.wait("ada", 11.0) == 3.0


def test_many_strangers_do_not_fill_the_memory() -> None:
    asked = Pace(seconds=10)
    for number in range(rate_limit.MOST_KNOWN * 3):
        asked.wait(str(number), number / 100)
    assert len(asked.asked) <= rate_limit.MOST_KNOWN + 1
