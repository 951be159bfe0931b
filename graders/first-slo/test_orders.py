"""Does the script count the orders of customers, in the day's log and in others?"""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kikori.grading import Scene, quoted, reasons, replica

if TYPE_CHECKING:
    from conftest import Truth, Work

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(110)
LOG = "/srv/log/access.log"
PATIENCE = 20
"""Seconds in which a log of one day is counted."""
ERRORS = "/tmp/errors"  # noqa: S108  # in a container
LARGEST = 2**20
"""Bytes of a drawn log, at most."""
BROWSERS = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_6) AppleWebKit/605.1.15 Version/18.6 Safari/605.1.15",
    "Mozilla/5.0 (X11; CrOS x86_64 16181.61.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Opera/9.80 (Windows NT 6.1; U; ja) Presto/2.12.388 Version/12.18",
    "Lynx/2.9.2 libwww-FM/2.14 SSL-MM/1.4.1",
    "Kawasemi/3.{} (iOS 19.1; ja)",
    "Dalvik/2.1.0 (Linux; U; Android 1{}; Pixel 7a)",
    "TackleBox/1.{} python-requests/2.32.4",
    "curl/8.1{}.1",
    "",
)
"""The front takes none of them for a crawler."""
CRAWLERS = (
    "Mozilla/5.0 (compatible; bingbot/2.{}; +https://crawl.example/)",
    "Mozilla/5.0 (Linux; Android 14) Chrome/141.0.0.0 Mobile Safari/537.36 (compatible; Tackle-BOT/{}.0)",
    "Baiduspider/2.{}",
    "Mozilla/5.0 (compatible; ShelfSpider; +https://spider.example/{})",
    "python-requests/3.0.{}",
)
KEPT = (200, 201, 202, 204, 302, 303, 307, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 422, 499)
FAILED = (429, 500, 501, 502, 503, 504, 505, 507, 511, 520, 530)
IN_TIME, LATE = (0.0, 0.04, 0.612, 0.999), (1.0, 1.001, 2.75, 10.02, 60.0)
NO_ORDERS = (
    ("GET", "/orders"),
    ("HEAD", "/orders"),
    ("OPTIONS", "/orders"),
    ("GET", "/orders/{}"),
    ("PUT", "/orders/{}"),
    ("DELETE", "/orders/{}"),
    ("POST", "/orders/{}/cancel"),
    ("POST", "/cart/orders"),
    ("POST", "/cart?then=/orders"),
    ("POST", "/search"),
)


class Request(NamedTuple):
    """A line of the log, and whether it counts."""

    method: str
    uri: str
    status: int
    took: float
    agent: str

    @property
    def is_valid(self) -> bool:
        """Whether it is an order of a customer."""
        return (self.method, self.uri) == ("POST", "/orders") and self.agent not in CRAWLERS

    @property
    def is_good(self) -> bool:
        """Whether it is one that was answered without a failure of the shop, and in time."""
        return self.is_valid and self.status in KEPT and self.took in IN_TIME

    def line(self, number: int, chance: Random) -> str:
        """As the front writes it."""
        second = 45 * number
        kept = {
            "time": f"2027-02-17T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.000+00:00",
            "method": self.method,
            "uri": self.uri.replace("{}", str(chance.randrange(10**6))),
            "status": self.status,
            "request_time": self.took,
            "user_agent": self.agent.replace("{}", str(chance.randrange(10))),
        }
        return json.dumps(kept, separators=(",", ":")) + "\n"


def drawn(chance: Random) -> list[Request]:
    """Another log: each status with each time, each sender, and what only looks like an order."""
    times, statuses = (*IN_TIME, *LATE), (*KEPT, *FAILED)
    cases = [("POST", "/orders", status, took, chance.choice(BROWSERS)) for status in statuses for took in times]
    cases += [("POST", "/orders", 201, 0.04, agent) for agent in BROWSERS]
    cases += [("POST", "/orders", chance.choice(statuses), took, agent) for agent in CRAWLERS for took in times]
    cases += [(*case, chance.choice(statuses), took, chance.choice(BROWSERS)) for case in NO_ORDERS for took in times]
    found = [Request(*case) for case in cases for _ in range(chance.randint(1, 4))]
    chance.shuffle(found)
    return found


@pytest.mark.usefixtures("log")
def test_orders(scene: Scene, work: Work, truth: Truth) -> None:
    """The orders SLI is counted from the access log, of this day and of others.

    ja: 注文の SLI はアクセスログから数えられている。この日のものでも、ほかの日のものでも。
    """
    command = str(work.sli("orders").get("command") or "")
    assert command, reason("no-command")
    # runs: the learner's own script is what is judged
    done = scene.host("desk").run("cd /srv/slo && timeout %s sh -c %s", str(PATIENCE), f"{command} {LOG}")
    told = Told(f"{command} {LOG}", done.rc, done.stdout, done.stderr)
    counted(told, (truth.orders.valid - truth.orders.bad, truth.orders.valid), reason("exact-5"))
    chance = scene.draw("log")
    found, path = drawn(chance), f"/tmp/access-{chance.randrange(10**6):06}.log"  # noqa: S108  # in a container
    log = "".join(one.line(number, chance) for number, one in enumerate(found))
    told, left = deployed(scene, f"{command} {path}", path, log)
    counted(told, (sum(one.is_good for one in found), sum(one.is_valid for one in found)), reason("exact-6"))
    assert left == log, reason("log-changed", command=told.command)


class Told(NamedTuple):
    """What a script said of a log."""

    command: str
    rc: int
    stdout: str
    stderr: str


def deployed(scene: Scene, command: str, path: str, log: str) -> tuple[Told, str]:
    """Run the script at a desk made anew, and read the log again."""
    apart = f"{{ {command}\n}} 2> {ERRORS}"
    with replica(
        scene,
        "desk",
        texts={path: log},
        owner=scene.uid("desk"),
        entrypoint=["timeout"],
        command=[str(PATIENCE), "sh", "-c", apart],
        working_dir="/srv/slo",
    ) as desk:
        code = desk.wait(PATIENCE + 10)
        told = Told(command, 124 if code is None else code, desk.log(), desk.read(ERRORS))
        return told, desk.read(path, LARGEST)


def counted(told: Told, wanted: tuple[int, int], which: str) -> None:
    """What the script prints of a log is what is so."""
    numbers = _numbers(told.stdout) if told.rc == 0 else []
    said = f"{quoted(told.stdout.strip())} {told.stderr.strip()[-120:]}"
    assert len(numbers) == 2, reason("counted", command=told.command, which=which, said=said, rc=told.rc)
    (good, valid), (wanted_good, wanted_valid) = numbers, wanted
    exact("valid", valid, wanted_valid, which)
    exact("bad", valid - good, wanted_valid - wanted_good, which)


def _numbers(text: str) -> list[float]:
    """The words of a text, as numbers; none where one of them is something else."""
    try:
        return [float(word) for word in text.split()]
    except ValueError:
        return []


def exact(what: str, seen: float, wanted: int, which: str) -> None:
    """A count is that of what was so."""
    hint = {
        "valid": reason("exact"),
        "bad": reason("exact-2"),
    }[what]
    way = reason("exact-3") if seen > wanted else reason("exact-4")
    assert seen == wanted, reason("exact-7", what=what, which=which, seen=seen, way=way, hint=hint)
