"""Does the dashboard show how full the shop is, and not how many come?"""

from statistics import mean
from typing import Any

import pytest

from kikori.grading import reasons

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(200)
WINDOW = 5
THREADS = 8
ALONE = 0.3  # how full a service may be said to be by one customer at a time: an eighth, and what the staff ask
HELD = 0.6  # the part of what is taken for longer than the window that is shown at least
SLOW = {"catalog": 0.18, "checkout": 1.3}  # seconds that each takes in the drive, at least


def of_service(drive: Any, service: str) -> dict[int, float]:
    """The series of Saturation that belongs to a service, by a label or its legend."""
    for query in drive.dashboard.panels["saturation"]:
        for one in query.series:
            names = {*one.labels.values(), query.legend.lower()}
            if any(name.split(":")[0] == service for name in names):
                return dict(one.points)
    return {}


def load(drive: Any, service: str) -> float:
    """The least share of its threads that a service needed in the drive."""
    buyers = [row for row in drive.truth["requests"] if row["route"].startswith(("/cart", "/orders"))]
    count = len(buyers) if service == "checkout" else len(drive.truth["requests"]) - len(buyers)
    return float(count * SLOW[service] / (drive.truth["sent"] - drive.truth["began"]) / THREADS)


@pytest.mark.needs("test_queries_answer")
def test_saturation(drive: Any, strangers: Any, held: Any) -> None:
    """Saturation shows for each service how full it is.

    ja: Saturation は、サービスごとに、どれだけ埋まっているかを示す。
    """
    for service in ("catalog", "checkout"):
        points = of_service(drive, service)
        assert points, reason("saturation", service=service)
        idle = min((value for at, value in points.items() if at <= 0), default=0.0)
        full = max((value for at, value in points.items() if 0 < at <= drive.sent + WINDOW), default=0.0)
        needed = load(drive, service)
        assert idle <= 0.2, reason("saturation-2", service=service, idle=idle)
        assert max(idle + 0.05, needed / 2) <= full <= 2, reason(
            "saturation-3", service=service, needed=needed, idle=idle, full=full
        )
        fewer = waited(drive.morning, service) / waited(drive, service)
        knows_waiting(service, typical(drive.morning, service) - idle, full - idle, fewer)
    one = min((value for at, value in of_service(strangers, "catalog").items() if at >= 0), default=0.0)
    assert one <= ALONE, reason("one-at-a-time", shown=one)
    for service, count in held.inside.many.items():
        knows_unanswered(held, service, count)


def typical(drive: Any, service: str) -> float:
    """What Saturation showed on average while customers came, once its window was full of them."""
    shown = of_service(drive, service)
    return mean([shown.get(at, 0.0) for at in range(WINDOW, drive.sent + 1)] or [0.0])


def waited(drive: Any, service: str) -> float:
    """The seconds that customers waited for a service in a second of a drive, by their own record."""
    is_its = service == "checkout"
    rows = [row for row in drive.truth["requests"] if row["route"].startswith(("/cart", "/orders")) == is_its]
    return float(sum(row["seconds"] for row in rows) / (drive.truth["sent"] - drive.truth["began"]))


def knows_waiting(service: str, quick: float, slow: float, fewer: float) -> None:
    """As many customers fill a service less when each is answered at once, by nearly as much as they waited less.

    On a busy computer nobody is answered at once, so that half is asked for where they waited a quarter as long.
    """
    assert quick <= slow * max(0.5, fewer**0.5), reason("knows-waiting", service=service, quick=quick, slow=slow)


def knows_unanswered(held: Any, service: str, count: int) -> None:
    """Whoever is inside fills a service, though nobody has been answered yet, and whoever sent the request."""
    lasted = held.inside.ended - held.inside.began
    points = of_service(held, service)
    # Up to now nobody has come out: what is shown later may be told by those who have.
    shown = max((value for at, value in points.items() if WINDOW <= at <= lasted), default=0.0)
    needed = count / THREADS
    assert shown >= HELD * needed, reason(
        "knows-unanswered", service=service, count=count, seconds=lasted, needed=needed, shown=shown
    )
