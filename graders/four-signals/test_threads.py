"""Does the dashboard show how full the shop is, and not how many come?"""

from statistics import mean
from typing import Any

import pytest

from kikori.grading import say

pytestmark = pytest.mark.timeout(200)
WINDOW = 5
THREADS = 8
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
def test_saturation(drive: Any) -> None:
    """Saturation shows for each service how full it is.

    ja: Saturation は、サービスごとに、どれだけ埋まっているかを示す。
    """
    for service in ("catalog", "checkout"):
        points = of_service(drive, service)
        assert points, say(
            f"expected a series of Saturation with a label or a legend {service}",
            f"Saturation には、ラベルか凡例が {service} の系列があるはずです",
        )
        idle = min((value for at, value in points.items() if at <= 0), default=0.0)
        full = max((value for at, value in points.items() if 0 < at <= drive.sent + WINDOW), default=0.0)
        needed = load(drive, service)
        assert idle <= 0.2, say(
            f"nobody was in the shop, and Saturation said that {service} was {idle:.2f} full",
            f"店に誰もいないとき、Saturation は {service} が {idle:.2f} 埋まっていると言いました",
        )
        assert max(idle + 0.05, needed / 2) <= full <= 2, say(
            f"under load {service} was {needed:.2f} full at least, by what it has least of; "
            f"Saturation was {idle:.2f} before and {full:.2f} at most",
            f"負荷の中で {service} は、いちばん少ししかないもので見て、少なくとも {needed:.2f} 埋まっていました。"
            f"Saturation は、前が {idle:.2f}、最大で {full:.2f} でした",
        )
        knows_waiting(service, typical(drive.morning, service) - idle, full - idle)


def typical(drive: Any, service: str) -> float:
    """What Saturation showed on average while customers came, once its window was full of them."""
    shown = of_service(drive, service)
    return mean([shown.get(at, 0.0) for at in range(WINDOW, drive.sent + 1)] or [0.0])


def knows_waiting(service: str, quick: float, slow: float) -> None:
    """As many customers fill a service less when each is answered at once."""
    assert quick <= slow / 2, say(
        f"the same customers came twice, as many in a second; once each was answered at once, once {service} was slow "
        f"and its threads were taken. Saturation rose by {quick:.2f} and by {slow:.2f}: it tells how many come, "
        f"and not how full it is",
        f"同じ客が、毎秒同じ数だけ、二度来ました。一度はすぐに応え、一度は {service} が遅く、スレッドが埋まりました。"
        f"Saturation の上がり方は {quick:.2f} と {slow:.2f} です。来る数を示していて、埋まり具合を示していません",
    )
